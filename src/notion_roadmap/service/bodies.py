"""The blocks of a page that are its body: not the child pages, databases and sections that are items of their own."""

from __future__ import annotations

from dataclasses import replace

from notion_roadmap.plan.weave import Lived
from notion_roadmap.service.context import Context
from notion_roadmap.wire.blocks import stranger
from notion_roadmap.workspace.answers import SeenBlock
from notion_roadmap.workspace.blocks import Block

Placed = tuple[str, Block, bool]
"""A first-level block: its id, the block with its children, and whether it is of a kind that we write."""


async def body_of(context: Context, page_id: str) -> tuple[Placed, ...]:
    """The body of a page or row, the owner's own blocks included."""
    return tuple([await _placed(context, one) for one in await _own(context, page_id)])


async def _own(context: Context, page_id: str) -> list[SeenBlock]:
    items = set(context.addresses.ids.values())
    items |= {i for a in context.applied.values() for i in a.refs.get("blocks", "").split()}
    items |= {a.refs["database"] for a in context.applied.values() if "database" in a.refs}
    blocks = await context.house.gateway.blocks(page_id)
    return [b for b in blocks if b.id not in items and not b.trashed]


async def lived_of(context: Context, page_id: str) -> tuple[Lived, ...]:
    """The same, for weaving."""
    blocks = await _own(context, page_id)
    placed = [await _placed(context, one) for one in blocks]
    return tuple(
        Lived(identifier, block if ours else None, one.edited_by_us)
        for one, (identifier, block, ours) in zip(blocks, placed, strict=True)
    )


async def section_of(context: Context, page_id: str, ids: set[str]) -> tuple[Placed, ...]:
    """Those of the blocks with these ids that are still on the page."""
    blocks = await context.house.gateway.blocks(page_id)
    return tuple([await _placed(context, b) for b in blocks if b.id in ids and not b.trashed])


async def _placed(context: Context, seen: SeenBlock) -> Placed:
    if seen.block is None:
        return seen.id, stranger(seen), False
    children = await context.house.gateway.tree(seen.id) if seen.has_children else ()
    return seen.id, replace(seen.block, children=children), True
