"""What happens to lines once all recognisers were asked: none may lose a word, none may stay for nothing.

A line of which a word stands nowhere in the template is given back: it is kept as a note then, beside whatever the
recogniser made of it.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping

from notion_roadmap.importer.draft import Draft
from notion_roadmap.importer.parts.common import lines_of
from notion_roadmap.importer.section import Section

_BORDER = re.compile(r"^[\s|:*_=+-]+$")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_WORD = re.compile(r"[^\W_]+")
_LEAD = re.compile(r"^[\s>]*(?:(?:[-*+]|\d+[.)])(?:\s+|$)(?:\[[ xX]\](?:\s+|$))?)*")

_SAID_BY_A_FIELD = frozenset((
    "by", "von", "par", "por", "di", "de", "if", "wenn", "falls", "si", "se", "если", "then", "dann", "alors",
    "entonces", "então", "allora", "то", "x", "board", "group", "grouped",
    "datum", "fecha", "data", "дата", "日期",
))  # fmt: skip
"""Words that a field stands for: its author is whom it is by, its condition is what comes after if, its property is
what a board is grouped by."""


def release_lost(draft: Draft, lines: Iterable[int], said: Iterable[str] = ()) -> None:
    """Give back those of these lines whose words are not all kept.

    Args:
        said: more words that a field stands for.
    """
    found = sorted(lines)
    if not found:
        return
    kept = {word for text in _texts([draft.data, [data for _, data in draft.phases]]) for word in _words(text)}
    kept.update(_SAID_BY_A_FIELD, said)
    source = draft.document.lines
    draft.ledger.release(line for line in found if not kept.issuperset(_words(_LEAD.sub("", source[line - 1]))))


def book_chapters(section: Section, draft: Draft) -> None:
    """The heading of a chapter all of whose parts were taken only announces them."""
    for inner in section.sections:
        book_chapters(inner, draft)
    heading = lines_of(section.heading)
    if not section.sections or section.level < 2 or any(map(draft.ledger.is_booked, heading)):
        return
    open_lines = draft.ledger.open(section.first, section.last)
    if all(line in heading or _BORDER.match(draft.document.lines[line - 1]) for line in open_lines):
        draft.ledger.structure(heading)


def _words(text: str) -> list[str]:
    return _WORD.findall(html.unescape(_TAG.sub(" ", text)).casefold())


def _texts(value: object) -> Iterator[str]:
    """Every text of plain data; what is referred to is part of the template anyway."""
    if isinstance(value, Mapping):
        for below in value.values():
            yield from _texts(below)
    elif isinstance(value, list):
        for below in value:
            yield from _texts(below)
    elif isinstance(value, str | int | float) and not isinstance(value, bool):
        yield str(value)
