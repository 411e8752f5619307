"""What to do when the plan has slipped: `If behind schedule by >2 weeks:` and the steps."""

from __future__ import annotations

import re

from notion_roadmap.importer.document import Listing, Paragraph
from notion_roadmap.importer.draft import Data, Draft
from notion_roadmap.importer.entries import entries, fence_of
from notion_roadmap.importer.numbers import number_of, whole
from notion_roadmap.importer.parts.common import head_lines, lines_of
from notion_roadmap.importer.section import Section
from notion_roadmap.importer.texts import titled
from notion_roadmap.importer.words import fold, speaks_of

_SLIP = re.compile(r"(?<!\d)(\d+(?:[.,]\d+)?)\s*(?:\+\s*)?([^\W\d]+)")
_WEEKS = {"week": 1.0, "woch": 1.0, "sema": 1.0, "sett": 1.0, "неде": 1.0, "day": 1 / 7, "tag": 1 / 7, "jour": 1 / 7,
          "dia": 1 / 7, "gior": 1 / 7, "mont": 4.0, "mona": 4.0, "mois": 4.0, "mes": 4.0}  # fmt: skip


def recognise_emergency(section: Section, draft: Draft) -> bool:
    """A protocol that says after how much delay it applies."""
    if "emergency" in draft.data or draft.phase_at(section.first) or not speaks_of(section.title, "emergency"):
        return False
    fence = fence_of(section)
    blocks, shift = (fence.root.blocks, fence.lines) if fence else (section.blocks, list)
    condition = next((block for block in blocks if isinstance(block, Paragraph)), None)
    words = titled(condition.text) if condition else titled(section.title)
    threshold = _weeks(words)
    steps = entries(block for block in blocks if isinstance(block, Listing))
    if not steps or threshold is None:
        return False
    made: Data = {"title": titled(section.title), "condition": words, "threshold_weeks": threshold}
    made["steps"] = ["\n".join([entry.plain, *(inner.plain for inner in entry.below)]) for entry in steps]
    draft.data["emergency"] = made
    draft.ledger.field(head_lines(section), made, "title")
    draft.ledger.field(shift(lines_of(condition)), made, "condition")
    for entry in steps:
        draft.ledger.content(shift([*entry.lines, *(line for e in entry.below for line in e.lines)]), made, "steps")
    draft.ledger.structure(fence.ends if fence else ())
    return True


def _weeks(words: str) -> int | float | None:
    """The delay in weeks after which it applies."""
    for number, unit in _SLIP.findall(words):
        for begin, factor in _WEEKS.items():
            if fold(unit).startswith(begin):
                return whole(round(number_of(number.replace(",", ".")) * factor, 2)) or None
    return None
