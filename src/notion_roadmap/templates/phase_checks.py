"""What must hold within and between phases: windows in order, choices that are choices."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress

from pydantic import TypeAdapter, ValidationError

from notion_roadmap.roadmap import Window
from notion_roadmap.templates.lookup import select, texts
from notion_roadmap.templates.problems import Problem, did_you_mean, listed
from notion_roadmap.templates.tree import Loc, Tree

_WINDOW: TypeAdapter[Window] = TypeAdapter(Window)


def check_phases(tree: Tree) -> Iterator[Problem]:
    """Every problem of windows and choices that can be found in the data, whole or not."""
    yield from _windows(tree)
    yield from _task_windows(tree)
    for loc, phase in select(tree.data, "phases/*"):
        yield from _choices(tree, loc, phase)


def _windows(tree: Tree) -> Iterator[Problem]:
    """Windows of one unit begin one after another; those of another unit cannot be compared without a start."""
    before: dict[str, tuple[Window, int]] = {}
    for loc, window in windows(tree, "phases/*/window"):
        first, last = window.bounds
        if last is not None and last < first:
            yield _backwards(tree, loc, window)
            continue
        previous = before.get(window.unit)
        if previous and (previous[0].end is None or first < previous[0].bounds[0]):
            yield _out_of_order(tree, loc, *previous)
        before[window.unit] = (window, tree.line(loc))


def _task_windows(tree: Tree) -> Iterator[Problem]:
    for loc, window in windows(tree, "phases/*/tasks/*/window"):
        first, last = window.bounds
        if last is not None and last < first:
            yield _backwards(tree, loc, window)


def windows(tree: Tree, pattern: str) -> Iterator[tuple[Loc, Window]]:
    """Every window whose path matches and whose shape is right, with its location."""
    for loc, raw in select(tree.data, pattern):
        with suppress(ValidationError):
            yield loc, _WINDOW.validate_python(raw)


def _backwards(tree: Tree, loc: Loc, window: Window) -> Problem:
    return tree.problem((*loc, "end"), "the window ends before it starts", f"{_shown(window.start, window)} or later")


def _out_of_order(tree: Tree, loc: Loc, previous: Window, line: int) -> Problem:
    if previous.end is None:
        message = f"the window follows one without an end (line {line})"
        return tree.problem((*loc, "start"), message, "an open end in the last phase only")
    message = f"the window begins before the one of an earlier phase (line {line})"
    return tree.problem((*loc, "start"), message, f"{_shown(previous.start, previous)} or later")


def _shown(point: object, window: Window) -> str:
    return f"{point:%Y-%m}" if window.unit == "months" else str(point)


def _choices(tree: Tree, phase: Loc, data: object) -> Iterator[Problem]:
    choices = {name: (*phase, *loc) for loc, name in texts(data, "choices/*/key")}
    members: dict[str, list[tuple[Loc, object]]] = {name: [] for name in choices}
    for loc, task in select(data, "tasks/*"):
        name = task.get("pick_one") if isinstance(task, Mapping) else None
        if isinstance(name, str) and name in members and isinstance(task, Mapping):
            members[name].append(((*phase, *loc), task.get("scope", "required")))
        elif isinstance(name, str):
            message = f"the phase has no choice {name!r}{did_you_mean(name, choices)}"
            yield tree.problem((*phase, *loc, "pick_one"), message, listed(choices) or "a key of `choices`")
    for name, tasks in members.items():
        yield from _choice(tree, choices[name], name, tasks)


def _choice(tree: Tree, loc: Loc, name: str, tasks: list[tuple[Loc, object]]) -> Iterator[Problem]:
    if len(tasks) < 2:
        message = f"the choice {name!r} is between {len(tasks)} task{'' if len(tasks) == 1 else 's'}"
        yield tree.problem(loc, message, f"two or more tasks with `pick_one: {name}`")
        return
    required = [task for task, scope in tasks if scope == "required"]
    if len(required) != 1:
        message = f"{len(required)} tasks of the choice {name!r} are required"
        yield tree.problem(loc, message, "exactly one required, the others with `scope: alternative`")
