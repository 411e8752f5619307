"""The service's health over HTTP, for monitors on the same machine: 200 while nobody needs to look, else 503."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Final

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from notion_roadmap.errors import UserError
from notion_roadmap.schedule.health import Health

LOOPBACK: Final = "127.0.0.1"


class HealthPortTaken(UserError):
    """The port for /healthz cannot be listened on.

    Args:
        port: which.
        problem: what the system says.
    """

    def __init__(self, port: int, problem: str) -> None:
        self.port = port
        super().__init__(
            f"The service cannot answer /healthz at {LOOPBACK}:{port}: {problem}",
            hint="Set ROADMAP_HEALTH_PORT to a port that is free, or leave it empty",
        )


class _Server(uvicorn.Server):
    """Uvicorn without its handling of signals: the service has its own."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


@asynccontextmanager
async def answering(port: int | None, tell: Callable[[], Health]) -> AsyncIterator[None]:
    """Answer /healthz for as long as this is entered; with no port, nothing. Raises HealthPortTaken."""
    if port is None:
        yield
        return
    listening = _listen(port)
    config = uvicorn.Config(
        app_of(tell), log_level="error", access_log=False, lifespan="off", server_header=False,
        timeout_graceful_shutdown=1,
    )  # fmt: skip
    server = _Server(config)
    serving = asyncio.create_task(server.serve(sockets=[listening]))
    try:
        yield
    finally:
        server.should_exit = True
        await serving


def app_of(tell: Callable[[], Health]) -> Starlette:
    """The one page. Only for who asks for this machine by its name: a page in a browser cannot, by another."""

    async def healthz(_: Request) -> Response:
        health = tell()
        return JSONResponse(health.as_dict(), 200 if health.healthy else 503, {"Cache-Control": "no-store"})

    only_here = Middleware(TrustedHostMiddleware, allowed_hosts=[LOOPBACK, "localhost"], www_redirect=False)
    return Starlette(routes=[Route("/healthz", healthz)], middleware=[only_here])


def _listen(port: int) -> socket.socket:
    # asyncio turns Nagle's algorithm off only for sockets that say they are TCP.
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((LOOPBACK, port))
    except OSError as error:
        listening.close()
        raise HealthPortTaken(port, error.strerror or str(error)) from error
    return listening
