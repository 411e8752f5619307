"""What a sync costs with more and more tasks, beside reading the same rows with other people's clients.

A small roadmap is seeded into a served sandbox, and its owner adds tasks of their own, a hundred an hour. Then the
sandbox takes its time for every answer, and three syncs are measured: one that reads everything, one after fifty tasks
were changed, and one with nothing to do. notion-client's pagination helper reads the rows of the same databases, and so
does ultimate-notion where scripts/clients has installed it; they do nothing with them. Each is a process of its own.

    scripts/bench sync [--tasks 100 1000] [--latency-ms 300] [--long] [--json]
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import httpx
from notion_client import AsyncClient
from rich.console import Console
from rich.table import Table

from benchmarks.aims import Aim
from benchmarks.child import run_child
from benchmarks.server import Served, served
from notion_roadmap.compose import open_house
from notion_roadmap.service.choose import Asked
from notion_roadmap.service.intake import TRACKED
from notion_roadmap.service.seed import Seeder
from notion_roadmap.service.sync import Syncer
from notion_roadmap.settings import load_settings
from notion_roadmap.store import open_state
from notion_roadmap.templates import load_template

REPOSITORY = Path(__file__).parents[2]
SMALL = REPOSITORY / "tests" / "data" / "lived-roadmap.yaml"
LONG = 10_000
CHANGED = 50
AN_HOUR = 3600
ADDED_AN_HOUR = 100
AT_ONCE = 10
EVERYTHING, SINCE, NOTHING = "sync, everything", f"sync, {CHANGED} changed", "sync, nothing to do"
HELPER, ULTIMATE = "notion-client's helper", "ultimate-notion"


@dataclass(frozen=True, slots=True)
class Cost:
    """One way to look at one workspace.

    Args:
        longest: the most of its requests that one database was asked for.
        seconds: without the start of the process; nor is that in `cpu_seconds`, which are of that process alone.
        peak_mb: of memory, the whole process.
    """

    tasks: int
    what: str
    requests: int
    longest: int
    seconds: float
    cpu_seconds: float
    peak_mb: float


class Bench:
    """One workspace with so many tasks of its owner's."""

    def __init__(self, sandbox: Served, tasks: int, latency_ms: int, folder: Path) -> None:
        self._sandbox, self._tasks, self._latency_ms, self._folder = sandbox, tasks, latency_ms, folder
        self._roadmap = load_template(str(SMALL))
        self._way = {
            "NOTION_TOKEN": sandbox.token,
            "NOTION_BASE_URL": sandbox.url,
            "NOTION_PARENT_PAGE": sandbox.root_page_id,
            "NOTION_REQUESTS_PER_MINUTE": "600",
            "ROADMAP_STATE": str(folder / "state.sqlite"),
            "ROADMAP_TIMEZONE": "UTC",
        }

    def measure(self) -> list[Cost]:
        """Make it, then measure."""
        mine = asyncio.run(self._made())
        sources = [self._known()[database].refs["data_source"] for database in TRACKED]
        costs = [self._look(EVERYTHING, "everything", str(SMALL))]
        asyncio.run(self._change(mine[:CHANGED]))
        costs.append(self._look(SINCE, "since", str(SMALL)))
        costs.append(self._look(NOTHING, "since", str(SMALL)))
        costs.append(self._look(HELPER, "helper", *sources))
        if (python := ultimate_python()) is not None:
            costs.append(self._look_of_theirs(python, sources))
        return costs

    def _look(self, what: str, *words: str) -> Cost:
        return self._measured(what, ["-m", "benchmarks.looks", *words], {"PYTHONPATH": os.pathsep.join(sys.path)})

    def _look_of_theirs(self, python: str, sources: Sequence[str]) -> Cost:
        script = str(Path(__file__).with_name("ultimate_look.py"))
        apart = {"PYTHONPATH": "", "ULTIMATE_NOTION_CONFIG": str(self._folder / "uno.toml")}
        return self._measured(ULTIMATE, [script, self._sandbox.url, *sources], apart, python)

    def _measured(
        self, what: str, command: Sequence[str], settings: Mapping[str, str], python: str = sys.executable
    ) -> Cost:
        before = len(self._sandbox.control("journal"))
        self._sandbox.control("latency", {"ms": self._latency_ms})
        told = json.loads(run_child(command, self._folder, {**self._way, **settings}, python).output)
        self._sandbox.control("latency", {"ms": 0})
        asked = [entry["path"] for entry in self._sandbox.control("journal")[before:]]
        longest = max(Counter(path for path in asked if path.endswith("/query")).values())
        return Cost(self._tasks, what, len(asked), longest, **{name: round(one, 2) for name, one in told.items()})

    async def _made(self) -> list[str]:
        """The workspace, synced, with all that was added long ago; the ids of what was added."""
        await self._seed()
        mine = await self._add()
        await self._sync()
        await self._change(mine[:1])
        await self._sync()
        self._sandbox.control("clock", {"advance_s": AN_HOUR})
        return mine

    async def _seed(self) -> None:
        async with open_house(load_settings(self._way), self._roadmap.key) as house:
            seeder = Seeder(house)
            result = await seeder.apply(await seeder.prepare(self._roadmap, Asked()), progress=lambda _: None)
            if result.outcome != "done":
                raise RuntimeError(f"the seed ended {result.outcome}")

    async def _sync(self) -> None:
        async with open_house(load_settings(self._way), self._roadmap.key) as house:
            await Syncer(house).sync(self._roadmap)

    def _known(self) -> dict[str, Any]:
        state = open_state(self._folder / "state.sqlite", self._roadmap.key).state
        try:
            return dict(state.all())
        finally:
            state.close()

    async def _add(self) -> list[str]:
        known, places, made = self._known(), asyncio.Semaphore(AT_ONCE), list[str]()
        parent = {"type": "data_source_id", "data_source_id": known["tasks"].refs["data_source"]}

        async def one(number: int) -> str:
            words = {known["tasks.title"].id: {"title": [{"text": {"content": f"Mine {number}"}}]}}
            async with places:
                answer = await client.pages.create(parent=parent, properties=words)
            return str(answer["id"])

        async with self._http() as http:
            client = self._client(http)
            for first in range(0, self._tasks, ADDED_AN_HOUR):
                made += await asyncio.gather(*map(one, range(first, min(first + ADDED_AN_HOUR, self._tasks))))
                self._sandbox.control("clock", {"advance_s": AN_HOUR})
        return made

    async def _change(self, rows: list[str]) -> None:
        hours = self._known()["tasks.hours"].id
        async with self._http() as http:
            client = self._client(http)
            for row in rows:
                await client.pages.update(row, properties={hours: {"number": 3}})

    def _http(self) -> httpx.AsyncClient:
        return httpx.AsyncClient(trust_env=False, timeout=60)

    def _client(self, http: httpx.AsyncClient) -> AsyncClient:
        return AsyncClient(
            client=http, auth=self._sandbox.token, base_url=self._sandbox.url, notion_version="2026-03-11"
        )


