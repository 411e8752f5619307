"""Changing a body in place: blocks that stay equal are not touched, and blocks that are not ours are not removed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from notion_roadmap.workspace.blocks import Block, BlockType
from notion_roadmap.workspace.canonical import digest


@dataclass(frozen=True, slots=True)
class BodyEdit:
    """One edit of a body.

    Args:
        change: the id of the block that takes over the words and looks of the one block in `insert`, "" for none. It
            keeps its place, its children and what was commented on it, and uses up none of a free plan's blocks.
        delete: the id of the block that goes, "" for none.
        insert: the blocks that come.
        after: the id of the block below which they come, "" when they come before all blocks of ours, or when there
            is none.
    """

    change: str = ""
    delete: str = ""
    insert: tuple[Block, ...] = ()
    after: str = ""


def body_edits(live: Sequence[tuple[str, Block | None]], wanted: Sequence[Block]) -> tuple[BodyEdit, ...]:
    """The edits that turn a body that the owner did not touch into the wanted one.

    Args:
        live: the first-level blocks, id and decoded block; None for what is no block of ours (a child page, a linked
            view), which stays where it is.
    """
    ours = [(identifier, block) for identifier, block in live if block is not None]
    old, new = [digest(_plain(b)) for _, b in ours], [digest(_plain(b)) for b in wanted]
    edits: list[BodyEdit] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        while a < b and c < d and _fits(ours[a][1], wanted[c]):
            edits.append(BodyEdit(change=ours[a][0], insert=(wanted[c],)))
            a, c = a + 1, c + 1
        after = ours[b - 1][0] if b > 0 else ""
        if d > c:
            edits.append(BodyEdit(insert=tuple(wanted[c:d]), after=after))
        edits += [BodyEdit(delete=identifier) for identifier, _ in ours[a:b]]
    return tuple(edits)


_WITHOUT_WORDS = frozenset({BlockType.DIVIDER, BlockType.TABLE})


def _fits(old: Block, new: Block) -> bool:
    """Whether one block can become the other."""
    children = [tuple(_plain(child) for child in block.children) for block in (old, new)]
    return old.type is new.type and old.type not in _WITHOUT_WORDS and children[0] == children[1]


def _plain(block: Block) -> Block:
    """A block without what Notion does not keep."""
    return Block(
        block.type, block.text, tuple(_plain(c) for c in block.children), "", block.icon, block.color,
        block.language, block.checked, block.cells,
    )  # fmt: skip
