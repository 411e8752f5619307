"""What happened in a week: the facts that its review is filled with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import fsum

from notion_roadmap.progress.focus import current_phase
from notion_roadmap.progress.kpis import value_of_week, watched
from notion_roadmap.progress.pace import Moved, completion_days, first_moves, moves
from notion_roadmap.progress.scopes import is_project, phase_places, plan_places, required
from notion_roadmap.progress.weeks import DAY, Week, week_of
from notion_roadmap.roadmap import Roadmap
from notion_roadmap.roadmap.record import Fact, Record, TaskRecord
from notion_roadmap.roadmap.watching import PhaseWeek, WeekFacts


@dataclass(frozen=True, slots=True)
class Events:
    """A week, the tasks in the order of the plan, when they were completed, and how they moved in that week."""

    week: Week
    tasks: Sequence[TaskRecord]
    completed: Mapping[str, date]
    moved: Sequence[Moved]

    def by_its_end(self, task: TaskRecord) -> bool:
        """Whether it was completed by the end of the week; without a day it was before the roadmap began."""
        return task.completed and self.completed.get(task.key, date.min) <= self.week.last

    def in_it(self, task: TaskRecord) -> bool:
        """Whether it was completed in the week."""
        return task.key in self.completed and self.week.first <= self.completed[task.key] <= self.week.last

    def moved_to(self, *statuses: str) -> set[str]:
        """Keys of what was seen to move there."""
        return {one.task for one in self.moved if one.after in statuses}


def week_facts(roadmap: Roadmap, record: Record, day: date, today: date) -> WeekFacts:
    """The facts of the week that holds `day`, as far as they are known `today`; see `WeekFacts`.

    Of a week that is over they follow from completion days and events, so that it reads the same however late it is
    made up; only what is blocked is as of now, where no event tells.
    """
    week = week_of(day, record.steering.week_start)
    places = plan_places(roadmap, record)
    tasks = sorted(record.live, key=lambda task: places[task.key])
    inside = [one for one in moves(record) if week.first <= one.day <= week.last]
    events = Events(week, tasks, completion_days(record), inside)
    done = [task for task in tasks if events.in_it(task)]
    needed = required(record)
    due = [task for task in needed if task.baseline_due and week.first <= task.baseline_due <= week.last]
    phase = _phase(record, events, tuple(phase_places(roadmap, record)))
    said = _said(record, week)
    there = {task.key for task in tasks}
    open_ = {task.key for task in tasks if not events.by_its_end(task)}
    return WeekFacts(
        label=week.label,
        first=week.first,
        last=week.last,
        phase=phase,
        phases=_by_phase(events, done, phase),
        advanced=_advanced(events),
        skills=_skills(record, events),
        metrics={kpi.key: value_of_week(kpi, roadmap, record, week.last, today) for kpi in watched(roadmap)},
        course_hours=_hours(record, (task for task in done if not is_project(task)), "tasks.category"),
        blocked=_in_order(tasks, _blocked(events, today)),
        said=said,
        did=tuple(key for key in said if key in there and key not in open_),
        carried=tuple(key for key in said if key in open_),
        slipped=_in_order(tasks, {task.key for task in due} & open_),
        started=_in_order(tasks, events.moved_to("in_progress")),
        reopened=_in_order(tasks, {one.task for one in inside if one.before == "completed"}),
        hours_planned=_hours(record, due, "tasks.baseline_due"),
        hours_done=_hours(record, done, "tasks.status"),
        hours_spent=None if record.lacks("tasks.hours_spent") else round(fsum(t.hours_spent or 0 for t in done), 2),
        scope_change=_scope_change(record, week),
    )


def _phase(record: Record, events: Events, options: Sequence[str]) -> str | None:
    """The phase that was current at the end of the week."""
    left = {task.phase for task in required(record) if not events.by_its_end(task)}
    now = current_phase(record, options)
    return next(
        (option for option in options if option in left and (option == now or not _beyond(record, option))), now
    )


def _beyond(record: Record, option: str) -> bool:
    return any(phase.option == option and phase.advance_anyway for phase in record.phases)


def _by_phase(events: Events, done: Sequence[TaskRecord], current: str | None) -> dict[str, PhaseWeek]:
    phases = {task.phase for task in done} | {current}
    shown = dict.fromkeys(task.phase for task in events.tasks if task.phase in phases)
    found = {}
    for option in shown:
        mine = [task for task in events.tasks if task.phase == option]
        if option is not None:
            found[option] = PhaseWeek(
                completed=tuple(task.key for task in done if task.phase == option),
                completed_so_far=sum(map(events.by_its_end, mine)),
                total=len(mine),
            )
    return found


_HOW = {"completed": "completed", "in_progress": "started", "blocked": "blocked", "not_started": "put back"}


def _advanced(events: Events) -> tuple[tuple[str, str], ...]:
    """Projects with the last thing that happened to each."""
    last = {one.task: _HOW[one.after] for one in events.moved}
    last |= {task.key: "completed" for task in events.tasks if events.in_it(task)}
    return tuple((task.key, last[task.key]) for task in events.tasks if is_project(task) and task.key in last)


def _skills(record: Record, events: Events) -> tuple[str, ...]:
    """Skills of what was moved, completed or under way in the week, as the plan meets them."""
    if record.lacks("tasks.skills"):
        return ()
    begun = first_moves(record)
    touched = {one.task for one in events.moved}
    skills: dict[str, None] = {}
    for task in events.tasks:
        until = events.completed.get(task.key) if task.completed else date.max if task.status == "in_progress" else None
        under_way = until is not None and begun.get(task.key, until) <= events.week.last and until >= events.week.first
        if under_way or task.key in touched:
            skills |= dict.fromkeys(task.skills)
    return tuple(skills)


def _blocked(events: Events, today: date) -> set[str]:
    if events.week.last >= today:
        return {task.key for task in events.tasks if task.status == "blocked"}
    last = {one.task: one.after for one in events.moved}
    return {key for key, after in last.items() if after == "blocked"}


def _said(record: Record, week: Week) -> tuple[str, ...]:
    mine = [one for one in record.weeks if week.first <= one.first <= week.last]
    return tuple(dict.fromkeys(key for one in mine for key in one.priorities))


def _hours(record: Record, tasks: Iterable[TaskRecord], fact: Fact) -> float | None:
    return None if record.lacks("tasks.hours", fact) else round(fsum(task.hours or 0 for task in tasks), 2)


def _scope_change(record: Record, week: Week) -> float | None:
    """From the points as they were written: what was not written is not known."""
    scope = {week_of(point.week).label: point.hours for point in record.history if point.series == "scope"}
    before = week_of(week.first - DAY, record.steering.week_start).label
    return round(scope[week.label] - scope[before], 2) if {week.label, before} <= scope.keys() else None


def _in_order(tasks: Sequence[TaskRecord], keys: set[str]) -> tuple[str, ...]:
    return tuple(task.key for task in tasks if task.key in keys)
