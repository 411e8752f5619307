"""Weeks whose page the owner threw away, told after the local state was lost. Pure.

The trash cannot be searched, but the burn-up got its points of a week by the same run that made the page of the week.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Final

from notion_roadmap.blueprint.weeks import WEEK, week_start
from notion_roadmap.roadmap.record import Record, WeekRecord
from notion_roadmap.workspace.canonical import JSON

REMOVED_WEEKS: Final = "removed weeks"
"""Name of the fact that holds the first days of such weeks."""


def found_removed(record: Record, today: date) -> list[JSON]:
    """The first days of weeks that are over, have points in the burn-up and no page. A week that is not over may have
    them of a run that was cut short, and gets its page."""
    starts = record.steering.week_start
    there = {week_start(week.first, starts) for week in record.weeks}
    lived = {week_start(point.week, starts) for point in record.history}
    return [first.isoformat() for first in sorted(lived - there) if first + WEEK <= today]


def with_removed(record: Record, told: JSON) -> Record:
    """The record with the weeks that the fact names, as far as no page of theirs is there (again)."""
    days = (date.fromisoformat(day) for day in told if isinstance(day, str)) if isinstance(told, list) else ()
    return replace(record, weeks=(*record.weeks, *_missing(record, days)))


def _missing(record: Record, days: Iterable[date]) -> Iterable[WeekRecord]:
    starts = record.steering.week_start
    there = {week_start(week.first, starts) for week in record.weeks}
    return (WeekRecord(first=day, removed=True) for day in days if week_start(day, starts) not in there)
