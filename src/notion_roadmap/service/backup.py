"""Backing up: everything of ours is read whole, in our words, with what the owner wrote in it. Sends reads only."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TypeVar

from notion_roadmap.blueprint import build
from notion_roadmap.errors import ItemRefused
from notion_roadmap.plan.fields import cell
from notion_roadmap.roadmap import Roadmap
from notion_roadmap.service.choose import Asked, choose
from notion_roadmap.service.context import Context
from notion_roadmap.service.house import House
from notion_roadmap.service.life import first_life
from notion_roadmap.service.observe import NOWHERE
from notion_roadmap.service.settle import learn
from notion_roadmap.service.sync import remember_workspace
from notion_roadmap.workspace.answers import SeenSchema
from notion_roadmap.workspace.blocks import Block
from notion_roadmap.workspace.canonical import JSON
from notion_roadmap.workspace.columns import Column, Columns
from notion_roadmap.workspace.items import Database, Kind, Page, Row, Workspace
from notion_roadmap.workspace.properties import COMPUTED
from notion_roadmap.workspace.thaw import words_of

T = TypeVar("T")

OWN = "own:"
"""How the keys of columns begin that the owner added: `tasks.own:<id>`."""


@dataclass(frozen=True, slots=True)
class KeptPage:
    """A page of ours that is no row."""

    key: str
    id: str
    title: str
    icon: str
    body: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class KeptRow:
    """A row, of ours or the owner's.

    Args:
        key: "" for a row that the owner made.
        values: canonical form by property key; columns that Notion computes are left out.
        created, edited: ISO 8601, "" when Notion did not say.
    """

    key: str
    id: str
    icon: str
    created: str
    edited: str
    values: Mapping[str, JSON]
    body: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class KeptColumn:
    """A column as it is now, with the key of ours that it stands for or one of the owner's own."""

    key: str
    column: Column


@dataclass(frozen=True, slots=True)
class KeptDatabase:
    """A database with its columns and all of its rows, oldest first."""

    key: str
    id: str
    source_id: str
    title: str
    columns: tuple[KeptColumn, ...]
    rows: tuple[KeptRow, ...]


@dataclass(frozen=True, slots=True)
class KeptView:
    """A view: as it is named now, and for ours how we last wished for it.

    Args:
        key: "" for a view that the owner made.
    """

    key: str
    id: str
    database: str
    name: str
    layout: str
    wished: Mapping[str, JSON]


@dataclass(frozen=True, slots=True)
class Backup:
    """A whole workspace of ours at a moment.

    Args:
        made: when the reading began.
        choices: what it was seeded with.
        unread: what could not be read, each a sentence. With it the backup is not whole.
    """

    roadmap: str
    title: str
    version: str
    made: datetime
    choices: Mapping[str, str]
    pages: tuple[KeptPage, ...]
    databases: tuple[KeptDatabase, ...]
    views: tuple[KeptView, ...]
    unread: tuple[str, ...] = ()

    @property
    def rows(self) -> int:
        """How many rows are in it."""
        return sum(len(database.rows) for database in self.databases)


Report = Callable[[int, int], None]
"""Told how many pages were read, of how many."""


async def back_up(house: House, roadmap: Roadmap, *, report: Report = lambda _done, _all: None) -> Backup:
    """Read everything. Takes a request for each page and row, for their bodies, and few besides.

    What cannot be read is in `unread`. Raises NotSeeded, NotionError where nothing more can be done, StateError.
    """
    try:
        return await _Reader(house, roadmap, report).run()
    finally:
        house.state.save_spending(house.gateway.spent())


