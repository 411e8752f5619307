"""The tasks of a phase: where a reader takes them from, in the order of the document."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from notion_roadmap.importer.aliases import Aliases
from notion_roadmap.importer.asides import is_around, is_aside, is_legend
from notion_roadmap.importer.document import Block, Item, Listing, Paragraph, Table
from notion_roadmap.importer.draft import Data, Draft
from notion_roadmap.importer.fields import fits, is_stretch
from notion_roadmap.importer.filling import flat, labelled_lines
from notion_roadmap.importer.headings import Name, read_heading
from notion_roadmap.importer.labels import Label, bare_label, empty_label, label_of
from notion_roadmap.importer.marks import is_tick, read_marks, says_done, ticks_mean_done
from notion_roadmap.importer.options import option_name
from notion_roadmap.importer.roles import Roles, chooses, is_contents, speaks_of_projects
from notion_roadmap.importer.section import BOLD_LEVEL, Section
from notion_roadmap.importer.shape import has_boxes, heading_in, holds_boxes, holds_tasks, items_of, work_sections
from notion_roadmap.importer.tables import columns_of
from notion_roadmap.importer.texts import title_text, unmarked
from notion_roadmap.importer.words import fold, is_named
from notion_roadmap.importer.work import Place, Work
from notion_roadmap.roadmap import MAX_TITLE

_BEGINS_BOLD = re.compile(r"\*\*[^*\n]{2,100}\*\*")
_VERBS = {"read", "watch", "learn", "practice", "practise", "code", "build", "write", "study", "lesen", "lire", "leer"}
"""Words before a colon that say what to do: `Read: chapter 1` is a task."""


@dataclass
class _Later:
    """Lists that are told of a phase as a whole, if it has tasks besides."""

    entries: list[tuple[str, list[str], list[int]]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Kind:
    """What the entries of a list share.

    Args:
        ticks: whether a tick before an entry says that it is done.
        boxed: whether some entries have a box; labelled ones behind them belong to them.
        remarks: whether those without a box are only remarks.
        groups: the first lines of entries that hold the tasks, so that the other labels tell of the phase.
    """

    ticks: bool
    boxed: bool
    remarks: bool
    groups: set[int]


class Items:
    """Reads the tasks of phases.

    Args:
        taken: whether a part has taken a section.
    """

    def __init__(self, draft: Draft, aliases: Aliases, year: int | None, taken: Callable[[Section], bool]) -> None:
        self._draft = draft
        self._aliases = aliases
        self._taken = taken
        self._work = Work(draft, aliases, year)
        self._year = year
        self._roles = Roles(aliases, year)
        self._boxed = False
        self._later = _Later()
        self._strict = True
        self._only_boxes = False
        self._ticks = False

    def read(self, section: Section, phase: Data, *, done: bool = False, whole: bool = False) -> None:
        """All tasks of a phase, written to its data.

        Args:
            done: whether a heading around it says that all of it is done.
            whole: whether it is the whole document, so that plain lists are no work where there are boxes.
        """
        self._boxed = any(map(has_boxes, work_sections(section)))
        self._only_boxes = whole and any(map(holds_tasks, work_sections(section)))
        done = done or read_marks(title_text(section.title)).done
        place = Place(phase, done=done, stretch=is_stretch(section.title))
        self._later = _Later()
        self._ticks = self._tells_by_ticks(section)
        self._head(section, phase)
        self._strict = True
        self._blocks(section, place)
        self._within(section, place)
        if phase.get("tasks"):
            for label, items, lines in self._later.entries:
                self._work.fields.put_phase(phase, label, "", lines, items)
            return
        self._strict = False
        self._blocks(section, place)
        self._within(section, place)
        if not phase.get("tasks"):
            self._paragraphs(section, place)
        if not phase.get("tasks"):
            self._leaves(section, place)

    def _tells_by_ticks(self, section: Section) -> bool:
        """Whether ticks stand before a few entries of a phase, and so are no bullets."""
        blocks = (block for inner in work_sections(section) for block in inner.blocks)
        signs = [read_marks(item.text[:50]).sign for block in blocks for item in items_of(block)]
        return 0 < 2 * sum(map(is_tick, signs)) < len(signs)

    def _head(self, section: Section, phase: Data) -> None:
        """The labelled lines between the heading of a phase and its tasks."""
        for block in section.blocks:
            if isinstance(block, Paragraph) and not self._draft.ledger.is_booked(block.first):
                for label, text, lines in labelled_lines(block, self._aliases):
                    if text:
                        self._work.fields.put_phase(phase, label, text, lines)

    def _within(self, section: Section, place: Place) -> None:
        chosen = chooses(title_text(section.title)) and section.level > 0
        before = len(place.phase.get("tasks", ()))
        counts: list[int] = []
        for inner in section.sections:
            start = len(place.phase.get("tasks", ()))
            self._section(inner, place, section, chosen=chosen)
            counts.append(len(place.phase.get("tasks", ())) - start)
        made = place.phase.get("tasks", [])[before:]
        if chosen and 2 <= len(made) <= 6 and all(count <= 1 for count in counts):
            self._choice(section, place.phase, made)

    def _section(self, section: Section, place: Place, parent: Section, *, chosen: bool) -> None:
        if self._taken(section):
            return
        if self._only_boxes and not any(map(holds_tasks, section.walk())):
            return
        if self._roles.is_task(section, parent, projects=place.projects):
            self._work.from_section(section, place)
            return
        beside = section.level == BOLD_LEVEL and self._boxed and not any(map(holds_tasks, section.walk()))
        if is_aside(section.title) or (self._strict and (beside or self._roles.is_line(section))):
            self._line(section)
            return
        inner = self._place(section, place, chosen=chosen)
        self._blocks(section, inner)
        self._within(section, inner)

    def _place(self, section: Section, place: Place, *, chosen: bool) -> Place:
        """What the tasks of a section share."""
        name = self._roles.name(section)
        head = section.heading.span if section.heading else range(0)
        title = title_text(f"{section.title} {section.mark}" if section.mark else section.title).rstrip(" :：")
        label = label_of(section.title)
        if label and label.rest and self._tells(label.label, section, place):
            self._work.fields.put_phase(place.phase, label.label, unmarked(label.rest), head)
            return place
        if section.level == 1 and title.endswith(str(place.phase.get("title"))):
            return place  # the title of the whole
        if len(title) > MAX_TITLE or chooses(title):
            return replace(place, projects=False)
        if chosen:
            return replace(place, track=title, heads=(*place.heads, (head, "track")))
        whole = f"{place.section} › {title}" if place.section else title
        timed = name.kind == "weeks" and name.label
        return replace(
            place,
            section=whole if len(whole) <= MAX_TITLE else title,
            week=option_name(name.label) if timed else place.week,
            window=_window(name.window.window, name.window.words)
            if timed and name.window and name.window.window and name.window.kind == "weeks"
            else place.window,
            heads=(*place.heads, (head, "section")),
            done=place.done or name.kind == "finished" or (bool(section.mark) and says_done(section.mark)),
            stretch=place.stretch or is_stretch(title),
            projects=speaks_of_projects(title),
        )

    def _line(self, section: Section) -> None:
        """A plain list below such a heading is a line of the phase; anything else is kept as it is written."""
        lists = section.of_type(Listing)
        if section.sections or len(section.blocks) != 1 or len(lists) != 1 or not section.heading:
            return
        items, lines = flat(lists[0])
        if items:
            head = section.heading.span
            self._later.entries.append((bare_label(section.title), items, [*head, *lines]))

    def _tells(self, label: str, section: Section, place: Place) -> bool:
        """Whether a heading over tasks is a labelled line of their phase: `Goal: know the basics`."""
        if section.level == BOLD_LEVEL:
            return self._roles.is_line_label(label)
        return self._aliases.phase_field(label) == "goal" and "goal" not in place.phase

    def _blocks(self, section: Section, place: Place) -> None:
        chosen = section.level > 0 and chooses(title_text(section.title))
        for at, block in enumerate(section.blocks):
            if self._draft.ledger.is_booked(block.first):
                continue
            if isinstance(block, Listing):
                if self._only_boxes and not any(item.checked is not None or holds_boxes(item) for item in block.items):
                    continue
                if is_contents(block) or self._is_beside(section.blocks[at - 1] if at else None, block):
                    continue
                before = len(place.phase.get("tasks", ()))
                self._listing(block, place)
                made = place.phase.get("tasks", [])[before:]
                if chosen and 2 <= len(made) <= 6:
                    self._choice(section, place.phase, made)
            elif isinstance(block, Table):
                self._table(block, place)

    def _is_beside(self, before: Block | None, listing: Listing) -> bool:
        """Whether the line above a plain list says that it holds no work: `📚 Resources:`."""
        text = before.text.split("\n")[-1].strip() if isinstance(before, Paragraph) else ""
        name = (empty_label(title_text(text)) or _in_italics(text)) if len(text) < 100 else None
        label = bare_label(name) if name else ""
        if is_legend(label):
            return True
        if not name or not self._strict or any(item.checked is not None for item in listing.items):
            return False
        if not (is_aside(label) or self._roles.is_line_label(label) or is_named(label, "resources", "books")):
            return False
        items, lines = flat(listing)
        if items:
            assert before is not None  # it has a text
            self._later.entries.append((label, items, [before.last, *lines]))
        return True

    def _listing(self, listing: Listing, place: Place) -> None:
        boxed = sum(item.checked is not None for item in listing.items)
        kind = _Kind(
            ticks=self._ticks or ticks_mean_done([read_marks(item.text).sign for item in listing.items]),
            boxed=boxed > 0,
            remarks=2 * boxed > len(listing.items),
            groups=self._roles.groups(listing),
        )
        task: Data | None = None
        for item in listing.items:
            if self._draft.ledger.is_booked(item.first):
                continue
            task = self._entry(item, place, kind, task)

    def _entry(self, item: Item, place: Place, kind: _Kind, task: Data | None) -> Data | None:
        """One entry of a list of tasks; gives the task that labelled entries behind it belong to."""
        label = label_of(item.text) if item.checked is None else None
        known = label is not None and self._aliases.is_known(label.label)
        if item.first in kind.groups or heading_in(item) or (item.checked is None and holds_boxes(item)):
            self._group(item, place)
            return None
        if label and kind.boxed and task is not None and (known or label.strong):
            self._work.filling.labelled(task, label, item)
        elif label and self._is_phase_line(label, item, structured=bool(kind.groups)):
            self._work.filling.labelled(place.phase, label, item, self._work.fields.put_phase)
        elif item.checked is None and kind.remarks and not item.items and not read_marks(item.text).sign:
            return task  # a remark between the boxes
        else:
            return self._work.from_item(item, place, ticks=kind.ticks) or task
        return task

    def _is_phase_line(self, label: Label, item: Item, *, structured: bool) -> bool:
        if not self._strict or (item.blocks and not structured) or (not label.strong and fold(label.label) in _VERBS):
            return False
        return structured or (bool(label.rest) and self._roles.is_line_label(label.label))

    def _group(self, item: Item, place: Place) -> None:
        """An entry without a box over entries that are tasks is the heading of these."""
        head = heading_in(item)
        lines = head.span if head else item.own_span
        title = title_text(head.text if head else item.text).rstrip(" :：")
        whole = f"{place.section} › {title}" if place.section else title
        inner = place
        if title and len(whole) <= MAX_TITLE:
            inner = replace(place, section=whole, heads=(*place.heads, (lines, "section")))
        for block in item.blocks:
            if isinstance(block, Listing):
                self._listing(block, inner)

    def _table(self, table: Table, place: Place) -> None:
        columns = columns_of(table, self._aliases)
        if columns is None:
            return
        made = [self._work.from_row(row, columns, place) for row in table.rows]
        if any(made):
            self._draft.ledger.structure(range(table.first, table.first + 2))

    def _choice(self, section: Section, phase: Data, made: Sequence[Data]) -> None:
        """Of several tasks one is enough: the first is required until its owner starts another."""
        assert section.heading is not None  # only a heading can call for a choice
        title = title_text(section.title).rstrip(" :：")
        if len(title) > MAX_TITLE:
            return
        choice: Data = {"title": title}
        phase.setdefault("choices", []).append(choice)
        line = section.heading.first
        self._draft.ledger.field(range(line, section.heading.last + 1), choice, "title")
        for place, task in enumerate(made):
            task["pick_one"] = choice
            scope = "alternative" if place else "required"
            self._draft.guess(task, "scope", scope, f"one of {len(made)} is enough: {title}", line)

    def stand_in(self, section: Section, phase: Data, name: Name) -> None:
        """A phase of which only words are told is a task itself."""
        if phase.get("tasks") or not name.label or section.heading is None:
            return
        task: Data = {}
        first = section.heading.first
        self._draft.guess(task, "title", phase["title"], "the phase is told in words, without a list of tasks", first)
        phase["tasks"] = [task]

    def _paragraphs(self, section: Section, place: Place) -> None:
        """Where there is no list at all, paragraphs that begin like `Week 1:` or in bold are the tasks."""
        for block in section.blocks:
            if not isinstance(block, Paragraph):
                continue
            lines = [(number, line) for number, line in block.lines if line]
            named = [bool(read_heading(line[:200], self._year).label) for _, line in lines]
            if all(named) and len(named) > 1:
                for number, line in lines:
                    self._work.from_paragraph(Paragraph(number, number, line), place)
            elif named[:1] == [True]:
                self._work.from_paragraph(block, place)
            elif section.level > 0 and _BEGINS_BOLD.match(block.text) and label_of(block.text) is None:
                first, _, more = block.text.partition("\n")
                task = self._work.from_paragraph(Paragraph(block.first, block.first, first), place)
                if task is not None and more:
                    self._work.filling.below(task, [Paragraph(block.first + 1, block.last, more)])
        for inner in section.sections:
            if not self._taken(inner) and not is_aside(inner.title):
                self._paragraphs(inner, self._place(inner, place, chosen=False))

    def _leaves(self, section: Section, place: Place) -> None:
        """Where nothing else reads like a task, the innermost headings do."""
        if section.level == 0 and len(section.sections) == 1 and not section.sections[0].sections:
            return  # a title over nothing but words
        for inner in section.sections:
            if self._taken(inner) or is_aside(inner.title):
                continue
            if inner.sections:
                self._leaves(inner, self._place(inner, place, chosen=False))
            elif not is_around(inner.title) and fits(title_text(inner.title)):
                self._work.from_section(inner, place)


def _in_italics(text: str) -> str | None:
    """The words of a line that is set in italics as a whole: `*Videos*`."""
    return text[1:-1].strip() if re.fullmatch(r"([*_])(?![*_\s])[^*_]{1,60}\1", text) else None


def _window(window: dict[str, object], words: str) -> dict[str, object]:
    return {**window, "as_written": words}
