"""The plan of the first day against what was done: `Baseline Due` never moves, so it shows the slip."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from math import fsum

from notion_roadmap.progress.shares import share_done
from notion_roadmap.progress.weeks import DAY, active_days
from notion_roadmap.roadmap.record import Fact, Record, TaskRecord

_NEEDS: tuple[Fact, ...] = ("tasks.status", "tasks.scope", "tasks.baseline_due")

_TOLERANCE = 1e-6
"""Hours: sums of fractions are not exact."""


def planned_percent(record: Record, required: Sequence[TaskRecord], today: date) -> float | None:
    """Which percentage of the required tasks should be completed by the end of today: those whose first due date has
    come, and those that are completed without having one (done before the start, or added and done since).

    None without required tasks, when none of them has a first due date, or when one of the columns is gone.
    """
    if record.lacks(*_NEEDS) or not any(task.baseline_due for task in required):
        return None
    return round(100 * sum(_expected(task, today) for task in required) / len(required), 2)


def weeks_behind(record: Record, required: Sequence[TaskRecord], today: date) -> float | None:
    """Weeks since the day by which the plan wanted more done than is done now; 0 when it is kept.

    What is done, of required tasks that have a first due date, is laid against their due dates, the earliest first:
    the first due date that it does not reach is the day since which one is behind. So what was done ahead of its time
    makes up for what was left out. Measured in hours (those under way count for their share), in tasks where no hours
    are known; tasks without hours among others with hours count nothing. Paused days are not behind. In weeks of seven
    days, to one decimal. None when no required task has a first due date, or a column is gone.
    """
    if record.lacks(*_NEEDS):
        return None
    dated = [(task.baseline_due, task) for task in required if task.baseline_due is not None]
    if not dated:
        return None
    missed = _first_missed(record, dated)
    if missed is None:
        return 0.0
    return round(active_days(missed + DAY, today, record.steering.pauses) / 7, 1)


def hours_short(required: Sequence[TaskRecord], today: date) -> float:
    """Hours that the plan wanted done by the end of today, less those that are done; 0 when it is kept or no hours
    are known."""
    dated = [task for task in required if task.baseline_due is not None]
    planned = fsum(task.hours or 0 for task in dated if _expected(task, today))
    return max(0.0, round(planned - fsum((task.hours or 0) * share_done(task) for task in dated), 2))


def _expected(task: TaskRecord, today: date) -> bool:
    return task.completed if task.baseline_due is None else task.baseline_due <= today


def _first_missed(record: Record, dated: Sequence[tuple[date, TaskRecord]]) -> date | None:
    in_hours = not record.lacks("tasks.hours") and any(task.hours for _, task in dated)
    weights = [(due, (task.hours or 0.0) if in_hours else 1.0, share_done(task)) for due, task in dated]
    earned = fsum(weight * share for _, weight, share in weights)
    planned = 0.0
    for due, weight, _ in sorted(weights):
        planned += weight
        if planned > earned + _TOLERANCE:
            return due
    return None
