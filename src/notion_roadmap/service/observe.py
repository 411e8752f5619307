"""Looking: what is there now, by what we remember, and by markers and keys where we remember nothing.

Absence is never guessed: a row that a whole scan did not show is asked for by its id, and a scan that was cut short
means nothing at all.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from notion_roadmap.errors import UserError
from notion_roadmap.plan.compare import to_read
from notion_roadmap.service.bodies import body_of, section_of
from notion_roadmap.service.context import Context, live_property
from notion_roadmap.service.find import Root, find_root, recover
from notion_roadmap.service.house import House
from notion_roadmap.service.lookup import look_up
from notion_roadmap.workspace.addresses import Addresses
from notion_roadmap.workspace.canonical import JSON
from notion_roadmap.workspace.columns import Column, Columns
from notion_roadmap.workspace.items import ROOT, Database, Kind, Page, Row, Section, Workspace
from notion_roadmap.workspace.observed import Applied, Seen
from notion_roadmap.workspace.properties import Value
from notion_roadmap.workspace.views import View


class ParentUnreachable(UserError):
    """The page that everything is put on cannot be used."""


@dataclass(frozen=True)
class Arrival:
    """What is known before anything is wished for.

    Args:
        root: the root page that was found because nothing here remembers one; None otherwise.
        parent_blocks: ids of what stands on the owner's page, () when there was no need to look.
        latency_seconds: how long Notion took to answer.
    """

    root: Root | None
    parent_blocks: tuple[str, ...]
    latency_seconds: float


async def arrive(house: House, roadmap: str, title: str) -> Arrival:
    """Check token and page, bind the state to the workspace, and look for what it does not remember.

    Raises ParentUnreachable, NotionError, StateOfAnotherWorkspace.
    """
    began = house.clock.monotonic()
    me, parent = await asyncio.gather(house.gateway.me(), house.gateway.page(house.parent_page_id))
    latency = house.clock.monotonic() - began
    if parent is None or parent.trashed:
        await _explain_parent(house, me.name, trashed=parent is not None)
    house.state.claim({"place": house.place, "workspace": me.workspace_id, "parent": house.parent_page_id})
    if ROOT in house.state.all():
        return Arrival(None, (), latency)
    blocks = await house.gateway.blocks(house.parent_page_id)
    root = None if any(i.key == ROOT for i in house.state.intents()) else await find_root(house, roadmap, title, blocks)
    return Arrival(root, tuple(b.id for b in blocks), latency)


async def observe(house: House, workspace: Workspace, arrival: Arrival) -> Context:
    """Look at everything that the plan must know. Sends reads only."""
    seen = Context(house, workspace, house.state.all(), latency_seconds=arrival.latency_seconds)
    seen.siblings[""] = arrival.parent_blocks
    _learn(seen.addresses, seen.applied.values())
    await _settle_intents(seen)
    if arrival.root is not None:
        found = await recover(house, workspace, arrival.root)
        seen.addresses, seen.sections = found.addresses, found.sections
    if not seen.addresses.knows(ROOT):
        return seen
    await _look_at_pages(seen)
    await asyncio.gather(*(_look_at_database(d, seen) for d in workspace.databases))
    _name_relations(seen)
    await _look_at_views(seen)
    await read_in_full(seen, workspace)
    return seen


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


async def _settle_intents(seen: Context) -> None:
    """What a run that was cut short was about to make: found, or free to be made again."""
    items = {i.key: i for i in seen.workspace.items()}
    state = seen.house.state
    for intent in state.intents():
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


async def _look_at_pages(seen: Context) -> None:
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
    for section in seen.workspace.sections:
        if seen.addresses.knows(section.key) and section.page in seen.live:
            seen.live[section.key] = Seen(seen.addresses.ids[section.key], refs=_section_refs(seen, section.key))


def _section_refs(seen: Context, key: str) -> Mapping[str, str]:
    if key in seen.applied:
        return seen.applied[key].refs
    return {"blocks": " ".join(seen.sections[key])} if key in seen.sections else {}


async def _look_at_database(database: Database, seen: Context) -> None:
    if not seen.addresses.knows(database.key):
        return
    source = seen.addresses.sources.get(database.key)
    if source is None:  # a crash between the create and the read that names its data source
        container = await seen.house.gateway.database(seen.addresses.ids[database.key])
        if container is None or container.trashed or not container.sources:
            seen.live[database.key] = Seen(seen.addresses.ids[database.key], trashed=True)
            return
        source = seen.addresses.sources[database.key] = container.sources[0]
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
    for prop in database.properties:
        if prop.key in columns.by_key:
            column = columns.by_key[prop.key]
            seen.live[prop.key] = Seen(column.id, live_property(prop, column, seen.addresses))
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


async def _look_at_rows(database: Database, columns: Columns, source: str, seen: Context) -> None:
    """All rows, ours by their ids or keys. A row whose key is none of ours is the owner's."""
    found = await seen.house.gateway.rows(source, columns, seen.addresses, key_property=database.key_property)
    recorded = {a.key for a in seen.applied.values() if a.kind is Kind.ROW and _is_in(a.key, database)}
    ours = recorded | {r.key for r in seen.workspace.rows if r.database == database.key}
    by_key: dict[str, list[Seen]] = {}
    for row in found.rows:
        key = row.item.key if isinstance(row.item, Row) else ""
        by_key.setdefault(key if key in ours else "", []).append(row)
    seen.foreign_rows[database.key] = tuple(r.id for r in by_key.pop("", []))
    for key, rows in by_key.items():
        known = seen.addresses.ids.get(key)
        one, *others = sorted(rows, key=lambda r: (r.id != known, r.created is None, r.created, r.id))
        seen.live[key] = one
        seen.addresses.learn(key, one.id)
        if others:
            seen.twins[key] = tuple(others)
    await _settle_row_intents(database, seen)
    absent = sorted(k for k in recorded if k not in seen.live)
    await asyncio.gather(*(_where_is(key, source, found.complete, seen) for key in absent))


