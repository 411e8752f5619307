"""Looking: what is there now, by what we remember, and by markers and keys where we remember nothing.

Absence is never guessed: a row that a whole scan did not show is asked for by its id, and a scan that was cut short
means nothing at all.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import replace

from notion_roadmap.errors import UserError
from notion_roadmap.plan.compare import to_read
from notion_roadmap.service.context import Context, live_property
from notion_roadmap.service.find import find_root, recover
from notion_roadmap.service.house import House
from notion_roadmap.service.lookup import look_up
from notion_roadmap.workspace.addresses import Addresses
from notion_roadmap.workspace.columns import Column, Columns
from notion_roadmap.workspace.items import ROOT, Database, Kind, Page, Row, Section, View, Workspace
from notion_roadmap.workspace.observed import Applied, Seen


class ParentUnreachable(UserError):
    """The page that everything is put on cannot be used."""


async def observe(house: House, workspace: Workspace) -> Context:
    """Look at everything that the plan must know. Sends reads only.

    Raises ParentUnreachable, NotionError, StateOfAnotherWorkspace.
    """
    me, parent = await asyncio.gather(house.gateway.me(), house.gateway.page(house.parent_page_id))
    if parent is None or parent.trashed:
        await _explain_parent(house, me.name, trashed=parent is not None)
    house.state.claim(
        {"base_url": house.settings.notion_base_url, "workspace": me.workspace_id, "parent": house.parent_page_id}
    )
    seen = Context(house, workspace, house.state.applied())
    _learn(seen.addresses, seen.applied.values())
    await _settle_intents(seen)
    if ROOT not in seen.applied:
        root_id, seen.siblings[""] = await find_root(house, workspace)
        if root_id is None:
            return seen
        seen.addresses = await recover(house, workspace, root_id)
    await _look_at_pages(house, workspace, seen)
    await asyncio.gather(*(_look_at_database(house, d, seen) for d in workspace.databases))
    await _look_at_views(house, workspace, seen)
    await read_in_full(seen, workspace)
    return seen


async def _settle_intents(seen: Context) -> None:
    """What a run that was cut short was about to make: found, or free to be made again."""
    items = {i.key: i for i in seen.workspace.items()}
    state = seen.house.state
    for intent in sorted(state.intents().values(), key=lambda i: (i.at, i.key)):
        item = items.get(intent.key)
        if item is None or isinstance(item, Row) or not _home_is_known(item, seen):
            continue
        found = await look_up(seen, item, intent.siblings)
        if found is None:
            state.drop(intent.key)
            continue
        applied = Applied(intent.kind, intent.key, found.id, intent.fields, found.refs, found.rung)
        state.settle(applied)
        seen.applied[intent.key] = applied
        _learn(seen.addresses, [applied])


def _home_is_known(item: object, seen: Context) -> bool:
    """Whether the place that the item was to be made in exists; else the item cannot exist either."""
    match item:
        case Page(parent=place) | Section(page=place) | Database(page=place):
            return place == "" or seen.addresses.knows(place)
        case View(database=database):
            return seen.addresses.knows(database)
    return False


async def _explain_parent(house: House, integration: str, *, trashed: bool) -> None:
    page = house.parent_page_id
    if trashed:
        raise ParentUnreachable(f"The parent page {page} is in the trash", hint="Restore it in Notion, then run again")
    if await house.gateway.database(page) is not None:
        raise ParentUnreachable(
            f"NOTION_PARENT_PAGE {page} is a database, and a roadmap is put on a page",
            hint="Give the URL of a page",
        )
    raise ParentUnreachable(
        f"Notion does not show the page {page} to the connection {integration!r}",
        hint="Open the page in Notion, choose ••• > Connections and add the connection, then run again",
    )


def _learn(addresses: Addresses, applied: Iterable[Applied]) -> None:
    for one in applied:
        addresses.learn(one.key, one.id)
        if "data_source" in one.refs:
            addresses.sources[one.key] = one.refs["data_source"]
        for name, value in one.refs.items():
            if name.startswith("block:"):
                addresses.anchors[f"{one.key}#{name.removeprefix('block:')}"] = value


async def _look_at_pages(house: House, workspace: Workspace, seen: Context) -> None:
    async def look(page: Page) -> None:
        found = await house.gateway.page(seen.addresses.ids[page.key])
        if found is None:
            return
        item = replace(found.item, key=page.key, parent=page.parent) if isinstance(found.item, Page) else None
        seen.live[page.key] = replace(found, item=item)
        if page.parent == "":
            seen.root_url = found.refs.get("url", "")

    await asyncio.gather(*(look(p) for p in workspace.pages if seen.addresses.knows(p.key)))
    for section in workspace.sections:
        if seen.addresses.knows(section.key) and section.page in seen.live:
            seen.live[section.key] = Seen(seen.addresses.ids[section.key], refs=_refs(seen, section.key))


def _refs(seen: Context, key: str) -> Mapping[str, str]:
    return seen.applied[key].refs if key in seen.applied else {}


async def _look_at_database(house: House, database: Database, seen: Context) -> None:
    if not seen.addresses.knows(database.key):
        return
    source = seen.addresses.sources.get(database.key)
    if source is None:  # a crash between the create and the read that names its data source
        container = await house.gateway.database(seen.addresses.ids[database.key])
        if container is None or container.trashed or not container.sources:
            seen.live[database.key] = Seen(seen.addresses.ids[database.key], trashed=True)
            return
        source = seen.addresses.sources[database.key] = container.sources[0]
    schema, views = await asyncio.gather(
        house.gateway.schema(source), house.gateway.view_ids(seen.addresses.ids[database.key])
    )
    if schema is None or schema.trashed:
        seen.live[database.key] = Seen(seen.addresses.ids[database.key], trashed=True)
        return
    item = replace(database, title=schema.title, properties=())
    seen.live[database.key] = Seen(seen.addresses.ids[database.key], item, refs={"data_source": source})
    seen.siblings[database.key] = views
    seen.columns[database.key] = columns = _columns(database, schema.columns, seen)
    for prop in database.properties:
        if prop.key in columns.by_key:
            column = columns.by_key[prop.key]
            seen.live[prop.key] = Seen(column.id, live_property(prop, columns.by_key[prop.key]))
    await _look_at_rows(house, database, columns, source, seen)


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


async def _look_at_rows(house: House, database: Database, columns: Columns, source: str, seen: Context) -> None:
    wanted = {k for k, a in seen.applied.items() if a.kind is Kind.ROW and k.partition("/")[0] == database.key}
    found = await house.gateway.rows(source, columns, seen.addresses)
    by_id = {row.id: row for row in found.rows}
    by_key: dict[str, list[Seen]] = {}
    for row in found.rows:
        key = seen.addresses.row_key(row.id)
        if key.startswith("id:") and isinstance(row.item, Row):
            key = row.item.key
        if key:
            by_key.setdefault(key, []).append(row)
    for key, rows in by_key.items():
        ours, *others = sorted(
            rows, key=lambda r: (r.id != seen.addresses.ids.get(key), r.created is None, r.created, r.id)
        )
        seen.live[key] = ours
        seen.addresses.learn(key, ours.id)
        if others:
            seen.twins[key] = tuple(others)
    await _settle_row_intents(database, seen)
    absent = [k for k in sorted(wanted) if k not in seen.live and seen.applied[k].id not in by_id]
    await asyncio.gather(*(_where_is(house, key, found.complete, seen) for key in absent))


async def _settle_row_intents(database: Database, seen: Context) -> None:
    """Rows that were about to be made: shown by the scan, or looked up again, because a query may lag."""
    rows = {r.key: r for r in seen.workspace.rows if r.database == database.key}
    state = seen.house.state
    for intent in state.intents().values():
        if intent.key not in rows:
            continue
        if intent.key not in seen.live:
            found = await look_up(seen, rows[intent.key], ())
            if found is None:
                state.drop(intent.key)
                continue
            seen.live[intent.key] = Seen(found.id)
            seen.addresses.learn(intent.key, found.id)
        seen.applied[intent.key] = Applied(intent.kind, intent.key, seen.live[intent.key].id, intent.fields)
        state.settle(seen.applied[intent.key])


async def _where_is(house: House, key: str, complete: bool, seen: Context) -> None:
    """A row that the scan did not show: trashed and moved rows are gone from here, anything else still exists."""
    identifier = seen.applied[key].id
    page = await house.gateway.page(identifier)
    if page is None:
        seen.live[key] = Seen(identifier, trashed=True)
        seen.warnings.append(f"{key} is no longer shared with the connection, or was deleted for good")
        return
    source = seen.addresses.sources[key.partition("/")[0]]
    home = (source, seen.addresses.ids[key.partition("/")[0]])
    moved = isinstance(page.item, Page) and page.item.parent not in home
    seen.live[key] = Seen(identifier, trashed=page.trashed or moved)
    if not complete and not page.trashed and not moved:
        seen.warnings.append(f"the listing that should hold {key} was cut short by Notion")


async def _look_at_views(house: House, workspace: Workspace, seen: Context) -> None:
    """Which of our views are still there: tabs by the list of their database, the others by asking for each."""
    tabs = {identifier for views in seen.siblings.values() for identifier in views}

    async def look(view: View) -> None:
        identifier = seen.addresses.ids[view.key]
        if identifier in tabs or await house.gateway.view(identifier) is not None:
            seen.live[view.key] = Seen(identifier, refs=_refs(seen, view.key))

    known = [v for v in workspace.views if seen.addresses.knows(v.key) and v.key not in seen.live]
    await asyncio.gather(*(look(v) for v in known))


async def read_in_full(seen: Context, wished: Workspace) -> None:
    """Bodies and view configurations, of those few whose wish differs from what was last applied."""
    items = {i.key: i for i in seen.workspace.items()}
    gateway = seen.house.gateway

    async def read(key: str) -> None:
        item, there = items.get(key), seen.live[key]
        if isinstance(item, View):
            seen.live[key] = await _view_as_left(seen, item, there)
        elif isinstance(item, Row | Page) and isinstance(there.item, Row | Page):
            body = await gateway.tree(there.id)
            seen.live[key] = replace(there, item=replace(there.item, body=body))
        elif isinstance(item, Section):
            own = set(seen.applied[key].refs.get("blocks", "").split())
            blocks = await gateway.tree(seen.page_id(item.page), only=own)
            seen.live[key] = replace(there, item=replace(item, blocks=blocks))

    wanted = to_read(wished, seen.applied)
    await asyncio.gather(*(read(k) for k in sorted(wanted) if k in seen.live and not seen.live[k].trashed))


async def _view_as_left(seen: Context, view: View, there: Seen) -> Seen:
    """Notion tells a view in more words than we wish one in, so it is compared with the answer that we got then."""
    live = await seen.house.gateway.view(there.id)
    if live is None:
        return replace(there, trashed=True)
    before = seen.applied[view.key]
    as_left = before.refs.get("shown") == live.shown
    configuration = before.fields.get("configuration") if as_left else {"is": "edited", "shown": live.shown}
    return replace(there, item=view, fields={"name": live.name, "configuration": configuration})
