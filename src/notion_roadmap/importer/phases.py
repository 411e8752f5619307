"""Which sections are the phases of a roadmap."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from notion_roadmap.importer.document import Block, Item, Listing, Table
from notion_roadmap.importer.headings import Name, is_around, is_aside, read_heading
from notion_roadmap.importer.parts.words import fold, speaks_of
from notion_roadmap.importer.section import BOLD_LEVEL, Section
from notion_roadmap.importer.tables import is_task_table

MAX_WEEKS = 13
"""Weeks that are phases of their own where no phases stand above them: more are read as one course of weeks."""

_WEIGHTS = {
    "stretch": 5.0, "years": 5.0, "semesters": 5.0, "quarters": 5.0, "terms": 5.0, "months": 4.5, "dates": 4.0,
    "version": 4.0, "days": 4.0, "weeks": 3.0, "horizon": 3.0, "finished": 3.0, "grade": 3.0,
}  # fmt: skip
"""How much a heading of each kind speaks for being a phase."""

_OTHERS = (
    "criteria", "habits", "routine", "competencies", "questions", "kpis", "review", "transition", "risks", "resources",
    "books", "principles", "afterwards", "emergency", "funnel", "requirements",
)  # fmt: skip
"""Parts of a roadmap whose sections are no phases, however they are called."""

_JOINING = {"horizon", "finished", "grade", "version"}
_BARREN = 0.15
_PLANS = {
    "roadmap", "plan", "curriculum", "syllabus", "schedule", "milestones", "todo", "todos", "to do", "backlog", "path",
    "study plan", "learning path", "lehrplan", "lernplan", "fahrplan", "feuille de route", "programme", "ruta",
    "hoja de ruta", "programa", "cronograma", "trilha", "percorso", "programma", "план", "路线图", "学习路线", "计划",
    "ロードマップ", "로드맵",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Group:
    score: float
    members: tuple[Section, ...]


def find_phases(root: Section, year: int | None) -> list[Section]:
    """The sections that are phases, in order; none where the document has no phases.

    Args:
        year: the year that the document names for itself.
    """
    finder = _Finder(year, root.last)
    best = finder.best(root)
    if best and best.score > 0:
        return list(best.members)
    return finder.topics(root)


class _Finder:
    def __init__(self, year: int | None, length: int) -> None:
        self._year = year
        self._length = length

    def name(self, section: Section) -> Name:
        return read_heading(section.title, self._year)

    def best(self, parent: Section) -> _Group | None:
        """The siblings somewhere below that read most like phases; those further out before those within them."""
        members = [section for section in parent.sections if self._weight(section)]
        groups = [self._group(members)] if members else []
        strong = len(members) > 1
        for section in parent.sections:
            if section.level > 1 and self._is_other(section):
                continue
            if strong and section in members:
                continue
            inner = self.best(section)
            if inner and (strong or section not in members or len(inner.members) > 1):
                groups.append(inner)
        single = [group for group in groups if len(group.members) > 1] or groups
        return max(single, key=lambda group: group.score, default=None)

    def _is_other(self, section: Section) -> bool:
        """Whether what stands below a heading is no work, whatever it is called."""
        return is_aside(section.title) or (not self.name(section).label and speaks_of(section.title, *_OTHERS))

    def _weight(self, section: Section) -> float:
        name = self.name(section)
        if name.kind in ("horizon", "grade", "finished") or not name.label:
            if is_aside(name.whole):
                return 0.0
        elif is_aside(name.name) and not name.apart:
            return 0.0
        return _WEIGHTS.get(name.kind, 0.0)

    def _group(self, members: list[Section]) -> _Group:
        weeks = [section for section in members if self.name(section).kind == "weeks"]
        if len(weeks) > MAX_WEEKS:
            members = [section for section in members if section not in weeks]
        if len(members) == 1 and self.name(members[0]).kind in _JOINING:
            return _Group(0.0, ())
        if not members:
            return _Group(0.0, ())
        weights = [self._weight(section) * (1.0 if has_items(section) else _BARREN) for section in members]
        covered = sum(section.last - section.first + 1 for section in members) / max(1, self._length)
        score = sum(weights) / len(weights) * (1 + 0.2 * min(len(members), 5)) * covered**0.3
        kinds = {self.name(section).kind for section in members}
        if not kinds - {"finished"} or (len(members) > 1 and not any(map(has_items, members))):
            score *= _BARREN
        return _Group(score, tuple(members))

    def topics(self, root: Section) -> list[Section]:
        """Where nothing is called a phase: the outermost siblings that hold items are taken for phases."""
        holds = _holds_boxes if any(map(_has_boxes, root.walk())) else _holds_items
        section: Section = root
        while True:
            candidates = [inner for inner in section.sections if self._may_be_topic(inner, holds)]
            if section.level > 1:
                candidates = [inner for inner in candidates if inner.level < BOLD_LEVEL]
            planned = [inner for inner in candidates if _is_plan(inner)]
            if len(candidates) > 1 and len(planned) == 1:
                candidates = planned
            if len(candidates) != 1 or holds(section):
                return candidates if len(candidates) > 1 else []
            section = candidates[0]

    def _may_be_topic(self, section: Section, holds: Callable[[Section], bool]) -> bool:
        name = self.name(section)
        whole = section.level == 1
        if name.kind == "work" or (not whole and is_aside(section.title)):
            return False
        return any(holds(inner) for inner in _work_sections(section)) and (
            whole or name.kind == "numbered" or not is_around(section.title) or any(map(_has_boxes, section.walk()))
        )


def _is_plan(section: Section) -> bool:
    """Whether a heading says that the plan stands below it."""
    words = fold(section.title).split()
    return len(words) <= 3 and any(" ".join(words[-length:]) in _PLANS for length in (1, 2))


def _work_sections(section: Section) -> Iterator[Section]:
    """The section and those within it, without those that are never work."""
    yield section
    for inner in section.sections:
        if not is_aside(inner.title):
            yield from _work_sections(inner)


def has_items(section: Section) -> bool:
    """Whether anything below a heading could be a task."""
    return any(_holds_items(inner) or read_heading(inner.title).kind == "work" for inner in _work_sections(section))


def _holds_items(section: Section) -> bool:
    return any(
        isinstance(block, Listing) or (isinstance(block, Table) and is_task_table(block)) for block in section.blocks
    )


def _holds_boxes(section: Section) -> bool:
    return _has_boxes(section) or any(isinstance(block, Table) and is_task_table(block) for block in section.blocks)


def _has_boxes(section: Section) -> bool:
    return any(item.checked is not None for block in section.blocks for item in _items(block))


def _items(block: Block) -> tuple[Item, ...]:
    return block.items if isinstance(block, Listing) else ()
