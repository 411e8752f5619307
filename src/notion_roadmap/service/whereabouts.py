"""What became of a row that a listing did not show. Absence is never guessed: the row itself is asked for."""

from __future__ import annotations

from collections.abc import Collection

from notion_roadmap.notion.gateway import Gateway
from notion_roadmap.workspace.cached import Gone
from notion_roadmap.workspace.items import Page


async def whereabouts(gateway: Gateway, row_id: str, homes: Collection[str]) -> Gone:
    """Why it is no longer in its database; "" when it is.

    Args:
        homes: ids of the data source and the database that it belongs to.
    """
    page = await gateway.page(row_id)
    if page is None:
        return "unshared"
    if page.trashed:
        return "trashed"
    return "moved" if isinstance(page.item, Page) and page.item.parent not in homes else ""
