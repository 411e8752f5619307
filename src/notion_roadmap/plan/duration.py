"""How long steps take: the run played through beforehand, with answers that all take equally long.

A formula would have to guess how much of the work waits for other work; what waits for what is known exactly.
"""

from __future__ import annotations

import heapq
import math
from bisect import bisect_right, insort
from collections.abc import Sequence

from notion_roadmap.plan.steps import Step

WINDOW = 60.05
"""Seconds after which a request no longer counts, from its answer, which tells that Notion has counted it.
https://developers.notion.com/reference/request-limits"""

LONGEST_JOURNEY = 0.95
"""Seconds after which a request has surely arrived, answered or not."""

AT_ONCE = 16
"""Requests under way at once, as the talker comes to it when nothing is refused."""

AT_FIRST = 4
"""How many it begins with; with every success it is one more."""

OWN_WORK = 0.008
"""Seconds of our own work on each request, one after the other: putting it together, taking it in, writing it down."""


def seconds_of(steps: Sequence[Step], *, spent: int, per_minute: int, latency: float) -> float:
    """Seconds until all steps are done, when none of them fails.

    Args:
        spent: requests of the window that have just been sent.
        per_minute: requests that a window takes; they may go in one burst.
        latency: seconds until an answer.
    """
    return _Play(steps, spent, per_minute, latency).seconds()


class _Play:
    """One run in its own time, which begins at 0."""

    def __init__(self, steps: Sequence[Step], spent: int, per_minute: int, latency: float) -> None:
        self._steps = {s.key: s for s in steps}
        self._limit, self._latency = per_minute, latency
        self._window = WINDOW + min(latency, LONGEST_JOURNEY)
        self._sent = [0.0] * spent
        self._waits = {s.key: set(s.needs) & self._steps.keys() for s in steps}
        self._waited_for: dict[str, list[str]] = {}
        for step in steps:
            for need in self._waits[step.key]:
                self._waited_for.setdefault(need, []).append(step.key)
        self._ready = [(s.urgency, s.key) for s in steps if not self._waits[s.key]]
        heapq.heapify(self._ready)
        self._under_way: list[tuple[float, str]] = []
        self._alone: set[str] = set()
        self._now = self._worked = 0.0
        self._places = AT_FIRST
        self._queue = sum(bool(s.alone) for s in steps)

    def seconds(self) -> float:
        """Play it to its end."""
        self._start()
        while self._under_way:
            self._now, key = heapq.heappop(self._under_way)
            self._end(self._steps[key])
            self._start()
        return self._now

    def _start(self) -> None:
        self._fill(self._limit - len(self._sent) + bisect_right(self._sent, self._now - self._window))
        if not self._under_way:
            self._fill(math.inf)

    def _fill(self, left: float) -> None:
        put_back = []
        while self._ready and len(self._under_way) < self._places:
            entry = heapq.heappop(self._ready)
            step = self._steps[entry[1]]
            waits = left <= self._queue and not step.alone and step.key not in self._waited_for
            if waits or step.alone in self._alone:
                put_back.append(entry)
                continue
            if step.alone:
                self._alone.add(step.alone)
            left -= step.requests
            heapq.heappush(self._under_way, (self._send(step.requests), step.key))
        for entry in put_back:
            heapq.heappush(self._ready, entry)

    def _send(self, requests: int) -> float:
        """Send so many requests, one after the other. The moment of the last answer."""
        moment = self._worked = self._turn(max(self._now, self._worked))
        for _ in range(1, requests):
            moment = self._turn(moment + self._latency)
        return moment + self._latency

    def _turn(self, asked: float) -> float:
        """When a request goes out that could go at `asked`, counted as sent."""
        moment = asked + OWN_WORK
        if len(self._sent) >= self._limit:
            moment = max(moment, self._sent[-self._limit] + self._window)
        insort(self._sent, moment)
        return moment

    def _end(self, step: Step) -> None:
        self._alone.discard(step.alone)
        self._queue -= bool(step.alone)
        self._places = min(AT_ONCE, self._places + step.requests)
        for key in self._waited_for.get(step.key, ()):
            self._waits[key].discard(step.key)
            if not self._waits[key]:
                heapq.heappush(self._ready, (self._steps[key].urgency, key))
