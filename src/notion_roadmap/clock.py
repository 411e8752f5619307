"""Time, read in one place.

`now` may be fixed for demonstrations and tests (ROADMAP_NOW); `monotonic` and `sleep` never are: throttle, deadlines
and retries use only these. The simulation replaces the event loop's time, and with it both of them.
"""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo


class Clock(Protocol):
    """What the rest of the house knows about time."""

    def now(self) -> datetime:
        """The calendar time, aware, UTC."""
        ...

    def monotonic(self) -> float:
        """Seconds since some fixed moment; never goes back."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        ...


class SystemClock:
    """The machine's time; with `fixed`, a calendar that stands still."""

    def __init__(self, fixed: datetime | None = None) -> None:
        self._fixed = fixed

    def now(self) -> datetime:
        return self._fixed or datetime.now(UTC)

    def monotonic(self) -> float:
        return asyncio.get_running_loop().time()

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


def local_date(clock: Clock, zone: ZoneInfo) -> date:
    """The owner's calendar day."""
    return clock.now().astimezone(zone).date()
