"""The bench of the importer runs from end to end on small documents. No time is asserted."""

from __future__ import annotations

import json

import pytest
from benchmarks.command import main

from benchmarks import importing


def test_documents_of_every_size_and_hostile_ones_are_measured(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(importing, "SIZES", {"10 KB": 10_000})
    monkeypatch.setattr(importing, "ITEMS", 500)
    monkeypatch.setattr(importing, "HOSTILE_SIZE", 400)

    assert main(["import", "--json"]) == 0

    told = json.loads(capsys.readouterr().out)
    small, many = told["documents"]
    assert 9 <= small["kilobytes"] <= 10
    assert many["tasks"] == 500
    assert all(one["seconds_of_four"] > 0 for one in told["hostile"])

    assert main(["import"]) == 0
    assert "four times as long" in capsys.readouterr().out
