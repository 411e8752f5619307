"""The sandbox as a server of its own."""

from __future__ import annotations

import asyncio
import gc
import ipaddress
import socket
from collections.abc import Callable
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.types import ASGIApp, Receive, Scope, Send

from notion_roadmap.sandbox.app import create_app
from notion_roadmap.sandbox.clock import SandboxClock
from notion_roadmap.sandbox.errors import DropConnectionError, SandboxError
from notion_roadmap.sandbox.workspace import Plan, Workspace


def serve(
    host: str = "127.0.0.1",
    port: int = 8787,
    data: str | Path = ":memory:",
    plan: Plan = "plus",
    rate_limit: bool = True,
    *,
    token: str | None = None,
    seed: int | None = None,
    clock: SandboxClock | None = None,
    on_ready: Callable[[str, Workspace], None] | None = None,
) -> None:
    """Serve until interrupted. Port 0 takes a free one; `on_ready(url, workspace)` tells where it listens.

    Raises SandboxError for a host beyond loopback without a token of one's own, for a port that is taken, and for a
    data file that cannot be used.
    """
    if not _is_loopback(host) and not token:
        raise SandboxError(f"A sandbox on {host} can be reached by others: give it a token of your own.")
    listening = _listen(host, port)
    try:
        app = create_app(data=data, plan=plan, rate_limit=rate_limit, token=token, seed=seed, clock=clock)
    except BaseException:
        listening.close()
        raise
    workspace: Workspace = app.state.workspace
    shown = f"[{host}]" if ":" in host else host
    workspace.base_url = f"http://{shown}:{listening.getsockname()[1]}"
    _calm_collector()
    config = uvicorn.Config(
        _dropping(app), log_level="error", access_log=False, lifespan="off", proxy_headers=False, server_header=False
    )
    server = uvicorn.Server(config)
    try:
        asyncio.run(_run(server, listening, lambda: on_ready(workspace.base_url, workspace) if on_ready else None))
    except KeyboardInterrupt:
        pass
    finally:
        workspace.close()


async def _run(server: uvicorn.Server, listening: socket.socket, ready: Callable[[], None]) -> None:
    serving = asyncio.create_task(server.serve(sockets=[listening]))
    while not server.started and not serving.done():  # noqa: ASYNC110 - uvicorn has no event for this
        await asyncio.sleep(0.005)
    if server.started:
        ready()
    await serving


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _calm_collector() -> None:
    """Documents live as long as the process: looking for garbage among them would only make answers late."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 50, 100)


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # asyncio turns Nagle's algorithm off only for sockets that say they are TCP; otherwise an answer takes 40 ms.
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError as error:
        listening.close()
        raise SandboxError(f"The sandbox cannot listen on {host}:{port} ({error}); name another port.") from error
    listening.set_inheritable(True)
    return listening


def _dropping(app: Starlette) -> ASGIApp:
    """Close the socket where a fault rule drops the connection."""

    async def run(scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await app(scope, receive, send)
        except DropConnectionError as error:
            if error.mid_body:
                await asyncio.sleep(0.02)  # let the first half reach the client
            send.__self__.transport.abort()  # type: ignore[attr-defined]
            await asyncio.sleep(0.01)  # let uvicorn notice, or it would answer 500

    return run
