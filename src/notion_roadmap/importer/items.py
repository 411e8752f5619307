"""The tasks of a phase: where a reader takes them from, in the order of the document."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from notion_roadmap.importer.aliases import Aliases
from notion_roadmap.importer.asides import is_around, is_aside
from notion_roadmap.importer.choices import MOST, choose, chooses
from notion_roadmap.importer.document import Listing, Paragraph
from notion_roadmap.importer.draft import Data, Draft
from notion_roadmap.importer.fields import fits, is_stretch
from notion_roadmap.importer.filling import flat, labelled_lines
from notion_roadmap.importer.headings import Name, read_heading
from notion_roadmap.importer.labels import bare_label, label_of
from notion_roadmap.importer.listings import Lists, Manner, Told, Tools
from notion_roadmap.importer.marks import is_tick, read_marks
from notion_roadmap.importer.place import Place, Places
from notion_roadmap.importer.roles import Roles
from notion_roadmap.importer.section import BOLD_LEVEL, Section
from notion_roadmap.importer.shape import has_boxes, holds_tasks, items_of, work_sections
from notion_roadmap.importer.texts import title_text
from notion_roadmap.importer.work import Work

_BEGINS_BOLD = re.compile(r"\*\*[^*\n]{2,100}\*\*")


class Items:
    """Reads the tasks of phases.

    Args:
        taken: whether a part has taken a section.
    """

    def __init__(self, draft: Draft, aliases: Aliases, year: int | None, taken: Callable[[Section], bool]) -> None:
        roles, work = Roles(aliases, year), Work(draft, aliases, year)
        self._tools = Tools(draft, aliases, year, roles, work, Places(aliases, roles, work.fields), taken)

    def read(self, section: Section, phase: Data, *, done: bool = False, whole: bool = False) -> None:
        """All tasks of a phase, written to its data.

        Args:
            done: whether a heading around it says that all of it is done.
            whole: whether it is the whole document, so that plain lists are no work where there are boxes.
        """
        done = done or read_marks(title_text(section.title)).done
        place = Place(phase, done=done, stretch=is_stretch(section.title))
        manner = _manner_of(section, whole=whole)
        strict = _Reader(self._tools, manner)
        strict.head(section, phase)
        strict.read(section, place)
        if phase.get("tasks"):
            for label, items, lines in strict.told:
                self._tools.work.fields.put_phase(phase, label, "", lines, items)
            return
        lenient = _Reader(self._tools, replace(manner, strict=False))
        for read in (lenient.read, lenient.paragraphs, lenient.leaves):
            if not phase.get("tasks"):
                read(section, place)

    def stand_in(self, section: Section, phase: Data, name: Name) -> None:
        """A phase of which only words are told is a task itself."""
        if phase.get("tasks") or not name.label or section.heading is None:
            return
        task: Data = {}
        first = section.heading.first
        self._tools.draft.guess(
            task, "title", phase["title"], "the phase is told in words, without a list of tasks", first
        )
        phase["tasks"] = [task]


def _manner_of(section: Section, *, whole: bool) -> Manner:
    within = list(work_sections(section))
    signs = [read_marks(item.text[:50]).sign for inner in within for block in inner.blocks for item in items_of(block)]
    return Manner(
        strict=True,
        boxed=any(map(has_boxes, within)),
        only_boxes=whole and any(map(holds_tasks, within)),
        ticks=0 < 2 * sum(map(is_tick, signs)) < len(signs),
    )


class _Reader:
    """Reads one phase in one manner."""

    def __init__(self, tools: Tools, manner: Manner) -> None:
        self._tools = tools
        self._manner = manner
        self.told: list[Told] = []
        self._lists = Lists(tools, manner, self.told)

    def head(self, section: Section, phase: Data) -> None:
        """The labelled lines between the heading of a phase and its tasks."""
        for block in section.blocks:
            if isinstance(block, Paragraph) and not self._tools.draft.ledger.is_booked(block.first):
                for label, text, lines in labelled_lines(block, self._tools.aliases):
                    if text:
                        self._tools.work.fields.put_phase(phase, label, text, lines)

    def read(self, section: Section, place: Place) -> None:
        """The lists of a section, then the sections within it."""
        self._lists.read(section, place)
        self._within(section, place)

    def _within(self, section: Section, place: Place) -> None:
        chosen = chooses(title_text(section.title)) and section.level > 0
        before = len(place.phase.get("tasks", ()))
        counts: list[int] = []
        for inner in section.sections:
            start = len(place.phase.get("tasks", ()))
            self._section(inner, place, section, chosen=chosen)
            counts.append(len(place.phase.get("tasks", ())) - start)
        made = place.phase.get("tasks", [])[before:]
        if chosen and 2 <= len(made) <= MOST and all(count <= 1 for count in counts):
            choose(self._tools.draft, section, place.phase, made)

    def _section(self, section: Section, place: Place, parent: Section, *, chosen: bool) -> None:
        if self._tools.taken(section):
            return
        if self._manner.only_boxes and not any(map(holds_tasks, section.walk())):
            return
        if self._tools.roles.is_task(section, parent, projects=place.projects):
            self._tools.work.from_section(section, place)
            return
        beside = section.level == BOLD_LEVEL and self._manner.boxed and not any(map(holds_tasks, section.walk()))
        if is_aside(section.title) or (self._manner.strict and (beside or self._tools.roles.is_line(section))):
            self._line(section)
            return
        inner = self._tools.places.within(section, place, chosen=chosen)
        self.read(section, inner)

    def _line(self, section: Section) -> None:
        """A plain list below such a heading is a line of the phase; anything else is kept as it is written."""
        lists = section.of_type(Listing)
        if section.sections or len(section.blocks) != 1 or len(lists) != 1 or not section.heading:
            return
        items, lines = flat(lists[0])
        if items:
            head = section.heading.span
            self.told.append((bare_label(section.title), items, [*head, *lines]))

    def paragraphs(self, section: Section, place: Place) -> None:
        """Where there is no list at all, paragraphs that begin like `Week 1:` or in bold are the tasks."""
        for block in section.blocks:
            if not isinstance(block, Paragraph):
                continue
            lines = [(number, line) for number, line in block.lines if line]
            named = [bool(read_heading(line[:200], self._tools.year).label) for _, line in lines]
            if all(named) and len(named) > 1:
                for number, line in lines:
                    self._tools.work.from_paragraph(Paragraph(number, number, line), place)
            elif named[:1] == [True]:
                self._tools.work.from_paragraph(block, place)
            elif section.level > 0 and _BEGINS_BOLD.match(block.text) and label_of(block.text) is None:
                first, _, more = block.text.partition("\n")
                task = self._tools.work.from_paragraph(Paragraph(block.first, block.first, first), place)
                if task is not None and more:
                    self._tools.work.filling.below(task, [Paragraph(block.first + 1, block.last, more)])
        for inner in section.sections:
            if not self._tools.taken(inner) and not is_aside(inner.title):
                self.paragraphs(inner, self._tools.places.within(inner, place, chosen=False))

    def leaves(self, section: Section, place: Place) -> None:
        """Where nothing else reads like a task, the innermost headings do."""
        if section.level == 0 and len(section.sections) == 1 and not section.sections[0].sections:
            return  # a title over nothing but words
        for inner in section.sections:
            if self._tools.taken(inner) or is_aside(inner.title):
                continue
            if inner.sections:
                self.leaves(inner, self._tools.places.within(inner, place, chosen=False))
            elif not is_around(inner.title) and fits(title_text(inner.title)):
                self._tools.work.from_section(inner, place)
