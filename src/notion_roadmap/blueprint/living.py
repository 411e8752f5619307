"""Dates as they are lived with: new plans that the owner accepted, and pauses that put everything off."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from notion_roadmap.blueprint.calendar import Calendar, TaskDates
from notion_roadmap.blueprint.choices import later
from notion_roadmap.blueprint.workdays import Workdays
from notion_roadmap.roadmap import Roadmap, Span
from notion_roadmap.roadmap.life import Life, Replan
from notion_roadmap.roadmap.record import Pause, TaskRecord


def living_calendar(roadmap: Roadmap, first: Calendar, life: Life, workdays: Workdays) -> Calendar:
    """The calendar of the first day as it holds now.

    A pause puts off what lies in it or behind it by as many days as it has. It does not move what was completed before
    it began, nor what was planned anew after that: such a plan knows the pause. A pause without an end moves nothing
    yet. What is put off falls on working days.
    """
    pauses = joined_pauses(life.record.steering.pauses)
    records = {task.key: task for task in life.record.tasks}
    dates: dict[str, TaskDates] = {}
    accepted = sorted((one for one in life.replans if one.accepted), key=lambda one: one.made_on)
    for _, task in roadmap.tasks():
        planned, since = _planned(task.key, first.dates[task.key], accepted)
        felt = [pause for pause in pauses if since is None or pause.first > since]
        dates[task.key] = _put_off_task(planned, felt, records.get(task.key), workdays)
    windows = {key: put_off_window(window, pauses) for key, window in first.windows.items()}
    return Calendar(windows, dates)


def _planned(key: str, first: TaskDates, accepted: Sequence[Replan]) -> tuple[TaskDates, date | None]:
    """The latest accepted dates of a task, and the day on which they were made; None for those of the first day."""
    latest, since = first, None
    for replan in accepted:
        if key in replan.dates:
            latest, since = TaskDates(*replan.dates[key]), replan.made_on
    return latest, since


def joined_pauses(pauses: Iterable[Pause]) -> list[Pause]:
    """The pauses that have an end, in order; those that overlap are one."""
    joined: list[Pause] = []
    for pause in sorted((one for one in pauses if one.last is not None), key=lambda one: (one.first, one.last)):
        last = joined[-1].last if joined else None
        if last is not None and pause.last is not None and pause.first <= last:
            joined[-1] = Pause(joined[-1].first, max(last, pause.last))
        else:
            joined.append(pause)
    return joined


def _put_off_task(
    dates: TaskDates, pauses: Sequence[Pause], record: TaskRecord | None, workdays: Workdays
) -> TaskDates:
    if record is not None and record.completed:
        done = record.completed_on
        pauses = [pause for pause in pauses if done is not None and pause.first <= done]
    return TaskDates(*(_on_workday(day, _put_off(day, pauses), workdays) for day in dates))


def _on_workday(before: date | None, after: date | None, workdays: Workdays) -> date | None:
    """A day that was put off, on the next working day; one that was not stays what it is."""
    return after if after is None or after == before else workdays.after(after)


def put_off_window(window: Span, pauses: Sequence[Pause]) -> Span:
    """A window after the pauses that it would fall into or that fall into it."""
    first = _put_off(window.first, pauses)
    assert first is not None
    return Span(first, _put_off(window.last, pauses))


def _put_off(day: date | None, pauses: Sequence[Pause]) -> date | None:
    """A day after the pauses that it would fall into or behind, taken in order: one may move it behind the next."""
    for pause in pauses:
        if day is not None and pause.last is not None and day >= pause.first:
            day = later(day, (pause.last - pause.first).days + 1)
    return day
