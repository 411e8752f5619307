"""When work was done: the day each task was completed, what each week brought, and how fast that is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from math import fsum
from typing import NamedTuple

from notion_roadmap.progress.once import once
from notion_roadmap.progress.scopes import required, settled_scopes
from notion_roadmap.progress.shares import effort, in_hours, share_done
from notion_roadmap.progress.weeks import DAY, Week, active_days, local_day, week_of, weeks_between
from notion_roadmap.roadmap.record import Capacity, Record, TaskRecord
from notion_roadmap.roadmap.results import Throughput
from notion_roadmap.roadmap.tracking import Meaning


class Moved(NamedTuple):
    """A status event on the owner's date."""

    task: str
    before: Meaning | None
    after: Meaning
    day: date


class LivedWeek(NamedTuple):
    """A week that is over: the required hours done in it (see `lived_weeks`), tasks where no task has hours, and how
    many of its days were not paused."""

    week: Week
    hours: float
    days: int


@once
def moves(record: Record) -> tuple[Moved, ...]:
    """The status events by the owner's dates, the oldest first."""
    zone = record.steering.zone
    ordered = sorted(record.events, key=lambda event: (event.observed, event.task, event.after))
    days = {instant: local_day(instant, zone) for instant in {event.observed for event in ordered}}
    return tuple(Moved(event.task, event.before, event.after, days[event.observed]) for event in ordered)


@once
def completion_days(record: Record) -> Mapping[str, date]:
    """By key, the day on which each completed task was completed: its `completed_on`, else the day of the last event
    that completed it. A completed task with neither was done before the roadmap began, and is not in here."""
    seen = {moved.task: moved.day for moved in moves(record) if moved.after == "completed"}
    days: dict[str, date] = {}
    for task in record.tasks:
        day = task.completed_on or seen.get(task.key)
        if task.completed and day is not None:
            days[task.key] = day
    return days


@once
def first_moves(record: Record) -> Mapping[str, date]:
    """By key, the day on which each task was first seen under way (in progress or blocked)."""
    begun: dict[str, date] = {}
    for moved in moves(record):
        if moved.after in ("in_progress", "blocked"):
            begun.setdefault(moved.task, moved.day)
    return begun


def throughput(record: Record, today: date) -> tuple[Throughput, ...]:
    """What was completed in each week from the start to this one, the oldest first: every completed task once, in the
    week of its completion day, whatever its scope, trashed ones included. Weeks with nothing are zero.

    Hours are the estimated ones; n/a when that column is gone. Completions before the start or after today are in no
    week. Empty when the statuses are gone or the roadmap has not begun.
    """
    if record.lacks("tasks.status"):
        return ()
    starts = record.steering.week_start
    hours: defaultdict[date, list[float]] = defaultdict(list)
    days = completion_days(record)
    for task in record.tasks:
        day = days.get(task.key)
        if day is not None and record.steering.start <= day <= today:
            hours[week_of(day, starts).first].append(task.hours or 0)
    known = not record.lacks("tasks.hours")
    return tuple(
        Throughput(week=week.first, hours=fsum(hours[week.first]) if known else None, tasks=len(hours[week.first]))
        for week in weeks_between(record.steering.start, today, starts)
    )


def lived_weeks(record: Record, today: date) -> list[LivedWeek]:
    """The weeks from the start that are over and not wholly paused, the oldest first, with the required hours done;
    where no required task has hours, each counts 1 instead.

    The hours of a task are spread evenly over the days from its first move to its completion (one day when no move is
    known), those of a task under way, for the share that is done, up to yesterday: so a task of 100 hours shows in
    every week that went into it. A week that begins before the start or is partly paused counts its other days.
    """
    steering = record.steering
    weeks = [week for week in weeks_between(steering.start, today, steering.week_start) if week.last < today]
    by_day = _hours_by_day(record, today)
    lived = []
    for week in weeks:
        first = max(week.first, steering.start)
        days = active_days(first, week.last, steering.pauses)
        if days:
            lived.append(LivedWeek(week, fsum(_within(by_day, first, week.last)), days))
    return lived


def comparable_hours(record: Record, lived: Iterable[LivedWeek]) -> list[float]:
    """The hours of each lived week as if it had been a whole one at today's weekly hours.

    A week of which only some days were not paused is scaled up to seven, at most by two: two good days are no week. A
    week in which the owner gave other weekly hours than now is scaled by now / then: who halves them will halve what
    gets done.
    """
    capacities = sorted(record.steering.capacities)
    now = capacities[-1].weekly_hours if capacities else 0.0
    return [one.hours * min(2.0, 7 / one.days) * _ratio(now, _capacity(capacities, one.week.first)) for one in lived]


def last_move(record: Record, today: date) -> date | None:
    """The last day, up to today, on which a task was seen to be started or completed; None if never."""
    forward = [moved.day for moved in moves(record) if moved.after in ("in_progress", "completed")]
    return max((day for day in (*forward, *completion_days(record).values()) if day <= today), default=None)


def _hours_by_day(record: Record, today: date) -> dict[date, float]:
    """Required work done, by day. Tasks whose scope is another now were not part of the way to the end."""
    scopes = settled_scopes(record.tasks)
    hours = in_hours(required(record))
    completed, begun = completion_days(record), first_moves(record)
    by_day: defaultdict[date, list[float]] = defaultdict(list)
    for task in record.tasks:
        span, weight = _span(task, completed, begun, today - DAY), effort(task, hours=hours)
        if scopes[task.key] == "required" and weight and span is not None:
            first, last = span
            days = (last - first).days + 1
            for place in range(days):
                by_day[first + place * DAY].append(weight * share_done(task) / days)
    return {day: fsum(hours) for day, hours in by_day.items()}


def _span(
    task: TaskRecord, completed: Mapping[str, date], begun: Mapping[str, date], yesterday: date
) -> tuple[date, date] | None:
    """From which day to which it was worked on; None when nobody knows or nothing was done."""
    if share_done(task) == 0 or (task.completed and task.key not in completed):
        return None
    last = completed.get(task.key, yesterday)
    first = begun.get(task.key, last if task.completed else None)
    return None if first is None else (min(first, last), last)


def _within(by_day: Mapping[date, float], first: date, last: date) -> list[float]:
    return [by_day.get(first + place * DAY, 0.0) for place in range((last - first).days + 1)]


def _capacity(capacities: Iterable[Capacity], day: date) -> float:
    """The weekly hours of a day: the latest that held by then, the first ones before."""
    held = 0.0
    for capacity in capacities:
        if held == 0.0 or capacity.since <= day:
            held = capacity.weekly_hours
    return held


def _ratio(now: float, then: float) -> float:
    return now / then if now > 0 and then > 0 else 1.0
