"""What part sections and entries of lists play within a phase: tasks, what tasks stand below, what only tells of it."""

from __future__ import annotations

import re
from collections import Counter

from notion_roadmap.importer.aliases import Aliases
from notion_roadmap.importer.asides import is_around, is_aside
from notion_roadmap.importer.document import Item, Listing
from notion_roadmap.importer.headings import Name, read_heading
from notion_roadmap.importer.labels import bare_label, empty_label
from notion_roadmap.importer.section import BOLD_LEVEL, Section
from notion_roadmap.importer.shape import fields_of, has_boxes, holds_items, is_told_in_labels, items_of, strong_labels
from notion_roadmap.importer.texts import title_text
from notion_roadmap.importer.vocabulary import COURSES
from notion_roadmap.importer.words import fold, folded

_PROJECTS = {
    "project", "projects", "mini projects", "capstone projects", "megaprojects", "projekte", "projets", "proyectos",
    "projetos", "progetti", "проекты", "项目", "プロジェクト", "프로젝트",
}  # fmt: skip
_RESULTS = {
    "deliverables", "deliverable", "features", "key features", "scope", "activities", "key activities", "action items",
    "actions", "work items", "milestones", "objectives", "key tasks", "steps", "topics", "key topics",
}  # fmt: skip
"""Labels over what is to be done, where no label speaks of tasks."""

_LINE_FIELDS = {"course_resource", "skills", "expected_proof", "status", "deliverables", "priority", "hours", "when"}
_ANCHOR = re.compile(r"\[[^\[\]]+\]\(#[^()]*\)")


class Roles:
    """Tells what sections and entries are.

    Args:
        year: that of the document.
    """

    def __init__(self, aliases: Aliases, year: int | None) -> None:
        self._aliases = aliases
        self._year = year
        self._beside: tuple[Section | None, Counter[str]] = (None, Counter())

    def name(self, section: Section) -> Name:
        """The heading of a section, read."""
        return read_heading(section.title, self._year)

    def is_task(self, section: Section, parent: Section, *, projects: bool) -> bool:
        """Whether a section is one task, with all that stands in it.

        Args:
            parent: the section around it.
            projects: whether that one speaks of projects.
        """
        name = self.name(section)
        if name.window and name.window.kind == "days" and not name.name and has_boxes(section):
            return False  # `Day 1:` over boxes only says when they are
        if name.kind == "work" and (name.label or section.blocks or section.sections):
            inner = [self.name(below).kind for below in section.sections]
            return inner.count("work") < 2
        if self._holds_a_named_task(section):
            return False
        if fields_of(section, self._aliases) >= 2 or is_told_in_labels(section, self._aliases):
            return True
        if section.level < BOLD_LEVEL and self._is_told_like(section, parent):
            return True
        boxed = any(has_boxes(below) for below in section.walk())
        if name.kind == "numbered" and section.level < BOLD_LEVEL and not section.sections:
            if fields_of(section, self._aliases) > 0:
                return True
            alone = not any(below is not section and self.name(below).kind == "numbered" for below in parent.sections)
            return not alone and not boxed and ("." in name.number or not holds_items(section))
        if boxed or not (section.blocks or section.sections) or is_aside(section.title) or is_around(section.title):
            return False
        return projects and section.level < BOLD_LEVEL

    def _is_told_like(self, section: Section, parent: Section) -> bool:
        """Whether its entries tell of it under labels that sections beside it share."""
        labels = strong_labels(section)
        if not labels:
            return False
        if self._beside[0] is not parent:
            found = (label for below in parent.sections for label in strong_labels(below))
            self._beside = parent, Counter(found)
        return sum(self._beside[1][label] > 1 for label in labels) >= 2

    def _holds_a_named_task(self, section: Section) -> bool:
        """Whether an entry with a box calls itself a task: `- [ ] **Task 11A:** ...`."""
        boxed = [item for block in section.blocks for item in items_of(block) if item.checked is not None]
        names = [read_heading(title_text(item.text[:300]), self._year) for item in boxed[:3]]
        return any(name.kind == "work" and name.label for name in names)

    def is_line(self, section: Section) -> bool:
        """Whether a section tells something of the phase as a whole."""
        if any(has_boxes(below) for below in section.walk()):
            return False
        label = bare_label(section.title)
        if fold(label) in folded(COURSES) and not any(
            "](" in item.text for block in section.blocks for item in items_of(block)
        ):
            return False  # the courses of a curriculum, not where to learn something else
        if self._aliases.phase_field(label) or self._aliases.task_field(label) in _LINE_FIELDS:
            return True
        return is_around(section.title)

    def is_line_label(self, label: str) -> bool:
        """Whether a label tells something of a phase or a task, and is not the name of a task."""
        return bool(self._aliases.phase_field(label)) or self._aliases.task_field(label) in _LINE_FIELDS

    def groups(self, listing: Listing) -> set[int]:
        """The first lines of the entries that only say that tasks stand below them: `**Tasks**:`."""
        labels = [(item, empty_label(title_text(item.text[:200]))) for item in listing.items if _is_bare(item)]
        named = [(item, name) for item, name in labels if name]
        sure = {item.first for item, name in named if self._speaks_of_tasks(name)}
        return sure or {item.first for item, name in named if fold(name) in _RESULTS}

    def _speaks_of_tasks(self, name: str) -> bool:
        return self._aliases.task_field(name) in ("description", "title") or speaks_of_projects(name)


def _is_bare(item: Item) -> bool:
    return bool(item.items) and item.checked is None


def is_contents(listing: Listing) -> bool:
    """Whether a list only points to headings of the document."""
    return all(_ANCHOR.fullmatch(item.text.strip()) for item in listing.items)


def speaks_of_projects(title: str) -> bool:
    """Whether a heading says that projects stand below it."""
    words = fold(title).split()
    return bool(words) and (words[-1] in _PROJECTS or words[0] in _PROJECTS or " ".join(words) in _PROJECTS)
