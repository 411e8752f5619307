"""Writes that Notion refuses to save because others save too.

https://developers.notion.com/reference/status-codes
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from notion_roadmap.sandbox.errors import ApiError
from notion_roadmap.sandbox.state import Doc

if TYPE_CHECKING:
    from notion_roadmap.sandbox.workspace import Workspace


def refuse(ws: Workspace, parent: Doc) -> None:
    """409 for every n-th write, or for one write too many in flight under one data source, as the switches say."""
    ws.writes += 1
    every, most = ws.switches.conflict_every, ws.switches.parallel_writes
    crowded = most and parent.get("data_source_id") and ws.crowd >= most
    if crowded or (every and ws.writes % every == 0):
        raise ApiError(409, "conflict_error", "Conflict occurred while saving. Please try again.")
