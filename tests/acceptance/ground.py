"""A workspace to stand on: the sandbox in this process, a state in memory, time that never really passes.

Everything that crosses the wire is recorded. `Person` is a second one who works in the same workspace, and `Reader`
an independent client: both speak plain HTTP and know nothing of the project.
"""

from __future__ import annotations

import asyncio
import json
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl

import httpx
from starlette.applications import Starlette

from notion_roadmap.notion.gateway import Gateway
from notion_roadmap.roadmap import Roadmap
from notion_roadmap.sandbox import SandboxClock, create_app, transport
from notion_roadmap.service.choose import Asked
from notion_roadmap.service.house import House
from notion_roadmap.service.remove import Remover
from notion_roadmap.service.seed import Prepared, Progress, Seeder, SeedResult
from notion_roadmap.service.sync import Syncer, SyncResult
from notion_roadmap.settings import Settings
from notion_roadmap.store import MemoryState
from notion_roadmap.workspace.observed import Applied

BEGIN = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
"""A Friday."""

TOKEN = "ntn_acceptance0123456789abcdefghijklmnopqrstuvw"
READS = ("/query", "/search")


class Weightless:
    """Our clock port: waiting moves the calendar and takes no time."""

    def __init__(self, begin: datetime = BEGIN) -> None:
        self.begin = begin
        self.seconds = 0.0

    def now(self) -> datetime:
        return self.begin + timedelta(seconds=self.seconds)

    def monotonic(self) -> float:
        return self.seconds

    async def sleep(self, seconds: float) -> None:
        self.seconds += seconds
        await asyncio.sleep(0)


@dataclass(frozen=True)
class Exchange:
    """One request and what came back; `status` 0 when nothing did."""

    method: str
    path: str
    query: dict[str, str]
    request: Any
    status: int
    response: Any
    headers: dict[str, str]

    @property
    def writes(self) -> bool:
        return self.method != "GET" and not self.path.endswith(READS)

    @property
    def fingerprint(self) -> str:
        return json.dumps([self.method, self.path, self.query, self.request], sort_keys=True)


class WriteSent(AssertionError):
    """A run that has nothing to write sent a write."""


class Recorder(httpx.AsyncBaseTransport):
    """Between the talker and the workspace, like a proxy.

    `before` is called with each request before it leaves, `forbid_writes` lets none of them out, and `mend` may change
    an answer on its way back.
    """

    def __init__(self, inner: httpx.AsyncBaseTransport) -> None:
        self._inner = inner
        self.exchanges: list[Exchange] = []
        self.forbid_writes = False
        self.before: Callable[[str, str], None] = lambda method, path: None
        self.mend: Callable[[Exchange], Any] | None = None

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        body = await request.aread()
        path = request.url.raw_path.decode().partition("?")[0]
        query = dict(parse_qsl(request.url.query.decode(), keep_blank_values=True))
        sent = (request.method, path, query, json.loads(body) if body else None)
        if self.forbid_writes and Exchange(*sent, 0, None, {}).writes:
            raise WriteSent(f"{request.method} {path} {body.decode()}")
        self.before(request.method, path)
        response = await self._inner.handle_async_request(request)
        content = await response.aread()
        try:
            told = json.loads(content)
        except ValueError:
            told = content.decode()
        exchange = Exchange(*sent, response.status_code, told, dict(request.headers))
        self.exchanges.append(exchange)
        if self.mend is not None:
            content = json.dumps(self.mend(exchange)).encode()
        headers = {k: v for k, v in response.headers.items() if k.lower() != "content-length"}
        return httpx.Response(response.status_code, headers=headers, content=content)

    @property
    def writes(self) -> list[Exchange]:
        return [e for e in self.exchanges if e.writes]


