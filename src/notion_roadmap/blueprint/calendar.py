"""Dates: when each phase is, and when each task within it.

Months and dates of a document are moved as a whole, by the same number of days, so that the first of them begins on the
chosen start: order, lengths and gaps stay. A task whose document says when it is has that window. All others are laid
within their phase: required work end to end, at the owner's weekly hours where that is enough and evenly over the
window where it is not; where no task of a phase has hours, each counts the same. Work is laid on working days. All of
it is exact arithmetic on whole days and fractions.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import NamedTuple

from notion_roadmap.blueprint.choices import Choices, done_before, later
from notion_roadmap.blueprint.order import working_order
from notion_roadmap.blueprint.workdays import Workdays, workdays_of
from notion_roadmap.roadmap import Dates, Days, Months, Phase, Roadmap, Scope, Span, Task, Window

TASKS_A_WEEK = 5
"""How many tasks a week are taken for possible where a document gives a phase neither a window nor any hours: one each
working day. It only keeps phases apart until the owner says more."""


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


class _Work(NamedTuple):
    """What tasks weigh.

    Args:
        weights: by task key; without an entry nobody knows.
        total: of what is required.
        in_hours: whether these are hours; else each task weighs 1.
    """

    weights: Mapping[str, Fraction]
    total: Fraction
    in_hours: bool


def calendar_of(roadmap: Roadmap, choices: Choices, scopes: dict[str, Scope]) -> Calendar:
    """The calendar of a roadmap. No task is due before `choices.today`."""
    windows, moved, days = windows_of(roadmap, choices), _shift(roadmap, choices), workdays_of(choices)
    dates: dict[str, TaskDates] = {}
    late, done = choices.today, done_before(roadmap, choices)
    for phase in sorted(roadmap.phases, key=lambda p: windows[p.key].first):
        left = [task for task in working_order(roadmap, phase, scopes) if task.key not in done]
        own = dict(_dated(left, choices, moved, days))
        tasks = [task for task in left if task.key not in own]
        window = windows[phase.key]
        room = Span(max(window.first, choices.today), window.last)
        if window.last is not None and window.last < choices.today and tasks:
            room = _anew(late, tasks, scopes, window, choices)
            late = later(_end(room), 1)
        dates.update(own)
        dates.update(_spread(tasks, scopes, room, choices.weekly_hours, days))
    dates.update((key, TaskDates(None, None)) for key in done)
    return Calendar(windows, dates)


def windows_of(roadmap: Roadmap, choices: Choices) -> dict[str, Span]:
    """The window of each phase. One that the document does not date follows the phase before it."""
    moved, days = _shift(roadmap, choices), workdays_of(choices)
    windows: dict[str, Span] = {}
    previous: Span | None = None
    for phase in roadmap.phases:
        if phase.window is None:
            first = choices.start if previous is None else later(_end(previous), 1)
            previous = _guessed(first, phase, choices)
        else:
            previous = _span(phase.window, choices, moved, days)
        windows[phase.key] = previous
    return windows


def required_hours(tasks: Iterable[Task], scopes: Mapping[str, Scope]) -> Fraction:
    """The hours of what is required, as far as the document gives plain numbers."""
    required = (task for task in tasks if scopes.get(task.key, task.scope) == "required")
    return sum((Fraction(task.hours) for task in required if task.hours), Fraction())


def _shift(roadmap: Roadmap, choices: Choices) -> timedelta:
    """By how much windows of the calendar move, all alike: the first of them begins on the start."""
    windows = [*(phase.window for phase in roadmap.phases), *(task.window for _, task in roadmap.tasks())]
    absolute = [window.start for window in windows if isinstance(window, Months | Dates)]
    return timedelta() if choices.as_written or not absolute else choices.start - min(absolute)


def _span(window: Window, choices: Choices, moved: timedelta, days: Workdays) -> Span:
    """A window as days of the calendar. One counted in days counts working days alone."""
    if isinstance(window, Days):
        last = days.after(choices.start, window.end - 1) if window.end else None
        return Span(days.after(choices.start, window.start - 1), last)
    first, last = window.span(choices.start)
    shift = moved if isinstance(window, Months | Dates) else timedelta()
    return Span(first + shift, last + shift if last else None)


def _dated(
    tasks: Iterable[Task], choices: Choices, moved: timedelta, days: Workdays
) -> Iterator[tuple[str, TaskDates]]:
    """The tasks with a window of their own that is not over. What is over is laid like the others, from today on."""
    for task in tasks:
        if task.window is None:
            continue
        window = days.within(_span(task.window, choices, moved, days))
        if window.last is None or window.last >= choices.today:
            first = max(window.first, choices.today)
            yield task.key, TaskDates(first, window.last)


def _guessed(first: date, phase: Phase, choices: Choices) -> Span:
    """The window of a phase that the document does not date."""
    hours = required_hours(phase.tasks, {})
    if any(task.hours for task in phase.tasks):
        return _from(first, hours / Fraction(choices.weekly_hours))
    return _from(first, Fraction(len(phase.tasks), TASKS_A_WEEK))


def _anew(first: date, tasks: list[Task], scopes: Mapping[str, Scope], window: Span, choices: Choices) -> Span:
    """Where what is left of a phase goes whose window is over: as long as its hours take, without any as long as its
    window was."""
    if any(task.hours for task in tasks) or window.last is None:
        return _from(first, required_hours(tasks, scopes) / Fraction(choices.weekly_hours))
    return Span(first, later(first, (window.last - window.first).days))


def _from(first: date, weeks: Fraction) -> Span:
    """As many whole weeks, one at least."""
    return Span(first, later(first, 7 * max(1, math.ceil(weeks)) - 1))


def _end(span: Span) -> date:
    return span.last or span.first


def _work(tasks: list[Task], scopes: Mapping[str, Scope], *, closed: bool) -> _Work:
    """In hours as far as any task has some; else by number, which says nothing about when where there is no end."""
    required = [task for task in tasks if scopes[task.key] == "required"]
    if any(task.hours for task in tasks) or not closed:
        weights = {task.key: Fraction(task.hours) for task in tasks if task.hours}
        return _Work(weights, required_hours(tasks, scopes), in_hours=True)
    return _Work({task.key: Fraction(1) for task in tasks}, Fraction(max(1, len(required))), in_hours=False)


def _spread(
    tasks: list[Task], scopes: Mapping[str, Scope], room: Span, weekly_hours: float, workdays: Workdays
) -> Iterable[tuple[str, TaskDates]]:
    """Required work end to end, what is stretch after it; an alternative has the dates of the twin it stands for."""
    room = workdays.within(room)
    days = workdays.count(room.first, room.last) if room.last else None
    weights, total, in_hours = _work(tasks, scopes, closed=days is not None)
    pace = Fraction(weekly_hours) / workdays.in_a_week if in_hours else Fraction()
    if days is not None:
        pace = max(pace, total / days)
    spent = Fraction()
    chosen: dict[str, TaskDates] = {}
    for task in tasks:
        scope = scopes[task.key]
        if scope == "alternative" and task.pick_one in chosen:
            yield task.key, chosen[task.pick_one]
            continue
        weight = weights.get(task.key)
        dates = TaskDates(*room) if weight is None else _lay(room, days, spent, weight, pace, workdays)
        if weight is not None and scope != "alternative":
            spent += weight
        if scope == "required" and task.pick_one is not None:
            chosen[task.pick_one] = dates
        yield task.key, dates


def _lay(room: Span, days: int | None, spent: Fraction, weight: Fraction, pace: Fraction, on: Workdays) -> TaskDates:
    """One task after `spent` of others, on working days of `pace` each."""
    begins, ends = math.floor(spent / pace), math.ceil((spent + weight) / pace) - 1
    if days is not None:
        begins, ends = min(begins, days - 1), min(ends, days - 1)
    return TaskDates(on.after(room.first, begins), on.after(room.first, ends))
