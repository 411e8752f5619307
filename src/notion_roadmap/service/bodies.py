"""The blocks of a page that are its body: not the child pages, databases and sections that are items of their own."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from notion_roadmap.plan.weave import Lived
from notion_roadmap.service.context import Context
from notion_roadmap.wire.blocks import stranger
from notion_roadmap.workspace.answers import SeenBlock
from notion_roadmap.workspace.blocks import Block


@dataclass(frozen=True, slots=True)
class Placed:
    """A first-level block.

    Args:
        block: with its children; one that equals none of ours where it is of a kind that we never write.
        ours: whether it is of a kind that we write.
        by_us: last edited by our connection.
    """

    id: str
    block: Block
    ours: bool
    by_us: bool

    @property
    def editable(self) -> tuple[str, Block | None]:
        """As plan.bodies wants it."""
        return self.id, self.block if self.ours else None


async def body_of(context: Context, page_id: str) -> tuple[Placed, ...]:
    """The body of a page or row, the owner's own blocks included."""
    others = known_blocks(context)
    blocks = await context.house.gateway.blocks(page_id)
    return tuple([await _placed(context, one) for one in blocks if one.id not in others and not one.trashed])


async def lived_of(context: Context, page_id: str) -> tuple[Lived, ...]:
    """The same, for weaving."""
    return tuple(Lived(*one.editable, one.by_us) for one in await body_of(context, page_id))


async def section_of(context: Context, on_page: Iterable[SeenBlock], ids: Collection[str]) -> tuple[Placed, ...]:
    """Those of the blocks with these ids that are still on their page."""
    return tuple([await _placed(context, b) for b in on_page if b.id in ids and not b.trashed])


def known_blocks(context: Context) -> frozenset[str]:
    """Ids of the blocks that are items, or parts of sections."""
    applied = context.applied.values()
    sections = {i for a in applied for i in a.refs.get("blocks", "").split()}
    linked = {a.refs["database"] for a in applied if "database" in a.refs}
    return frozenset({*context.addresses.ids.values(), *sections, *linked})


async def _placed(context: Context, seen: SeenBlock) -> Placed:
    if seen.block is None:
        return Placed(seen.id, stranger(seen), ours=False, by_us=seen.edited_by_us)
    children = await context.house.gateway.tree(seen.id) if seen.has_children else ()
    return Placed(seen.id, replace(seen.block, children=children), ours=True, by_us=seen.edited_by_us)