def _is_in(row_key: str, database: Database) -> bool:
    return row_key.partition("/")[0] == database.key


async def _settle_row_intents(database: Database, seen: Context) -> None:
    """Rows that were about to be made: shown by the scan, or looked up again, because a query may lag."""
    rows = {r.key: r for r in seen.workspace.rows if r.database == database.key}
    state = seen.house.state
    for intent in state.intents():
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


async def _where_is(key: str, source: str, complete: bool, seen: Context) -> None:
    """A row that the scan did not show: trashed and moved rows are gone from here, anything else still exists."""
    identifier = seen.applied[key].id
    page = await seen.house.gateway.page(identifier)
    if page is None:
        seen.live[key] = Seen(identifier, trashed=True)
        seen.warnings.append(f"{key} is no longer shared with the connection, or was deleted for good")
        return
    home = (source, seen.addresses.ids[key.partition("/")[0]])
    moved = isinstance(page.item, Page) and page.item.parent not in home
    seen.live[key] = Seen(identifier, trashed=page.trashed or moved)
    if not complete and not page.trashed and not moved:
        seen.warnings.append(f"the listing that should hold {key} was cut short by Notion")


async def _look_at_views(seen: Context) -> None:
    """Which of our views are still there: tabs by the list of their database, the others by asking for each."""
    tabs = {identifier for views in seen.siblings.values() for identifier in views}

    async def look(view: View) -> None:
        identifier = seen.addresses.ids[view.key]
        if identifier in tabs or await seen.house.gateway.view(identifier, seen.addresses) is not None:
            seen.live[view.key] = Seen(identifier, refs=seen.applied[view.key].refs if view.key in seen.applied else {})

    known = [v for v in seen.workspace.views if seen.addresses.knows(v.key) and v.key not in seen.live]
    await asyncio.gather(*(look(v) for v in known))


async def read_in_full(seen: Context, wished: Workspace) -> None:
    """Bodies and view configurations, of those few whose wish differs from what was last applied."""
    items = {i.key: i for i in seen.workspace.items()}

    async def read(key: str) -> None:
        item, there = items.get(key), seen.live[key]
        if isinstance(item, View):
            seen.live[key] = await _view_as_left(seen, item, there)
        elif isinstance(item, Row | Page) and isinstance(there.item, Row | Page):
            body = await body_of(seen, there.id)
            seen.live[key] = replace(there, item=replace(there.item, body=tuple(block for _, block, _ in body)))
        elif isinstance(item, Section):
            own = set(seen.applied[key].refs.get("blocks", "").split())
            blocks = await section_of(seen, seen.page_id(item.page), own)
            seen.live[key] = replace(there, item=replace(item, blocks=tuple(block for _, block, _ in blocks)))

    wanted = to_read(wished, seen.applied)
    await asyncio.gather(*(read(k) for k in sorted(wanted) if k in seen.live and not seen.live[k].trashed))


async def _view_as_left(seen: Context, view: View, there: Seen) -> Seen:
    """Notion tells a view in more words than we wish one in, so it is compared with the answer that we got then."""
    live = await seen.house.gateway.view(there.id, seen.addresses)
    if live is None:
        return replace(there, trashed=True)
    before = seen.applied[view.key]
    as_left = before.refs.get("shown") == live.shown
    edited: JSON = {"is": "edited", "shown": live.shown}
    configuration = before.fields.get("configuration") if as_left else edited
    return replace(there, item=view, fields={"name": live.name, "configuration": configuration})
