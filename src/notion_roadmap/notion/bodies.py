"""Blocks of a page: read, appended in requests of Notion's size, changed."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import replace
from typing import Any

from notion_roadmap.errors import ItemRefused, NotFound, OutcomeUnknown
from notion_roadmap.notion.speaker import Speaker
from notion_roadmap.wire.batches import Batch, batches
from notion_roadmap.wire.blocks import decode_seen_block, encode_block_update, stranger
from notion_roadmap.wire.shapes import dashed, objs
from notion_roadmap.workspace.answers import SeenBlock
from notion_roadmap.workspace.blocks import Block

TOP = "top"
"""In place of a block's id: before all that is there."""


class BlockCalls(Speaker):
    """https://developers.notion.com/reference/block"""

    async def blocks(self, block_id: str, *, deep: bool = False) -> tuple[SeenBlock, ...]:
        """The blocks right below a page or block, all of them. Raises NotFound.

        Args:
            deep: let each `block` hold its children too, all levels.
        """
        listed = self._list("GET", f"blocks/{block_id}/children", {})
        seen = [decode_seen_block(one, self._bot_id) async for one in listed]
        return tuple([await self._with_children(one) for one in seen] if deep else seen)

    async def tree(self, block_id: str, *, only: Container[str] | None = None) -> tuple[Block, ...]:
        """The body below a page in our words, all levels. Kinds that we never write read as a block that equals none
        of ours, child pages and databases among them.

        Args:
            only: ids of the first-level blocks that are meant; None for all.
        """
        seen = [one for one in await self.blocks(block_id) if only is None or one.id in only]
        return tuple([(await self._with_children(one)).block or stranger(one) for one in seen])

    async def _with_children(self, seen: SeenBlock) -> SeenBlock:
        if seen.block is None or not seen.has_children:
            return seen
        return replace(seen, block=replace(seen.block, children=await self.tree(seen.id)))

    async def append(self, block_id: str, blocks: tuple[Block, ...], after: str = "") -> tuple[str, ...]:
        """Append blocks, after the block with that id, at the TOP or at the end; the ids of the new first-level blocks.

        Raises OutcomeUnknown when it may have happened in part or whole: compare the siblings before repeating.
        """
        ids: dict[tuple[int, ...], str] = {}
        for batch in batches(blocks):
            parent = await self._parent(block_id, batch.parent, ids)
            created = await self._append(parent, batch, after if not batch.parent else "")
            ids |= {(*batch.parent, batch.start + place): id_ for place, id_ in enumerate(created)}
            if not batch.parent and created:
                after = after and created[-1]
        return tuple(id_ for path, id_ in sorted(ids.items()) if len(path) == 1)

    async def update_block(self, block_id: str, block: Block) -> None:
        """Give a block of the same type other words and looks. Its children stay."""
        await self._say("PATCH", f"blocks/{block_id}", encode_block_update(block))

    async def delete_block(self, block_id: str) -> None:
        """Put a block into the trash. One that is not there any more is as good."""
        try:
            await self._say("DELETE", f"blocks/{block_id}")
        except ItemRefused as error:
            if not isinstance(error, NotFound) and "archived" not in error.what:
                raise

    async def finish_body(self, page_id: str, body: tuple[Block, ...], *, sent: int = 0) -> bool:
        """Append what is missing of a body that was begun: the end of each level, as far as it is not there.

        For pages that nobody else has written on yet: what is there counts by its number alone. An append whose
        outcome is unknown is looked up here, and not repeated if it was saved.

        Args:
            sent: how many of `batches(body)` are known to be there.

        Returns: whether anything was missing.
        """
        ids: dict[tuple[int, ...], str] = {}
        missing = False
        for number, batch in enumerate(batches(body)):
            if number < sent:
                continue
            parent = await self._parent(page_id, batch.parent, ids)
            there = 0 if sent else len(await self.blocks(parent))
            if there < batch.start + len(batch.blocks):
                missing = True
                ids |= await self._append_rest(parent, batch, there)
        return missing

    async def _append_rest(self, parent: str, batch: Batch, there: int) -> dict[tuple[int, ...], str]:
        done = max(0, there - batch.start)
        rest = Batch(batch.parent, batch.start + done, batch.blocks[done:])
        try:
            created = await self._append(parent, rest)
        except OutcomeUnknown:
            now = len(await self.blocks(parent))
            if now >= rest.start + len(rest.blocks):
                return {}
            if now != rest.start:
                raise
            created = await self._append(parent, rest)
        return {(*rest.parent, rest.start + place): id_ for place, id_ in enumerate(created)}

    async def _append(self, parent: str, batch: Batch, after: str = "") -> tuple[str, ...]:
        body: dict[str, Any] = {"children": list(batch.blocks)}
        if after:
            is_top = after == TOP
            body["position"] = {"type": "start"} if is_top else {"type": "after_block", "after_block": {"id": after}}
        try:
            answer = await self._say("PATCH", f"blocks/{parent}/children", body)
        except OutcomeUnknown as error:
            if len(error.committed_child_ids) == len(batch.blocks):
                return error.committed_child_ids
            raise
        # The new blocks come first; siblings that stood there may follow.
        return tuple(dashed(one.get("id")) for one in objs(answer.get("results"))[: len(batch.blocks)])

    async def _parent(self, page_id: str, path: tuple[int, ...], ids: dict[tuple[int, ...], str]) -> str:
        """The id of the block at this way from the page; what is not known is looked up and kept."""
        if not path:
            return page_id
        if path not in ids:
            above = await self._parent(page_id, path[:-1], ids)
            children = await self.blocks(above)
            ids |= {(*path[:-1], place): one.id for place, one in enumerate(children)}
        return ids[path]
