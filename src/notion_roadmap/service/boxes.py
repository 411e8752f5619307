"""Counting the deliverables ticked on the pages of tasks. A request for each page, so only where one may have changed.

A page's last edit is known to the minute only. A page that is read while that minute may not be over is read once
more, at a look after it; one such page a look, so that a quiet one stays a quiet one.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from notion_roadmap.errors import ItemRefused
from notion_roadmap.service.house import House
from notion_roadmap.service.pulled import PulledSource
from notion_roadmap.workspace.blocks import BlockType
from notion_roadmap.workspace.cached import CachedRow
from notion_roadmap.workspace.canonical import JSON
from notion_roadmap.workspace.observed import Applied
from notion_roadmap.workspace.thaw import words_of

TASKS: Final = "tasks"

MINUTE: Final = timedelta(minutes=1)

RECENT: Final = timedelta(minutes=10)
"""An edit so long ago by our clock is over by Notion's: clocks do not differ by more."""


async def count_boxes(
    house: House, source: PulledSource, applied: Mapping[str, Applied], *, full: bool = False
) -> PulledSource:
    """The source with the boxes of those tasks counted whose page the owner may have edited.

    Args:
        full: count those too whose last edit was ours: the owner may have edited them just before.
    """
    if source.database.key != TASKS:
        return source
    now = house.clock.now()
    waiting = [row for row in source.rows.values() if _is_worth_it(row, applied)]
    due = [row for row in waiting if _is_due(row, source.before.get(row.id), full=full)]
    again = [row for row in waiting if row.look_again is not None and now >= row.look_again and row not in due]
    again.sort(key=lambda row: (row.look_again or now, row.id))
    counted = await asyncio.gather(*(_count(house, row, now) for row in (*due, *(again if full else again[:1]))))
    fresh = {row.id: row for row in counted}
    changed = {i for i, row in fresh.items() if row.boxes != source.rows[i].boxes and _says_more(source.rows[i], row)}
    return replace(source, rows={**source.rows, **fresh}, changed=source.changed | changed)


def _says_more(was: CachedRow, row: CachedRow) -> bool:
    """Whether anything was ticked since: that a page is counted for the first time is no news."""
    return was.boxes is not None or bool(row.boxes and row.boxes[0])


def _is_worth_it(row: CachedRow, applied: Mapping[str, Applied]) -> bool:
    return not row.gone and row.values.get("tasks.done") is not True and _has_boxes(row, applied)


def _is_due(row: CachedRow, known: CachedRow | None, *, full: bool) -> bool:
    """Whether somebody edited it since. An edit with our token that is none of those that we noted is theirs, too."""
    if full and row.counted != row.edited and not (row.edited_by_us and row.created == row.edited):
        return True
    if known is None:
        return not row.edited_by_us
    return (row.edited, row.edited_by_us) != (known.edited, known.edited_by_us)


def _has_boxes(row: CachedRow, applied: Mapping[str, Applied]) -> bool:
    if row.boxes is not None:
        return row.boxes[1] > 0
    if words_of(row.values.get("tasks.checklist")):
        return True
    return row.key in applied and _any_box(applied[row.key].fields.get("body"))


def _any_box(body: JSON) -> bool:
    blocks = body if isinstance(body, list) else []
    return any(isinstance(one, dict) and one.get("type") == BlockType.TO_DO for one in blocks)


async def _count(house: House, row: CachedRow, now: datetime) -> CachedRow:
    """The row with its boxes. A page that cannot be read just now is tried again at the next look."""
    try:
        blocks = await house.gateway.blocks(row.id)
    except ItemRefused:
        return replace(row, look_again=now)
    boxes = [one.block for one in blocks if one.type == BlockType.TO_DO and one.block is not None and not one.trashed]
    young = row.edited is not None and now < row.edited + RECENT
    first = row.counted != row.edited or row.look_again is None
    again = now + MINUTE if young and first else None
    return replace(row, boxes=(sum(box.checked for box in boxes), len(boxes)), counted=row.edited, look_again=again)
