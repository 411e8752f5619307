"""The far end of the wire, for tests: answers by script, a clock that jumps, a Gateway that talks to both."""

from __future__ import annotations

import json
import random
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterable
from dataclasses import dataclass, field
from typing import Any, TypeVar

import httpx
from pydantic import SecretStr

from notion_roadmap.notion.gateway import Gateway
from notion_roadmap.notion.terms import Patience
from simulation.virtual import VirtualClock, VirtualLoop, run

TOKEN = "ntn_hush_do_not_tell"
ID = "00000000-0000-4000-8000-000000000009"
T = TypeVar("T")

Fault = httpx.Response | Exception | Callable[[httpx.Request], Awaitable[httpx.Response]]


def error(
    status: int, code: str, message: str = "No.", headers: dict[str, str] | None = None, **additional: Any
) -> httpx.Response:
    """An error in Notion's form."""
    body = {"object": "error", "status": status, "code": code, "message": message, "request_id": "r"}
    return httpx.Response(
        status, json={**body, **({"additional_data": additional} if additional else {})}, headers=headers
    )


class Dripping(httpx.AsyncByteStream):
    """A body that comes a byte at a time."""

    def __init__(self, body: bytes, gap: float, clock: VirtualClock) -> None:
        self._body, self._gap, self._clock = body, gap, clock

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for place in range(len(self._body)):
            await self._clock.sleep(self._gap)
            yield self._body[place : place + 1]


@dataclass
class Sent:
    at: float
    method: str
    path: str
    body: dict[str, Any] | None
    authorization: str


@dataclass
class Script(httpx.AsyncBaseTransport):
    """Answers with one fault after the other, then with `success` for ever; notes what it was sent, and when."""

    clock: VirtualClock
    faults: list[Fault] = field(default_factory=list)
    success: dict[str, Any] = field(default_factory=lambda: {"object": "page", "id": ID, "properties": {}})
    seconds: float = 0.1
    sent: list[Sent] = field(default_factory=list)
    under_way: int = 0
    most_under_way: int = 0

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        body = json.loads(request.content) if request.content else None
        secret = request.headers.get("Authorization", "")
        self.sent.append(Sent(self.clock.monotonic(), request.method, request.url.path, body, secret))
        fault = self.faults.pop(0) if self.faults else httpx.Response(200, json=self.success)
        self.under_way += 1
        self.most_under_way = max(self.most_under_way, self.under_way)
        try:
            await self.clock.sleep(self.seconds)
            if isinstance(fault, Exception):
                raise fault
            return await fault(request) if callable(fault) else fault
        finally:
            self.under_way -= 1

    @property
    def times(self) -> list[float]:
        return [one.at for one in self.sent]


class World:
    """One virtual loop with a scripted far end."""

    def __init__(self, faults: Iterable[Fault] = (), **settings: Any) -> None:
        self.loop = VirtualLoop()
        self.clock = VirtualClock(self.loop)
        self.script = Script(self.clock, list(faults))
        self.settings = settings

    def gateway(self, inner: httpx.AsyncBaseTransport | None = None, **settings: Any) -> Gateway:
        return Gateway(
            SecretStr(TOKEN),
            clock=self.clock,
            base_url="https://notion.example",
            inner=inner or self.script,
            dice=random.Random(1),
            **{**self.settings, **settings},
        )

    def run(self, main: Coroutine[Any, Any, T]) -> T:
        return run(self.loop, main)

    def does(self, deed: Callable[[Gateway], Awaitable[T]], **settings: Any) -> T:
        """What a gateway's deed answers, or raises."""
        return self.run(_deed(deed, self.gateway(**settings)))

    def close(self) -> None:
        self.loop.close()


async def _deed(deed: Callable[[Gateway], Awaitable[T]], gateway: Gateway) -> T:
    async with gateway:
        return await deed(gateway)


HASTY = Patience(attempts=3, deadline=60, attempt=30)
