"""Changing a body in place: blocks that stay equal are not touched, and blocks that are not ours are not removed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from notion_roadmap.workspace.blocks import Block
from notion_roadmap.workspace.canonical import digest


@dataclass(frozen=True, slots=True)
class BodyEdit:
    """One edit of a body.

    Args:
        delete: the id of the block that goes, "" for none.
        insert: the blocks that come.
        after: the id of the block below which they come, "" for the end of the page.
    """

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
        after = ours[b - 1][0] if b > 0 else ""
        if d > c:
            edits.append(BodyEdit(insert=tuple(wanted[c:d]), after=after))
        edits += [BodyEdit(delete=identifier) for identifier, _ in ours[a:b]]
    return tuple(edits)


def _plain(block: Block) -> Block:
    """A block without what Notion does not keep."""
    return Block(
        block.type, block.text, tuple(_plain(c) for c in block.children), "", block.icon, block.color,
        block.language, block.checked,
    )  # fmt: skip
