"""What an interview asks, by level and by kind: `System Design (40%)` over its questions."""

from __future__ import annotations

import re
from collections.abc import Sequence

from notion_roadmap.importer.draft import Data, Draft
from notion_roadmap.importer.entries import Entry, entries
from notion_roadmap.importer.labels import note_behind
from notion_roadmap.importer.numbers import whole
from notion_roadmap.importer.parts.common import head_lines, keep_title, put
from notion_roadmap.importer.section import Section
from notion_roadmap.importer.texts import titled
from notion_roadmap.importer.words import speaks_of

_PERCENT = re.compile(r"^\D{0,3}(\d{1,3}(?:\.\d+)?)\s*%$")


def recognise_questions(section: Section, draft: Draft) -> bool:
    """Interview questions outside the phases, in one list or by kind and level."""
    if draft.phase_at(section.first) or not speaks_of(section.title, "questions"):
        return False
    made = [found for inner in section.sections if (found := _set(inner, draft))]
    leaves = [inner for inner in section.sections if not inner.sections and entries(inner.blocks)]
    if not made and leaves:
        made = [{"title": titled(section.title), "types": [_type(leaf, draft) for leaf in leaves]}]
    own = entries(section.blocks)
    if own:
        made.insert(0, {"title": titled(section.title), "types": [_of_entries(titled(section.title), own, draft)]})
    if made:
        draft.data.setdefault("questions", []).extend(made)
        keep_title(draft, "questions", section)
    return bool(made)


def _set(section: Section, draft: Draft) -> Data | None:
    types = [_type(inner, draft) for inner in section.sections if entries(inner.blocks)]
    if not types:
        return None
    made: Data = {"title": titled(section.title), "types": types}
    draft.ledger.field(head_lines(section), made, "title")
    return made


def _type(section: Section, draft: Draft) -> Data:
    made = _of_entries(titled(section.title), entries(section.blocks), draft)
    draft.ledger.field(head_lines(section), made, "title")
    return made


def _of_entries(title: str, own: Sequence[Entry], draft: Draft) -> Data:
    before, note = note_behind(title)
    share = _PERCENT.match(note)
    percent = float(share[1]) if share else -1
    made: Data = {"title": before, "percent": whole(percent)} if 0 <= percent <= 100 else {"title": title}
    put(made, questions=["\n".join([entry.plain, *(inner.plain for inner in entry.below)]) for entry in own])
    for entry in own:
        draft.ledger.content([*entry.lines, *(line for e in entry.below for line in e.lines)], made, "questions")
    return made