class _Direct(httpx.BaseTransport):
    """A synchronous way into the sandbox, for people and readers."""

    def __init__(self, app: Starlette) -> None:
        self._app = app

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        path, _, query = request.url.raw_path.decode().partition("?")
        headers = {k.lower(): v for k, v in request.headers.items()}
        reply = self._app.state.workspace.handle(
            request.method, path, parse_qsl(query, keep_blank_values=True), headers, request.read()
        )
        return httpx.Response(reply.status, headers=reply.headers, content=reply.body)


class Person:
    """Somebody who reads and edits over HTTP. What is refused is a mistake of the test."""

    def __init__(self, app: Starlette, token: str) -> None:
        headers = {"Authorization": f"Bearer {token}", "Notion-Version": "2026-03-11"}
        self._client = httpx.Client(transport=_Direct(app), base_url="http://127.0.0.1:8787/v1", headers=headers)

    def call(self, method: str, path: str, body: Any = None) -> Any:
        response = self._client.request(method, path, json=body)
        assert response.status_code == 200, f"{method} {path} {body}: {response.text}"
        return response.json()

    def get(self, path: str) -> Any:
        return self.call("GET", path)

    def patch(self, path: str, body: Any) -> Any:
        return self.call("PATCH", path, body)

    def post(self, path: str, body: Any) -> Any:
        return self.call("POST", path, body)

    def pages(self, method: str, path: str, body: Any = None) -> list[Any]:
        """Every result of a listing."""
        found: list[Any] = []
        cursor: str | None = None
        while True:
            if method == "GET":
                answer = self.get(f"{path}{'?start_cursor=' + cursor if cursor else ''}")
            else:
                answer = self.post(path, {**(body or {}), **({"start_cursor": cursor} if cursor else {})})
            found += answer["results"]
            cursor = answer["next_cursor"]
            if not answer["has_more"]:
                return found

    def rows(self, source: str, where: Any = None) -> list[Any]:
        body = {"filter": where} if where else {}
        return self.pages("POST", f"/data_sources/{source}/query", body)

    def children(self, block: str) -> list[Any]:
        return self.pages("GET", f"/blocks/{block}/children")

    def tree(self, block: str) -> list[Any]:
        """Blocks with their `children`, all levels; child pages and databases are not entered."""
        found = self.children(block)
        for one in found:
            enter = one["has_children"] and one["type"] not in ("child_page", "child_database")
            one["children"] = self.tree(one["id"]) if enter else []
        return found


