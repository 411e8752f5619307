"""Where nothing is called a phase: the topics by which the items are sorted are taken for phases."""

from __future__ import annotations

from collections.abc import Callable

from notion_roadmap.importer.aliases import Aliases
from notion_roadmap.importer.asides import is_around, is_aside
from notion_roadmap.importer.headings import Name, read_heading
from notion_roadmap.importer.section import BOLD_LEVEL, Section
from notion_roadmap.importer.shape import (
    fields_of,
    holds_items,
    holds_tasks,
    is_counted,
    is_told_in_labels,
    items_of,
    work_sections,
)
from notion_roadmap.importer.texts import title_text
from notion_roadmap.importer.words import fold, speaks_of

_PLANS = {
    "roadmap", "plan", "curriculum", "syllabus", "schedule", "milestones", "todo", "todos", "to do", "backlog", "path",
    "study plan", "learning path", "lehrplan", "lernplan", "fahrplan", "feuille de route", "programme", "ruta",
    "hoja de ruta", "programa", "cronograma", "trilha", "percorso", "programma", "план", "路线图", "学习路线", "计划",
    "ロードマップ", "로드맵",
}  # fmt: skip
"""Last words of headings that say that the plan stands below them."""


class Topics:
    """Finds topics.

    Args:
        year: that of the document.
        root: the whole document.
    """

    def __init__(self, aliases: Aliases, year: int | None, root: Section) -> None:
        self._aliases = aliases
        self._year = year
        self._tops = sum(section.level == 1 for section in root.sections)

    def _name(self, section: Section) -> Name:
        return read_heading(section.title, self._year)

    def below(self, root: Section) -> list[Section]:
        """Where nothing is called a phase: the outermost siblings that hold items are taken for phases."""
        holds = holds_tasks if any(map(holds_tasks, work_sections(root))) else holds_items
        section, found = root, list[Section]()
        while True:
            candidates = [inner for inner in section.sections if self._may_be_topic(inner, holds)]
            if section.level > 1:
                candidates = [inner for inner in candidates if inner.level < BOLD_LEVEL]
            planned = [inner for inner in candidates if self._is_plan(inner)]
            dated = [inner for inner in candidates if self._lists_times(inner)]
            if dated and holds is holds_items and (len(candidates) > 1 or holds(section)):
                return dated
            if len(candidates) > 1 and len(planned) == 1 and holds is holds_items:
                candidates = planned
                found = planned
            if len(candidates) != 1 or holds(section):
                return candidates if len(candidates) > 1 else found
            section = candidates[0]

    def _lists_times(self, section: Section) -> bool:
        """Whether the entries of a list name weeks, days or stages one after the other."""
        for block in section.blocks:
            names = [read_heading(title_text(item.text[:200]), self._year) for item in items_of(block)]
            if len(names) > 1 and all(name.label and name.number for name in names):
                return True
        return False

    def _is_plan(self, section: Section) -> bool:
        """Whether a heading says that the plan stands below it."""
        words = fold(self._name(section).title).split()
        return len(words) <= 4 and any(" ".join(words[-length:]) in _PLANS for length in (1, 2))

    def _may_be_topic(self, section: Section, holds: Callable[[Section], bool]) -> bool:
        name = self._name(section)
        whole = section.level == 1 and self._tops == 1
        if name.kind == "work" or (not whole and is_aside(section.title)):
            return False
        if name.kind == "weeks" or is_told_in_labels(section, self._aliases):
            return False
        if speaks_of(section.title, "statistics") and is_counted(section):
            return False
        inner = list(work_sections(section))
        if not any(holds(found) or self._is_work(found) for found in inner):
            return False
        if whole or name.kind == "numbered" or not is_around(section.title):
            return True
        return any(holds_tasks(found) or self._is_work(found) for found in inner)

    def _is_work(self, section: Section) -> bool:
        kind = self._name(section).kind
        return kind == "work" or fields_of(section, self._aliases) > (0 if kind == "numbered" else 1)
