"""What a document claims about its reader's chances: a base rate, multipliers, a claim."""

from __future__ import annotations

import re
from collections.abc import Iterator

from notion_roadmap.importer.document import Paragraph
from notion_roadmap.importer.draft import Data, Draft
from notion_roadmap.importer.entries import entries_within
from notion_roadmap.importer.labels import labelled
from notion_roadmap.importer.numbers import number_of, whole
from notion_roadmap.importer.parts.common import head_lines
from notion_roadmap.importer.section import Section
from notion_roadmap.importer.texts import titled, unmarked
from notion_roadmap.importer.words import fold, speaks_of

_PERCENT = re.compile(r"(?<!\d)[+-]?(\d+(?:\.\d+)?)\+?\s*%")
_PLUS = re.compile(r"[+](?P<percent>\d+(?:\.\d+)?)\s*%$")
_SIGN = re.compile(r"[:–—-]$")


def recognise_probability(section: Section, draft: Draft) -> bool:
    """A base rate and a claim, with what raises the one to the other."""
    if "success_probability" in draft.data or not speaks_of(section.title, "probability"):
        return False
    said = [(line, text) for line, text in _lines(section) if _PERCENT.search(text)]
    if len(said) < 2 or draft.phase_at(section.first):
        return False
    (base_line, base), (claim_line, claim) = said[0], said[-1]
    found = _PERCENT.search(base)
    words = base[found.end() :].strip(" ()") if found else ""
    made: Data = {
        "title": titled(section.title),
        "base_percent": whole(number_of(found[1])) if found else 0,
        "base_words": words or titled(base),
        "claim": _claim(claim),
    }
    draft.ledger.field([base_line], made, "base_percent")
    draft.ledger.field([claim_line], made, "claim")
    made["multipliers"] = list(_multipliers(section, draft))
    draft.ledger.field(head_lines(section), made, "title")
    _book_announcement(section, made, draft)
    draft.data["success_probability"] = made
    return True


def _lines(section: Section) -> Iterator[tuple[int, str]]:
    for part in section.walk():
        for paragraph in part.of_type(Paragraph):
            yield from ((line, unmarked(text)) for line, text in paragraph.lines)


def _claim(text: str) -> str:
    """What follows the label: `90%+ with disciplined execution`."""
    label = labelled(text)
    return label.rest if label and _PERCENT.search(label.rest) else text


def _multipliers(section: Section, draft: Draft) -> Iterator[Data]:
    for entry in entries_within(section):
        found = _PLUS.search(entry.plain)
        if found:
            text = _SIGN.sub("", entry.plain[: found.start()].rstrip()).strip()
            made = {"text": text, "percent": whole(number_of(found["percent"]))}
            draft.ledger.field(entry.lines, made, "text")
            yield made


def _book_announcement(section: Section, made: Data, draft: Draft) -> None:
    """`Your Multipliers:` says no more than what follows it is."""
    if not made["multipliers"]:
        return
    for part in section.walk():
        if part is not section and part.heading:
            draft.ledger.structure(head_lines(part))
    for line, text in _lines(section):
        if text.rstrip().endswith(":") and len(fold(text).split()) <= 4:
            draft.ledger.structure([line])