def ultimate_python() -> str | None:
    """The Python that has ultimate-notion, None where nobody installed it."""
    folder = Path(os.environ.get("CLIENTS_FOLDER") or REPOSITORY / ".clients") / "python"
    installed = list(folder.glob("lib/*/site-packages/ultimate_notion"))
    return str(folder / "bin" / "python") if installed else None


def measured(tasks: int, latency_ms: int) -> list[Cost]:
    """A workspace of its own, measured."""
    with served(600, 0, limited=False) as sandbox, tempfile.TemporaryDirectory() as folder:
        return Bench(sandbox, tasks, latency_ms, Path(folder)).measure()


def aims_of(costs: Sequence[Cost]) -> list[Aim]:
    """What is aimed at, as far as these can tell. How long an answer takes is told by the helper, which waits for one
    after the other: the sandbox needs its own time besides the latency."""
    found, answers = [], {one.tasks: one.seconds / one.requests for one in costs if one.what == HELPER}
    for one in costs:
        if one.what == EVERYTHING:
            bound = one.longest * answers[one.tasks]
            found.append(Aim(f"{one.tasks:,} tasks: seconds × answers of the longest", one.seconds / bound, 1.1))
        if one.what == SINCE:
            pages = -(-CHANGED // 100)
            found.append(Aim(f"{one.tasks:,} tasks, {CHANGED} changed: requests", one.requests, len(TRACKED) + pages))
        if one.what == NOTHING:
            found.append(Aim(f"{one.tasks:,} tasks, nothing to do: requests", one.requests, len(TRACKED) + 1))
        if one.what == EVERYTHING and one.tasks == LONG:
            found.append(Aim(f"{LONG:,} tasks: own CPU seconds", one.cpu_seconds, 3))
            found.append(Aim(f"{LONG:,} tasks: memory in MB", one.peak_mb, 200))
    return found


def main(arguments: list[str]) -> int:
    """0 when everything ran, whatever the aims: what depends on the machine is no test."""
    parser = argparse.ArgumentParser(prog="scripts/bench sync", description="What a sync costs.")
    parser.add_argument("--tasks", type=int, nargs="+", default=[100, 1_000], help="the owner's own tasks (100 1000)")
    parser.add_argument("--latency-ms", type=int, default=300, help="how long the sandbox takes to answer (300)")
    parser.add_argument("--long", action="store_true", help=f"{LONG:,} tasks too")
    parser.add_argument("--json", action="store_true", help="one JSON object on standard output")
    given = parser.parse_args(arguments)
    sizes = [*given.tasks, *([LONG] if given.long else [])]
    costs = [cost for tasks in sizes for cost in measured(tasks, given.latency_ms)]
    aims = aims_of(costs)
    if given.json:
        told = {"costs": [asdict(one) for one in costs], "aims": [one.as_dict() for one in aims]}
        print(json.dumps({"latency_ms": given.latency_ms, **told}, indent=2))
    else:
        _show(costs, aims, given.latency_ms)
    return 0


def _show(costs: Sequence[Cost], aims: Sequence[Aim], latency_ms: int) -> None:
    table = Table("Tasks", "What", "Requests", "Longest", "Seconds", "Own CPU (s)", "Memory (MB)")
    table.title = f"Answers after {latency_ms} ms"
    for one in costs:
        told = (one.tasks, one.what, one.requests, one.longest, one.seconds, one.cpu_seconds, one.peak_mb)
        table.add_row(*map(str, told))
    verdicts = Table("Aim", "Measured", "At most", "")
    for aim in aims:
        verdicts.add_row(aim.aim, f"{aim.measured:.2f}", f"{aim.limit:g}", "met" if aim.met else "MISSED")
    console = Console(width=None if Console().is_terminal else 120)
    console.print(table)
    console.print(verdicts)
