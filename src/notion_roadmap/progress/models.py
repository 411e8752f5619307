"""What the owner's weeks say about the weeks to come: a pace that holds, or one that is falling, and how sure that is.

A pace that falls is the usual way in which forecasts fail: the mean of the past is then above every week to come. So
beside "as before" some falls towards a part of the first pace are weighed, each by how well it explains the weeks.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, fsum, log, sqrt
from typing import NamedTuple

from notion_roadmap.progress.breaks import are_breaks, spread

HALF_LIFE = 52.0
"""Weeks after which a past week counts half; what changes faster than a year is for the falling models to see."""

MEMORY = 78
"""Weeks that are looked at, the latest ones: a year and a half."""

STEADY_BELIEF = 0.85
"""How likely a pace that holds is, before any week was looked at; the falls share the rest."""

FALLS = tuple((rate, floor) for rate in (0.015, 0.03, 0.06) for floor in (0.4, 0.6))
"""Falls by so much a week, until this part of the first pace is left."""

DOUBT = 0.85
"""Part of the textbook error of the mean that is used: with all of it the P85 of synthetic histories held in more than
90 % (scripts/bench forecast)."""

MOST_DOUBT = 0.7
"""Standard deviation, as a logarithm, beyond which a pace is not doubted: a factor of two to either side."""

EVEN = 0.35
"""Weeks whose standard deviation is below this part of their mean are fully believed when they show a fall. Wilder ones
show falls by chance, and are believed less."""


class Model(NamedTuple):
    """One way in which the weeks may go on.

    Args:
        belief: how likely it is, relative to the other models.
        weeks: hours of past weeks as if the pace were the first one all along, breaks spread over them, to draw from.
        factors: what a coming week is of that, for the first weeks; later ones are like the last of these.
        doubt: standard deviation of the logarithm of the pace.
    """

    belief: float
    weeks: Sequence[float]
    factors: Sequence[float]
    doubt: float


def recency(count: int) -> list[float]:
    """The weight of each past week, the oldest first; that of the latest is 1."""
    return [0.5 ** ((count - 1 - place) / HALF_LIFE) for place in range(count)]


def mean_pace(hours: Sequence[float]) -> float:
    """Hours a week on average, recent weeks weighing a little more; 0 without weeks."""
    recent = hours[-MEMORY:]
    weights = recency(len(recent))
    return _mean(recent, weights) if recent else 0.0


def models(hours: Sequence[float]) -> list[Model]:
    """The models with the belief that these weeks leave in each. `hours`: the oldest first, at least one above 0."""
    hours = hours[-MEMORY:]
    trust = _trust(hours)
    made = [_model(hours, None, STEADY_BELIEF, trust)]
    made += [_model(hours, fall, (1 - STEADY_BELIEF) / len(FALLS), trust) for fall in FALLS]
    most = max(evidence for evidence, _ in made)
    return [model._replace(belief=exp(evidence - most)) for evidence, model in made]


def _model(
    hours: Sequence[float], fall: tuple[float, float] | None, before: float, trust: float
) -> tuple[float, Model]:
    """One model, and the logarithm of the belief in it: the prior, and the profile likelihood of weeks whose deviation
    is proportional to their pace."""
    count = len(hours)
    reach = count + 1 if fall is None else count + round(-log(fall[1]) / fall[0]) + 1
    course = [1.0 if fall is None else max(fall[1], exp(-fall[0] * place)) for place in range(reach)]
    levelled = [hour / factor for hour, factor in zip(hours, course, strict=False)]
    weights = recency(count)
    mean = _mean(levelled, weights)
    squares = fsum(weight * (one - mean) ** 2 for one, weight in zip(levelled, weights, strict=True))
    # A perfectly even past must not be taken for certainty.
    squares = max(squares, 1e-4 * mean**2)
    total = fsum(weights)
    effective = total**2 / fsum(weight**2 for weight in weights)
    error = sqrt(squares / total / max(1.0, effective - 1)) / mean
    likelihood = -fsum(map(log, course[:count])) - count / 2 * log(squares)
    doubt = min(MOST_DOUBT, DOUBT * error)
    drawn = spread(levelled, weights) if are_breaks(hours) else levelled
    return log(before) + trust * likelihood, Model(0.0, drawn, course[count:], doubt)


def _trust(hours: Sequence[float]) -> float:
    mean = fsum(hours) / len(hours)
    variance = fsum((one - mean) ** 2 for one in hours) / len(hours)
    return min(1.0, (EVEN * mean) ** 2 / variance) if variance else 1.0


def _mean(values: Sequence[float], weights: Sequence[float]) -> float:
    return fsum(value * weight for value, weight in zip(values, weights, strict=True)) / fsum(weights)
