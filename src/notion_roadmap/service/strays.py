"""Pages of ours that the owner moved to another place, when nothing here remembers them."""

from __future__ import annotations

from notion_roadmap.service.house import House
from notion_roadmap.workspace.addresses import Addresses
from notion_roadmap.workspace.items import Workspace, marker


async def moved_pages(house: House, workspace: Workspace, found: Addresses) -> list[str]:
    """Learn the pages that hold databases to which one of the found databases is related, if they carry our marker.

    Returns: their keys.
    """
    missing = [page for page in workspace.pages if not found.knows(page.key)]
    learnt: list[str] = []
    for place in sorted(await _places(house, found)):
        words = [block.text.plain for block in await house.gateway.blocks(place)]
        for page in missing:
            if any(marker(workspace.key, page.key) in said for said in words):
                found.learn(page.key, place)
                learnt.append(page.key)
    return learnt


async def _places(house: House, found: Addresses) -> set[str]:
    """Ids of the pages that related databases stand on."""
    known = set(found.sources.values())
    related: set[str] = set()
    for source in sorted(known):
        schema = await house.gateway.schema(source)
        related |= {column.target for column in schema.columns if column.target} if schema is not None else set()
    places: set[str] = set()
    for source in sorted(related - known):
        schema = await house.gateway.schema(source)
        database = await house.gateway.database(schema.database_id) if schema is not None else None
        if database is not None and database.parent and not database.trashed:
            places.add(database.parent)
    return places
