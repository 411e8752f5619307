"""What a sync costs with more and more tasks, beside reading the same rows with notion-client's own helper.

A small roadmap is seeded into a served sandbox, and its owner adds tasks of their own. Then the sandbox takes its time
for every answer, and three syncs are measured: one that reads everything, one after twenty tasks were changed, and one
with nothing to do. The helper reads the rows of the same databases page by page, and does nothing with them.

    scripts/bench sync [--tasks 100 1000] [--latency-ms 300] [--long] [--json]
"""

from __future__ import annotations

import argparse
import asyncio
import json
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import httpx
from notion_client import AsyncClient
from notion_client.helpers import async_collect_paginated_api
from rich.console import Console
from rich.table import Table

from benchmarks.memory import peak_megabytes
from benchmarks.server import Served, served
from notion_roadmap.compose import open_house
from notion_roadmap.service.choose import Asked
from notion_roadmap.service.intake import TRACKED
from notion_roadmap.service.seed import Seeder
from notion_roadmap.service.sync import Syncer
from notion_roadmap.settings import Settings, load_settings
from notion_roadmap.store import open_state
from notion_roadmap.templates import load_template

SMALL = Path(__file__).parents[2] / "tests" / "data" / "lived-roadmap.yaml"
CHANGED = 20
AT_ONCE = 10


@dataclass(frozen=True, slots=True)
class Cost:
    """One way to look at one workspace.

    Args:
        cpu_seconds: of this process, without the sandbox.
        peak_mb: the most memory that this process has needed so far.
    """

    tasks: int
    what: str
    requests: int
    seconds: float
    cpu_seconds: float
    peak_mb: float


class Bench:
    """One workspace with so many tasks of its owner's."""

    def __init__(self, sandbox: Served, tasks: int, latency_ms: int, folder: Path) -> None:
        self._sandbox, self._tasks, self._latency_ms, self._folder = sandbox, tasks, latency_ms, folder
        self._roadmap = load_template(str(SMALL))

    async def measure(self) -> list[Cost]:
        """Make it, then measure."""
        await self._seed()
        self._client = AsyncClient(
            client=httpx.AsyncClient(trust_env=False, timeout=60),
            auth=self._sandbox.token,
            base_url=self._sandbox.url,
            notion_version="2026-03-11",
        )
        mine = await self._add()
        await self._sync()
        await self._an_hour_later(mine[0])
        self._sandbox.control("latency", {"ms": self._latency_ms})
        costs = [await self._measured("sync, everything", lambda: self._sync(full=True))]
        self._sandbox.control("latency", {"ms": 0})
        await self._change(mine[:CHANGED])
        self._sandbox.control("latency", {"ms": self._latency_ms})
        costs.append(await self._measured(f"sync, {CHANGED} changed", self._sync))
        costs.append(await self._measured("sync, nothing to do", self._sync))
        costs.append(await self._measured("notion-client's helper", self._read))
        await self._client.aclose()
        return costs

    async def _an_hour_later(self, row: str) -> None:
        """The minute in which all the tasks were made is over, and the product has seen that it is."""
        self._sandbox.control("clock", {"advance_s": 3600})
        await self._change([row])
        await self._sync()
        self._sandbox.control("clock", {"advance_s": 3600})

    async def _measured(self, what: str, work: Callable[[], Awaitable[int]]) -> Cost:
        began, cpu = time.perf_counter(), time.process_time()
        requests = await work()
        seconds, cpu = time.perf_counter() - began, time.process_time() - cpu
        return Cost(self._tasks, what, requests, round(seconds, 2), round(cpu, 2), round(peak_megabytes(), 1))

    def _settings(self) -> Settings:
        way = {"NOTION_TOKEN": self._sandbox.token, "NOTION_BASE_URL": self._sandbox.url}
        way |= {"NOTION_PARENT_PAGE": self._sandbox.root_page_id, "NOTION_REQUESTS_PER_MINUTE": "600"}
        return load_settings({**way, "ROADMAP_STATE": str(self._folder / "state.sqlite"), "ROADMAP_TIMEZONE": "UTC"})

    async def _seed(self) -> None:
        async with open_house(self._settings(), self._roadmap.key) as house:
            seeder = Seeder(house)
            result = await seeder.apply(await seeder.prepare(self._roadmap, Asked()), progress=lambda _: None)
            if result.outcome != "done":
                raise RuntimeError(f"the seed ended {result.outcome}")

    async def _sync(self, *, full: bool = False) -> int:
        async with open_house(self._settings(), self._roadmap.key) as house:
            return (await Syncer(house).sync(self._roadmap, full=full)).requests

    def _known(self) -> dict[str, Any]:
        state = open_state(self._folder / "state.sqlite", self._roadmap.key).state
        try:
            return dict(state.all())
        finally:
            state.close()

    async def _add(self) -> list[str]:
        known, places = self._known(), asyncio.Semaphore(AT_ONCE)
        parent = {"type": "data_source_id", "data_source_id": known["tasks"].refs["data_source"]}

        async def one(number: int) -> str:
            words = {known["tasks.title"].id: {"title": [{"text": {"content": f"Mine {number}"}}]}}
            async with places:
                made = await self._client.pages.create(parent=parent, properties=words)
            return str(made["id"])

        return list(await asyncio.gather(*map(one, range(self._tasks))))

    async def _change(self, rows: list[str]) -> None:
        hours = self._known()["tasks.hours"].id
        for row in rows:
            await self._client.pages.update(row, properties={hours: {"number": 3}})

    async def _read(self) -> int:
        known = self._known()
        before = len(self._sandbox.control("journal"))
        for database in TRACKED:
            source = known[database].refs["data_source"]
            await async_collect_paginated_api(self._client.data_sources.query, data_source_id=source)
        return len(self._sandbox.control("journal")) - before


def measured(tasks: int, latency_ms: int) -> list[Cost]:
    """A workspace of its own, measured."""
    with served(600, 0, limited=False) as sandbox, tempfile.TemporaryDirectory() as folder:
        return asyncio.run(Bench(sandbox, tasks, latency_ms, Path(folder)).measure())


def main(arguments: list[str]) -> int:
    """0 when everything ran."""
    parser = argparse.ArgumentParser(prog="scripts/bench sync", description="What a sync costs.")
    parser.add_argument("--tasks", type=int, nargs="+", default=[100, 1_000], help="the owner's own tasks (100 1000)")
    parser.add_argument("--latency-ms", type=int, default=300, help="how long the sandbox takes to answer (300)")
    parser.add_argument("--long", action="store_true", help="10,000 tasks too")
    parser.add_argument("--json", action="store_true", help="one JSON object on standard output")
    given = parser.parse_args(arguments)
    sizes = [*given.tasks, *([10_000] if given.long else [])]
    costs = [cost for tasks in sizes for cost in measured(tasks, given.latency_ms)]
    if given.json:
        print(json.dumps({"latency_ms": given.latency_ms, "costs": [asdict(one) for one in costs]}, indent=2))
    else:
        _show(costs, given.latency_ms)
    return 0


def _show(costs: list[Cost], latency_ms: int) -> None:
    table = Table("Tasks", "What", "Requests", "Seconds", "Own CPU (s)", "Memory (MB)")
    table.title = f"Answers after {latency_ms} ms"
    for one in costs:
        told = (one.tasks, one.what, one.requests, one.seconds, one.cpu_seconds, one.peak_mb)
        table.add_row(*map(str, told))
    Console().print(table)
