"""Over real sockets: what only a socket can do wrong, and a proxy that is none of ours."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable

import pytest
from pydantic import SecretStr

from notion.far_end import ID, TOKEN
from notion_roadmap.clock import SystemClock
from notion_roadmap.errors import OutcomeUnknown
from notion_roadmap.notion.gateway import Gateway

GOOD = json.dumps({"object": "page", "id": ID, "properties": {}, "url": "u"}).encode()
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
ANSWERS = {
    "whole": HEAD + b"Content-Length: %d\r\n\r\n" % len(GOOD) + GOOD,
    "closed": b"",
    "cut": HEAD + b"Content-Length: %d\r\n\r\n" % (len(GOOD) + 50) + GOOD,
    "no HTTP": b"SSH-2.0-nonsense\r\n\r\n",
}


async def with_server(answers: list[str], deed: Callable[[Gateway], Awaitable[object]]) -> list[str]:
    """The deed against a server that gives these answers, one a connection; the methods that it was sent."""
    seen: list[str] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        length = next(
            (int(line[15:]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")), 0
        )
        await reader.readexactly(length)
        seen.append(head.split(b" ")[0].decode())
        writer.write(ANSWERS[answers.pop(0) if answers else "whole"])
        await writer.drain()
        writer.close()
        await writer.wait_closed()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with server, Gateway(SecretStr(TOKEN), clock=SystemClock(), base_url=f"http://127.0.0.1:{port}") as gateway:
        await deed(gateway)
    return seen


@pytest.fixture(autouse=True)
def foreign_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """A proxy in the environment that goes nowhere: what runs on this machine is never asked through it."""
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")


@pytest.mark.parametrize("fault", ["closed", "cut", "no HTTP"])
def test_a_read_over_a_bad_connection_is_repeated(fault: str) -> None:
    async def read(gateway: Gateway) -> None:
        assert await gateway.page(ID) is not None

    assert asyncio.run(with_server([fault], read)) == ["GET", "GET"]


@pytest.mark.parametrize("fault", ["closed", "cut", "no HTTP"])
def test_a_create_over_a_bad_connection_is_not(fault: str) -> None:
    async def create(gateway: Gateway) -> None:
        with pytest.raises(OutcomeUnknown):
            await gateway.create_page(ID, "T", "", ())

    assert asyncio.run(with_server([fault], create)) == ["POST"]
