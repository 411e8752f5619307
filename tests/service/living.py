"""A seeded workspace that somebody lives in: on a virtual clock, with the owner's own hands beside ours."""

from __future__ import annotations

import copy
import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, Final, TypeVar

import httpx
from pydantic import SecretStr

from notion_roadmap.blueprint.choices import Choices
from notion_roadmap.notion.gateway import Gateway
from notion_roadmap.plan.changes import Plan
from notion_roadmap.plan.rulings import with_rulings
from notion_roadmap.plan.steps import steps_of
from notion_roadmap.roadmap import Roadmap
from notion_roadmap.sandbox import SandboxClock, create_app, transport
from notion_roadmap.service.choose import Asked
from notion_roadmap.service.context import Context
from notion_roadmap.service.execute import Execution, Executor
from notion_roadmap.service.house import House
from notion_roadmap.service.intake import Intake, take_in
from notion_roadmap.service.perform import Performer
from notion_roadmap.service.pull import note_own_edits, pull
from notion_roadmap.service.pulled import Pulled
from notion_roadmap.service.seed import Seeder
from notion_roadmap.service.settle import learn
from notion_roadmap.settings import Settings
from notion_roadmap.store import MemoryState
from notion_roadmap.templates import load_template
from notion_roadmap.workspace.addresses import Addresses
from notion_roadmap.workspace.items import Workspace
from simulation.virtual import VirtualClock, VirtualLoop, run

MINI: Final = str(Path(__file__).parent.parent / "data" / "mini-roadmap.yaml")
T = TypeVar("T")
Doc = dict[str, Any]


@cache
def roadmap_of(template: str) -> Roadmap:
    return load_template(template)


@dataclass
class Counting(httpx.AsyncBaseTransport):
    """Passes everything on, and notes it; `meanwhile` is called before a request that it is asked about."""

    inner: httpx.AsyncBaseTransport
    sent: list[tuple[str, str, Any]] = field(default_factory=list)
    meanwhile: Callable[[str, str], Awaitable[None]] | None = None

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        body = json.loads(request.content) if request.content else None
        self.sent.append((request.method, request.url.path, body))
        if self.meanwhile is not None:
            await self.meanwhile(request.method, request.url.path)
        return await self.inner.handle_async_request(request)

    @property
    def writes(self) -> list[tuple[str, str, Any]]:
        return [one for one in self.sent if one[0] != "GET" and not one[1].endswith("/query")]


@dataclass(frozen=True)
class Seeded:
    """A workspace just after its seed, to begin any number of histories from."""

    export: Doc
    state: MemoryState
    workspace: Workspace
    choices: Choices


@cache
def seeded(template: str) -> Seeded:
    made = Living(template, seeded=None)

    async def seed() -> Seeded:
        prepared = await Seeder(made.house).prepare(made.roadmap, Asked())
        result = await Seeder(made.house).apply(prepared, progress=lambda _: None)
        assert result.outcome == "done", result
        await made.gateway.aclose()
        export = made.sandbox.control("export")
        return Seeded(export, made.state, prepared.workspace, prepared.choices)

    try:
        return run(made.loop, seed())
    finally:
        made.loop.close()


