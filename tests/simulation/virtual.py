"""An event loop whose time jumps to the next thing to do: a day of waiting takes no time, and always the same way."""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Coroutine
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

T = TypeVar("T")

BEGIN = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


class Deadlock(RuntimeError):
    """Nothing is left to do and somebody still waits."""


class _Jump(selectors.BaseSelector):
    """A selector that never waits: where the loop would, time jumps."""

    def __init__(self) -> None:
        self._real = selectors.DefaultSelector()
        self.seconds = 0.0

    def register(self, fileobj: Any, events: int, data: Any = None) -> Any:
        return self._real.register(fileobj, events, data)

    def unregister(self, fileobj: Any) -> Any:
        return self._real.unregister(fileobj)

    def modify(self, fileobj: Any, events: int, data: Any = None) -> Any:
        return self._real.modify(fileobj, events, data)

    def select(self, timeout: float | None = None) -> Any:
        events = self._real.select(0)
        if not events and timeout is None:
            raise Deadlock("nothing left to do, and somebody waits")
        if not events and timeout:
            self.seconds += timeout
        return events

    def close(self) -> None:
        self._real.close()

    def get_map(self) -> Any:
        return self._real.get_map()


class VirtualLoop(asyncio.SelectorEventLoop):
    """One thread, no real waiting, no other source of order than the order in which things were asked for."""

    def __init__(self) -> None:
        self._jump = _Jump()
        super().__init__(self._jump)
        self._clock_resolution = 1e-6  # after 194 virtual days a float holds no nanosecond, and what is due never came

    def time(self) -> float:
        return self._jump.seconds


class VirtualClock:
    """Our clock port over a virtual loop."""

    def __init__(self, loop: VirtualLoop, begin: datetime = BEGIN) -> None:
        self._loop = loop
        self._begin = begin

    def now(self) -> datetime:
        return self._begin + timedelta(seconds=self._loop.time())

    def monotonic(self) -> float:
        return self._loop.time()

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


def run(loop: VirtualLoop, main: Coroutine[Any, Any, T]) -> T:
    """Run to the end on this loop, whatever is left over is cancelled; time goes on from where it was."""
    asyncio.set_event_loop(loop)
    try:
        return loop.run_until_complete(main)
    finally:
        left = asyncio.all_tasks(loop)
        for task in left:
            task.cancel()
        loop.run_until_complete(asyncio.gather(*left, return_exceptions=True))
        asyncio.set_event_loop(None)
