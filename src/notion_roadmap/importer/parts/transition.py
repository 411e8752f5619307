"""What is checked between two phases, in a fence or as a list."""

from __future__ import annotations

import re
from collections.abc import Sequence

from notion_roadmap.importer.draft import Data, Draft
from notion_roadmap.importer.entries import Entry, entries, fence_of
from notion_roadmap.importer.parts.common import head_lines, keep_title, put
from notion_roadmap.importer.section import Section
from notion_roadmap.importer.texts import titled
from notion_roadmap.importer.words import speaks_of

_PLACEHOLDER = re.compile(
    r"^(?:\[.*\]|(?:criterion|criteria|item|kriterium|critère|criterio|critério)\s*#?\d+)$", re.IGNORECASE
)
_READY = re.compile(r"✅\s*/\s*❌|\byes\s*/\s*no\b|\bready\b", re.IGNORECASE)


def recognise_transition(section: Section, draft: Draft) -> bool:
    """A transition checklist outside the phases."""
    if "transition" in draft.data or draft.phase_at(section.first) or not speaks_of(section.title, "transition"):
        return False
    fence = fence_of(section)
    root = fence.root if fence else section
    shift = fence.lines if fence else list
    parts = list(root.walk())
    lists = [(part, own) for part in parts if (own := entries(part.blocks))]
    if not lists:
        return False
    first, own = lists[0]
    made = _checklist(parts, first, own, section)
    for entry in own:
        draft.ledger.content(shift(entry.lines), made, "placeholders" if _is_placeholder(entry) else "items")
    for part in parts:
        name = _said_by(part, parts, first)
        if name in made and part.heading:
            draft.ledger.field(shift(head_lines(part)), made, name)
    draft.data["transition"] = made
    keep_title(draft, "transition", section)
    if fence:
        draft.ledger.structure(fence.ends)
    return True


def _checklist(parts: Sequence[Section], first: Section, own: Sequence[Entry], section: Section) -> Data:
    ready = next((titled(part.title) for part in parts if _READY.search(part.title) and part is not first), None)
    title = next((titled(part.title) for part in parts if part.title and part is not first), titled(section.title))
    made: Data = {"title": title, "criteria_title": titled(first.title) or title}
    return put(
        made,
        placeholders=[entry.plain for entry in own if _is_placeholder(entry)],
        items=[entry.plain for entry in own if not _is_placeholder(entry)],
        ready=ready,
    )


def _said_by(part: Section, parts: Sequence[Section], first: Section) -> str:
    if part is first:
        return "criteria_title"
    titles = [found for found in parts if found.title and found is not first]
    if titles and part is titles[0]:
        return "title"
    return "ready" if _READY.search(part.title) else ""


def _is_placeholder(entry: Entry) -> bool:
    return bool(_PLACEHOLDER.match(entry.plain))
