"""In which order work is done. Numbers in names say it, whatever the order of a list; names without numbers leave it to
the list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from notion_roadmap.roadmap import Phase, Roadmap, Scope, Task
from notion_roadmap.roadmap.ordering import natural, places

_SOME_DAY = date(2024, 1, 1)
"""A start to compare windows from."""

PROJECT = "project"
"""The category, in lower case, of tasks that apply what the others of their phase teach."""


def is_project(task: Task) -> bool:
    """Whether the task is a project."""
    return (task.category or "").casefold() == PROJECT


def reading_order(phase: Phase) -> list[Task]:
    """As one reads a phase: as its document dates its tasks, then by number or as listed, then its projects."""
    named = places([task.key for task in phase.tasks])
    return sorted(phase.tasks, key=lambda task: (dated(task), is_project(task), named[task.key]))


def dated(task: Task) -> tuple[int, int]:
    """Something to sort tasks by that have windows of their own, whatever their units; those without come last."""
    return (0, task.window.span(_SOME_DAY).first.toordinal()) if task.window is not None else (1, 0)


def in_reading_order(roadmap: Roadmap) -> Iterator[Task]:
    """Every task as one reads the whole."""
    for phase in roadmap.phases:
        yield from reading_order(phase)


def priorities(roadmap: Roadmap) -> dict[str, int]:
    """The place of each priority, most urgent first, as the document lists them."""
    documented = roadmap.tracking.property("priority")
    return {option.name: place for place, option in enumerate(documented.options if documented else ())}


def working_order(roadmap: Roadmap, phase: Phase, scopes: dict[str, Scope]) -> list[Task]:
    """As one works through a phase: what is required first, as its document dates it, projects after what they build
    on, then by priority."""
    urgencies = priorities(roadmap)
    named, last = places([task.key for task in phase.tasks]), len(urgencies)

    def place(task: Task) -> tuple[object, ...]:
        urgency = urgencies.get(task.priority or "", last)
        return (scopes[task.key] != "required", dated(task), is_project(task), urgency, named[task.key])

    return sorted(phase.tasks, key=place)


def scopes_of(roadmap: Roadmap, done: frozenset[str]) -> dict[str, Scope]:
    """The scope of every task. Of a choice whose alternative is done already, that one is required instead.

    Args:
        done: keys of tasks that the owner says are done, besides those of which the document says so.
    """
    scopes: dict[str, Scope] = {task.key: task.scope for _, task in roadmap.tasks()}
    for twins in _choices(roadmap):
        taken = [task for task in twins if task.completed or task.key in done]
        if taken and not any(scopes[task.key] == "required" for task in taken):
            for task in twins:
                scopes[task.key] = "required" if task is taken[0] else "alternative"
    return scopes


def _choices(roadmap: Roadmap) -> Iterable[list[Task]]:
    for phase in roadmap.phases:
        groups = {task.pick_one for task in phase.tasks if task.pick_one is not None}
        for group in sorted(groups):
            yield sorted((t for t in phase.tasks if t.pick_one == group), key=lambda t: natural(t.key))
