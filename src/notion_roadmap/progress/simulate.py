"""Monte Carlo: many futures drawn from the owner's own weeks, and when the work is done in each.

The dice are `random.Random(seed)`: the same weeks, work and seed give the same answer, on every machine.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from itertools import accumulate
from math import ceil, exp
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


class Draw(NamedTuple):
    """What one future takes its weeks from: the model, how much faster than the past it is, the weights of weeks."""

    model: Model
    speed: float
    cumulative: Sequence[float]


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
    free = [available(week) for week in range(HORIZON + _CHUNK)]
    finishes: list[list[float]] = [[] for _ in stages]
    for _ in range(trials):
        (way,) = dice.choices(ways, cum_weights=beliefs)
        draw = Draw(way, exp(way.doubt * dice.gauss(0, 1)), cumulative)
        for ends, end in zip(finishes, _one_future(dice, draw, stages, free), strict=True):
            ends.append(end)
    return [sorted(ends) for ends in finishes]


def quantile(ordered: Sequence[float], share: float) -> float:
    """The least of these values that at least this share (0 to 1) of them does not exceed."""
    return ordered[max(0, ceil(share * len(ordered)) - 1)]


def _one_future(dice: random.Random, draw: Draw, stages: Sequence[Stage], free: Sequence[float]) -> list[float]:
    paces: list[float] = []
    now, ends = 0.0, []
    for stage in stages:
        now, left = max(now, stage.opens), stage.hours
        while left > 0 and now < HORIZON:
            week = int(now)
            while week >= len(paces):
                paces += _next_weeks(dice, draw, free, len(paces))
            pace = paces[week]
            rest = (week + 1 - now) * pace
            if rest >= left:
                now, left = now + left / pace, 0.0
            else:
                now, left = week + 1.0, left - rest
        ends.append(min(now, float(HORIZON)))
    return ends


def _next_weeks(dice: random.Random, draw: Draw, free: Sequence[float], begin: int) -> list[float]:
    factors = draw.model.factors
    drawn = dice.choices(draw.model.weeks, cum_weights=draw.cumulative, k=_CHUNK)
    last = len(factors) - 1
    return [
        hours * draw.speed * factors[min(begin + place, last)] * free[begin + place]
        for place, hours in enumerate(drawn)
    ]
