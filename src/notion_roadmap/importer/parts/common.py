"""What all recognisers do: keep a heading, find the phase that words speak of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from notion_roadmap.importer.document import Block, Paragraph, Rule
from notion_roadmap.importer.draft import Data, Draft
from notion_roadmap.importer.section import Section
from notion_roadmap.importer.texts import plain, titled
from notion_roadmap.importer.words import fold

_SPAN = re.compile(r"([^\W\d]{3,}) (\d+)(?: (\d+))?(?!\d)")


def lines_of(*blocks: Block | None) -> list[int]:
    """The lines of these blocks."""
    return [line for block in blocks if block for line in range(block.first, block.last + 1)]


def head_lines(section: Section) -> list[int]:
    """The lines of its heading."""
    return lines_of(section.heading)


def content_of(section: Section) -> tuple[Block, ...]:
    """Its own blocks but the rules across the page."""
    return tuple(block for block in section.blocks if not isinstance(block, Rule))


def keep_title(draft: Draft, name: str, section: Section) -> None:
    """Keep a heading as the title of a part that is a list; a second one only announces more of the same."""
    titles = draft.data.setdefault("titles", {})
    if name not in titles:
        titles[name] = titled(section.title)
        draft.ledger.field(head_lines(section), titles, name)
    draft.ledger.structure(head_lines(section))


def put(owner: Data, **values: Any) -> Data:
    """Set the fields that have a value."""
    owner.update({name: value for name, value in values.items() if value not in (None, "", [])})
    return owner


def introduction(section: Section) -> Paragraph | None:
    """The short paragraph between a heading and what it announces: `For every week:`."""
    blocks = content_of(section)
    first = blocks[0] if len(blocks) > 1 or (blocks and section.sections) else None
    return first if isinstance(first, Paragraph) and len(first.text) < 300 else None


def lead(section: Section, owner: Data, name: str, draft: Draft) -> None:
    """Keep that paragraph as a field."""
    found = introduction(section)
    if found and not draft.ledger.is_booked(found.first):
        owner[name] = plain(found.text)
        draft.ledger.field(lines_of(found), owner, name)


def phase_about(draft: Draft, words: str) -> Data | None:
    """The phase that words such as `Phase 3`, `Week 1 (Days 1-7)` or its title speak of."""
    known: dict[tuple[str, str, str], Data] = draft.memo.setdefault("phase spans", {})
    if not known:
        said = [(mark, data) for section, data in draft.phases for mark in _spans(plain(section.title))]
        said += ((mark, data) for section, data in draft.phases for mark in _inner_spans(section))
        for mark, data in said:
            known.setdefault(mark, data)
    # A range says more than a number: `Days 8-15` before `Week 2`.
    for mark in sorted(_spans(words), key=lambda mark: not mark[2]):
        if mark in known:
            return known[mark]
    folded = f" {fold(words)} "
    titles = ((fold(str(data.get("title", ""))), data) for _, data in draft.phases)
    return next((data for title, data in titles if len(title) > 3 and f" {title} " in folded), None)


def _inner_spans(section: Section) -> Iterator[tuple[str, str, str]]:
    for inner in section.sections:
        yield from _spans(plain(inner.title))


def _spans(words: str) -> Iterable[tuple[str, str, str]]:
    return [(unit[:4], first, last) for unit, first, last in _SPAN.findall(fold(words))]
