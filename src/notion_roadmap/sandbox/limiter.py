"""The request limits of a connection.

https://developers.notion.com/reference/request-limits
"""

from __future__ import annotations

import math

from notion_roadmap.sandbox.errors import ApiError
from notion_roadmap.sandbox.switches import Switches

WINDOW_MS = 60_000
BUDGETS = {"free": 180, "plus": 180, "business": 600}
_DRIP_MS = 1000 / 3
_DRIP_BURST = 3


class Limiter:
    """Counts requests of the one token: a fixed window of 60 seconds, or a drip of three a second."""

    def __init__(self, plan: str, switches: Switches) -> None:
        self.plan = plan
        self._switches = switches
        self.reset()

    def reset(self) -> None:
        """Begin a new window."""
        self._start, self._spent = 0, 0
        self._tokens, self._filled = float(_DRIP_BURST), 0

    def spend(self, now_ms: int) -> None:
        """Count one request; raises the 429 answer when the budget is spent."""
        wait = self._drip(now_ms) if self._switches.limiter == "drip" else self._window(now_ms)
        if wait > 0:
            seconds = str(max(1, math.ceil(wait / 1000)))
            raise ApiError(
                429,
                "rate_limited",
                "You have been rate limited. Please try again in a few minutes.",
                {"rate_limit_reason": "public_api_request_rate_limit", "retry_after": seconds},
                {"Retry-After": seconds},
            )

    def _window(self, now: int) -> float:
        if not self._start <= now < self._start + WINDOW_MS:
            self._start, self._spent = now, 0
        if self._spent >= (self._switches.requests_per_minute or BUDGETS[self.plan]):
            return self._start + WINDOW_MS - now
        self._spent += 1
        return 0

    def _drip(self, now: int) -> float:
        gained = max(0, now - self._filled) / _DRIP_MS if self._filled else _DRIP_BURST
        self._tokens, self._filled = min(_DRIP_BURST, self._tokens + gained), now
        if self._tokens < 1:
            return (1 - self._tokens) * _DRIP_MS
        self._tokens -= 1
        return 0
