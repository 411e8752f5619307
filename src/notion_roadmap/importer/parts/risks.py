"""If this happens, do that: in a fence, under headings, as bullets, as a table of risks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from notion_roadmap.importer.document import Block, Listing, Paragraph, Table
from notion_roadmap.importer.draft import Draft
from notion_roadmap.importer.entries import Entry, entries, fence_of
from notion_roadmap.importer.labels import labelled
from notion_roadmap.importer.parts.common import head_lines, keep_title, lines_of
from notion_roadmap.importer.section import Section
from notion_roadmap.importer.texts import plain, titled, unmarked
from notion_roadmap.importer.words import says_its_kind, speaks_of

IF = re.compile(r"^\s*(?:if|wenn|falls|si|se|если|如果)\b[\s,:]*", re.IGNORECASE)
_THEN = re.compile(
    r"→|⇒|->|=>|(?<!\s)[,;]?\s*\b(?:then|dann|alors|entonces|então|allora|то)\b[\s:,]*|[:：]\s", re.IGNORECASE
)


class _Rule(NamedTuple):
    condition: str
    actions: list[str]
    at: Sequence[int]
    """The lines of the condition."""
    below: Sequence[int]
    """The lines of the actions."""


def recognise_risks(section: Section, draft: Draft) -> bool:
    """A list of rules outside the phases."""
    if draft.phase_at(section.first) or not speaks_of(section.title, "risks"):
        return False
    fence = fence_of(section)
    rules = list(_in_fence(fence.root.blocks, fence.lines)) if fence else list(_written(section))
    for rule in rules:
        made = {"condition": rule.condition, "actions": rule.actions}
        draft.data.setdefault("risk_rules", []).append(made)
        draft.ledger.field(rule.at, made, "condition")
        draft.ledger.content(rule.below, made, "actions")
    if rules:
        keep_title(draft, "risk_rules", section)
        draft.ledger.structure(fence.ends if fence else lines_of(*(table.header for table in _tables(section))))
    return bool(rules)


def _in_fence(blocks: Sequence[Block], shift: Callable[[Iterable[int]], list[int]]) -> Iterator[_Rule]:
    """Paragraphs that say when, each before the list that says what."""
    for block, after in pairwise(blocks):
        if isinstance(block, Paragraph) and isinstance(after, Listing):
            own = entries([after])
            below = [line for entry in own for line in entry.all_lines()]
            yield _Rule(
                _condition(block.text),
                [text for one in own for text in one.texts()],
                shift(lines_of(block)),
                shift(below),
            )


def _written(section: Section) -> Iterator[_Rule]:
    for entry in entries(section.blocks):
        yield from _of_entry(entry)
    for table in _tables(section):
        yield from _of_table(table)
    mixed = any(says_its_kind(inner.title) for inner in section.sections)
    for inner in section.sections:
        own = entries(inner.blocks)
        if own and (not mixed or IF.match(inner.title)):
            below = [line for entry in own for line in entry.all_lines()]
            yield _Rule(
                _condition(titled(inner.title)), [text for one in own for text in one.texts()], head_lines(inner), below
            )
    yield from _in_fence(section.blocks, list)


def _tables(section: Section) -> Iterator[Table]:
    """Its own tables, and those within it that have a column of remedies."""
    yield from section.of_type(Table)
    for inner in section.sections:
        for table in inner.of_type(Table):
            if any(speaks_of(name, "remedy") for name in table.header.cells):
                yield table


def _of_entry(entry: Entry) -> Iterator[_Rule]:
    """`If X → Y`, `**X:** Y`, or X with the actions below it."""
    if entry.below:
        below = [line for inner in entry.below for line in inner.all_lines()]
        yield _Rule(_condition(entry.text), [text for one in entry.below for text in one.texts()], entry.lines, below)
        return
    label = labelled(entry.text)
    halves = [half.strip() for half in _THEN.split(entry.plain, maxsplit=1)]
    if label and label.rest:
        yield _Rule(_condition(label.label), [label.rest], entry.lines, ())
    elif len(halves) == 2 and all(halves) and IF.match(halves[0]):
        yield _Rule(_condition(halves[0]), [halves[1]], entry.lines, ())


def _of_table(table: Table) -> Iterator[_Rule]:
    """The first column says when, the last what; those between say more about it."""
    for row in table.rows:
        cells = [unmarked(cell) for cell in row.cells]
        if len(cells) > 1 and cells[0] and cells[-1]:
            between = [
                f"{plain(name)}: {cell}"
                for name, cell in zip(table.header.cells[1:-1], cells[1:-1], strict=False)
                if cell
            ]
            yield _Rule(" · ".join([cells[0], *between]), [cells[-1]], lines_of(row), ())


def _condition(text: str) -> str:
    shown = titled(text)
    return IF.sub("", shown, count=1).strip() or shown
