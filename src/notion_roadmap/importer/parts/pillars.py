"""The subjects that run through all phases: `1. **ETL & Algorithms** (Python, SQL)` below `The 7 Pillars`."""

from __future__ import annotations

from notion_roadmap.importer.draft import Data, Draft
from notion_roadmap.importer.entries import Entry, entries
from notion_roadmap.importer.labels import in_brackets, note_behind
from notion_roadmap.importer.parts.common import head_lines, keep_title, put
from notion_roadmap.importer.section import Section
from notion_roadmap.importer.texts import plain, titled
from notion_roadmap.importer.words import fold, speaks_of
from notion_roadmap.roadmap import MAX_OPTION

_WORD = {"pillar": "Pillar", "saul": "Säule", "pilier": "Pilier", "pilar": "Pilar", "pilastr": "Pilastro",
         "столп": "Столп"}  # fmt: skip


def recognise_pillars(section: Section, draft: Draft) -> bool:
    """A list of pillars outside the phases: known by their numbers, or by their names where there are none."""
    if "pillars" in draft.data or draft.phase_at(section.first) or not speaks_of(section.title, "pillars"):
        return False
    own = entries(section.blocks)
    parts = [] if own else list(section.sections)
    if len(own) + len(parts) < 2:
        return False
    word = next((word for stem, word in _WORD.items() if stem in fold(section.title)), "Pillar")
    numbered = (bool(own) and own[0].numbered) or len({_name(entry) for entry in own}) < len(own)
    draft.data["pillars"] = [
        _pillar(entry, f"{word} {place}" if numbered else _name(entry), draft) for place, entry in enumerate(own, 1)
    ]
    for place, part in enumerate(parts, 1):
        pillar = {"option": f"{word} {place}", "title": titled(part.title)}
        draft.data["pillars"].append(pillar)
        draft.ledger.field(head_lines(part), pillar, "title")
    keep_title(draft, "pillars", section)
    return True


def _halves(entry: Entry) -> tuple[str, str]:
    """Its title, and what is said about it."""
    label = entry.label
    if label and label.rest:
        return label.label, in_brackets(label.rest) or label.rest
    return note_behind(plain(entry.text))


def _name(entry: Entry) -> str:
    """Its title as an option can hold it; titles that only differ behind that are one name."""
    return _halves(entry)[0].replace(",", "")[:MAX_OPTION].strip()


def _pillar(entry: Entry, option: str, draft: Draft) -> Data:
    title, note = _halves(entry)
    texts = [note, *(inner.plain for inner in entry.below)]
    pillar = put({"option": option, "title": title}, note="\n".join(filter(None, texts)))
    draft.ledger.field([*entry.lines, *(line for inner in entry.below for line in inner.lines)], pillar, "title")
    return pillar
