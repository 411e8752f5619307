"""How skills carry over: two columns joined by arrows, in a fence, or a table of two columns."""

from __future__ import annotations

import re
from collections.abc import Iterator

from notion_roadmap.importer.document import Code, Table
from notion_roadmap.importer.draft import Data, Draft
from notion_roadmap.importer.entries import fence_of
from notion_roadmap.importer.parts.common import head_lines, keep_title, lines_of
from notion_roadmap.importer.section import Section
from notion_roadmap.importer.texts import plain, titled, unmarked
from notion_roadmap.importer.words import speaks_of

_PAIR = re.compile(r"^\s*(?P<source>\S.*?)\s{1,}(?:→|⇒|➔|->|=>)\s+(?P<target>\S.*?)\s*$")
_RULE = re.compile(r"^[\s\-=─━—+|]+$")


def recognise_mappings(section: Section, draft: Draft) -> bool:
    """A heading over one such fence or table, or over headings with one each."""
    inner = [found for found in section.sections if _columns(found)]
    if _columns(section):
        _take(section, draft)
        return True
    if not inner or len(inner) < len(section.sections):
        return False
    for found in inner:
        _take(found, draft)
    keep_title(draft, "mappings", section)
    return True


def _take(section: Section, draft: Draft) -> None:
    (_, source, target), *pairs = _columns(section)
    made: Data = {"title": titled(section.title), "source": source, "target": target, "pairs": []}
    for line, left, right in pairs:
        pair = {"source": left, "target": right}
        made["pairs"].append(pair)
        draft.ledger.field([line], pair, "source")
    blocks = (*section.of_type(Code), *section.of_type(Table))
    draft.ledger.field(head_lines(section), made, "title")
    draft.ledger.field([_columns(section)[0][0]], made, "source")
    draft.ledger.structure(line for line in lines_of(*blocks) if _is_border(draft, line))
    draft.data.setdefault("mappings", []).append(made)


def _is_border(draft: Draft, line: int) -> bool:
    text = draft.document.lines[line - 1]
    return bool(_RULE.match(text)) or text.strip().startswith(("```", "~~~"))


def _columns(section: Section) -> list[tuple[int, str, str]]:
    """The heads of the two columns, then their pairs, each with its line; empty where there is no mapping."""
    found = list(_in_fence(section)) or list(_in_table(section))
    return found if len(found) > 1 else []


def _in_fence(section: Section) -> Iterator[tuple[int, str, str]]:
    """Every line joins two texts; the first is told from the others by the rule below it."""
    fence = fence_of(section)
    lines = fence.code.text.split("\n") if fence else []
    said = [(place, line) for place, line in enumerate(lines, 1) if line.strip()]
    if fence is None or len(said) < 3 or not _RULE.match(said[1][1]):
        return
    pairs = [(place, found) for place, line in said if (found := _PAIR.match(line))]
    if len(pairs) == len(said) - 1:
        yield from ((fence.code.first + place, found["source"], found["target"]) for place, found in pairs)


def _in_table(section: Section) -> Iterator[tuple[int, str, str]]:
    found = section.of_type(Table)
    if len(found) != 1 or len(found[0].header.cells) != 2 or not speaks_of(section.title, "mappings"):
        return
    rows = [found[0].header, *found[0].rows]
    if all(cell.strip() for row in rows for cell in row.cells):
        yield found[0].first, plain(found[0].header.cells[0]), plain(found[0].header.cells[1])
        yield from ((row.first, unmarked(row.cells[0]), unmarked(row.cells[1])) for row in found[0].rows)
