"""Which sections are the phases of a roadmap."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from notion_roadmap.importer.aliases import Aliases
from notion_roadmap.importer.asides import is_around, is_aside
from notion_roadmap.importer.document import Block, Item, Listing, Table
from notion_roadmap.importer.headings import Name, read_heading
from notion_roadmap.importer.section import BOLD_LEVEL, Section, bare
from notion_roadmap.importer.shape import (
    has_items,
    is_told_in_labels,
    items_of,
    work_sections,
)
from notion_roadmap.importer.topics import Topics
from notion_roadmap.importer.words import fold, speaks_of

MAX_WEEKS = 13
"""Weeks that are phases of their own where no phases stand above them: more are read as one course of weeks."""

_WEIGHTS = {
    "stretch": 5.0, "years": 5.0, "semesters": 5.0, "quarters": 5.0, "terms": 5.0, "months": 4.5, "dates": 4.0,
    "version": 4.0, "seasons": 4.0, "days": 4.0, "weeks": 3.0, "horizon": 3.0, "finished": 3.0, "grade": 3.0,
}  # fmt: skip
"""How much a heading of each kind speaks for being a phase."""

_OTHERS = (
    "criteria", "habits", "competencies", "questions", "kpis", "review", "transition", "risks", "resources",
    "books", "principles", "afterwards", "emergency", "funnel", "requirements",
)  # fmt: skip
"""Parts of a roadmap whose sections are no phases, however they are called."""

_JOINING = {"horizon", "finished", "grade", "version"}
_BARREN = 0.15
_PROJECTS = {"project", "projects", "projekt", "projet", "proyecto", "projeto", "progetto", "проект", "项目"}


def _as_section(item: Item) -> Section:
    """An entry of a list with what stands below it, as if its text were a heading."""
    heading = Block(item.first, item.own_last)
    return Section(item.first, item.last, bare(item.text), BOLD_LEVEL, heading, "", item.blocks, ())


@dataclass(frozen=True, slots=True)
class _Group:
    score: float
    members: tuple[Section, ...]


def find_phases(root: Section, aliases: Aliases, year: int | None) -> list[Section]:
    """The sections that are phases, in order; none where the document has no phases.

    Args:
        year: the year that the document names for itself.
    """
    finder = _Finder(aliases, year, root)
    best = finder.best(root)
    if best and best.score > 0 and not finder.are_items(best.members):
        members = finder.within_year(best.members) or finder.beside_grades(root, best.members) or list(best.members)
        return finder.with_horizons(root, members)
    return finder.in_lists(root) or finder.topics_of(root)


class _Finder:
    def __init__(self, aliases: Aliases, year: int | None, root: Section) -> None:
        self._aliases = aliases
        self._year = year
        self._length = root.last
        self._topics = Topics(aliases, year, root)

    def name(self, section: Section) -> Name:
        return read_heading(section.title, self._year)

    def best(self, parent: Section) -> _Group | None:
        """The siblings somewhere below that read most like phases; those further out before those within them."""
        members = [member for section in parent.sections for member in self._members(section)]
        members = self._with_siblings(parent, self._with_numbers(parent, members))
        groups = [self._group(members)] if members else []
        strong = len(members) > 1
        own = {id(section) for section in members}
        apart: list[tuple[Section, _Group]] = []
        for section in parent.sections:
            if section.level > 1 and self._is_other(section):
                continue
            is_own = id(section) in own or any(id(inner) in own for inner in section.sections)
            if strong and is_own:
                continue
            inner = self.best(section)
            if inner and (not is_own or len(inner.members) > 1):
                groups.append(inner)
                if self._stands_over(section, inner.members):
                    apart.append((section, inner))
        if joined := self._joined(members, apart):
            groups.append(joined)
        single = [group for group in groups if len(group.members) > 1] or groups
        return max(single, key=lambda group: group.score, default=None)

    def _stands_over(self, section: Section, members: Sequence[Section]) -> bool:
        """Whether a heading without a number of its own stands directly over phases."""
        named = self.name(section).label or is_around(section.title)
        return not named and bool(members) and {id(one) for one in members} <= {id(one) for one in section.sections}

    def _joined(self, members: list[Section], apart: list[tuple[Section, _Group]]) -> _Group | None:
        """Groups of one kind below headings that stand side by side.

        Weeks, and what begins anew below every heading, divide phases that these headings name; all else goes on from
        one heading to the next, such as versions that are released and versions that are planned.
        """
        over = {id(section) for section, _ in apart}
        members = [section for section in members if id(section) not in over]
        found = sorted([*members, *(member for _, group in apart for member in group.members)], key=lambda s: s.first)
        names = [self.name(section) for section in found]
        if not apart or len(apart) + bool(members) < 2 or len({name.kind for name in names}) > 1:
            return None
        if names[0].kind == "version":
            return self._group(found)
        if members or (len({fold(name.label) for name in names}) == len(names) and names[0].kind != "weeks"):
            return None
        scores = [self._group(list(group.members)).score for _, group in apart]
        return _Group(sum(scores), tuple(section for section, _ in apart))

    def _with_siblings(self, parent: Section, members: list[Section]) -> list[Section]:
        """Between phases and behind them, workshops and projects that hold lists stand like phases."""
        if len(members) < 2 or not all(self.name(section).label for section in members):
            return members
        own = {id(section) for section in members}
        more = [
            section
            for section in parent.sections
            if id(section) not in own and section.first > members[0].first
            if self._is_project(section) and has_items(section)
        ]
        return sorted([*members, *more], key=lambda section: section.first)

    def _is_project(self, section: Section) -> bool:
        name = self.name(section)
        return section.level < BOLD_LEVEL and (name.kind == "work" or fold(name.whole) in _PROJECTS)

    def _with_numbers(self, parent: Section, members: list[Section]) -> list[Section]:
        """Where the phases are numbered headings, those with a number and without a window are phases too."""
        if not members or not all(self.name(section).number and not self.name(section).label for section in members):
            return members
        own = {id(section) for section in members}
        return [section for section in parent.sections if id(section) in own or self._is_numbered(section)]

    def _is_numbered(self, section: Section) -> bool:
        if self.name(section).kind != "numbered" or is_aside(section.title) or is_around(self.name(section).name):
            return False
        return has_items(section) or any(self.name(inner).kind == "numbered" for inner in section.sections)

    def _members(self, section: Section) -> list[Section]:
        """The section, if it reads like a phase; those within it where it only says how near or how old they are."""
        if not self._weight(section):
            return []
        if self.name(section).kind in ("horizon", "finished"):
            inner = [below for below in section.sections if self.name(below).label and self._weight(below)]
            return inner or [section]
        return [section]

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
        if name.kind == "weeks" and is_told_in_labels(section, self._aliases):
            return 0.0
        return _WEIGHTS.get(name.kind, 0.0)

    def _group(self, members: list[Section]) -> _Group:
        weeks = {id(section) for section in members if self.name(section).kind == "weeks"}
        if len(weeks) > MAX_WEEKS:
            members = [section for section in members if id(section) not in weeks]
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

    def are_items(self, members: Sequence[Section]) -> bool:
        """Whether steps are told in prose alone: they are what is to be done, not what it is sorted by."""
        steps = all(self.name(section).kind == "stretch" and not section.sections for section in members)
        return steps and len(members) > 1 and not any(isinstance(b, Listing | Table) for s in members for b in s.blocks)

    def in_lists(self, root: Section) -> list[Section]:
        """The entries of a list that read like phases and hold lists of their own, as sections."""
        for section in work_sections(root):
            for block in section.blocks:
                entries = [_as_section(item) for item in items_of(block) if item.items]
                if not 1 < len(entries) == len(items_of(block)):
                    continue
                if all(map(self._weight, entries)) or all(self.name(entry).window for entry in entries):
                    return entries
        return []

    def within_year(self, members: Sequence[Section]) -> list[Section]:
        """What stands below a title that only names its year: `# My list (2026)`."""
        only = members[0]
        if len(members) > 1 or only.level != 1 or self.name(only).kind != "years" or self.name(only).label:
            return []
        return self.topics_of(only)

    def with_horizons(self, root: Section, members: list[Section]) -> list[Section]:
        """The phases, and after them what is planned besides: a backlog, what is far away."""
        last = members[-1].last
        more = [
            section
            for section in work_sections(root)
            if section.first > last
            and self.name(section).kind == "horizon"
            and section.level < BOLD_LEVEL
            and self._weight(section)
            and has_items(section)
        ]
        for section in more:
            if section.first > members[-1].last:
                members.append(section)
        return members

    def beside_grades(self, root: Section, members: Sequence[Section]) -> list[Section]:
        """Topics between headings that only say how hard they are: `Basics`, `Pro CSS`, `Advanced`."""
        if any(self.name(section).kind != "grade" or self.name(section).label for section in members):
            return []
        topics = [one for one in self.topics_of(root) if one.first <= members[-1].first]
        own = {id(one) for one in members}
        between = any(id(one) not in own and one.first > members[0].first for one in topics)
        return topics if between and own <= {id(one) for one in topics} else []

    def topics_of(self, section: Section) -> list[Section]:
        """Where nothing is called a phase: the outermost siblings that hold items are taken for phases."""
        return self._topics.below(section)
