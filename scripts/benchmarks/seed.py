"""`scripts/bench seed`: the whole workspace of a roadmap, made three ways against a served sandbox."""

from __future__ import annotations

import asyncio
import json
import statistics
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.aims import CONCURRENT, OURS, SEQUENTIAL, Run
from benchmarks.bound import RequestsBound, requests_bound, seconds_bound
from benchmarks.child import Child, run_child
from benchmarks.exchange import Call, dump, longest_chain, script_of
from benchmarks.recording import record
from benchmarks.server import Served, served
from notion_roadmap.roadmap import Roadmap
from notion_roadmap.templates import load_template
from notion_roadmap.workspace.items import Workspace

STATUS_RUNS = 5


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be measured.

    Args:
        template: the name of a bundled template, or a path.
        latency_ms: how long the sandbox takes to answer.
        width: requests at once of the concurrent script.
        budgets: requests a minute, one round for each.
        sequential: whether the sequential script runs too: it takes as long as all answers one after the other.
    """

    template: str
    latency_ms: int = 300
    width: int = 10
    budgets: tuple[int, ...] = (600, 180)
    sequential: bool = True


@dataclass(frozen=True, slots=True)
class Measured:
    """What came of it.

    Args:
        chain: the most requests that wait for each other.
        status_seconds: the median of several calls, each with its start.
    """

    plan: Plan
    bound: RequestsBound
    chain: int
    runs: tuple[Run, ...]
    status_seconds: float


class Bench:
    """Measures one plan."""

    def __init__(self, plan: Plan, tell: Callable[[str], None]) -> None:
        """`tell` is given a line before each run."""
        self._plan = plan
        self._tell = tell
        self._roadmap: Roadmap = load_template(plan.template)
        self._status: list[float] = []

    def measure(self) -> Measured:
        """Run everything, one thing at a time."""
        self._tell("recording what is sent, in-process")
        workspace, exchanges, parent = asyncio.run(record(self._roadmap))
        script, bound = script_of(exchanges, parent), requests_bound(workspace)
        self._useful, self._chain = first_needs(workspace, self._roadmap), longest_chain(script)
        self._bound = bound.total
        runs = tuple(self._runs(script))
        return Measured(self._plan, bound, self._chain, runs, statistics.median(self._status))

    def _runs(self, script: tuple[Call, ...]) -> Iterator[Run]:
        widths = {CONCURRENT: self._plan.width, **({SEQUENTIAL: 1} if self._plan.sequential else {})}
        for per_minute in self._plan.budgets:
            self._tell(f"{OURS} at {per_minute} a minute")
            with served(per_minute, self._plan.latency_ms) as sandbox, tempfile.TemporaryDirectory() as folder:
                yield self._ours(sandbox, per_minute, Path(folder))
            for who, width in widths.items():
                self._tell(f"{who} at {per_minute} a minute")
                with served(per_minute, self._plan.latency_ms) as sandbox, tempfile.TemporaryDirectory() as folder:
                    yield self._rival(who, width, script, sandbox, per_minute, Path(folder))

    def _ours(self, sandbox: Served, per_minute: int, folder: Path) -> Run:
        way = {**_way_in(sandbox), "NOTION_REQUESTS_PER_MINUTE": str(per_minute)}
        way |= {"ROADMAP_STATE": str(folder / "state.sqlite"), "ROADMAP_TIMEZONE": "UTC"}
        report = folder / "report.json"
        command = ["-m", "benchmarks.ours", str(report), "seed", self._plan.template, "--yes", "--json"]
        child = run_child(command, folder, way)
        result, told = json.loads(child.output), json.loads(report.read_text())
        if not self._status:
            calls = (run_child(["-m", "notion_roadmap", "status"], folder, way) for _ in range(STATUS_RUNS))
            self._status = [call.seconds for call in calls]
        ended = {label: at - child.began for label, at in told["steps"]}
        return Run(
            **self._measures(OURS, per_minute, child, sandbox, result["requests"]),  # type: ignore[arg-type]
            peak_mb=told["peak_mb"],
            useful={name: max(ended[label] for label in labels) for name, labels in self._useful.items() if labels},
            price_seconds=told["price"]["seconds"],
            applied_seconds=result["seconds"],
        )

    def _rival(
        self, who: str, width: int, script: tuple[Call, ...], sandbox: Served, per_minute: int, folder: Path
    ) -> Run:
        file = folder / "script.json"
        file.write_text(dump(script))
        child = run_child(["-m", "benchmarks.rival", str(file), str(width)], folder, _way_in(sandbox))
        measures = self._measures(who, per_minute, child, sandbox, json.loads(child.output)["requests"])
        return Run(**measures)  # type: ignore[arg-type]

    def _measures(
        self, who: str, per_minute: int, child: Child, sandbox: Served, requests: int
    ) -> dict[str, str | int | float]:
        bound = seconds_bound(self._bound, per_minute, self._plan.latency_ms / 1000, self._chain)
        return {
            "who": who, "per_minute": per_minute, "requests": requests, "seconds": child.seconds,
            "bound_seconds": bound, "refused": sandbox.refused_429(), "cpu_seconds": child.cpu_seconds,
        }  # fmt: skip


def first_needs(workspace: Workspace, roadmap: Roadmap) -> dict[str, tuple[str, ...]]:
    """What the owner needs first, by its name: the steps after which it stands."""
    current = roadmap.phases[0]
    rows = [f"tasks/{task.key}" for task in current.tasks]
    rows.append(f"phases/{current.key}")
    there = {row.key for row in workspace.rows}
    today = sorted(view.key for view in workspace.views if view.database == "tasks" and view.name == "Today")
    return {
        "root page": ("create page:root",),
        "Today": tuple(f"create view:{key}" for key in today),
        "current phase": tuple(f"create row:{key}" for key in rows if key in there),
    }


def _way_in(sandbox: Served) -> dict[str, str]:
    return {
        "NOTION_TOKEN": sandbox.token,
        "NOTION_BASE_URL": sandbox.url,
        "NOTION_PARENT_PAGE": sandbox.root_page_id,
    }
