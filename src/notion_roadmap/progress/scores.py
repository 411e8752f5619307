"""How good past forecasts were, now that the end of what they spoke of is known."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from math import fsum

from notion_roadmap.progress.pace import completion_days
from notion_roadmap.progress.scopes import required
from notion_roadmap.roadmap.record import Record
from notion_roadmap.roadmap.results import ForecastScore


def pinball(actual: float, forecast: float, share: float) -> float:
    """What a forecast that should hold with `share` (0 to 1) costs, in the unit of both: being late weighs `share`,
    being early 1 - `share`, so that the true quantile costs least. Never negative, 0 when it was exact."""
    miss = actual - forecast
    return share * miss if miss >= 0 else (share - 1) * miss


def actual_ends(record: Record) -> dict[str, date]:
    """By phase option, and "" for the whole: the day on which its last required task was completed. Only what is
    wholly completed has ended; what was done before the roadmap began has no day and delays nothing."""
    days = completion_days(record)
    tasks = required(record)
    ends: dict[str, date] = {}
    for subject in {"", *(task.phase for task in tasks if task.phase)}:
        mine = [task for task in tasks if subject in ("", task.phase)]
        dated = [days[task.key] for task in mine if task.key in days]
        if dated and all(task.completed for task in mine):
            ends[subject] = max(dated)
    return ends


def score(record: Record) -> ForecastScore:
    """Past forecasts of what has ended since; each counts once, those made after the end not at all.

    A forecast holds when the end came on or before its date. Without any that can be judged everything is "n/a".
    """
    return scored(record, actual_ends(record))


def scored(record: Record, ends: Mapping[str, date]) -> ForecastScore:
    """The same against ends that are known already."""
    judged = [(past, ends[past.subject]) for past in record.forecasts if past.subject in ends]
    judged = [(past, end) for past, end in judged if past.made_on <= end]
    count = len(judged)
    if not count:
        return ForecastScore(forecasts=0, p50_held=None, p85_held=None, loss=None)
    losses = [
        pinball(end.toordinal(), date_.toordinal(), share)
        for past, end in judged
        for date_, share in ((past.p50, 0.5), (past.p85, 0.85))
    ]
    return ForecastScore(
        forecasts=count,
        p50_held=round(100 * sum(end <= past.p50 for past, end in judged) / count, 1),
        p85_held=round(100 * sum(end <= past.p85 for past, end in judged) / count, 1),
        loss=round(fsum(losses) / len(losses), 2),
    )
