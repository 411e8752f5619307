"""Changing, trashing and restoring what exists: one function for each kind of item."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from notion_roadmap.errors import ItemRefused
from notion_roadmap.notion.bodies import TOP
from notion_roadmap.plan.bodies import BodyEdit, body_edits
from notion_roadmap.plan.changes import Change
from notion_roadmap.plan.fields import BODIES, blocks
from notion_roadmap.plan.weave import is_woven, taken_up, weave
from notion_roadmap.service.bodies import Placed, body_of, known_blocks, lived_of, section_of
from notion_roadmap.service.context import Context
from notion_roadmap.service.stand_ins import is_linked, removable
from notion_roadmap.service.unfinished import added_since
from notion_roadmap.service.woven import noted, written_in
from notion_roadmap.workspace.blocks import Block
from notion_roadmap.workspace.canonical import JSON
from notion_roadmap.workspace.items import Database, Item, Kind, Page, Row, Section
from notion_roadmap.workspace.observed import Applied
from notion_roadmap.workspace.properties import Property, PropertyType
from notion_roadmap.workspace.views import View


async def update(context: Context, change: Change, *, again: bool = False) -> tuple[Item | None, Mapping[str, str]]:
    """Write the fields that the change names, and nothing else.

    Args:
        again: whether some of it may have been written a moment ago, by a request whose answer was lost.

    Returns: the item as the answer shows it, if one does, and what changes of its `Applied.refs`.
    """
    names = set(change.names)
    match change.item:
        case Page() as page:
            return None, await _page(context, page, change, again=again)
        case Row() as row:
            return await _row(context, row, change, again=again)
        case Database() as database:
            await _database(context, database, names)
        case Property() as prop:
            await _property(context, prop, change)
        case View() as view:
            seen = await context.house.gateway.update_view(change.id, view, context.addresses, context.columns)
            return None, {"shown": seen.shown}
        case Section() as section:
            return None, {"blocks": " ".join(await _section(context, section, change, again=again))}
    return None, {}


async def _page(context: Context, page: Page, change: Change, *, again: bool) -> Mapping[str, str]:
    names = set(change.names)
    title = page.title if "title" in names else None
    icon = page.icon if "icon" in names else None
    if title is not None or icon is not None:
        await context.house.gateway.update_page(change.id, title=title, icon=icon)
    if "body" in names:
        return await _body(context, change, page.body, again=again)
    return {}


async def _row(context: Context, row: Row, change: Change, *, again: bool) -> tuple[Item | None, Mapping[str, str]]:
    """The page first: a week whose row says that it is closed is not written again."""
    names = set(change.names)
    refs = await _body(context, change, row.body, again=again) if "body" in names else {}
    columns = context.columns[row.database]
    values = {k: v for k, v in row.values.items() if k in names and k in columns.by_key}
    if not values and "icon" not in names:
        return None, refs
    seen = await context.house.gateway.update_row(
        change.id,
        values,
        columns,
        context.addresses,
        database=context.workspace.database(row.database),
        icon=row.icon if "icon" in names else None,
    )
    return seen.item, refs


async def _body(context: Context, change: Change, wanted: tuple[Block, ...], *, again: bool) -> Mapping[str, str]:
    """Bring a body to its wanted words; what is to be remembered of it."""
    if is_woven(wanted) and change.key in context.applied:
        return await _weave(context, context.applied[change.key], change.id, wanted, again=again)
    live = await body_of(context, change.id)
    _refuse_haste(change, live)
    for one in body_edits([placed.editable for placed in live], wanted):
        await _edit(context, change.id, one, TOP if live else "")
    return {}


def _refuse_haste(change: Change, live: Iterable[Placed]) -> None:
    """Whoever wrote there since the plan was made is not written over: the next plan takes their words into account.
    Raises ItemRefused."""
    planned = [one for told in change.fields if told.name in BODIES and isinstance(told.old, list) for one in told.old]
    theirs = blocks(tuple(placed.block for placed in live if not placed.by_us))
    if isinstance(theirs, list) and any(one not in planned for one in theirs):
        raise ItemRefused("Somebody is writing on it right now", hint="Run it again in a moment")


async def _weave(
    context: Context, known: Applied, page_id: str, wanted: tuple[Block, ...], *, again: bool
) -> Mapping[str, str]:
    live, before = await lived_of(context, page_id), written_in(known)
    woven = weave(taken_up(before, live, wanted) if again else before, live, wanted)
    written = dict(woven.written)
    for one in woven.edits:
        added = await _edit(context, page_id, one, TOP if live else "")
        for block, identifier in zip(one.insert, added, strict=False):
            written[block.anchor] = replace(written[block.anchor], id=identifier)
    return noted(written)


async def _section(context: Context, section: Section, change: Change, *, again: bool) -> list[str]:
    """A section's blocks stand among others on its page: only the noted ones are compared, and those that a lost
    answer would have told of."""
    page_id, known = context.page_id(section.page), context.applied[section.key]
    on_page = await context.house.gateway.blocks(page_id)
    own = set(known.refs.get("blocks", "").split())
    if again:
        wanted = {(block.type.value, block.text.plain) for block in section.blocks}
        like_ours = (b for b in on_page if b.edited_by_us and (b.type, b.text.plain) in wanted)
        own |= added_since(known, like_ours, known_blocks(context))
    live = await section_of(context, on_page, own)
    _refuse_haste(change, live)
    ids = [one.id for one in live]
    for one in body_edits([placed.editable for placed in live], section.blocks):
        ids += await _edit(context, page_id, one, live[-1].id if live else "")
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


def ids_of(context: Context, change: Change) -> tuple[str, ...]:
    """What has to go for an item to go: a section is as many blocks as it has on its page, and a view that stands on
    one goes with the linked database that holds it."""
    known = context.applied.get(change.key)
    if known is not None and change.kind is Kind.SECTION:
        return tuple(known.refs.get("blocks", change.id).split())
    if known is not None and change.kind is Kind.VIEW and change.id == known.id:
        return (removable(known),)
    return (change.id,)


async def trash(context: Context, change: Change) -> None:
    """Put an item into the trash; a view, which has none, is deleted."""
    gateway, known = context.house.gateway, context.applied.get(change.key)
    is_block = change.kind is Kind.SECTION or (change.kind is Kind.VIEW and known is not None and is_linked(known))
    for identifier in ids_of(context, change):
        if is_block:
            await gateway.delete_block(identifier)
        elif change.kind is Kind.VIEW:
            await gateway.delete_view(identifier)
        elif change.kind is Kind.DATABASE:
            await gateway.update_database(identifier, in_trash=True)
        else:
            await gateway.update_page(identifier, in_trash=True)


async def untrash(context: Context, kind: Kind, identifier: str) -> None:
    """Bring an item back from the trash."""
    if kind is Kind.DATABASE:
        await context.house.gateway.update_database(identifier, in_trash=False)
    else:
        await context.house.gateway.update_page(identifier, in_trash=False)
