"""The table that a document asks for: its properties with their options, its views, its progress figure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from notion_roadmap.importer.document import Paragraph, Table
from notion_roadmap.importer.draft import Data, Draft
from notion_roadmap.importer.entries import Entry, entries, fence_of
from notion_roadmap.importer.parts.columns import merge_property, property_of
from notion_roadmap.importer.parts.common import content_of, head_lines, lines_of
from notion_roadmap.importer.parts.views import merge_view, view_of
from notion_roadmap.importer.section import Section
from notion_roadmap.importer.texts import plain, unmarked
from notion_roadmap.importer.words import fold, speaks_of

_NAME = re.compile(
    r"^(?:database|table|datenbank|base de donn[ée]es|base de datos)(?: name)?\s*:\s*(?P<name>.+)$", re.IGNORECASE
)
_CODE = re.compile(r"`([^`]+)`")
_MIN_PROPERTIES = 3


def recognise_tracking(section: Section, draft: Draft) -> bool:
    """A list of properties or views outside the phases, a fence that holds both, or the progress figure."""
    if draft.phase_at(section.first):
        return False
    if _is_setup_fence(section):
        return _take_fence(section, draft)
    if speaks_of(section.title, "progress"):
        return _take_progress(section, draft)
    if speaks_of(section.title, "properties"):
        return _take_section(_PROPERTIES, section, draft) or _take_rows(section, draft)
    return speaks_of(section.title, "views") and _take_section(_VIEWS, section, draft)


def _tracking(draft: Draft) -> Data:
    found: Data = draft.data.setdefault("tracking", {})
    return found


class _Kind(NamedTuple):
    """What a list may hold: the field of the template, how an entry is read and united with the others, how many make
    such a list."""

    field: str
    read: Callable[[str], Data | None]
    merge: Callable[[list[Data], Data], Data]
    least: int


_PROPERTIES = _Kind("properties", property_of, merge_property, _MIN_PROPERTIES)
_VIEWS = _Kind("views", view_of, merge_view, 1)


def _take_list(
    kind: _Kind, own: Sequence[Entry], draft: Draft, shift: Callable[[Iterable[int]], list[int]] = list
) -> bool:
    """A list of one kind, when enough of its entries read like it."""
    found = [(entry, made) for entry in own if (made := kind.read(entry.text))]
    if len(found) < kind.least or len(found) * 2 < len(own):
        return False
    there = _tracking(draft).setdefault(kind.field, [])
    for entry, made in found:
        draft.ledger.field(shift(entry.lines), kind.merge(there, made), "name")
    return True


def _take_section(kind: _Kind, section: Section, draft: Draft) -> bool:
    taken = _take_list(kind, entries(section.blocks), draft)
    if taken:
        draft.ledger.structure(head_lines(section))
    return taken


def _take_rows(section: Section, draft: Draft) -> bool:
    """A table: property, type, and what it holds."""
    rows = [row for table in section.of_type(Table) for row in table.rows]
    found = [
        (row, made)
        for row in rows
        if len(row.cells) > 1
        and (
            made := property_of(f"**{plain(row.cells[0])}** ({': '.join(filter(None, map(unmarked, row.cells[1:3])))})")
        )
    ]
    if len(found) < _MIN_PROPERTIES or len(found) * 2 < len(rows):
        return False
    properties = _tracking(draft).setdefault("properties", [])
    for row, made in found:
        draft.ledger.field(lines_of(row), merge_property(properties, made), "name")
    for table in section.of_type(Table):
        draft.ledger.structure(lines_of(table.header))
    draft.ledger.structure(head_lines(section))
    return True


def _take_progress(section: Section, draft: Draft) -> bool:
    blocks = content_of(section)
    block = blocks[0] if len(blocks) == 1 else None
    named = _CODE.search(block.text) if isinstance(block, Paragraph) else None
    if not isinstance(block, Paragraph) or not named or "progress" in _tracking(draft):
        return False
    made = {"name": named[1].strip(), "words": unmarked(block.text)}
    _tracking(draft)["progress"] = made
    draft.ledger.field(lines_of(block), made, "words")
    draft.ledger.structure(head_lines(section))
    return True


def _is_setup_fence(section: Section) -> bool:
    fence = fence_of(section)
    return bool(fence) and any(speaks_of(line, "properties") and line.strip().endswith(":") for line in _lines(section))


def _lines(section: Section) -> list[str]:
    fence = fence_of(section)
    return fence.code.text.split("\n") if fence else []


def _take_fence(section: Section, draft: Draft) -> bool:
    fence = fence_of(section)
    if fence is None:
        return False
    topic, taken = "", False
    for block in fence.root.blocks:
        if isinstance(block, Paragraph):
            for line, text in block.lines:
                topic = _said(text, fence.lines([line]), draft) or topic
            continue
        own = entries([block])
        if topic == "views":
            taken |= _take_list(_VIEWS, own, draft, fence.lines)
        elif topic == "properties":
            taken |= _take_list(_PROPERTIES, own, draft, fence.lines)
    if taken:
        draft.ledger.structure([*fence.ends, *head_lines(section)])
        _take_words(section, draft)
    return taken


def _said(text: str, lines: list[int], draft: Draft) -> str:
    """What a line of the fence announces: the name of the table, its properties, its views."""
    named = _NAME.match(text)
    if named:
        _tracking(draft).setdefault("name", named["name"].strip())
        draft.ledger.field(lines, _tracking(draft), "name")
    for topic in ("properties", "views"):
        if fold(text) in ("properties", "views") and speaks_of(text, topic):
            draft.ledger.structure(lines)
            return topic
    return ""


def _take_words(section: Section, draft: Draft) -> None:
    last = content_of(section)[-1]
    if isinstance(last, Paragraph) and "words" not in _tracking(draft):
        _tracking(draft)["words"] = unmarked(last.text)
        draft.ledger.field(lines_of(last), _tracking(draft), "words")
