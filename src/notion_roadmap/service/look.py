"""One look at each kind of thing: pages, databases with columns and rows, views, and what the template dropped."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import replace

from notion_roadmap.service.bodies import section_of
from notion_roadmap.service.context import Context, live_property
from notion_roadmap.service.manifest import MANIFEST
from notion_roadmap.service.settle import settle_row_intents
from notion_roadmap.service.stand_ins import REPLACES, is_linked
from notion_roadmap.service.whereabouts import whereabouts
from notion_roadmap.workspace.addresses import Addresses
from notion_roadmap.workspace.columns import Column, Columns
from notion_roadmap.workspace.items import ROOT, Database, Kind, Page, Row, Section
from notion_roadmap.workspace.observed import Applied, Seen
from notion_roadmap.workspace.properties import Value
from notion_roadmap.workspace.views import OnPage, View


async def look_at_pages(seen: Context) -> None:
    """Our pages, and the sections that stand on them."""

    async def look(page: Page) -> None:
        found = await seen.house.gateway.page(seen.addresses.ids[page.key])
        if found is None or not isinstance(found.item, Page):
            return
        anchors = {b.anchor: seen.addresses.anchors.get(f"{page.key}#{b.anchor}") for b in page.body if b.anchor}
        refs = {f"block:{name}": identifier for name, identifier in anchors.items() if identifier}
        item = replace(found.item, key=page.key, parent=page.parent)
        seen.live[page.key] = replace(found, item=item, refs=refs)
        if page.key == ROOT:
            seen.root_url = found.refs.get("url", "")

    await asyncio.gather(*(look(p) for p in seen.workspace.pages if seen.addresses.knows(p.key)))
    await asyncio.gather(*(_look_at_section(s, seen) for s in seen.workspace.sections if s.page in seen.live))


async def _look_at_section(section: Section, seen: Context) -> None:
    """It is there as long as one of its blocks is. Blocks that are gone from their page are not asked for again: what
    was removed is made anew."""
    if section.key in seen.sections:
        ids = seen.sections[section.key]
    elif section.key in seen.applied:
        ids = tuple(seen.applied[section.key].refs.get("blocks", "").split())
        on_page = {b.id for b in await seen.house.gateway.blocks(seen.page_id(section.page)) if not b.trashed}
        if on_page.isdisjoint(ids):
            return
    else:
        return
    seen.live[section.key] = Seen(seen.addresses.ids[section.key], refs={"blocks": " ".join(ids)})


async def look_at_databases(seen: Context) -> None:
    """Our databases, their columns and rows, ours and the owner's."""
    # All sources first: a relation is known by the one that it points at.
    await asyncio.gather(*(_find_source(d, seen) for d in seen.workspace.databases))
    await asyncio.gather(*(_look_at_database(d, seen) for d in seen.workspace.databases))
    _name_relations(seen)


def _name_relations(seen: Context) -> None:
    """Related rows by our keys: a row may have been read before the rows that it names."""
    for key, there in seen.live.items():
        if isinstance(there.item, Row):
            values = {k: _named(v, seen.addresses) for k, v in there.item.values.items()}
            seen.live[key] = replace(there, item=replace(there.item, values=values))


def _named(value: Value, addresses: Addresses) -> Value:
    if not isinstance(value, tuple):
        return value
    return tuple(addresses.row_key(v.removeprefix("id:")) if v.startswith("id:") else v for v in value)


async def _find_source(database: Database, seen: Context) -> None:
    """The data source of a database whose create was cut short before it was read."""
    if seen.addresses.knows(database.key) and database.key not in seen.addresses.sources:
        container = await seen.house.gateway.database(seen.addresses.ids[database.key])
        if container is not None and not container.trashed and container.sources:
            seen.addresses.sources[database.key] = container.sources[0]


