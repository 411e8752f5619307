"""Which tasks are required, once choices are settled, and in which order they are worked through."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from notion_roadmap.progress.once import once
from notion_roadmap.roadmap import Roadmap
from notion_roadmap.roadmap.ordering import natural
from notion_roadmap.roadmap.record import Record, TaskRecord, TaskScope

PROJECT = "project"
"""The category, in lower case, of tasks that apply what the others of their phase teach."""

Place = tuple[int, bool, int, tuple[int, tuple[tuple[int, int, str], ...]]]

LAST = 1_000_000
"""The place of what the owner added: behind everything of the template, by name."""


def settled_scopes(tasks: Iterable[TaskRecord]) -> dict[str, TaskScope]:
    """By key, the scope of each task after choices are settled.

    Of a choice (tasks with one `pick_one`) one is enough. As long as none is begun the required one stays it. When an
    alternative is further than the required one (completed before under way before not begun), it takes its place, and
    the required one becomes the alternative; the required one wins a tie, then the first by name. When the required
    one was dropped, the first alternative takes its place. Two that are both required are what the owner wants, and
    stay; so do stretch goals and what was dropped.
    """
    scopes: dict[str, TaskScope] = {task.key: task.scope for task in tasks}
    for twins in _choices(tasks):
        required = [task for task in twins if task.scope == "required"]
        open_ = [task for task in twins if task.scope in ("required", "alternative")]
        if len(required) > 1 or not open_:
            continue
        chosen = min(open_, key=lambda task: (-_stage(task), task.scope != "required", natural(task.key)))
        for task in open_:
            scopes[task.key] = "required" if task is chosen else "alternative"
    return scopes


def begun(task: TaskRecord) -> bool:
    """Whether work on it has started: by its status, a ticked deliverable or an entered share."""
    return _stage(task) > 0


@once
def scopes_of(record: Record) -> Mapping[str, TaskScope]:
    """By key, the settled scope of each task that is there."""
    return settled_scopes(record.live)


@once
def required(record: Record) -> tuple[TaskRecord, ...]:
    """The tasks that gates, required progress and forecasts wait for."""
    scopes = scopes_of(record)
    return tuple(task for task in record.live if scopes[task.key] == "required")


def phase_places(roadmap: Roadmap, record: Record) -> dict[str, int]:
    """By option, the place of each phase: those of the roadmap in its order, then any other by name."""
    known = [phase.option for phase in roadmap.phases]
    others = {phase.option for phase in record.phases} | {task.phase for task in record.tasks if task.phase}
    return {option: place for place, option in enumerate((*known, *sorted(others - set(known))))}


def plan_places(roadmap: Roadmap, record: Record) -> dict[str, Place]:
    """By key, something to sort tasks by as one works through them: phase by phase, what is learned before the
    projects that apply it, then by priority as the document lists them, then as one reads it."""
    phases = phase_places(roadmap, record)
    documented = roadmap.tracking.property("priority")
    urgencies = {option.name: place for place, option in enumerate(documented.options if documented else ())}
    names, listed = _names(record), roadmap.places
    return {
        task.key: (
            phases.get(task.phase or "", len(phases)),
            is_project(task),
            urgencies.get(task.priority or "", len(urgencies)),
            (listed.get(task.key, LAST), names[task.key]),
        )
        for task in record.tasks
    }


@once
def _names(record: Record) -> Mapping[str, tuple[tuple[int, int, str], ...]]:
    """By key, what tasks are sorted by name with."""
    return {task.key: natural(task.key) for task in record.tasks}


def is_project(task: TaskRecord) -> bool:
    """Whether the task is a project."""
    return (task.category or "").casefold() == PROJECT


def _stage(task: TaskRecord) -> int:
    if task.completed:
        return 2
    ticked = task.boxes is not None and task.boxes.done > 0
    return 1 if task.status in ("in_progress", "blocked") or ticked or (task.percent_done or 0) > 0 else 0


def _choices(tasks: Iterable[TaskRecord]) -> Iterable[list[TaskRecord]]:
    groups: defaultdict[tuple[str, str], list[TaskRecord]] = defaultdict(list)
    for task in tasks:
        if task.pick_one is not None:
            groups[task.phase or "", task.pick_one].append(task)
    return groups.values()
