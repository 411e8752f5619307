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
from notion_roadmap.wire.shapes import JSONObject
from notion_roadmap.workspace.blocks import Block
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
        encoded = encode_block(block)
        if self.blocks and (len(self.blocks) == CHILDREN or not self._fits(encoded)):
            return False
        self._add(encoded)
        self.blocks.append(encoded)
        children: list[JSONObject] = []
        for position, child in enumerate(block.children):
            small = encode_block(child)
            if position == CHILDREN or not self._fits(small):
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
        return self._count < REQUEST_BLOCKS and self._bytes + _size(encoded) <= _BYTES

    def _add(self, encoded: JSONObject) -> None:
        self._count += 1
        self._bytes += _size(encoded)


def _size(encoded: JSONObject) -> int:
    return len(json.dumps(encoded, ensure_ascii=False).encode()) + len(', "children": []')
