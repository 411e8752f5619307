"""Days and weeks of the owner: which day an instant belongs to, which week a day belongs to, which days are paused."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta, tzinfo
from typing import NamedTuple

from notion_roadmap.roadmap.record import Pause

DAY = timedelta(days=1)


class Week(NamedTuple):
    """Seven days, both ends included. `label` is the ISO week that most of them belong to, such as `2026-W47`."""

    first: date
    last: date
    label: str


def local_day(instant: datetime, zone: tzinfo) -> date:
    """The owner's date at an instant. Raises ValueError for a naive one: nobody could say whose time it is."""
    if instant.tzinfo is None:
        raise ValueError(f"{instant.isoformat()} names no time zone")
    return instant.astimezone(zone).date()


def week_of(day: date, starts: int = 0) -> Week:
    """The week that holds a day, when weeks begin on weekday `starts` (0 is Monday, and then it is the ISO week).

    Its label is the ISO week of its middle day, so that two weeks never share one, whatever the day they begin on, and
    the days around new year belong where ISO 8601 puts them: 2027-01-01 is in 2026-W53.
    """
    first = day - timedelta(days=(day.weekday() - starts) % 7)
    year, week, _ = (first + 3 * DAY).isocalendar()
    return Week(first, first + 6 * DAY, f"{year}-W{week:02d}")


def weeks_between(first: date, last: date, starts: int = 0) -> Iterator[Week]:
    """The weeks that hold the days from `first` to `last`, both included, in order; none when `last` is before."""
    week = week_of(first, starts)
    while first <= last and week.first <= last:
        yield week
        week = week_of(week.last + DAY, starts)


def paused_on(day: date, pauses: Iterable[Pause]) -> bool:
    """Whether nothing is expected on that day."""
    return any(pause.first <= day and (pause.last is None or day <= pause.last) for pause in pauses)


def paused_days(first: date, last: date, pauses: Iterable[Pause]) -> int:
    """How many of the days from `first` to `last`, both included, are paused; a day in two pauses is one day."""
    spans = sorted(
        (max(pause.first, first), min(pause.last or last, last))
        for pause in pauses
        if pause.first <= last and (pause.last is None or pause.last >= first)
    )
    days, counted_to = 0, first - DAY
    for begin, end in spans:
        uncounted = max(begin, counted_to + DAY)
        if uncounted <= end:
            days += (end - uncounted).days + 1
            counted_to = end
    return days


def active_days(first: date, last: date, pauses: Iterable[Pause]) -> int:
    """Days from `first` to `last`, both included, without the paused ones; 0 when `last` is before `first`."""
    if last < first:
        return 0
    return (last - first).days + 1 - paused_days(first, last, pauses)