@dataclass
class Ground:
    """One workspace with one seeder's state."""

    app: Starlette
    clock: Weightless
    state: MemoryState
    recorder: Recorder
    settings: Settings
    per_minute: int = 1_000_000
    progress: list[Progress] = field(default_factory=list)

    @property
    def workspace(self) -> Any:
        return self.app.state.workspace

    @property
    def owner(self) -> Person:
        """A second person, in Notion's own app."""
        return Person(self.app, self.workspace.owner_token)

    @property
    def reader(self) -> Person:
        """An independent client with the connection's own rights."""
        return Person(self.app, self.workspace.token)

    def applied(self, key: str) -> Applied:
        return self.state.all()[key]

    def id(self, key: str) -> str:
        return self.applied(key).id

    def source(self, database: str) -> str:
        return self.applied(database).refs["data_source"]

    def house(self, *, read_only: bool = False) -> House:
        gateway = Gateway(
            self.settings.notion_token,
            clock=self.clock,
            base_url="http://127.0.0.1:8787",
            inner=self.recorder,
            requests_per_minute=self.per_minute,
            earlier=self.state.spending(),
            read_only=read_only,
            dice=random.Random(1),
        )
        parent = self.settings.notion_parent_page
        return House(self.settings, self.clock, gateway, self.state, parent, "Notion", self.per_minute)

    def plan(self, roadmap: Roadmap, *, restore: bool = False, read_only: bool = True, **asked: Any) -> Prepared:
        """Look and plan, as `plan` does."""

        async def run() -> Prepared:
            house = self.house(read_only=read_only)
            try:
                return await Seeder(house).prepare(roadmap, Asked(**asked), restore=restore)
            finally:
                await house.gateway.aclose()

        return asyncio.run(run())

    def seed(self, roadmap: Roadmap, **how: Any) -> SeedResult:
        """Plan and apply, as `seed` does."""
        return self.seed_with_plan(roadmap, **how)[1]

    def seed_with_plan(
        self, roadmap: Roadmap, *, restore: bool = False, retry_views: bool = False, **asked: Any
    ) -> tuple[Prepared, SeedResult]:
        async def run() -> tuple[Prepared, SeedResult]:
            house = self.house()
            try:
                wish = Seeder(house).prepare(roadmap, Asked(**asked), restore=restore, retry_views=retry_views)
                prepared = await wish
                return prepared, await Seeder(house).apply(prepared, progress=self.progress.append)
            finally:
                await house.gateway.aclose()

        return asyncio.run(run())

    def sync(self, roadmap: Roadmap, *, full: bool = False) -> SyncResult:
        """As `sync` does."""

        async def run() -> SyncResult:
            house = self.house()
            try:
                return await Syncer(house).sync(roadmap, full=full)
            finally:
                await house.gateway.aclose()

        return asyncio.run(run())

    def beside(self, roadmap: Roadmap) -> Ground:
        """The same workspace for another roadmap, with a state of its own."""
        return replace(self, state=MemoryState(roadmap.key), progress=[])

    def settle_restored(self, roadmap: Roadmap) -> None:
        """Let the numbers follow what was brought back: what stood in the trash is read when it is there again."""
        assert self.seed(roadmap, restore=True).outcome == "done"

    def remove(self, roadmap: Roadmap, *, including_edited: bool = False) -> dict[str, Any]:
        async def run() -> dict[str, Any]:
            house = self.house()
            try:
                remover = Remover(house)
                removal = await remover.prepare(roadmap, including_edited=including_edited)
                return await remover.apply(removal, progress=self.progress.append)
            finally:
                await house.gateway.aclose()

        return asyncio.run(run())

    @contextmanager
    def no_writes(self) -> Iterator[None]:
        """Any write raises where it would leave."""
        self.recorder.forbid_writes = True
        try:
            yield
        finally:
            self.recorder.forbid_writes = False

    def fork(self) -> Ground:
        """The same workspace and state once more, apart."""
        kept = self.workspace.control("export")
        other = new_ground(seed=len(kept["objects"]))  # another seed: the same would give the same ids again
        other.settings = self.settings
        other.workspace.control("import", kept)
        other.clock.seconds = self.clock.seconds
        other.state.record(*self.state.all().values())
        other.state.intend(*self.state.intents())
        for name in ("choices", "identity", "template"):
            other.state.remember(name, self.state.fact(name))
        return other

    def forget(self) -> None:
        """Lose the local state."""
        self.state = MemoryState(self.state.roadmap)

    def content(self) -> dict[str, Any]:
        """Everything that is in the workspace, by id, times included."""
        return {doc["id"]: doc for doc in self.workspace.control("export")["objects"]}


@dataclass(frozen=True)
class Seeded:
    """The workspace after its first seed. Nobody may write to it: `fork` first.

    Args:
        exchanges: of that seed alone.
    """

    ground: Ground
    prepared: Prepared
    result: SeedResult
    exchanges: tuple[Exchange, ...]


def new_ground(**options: Any) -> Ground:
    """An empty workspace; `options` are those of `create_app`."""
    clock = Weightless()
    options = {"rate_limit": False, "seed": 7, **options}
    app = create_app(token=TOKEN, clock=SandboxClock(clock.now), **options)
    settings = Settings(
        notion_token=TOKEN, notion_parent_page=app.state.workspace.root_page_id, roadmap_timezone="Europe/Amsterdam"
    )
    return Ground(app, clock, MemoryState("data-engineering-career"), Recorder(transport(app)), settings)
