"""The controls under /_sandbox: on loopback only, with a check of the Host header."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from notion_roadmap.sandbox.errors import SandboxError
from notion_roadmap.sandbox.workspace import Workspace

_LOCAL = {"127.0.0.1", "localhost", "::1", "[::1]", "testserver", "testclient", "sandbox"}
_READS = ("export", "journal", "switches")
_WRITES = ("clock", "faults", "switches", "import", "reset", "latency", "plan", "sharing")


def is_local(request: Request) -> bool:
    """Whether a request comes from this machine, was addressed to it (no DNS rebinding), and from no foreign page."""
    host, origin = request.headers.get("host", ""), request.headers.get("origin")
    name = host.partition("]")[0] + "]" if host.startswith("[") else host.partition(":")[0]
    client = request.client.host if request.client else "127.0.0.1"
    if origin is not None and origin.partition("://")[2] != host:
        return False
    return name.lower() in _LOCAL and client in _LOCAL


def _refusal() -> Response:
    return JSONResponse({"error": "The controls answer on loopback only."}, status_code=403)


async def _summary(request: Request) -> Response:
    if not is_local(request):
        return _refusal()
    workspace: Workspace = request.app.state.workspace
    return JSONResponse(workspace.summary())


def _control(name: str, *, write: bool) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        if not is_local(request):
            return _refusal()
        raw = await request.body() if write else b""
        workspace: Workspace = request.app.state.workspace
        try:
            value: Any = json.loads(raw) if raw.strip() else None
            return JSONResponse(workspace.control(name, value))
        except (SandboxError, ValueError) as error:
            return JSONResponse({"error": str(error)}, status_code=400)

    return answer


def control_routes() -> list[Route]:
    """The routes of the controls."""
    reads = [Route(f"/_sandbox/{name}", _control(name, write=False), methods=["GET"]) for name in _READS]
    writes = [Route(f"/_sandbox/{name}", _control(name, write=True), methods=["POST"]) for name in _WRITES]
    return [Route("/_sandbox", _summary, methods=["GET"]), *reads, *writes]
