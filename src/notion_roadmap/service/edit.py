"""Changing, trashing and restoring what exists: one function for each kind of item."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from notion_roadmap.errors import ItemRefused
from notion_roadmap.notion.bodies import TOP
from notion_roadmap.plan.bodies import BodyEdit, body_edits
from notion_roadmap.plan.changes import Change
from notion_roadmap.plan.weave import is_woven, weave
from notion_roadmap.service.bodies import body_of, lived_of, section_of
from notion_roadmap.service.context import Context
from notion_roadmap.service.woven import noted, written_in
from notion_roadmap.workspace.blocks import Block
from notion_roadmap.workspace.canonical import JSON
from notion_roadmap.workspace.items import Database, Item, Kind, Page, Row, Section
from notion_roadmap.workspace.observed import Applied
from notion_roadmap.workspace.properties import Property, PropertyType
from notion_roadmap.workspace.views import View


async def update(context: Context, change: Change) -> tuple[Item | None, Mapping[str, str]]:
    """Write the fields that the change names, and nothing else.

    Returns: the item as the answer shows it, if one does, and what changes of its `Applied.refs`.
    """
    names = set(change.names)
    match change.item:
        case Page() as page:
            return None, await _page(context, page, names, change.id)
        case Row() as row:
            return await _row(context, row, names, change.id)
        case Database() as database:
            await _database(context, database, names)
        case Property() as prop:
            await _property(context, prop, change)
        case View() as view:
            seen = await context.house.gateway.update_view(change.id, view, context.addresses, context.columns)
            return None, {"shown": seen.shown}
        case Section() as section:
            return None, {"blocks": " ".join(await _section(context, section))}
    return None, {}


async def _page(context: Context, page: Page, names: set[str], identifier: str) -> Mapping[str, str]:
    title = page.title if "title" in names else None
    icon = page.icon if "icon" in names else None
    if title is not None or icon is not None:
        await context.house.gateway.update_page(identifier, title=title, icon=icon)
    if "body" in names:
        return await _body(context, page.key, identifier, page.body)
    return {}


async def _row(context: Context, row: Row, names: set[str], identifier: str) -> tuple[Item | None, Mapping[str, str]]:
    """The page first: a week whose row says that it is closed is not written again."""
    refs = await _body(context, row.key, identifier, row.body) if "body" in names else {}
    columns = context.columns[row.database]
    values = {k: v for k, v in row.values.items() if k in names and k in columns.by_key}
    if not values and "icon" not in names:
        return None, refs
    seen = await context.house.gateway.update_row(
        identifier,
        values,
        columns,
        context.addresses,
        database=context.workspace.database(row.database),
        icon=row.icon if "icon" in names else None,
    )
    return seen.item, refs


async def _body(context: Context, key: str, page_id: str, wanted: tuple[Block, ...]) -> Mapping[str, str]:
    """Bring a body to its wanted words; what is to be remembered of it."""
    if is_woven(wanted) and key in context.applied:
        return await _weave(context, context.applied[key], page_id, wanted)
    live = await body_of(context, page_id)
    for one in body_edits([(i, block if ours else None) for i, block, ours in live], wanted):
        await _edit(context, page_id, one, TOP if live else "")
    return {}


async def _weave(context: Context, known: Applied, page_id: str, wanted: tuple[Block, ...]) -> Mapping[str, str]:
    live = await lived_of(context, page_id)
    woven = weave(written_in(known), live, wanted)
    written = dict(woven.written)
    for one in woven.edits:
        added = await _edit(context, page_id, one, TOP if live else "")
        for block, identifier in zip(one.insert, added, strict=False):
            written[block.anchor] = replace(written[block.anchor], id=identifier)
    return noted(written)


async def _section(context: Context, section: Section) -> list[str]:
    """A section's blocks stand among others on its page: only the noted ones are compared."""
    page_id = context.page_id(section.page)
    ids = context.applied[section.key].refs.get("blocks", "").split()
    live = await section_of(context, page_id, set(ids))
    last = live[-1][0] if live else ""
    for one in body_edits([(i, block if ours else None) for i, block, ours in live], section.blocks):
        ids += await _edit(context, page_id, one, last)
    return ids


async def _edit(context: Context, page_id: str, one: BodyEdit, otherwise: str) -> tuple[str, ...]:
    """One edit of a body; the ids of what it added. `otherwise`: where to insert when the edit names no place."""
    gateway = context.house.gateway
    added: tuple[str, ...] = ()
    if one.change:
        await gateway.update_block(one.change, one.insert[0])
    elif one.insert:
        added = await gateway.append(page_id, one.insert, after=one.after or otherwise)
    if one.delete:
        await gateway.delete_block(one.delete)
    return added


async def _database(context: Context, database: Database, names: set[str]) -> None:
    await context.house.gateway.update_database(
        context.addresses.ids[database.key],
        title=database.title if "title" in names else None,
        icon=database.icon if "icon" in names else None,
    )


async def _property(context: Context, prop: Property, change: Change) -> None:
    """Name, description, new options; and the definition, except where data would be lost by changing it."""
    column = context.columns[prop.database][prop.key]
    names = set(change.names)
    if "definition" in names and prop.type is PropertyType.RELATION:
        raise ItemRefused(
            f"The relation {column.name!r} points elsewhere in the template now, and changing it would empty it",
            hint="Remove the property in Notion, then seed with --restore",
        )
    wanted = {o["name"] for f in change.fields if f.name == "options" for o in _objects(f.new)}
    options = tuple(o for o in prop.options if o.name in wanted)
    await context.house.gateway.change_schema(
        context.addresses.sources[prop.database],
        add=(replace(prop, name=column.name),) if "definition" in names else (),
        rename={column.id: prop.name} if "name" in names else {},
        options={column.id: options} if options else {},
        describe={column.id: prop.description} if "description" in names else {},
        addresses=context.addresses,
    )


def _objects(value: JSON) -> list[dict[str, JSON]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


async def trash(context: Context, kind: Kind, identifier: str) -> None:
    """Put an item into the trash; a view, which has none, is deleted."""
    gateway = context.house.gateway
    if kind is Kind.VIEW:
        await gateway.delete_view(identifier)
    elif kind is Kind.DATABASE:
        await gateway.update_database(identifier, in_trash=True)
    elif kind is Kind.SECTION:
        await gateway.delete_block(identifier)
    else:
        await gateway.update_page(identifier, in_trash=True)


async def untrash(context: Context, kind: Kind, identifier: str) -> None:
    """Bring an item back from the trash."""
    if kind is Kind.DATABASE:
        await context.house.gateway.update_database(identifier, in_trash=False)
    else:
        await context.house.gateway.update_page(identifier, in_trash=False)
