"""The burn-up: what was done, all there is to do, and what the plan wanted, week by week."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from math import fsum

from notion_roadmap.progress.pace import completion_days
from notion_roadmap.progress.scopes import required
from notion_roadmap.progress.weeks import week_of, weeks_between
from notion_roadmap.roadmap.record import HistoryPoint, Record, Series, TaskRecord

Sums = Mapping[date, tuple[float, int]]


def burn_up(record: Record, today: date) -> tuple[HistoryPoint, ...]:
    """Three points for each ISO week from the start to this one (the first week alone before the start), in hours and
    in tasks, of required tasks: Done, completed by the end of the week (without a day: from the beginning); Scope, all
    that is required; Plan, first due by the end of the week (completed without a first due date: when completed).

    Weeks that are over stand as they were written (a reopened task or a changed scope does not rewrite the past);
    those that nobody wrote are made up from what is known now. Empty when a column that it needs is gone.
    """
    if record.lacks("tasks.status", "tasks.scope", "tasks.hours"):
        return ()
    tasks = required(record)
    days = completion_days(record)
    start = record.steering.start
    done = _by_week((days.get(task.key) or date.min, task) for task in tasks if task.completed)
    plan = _by_week((by, task) for task in tasks if (by := _expected(task, days)) is not None)
    scope = (fsum(task.hours or 0 for task in tasks), len(tasks))
    written = {
        (week_of(point.week).first, point.series): point._replace(week=week_of(point.week).first)
        for point in record.history
    }
    this_week = week_of(max(today, start)).first
    points = []
    for week in weeks_between(start, max(today, start)):
        fresh: dict[Series, tuple[float, int]] = {
            "done": _until(done, week.first),
            "scope": scope,
            "plan": _until(plan, week.first),
        }
        for series, (hours, count) in fresh.items():
            there = written.get((week.first, series)) if week.first < this_week else None
            points.append(there or HistoryPoint(week.first, series, round(hours, 2), count))
    return tuple(points)


def _expected(task: TaskRecord, days: Mapping[str, date]) -> date | None:
    if task.baseline_due is not None:
        return task.baseline_due
    return days.get(task.key, date.min) if task.completed else None


def _by_week(dated: Iterable[tuple[date, TaskRecord]]) -> Sums:
    """Hours and tasks by the first day of their week; the beginning of time for what has no day."""
    hours: defaultdict[date, list[float]] = defaultdict(list)
    for day, task in dated:
        hours[day if day == date.min else week_of(day).first].append(task.hours or 0)
    return {week: (fsum(found), len(found)) for week, found in hours.items()}


def _until(sums: Sums, week: date) -> tuple[float, int]:
    found = [one for first, one in sums.items() if first <= week]
    return fsum(hours for hours, _ in found), sum(count for _, count in found)