async def _look_at_database(database: Database, seen: Context) -> None:
    if not seen.addresses.knows(database.key):
        return
    source = seen.addresses.sources.get(database.key)
    if source is None:
        seen.live[database.key] = Seen(seen.addresses.ids[database.key], trashed=True)
        return
    schema, views = await asyncio.gather(
        seen.house.gateway.schema(source), seen.house.gateway.view_ids(seen.addresses.ids[database.key])
    )
    if schema is None or schema.trashed:
        seen.live[database.key] = Seen(seen.addresses.ids[database.key], trashed=True)
        return
    item = replace(database, title=schema.title, properties=())
    seen.live[database.key] = Seen(seen.addresses.ids[database.key], item, refs={"data_source": source})
    seen.siblings[database.key] = views
    seen.columns[database.key] = columns = _columns(database, schema.columns, seen)
    seen.foreign_columns[database.key] = _strangers(schema.columns, columns, seen)
    for prop in database.properties:
        if prop.key in columns.by_key:
            column = columns.by_key[prop.key]
            there = live_property(prop, column, seen.addresses)
            seen.live[prop.key] = Seen(column.id, there)
            if prop.relation and there.relation and there.relation.target != prop.relation.target:
                words = f"{column.name} in {schema.title} leads to a database that is gone: rows are made without it"
                seen.warnings.append(f"{words}. Delete the column in Notion and seed with --restore to have it again.")
    await _look_at_rows(database, columns, source, seen)


def _columns(database: Database, live: Iterable[Column], seen: Context) -> Columns:
    columns = tuple(live)
    by_id = {c.id: c for c in columns}
    by_name = {c.name: c for c in columns}
    found: dict[str, Column] = {}
    for prop in database.properties:
        known = seen.addresses.ids.get(prop.key)
        column = by_id.get(known) if known is not None else by_name.get(prop.name)
        if column is None and prop.type == "title":
            column = by_id.get("title")
        if column is not None:
            found[prop.key] = column
            seen.addresses.learn(prop.key, column.id)
    return Columns(found)


def _strangers(live: Iterable[Column], columns: Columns, seen: Context) -> tuple[str, ...]:
    """Ids of the columns that the owner added: neither wished for nor recorded."""
    ours = {c.id for c in columns.by_key.values()}
    ours |= {a.id for a in seen.applied.values() if a.kind is Kind.PROPERTY}
    return tuple(c.id for c in live if c.id not in ours)


async def _look_at_rows(database: Database, columns: Columns, source: str, seen: Context) -> None:
    """All rows, ours by their ids or keys, those that a sync made in time too. One with another key is the owner's."""
    found = await seen.house.gateway.rows(source, columns, seen.addresses, key_property=database.key_property)
    recorded = {a.key for a in seen.applied.values() if a.kind is Kind.ROW and _is_in(a.key, database)}
    ours = recorded | {r.key for r in seen.workspace.rows if r.database == database.key}
    by_key: dict[str, list[Seen]] = {}
    for row in found.rows:
        key = row.item.key if isinstance(row.item, Row) else ""
        grown = database.grows and row.made_by_us and _is_in(key, database)
        by_key.setdefault(key if key in ours or grown else "", []).append(row)
    seen.foreign_rows[database.key] = tuple(r.id for r in by_key.pop("", []))
    for key, rows in by_key.items():
        known = seen.addresses.ids.get(key)
        one, *others = sorted(rows, key=lambda r: (r.id != known, r.created is None, r.created, r.id))
        seen.live[key] = one
        seen.addresses.learn(key, one.id)
        if others:
            seen.twins[key] = tuple(others)
    await settle_row_intents(database, seen)
    absent = sorted(k for k in recorded if k not in seen.live)
    await asyncio.gather(*(_where_is(key, source, found.complete, seen) for key in absent))


def _is_in(row_key: str, database: Database) -> bool:
    return row_key.partition("/")[0] == database.key


