"""Dates: when each phase is, and when each task within it.

Months of a document are moved as a whole, by the same number of days, so that the first of them begins on the chosen
start: order, lengths and gaps stay. Within a phase required work is laid end to end, at the owner's weekly hours where
that is enough and evenly over the window where it is not. All of it is exact arithmetic on whole days and fractions.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import NamedTuple

from notion_roadmap.blueprint.choices import Choices, later
from notion_roadmap.blueprint.order import working_order
from notion_roadmap.roadmap import Months, Roadmap, Scope, Span, Task


class TaskDates(NamedTuple):
    """When a task begins and when it should be done; None where nobody can say."""

    start: date | None
    due: date | None


@dataclass(frozen=True)
class Calendar:
    """When everything is.

    Args:
        windows: by phase key, its window after rebasing; `last` is None where it is open.
        dates: by task key. Tasks that were done before the roadmap began have none.
    """

    windows: Mapping[str, Span]
    dates: Mapping[str, TaskDates]


def calendar_of(roadmap: Roadmap, choices: Choices, scopes: dict[str, Scope]) -> Calendar:
    """The calendar of a roadmap. No task is due before `choices.today`."""
    windows = windows_of(roadmap, choices)
    dates: dict[str, TaskDates] = {}
    late = choices.today
    for phase in sorted(roadmap.phases, key=lambda p: windows[p.key].first):
        tasks = [task for task in working_order(roadmap, phase, scopes) if task.key not in choices.done]
        window = windows[phase.key]
        room = Span(max(window.first, choices.today), window.last)
        if window.last is not None and window.last < choices.today:
            room = _from(late, required_hours(tasks, scopes), choices.weekly_hours)
            late = later(_end(room), 1)
        dates.update(_spread(tasks, scopes, room, choices.weekly_hours))
    dates.update((key, TaskDates(None, None)) for key in choices.done)
    return Calendar(windows, dates)


def windows_of(roadmap: Roadmap, choices: Choices) -> dict[str, Span]:
    """The window of each phase. One that the document does not date follows the phase before it."""
    absolute = [p.window.start for p in roadmap.phases if isinstance(p.window, Months)]
    shift = timedelta() if choices.as_written or not absolute else choices.start - min(absolute)
    windows: dict[str, Span] = {}
    previous: Span | None = None
    for phase in roadmap.phases:
        if phase.window is None:
            first = choices.start if previous is None else later(_end(previous), 1)
            previous = _from(first, required_hours(phase.tasks, {}), choices.weekly_hours)
        else:
            first, last = phase.window.span(choices.start)
            moved = shift if isinstance(phase.window, Months) else timedelta()
            previous = Span(first + moved, last + moved if last else None)
        windows[phase.key] = previous
    return windows


def required_hours(tasks: Iterable[Task], scopes: Mapping[str, Scope]) -> Fraction:
    """The hours of what is required, as far as the document gives plain numbers."""
    required = (task for task in tasks if scopes.get(task.key, task.scope) == "required")
    return sum((Fraction(task.hours) for task in required if task.hours), Fraction())


def _from(first: date, hours: Fraction, weekly_hours: float) -> Span:
    """As many whole weeks as the hours take, one at least."""
    weeks = max(1, math.ceil(hours / Fraction(weekly_hours)))
    return Span(first, later(first, 7 * weeks - 1))


def _end(span: Span) -> date:
    return span.last or span.first


def _spread(
    tasks: list[Task], scopes: Mapping[str, Scope], room: Span, weekly_hours: float
) -> Iterable[tuple[str, TaskDates]]:
    """Required work end to end, what is stretch after it; an alternative has the dates of the twin it stands for."""
    days = (room.last - room.first).days + 1 if room.last else None
    pace = Fraction(weekly_hours) / 7
    if days is not None:
        pace = max(pace, required_hours(tasks, scopes) / days)
    spent = Fraction()
    chosen: dict[str, TaskDates] = {}
    for task in tasks:
        scope = scopes[task.key]
        if scope == "alternative" and task.pick_one in chosen:
            yield task.key, chosen[task.pick_one]
            continue
        hours = Fraction(task.hours) if task.hours else None
        dates = _lay(room, days, spent, hours, pace)
        if hours is not None and scope != "alternative":
            spent += hours
        if scope == "required" and task.pick_one is not None:
            chosen[task.pick_one] = dates
        yield task.key, dates


def _lay(room: Span, days: int | None, spent: Fraction, hours: Fraction | None, pace: Fraction) -> TaskDates:
    """One task after `spent` hours of others, on days of `pace` hours. Without hours it takes the whole room."""
    if hours is None:
        return TaskDates(room.first, room.last)
    begins, ends = math.floor(spent / pace), math.ceil((spent + hours) / pace) - 1
    if days is not None:
        begins, ends = min(begins, days - 1), min(ends, days - 1)
    return TaskDates(later(room.first, begins), later(room.first, ends))
