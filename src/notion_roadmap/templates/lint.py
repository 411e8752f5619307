"""What is allowed in a template and yet looks bad in Notion, most of all on a phone."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from notion_roadmap.roadmap import Phase, Roadmap, Span, Task, Text, Window
from notion_roadmap.templates.tree import Loc, Tree, dotted

LONG_TITLE = 80
"""Characters of a title: a phone shows about two lines of forty."""

LONG_OPTION = 40
"""Characters of an option: more is cut on a card."""

LONG_TEXT = 2_000
"""Characters of a text in a column: one rich text of Notion (https://developers.notion.com/reference/request-limits)."""

MANY_OPTIONS = 100
"""Options of a column: what Notion takes at once, and more than anybody chooses from."""

MANY_GROUPS = 60
"""Columns of a board: the weeks of a year can still be scrolled through."""

MANY_TABS = 8
"""Tabs of a database: more are hidden behind a menu."""

_MARKS = ("**", "__", "](", "~~")
"""Markdown that a title shows as it is written."""

_COLUMNS = ("description", "expected_proof", "course_resource")
"""Texts of a task that stand in a column."""

_ABSOLUTE = ("months", "dates")


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing that could look better.

    Args:
        path: the file, or the name of a bundled template.
        line, column: counted from 1.
        rule: its name, such as `title-long`.
        field: the path of the field, such as `phases[0].tasks[2].title`.
        message: what looks bad.
        advice: what to do about it.
    """

    path: str
    line: int
    column: int
    rule: str
    field: str
    message: str
    advice: str

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}:{self.column}: {self.rule}: "
        return f"{place}{self.field}: {self.message}; {self.advice}"


Said = tuple[Loc, str, str, str]
"""Where, which rule, what looks bad, what to do about it."""


def lint(tree: Tree, roadmap: Roadmap) -> tuple[Finding, ...]:
    """Every finding in a sound template, in the order of its file.

    Args:
        tree: the data of the file with its places.
        roadmap: the same as a value.
    """
    return findings(tree, _said(roadmap))


def findings(tree: Tree, said: Iterable[Said]) -> tuple[Finding, ...]:
    """What was said, with its places, in the order of the file."""
    found = []
    for loc, rule, message, advice in said:
        place = tree.problem(loc, message)
        found.append(Finding(tree.path, place.line, place.column, rule, dotted(loc), message, advice))
    return tuple(sorted(found))


def _said(roadmap: Roadmap) -> Iterator[Said]:
    yield from _long_titles(roadmap)
    yield from _marks(roadmap)
    yield from _options(roadmap)
    yield from _crowds(roadmap)
    yield from _long_texts(roadmap)
    for place, phase in enumerate(roadmap.phases):
        yield from _phase(("phases", place), phase)
    yield from _unwindowed(roadmap)


def _titles(roadmap: Roadmap) -> Iterator[tuple[Loc, str]]:
    for place, phase in enumerate(roadmap.phases):
        yield ("phases", place, "title"), phase.title
        for index, task in enumerate(phase.tasks):
            yield ("phases", place, "tasks", index, "title"), task.title
    for name in ("kpis", "habits"):
        for index, entry in enumerate(getattr(roadmap, name)):
            field = "name" if name == "kpis" else "title"
            yield (name, index, field), getattr(entry, field)


def _long_titles(roadmap: Roadmap) -> Iterator[Said]:
    for loc, title in _titles(roadmap):
        if len(title) > LONG_TITLE:
            advice = f"keep it under {LONG_TITLE} and say the rest in a text"
            yield loc, "title-long", f"a phone cuts this title of {len(title)} characters", advice


def _marks(roadmap: Roadmap) -> Iterator[Said]:
    for loc, title in _titles(roadmap):
        if mark := next((mark for mark in _MARKS if mark in title), None):
            yield loc, "title-marks", f"a title shows {mark} as it is written", "leave the marks out"


def _used_options(roadmap: Roadmap) -> Iterator[tuple[str, Loc, str]]:
    """Every option by the column it belongs to."""
    for place, prop in enumerate(roadmap.tracking.properties):
        for index, option in enumerate(prop.options):
            yield prop.role, ("tracking", "properties", place, "options", index, "name"), option.name
    for place, pillar in enumerate(roadmap.pillars):
        yield "pillar", ("pillars", place, "option"), pillar.option
    for place, phase in enumerate(roadmap.phases):
        yield "phase", ("phases", place, "option"), phase.option
        for index, task in enumerate(phase.tasks):
            loc: Loc = ("phases", place, "tasks", index)
            for role in ("pillar", "week", "category", "priority"):
                if name := getattr(task, role):
                    yield role, (*loc, role), name
            yield from (("skills", (*loc, "skills", at), name) for at, name in enumerate(task.skills))


def _options(roadmap: Roadmap) -> Iterator[Said]:
    seen: dict[tuple[str, str], str] = {}
    for role, loc, name in _used_options(roadmap):
        known = seen.get((role, _folded(name)))
        if known is None:
            seen[role, _folded(name)] = name
            if len(name) > LONG_OPTION:
                advice = f"keep it under {LONG_OPTION}"
                yield loc, "option-long", f"a card cuts this option of {len(name)} characters", advice
        elif known != name:
            yield loc, "option-alike", f"{name!r} and {known!r} become two options", f"write {known!r} everywhere"


def _folded(name: str) -> str:
    """The letters and digits of a name: what a reader tells options apart by."""
    letters = unicodedata.normalize("NFKC", name).casefold()
    return "".join(one for one in letters if one.isalnum()) or name


def _crowds(roadmap: Roadmap) -> Iterator[Said]:
    options: dict[str, set[str]] = {}
    for role, _, name in _used_options(roadmap):
        options.setdefault(role, set()).add(name)
    sizes = {prop.name: len(options.get(prop.role, ())) for prop in roadmap.tracking.properties}
    for place, (name, size) in enumerate(sizes.items()):
        if size > MANY_OPTIONS:
            message = f"{name} has {size} options, and Notion takes {MANY_OPTIONS} at once"
            yield ("tracking", "properties", place), "options-many", message, "leave the rarest out, join alike ones"
    for place, view in enumerate(roadmap.tracking.views):
        loc: Loc = ("tracking", "views", place)
        if place == MANY_TABS:
            message = f"Notion shows {MANY_TABS} tabs and hides the others behind a menu"
            yield loc, "tabs-many", message, "leave out what is seldom looked at"
        size = sizes.get(view.group_by or "", 0)
        if view.layout == "board" and size > MANY_GROUPS:
            message = f"a board with {size} groups cannot be looked through"
            yield (*loc, "group_by"), "groups-many", message, "group by something with fewer options, or show a table"


def _long_texts(roadmap: Roadmap) -> Iterator[Said]:
    for loc, text in _texts(roadmap):
        if text is not None and len(text.plain) > LONG_TEXT:
            advice = f"keep what stands in a column under {LONG_TEXT:,}, the rest as `notes` or `lines`"
            yield loc, "text-long", f"a column with {len(text.plain):,} characters cannot be read", advice


def _texts(roadmap: Roadmap) -> Iterator[tuple[Loc, Text | None]]:
    yield ("goal",), roadmap.goal
    for place, phase in enumerate(roadmap.phases):
        loc: Loc = ("phases", place)
        yield from (((*loc, name), getattr(phase, name)) for name in ("goal", "timeline", "success_metric"))
        yield from (((*loc, "criteria", at, "text"), one.text) for at, one in enumerate(phase.criteria))
        for index, task in enumerate(phase.tasks):
            yield from (((*loc, "tasks", index, name), getattr(task, name)) for name in _COLUMNS)


def _phase(loc: Loc, phase: Phase) -> Iterator[Said]:
    if all(task.scope != "required" for task in phase.tasks):
        message = "nothing in this phase is required, so it is over before it begins"
        yield loc, "phase-optional", message, "let at least one task be required"
    first: dict[str, str] = {}
    for index, task in enumerate(phase.tasks):
        here = (*loc, "tasks", index)
        if task.title in first:
            message = f"{first[task.title]} has the same title, and cards show little else"
            yield (*here, "title"), "title-twice", message, "say in the title what is different"
        first.setdefault(task.title, task.key)
        yield from _outside(here, task, phase.window)


def _outside(loc: Loc, task: Task, around: Window | None) -> Iterator[Said]:
    inside = task.window
    if inside is None or around is None or (inside.unit in _ABSOLUTE) != (around.unit in _ABSOLUTE):
        return
    (first, last), (begin, end) = _days(inside), _days(around)
    if first < begin or (end is not None and (last is None or last > end)):
        advice = "move the task to its phase, or let the window of the phase be wider"
        yield (*loc, "window"), "window-outside", "the window of the task is not inside that of its phase", advice


def _days(window: Window) -> Span:
    return window.span(date(2001, 1, 1))  # any first day: what is counted from the start is compared with its like


def _unwindowed(roadmap: Roadmap) -> Iterator[Said]:
    if any(phase.window for phase in roadmap.phases):
        for place, phase in enumerate(roadmap.phases):
            if phase.window is None:
                message = "the other phases have a window and this one has none"
                yield ("phases", place), "window-missing", message, "say when it takes place"