async def _where_is(key: str, source: str, complete: bool, seen: Context) -> None:
    """A row that the scan did not show: trashed and moved rows are gone from here, anything else still exists."""
    identifier = seen.applied[key].id
    home = (source, seen.addresses.ids[key.partition("/")[0]])
    gone = await whereabouts(seen.house.gateway, identifier, home)
    seen.live[key] = Seen(identifier, trashed=bool(gone))
    if gone == "unshared":
        seen.warnings.append(f"{key} is no longer shared with the connection, or was deleted for good")
    elif not gone and not complete:
        seen.warnings.append(f"the listing that should hold {key} was cut short by Notion")


async def look_at_views(seen: Context) -> None:
    """Which of our views are still there: tabs by the list of their database, the others by asking for each."""
    tabs = {identifier for views in seen.siblings.values() for identifier in views}

    async def look(view: View) -> None:
        identifier = seen.addresses.ids[view.key]
        recorded = seen.applied[view.key].refs if view.key in seen.applied else {}
        if REPLACES in recorded:
            await _look_at_replaced(view, seen)
        if identifier in tabs:
            seen.live[view.key] = Seen(identifier, refs=recorded, rung=seen.rungs.get(view.key, 0))
            return
        there = await seen.house.gateway.view(identifier, seen.addresses)
        if there is not None:
            linked = {"database": there.database_id} if isinstance(view.place, OnPage) else {}
            rung = seen.rungs.get(view.key, 0)
            seen.live[view.key] = Seen(identifier, refs=recorded or linked, rung=rung)

    known = [v for v in seen.workspace.views if seen.addresses.knows(v.key) and v.key not in seen.live]
    await asyncio.gather(*(look(v) for v in known))


async def _look_at_replaced(view: View, seen: Context) -> None:
    """The stand-in of a view that was granted in full since, where a run was cut short before it was taken away."""
    one = seen.applied[view.key]
    left, gateway = one.refs[REPLACES], seen.house.gateway
    is_there = await (gateway.database(left) if is_linked(one) else gateway.view(left, seen.addresses)) is not None
    if is_there:
        seen.twins[view.key] = (Seen(left, fields={"name": view.name}),)
    else:
        seen.applied[view.key] = replace(one, refs={n: i for n, i in one.refs.items() if n != REPLACES})
        seen.house.state.record(seen.applied[view.key])


async def look_at_dropped(seen: Context) -> None:
    """What we once made and the template no longer has: whether it is still there."""
    wanted = {item.key for item in seen.workspace.items()}
    dropped = [a for key, a in seen.applied.items() if key not in wanted and key not in seen.live]
    await asyncio.gather(*(_look_at_one_dropped(a, seen) for a in dropped))


async def _look_at_one_dropped(one: Applied, seen: Context) -> None:
    gateway, there = seen.house.gateway, False
    if one.kind is Kind.SECTION:
        await _look_at_dropped_section(one, seen)
    elif one.kind is Kind.VIEW:
        there = await gateway.view(one.id, seen.addresses) is not None
    elif one.kind is Kind.DATABASE:
        database = await gateway.database(one.id)
        there = database is not None and not database.trashed
    elif one.kind is Kind.PROPERTY:
        columns = seen.foreign_columns.get(one.key.partition(".")[0])
        there = columns is not None
    elif one.kind in (Kind.PAGE, Kind.ROW):
        page = await gateway.page(one.id)
        there = page is not None and not page.trashed
    if there:
        seen.live[one.key] = Seen(one.id, refs=one.refs)


async def _look_at_dropped_section(one: Applied, seen: Context) -> None:
    """A section that the template no longer has, with its words: they say whether the owner touched it. The manifest is
    no part of a template."""
    page = str(one.fields.get("page", ""))
    if one.key == MANIFEST or page not in seen.live or seen.live[page].trashed:
        return
    on_page = await seen.house.gateway.blocks(seen.page_id(page))
    placed = await section_of(seen, on_page, one.refs.get("blocks", "").split())
    if placed:
        words = tuple(block.block for block in placed)
        by_us = all(block.by_us for block in placed)
        seen.live[one.key] = Seen(one.id, Section(one.key, page, words), edited_by_us=by_us, refs=one.refs)
