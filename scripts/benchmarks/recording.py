"""Seeding once into a sandbox in this process, to learn what is sent and what the workspace is."""

from __future__ import annotations

import json
from collections.abc import Sequence

import httpx
from pydantic import SecretStr

from benchmarks.exchange import Exchange
from notion_roadmap.clock import SystemClock
from notion_roadmap.notion.gateway import Gateway
from notion_roadmap.roadmap import Roadmap
from notion_roadmap.sandbox import create_app, transport
from notion_roadmap.service.choose import Asked
from notion_roadmap.service.house import House
from notion_roadmap.service.seed import Seeder
from notion_roadmap.settings import load_settings
from notion_roadmap.store import MemoryState
from notion_roadmap.workspace.items import Workspace


class Recorder(httpx.AsyncBaseTransport):
    """Passes requests on and keeps them with their answers, in the order of the answers."""

    def __init__(self, inner: httpx.AsyncBaseTransport) -> None:
        self._inner = inner
        self.exchanges: list[Exchange] = []

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        response = await self._inner.handle_async_request(request)
        content = await response.aread()
        body = json.loads(request.content) if request.content else None
        path, query = request.url.path.removeprefix("/v1/"), dict(request.url.params)
        self.exchanges.append(Exchange(request.method, path, query, body, json.loads(content)))
        return response

    async def aclose(self) -> None:
        await self._inner.aclose()


async def record(roadmap: Roadmap) -> tuple[Workspace, Sequence[Exchange], str]:
    """The workspace that a roadmap becomes, every exchange that makes it, and the id of the page that it is put on."""
    app = create_app(rate_limit=False, seed=1)
    sandbox = app.state.workspace
    recorder = Recorder(transport(app))
    clock = SystemClock()
    gateway = Gateway(
        SecretStr(sandbox.token), clock=clock, base_url=sandbox.base_url, inner=recorder, requests_per_minute=1_000_000
    )
    async with gateway:
        house = House(
            load_settings({}), clock, gateway, MemoryState(roadmap.key), sandbox.root_page_id, "the recording"
        )
        seeder = Seeder(house)
        prepared = await seeder.prepare(roadmap, Asked())
        result = await seeder.apply(prepared, progress=lambda _: None)
    sandbox.close()
    if result.outcome != "done":
        raise RuntimeError(f"The recording ended {result.outcome}: {result.skipped[:3]}")
    return prepared.workspace, recorder.exchanges, sandbox.root_page_id
