"""A few lines under a heading: market statistics, a timeline, principles; and the mantras at the end."""

from __future__ import annotations

from notion_roadmap.importer.document import Paragraph, Row, Table
from notion_roadmap.importer.draft import Data, Draft
from notion_roadmap.importer.entries import Entry, entries
from notion_roadmap.importer.labels import labelled
from notion_roadmap.importer.parts.common import content_of, head_lines, keep_title, lines_of, put, told_in
from notion_roadmap.importer.section import Section
from notion_roadmap.importer.shape import is_counted
from notion_roadmap.importer.texts import plain, titled, unmarked
from notion_roadmap.importer.words import speaks_of

MAX_LABEL = 200
"""Characters of a label; what is longer is a text."""


def recognise_statistics(section: Section, draft: Draft) -> bool:
    """Statistics, the first of the document; without numbers they are a subject to learn."""
    return is_counted(section) and _only("statistics", section, draft)


def recognise_timeline(section: Section, draft: Draft) -> bool:
    """A timeline, the first of the document."""
    return _only("timeline", section, draft)


def recognise_principles(section: Section, draft: Draft) -> bool:
    """Principles and rules of the roadmap as a whole."""
    if draft.phase_at(section.first) or not speaks_of(section.title, "principles"):
        return False
    topic = _topic(section, draft)
    if topic is not None:
        draft.data.setdefault("principles", []).append(topic)
    return topic is not None


def recognise_mantras(section: Section, draft: Draft) -> bool:
    """The emphasised paragraphs of a chapter of mantras, its list, or both. The sections within it are offered on."""
    if draft.phase_at(section.first) or not speaks_of(section.title, "mantras"):
        return False
    found = draft.data.get("mantras", [])
    for entry in entries(section.blocks):
        found.append(entry.plain)
        draft.ledger.content(entry.lines, draft.data, "mantras")
    for part in section.walk():
        for paragraph in part.of_type(Paragraph):
            label = labelled(paragraph.text)
            if part is section or (label and not label.rest):
                found.append(unmarked(paragraph.text))
                draft.ledger.content(lines_of(paragraph), draft.data, "mantras")
    if found:
        draft.data["mantras"] = found
        keep_title(draft, "mantras", section)
    return bool(found) and not section.sections


def _only(name: str, section: Section, draft: Draft) -> bool:
    if name in draft.data or draft.phase_at(section.first) or not speaks_of(section.title, name):
        return False
    topic = _topic(section, draft)
    if topic is not None:
        draft.data[name] = topic
    return topic is not None


def _topic(section: Section, draft: Draft) -> Data | None:
    """The lines of a section without inner headings, or with a single one, which is its subtitle."""
    if len(section.sections) > 1 or any(inner.sections for inner in section.sections):
        return None
    source = section.sections[0] if section.sections and not entries(section.blocks) else section
    own = entries(source.blocks)
    rows = [row for table in source.of_type(Table) for row in table.rows]
    if not own and not rows:
        return None
    lines = [_line(entry, draft) for entry in own]
    topic: Data = {"title": titled(section.title)}
    draft.ledger.field(head_lines(section), topic, "title")
    if source is not section:
        topic["subtitle"] = titled(source.title)
        draft.ledger.field(head_lines(source), topic, "subtitle")
    for table in source.of_type(Table):
        lines += [_row(table, row, draft) for row in table.rows if any(row.cells)]
    topic["lines"] = lines
    _close(source, topic, draft)
    return topic


def _row(table: Table, row: Row, draft: Draft) -> Data:
    line = put({"label": plain(row.cells[0])[:MAX_LABEL] or "–"}, text=told_in(table, row))
    draft.ledger.field(lines_of(row), line, "text" if "text" in line else "label")
    draft.ledger.structure(lines_of(table.header))
    return line


def _line(entry: Entry, draft: Draft) -> Data:
    line = line_of(entry)
    draft.ledger.field(entry.all_lines(), line, "text" if "text" in line else "label")
    return line


def line_of(entry: Entry) -> Data:
    """The entry as a labelled line; what has no label is a label itself, or a text where it is too long for one."""
    label = entry.label
    items = [inner.plain for inner in entry.below]
    if label and len(label.label) <= MAX_LABEL:
        return put({"label": label.label}, text=label.rest, items=items)
    text = entry.plain
    if len(plain(text)) <= MAX_LABEL and plain(text) == text:
        return put({"label": text or "–"}, items=items)
    return put({"label": "•"}, text=text, items=items)


def _close(section: Section, topic: Data, draft: Draft) -> None:
    """The emphasised sentence that ends a list."""
    *before, last = content_of(section)
    label = labelled(last.text) if before and isinstance(last, Paragraph) else None
    if isinstance(last, Paragraph) and label and not label.rest and not draft.ledger.is_booked(last.first):
        topic["closing"] = unmarked(last.text)
        draft.ledger.field(lines_of(last), topic, "closing")
