"""Weeks: which one a day belongs to, and what it is called."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from notion_roadmap.blueprint.choices import Choices, iso_week
from notion_roadmap.roadmap.record import Record

WEEK = timedelta(days=7)


def week_start(day: date, starts: int = 0) -> date:
    """The first day of its week, when weeks begin on weekday `starts` (0 is Monday)."""
    return day - timedelta(days=(day.weekday() - starts) % 7)


def week_label(first: date) -> str:
    """What the week that begins on a day is called, such as 2026-W47: the ISO week of most of its days."""
    return iso_week(first + timedelta(days=3))


def weeks(first: date, last: date, starts: int = 0) -> Iterator[date]:
    """The first days of the weeks that hold the days from `first` to `last`, both included, in order."""
    week = week_start(first, starts)
    while week <= last:
        yield week
        week += WEEK


def open_weeks(record: Record, choices: Choices, today: date) -> tuple[date, ...]:
    """The first days of the weeks whose review is to be written: from the first in which something can be done to this
    one, without those that are closed or removed. Before the start it is the first one: its plan stands ready."""
    starts = record.steering.week_start
    closed = {week_label(week_start(week.first, starts)) for week in record.weeks if week.closed or week.removed}
    last = max(today, choices.first_day)
    return tuple(week for week in weeks(choices.first_day, last, starts) if week_label(week) not in closed)
