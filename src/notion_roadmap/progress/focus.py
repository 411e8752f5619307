"""What to do next: the current phase, next up, what to focus on, what a week is for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from notion_roadmap.progress.scopes import Place, begun, scopes_of
from notion_roadmap.progress.weeks import DAY, week_of
from notion_roadmap.roadmap import Roadmap
from notion_roadmap.roadmap.record import Focus, Record, TaskRecord

NOW_AT_MOST = 3
"""Tasks in focus at one time, and priorities of a week: more is not a focus."""

SOON_DAYS = 7
"""What is due within a week is worked on before what comes first in the plan."""


def current_phase(record: Record, options: Sequence[str]) -> str | None:
    """The first phase in which a required task is left and which its owner does not go beyond anyway; the first with
    anything required left when he does so everywhere; None when nothing is left."""
    scopes = scopes_of(record)
    left = {task.phase for task in record.live if scopes[task.key] == "required" and not task.completed}
    anyway = {phase.option for phase in record.phases if phase.advance_anyway}
    open_ = [option for option in options if option in left]
    return next((option for option in open_ if option not in anyway), open_[0] if open_ else None)


def is_blocked(task: TaskRecord, completed: Mapping[str, bool]) -> bool:
    """Whether it waits: its status says so, or a task before it is there and not completed."""
    return task.status == "blocked" or any(not completed.get(key, True) for key in task.blocked_by)


def next_up(record: Record, places: Mapping[str, Place], today: date) -> list[TaskRecord]:
    """Required tasks that can be worked on, the first first: those under way, then what is overdue or due within a
    week by its due date, then as the plan has it. Neither completed nor blocked ones."""
    completed = {task.key: task.completed for task in record.live}
    scopes = scopes_of(record)
    free = [
        task
        for task in record.live
        if scopes[task.key] == "required" and not task.completed and not is_blocked(task, completed)
    ]

    def place(task: TaskRecord) -> tuple[object, ...]:
        soon = task.due is not None and task.due <= today + SOON_DAYS * DAY
        return (not begun(task), not soon, task.due if soon else date.max, places[task.key])

    return sorted(free, key=place)


def not_yet(roadmap: Roadmap, upcoming: Iterable[TaskRecord], today: date) -> frozenset[str]:
    """Keys of tasks whose document says when they are, and whose day has not come: nobody is to focus on them now.
    When nothing at all has begun, those that come first do."""
    dated = {task.key for _, task in roadmap.tasks() if task.window is not None}
    starts = {task.key: task.start for task in upcoming if task.start is not None}
    first = max(today, min(starts.values(), default=today))
    return frozenset(key for key, start in starts.items() if key in dated and start > first)


def proposed_focus(
    record: Record, upcoming: Iterable[TaskRecord], waiting: frozenset[str] = frozenset()
) -> dict[str, Focus | None]:
    """The focus of each task, by key: the owner's choice where there is one; else Now for the next that are up, as
    many as the owner's own leave free of three, Next for three more, Later for all others. None for what is completed
    or dropped. When the owner chose more than three, those stand, and no other is proposed. What is `waiting` for its
    day (see `not_yet`) is Next at most."""
    scopes = scopes_of(record)
    done = {task.key for task in record.live if task.completed or scopes[task.key] == "dropped"}
    chosen = {task.key: task.focus for task in record.live if task.focus_chosen}
    free = [task.key for task in upcoming if task.key not in chosen]
    taken = {focus: sum(1 for key, one in chosen.items() if one == focus and key not in done) for focus in _LEVELS}
    now = max(0, NOW_AT_MOST - taken["now"])
    soon = max(0, NOW_AT_MOST - taken["next"])
    proposed: dict[str, Focus] = dict.fromkeys([key for key in free if key not in waiting][:now], "now")
    proposed |= dict.fromkeys([key for key in free if key not in proposed][:soon], "next")
    settled: dict[str, Focus | None] = {task.key: proposed.get(task.key, "later") for task in record.live}
    return {**settled, **chosen, **dict.fromkeys(done)}


def proposed_priorities(
    record: Record,
    upcoming: Sequence[TaskRecord],
    focus: Mapping[str, Focus | None],
    places: Mapping[str, Place],
    today: date,
) -> tuple[str, ...]:
    """At most three keys for the week that holds `today`: what was said the week before and not done, then what is
    overdue, in focus now, due this week, blocked by its status (to be freed), of high priority; then as next up."""
    week = week_of(today, record.steering.week_start)
    carried = set(carried_over(record, week.first))
    order = {task.key: place for place, task in enumerate(upcoming)}
    scopes = scopes_of(record)
    stuck = [task for task in record.live if task.status == "blocked" and scopes[task.key] == "required"]

    def place(task: TaskRecord) -> tuple[object, ...]:
        return (
            task.key not in carried,
            task.due is None or task.due >= today,
            focus.get(task.key) != "now",
            task.due is None or task.due > week.last,
            task.status != "blocked",
            places[task.key][2],
            order.get(task.key, len(order)),
            places[task.key],
        )

    return tuple(task.key for task in sorted((*upcoming, *stuck), key=place)[:NOW_AT_MOST])


def carried_over(record: Record, first: date) -> tuple[str, ...]:
    """Keys that the week before the one beginning on `first` was for, and that are there and not completed."""
    starts = record.steering.week_start
    before = week_of(first - DAY, starts).first
    open_ = {task.key for task in record.live if not task.completed}
    said = [key for week in record.weeks if week_of(week.first, starts).first == before for key in week.priorities]
    return tuple(key for key in dict.fromkeys(said) if key in open_)


_LEVELS: tuple[Focus, ...] = ("now", "next", "later")
