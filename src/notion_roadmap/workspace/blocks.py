"""Blocks of a page, in our words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from notion_roadmap.workspace.limits import CHILDREN
from notion_roadmap.workspace.text import EMPTY, Text

STRANGER: Final = "\ufffc"
"""How the text of a block begins that stands for one of a kind that we never write: no text of ours holds it, so the
two always differ. The name of its kind and its words follow."""


class BlockType(StrEnum):
    """The kinds of block that we write; the values are Notion's names."""

    PARAGRAPH = "paragraph"
    HEADING_1 = "heading_1"
    HEADING_2 = "heading_2"
    HEADING_3 = "heading_3"
    BULLET = "bulleted_list_item"
    NUMBERED = "numbered_list_item"
    TO_DO = "to_do"
    TOGGLE = "toggle"
    CALLOUT = "callout"
    QUOTE = "quote"
    CODE = "code"
    DIVIDER = "divider"
    TABLE = "table"
    TABLE_ROW = "table_row"


@dataclass(frozen=True, slots=True)
class Block:
    """One block and what it holds.

    Args:
        anchor: a name, unique on its page, when something must find this block again (a linked view that stands
            below it, a callout that the sync keeps); "" otherwise. Only first-level blocks can carry one.
        icon: an emoji, for callouts.
        color: one of Notion's block colours, "" for the default.
        language: for code, one of Notion's languages.
        checked: for to-dos.
        cells: for a row of a table, as many as every other row of it has. The first row of a table is its heading. A
            table holds at least one row and at most 100.
    """

    type: BlockType
    text: Text = EMPTY
    children: tuple[Block, ...] = ()
    anchor: str = ""
    icon: str = ""
    color: str = ""
    language: str = "plain text"
    checked: bool = False
    cells: tuple[Text, ...] = ()


def count_blocks(blocks: Iterable[Block]) -> int:
    """How many blocks these are, all levels together: what a free plan counts."""
    return sum(1 + count_blocks(block.children) for block in blocks)


def walk(blocks: Iterable[Block]) -> Iterator[Block]:
    """Every block, parents first, in reading order."""
    for block in blocks:
        yield block
        yield from walk(block.children)


def requests_to_append(blocks: tuple[Block, ...]) -> int:
    """How many requests it takes to put these blocks on a page: 100 of each array, two levels at a time.

    https://developers.notion.com/reference/patch-block-children
    """
    if not blocks:
        return 0
    here = -(-len(blocks) // CHILDREN)
    apart = sum(requests_to_append(block.children[children_along(block) :]) for block in blocks)
    deeper = (child for block in blocks for child in block.children[: children_along(block)])
    return here + apart + sum(requests_to_append(child.children) for child in deeper)


def children_along(block: Block) -> int:
    """How many of its children can go into the request that makes a block: 100, and none from the first table on.
    Notion makes a table with its rows or not at all, and they would be one level too many."""
    if block.type is BlockType.TABLE:
        return CHILDREN
    tables = (place for place, child in enumerate(block.children) if child.type is BlockType.TABLE)
    return min(CHILDREN, next(tables, CHILDREN))
