"""The bench of the sandbox runs from end to end on a few rows, and what it tells is whole. No time is asserted."""

from __future__ import annotations

import json

import pytest

from benchmarks import sandbox


def test_everything_is_measured_and_told(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "_STARTS", 1)
    monkeypatch.setattr(sandbox, "seed_seconds", lambda: 1.0)

    assert sandbox.main(["--requests", "8", "--json"], rows=(30,)) == 0

    told = json.loads(capsys.readouterr().out)
    deeds = {(one["deed"], one["connections"]) for one in told["measures"]}
    assert deeds == {(d, n) for d in ("retrieve", "update", "query", "create") for n in (1, 8)}
    assert all(one["p50"] <= one["p95"] for one in told["measures"])
    assert len(told["aims"]) == 5


def test_too_few_requests_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        sandbox.main(["--requests", "1"])
    assert "at least 8" in capsys.readouterr().err
