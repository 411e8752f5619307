"""A Gateway that talks to the embedded workspace on a virtual clock, every request checked against the contract."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import cache
from typing import Any, TypeVar

import httpx
from pydantic import SecretStr

from contract.notion_contract import Contract
from notion.far_end import World
from notion_roadmap.notion.gateway import Gateway
from notion_roadmap.sandbox import SandboxClock, create_app, transport
from notion_roadmap.workspace.addresses import Addresses
from notion_roadmap.workspace.columns import Columns
from notion_roadmap.workspace.items import Database
from notion_roadmap.workspace.properties import Option, Property, PropertyType, Relation, Rollup

T = TypeVar("T")


@cache
def contract() -> Contract:
    return Contract()


@dataclass
class Witness(httpx.AsyncBaseTransport):
    """Passes everything on, and notes what goes by."""

    inner: httpx.AsyncBaseTransport
    seen: list[tuple[str, str, int]] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        body = json.loads(request.content) if request.content else None
        query = dict(request.url.params)
        self.outside += contract().request_errors(request.method, request.url.path, query, body)
        self.seen.append((request.method, request.url.path, 0))
        response = await self.inner.handle_async_request(request)
        self.seen[-1] = (request.method, request.url.path, response.status_code)
        return response

    def count(self, method: str, end: str = "") -> int:
        return sum(1 for verb, path, _ in self.seen if verb == method and path.endswith(end))


class Embedded(World):
    """An embedded workspace and a Gateway to it."""

    def __init__(self, **settings: Any) -> None:
        super().__init__((), **settings)
        self.app = create_app(seed=1, rate_limit=False, clock=SandboxClock(self.clock.now))
        self.workspace = self.app.state.workspace
        self.witness = Witness(transport(self.app))
        self.root: str = self.workspace.root_page_id
        self.addresses = Addresses()
        self.columns: dict[str, Columns] = {}

    def gateway(self, inner: httpx.AsyncBaseTransport | None = None, **settings: Any) -> Gateway:
        return Gateway(
            SecretStr(self.workspace.token),
            clock=self.clock,
            base_url="http://sandbox.example",
            inner=inner or self.witness,
            **{"requests_per_minute": 6_000, **self.settings, **settings},
        )

    def faults(self, *rules: dict[str, Any]) -> None:
        self.workspace.faults.set(list(rules))

    async def make(self, gateway: Gateway, database: Database) -> None:
        """A database of ours, made and learnt as a seed does it."""
        made = tuple(p for p in database.properties if not (p.relation and p.relation.mirrors))
        created = await gateway.create_database(self.root, database, made, "words", self.addresses)
        self.addresses.learn(database.key, created.id)
        self.addresses.sources[database.key] = created.source_id
        await self.learn(gateway, database)

    async def learn(self, gateway: Gateway, database: Database) -> None:
        schema = await gateway.schema(self.addresses.sources[database.key])
        assert schema is not None
        found = {p.key: column for p in database.properties if (column := schema.named(p.name))}
        for key, column in found.items():
            self.addresses.learn(key, column.id)
        self.columns[database.key] = Columns(found)

    def with_databases(self, deed: Callable[[Gateway], Awaitable[T]]) -> T:
        """The deed in a workspace that has phases and tasks."""

        async def main(gateway: Gateway) -> T:
            await gateway.me()
            await self.make(gateway, PHASES)
            await self.make(gateway, TASKS)
            self.witness.seen.clear()
            return await deed(gateway)

        return self.does(main)


PHASES = Database(
    "phases",
    "root",
    "Phases",
    (Property("phases.title", "Name", PropertyType.TITLE), Property("phases.key", "Key", PropertyType.TEXT)),
    "phases.key",
)
STATUS = (Option("Not Started", "gray", "nothing done"), Option("Done", "green"))
TASKS = Database(
    "tasks",
    "root",
    "Tasks",
    (
        Property("tasks.title", "Task Name", PropertyType.TITLE, description="the task"),
        Property("tasks.status", "Status", PropertyType.SELECT, options=STATUS),
        Property("tasks.skills", "Skills", PropertyType.MULTI_SELECT, options=(Option("SQL", "blue"),)),
        Property("tasks.hours", "Hours", PropertyType.NUMBER),
        Property("tasks.start", "Start", PropertyType.DATE),
        Property("tasks.due", "Due Date", PropertyType.DATE),
        Property("tasks.link", "Link", PropertyType.URL),
        Property("tasks.done", "Done", PropertyType.CHECKBOX),
        Property("tasks.notes", "Notes", PropertyType.TEXT),
        Property("tasks.phase", "Phase", PropertyType.RELATION, relation=Relation("phases")),
        Property("tasks.key", "Key", PropertyType.TEXT),
        Property("tasks.late", "Late", PropertyType.FORMULA, formula='if(prop("Done"), 1, 0)'),
        Property("tasks.total", "Total", PropertyType.ROLLUP, rollup=Rollup("tasks.phase", "phases.title", "count")),
    ),
    "tasks.key",
    icon="📚",
)
