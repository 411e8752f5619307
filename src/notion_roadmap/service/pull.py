"""Pulling: what people did in the databases that they edit since we last looked. Sends reads only.

Small databases are read whole, which is one request as well and shows at once what was trashed. Of larger ones only
what was edited since the watermark is asked for. Columns are known by the rows that show them; a database without rows
is asked in a way that tells whether they are there. Nothing that was not seen for certain is ever taken for gone.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final

from notion_roadmap.errors import ItemRefused, NotFound
from notion_roadmap.plan.fields import GOT, cell
from notion_roadmap.service.boxes import count_boxes
from notion_roadmap.service.facts import FACTS
from notion_roadmap.service.house import House
from notion_roadmap.service.pulled import Pulled, PulledSource
from notion_roadmap.service.whereabouts import whereabouts
from notion_roadmap.workspace.addresses import Addresses
from notion_roadmap.workspace.answers import SeenRows
from notion_roadmap.workspace.cached import CachedRow, Gone
from notion_roadmap.workspace.canonical import JSON
from notion_roadmap.workspace.columns import Column, Columns
from notion_roadmap.workspace.items import Database, Kind, Row
from notion_roadmap.workspace.observed import Applied, Seen
from notion_roadmap.workspace.properties import COMPUTED

COLUMNS: Final = "columns"
"""Name of the fact that holds, by database and property, the name and type that a column had when last seen."""

ONE_PAGE: Final = 100
"""Rows that one request reads. https://developers.notion.com/reference/intro#pagination"""

LAG: Final = timedelta(minutes=2)
"""How far a query may lag behind an edit."""

FEW: Final = 5
SHARE: Final = 0.2
"""More rows than both that are absent at once are rather a failure than the owner's doing."""

_CAN_BE_EMPTY: Final = frozenset({"select", "status", "multi_select", "date", "number", "rich_text", "url"})
"""Types of which a query can ask whether there is a value: of those that FACTS have, all but checkboxes.
https://developers.notion.com/reference/filter-data-source-entries"""

_ALIKE: Final = (frozenset({"select", "status"}), frozenset({"rich_text", "url"}))
"""Types whose values read the same."""


async def pull(
    house: House,
    addresses: Addresses,
    databases: Iterable[Database],
    applied: Mapping[str, Applied],
    *,
    full: bool = False,
) -> Pulled:
    """Look at these databases, those that exist. Nothing is recorded: see service.intake.

    Args:
        addresses: learns the rows that carry a key and were not known.
        applied: what the state holds, by key.
        full: read every row of every database, and ask for each that is absent; else a large database is asked for
            what was edited, and a mass of absent rows is only warned of.

    Raises NotionError where nothing more can be done in this run.
    """
    ids = {one.id: one for one in applied.values() if one.kind is Kind.ROW}
    looks = [_Look(house, addresses, one, ids, full) for one in databases if one.key in addresses.sources]
    known, began = len(addresses.ids), house.clock.monotonic()
    sources = await asyncio.gather(*(look.run() for look in looks))
    if len(addresses.ids) != known:
        sources = [_with_keys(source, addresses) for source in sources]
    watermark = _seen_until(house, began)
    counted = [await count_boxes(house, source, applied, full=full) for source in sources]
    warnings = [sentence for look in looks for sentence in look.warnings]
    return Pulled({one.database.key: one for one in counted}, tuple(warnings), watermark, began)


def pass_time(house: House, pulled: Pulled) -> None:
    """Move the watermarks on to what later answers told about Notion's clock. So what many edits of one minute brought
    is not asked for for ever: a sync that wrote anything knows that their minute is over."""
    until = _seen_until(house, pulled.began)
    for source in pulled.sources.values():
        if source.complete and until is not None:
            house.state.absorb(source.database.key, (), watermark=until)


def note_own_edits(house: House, pulled: Pulled) -> None:
    """Keep when we wrote rows ourselves, so that these edits do not look like somebody else's in the next pull."""
    for key, source in pulled.sources.items():
        written = {i: at for i, at in house.gateway.own_edits.items() if i in source.rows}
        if written:
            rows = [replace(source.rows[i], edited=at, edited_by_us=True) for i, at in written.items()]
            house.state.absorb(key, rows)


def _seen_until(house: House, began: float) -> datetime | None:
    """A moment by Notion's clock at which the first query was not sent yet; None when nothing tells.

    No answer tells that clock but by when rows were edited, and a row that is edited while pages are turned may be
    passed by, and another one that is edited even later seen. So it is not the newest edit, but that less the time
    that has passed since.
    """
    newest = house.gateway.newest_edit
    return None if newest is None else newest - timedelta(seconds=house.clock.monotonic() - began)


