"""A body of any size in requests of the size that Notion takes.

https://developers.notion.com/reference/patch-block-children: 100 blocks in an array, two levels, 1,000 blocks and
500 KB a request.
"""

from __future__ import annotations

import json
from collections import deque
from dataclasses import dataclass
from typing import Final

from notion_roadmap.wire.blocks import encode_block
from notion_roadmap.wire.shapes import JSONObject, obj
from notion_roadmap.workspace.blocks import Block, BlockType, children_along
from notion_roadmap.workspace.limits import CHILDREN, REQUEST_BLOCKS, REQUEST_BYTES

_BYTES: Final = REQUEST_BYTES * 4 // 5
"""What blocks may take of a request; the rest is for a page's properties."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Blocks that go into one request.

    Args:
        parent: the way from the page to the block that they go below, as positions among siblings; () for the page.
        start: the position of the first of them among the blocks of that parent.
        blocks: in Notion's form, their children included as far as they fit.
    """

    parent: tuple[int, ...]
    start: int
    blocks: tuple[JSONObject, ...]


def batches(body: tuple[Block, ...]) -> tuple[Batch, ...]:
    """The body in requests, in an order in which each one's parent exists already and siblings arrive in order.

    The first batch is what a page is created with.
    """
    done: list[Batch] = []
    waiting: deque[tuple[tuple[int, ...], int, tuple[Block, ...]]] = deque([((), 0, body)])
    while waiting:
        parent, start, blocks = waiting.popleft()
        filler = _Filler()
        for position, block in enumerate(blocks):
            if not filler.take(block):
                waiting.appendleft((parent, start + position, blocks[position:]))
                break
            path = (*parent, start + position)
            waiting.extend((path if where < 0 else (*path, where), first, rest) for where, first, rest in filler.left)
        if filler.blocks:
            done.append(Batch(parent, start, tuple(filler.blocks)))
    return tuple(done)


class _Filler:
    """One request being filled. `left` names what of the last block did not go in: (child, first, blocks)."""

    def __init__(self) -> None:
        self.blocks: list[JSONObject] = []
        self.left: list[tuple[int, int, tuple[Block, ...]]] = []
        self._count = 0
        self._bytes = 0

    def take(self, block: Block) -> bool:
        """Put the block in, with as many of its children as fit; False when it does not fit itself."""
        self.left = []
        encoded = _encoded(block)
        if self.blocks and (len(self.blocks) == CHILDREN or not self._fits(encoded)):
            return False
        self._add(encoded)
        self.blocks.append(encoded)
        if block.type is BlockType.TABLE:
            return True
        children: list[JSONObject] = []
        for position, child in enumerate(block.children):
            small = encode_block(child)
            if position == children_along(block) or not self._fits(small):
                self.left.append((-1, position, block.children[position:]))
                break
            self._add(small)
            children.append(small)
            if child.children:
                self.left.append((position, 0, child.children))
        if children:
            encoded[block.type.value]["children"] = children
        return True

    def _fits(self, encoded: JSONObject) -> bool:
        return self._count + _blocks(encoded) <= REQUEST_BLOCKS and self._bytes + _size(encoded) <= _BYTES

    def _add(self, encoded: JSONObject) -> None:
        self._count += _blocks(encoded)
        self._bytes += _size(encoded)


def _encoded(block: Block) -> JSONObject:
    """A block in Notion's form; a table with all of its rows, because Notion makes none without them:
    https://developers.notion.com/reference/block#table"""
    encoded = encode_block(block)
    if block.type is BlockType.TABLE:
        encoded[block.type.value]["children"] = [encode_block(row) for row in block.children]
    return encoded


def _blocks(encoded: JSONObject) -> int:
    """How many blocks it is: a table counts its rows."""
    return 1 + len(obj(encoded.get(BlockType.TABLE.value)).get("children", ()))


def _size(encoded: JSONObject) -> int:
    return len(json.dumps(encoded, ensure_ascii=False).encode()) + len(', "children": []')
