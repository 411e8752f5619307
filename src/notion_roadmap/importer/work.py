"""One task, made of an entry of a list, of a section, or of a row of a table."""

from __future__ import annotations

import re

from notion_roadmap.importer.aliases import Aliases
from notion_roadmap.importer.document import Item, Paragraph, Row
from notion_roadmap.importer.draft import Data, Draft
from notion_roadmap.importer.fields import Fields, fits, is_stretch
from notion_roadmap.importer.filling import Filling
from notion_roadmap.importer.headings import read_heading
from notion_roadmap.importer.hours import hours_behind
from notion_roadmap.importer.labels import label_of, note_behind
from notion_roadmap.importer.marks import is_tick, read_marks
from notion_roadmap.importer.options import option_name
from notion_roadmap.importer.place import Place
from notion_roadmap.importer.references import pillar_of
from notion_roadmap.importer.section import Section
from notion_roadmap.importer.tables import Columns
from notion_roadmap.importer.texts import is_only_link, links_in, title_text, unmarked
from notion_roadmap.roadmap import MAX_TITLE

_BOLD_LINE = re.compile(r"(\*\*[^\n]+\*\*:?)[ \t]*\n(.+)", re.DOTALL)
"""An entry whose first line is set in bold: its title, and what is told about it."""


class Work:
    """Makes tasks and books their lines."""

    def __init__(self, draft: Draft, aliases: Aliases, year: int | None) -> None:
        self._draft = draft
        self._ledger = draft.ledger
        self._aliases = aliases
        self._year = year
        self.fields = Fields(draft, aliases, year)
        self.filling = Filling(draft, aliases, self.fields)

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
            self.filling.below(task, item.blocks, strict=True)
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
        own_box = self.filling.own_box(task, section)
        self.filling.below(task, [block for block in section.blocks if block is not own_box])
        for inner in section.sections:
            self.filling.within(task, inner)
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
