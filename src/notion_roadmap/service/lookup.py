"""After a create whose outcome is unknown: is it there?

Rows are known by their key, databases by the marker in their description, pages by the marker in their body, and what
carries neither (views, blocks) by what stood beside it before. Listings may lag behind a write, so an absence counts
only after it was seen again later.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from notion_roadmap.service.context import Context
from notion_roadmap.workspace.items import Database, Item, Page, Row, Section, marker
from notion_roadmap.workspace.properties import Property
from notion_roadmap.workspace.views import OnPage, Tab, View, Widget, rung_of

WAITS_SECONDS = (0.0, 2.0, 8.0)
"""Before each look. Two looks after the first: a query has been seen to lag by seconds."""

LAG_SECONDS = sum(WAITS_SECONDS)
"""After which an absence counts."""

SETTLED_SECONDS = 300.0
"""After a create, when no listing lags behind it any more."""


@dataclass(frozen=True, slots=True)
class Found:
    """An item that an earlier create made.

    Args:
        refs: as in Applied.
    """

    id: str
    refs: dict[str, str] = field(default_factory=dict)
    rung: int = 0


async def look_up(
    context: Context, item: Item, siblings: Iterable[str], *, sent: datetime | None = None
) -> Found | None:
    """The item, if it came into being after all. Sends reads only.

    Args:
        sent: when its create was, None for just now. Long after, one look is enough.
    """
    before = frozenset(siblings) | {a.id for a in context.applied.values()}
    age = (context.house.clock.now() - sent).total_seconds() if sent is not None else 0.0
    for seconds in WAITS_SECONDS if age < SETTLED_SECONDS else WAITS_SECONDS[:1]:
        if seconds:
            await context.house.clock.sleep(seconds)
        found = await _look(context, item, before)
        if found is not None:
            return found
    return None


async def _look(context: Context, item: Item, before: frozenset[str]) -> Found | None:
    match item:
        case Page():
            return await _page(context, item, before)
        case Database():
            return await _database(context, item, before)
        case Row():
            return await _row(context, item)
        case View():
            return await _view(context, item, before)
        case Section():
            return await _section(context, item, before)
        case Property():
            return None  # properties are set, not appended: repeating is safe


async def _page(context: Context, page: Page, before: frozenset[str]) -> Found | None:
    wanted = marker(context.workspace.key, page.key)
    for block in await context.house.gateway.blocks(context.page_id(page.parent)):
        if block.type == "child_page" and block.id not in before and block.title == page.title and not block.trashed:
            inner = await context.house.gateway.blocks(block.id)
            if any(wanted in b.text.plain for b in inner):
                return Found(block.id)
    return None


async def _database(context: Context, database: Database, before: frozenset[str]) -> Found | None:
    wanted = marker(context.workspace.key, database.key)
    for block in await context.house.gateway.blocks(context.page_id(database.page)):
        if block.type == "child_database" and block.id not in before and not block.trashed:
            there = await context.house.gateway.database(block.id)
            if there is not None and wanted in there.description:
                return Found(block.id, {"data_source": there.sources[0]})
    return None


async def _row(context: Context, row: Row) -> Found | None:
    database = context.workspace.database(row.database)
    source = context.addresses.sources.get(row.database)
    columns = context.columns.get(row.database)
    if source is None or columns is None:
        return None
    found = await context.house.gateway.rows(
        source, columns, context.addresses, key=row.key, key_property=database.key_property
    )
    ours = [r for r in found.rows if r.made_by_us]
    return Found(min(ours, key=lambda r: (r.created is None, r.created, r.id)).id) if ours else None


async def _view(context: Context, view: View, before: frozenset[str]) -> Found | None:
    gateway = context.house.gateway
    match view.place:
        case Tab():
            candidates = await gateway.view_ids(context.addresses.ids[view.database])
        case Widget(dashboard=dashboard):
            return await _widget(context, view, context.addresses.ids[dashboard], before)
        case OnPage(page=page):
            return await _linked(context, view, page, before)
    for identifier in candidates:
        if identifier not in before:
            there = await gateway.view(identifier, context.addresses)
            if there is not None and there.name == view.name:
                refs = {"database": there.database_id, "shown": there.shown}
                return Found(identifier, refs, rung_of(view, there.layout))
    return None


async def _widget(context: Context, view: View, dashboard: str, before: frozenset[str]) -> Found | None:
    gateway = context.house.gateway
    there = await gateway.view(dashboard, context.addresses)
    for identifier in there.widgets if there is not None else ():
        widget = await gateway.view(identifier, context.addresses) if identifier not in before else None
        if widget is not None and widget.name == view.name:
            return Found(identifier, {"shown": widget.shown}, rung_of(view, widget.layout))
    return None


async def _linked(context: Context, view: View, page: str, before: frozenset[str]) -> Found | None:
    gateway = context.house.gateway
    for block in await gateway.blocks(context.page_id(page)):
        if block.type != "child_database" or block.id in before or block.trashed:
            continue
        for identifier in await gateway.view_ids(block.id):
            there = await gateway.view(identifier, context.addresses)
            if there is not None and there.name == view.name:
                refs = {"database": block.id, "shown": there.shown}
                return Found(identifier, refs, rung_of(view, there.layout))
    return None


async def _section(context: Context, section: Section, before: frozenset[str]) -> Found | None:
    blocks = await context.house.gateway.blocks(context.page_id(section.page))
    new = [b for b in blocks if b.id not in before and not b.trashed]
    first = section.blocks[0]
    for number, block in enumerate(new):
        if block.type == first.type and block.text.plain == first.text.plain:
            ids = [b.id for b in new[number : number + len(section.blocks)]]
            return Found(block.id, {"blocks": " ".join(ids)})
    return None
