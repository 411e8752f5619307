"""The bench of syncs runs from end to end. No time is asserted."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from benchmarks.command import main
from benchmarks.sync import EVERYTHING, HELPER, LONG, NOTHING, SINCE, Cost, aims_of


def test_syncs_are_measured_beside_the_helper(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("CLIENTS_FOLDER", str(tmp_path))
    assert main(["sync", "--tasks", "120", "--latency-ms", "1", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    costs = {one["what"]: one for one in told["costs"]}
    assert set(costs) == {EVERYTHING, SINCE, NOTHING, HELPER}
    assert costs[EVERYTHING]["requests"] == costs[HELPER]["requests"]
    assert [one["met"] for one in told["aims"] if "requests" in one["aim"]] == [True, True]


def test_the_aims_are_those_of_the_largest_and_of_its_longest_database() -> None:
    whole = Cost(LONG, EVERYTHING, 108, 100, 40, 2.5, 150)
    helper = Cost(LONG, HELPER, 100, 100, 40, 0.5, 190)
    aims = [(one.measured, one.limit, one.met) for one in aims_of([whole, helper])]
    assert aims == [(1.0, 1.1, True), (2.5, 3, True), (150, 200, True)]
