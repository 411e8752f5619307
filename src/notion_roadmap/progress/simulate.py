"""Monte Carlo: many futures drawn from the owner's own weeks, and when the work is done in each.

The dice are `random.Random(seed)`: the same weeks, work and seed give the same answer, on every machine.
"""

from __future__ import annotations

import random
from bisect import bisect_left
from collections.abc import Callable, Sequence
from itertools import accumulate
from math import ceil, exp
from operator import mul
from typing import NamedTuple

from notion_roadmap.progress.models import Model, models, recency

TRIALS = 500
"""Futures drawn: enough that a quantile moves by days, not weeks, with the seed; few enough for 50 ms."""

HORIZON = 522
"""Weeks in ten years: what ends later is no forecast any more."""

_CHUNK = 26


class Stage(NamedTuple):
    """Work to be done: hours, and how many weeks from now it may begin at the earliest."""

    hours: float
    opens: float


def finish_weeks(
    hours: Sequence[float],
    stages: Sequence[Stage],
    available: Callable[[int], float],
    seed: int,
    *,
    trials: int = TRIALS,
) -> list[list[float]]:
    """For each stage, when it is done in each future, in weeks from now, sorted; at most HORIZON.

    Args:
        hours: of past weeks, the oldest first, at least one above 0.
        stages: in the order in which they are done, one after the other.
        available: which part, from 0 to 1, of the week that begins so many weeks from now is free for work.
    """
    dice = random.Random(seed)  # noqa: S311 (a forecast, not a secret)
    ways = models(hours)
    beliefs = list(accumulate(way.belief for way in ways))
    cumulative = list(accumulate(recency(len(ways[0].weeks))))
    free = [available(week) for week in range(HORIZON)]
    scales = [_scale(way, free) for way in ways]
    finishes: list[list[float]] = [[] for _ in stages]
    for _ in range(trials):
        (which,) = dice.choices(range(len(ways)), cum_weights=beliefs)
        way = ways[which]
        future = _Future(dice, way.weeks, cumulative, scales[which])
        # Few weeks say little about the pace: each future has one of its own. Faster weeks or less work are the same.
        speed = exp(way.doubt * dice.gauss(0, 1))
        now = 0.0
        for ends, stage in zip(finishes, stages, strict=True):
            now = future.done(max(now, stage.opens), stage.hours / speed)
            ends.append(now)
    return [sorted(ends) for ends in finishes]


def quantile(ordered: Sequence[float], share: float) -> float:
    """The least of these values that at least this share (0 to 1) of them does not exceed."""
    return ordered[max(0, ceil(share * len(ordered)) - 1)]


def _scale(way: Model, free: Sequence[float]) -> list[float]:
    """What each coming week is, of a week that is drawn: the model's course, and the part that is free."""
    last = len(way.factors) - 1
    return [way.factors[min(week, last)] * part for week, part in enumerate(free)]


class _Future:
    """The weeks of one future, drawn as far as they are asked for. `_sums` holds the hours done by the beginning of
    each week, so that a search finds the week in which some work is done."""

    def __init__(
        self, dice: random.Random, past: Sequence[float], cumulative: Sequence[float], scale: Sequence[float]
    ) -> None:
        self._dice, self._past, self._cumulative, self._scale = dice, past, cumulative, scale
        self._sums = [0.0]

    def done(self, now: float, hours: float) -> float:
        """When so many hours are done that are begun now, in weeks; at most HORIZON."""
        if now >= HORIZON:
            return float(HORIZON)
        week = int(now)
        self._reach(week + 1)
        sums = self._sums
        goal = sums[week] + (now - week) * (sums[week + 1] - sums[week]) + hours
        while sums[-1] < goal and len(sums) <= HORIZON:
            self._reach(len(sums) + _CHUNK)
        if sums[-1] < goal:
            return float(HORIZON)
        end = max(week + 1, bisect_left(sums, goal))
        begun, pace = sums[end - 1], sums[end] - sums[end - 1]
        return max(now, end - 1 + (goal - begun) / pace) if pace else now

    def _reach(self, weeks: int) -> None:
        """Draw until at least so many weeks are known, or all of them."""
        while len(self._sums) <= min(weeks, HORIZON):
            first = len(self._sums) - 1
            drawn = self._dice.choices(self._past, cum_weights=self._cumulative, k=_CHUNK)
            hours = map(mul, drawn, self._scale[first : first + _CHUNK])
            self._sums += list(accumulate(hours, initial=self._sums[-1]))[1:]
