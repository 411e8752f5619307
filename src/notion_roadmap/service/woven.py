"""What is remembered of a body that is kept up block by block, among the refs of its page or row."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from notion_roadmap.plan.fields import blocks
from notion_roadmap.plan.weave import Lived, Written, as_written, is_woven, taken_up, weave
from notion_roadmap.service.unfinished import WRITING, ended
from notion_roadmap.workspace.blocks import Block
from notion_roadmap.workspace.items import Item, Page, Row
from notion_roadmap.workspace.observed import Applied, Seen

WOVEN: Final = "woven"
"""Among the refs: by anchor, the id of the block and what we last wrote there."""


def noted(written: Mapping[str, Written]) -> dict[str, str]:
    """The refs that remember it."""
    told = {anchor: [one.id, one.block] for anchor, one in sorted(written.items())}
    return {WOVEN: json.dumps(told, ensure_ascii=False)}


def written_in(one: Applied) -> dict[str, Written]:
    """What is remembered; nothing of a body that another version made."""
    told = json.loads(one.refs.get(WOVEN, "{}"))
    return {anchor: Written(block, identifier) for anchor, (identifier, block) in told.items()}


def refs_of(item: Item) -> dict[str, str]:
    """What is remembered of an item that was just made."""
    return noted(as_written(item.body)) if isinstance(item, Page | Row) and is_woven(item.body) else {}


def compared(one: Applied, there: Seen, live: tuple[Lived, ...], wanted: tuple[Block, ...]) -> tuple[Applied, Seen]:
    """The record and what is there, with a body that says whether anything is to be done: as it was left when there
    is, as it is wanted when there is not. What the owner did to it is never in the way of the rest.

    Blocks that a run cut short had already written are ours as they stand.
    """
    written = written_in(one)
    if WRITING in one.refs:
        written = taken_up(written, live, wanted)
        one = replace(one, refs={**one.refs, **noted(written)})
    woven = weave(written, live, wanted)
    if woven.edits:
        left = one.fields.get("body", [])
        return replace(one, fields={**one.fields, "body": left}), replace(there, fields={**there.fields, "body": left})
    one = ended(replace(one, refs={**one.refs, **noted(woven.written)}))
    return one, replace(there, fields={**there.fields, "body": blocks(wanted)})