@dataclass
class _Look:
    """One database, from the query to its rows."""

    house: House
    addresses: Addresses
    database: Database
    recorded: Mapping[str, Applied]
    full: bool
    warnings: list[str] = field(default_factory=list)

    async def run(self) -> PulledSource:
        self.before = self.house.state.cached(self.database.key)
        self.source = self.addresses.sources[self.database.key]
        columns = self._columns()
        try:
            seen, whole = await self._read(columns)
        except ItemRefused as error:
            lost = "is gone or no longer shared" if isinstance(error, NotFound) else f"cannot be read ({error.what})"
            self.warnings.append(f"{self.database.title} {lost}: what was last seen there still counts.")
            return PulledSource(self.database, self.before, self.before, columns=columns, complete=False)
        there, missing = self._shown(columns, seen.columns)
        if not seen.complete:
            self.warnings.append(f"Notion cut the list of {self.database.title} short: nothing is taken for gone.")
        read = [self._row(one, missing) for one in seen.rows if isinstance(one.item, Row)]
        rows = {**self.before, **{row.id: row for row in read}}
        if whole and seen.complete:
            rows |= await self._absent({one.id for one in seen.rows})
        twins = self._tell_apart(rows, seen.rows)
        changed = frozenset(i for i, row in rows.items() if self._is_news(row))
        return PulledSource(
            self.database,
            self.before,
            rows,
            changed,
            twins,
            there,
            missing,
            seen.complete,
        )

    async def _read(self, columns: Columns) -> tuple[SeenRows, bool]:
        """The rows, and whether all were asked for."""
        watermark = self.house.state.watermark(self.database.key)
        living = sum(not row.gone for row in self.before.values())
        ours = any(one.key.startswith(f"{self.database.key}/") for one in self.recorded.values())
        if not living and not ours:
            return await self._read_empty(columns), True
        since = None if self.full or watermark is None or living <= ONE_PAGE else watermark - LAG
        seen = await self._query(columns, since)
        if since is not None and self._came_back(seen.columns):
            since, seen = None, await self._query(columns, None)  # the rows that did not change hold its values too
        return seen, since is None

    async def _query(self, columns: Columns, since: datetime | None, named: Iterable[str] = ()) -> SeenRows:
        return await self.house.gateway.rows(
            self.source,
            columns,
            self.addresses,
            key_property=self.database.key_property,
            edited_since=since,
            naming=named,
            whole=False,
        )

    async def _read_empty(self, columns: Columns) -> SeenRows:
        """The rows where none was that could show the columns. Notion refuses a query that names a column which is gone
        or of another type: so those that numbers are made from are named, and only where one is missing the schema is
        read."""
        told = self._remembered()
        named = [k for k in columns if k in FACTS and columns[k].type in _CAN_BE_EMPTY and (not told or k in told)]
        try:
            return await self._query(columns, None, named)
        except NotFound:
            raise
        except ItemRefused:
            schema = await self.house.gateway.schema(self.source)
            seen = await self._query(columns, None)
        if seen.rows or schema is None:
            return seen
        by_id = {one.id: one for one in schema.columns}
        return replace(seen, columns={k: by_id[columns[k].id] for k in columns if columns[k].id in by_id})

    def _columns(self) -> Columns:
        """Our columns as they were when rows last showed them; by our own wishes where none ever did."""
        told = self._remembered()
        ours = [p for p in self.database.properties if p.type not in COMPUTED and p.key in self.addresses.ids]
        found: dict[str, Column] = {}
        for prop in ours:
            name, type_ = told.get(prop.key) or (prop.name, prop.type.value)
            found[prop.key] = Column(self.addresses.ids[prop.key], name, type_)
        return Columns(found)

    def _remembered(self) -> dict[str, tuple[str, str]]:
        fact = self.house.state.fact(COLUMNS)
        told = fact.get(self.database.key) if isinstance(fact, dict) else None
        if not isinstance(told, dict):
            return {}
        return {key: (str(one[0]), str(one[1])) for key, one in told.items() if isinstance(one, list)}

    def _came_back(self, shown: Mapping[str, Column] | None) -> bool:
        """Whether a column is there again, or has another type, since rows last showed it."""
        told = self._remembered()
        return any(told.get(key, ("", ""))[1] != one.type for key, one in (shown or {}).items()) if told else False

    def _shown(self, columns: Columns, shown: Mapping[str, Column] | None) -> tuple[Columns, frozenset[str]]:
        """The columns that are there, and the keys of those that are not or cannot be read any more."""
        told = self._remembered()
        there = dict(shown) if shown is not None else {k: columns[k] for k in columns if not told or k in told}
        retyped = {p.key for p in self.database.properties if p.key in there and not reads(there[p.key].type, p.type)}
        return Columns(there), frozenset((set(columns) - set(there)) | retyped)

    def _row(self, seen: Seen, missing: frozenset[str]) -> CachedRow:
        assert isinstance(seen.item, Row)
        values = {key: cell(value) for key, value in seen.item.values.items() if key not in missing}
        known = self.before.get(seen.id)
        told = (seen.id, self.database.key, seen.item.key, values, seen.created, seen.edited, seen.edited_by_us)
        if known is None:
            return CachedRow(*told)
        kept = (known.boxes, known.counted, known.look_again, known.ruled, known.chosen)
        fresh = CachedRow(*told, "", *kept)
        return known if fresh == known else fresh  # of most rows one is enough in memory

    async def _absent(self, seen: set[str]) -> dict[str, CachedRow]:
        """What became of the rows that were there and are not shown; those still there stay as they were."""
        absent = {i: row for i, row in self.before.items() if i not in seen and not row.gone}
        for identifier, one in self.recorded.items():
            ours = one.key.partition("/")[0] == self.database.key
            if ours and identifier not in seen and identifier not in self.before:
                absent[identifier] = CachedRow(identifier, self.database.key, one.key, {})
        many = len(absent) > max(FEW, SHARE * (len(seen) + len(absent)))
        if many and not self.full:
            words = f"{len(absent)} of {len(seen) + len(absent)} rows of {self.database.title} are not shown any more"
            self.warnings.append(f"{words}: they are kept as they were until a full sync has asked for each of them.")
            return {}
        homes = (self.source, self.addresses.ids.get(self.database.key, ""))
        reasons = await asyncio.gather(*(self._where_is(i, homes) for i in sorted(absent)))
        gone = {i: why for i, why in zip(sorted(absent), reasons, strict=True) if why}
        if many and any(why == "unshared" for why in gone.values()):
            hidden = sum(why == "unshared" for why in gone.values())
            self.warnings.append(f"{hidden} rows of {self.database.title} are hidden from the connection: kept.")
            gone = {i: why for i, why in gone.items() if why != "unshared"}
        return {i: replace(absent[i], gone=why) for i, why in gone.items()}

    async def _where_is(self, identifier: str, homes: tuple[str, str]) -> Gone:
        try:
            return await whereabouts(self.house.gateway, identifier, homes)
        except ItemRefused as error:
            self.warnings.append(f"A row of {self.database.title} could not be asked for: {error.what}.")
            return ""

    def _tell_apart(self, rows: dict[str, CachedRow], seen: Iterable[Seen]) -> dict[str, tuple[Seen, ...]]:
        """Of rows with one key the recorded one has it. Copies that the owner made are rows of the owner's."""
        holders = {row.key: row.id for row in self.before.values() if row.key and not rows[row.id].gone}
        holders |= {
            one.key: i for i, one in self.recorded.items() if i in rows and not rows[i].gone and rows[i].key == one.key
        }
        twins: dict[str, tuple[Seen, ...]] = {}
        for one in sorted(seen, key=lambda one: (not one.made_by_us, one.created is None, one.created, one.id)):
            key = rows[one.id].key if one.id in rows else ""
            if not key:
                continue
            if holders.setdefault(key, one.id) == one.id:
                self.addresses.learn(key, one.id)
            elif one.made_by_us:
                twins[key] = (*twins.get(key, ()), one)
                del rows[one.id]
            else:
                rows[one.id] = replace(rows[one.id], key="")
                if one.id not in self.before or self.full:
                    self.warnings.append(f"{key} was duplicated: the copy counts as a row of your own.")
        return twins

    def _is_news(self, row: CachedRow) -> bool:
        """Whether somebody but us changed it: what only we edited, to what we wrote, is none."""
        known = self.before.get(row.id)
        if known is not None and (known.values, known.gone) == (row.values, row.gone):
            return False
        if not row.edited_by_us or row.gone or (known is None and not row.key):
            return True  # what we make has a key
        written = self.recorded[row.id].fields if row.id in self.recorded else {}
        if known is None:
            return any(name in row.values and not _is_ours(row, name, written) for name in written)
        differing = {name for name, value in row.values.items() if value != known.values.get(name)} - self._echoes()
        return any(not _is_ours(row, name, written) for name in differing)

    def _echoes(self) -> set[str]:
        """Relations that only show from here what the rows on the other side say."""
        two_way = ((p.key, p.relation) for p in self.database.properties if p.relation is not None and p.relation.back)
        return {key for key, relation in two_way if not relation.mirrors}


def _is_ours(row: CachedRow, name: str, written: Mapping[str, JSON]) -> bool:
    """Whether it holds what we wrote there."""
    wrote = [written[one] for one in (name, name + GOT) if one in written]
    return row.values[name] in wrote or (name in row.ruled and row.ruled[name] == row.values[name])


def reads(column_type: str, wanted: str) -> bool:
    """Whether a column of this type can stand for one of the wanted type."""
    return column_type == wanted or any({column_type, wanted} <= kinds for kinds in _ALIKE)


def _with_keys(source: PulledSource, addresses: Addresses) -> PulledSource:
    """Related rows by our keys: a row may have been read before the rows that it names."""
    return replace(source, rows={i: replace(r, values=_named(r.values, addresses)) for i, r in source.rows.items()})


def _named(values: Mapping[str, JSON], addresses: Addresses) -> Mapping[str, JSON]:
    return {key: _keys(value, addresses) if isinstance(value, list) else value for key, value in values.items()}


def _keys(value: list[JSON], addresses: Addresses) -> JSON:
    names = [one for one in value if isinstance(one, str)]
    known = [addresses.row_key(one.removeprefix("id:")) if one.startswith("id:") else one for one in names]
    return list[JSON](sorted(known))
