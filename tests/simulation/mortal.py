"""A process that can be killed at any request and at any commit, before or after it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx


class Killed(BaseException):
    """The process is gone. Not an Exception: nothing of ours may catch it and go on."""


class Life:
    """Counts what happens and ends at the given moment; after that nothing gets out any more.

    Args:
        moments: how many moments it lives, None for ever. A request has two (before it is sent, after its answer came)
            and so has a commit.
    """

    def __init__(self, moments: int | None) -> None:
        self._left = moments
        self.spent = 0

    def moment(self) -> None:
        self.spent += 1
        if self._left is not None:
            if self._left <= 0:
                raise Killed
            self._left -= 1


class MortalTransport(httpx.AsyncBaseTransport):
    """Dies before a request leaves or after its answer came."""

    def __init__(self, inner: httpx.AsyncBaseTransport, life: Life) -> None:
        self._inner = inner
        self._life = life

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
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
        if name not in {"record", "settle", "forget", "intend", "drop", "remember", "claim", "spent"}:
            return value
        return self._write(value)

    def _write(self, write: Callable[..., Any]) -> Callable[..., Any]:
        def mortal(*args: Any, **kwargs: Any) -> Any:
            self._life.moment()
            result = write(*args, **kwargs)
            self._life.moment()
            return result

        return mortal
