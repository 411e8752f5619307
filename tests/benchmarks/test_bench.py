"""The bench runs from end to end on a small roadmap, and what it tells is whole. No time is asserted."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from benchmarks.command import main
from benchmarks.report import as_dict, show
from benchmarks.seed import Bench, Plan

MINI = Path(__file__).parents[1] / "data" / "mini-roadmap.yaml"


def test_a_small_roadmap_is_measured_and_told(
    repository: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(repository / "scripts"), prepend=os.pathsep)
    monkeypatch.setattr("benchmarks.seed.STATUS_RUNS", 1)
    steps: list[str] = []

    measured = Bench(Plan(str(MINI), latency_ms=1, budgets=(600,)), steps.append).measure()

    assert len(steps) == 4
    told = as_dict(measured)
    assert {"bound", "runs", "status_seconds", "aims"} <= set(told)
    ours, concurrent, sequential = measured.runs
    assert ours.requests >= measured.bound.total
    assert concurrent.requests == sequential.requests < ours.requests, "the scripts do nothing for safety"
    assert {run.refused for run in measured.runs} == {0}
    assert ours.useful is not None
    assert set(ours.useful) == {"root page", "Today", "current phase"}
    assert max(ours.useful.values()) <= ours.seconds

    show(measured)
    shown = capsys.readouterr().out
    assert "Lower bound:" in shown
    assert "concurrent script" in shown


def test_nonsense_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["seed", "--latency-ms", "0"])
    assert "less than 1" in capsys.readouterr().err
