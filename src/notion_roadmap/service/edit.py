"""Changing, trashing and restoring what exists: one function for each kind of item."""

from __future__ import annotations

from notion_roadmap.plan.bodies import body_edits
from notion_roadmap.plan.changes import Change
from notion_roadmap.service.context import Context
from notion_roadmap.workspace.blocks import Block
from notion_roadmap.workspace.items import Database, Kind, Page, Property, Row, Section, View


async def update(context: Context, change: Change) -> None:
    """Write the fields that the change names, and nothing else."""
    names = {f.name for f in change.fields}
    match change.item:
        case Page() as page:
            await _page(context, page, names, change.id)
        case Row() as row:
            await _row(context, row, names, change.id)
        case Database() as database:
            await _database(context, database, names)
        case Property() as prop:
            await _property(context, prop, names)
        case View() as view:
            await context.house.gateway.update_view(change.id, view, context.addresses, context.columns)
        case Section() as section:
            await _section(context, section)


async def _page(context: Context, page: Page, names: set[str], identifier: str) -> None:
    title = page.title if "title" in names else None
    icon = page.icon if "icon" in names else None
    if title is not None or icon is not None:
        await context.house.gateway.update_page(identifier, title=title, icon=icon)
    if "body" in names:
        await _body(context, identifier, page.body)


async def _row(context: Context, row: Row, names: set[str], identifier: str) -> None:
    columns = context.columns[row.database]
    values = {k: v for k, v in row.values.items() if k in names and k in columns.by_key}
    if values or "icon" in names:
        await context.house.gateway.update_row(
            identifier,
            values,
            columns,
            context.addresses,
            database=context.workspace.database(row.database),
            icon=row.icon if "icon" in names else None,
        )
    if "body" in names:
        await _body(context, identifier, row.body)


async def _body(context: Context, page_id: str, wanted: tuple[Block, ...]) -> None:
    gateway = context.house.gateway
    live = await gateway.blocks(page_id, deep=True)
    for edit in body_edits([(b.id, b.block) for b in live if not b.trashed], wanted):
        if edit.insert:
            await gateway.append(page_id, edit.insert, after=edit.after)
        if edit.delete:
            await gateway.delete_block(edit.delete)


async def _section(context: Context, section: Section) -> None:
    """A section's blocks stand among others on its page: only the noted ones are compared."""
    gateway, page_id = context.house.gateway, context.page_id(section.page)
    own = set(context.applied[section.key].refs.get("blocks", "").split())
    live = [(b.id, b.block) for b in await gateway.blocks(page_id, deep=True) if b.id in own]
    for edit in body_edits(live, section.blocks):
        if edit.insert:
            await gateway.append(page_id, edit.insert, after=edit.after or (live[-1][0] if live else ""))
        if edit.delete:
            await gateway.delete_block(edit.delete)


async def _database(context: Context, database: Database, names: set[str]) -> None:
    await context.house.gateway.update_database(
        context.addresses.ids[database.key],
        title=database.title if "title" in names else None,
        icon=database.icon if "icon" in names else None,
    )


async def _property(context: Context, prop: Property, names: set[str]) -> None:
    identifier = context.columns[prop.database].id(prop.key)
    await context.house.gateway.change_schema(
        context.addresses.sources[prop.database],
        rename={identifier: prop.name} if "name" in names else {},
        options={identifier: prop.options} if "options" in names else {},
        describe={identifier: prop.description} if "description" in names else {},
        addresses=context.addresses,
    )


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
