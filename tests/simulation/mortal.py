"""A process that can be killed at any request and at any commit, before or after it, while the server lives on."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, Final

import httpx

WRITES: Final = frozenset(
    {"record", "settle", "forget", "intend", "drop", "remember", "claim", "save_spending"}
    | {"absorb", "note_forecasts", "note_run"}
)
"""The methods of a state that commit."""


class Killed(BaseException):
    """The process is gone. Not an Exception: nothing of ours may catch it and go on."""


class Life:
    """Counts what happens and ends at the given moment; after that nothing gets out any more.

    Args:
        moments: how many moments it lives, None for ever. A request has two (before it is sent, after its answer came)
            and so has a commit.
    """

    def __init__(self, moments: int | None = None) -> None:
        self._left = moments
        self.spent = 0

    def moment(self) -> None:
        """One more; raises Killed when there is none left."""
        self.spent += 1
        if self._left is not None:
            if self._left <= 0:
                raise Killed
            self._left -= 1


class Wire(httpx.AsyncBaseTransport):
    """What was sent arrives: a request whose sender is gone is answered all the same, and its answer is lost."""

    def __init__(self, server: httpx.AsyncBaseTransport) -> None:
        self._server = server
        self._under_way: set[asyncio.Task[httpx.Response]] = set()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send it to the server, which works on it whatever becomes of us."""
        task = asyncio.ensure_future(self._server.handle_async_request(request))
        self._under_way.add(task)
        task.add_done_callback(self._ended)
        return await asyncio.shield(task)

    def _ended(self, task: asyncio.Task[httpx.Response]) -> None:
        self._under_way.discard(task)
        if not task.cancelled():
            task.exception()  # nobody may be left to hear of it

    async def settle(self) -> None:
        """Wait until the server has answered everything."""
        while self._under_way:
            await asyncio.wait(set(self._under_way))


class MortalTransport(httpx.AsyncBaseTransport):
    """Dies before a request leaves or after its answer came."""

    def __init__(self, inner: httpx.AsyncBaseTransport, life: Life) -> None:
        self._inner = inner
        self._life = life

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """One request: two moments."""
        self._life.moment()
        response = await self._inner.handle_async_request(request)
        self._life.moment()
        return response


class MortalState:
    """A state whose every write may be the last thing before or after which the process dies."""

    def __init__(self, state: Any, life: Life) -> None:
        self._state = state
        self._life = life

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._state, name)
        return self._mortal(value) if name in WRITES else value

    def _mortal(self, write: Callable[..., Any]) -> Callable[..., Any]:
        def mortal(*args: Any, **kwargs: Any) -> Any:
            self._life.moment()
            result = write(*args, **kwargs)
            self._life.moment()
            return result

        return mortal