@dataclass
class _Reader:
    """One reading of a workspace."""

    house: House
    roadmap: Roadmap
    report: Report
    unread: list[str] = field(default_factory=list)

    async def run(self) -> Backup:
        made = self.house.clock.now()
        await remember_workspace(self.house, self.roadmap)
        choices = choose(self.house, NOWHERE, Asked())
        workspace = build(self.roadmap, choices, first_life(self.roadmap, choices))
        self.context = Context(self.house, workspace, self.house.state.all())
        learn(self.context.addresses, self.context.applied.values())
        known = self.context.addresses
        found = await asyncio.gather(*(self._database(d) for d in workspace.databases if d.key in known.sources))
        databases = [self._named(one) for one in found if one is not None]
        views = await asyncio.gather(*(self._views(one) for one in databases))
        pages, databases = await self._bodies(workspace, databases)
        return Backup(
            self.roadmap.key,
            self.roadmap.title,
            str(self.roadmap.version),
            made,
            dict(choices.remembered()),
            tuple(pages),
            tuple(databases),
            tuple(view for some in views for view in some),
            tuple(sorted(self.unread)),
        )

    async def _database(self, database: Database) -> KeptDatabase | None:
        source = self.context.addresses.sources[database.key]
        schema = await self._read(f"the columns of {database.title}", self.house.gateway.schema(source))
        if schema is None or schema.trashed:
            self.unread.append(f"{database.title} is gone or no longer shared.")
            return None
        kept = _columns(database, schema, self.context)
        columns = Columns({one.key: one.column for one in kept if one.column.type not in COMPUTED})
        rows = await self._read(
            f"the rows of {database.title}",
            self.house.gateway.rows(source, columns, self.context.addresses, key_property=database.key_property),
        )
        if rows is not None and not rows.complete:
            self.unread.append(f"Notion cut the list of {database.title} short.")
        there = [row for row in (rows.rows if rows is not None else ()) if isinstance(row.item, Row)]
        for row in there:
            if isinstance(row.item, Row) and row.item.key and row.item.key not in self.context.addresses.ids:
                self.context.addresses.learn(row.item.key, row.id)
        return KeptDatabase(
            database.key,
            self.context.addresses.ids[database.key],
            source,
            schema.title,
            kept,
            tuple(kept_row(row.id, row.item, row.created, row.edited) for row in there if isinstance(row.item, Row)),
        )

    def _named(self, database: KeptDatabase) -> KeptDatabase:
        """Related rows by their keys: a row may have been read before the rows that it names."""
        rows = (replace(r, values={k: self._keys(v) for k, v in r.values.items()}) for r in database.rows)
        return replace(database, rows=tuple(rows))

    def _keys(self, value: JSON) -> JSON:
        if not isinstance(value, list):
            return value
        names = [str(one) for one in value]
        known = self.context.addresses
        return list[JSON](sorted(known.row_key(n.removeprefix("id:")) if n.startswith("id:") else n for n in names))

    async def _views(self, database: KeptDatabase) -> list[KeptView]:
        gateway, known = self.house.gateway, self.context.applied.values()
        ours = {one.id: one for one in known if one.kind is Kind.VIEW and one.fields.get("database") == database.key}
        listed = await self._read(f"the views of {database.title}", gateway.view_ids(database.id)) or ()
        found: list[KeptView] = []
        for identifier in dict.fromkeys((*listed, *sorted(ours))):
            view = await self._read(f"a view of {database.title}", gateway.view(identifier, self.context.addresses))
            if view is None:
                continue
            one = ours.get(identifier)
            wished = dict(one.fields) if one is not None else {}
            found.append(KeptView(one.key if one else "", view.id, database.key, view.name, view.layout, wished))
        return found

    async def _bodies(
        self, workspace: Workspace, databases: list[KeptDatabase]
    ) -> tuple[list[KeptPage], list[KeptDatabase]]:
        pages = [page for page in workspace.pages if self.context.addresses.knows(page.key)]
        total, done = len(pages) + sum(len(database.rows) for database in databases), 0
        self.report(0, total)

        async def body(identifier: str, what: str) -> tuple[Block, ...]:
            nonlocal done
            blocks = await self._read(f"the page of {what}", self.house.gateway.tree(identifier))
            done += 1
            self.report(done, total)
            return blocks or ()

        async def page_of(page: Page) -> KeptPage | None:
            identifier = self.context.addresses.ids[page.key]
            there = await self._read(page.title, self.house.gateway.page(identifier))
            if there is None or there.trashed or not isinstance(there.item, Page):
                self.unread.append(f"The page {page.title} is gone or no longer shared.")
                return None
            blocks = await body(identifier, page.title)
            return KeptPage(page.key, identifier, there.item.title, there.item.icon, blocks)

        async def row_of(row: KeptRow) -> KeptRow:
            return replace(row, body=await body(row.id, row.key or row.id))

        kept = await asyncio.gather(*(page_of(page) for page in pages))
        filled = [replace(d, rows=tuple(await asyncio.gather(*(row_of(r) for r in d.rows)))) for d in databases]
        return [page for page in kept if page is not None], filled

    async def _read(self, what: str, asked: Awaitable[T]) -> T | None:
        """An answer; None, and a sentence, where Notion refuses this one."""
        try:
            return await asked
        except ItemRefused as error:
            self.unread.append(f"Notion does not show {what}: {error.what}.")
            return None


def _columns(database: Database, schema: SeenSchema, context: Context) -> tuple[KeptColumn, ...]:
    """Ours first, in their order."""
    places = [p.key for p in database.properties]
    ours = {context.addresses.ids[key]: key for key in places if context.addresses.knows(key)}
    kept = [KeptColumn(ours.get(one.id, f"{database.key}.{OWN}{one.id}"), one) for one in schema.columns]
    return tuple(sorted(kept, key=lambda one: places.index(one.key) if one.key in places else len(places)))


def kept_row(identifier: str, row: Row, created: datetime | None = None, edited: datetime | None = None) -> KeptRow:
    """A row as a backup keeps it, without its page."""
    values = {key: cell(value) for key, value in row.values.items()}
    return KeptRow(row.key, identifier, row.icon, _moment(created), _moment(edited), values)


def _moment(stamp: datetime | None) -> str:
    return stamp.isoformat() if stamp is not None else ""


def titles_of(databases: Iterable[KeptDatabase]) -> dict[str, str]:
    """What each row is called in relations, and its title."""
    titles: dict[str, str] = {}
    for database in databases:
        column = next((one.key for one in database.columns if one.column.type == "title"), "")
        titles |= {row.key or f"id:{row.id}": words_of(row.values.get(column)) for row in database.rows}
    return titles
