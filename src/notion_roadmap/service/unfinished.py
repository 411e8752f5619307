"""Bodies that take several requests: what a run leaves half-way is ours to finish, and no edit of the owner's."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Final

from notion_roadmap.plan.fields import BODIES, blocks
from notion_roadmap.workspace.answers import SeenBlock
from notion_roadmap.workspace.blocks import Block, requests_to_append
from notion_roadmap.workspace.items import Item, Page, Row, Section
from notion_roadmap.workspace.observed import Applied

WRITING: Final = "writing"
"""Among the refs of what is being written: the ids of the blocks that stood on its page before."""


def takes_several(item: Item) -> bool:
    """Whether making it takes more than one request."""
    match item:
        case Page(body=body) | Row(body=body) | Section(blocks=body):
            return requests_to_append(body) > 1
    return False


def begun(one: Applied, before: Iterable[str] = ()) -> Applied:
    """The record of an item whose body is about to be written, or was found half-written."""
    return replace(one, refs={**one.refs, WRITING: " ".join(before)})


def ended(one: Applied) -> Applied:
    """The record of an item whose body stands."""
    return replace(one, refs={name: value for name, value in one.refs.items() if name != WRITING})


def half_made(one: Applied) -> Applied:
    """The record of an item that an earlier run began to make: how much of its body stands is not known."""
    return begun(replace(one, fields={n: v for n, v in one.fields.items() if n not in BODIES}))


def as_left(one: Applied, field: str, body: tuple[Block, ...]) -> Applied:
    """The record with what stands there as the base: compared with it, the wish is a change of the template's."""
    return replace(one, fields={**one.fields, field: blocks(body)})


def added_since(one: Applied, on_page: Iterable[SeenBlock], others: Collection[str]) -> set[str]:
    """Ids of the blocks that were added to a section, and not noted: the run was cut short, or the answer lost.

    Args:
        others: ids of the blocks that are something else of ours.
    """
    before = set(one.refs[WRITING].split())
    new = (b for b in on_page if before and b.id not in before and b.id not in others)
    return {b.id for b in new if b.block is not None and not b.trashed}
