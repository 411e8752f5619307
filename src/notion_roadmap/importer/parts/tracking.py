"""The table that a document asks for: its properties with their options, its views, its progress figure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

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
    own = entries(section.blocks)
    if speaks_of(section.title, "properties"):
        return _take_properties(own, draft, list, section) or _take_rows(section, draft)
    return speaks_of(section.title, "views") and _take_views(own, draft, list, section)


def _tracking(draft: Draft) -> Data:
    found: Data = draft.data.setdefault("tracking", {})
    return found


def _take_properties(
    own: Sequence[Entry], draft: Draft, shift: Callable[[Iterable[int]], list[int]], section: Section | None
) -> bool:
    found = [(entry, made) for entry in own if (made := property_of(entry.text))]
    if len(found) < _MIN_PROPERTIES or len(found) * 2 < len(own):
        return False
    properties = _tracking(draft).setdefault("properties", [])
    for entry, made in found:
        draft.ledger.field(shift(entry.lines), merge_property(properties, made), "name")
    if section:
        draft.ledger.structure(head_lines(section))
    return True


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


def _take_views(
    own: Sequence[Entry], draft: Draft, shift: Callable[[Iterable[int]], list[int]], section: Section | None
) -> bool:
    found = [(entry, made) for entry in own if (made := view_of(entry.text))]
    if not found or len(found) * 2 < len(own):
        return False
    views = _tracking(draft).setdefault("views", [])
    for entry, made in found:
        draft.ledger.field(shift(entry.lines), merge_view(views, made), "name")
    if section:
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
            taken |= _take_views(own, draft, fence.lines, None)
        elif topic == "properties":
            taken |= _take_properties(own, draft, fence.lines, None)
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
