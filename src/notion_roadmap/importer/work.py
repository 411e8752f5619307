"""One task, made of an entry of a list, of a section, or of a row of a table."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from notion_roadmap.importer.aliases import Aliases
from notion_roadmap.importer.document import Block, Item, Listing, Paragraph, Row
from notion_roadmap.importer.draft import Data, Draft
from notion_roadmap.importer.fields import Fields, fits, is_stretch, option_name
from notion_roadmap.importer.headings import read_heading
from notion_roadmap.importer.hours import hours_behind
from notion_roadmap.importer.labels import Label, bare_label, label_of, note_behind
from notion_roadmap.importer.marks import is_tick, read_marks
from notion_roadmap.importer.references import pillar_of
from notion_roadmap.importer.section import Section
from notion_roadmap.importer.tables import Columns
from notion_roadmap.importer.texts import is_only_link, links_in, title_text, unmarked
from notion_roadmap.roadmap import MAX_TITLE

MAX_STEPS_DEEP = 8
"""Steps within steps that are kept as such; what stands deeper is kept as it is written."""

MAX_DESCRIPTION = 600
"""Characters of a paragraph that is taken for the description of a task; a longer one is a note."""


Put = Callable[[Data, str, str, Iterable[int], Sequence[str]], None]
"""Puts a labelled line (label, text, lines, entries of its list) where it belongs."""


_BOLD_LINE = re.compile(r"(\*\*[^\n]+\*\*:?)[ \t]*\n(.+)", re.DOTALL)
"""An entry whose first line is set in bold: its title, and what is told about it."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a phase a task stands.

    Args:
        phase: its data.
        section, track, week, window: what tasks that stand here share.
        heads: the headings that say so.
        done: whether the heading says that all of it is done.
        stretch: whether the heading says that all of it is extra.
        projects: whether the heading speaks of projects, so that those within it are tasks.
    """

    phase: Data
    section: str | None = None
    track: str | None = None
    week: str | None = None
    window: dict[str, Any] | None = None
    heads: tuple[tuple[range, str], ...] = ()
    done: bool = False
    stretch: bool = False
    projects: bool = False


class Work:
    """Makes tasks and books their lines."""

    def __init__(self, draft: Draft, aliases: Aliases, year: int | None) -> None:
        self._draft = draft
        self._ledger = draft.ledger
        self._aliases = aliases
        self._year = year
        self.fields = Fields(draft, aliases, year)

    def from_item(self, item: Item, place: Place, *, ticks: bool) -> Data | None:
        """An entry of a list as a task.

        Args:
            ticks: whether a tick before an entry of this list says that it is done.
        """
        lines = item.own_span
        headed = _BOLD_LINE.match(item.text)
        task = self._begin(headed[1] if headed else item.text, lines, place, checked=item.checked, ticks=ticks)
        if task is not None:
            if headed and fits(about := unmarked(headed[2])):
                task["description"] = about
            self._add(task, place, item.first, item.last)
            self.below(task, item.blocks, strict=True)
        return task

    def from_section(self, section: Section, place: Place) -> Data | None:
        """A section as a task, with everything that stands in it."""
        head = section.heading
        text = f"{section.title} {section.mark}".strip()
        lines = head.span if head else range(0)
        task = self._begin(text, lines, place, checked=None, ticks=False)
        if task is None:
            return None
        self._add(task, place, section.first, section.last)
        self._timed(task, section, lines)
        own_box = self._own_box(task, section)
        self.below(task, [block for block in section.blocks if block is not own_box])
        for inner in section.sections:
            self._inner(task, inner)
        return task

    def _timed(self, task: Data, section: Section, lines: range) -> None:
        """The time in the brackets of a heading says when; it is no part of the title."""
        name = read_heading(section.title, self._year)
        found = name.window
        if found and found.window and found.words not in name.text and len(name.text) > 2:
            self.fields.set_time(task, found, lines.start)
            if task["title"] == title_text(section.title).rstrip(" :："):
                task["title"] = name.text

    def from_row(self, row: Row, columns: Columns, place: Place) -> Data | None:
        """A row of a table as a task."""
        cells = dict(enumerate(row.cells))
        lines = row.span
        source = cells.get(columns.title, "")
        if source.strip().isdecimal():
            source = f"{columns.labels[columns.title]} {source.strip()}"
        task = self._begin(source, lines, place, checked=None, ticks=True)
        if task is None:
            return None
        self._add(task, place, row.first, row.last)
        for at, label in enumerate(columns.labels):
            text = unmarked(cells.get(at, ""))
            if at != columns.title and text:
                self.fields.put(task, label or "—", text, lines)
        return task

    def from_paragraph(self, paragraph: Paragraph, place: Place) -> Data | None:
        """A paragraph as a task."""
        lines = paragraph.span
        task = self._begin(paragraph.text, lines, place, checked=None, ticks=False)
        if task is not None:
            self._add(task, place, paragraph.first, paragraph.last)
        return task

    def _begin(self, source: str, lines: range, place: Place, *, checked: bool | None, ticks: bool) -> Data | None:
        marked = read_marks(title_text(source))
        title = marked.text.rstrip(" :：") or marked.text
        if not any(sign.isalnum() or sign > "\u2fff" for sign in title):
            return None  # nothing, or only dots
        done = bool(checked)
        if checked is None:
            done = marked.done or place.done or (ticks and is_tick(marked.sign))
        task: Data = {}
        self._name(task, title.replace("~~", ""), source, lines)
        if done:
            task["completed"] = True
        self._extras(task, source, lines)
        return task

    def _name(self, task: Data, title: str, source: str, lines: range) -> None:
        """Its title, without the name of its pillar or the word `Task` where that says nothing more."""
        label = label_of(source)
        if label and label.strong and not label.label.isdecimal():
            tag, note = note_behind(label.label)
            pillar = pillar_of(self._draft, label.label) if self._draft.data.get("pillars") else None
            if pillar is not None:
                task["pillar"] = pillar["option"]
                title = title_text(label.rest).rstrip(" :：") or title
                if note and title != label.label:
                    task["lines"] = [{"label": tag, "text": note}]
            elif self._aliases.task_field(label.label) == "description" and label.rest:
                title = title_text(label.rest).rstrip(" :：") or title
        if len(title) > MAX_TITLE:
            task["title"] = title[: MAX_TITLE - 1].rstrip() + "…"
            return
        task["title"] = title
        self._ledger.field(lines, task, "title")

    def _extras(self, task: Data, source: str, lines: range) -> None:
        title: str = task["title"]
        line = lines.start
        if is_only_link(source.strip()) and fits(source):
            task["course_resource"] = unmarked(source)
        elif links := [link for link in links_in(source) if fits(link)]:
            entry = {"label": "Link", "text": links[0]} if len(links) == 1 else {"label": "Links", "items": links}
            task.setdefault("lines", []).append(entry)
        if hours := hours_behind(title):
            self.fields.set_hours(task, hours, line)
        name = read_heading(title, self._year)
        if name.kind == "weeks" and name.label:
            task["week"] = option_name(name.label)
        if name.label and name.window and (name.kind in ("weeks", "work", "days")):
            self.fields.set_time(task, name.window, line)

    def _add(self, task: Data, place: Place, first: int, last: int) -> None:
        for name, value in (("section", place.section), ("track", place.track), ("week", place.week)):
            if value and name not in task:
                task[name] = value
        if place.window and "window" not in task:
            task["window"] = dict(place.window)
        for lines, name in place.heads:
            self._ledger.content(lines, task, name)
        if place.stretch or is_stretch(task["title"]):
            self._draft.guess(task, "scope", "stretch", "the document calls it optional", first)
        place.phase.setdefault("tasks", []).append(task)
        self._draft.tasks.append((first, last, task))

    def _own_box(self, task: Data, section: Section) -> Block | None:
        """The only box below the heading of a task says whether it is done, and in a sentence what is to be done."""
        boxes = [block for block in section.blocks if isinstance(block, Listing) and _boxes(block)]
        if len(boxes) != 1 or len(_boxes(boxes[0])) != 1 or boxes[0].items[0].checked is None:
            return None
        box = boxes[0].items[0]
        label = label_of(box.text)
        if label is None or self._aliases.task_field(label.label) != "description":
            return None
        if box.checked:
            task["completed"] = True
        self.fields.put(task, label.label, label.rest, box.own_span)
        self.below(task, box.blocks)
        self.entries(task, boxes[0].items[1:])
        return boxes[0]

    def below(self, task: Data, blocks: Sequence[Block], *, strict: bool = False) -> None:
        """What stands below a task: its labelled lines, its steps, a sentence about it.

        Args:
            strict: whether entries are labelled lines only where one of their labels is known.
        """
        for place, block in enumerate(blocks):
            if isinstance(block, Listing):
                self.entries(task, block.items, strict=strict)
            elif isinstance(block, Paragraph) and not self._ledger.is_booked(block.first):
                after = blocks[place + 1] if place + 1 < len(blocks) else None
                self._paragraph(task, block, after if isinstance(after, Listing) else None)

    def entries(self, task: Data, items: Sequence[Item], *, strict: bool = False) -> None:
        """The entries below a task: those with a label are its fields, all others its steps."""
        labels = [label_of(item.text) if item.checked is None else None for item in items]
        told = not strict or any(label and self._aliases.is_known(label.label) for label in labels)
        for item, label in zip(items, labels, strict=True):
            if self._ledger.is_booked(item.first):
                continue
            if label and told and (label.strong or self._aliases.is_known(label.label)):
                self.labelled(task, label, item)
            else:
                self._step(task, item)

    def labelled(self, owner: Data, label: Label, item: Item, put: Put | None = None) -> None:
        """An entry with a label, perhaps over a list of its own.

        Args:
            put: what puts it into its owner; by default into the fields of a task.
        """
        lines = list(item.own_span)
        inner = [below for below in item.items if below.text]
        simple = [below for below in inner if not below.blocks and fits(unmarked(below.text))]
        items = [unmarked(below.text) for below in simple] if len(simple) == len(inner) else []
        if items:
            lines += [line for below in simple for line in below.own_span]
        (put or self.fields.put)(owner, label.label, unmarked(label.rest), lines, items)

    def _step(self, task: Data, item: Item) -> None:
        step = self.step(item, task)
        if step is not None:
            task.setdefault("steps", []).append(step)

    def step(self, item: Item, owner: Data, deep: int = 1) -> Data | str | None:
        """An entry as a step, with the steps within it."""
        marked = read_marks(unmarked(item.text))
        text = marked.text or marked.sign
        if not fits(text):
            return None
        self._ledger.content(item.own_span, owner, "steps")
        inner: list[Data | str] = []
        if deep < MAX_STEPS_DEEP:
            inner = [step for below in item.items if (step := self.step(below, owner, deep + 1)) is not None]
        done = bool(item.checked) or (item.checked is None and marked.done)
        if not done and not inner:
            return text
        return {"text": text} | ({"done": True} if done else {}) | ({"steps": inner} if inner else {})

    def _paragraph(self, task: Data, paragraph: Paragraph, after: Listing | None) -> None:
        labels = labelled_lines(paragraph, self._aliases)
        if labels:
            for place, (label, text, lines) in enumerate(labels):
                if not text and place == len(labels) - 1 and after is not None:
                    self._over_list(task, label, lines, after)
                else:
                    self.fields.put(task, label, text, lines)
            return
        text = unmarked(paragraph.text)
        if "description" not in task and len(text) <= MAX_DESCRIPTION and fits(text):
            task["description"] = text
            self._ledger.field(paragraph.span, task, "description")

    def _over_list(self, task: Data, label: str, lines: list[int], listing: Listing) -> None:
        items, more = flat(listing)
        if items is None:
            self.fields.put(task, label, "", [])
        else:
            self.fields.put(task, label, "", [*lines, *more], items)

    def _inner(self, task: Data, section: Section) -> None:
        """A section within a task: a field where its heading is a label, steps where it holds a list."""
        head = list(section.heading.span) if section.heading else []
        label = bare_label(section.title)
        lists = section.of_type(Listing)
        if len(lists) == 1 and not section.sections:
            items, lines = flat(lists[0])
            if items is not None and self._aliases.is_known(label) and not _boxes(lists[0]):
                self.fields.put(task, label, "", [*head, *lines], items)
                return
        if lists and fits(unmarked(section.title)):
            steps = [step for listing in lists for item in listing.items if (step := self.step(item, task)) is not None]
            if steps:
                self._ledger.content(head, task, "steps")
                task.setdefault("steps", []).append({"text": unmarked(section.title), "steps": steps})
        for inner in section.sections:
            self._inner(task, inner)


def _boxes(listing: Listing) -> list[Item]:
    return [item for item in listing.items if item.checked is not None]


def flat(listing: Listing) -> tuple[list[str] | None, list[int]]:
    """The entries of a list without anything below them, and their lines; None where the list holds more."""
    if not all(item.text and not item.blocks and fits(unmarked(item.text)) for item in listing.items):
        return None, []
    lines = [line for item in listing.items for line in item.own_span]
    return [unmarked(item.text) for item in listing.items], lines


def labelled_lines(paragraph: Paragraph, aliases: Aliases) -> list[tuple[str, str, list[int]]]:
    """The labelled lines of a paragraph: label, text and lines of each; none where it begins otherwise."""
    found: list[tuple[str, str, list[int]]] = []
    for number, line in paragraph.lines:
        text = line.rstrip("\\").strip()
        label = label_of(text)
        if label and (label.strong or aliases.is_known(label.label)):
            found.append((label.label, unmarked(label.rest), [number]))
        elif found:
            before = found[-1]
            found[-1] = (before[0], f"{before[1]}\n{unmarked(text)}".strip(), [*before[2], number])
        else:
            return []
    return found
