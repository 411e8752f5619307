"""The ASGI application: the API under /v1, the controls under /_sandbox, the pages under /."""

from __future__ import annotations

import asyncio
from pathlib import Path
from urllib.parse import parse_qsl

from starlette.applications import Starlette
from starlette.types import Receive, Scope, Send

from notion_roadmap.sandbox.clock import SandboxClock
from notion_roadmap.sandbox.controls import control_routes
from notion_roadmap.sandbox.errors import DropConnectionError
from notion_roadmap.sandbox.pages import page_routes
from notion_roadmap.sandbox.reply import Reply
from notion_roadmap.sandbox.workspace import Plan, Workspace

_READS = ("/query", "/search")


class SandboxApp(Starlette):
    """Starlette for controls and pages; the API is answered directly, one request at a time."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer an API request without Starlette's middleware, which would turn a dropped connection into a 500."""
        if scope["type"] == "http" and scope["path"].startswith("/v1"):
            await _answer_api(self.state.workspace, scope, receive, send)
        else:
            await super().__call__(scope, receive, send)


def create_app(
    *,
    data: str | Path = ":memory:",
    plan: Plan = "plus",
    rate_limit: bool = True,
    token: str | None = None,
    seed: int | None = None,
    clock: SandboxClock | None = None,
) -> Starlette:
    """A sandbox as an ASGI application; `app.state.workspace` is its Workspace.

    `data` is a file that one process owns at a time, reopened with its token and root page. `seed` makes every id and
    random choice repeatable. Raises SandboxError when the file cannot be used.
    """
    workspace = Workspace(data=data, plan=plan, rate_limit=rate_limit, token=token, seed=seed, clock=clock)
    app = SandboxApp(routes=[*control_routes(), *page_routes()])
    app.state.workspace = workspace
    return app


async def _answer_api(workspace: Workspace, scope: Scope, receive: Receive, send: Send) -> None:
    raw = await _body(receive)
    headers = {key.decode("latin-1").lower(): value.decode("latin-1") for key, value in scope["headers"]}
    # The path is split before it is decoded, because property ids may hold an encoded slash.
    path = (scope.get("raw_path") or scope["path"].encode()).decode("latin-1").partition("?")[0]
    query = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
    method = scope["method"]
    writes = method in ("POST", "PATCH", "DELETE") and not path.endswith(_READS)
    crowd = workspace.in_flight
    workspace.in_flight += writes
    try:
        await _travel(workspace)
        workspace.crowd = crowd
        reply = workspace.handle(method, path, query, headers, raw)
        await _travel(workspace)
    finally:
        workspace.in_flight -= writes
    await _send(reply, send)


async def _travel(workspace: Workspace) -> None:
    if workspace.latency_ms:
        await asyncio.sleep(workspace.latency_ms / 2000)


async def _body(receive: Receive) -> bytes:
    parts = []
    while True:
        message = await receive()
        parts.append(message.get("body", b""))
        if not message.get("more_body"):
            return b"".join(parts)


async def _send(reply: Reply, send: Send) -> None:
    if reply.stall_s:
        await asyncio.sleep(reply.stall_s)
    if reply.drop == "start":
        raise DropConnectionError
    headers = {"content-length": str(len(reply.body)), **reply.headers}
    encoded = [(key.lower().encode("latin-1"), value.encode("latin-1")) for key, value in headers.items()]
    await send({"type": "http.response.start", "status": reply.status, "headers": encoded})
    if reply.drop == "mid":
        await send({"type": "http.response.body", "body": reply.body[: len(reply.body) // 2], "more_body": True})
        raise DropConnectionError(mid_body=True)
    if reply.drip_s:
        for place in range(len(reply.body)):
            await send({"type": "http.response.body", "body": reply.body[place : place + 1], "more_body": True})
            await asyncio.sleep(reply.drip_s)
        await send({"type": "http.response.body", "body": b""})
        return
    await send({"type": "http.response.body", "body": reply.body})
