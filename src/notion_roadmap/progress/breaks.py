"""Weeks of nothing that are breaks: they come back between long stretches of work, as holidays do.

Drawn like other weeks, they would come five in a row by chance, or not at all for a year, and nobody takes holidays
like that: the forecast's late date would be too late (scripts/bench forecast, "holidays").
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from math import fsum

STRETCH = 4
"""Weeks of work between two breaks at the least. Where less lies between weeks of nothing, those come by chance."""

WORKED = 5
"""Weeks of work there are for each break at the least, on average."""


def are_breaks(hours: Sequence[float]) -> bool:
    """Whether there are weeks of nothing, and they are breaks. `hours`: of past weeks, the oldest first."""
    runs = [(worked, len(list(weeks))) for worked, weeks in groupby(hours, key=lambda week: week > 0)]
    breaks = sum(not worked for worked, _ in runs)
    if not breaks or fsum(length for worked, length in runs if worked) < WORKED * breaks:
        return False
    # The first and the last stretch may be longer than what is seen of them.
    return all(length >= STRETCH for worked, length in runs[1:-1] if worked)


def spread(hours: Sequence[float], weights: Sequence[float]) -> list[float]:
    """The weeks with the breaks spread evenly over all of them: a week of a break is an average one, and each week of
    work gives its part of that. The mean stays; what is left to chance is how much a week of work brings.

    Args:
        weights: of each week; how much it counts.
    """
    total = fsum(weights)
    mean = fsum(hour * weight for hour, weight in zip(hours, weights, strict=True)) / total
    worked = fsum(weight for hour, weight in zip(hours, weights, strict=True) if hour) / total
    return [hour * worked if hour else mean for hour in hours]
