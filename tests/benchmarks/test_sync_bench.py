"""The bench of syncs runs from end to end. No time is asserted."""

from __future__ import annotations

import json

import pytest
from benchmarks.command import main


def test_syncs_are_measured_beside_the_helper(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sync", "--tasks", "150", "--latency-ms", "1", "--json"]) == 0
    costs = {one["what"]: one for one in json.loads(capsys.readouterr().out)["costs"]}
    helper = costs["notion-client's helper"]
    assert costs["sync, everything"]["requests"] == helper["requests"]
    assert costs["sync, 20 changed"]["requests"] > 0
    assert costs["sync, nothing to do"]["requests"] <= helper["requests"]
