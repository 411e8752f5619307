"""Tables whose header reads like tasks: `Week | Topic | Hours | Done`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from notion_roadmap.importer.aliases import DEFAULT_ALIASES, Aliases
from notion_roadmap.importer.document import Table
from notion_roadmap.importer.texts import plain
from notion_roadmap.importer.vocabulary import COURSES, UNITS
from notion_roadmap.importer.words import fold, folded, is_named

_NAMES = ("title", "description")
_TIMES = ("week", "day", "when")
_WORKING = {"hours", "status", "priority", "deliverables", "expected_proof", *_TIMES}
_NO_WORK = {
    "version", "author", "authors", "instructor", "cost", "price", "platform", "isbn", "name", "tool", "term",
    "definition", "level", "question", "answer", "why", "channel", "website", "change", "changes", "book",
    "date",
}  # fmt: skip
"""Columns of tables that hold no tasks, unless they stand beside weeks or days."""

_CREDITS = {
    fold(word) for word in ("effort", "credits", "ects", "prerequisites", "status", "done", "completed", "créditos",
                            "crédits", "leistungspunkte", "crediti", "workload", "학점", "学分")
}  # fmt: skip
"""Columns beside courses that are to be taken; beside courses that are only recommended stand their prices."""

_TASK_NAMES = {fold(word) for word in ("topic", "topics", "task", "tasks", "lesson", "story", "milestone", "epic",
                                      "problem", "user story")}  # fmt: skip
"""Columns that name work whatever stands beside them."""

_COUNTED = {
    "no", "nr", "num", "number", "lesson number", "id", "s no", "sr no", "sl no", "part", "chapter", "module",
    "session", "lecture", "step", "unit", "class",
}  # fmt: skip
"""Columns that only count the rows."""

_STAGES = {
    "phase",
    "stage",
    "part",
    "sprint",
    "level",
    "etappe",
    "fase",
    "etapa",
    "étape",
    "этап",
    "阶段",
    "フェーズ",
    "단계",
}
"""Columns that say that every row is a stage of the plan."""


_WEEKDAYS = {
    "mon", "monday", "tue", "tuesday", "wed", "wednesday", "thu", "thursday", "fri", "friday", "sat", "saturday", "sun",
    "sunday", "mo", "di", "mi", "do", "fr", "sa", "so", "montag", "dienstag", "mittwoch", "donnerstag", "freitag",
    "lundi", "mardi", "mercredi", "jeudi", "vendredi", "lunes", "martes", "jueves", "viernes", "segunda", "terca",
}  # fmt: skip
"""Columns of a timetable: its rows are weeks."""


_RISKS = {
    "mitigation", "impact", "probability", "likelihood", "risk", "risks", "risiko", "riesgo", "risque", "rischio",
    "риск",
}  # fmt: skip
"""Columns of what could go wrong."""


_DESCRIPTIONS = {
    fold(word) for word in ("description", "details", "summary", "beschreibung", "descripción", "descrição",
                            "descrizione", "описание", "描述", "説明", "설명")
}  # fmt: skip
"""Columns that tell of what another column names."""

_WEEKS = frozenset(map(fold, UNITS["weeks"]))
_DAYS = frozenset(map(fold, UNITS["days"]))
_MEASURE = re.compile(r"[~≈<>≤≥+-]?\d[\d.,:\s–-]*(?:[^\W\d]{1,12}\.?|%)?\+?")


_MARK = re.compile(r"(?:\[[ xX]?\]|[✅☑✔✓❌✗✘⬜☐🔲⏳🚧🔜]\ufe0f?|[xX]|:\w+:)")
"""A cell that only says how far it is."""


class Columns(NamedTuple):
    """What the columns of a table of tasks hold.

    Args:
        title: which column names the task.
        labels: the header of every column.
    """

    title: int
    labels: tuple[str, ...]


def is_task_table(table: Table) -> bool:
    """Whether a table holds tasks."""
    return columns_of(table, DEFAULT_ALIASES) is not None


def columns_of(table: Table, aliases: Aliases) -> Columns | None:
    """The columns of a table of tasks; None where the table is another."""
    labels = tuple(_label(plain(cell).strip(), aliases) for cell in table.header.cells)
    fields = [aliases.task_field(label) for label in labels]
    timed = any(field in _TIMES for field in fields)
    named = any(fold(label) in _TASK_NAMES for label in labels)
    if (
        len(labels) < 2
        or not table.rows
        or any(fold(label) in _RISKS for label in labels)
        or (not timed and not named and any(fold(label) in _NO_WORK for label in labels))
    ):
        return None
    title = _courses(labels) if not {"week", "day"} & set(fields) else None
    if title is not None:
        return Columns(title, labels)
    if timed and any(fold(label) in _WEEKDAYS for label in labels):
        return Columns(next(at for at, field in enumerate(fields) if field in _TIMES), labels)
    title = _title(table, labels, fields)
    if title is None:
        return None
    others = {field for place, field in enumerate(fields) if place != title and field}
    counted = any(fold(label) in _COUNTED for label in labels)
    named = fields[title] in _NAMES and (counted or bool(others & _WORKING) or _has_ticks(table, title))
    named = named or (fields[title] in _NAMES and not _describes(labels[title]) and _links(table, title))
    staged = fold(labels[0]) in _folded_stages() and len(labels) < 5 and fields[title] is None
    return Columns(title, labels) if named or timed or staged or "status" in others else None


def _has_ticks(table: Table, title: int) -> bool:
    """Whether a column holds nothing but marks of what is done and what is not."""
    for at in range(len(table.header.cells)):
        cells = {row.cells[at].strip() for row in table.rows if at < len(row.cells)} - {""}
        if at != title and cells and all(_MARK.fullmatch(cell) for cell in cells):
            return True
    return False


def _label(label: str, aliases: Aliases) -> str:
    """The header of a column; `Week / Date`, `Weeks (of term)` and `Week #` are weeks."""
    if aliases.task_field(label):
        return label
    head = fold(re.split(r"[/(（#№&]", label, maxsplit=1)[0])
    return next((unit for unit, words in (("Week", _WEEKS), ("Day", _DAYS)) if head in words), label)


def _title(table: Table, labels: Sequence[str], fields: Sequence[str | None]) -> int | None:
    free = [at for at, field in enumerate(fields) if field is None and labels[at] and _may_name(labels[at])]
    free = [at for at in free if not _measures(table, at)]
    for name in _NAMES:
        if name in fields:
            found = fields.index(name)
            return free[0] if _describes(labels[found]) and free and free[0] < found else found
    other = [place for place, field in enumerate(fields) if field in ("deliverables", "skills", "course_resource")]
    return next(iter([*free, *other]), None)


def _cells(table: Table, at: int) -> list[str]:
    cells = (row.cells[at].strip() for row in table.rows if at < len(row.cells))
    return [cell for cell in cells if cell]


def _measures(table: Table, at: int) -> bool:
    """Whether a column holds numbers with their units: `42-47 km`, `25`."""
    cells = _cells(table, at)
    return bool(cells) and all(_MEASURE.fullmatch(cell) for cell in cells)


def _links(table: Table, title: int) -> bool:
    """Whether a column beside the names refers to what is to be read."""
    columns = (_cells(table, at) for at in range(len(table.header.cells)) if at != title)
    return any(cells and all("](" in cell for cell in cells) for cells in columns)


def _describes(label: str) -> bool:
    return fold(label) in _DESCRIPTIONS


@cache
def _folded_stages() -> frozenset[str]:
    return frozenset(map(fold, _STAGES))


def _courses(labels: Sequence[str]) -> int | None:
    """The courses of a curriculum: a table that says how much work they are, and not what they cost."""
    names = [fold(label) for label in labels]
    courses = [at for at, name in enumerate(names) if name in folded(COURSES)]
    return courses[0] if courses and set(names) & _CREDITS else None


def _may_name(label: str) -> bool:
    return fold(label) not in _COUNTED | _folded_stages() and not is_named(label, "resources")
