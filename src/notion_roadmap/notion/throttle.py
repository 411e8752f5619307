"""As many requests as Notion allows, and everybody's patience when it says to wait.

Notion counts in fixed windows of 60 seconds whose phase nobody knows
(https://developers.notion.com/reference/request-limits). What never has more than N requests in *any* 60 seconds is
inside every such window, and may still spend a window in one burst.
"""

from __future__ import annotations

import asyncio
import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Final

from notion_roadmap.clock import Clock

WINDOW: Final = 60.0
"""Seconds."""

_SLACK: Final = 1.0
"""Seconds in which a request has surely arrived: two need not take equally long. An answer tells it sooner."""

_ROUNDING: Final = 0.05
"""Seconds by which Notion's clock and ours may differ in the course of a window."""

DEFAULT_WAIT: Final = 5.0
"""Seconds to wait when Notion says to, and not how long."""

_SHORTEST_WAIT: Final = 1.0


def retry_after(header: str, repeated: str, now: datetime) -> float:
    """Seconds to wait, always more than 0.

    Args:
        header: the Retry-After header: seconds, by Notion's word a whole number; or an HTTP date.
        repeated: the same in additional_data.retry_after.
    """
    for told in (header.strip(), repeated.strip()):
        try:
            seconds = float(told)
        except ValueError:
            try:
                seconds = (parsedate_to_datetime(told) - now).total_seconds()
            except (ValueError, TypeError, OverflowError):  # no date either, or one without a zone
                continue
        if math.isfinite(seconds):
            return max(seconds, _SHORTEST_WAIT)
    return DEFAULT_WAIT


@dataclass(slots=True)
class Turn:
    """A request that was let through.

    Args:
        sent: when.
        until: when no window that it was counted in can still be open.
    """

    sent: float
    until: float


class Throttle:
    """A sliding log of what was sent. One for each connection; every request passes here first, in order of arrival.

    Args:
        per_window: requests in 60 seconds.
        earlier: when an earlier run sent its last ones, so that this run stays inside the window that they opened.
    """

    def __init__(self, clock: Clock, per_window: int, earlier: Iterable[datetime] = ()) -> None:
        self._clock = clock
        self._limit = per_window
        self._earlier = tuple(earlier)
        self._sent: list[Turn] | None = None
        self._turn = asyncio.Lock()
        self._resume = -math.inf
        self._dripping = False
        self._closed = False
        self.waited = 0.0

    async def admit(self) -> Turn:
        """Return when the next request may be sent, and count it; or at once, when none may be sent any more."""
        async with self._turn:
            log = self._log()
            while not self._closed and (wait := self._wait(log)) > 0:
                self.waited += wait
                await self._clock.sleep(wait)
            turn = _turn(self._clock.monotonic())
            if not self._closed:
                log.append(turn)
            return turn

    def answered(self, turn: Turn) -> None:
        """A request was answered: so Notion counted it before now."""
        turn.until = min(turn.until, self._clock.monotonic() + WINDOW + _ROUNDING)

    def close(self) -> None:
        """Nothing will be sent any more: let nobody wait in vain."""
        self._closed = True

    def pause(self, seconds: float) -> None:
        """Nothing is sent, by anybody, for so long."""
        self._resume = max(self._resume, self._clock.monotonic() + seconds)

    def refused(self, *, overloaded: bool) -> None:
        """Learn from a 429 or 529: when the window was not spent, or Notion is overloaded, bursts are too much."""
        # A window that was spent until a moment ago is one, too: Notion may count a little longer than we do.
        if overloaded or self._counted(WINDOW + 2 * _SLACK) < self._limit:
            self._dripping = True

    def left(self) -> int:
        """How many requests may still go at once, before the window must be waited for."""
        now = self._clock.monotonic()
        return self._limit - sum(1 for turn in self._log() if turn.until > now)

    def spent(self) -> tuple[datetime, ...]:
        """When the requests of the last window were sent, for the next run."""
        if self._sent is None:
            return self._earlier
        now, wall = self._clock.monotonic(), self._clock.now()
        return tuple(wall - timedelta(seconds=now - t.sent) for t in self._sent if t.sent > now - WINDOW - _SLACK)

    def _counted(self, seconds: float) -> int:
        since = self._clock.monotonic() - seconds
        return sum(1 for turn in self._log() if turn.sent > since)

    def _log(self) -> list[Turn]:
        if self._sent is None:
            now, wall = self._clock.monotonic(), self._clock.now()
            ages = (max(0.0, (wall - at).total_seconds()) for at in self._earlier)
            known = sorted(now - age for age in ages if age < WINDOW + _SLACK)
            self._sent = [_turn(at) for at in known[-self._limit :]]
        return self._sent

    def _wait(self, log: list[Turn]) -> float:
        now = self._clock.monotonic()
        waits = [self._resume - now]
        if self._dripping and log:
            waits.append(log[-1].sent + WINDOW / self._limit - now)
        ends = sorted(turn.until for turn in log if turn.until > now)
        if len(ends) >= self._limit:
            waits.append(ends[len(ends) - self._limit] - now)
        log[:] = [turn for turn in log if turn.sent > now - WINDOW - 2 * _SLACK]
        return max(waits)


def _turn(sent: float) -> Turn:
    return Turn(sent, sent + WINDOW + _SLACK)
