"""What a document calls indispensable: `500+ SQL problems solved (interview readiness)`."""

from __future__ import annotations

from collections.abc import Sequence

from notion_roadmap.importer.draft import Draft
from notion_roadmap.importer.entries import Entry, entries
from notion_roadmap.importer.labels import note_behind
from notion_roadmap.importer.parts.common import keep_title, put
from notion_roadmap.importer.section import Section
from notion_roadmap.importer.words import speaks_of


def recognise_requirements(section: Section, draft: Draft) -> bool:
    """A list of requirements for success, of the roadmap as a whole."""
    own = entries(section.blocks)
    if not own or draft.phase_at(section.first) or not speaks_of(section.title, "requirements"):
        return False
    return take_requirements(section, own, draft)


def take_requirements(section: Section, own: Sequence[Entry], draft: Draft) -> bool:
    """Make a requirement of every entry."""
    keep_title(draft, "requirements", section)
    for entry in own:
        text, note = note_behind(entry.plain)
        notes = [note, *(inner.plain for inner in entry.below)]
        requirement = put({"text": text}, note="\n".join(filter(None, notes)))
        draft.data.setdefault("requirements", []).append(requirement)
        draft.ledger.content(entry.all_lines() if _is_flat(entry) else entry.lines, requirement, "text")
    return True


def _is_flat(entry: Entry) -> bool:
    return not any(inner.below for inner in entry.below)
