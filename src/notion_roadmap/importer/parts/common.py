"""What all recognisers do: keep a heading, find the phase that words speak of."""

from __future__ import annotations

from typing import Any

from notion_roadmap.importer.document import Block, Paragraph, Row, Rule, Table
from notion_roadmap.importer.draft import Data, Draft
from notion_roadmap.importer.section import Section
from notion_roadmap.importer.texts import plain, titled, unmarked


def lines_of(*blocks: Block | None) -> list[int]:
    """The lines of these blocks."""
    return [line for block in blocks if block for line in block.span]


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


def told_in(table: Table, row: Row) -> str:
    """What a row says behind its first cell, each cell under the name of its column: `Target: 5 · Unit: h`."""
    cells = zip(table.header.cells[1:], row.cells[1:], strict=False)
    return " · ".join(f"{plain(name)}: {unmarked(cell)}" for name, cell in cells if cell.strip())


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