class Living:
    """One history that begins ten minutes after the seed. Make it, then `does(story)`."""

    def __init__(self, template: str = MINI, *, zone: str = "UTC", seeded: Seeded | None = None) -> None:
        self.roadmap = roadmap_of(template)
        self.loop = VirtualLoop()
        self.clock = VirtualClock(self.loop)
        self.app = create_app(seed=1 if seeded is None else 2, rate_limit=False, clock=SandboxClock(self.clock.now))
        self.sandbox = self.app.state.workspace
        self.state = MemoryState(self.roadmap.key)
        if seeded is not None:
            self.sandbox.control("import", copy.deepcopy(seeded.export))
            self.state = copy.deepcopy(seeded.state)
            self.workspace, self.choices = seeded.workspace, seeded.choices
            self.ids = {key: one.id for key, one in self.state.all().items()}
        self.wire = Counting(transport(self.app))
        self.gateway = self.new_gateway()
        settings = Settings.model_validate({"roadmap_timezone": zone})
        self.house = House(settings, self.clock, self.gateway, self.state, self.sandbox.root_page_id, "the tests")

    def new_gateway(self) -> Gateway:
        """The talker of a new process."""
        return Gateway(
            SecretStr(self.sandbox.token),
            clock=self.clock,
            base_url="http://sandbox.example",
            inner=self.wire,
            requests_per_minute=6_000,
            dice=Random(1),
            bot_id=self.sandbox.bot_id,
        )

    def does(self, story: Callable[[Living], Awaitable[T]]) -> T:
        async def main() -> T:
            await self.passes(minutes=10)
            try:
                return await story(self)
            finally:
                await self.gateway.aclose()

        try:
            return run(self.loop, main())
        finally:
            self.loop.close()

    async def passes(self, *, minutes: float = 0, seconds: float = 0, days: float = 0) -> None:
        await self.clock.sleep(timedelta(minutes=minutes, seconds=seconds, days=days).total_seconds())

    def addresses(self) -> Addresses:
        found = Addresses()
        learn(found, self.state.all().values())
        return found

    async def pulls(self, *, full: bool = False) -> Pulled:
        """A look that records nothing."""
        databases = [d for d in self.workspace.databases if d.key != "resources"]
        return await pull(self.house, self.addresses(), databases, self.state.all(), full=full)

    async def takes_in(self, *, full: bool = False) -> Intake:
        return await take_in(
            self.house,
            self.roadmap,
            self.choices,
            self.workspace.databases,
            self.addresses(),
            self.state.all(),
            full=full,
        )

    async def writes(self, intake: Intake) -> Execution:
        """Carry out what the rules ask for, and nothing else."""
        plan = with_rulings(Plan(()), intake.ruled)
        context = Context(self.house, self.workspace, self.state.all(), self.addresses())
        context.columns = {key: source.columns for key, source in intake.pulled.sources.items()}
        steps = steps_of(plan, self.workspace)
        execution = await Executor(steps, Performer(context, plan.records), lambda _: None, self.gateway.left).run()
        note_own_edits(self.house, intake.pulled)
        return execution

    async def syncs(self, *, full: bool = False) -> Intake:
        intake = await self.takes_in(full=full)
        execution = await self.writes(intake)
        assert not execution.skipped, execution.skipped
        return intake

    # What the owner does in Notion.

    async def says(self, method: str, path: str, body: Mapping[str, Any] | None = None, *, token: str = "") -> Doc:
        headers = {"Authorization": f"Bearer {token or self.sandbox.owner_token}", "Notion-Version": "2026-03-11"}
        async with httpx.AsyncClient(transport=transport(self.app), base_url="http://sandbox.example") as client:
            answer = await client.request(method, f"/v1/{path}", json=body, headers=headers)
        assert answer.status_code == 200, answer.text
        return answer.json()  # type: ignore[no-any-return]

    async def edits(self, row: str, **values: Any) -> None:
        """Set values of a row (its key, or an id) by the last part of the keys of properties."""
        await self.says("PATCH", f"pages/{self.ids.get(row, row)}", {"properties": self._properties(row, values)})

    async def adds(self, database: str, **values: Any) -> str:
        """A row of the owner's own; its id."""
        source = self.state.all()[database].refs["data_source"]
        parent = {"type": "data_source_id", "data_source_id": source}
        made = await self.says("POST", "pages", {"parent": parent, "properties": self._properties(database, values)})
        return str(made["id"])

    def _properties(self, row: str, values: Mapping[str, Any]) -> Doc:
        database = row.partition("/")[0] if row.partition("/")[0] in self.ids else "tasks"
        told: Doc = {}
        for name, value in values.items():
            key = f"{database}.{name}"
            kinds = {p.key: p.type.value for p in self.workspace.database(database).properties}
            told[self.ids[key]] = _form(kinds[key], value)
        return told

    async def trashes(self, row: str) -> None:
        await self.says("PATCH", f"pages/{self.ids.get(row, row)}", {"in_trash": True})

    async def ticks(self, row: str, number: int) -> None:
        """Tick the box of that number on a row's page."""
        blocks = (await self.says("GET", f"blocks/{self.ids.get(row, row)}/children"))["results"]
        boxes = [one for one in blocks if one["type"] == "to_do"]
        await self.says("PATCH", f"blocks/{boxes[number]['id']}", {"to_do": {"checked": True}})

    async def holds(self, row: str, name: str) -> Any:
        """What stands in Notion now."""
        page = await self.says("GET", f"pages/{self.ids.get(row, row)}")
        key = f"{row.partition('/')[0] if row.partition('/')[0] in self.ids else 'tasks'}.{name}"
        (found,) = [p for p in page["properties"].values() if p["id"] == _encoded(self.ids[key])]
        held = found[found["type"]]
        if isinstance(held, dict):
            return held.get("name") or held.get("start")
        return held

    def loses_state(self) -> dict[str, Any]:
        """Forget all but where things are: what a run knows after it has found everything again in Notion."""
        there = self.state.all()
        self.state = MemoryState(self.roadmap.key)
        self.house = copy.copy(self.house)
        object.__setattr__(self.house, "state", self.state)
        bare = [copy.copy(one) for key, one in there.items() if "/" not in key or key.startswith("view:")]
        self.state.record(*bare)
        return there


def _encoded(identifier: str) -> str:
    from urllib.parse import quote

    return quote(identifier, safe="")


def _form(kind: str, value: Any) -> Doc:
    if kind in ("title", "rich_text"):
        return {kind: [{"type": "text", "text": {"content": value}}] if value else []}
    if kind == "select":
        return {kind: {"name": value} if value else None}
    if kind == "multi_select":
        return {kind: [{"name": one} for one in value]}
    if kind == "date":
        return {kind: {"start": value} if value else None}
    if kind == "relation":
        return {kind: [{"id": one} for one in value]}
    return {kind: value}


def living(template: str = MINI, *, zone: str = "UTC") -> Living:
    """A history of its own."""
    return Living(template, zone=zone, seeded=seeded(template))
