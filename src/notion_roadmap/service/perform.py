"""Carrying out one step: record the intent, send, record the result, compare what was asked with what was got."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import replace
from typing import TypeVar

from notion_roadmap.errors import BlocksUsedUp, ItemRefused, NotFound, OutcomeUnknown
from notion_roadmap.plan.changes import Action
from notion_roadmap.plan.fields import base, with_answer
from notion_roadmap.plan.steps import Step, Work
from notion_roadmap.service import edit
from notion_roadmap.service.context import Context, Difference, live_property
from notion_roadmap.service.find import anchors_of
from notion_roadmap.service.intents import Intents
from notion_roadmap.service.lookup import Found, look_up
from notion_roadmap.wire.errors import CannotSend
from notion_roadmap.workspace.answers import SeenView
from notion_roadmap.workspace.canonical import canonical
from notion_roadmap.workspace.columns import Column, Columns
from notion_roadmap.workspace.items import ROOT, Database, Item, Kind, Page, Row, Section, kind_of, marker
from notion_roadmap.workspace.observed import Applied, Intent
from notion_roadmap.workspace.properties import Property, empty_as_none
from notion_roadmap.workspace.views import Layout, OnPage, Tab, View, Widget, ladder

ATTEMPTS = 3
"""How often a create is sent when its outcome stays unknown and a look-up finds nothing."""

DEFAULT_VIEW = "Default view"
"""What Notion calls the view that comes with a database, in English."""

T = TypeVar("T")


class Performer:
    """Carries out steps in one workspace."""

    def __init__(self, context: Context, records: Mapping[str, Applied]) -> None:
        """`records`: see Plan."""
        self._context = context
        self._records = records
        self._default_views: dict[str, str] = {}
        self._gateway = context.house.gateway
        self._state = context.house.state
        self._intents = Intents(context.house.state)
        self._works: dict[Work, Callable[[Step], Awaitable[None]]] = {
            Work.CREATE_PAGE: self._create_page,
            Work.READ_ANCHORS: self._read_anchors,
            Work.CREATE_DATABASE: self._create_database,
            Work.READ_SCHEMA: self._read_schema,
            Work.CHANGE_SCHEMA: self._change_schema,
            Work.LIST_VIEWS: self._list_views,
            Work.TAKE_DEFAULT_VIEW: self._take_default_view,
            Work.CREATE_VIEW: self._create_view,
            Work.CREATE_ROW: self._create_row,
            Work.APPEND_SECTION: self._append_section,
            Work.UPDATE: self._update,
            Work.TRASH: self._trash,
            Work.RESTORE: self._restore,
        }

    async def __call__(self, step: Step) -> None:
        """Carry out one step. Raises NotionError; whatever is raised, a later run can go on from here."""
        await self._works[step.work](step)

    async def _create(self, item: Item, place: str, send: Callable[[], Awaitable[Found]]) -> Found:
        """Send a create so that it happens once.

        Args:
            place: key of the page, database or dashboard whose children are its siblings.
        """
        siblings = self._context.siblings.get(place, ())
        at = self._context.house.clock.now()
        await self._intents.note(Intent(kind_of(item), item.key, at, base(item), siblings))
        found = None
        for attempt in range(ATTEMPTS):
            try:
                found = await send()
                break
            except OutcomeUnknown as unknown:
                found = await look_up(self._context, item, siblings)
                if found is not None:
                    break
                if attempt == ATTEMPTS - 1:
                    raise
                del unknown
            except ItemRefused:
                self._state.drop(item.key)
                raise
        assert found is not None
        self.settle(item, found)
        is_linked = isinstance(item, View) and isinstance(item.place, OnPage)  # its block is the database around it
        self._context.add_sibling(place, found.refs["database"] if is_linked else found.id)
        return found

    def settle(self, item: Item, found: Found, got: Item | None = None) -> None:
        """Record that the item is there as wished, or as `got` shows it."""
        self._state.settle(self._learn(item, found, got))

    def _learn(self, item: Item, found: Found, got: Item | None) -> Applied:
        applied = Applied(kind_of(item), item.key, found.id, base(item, got), found.refs, found.rung)
        self._context.applied[item.key] = applied
        self._context.addresses.learn(item.key, found.id)
        return applied

    def _differs(self, key: str, asked: object, got: object) -> None:
        self._context.differences.append(Difference(key, str(asked), str(got)))

    async def _create_page(self, step: Step) -> None:
        page = step.subject
        assert isinstance(page, Page)
        parent = self._context.page_id(page.parent)

        async def send() -> Found:
            created = await self._gateway.create_page(parent, page.title, page.icon, page.body)
            if page.key == ROOT:
                self._context.root_url = created.url
            return Found(created.id)

        await self._create(page, page.parent, send)

    async def _read_anchors(self, step: Step) -> None:
        """Notion's answer to a create does not name the blocks, and linked views stand below some of them."""
        page = step.subject
        assert isinstance(page, Page)
        blocks = await self._gateway.blocks(self._context.addresses.ids[page.key])
        before = self._context.siblings.get(page.key, ())
        self._context.siblings[page.key] = tuple(dict.fromkeys((*(b.id for b in blocks), *before)))
        anchors = anchors_of(page, blocks)
        self._context.addresses.anchors.update({f"{page.key}#{name}": i for name, i in anchors.items()})
        refs = {f"block:{name}": identifier for name, identifier in anchors.items()}
        applied = replace(self._context.applied[page.key], refs={**self._context.applied[page.key].refs, **refs})
        self._context.applied[page.key] = applied
        self._state.record(applied)

    async def _create_database(self, step: Step) -> None:
        database = step.subject
        assert isinstance(database, Database)
        first = tuple(c.item for c in step.changes if isinstance(c.item, Property))
        words = f"{database.description} {marker(self._context.workspace.key, database.key)}".strip()

        async def send() -> Found:
            created = await self._gateway.create_database(
                self._context.page_id(database.page), database, first, words, self._context.addresses
            )
            return Found(created.id, {"data_source": created.source_id})

        found = await self._create(database, database.page, send)
        self._context.addresses.sources[database.key] = found.refs["data_source"]

    async def _read_schema(self, step: Step) -> None:
        database = step.subject
        assert isinstance(database, Database)
        schema = await self._gateway.schema(self._context.addresses.sources[database.key])
        if schema is None:
            raise NotFound(f"Notion does not show the database {database.title!r} that was just made", hint="Run again")
        self._learn_columns(database, schema.columns, {p.key for p in database.properties})

    def _learn_columns(self, database: Database, live: tuple[Column, ...], made: Collection[str]) -> None:
        """Which column is which; what came out otherwise than asked is said.

        Args:
            made: keys of the properties that were just made: an id that is known for one is of a removed column.
        """
        by_id, by_name = {c.id: c for c in live}, {c.name: c for c in live}
        columns = dict(self._context.columns[database.key].by_key) if database.key in self._context.columns else {}
        settled: list[Applied] = []
        for prop in database.properties:
            known = self._context.addresses.ids.get(prop.key)
            column = by_id.get(known) if known else None
            if prop.key in made or not known:
                column = by_name.get(prop.name, column)
            if column is None:
                continue
            columns[prop.key] = column
            if (prop.key in made or prop.key not in self._context.applied) and not _still_a_mirror(prop, column):
                there = live_property(prop, column, self._context.addresses)
                settled.append(self._learn(prop, Found(column.id), there))
                self._compare_column(prop, column)
        if settled:
            self._state.settle(*settled)
        in_order = {p.key: columns[p.key] for p in database.properties if p.key in columns}
        self._context.columns[database.key] = Columns(in_order)

    def _compare_column(self, prop: Property, column: Column) -> None:
        if column.type != prop.type:
            self._differs(prop.key, prop.type, column.type)
        missing = [o.name for o in prop.options if o.name not in {c.name for c in column.options}]
        if missing:
            self._differs(prop.key, f"options {', '.join(missing)}", "not there")
        elif [o.name for o in prop.options] != [o.name for o in column.options][: len(prop.options)]:
            self._differs(prop.key, "options in the template's order", "another order")

    async def _change_schema(self, step: Step) -> None:
        database = step.subject
        assert isinstance(database, Database)
        wanted = tuple(c.item for c in step.changes if isinstance(c.item, Property))
        mirrors = {p.key: self._mirror_id(p) for p in wanted if p.relation is not None and p.relation.mirrors}
        current = {c.id: c.name for c in self._context.columns[database.key].by_key.values()}
        by_key = {p.key: p for p in wanted}
        rename = {i: by_key[k].name for k, i in mirrors.items() if i and current.get(i) != by_key[k].name}
        schema = await self._gateway.change_schema(
            self._context.addresses.sources[database.key],
            add=tuple(p for p in wanted if p.key not in mirrors),
            rename=rename,
            describe={i: by_key[k].description for k, i in mirrors.items() if i and by_key[k].description},
            addresses=self._context.addresses,
        )
        for key, identifier in mirrors.items():
            if identifier:
                self._context.addresses.learn(key, identifier)
            else:
                self._differs(key, "the other side of a two-way relation", "a relation that shows on one side only")
        self._learn_columns(database, schema.columns, by_key)

    def _mirror_id(self, prop: Property) -> str:
        """The id of the property that Notion made as the other side, as the making side tells it."""
        assert prop.relation is not None
        maker = self._context.columns[prop.relation.target].by_key.get(prop.relation.back)
        return maker.back_id if maker else ""

    async def _list_views(self, step: Step) -> None:
        database = step.subject
        assert isinstance(database, Database)
        ids = await self._gateway.view_ids(self._context.addresses.ids[database.key])
        self._context.siblings[database.key] = ids
        if len(ids) == 1:
            self._default_views[database.key] = ids[0]

    async def _take_default_view(self, step: Step) -> None:
        """Notion makes a table with every database, and the last view cannot be deleted: ours takes its place."""
        view = step.subject
        assert isinstance(view, View)
        identifier = await self._unclaimed_table(view)
        if identifier is None:
            await self._create_view(step)
            return
        for rung, wish in enumerate(ladder(view)):
            try:
                seen = await self._gateway.update_view(identifier, wish, self._context.addresses, self._context.columns)
            except ItemRefused as refusal:
                if rung == len(ladder(view)) - 1 or not _asks_for_less(refusal):
                    raise
                continue
            refs = {"database": self._context.addresses.ids[view.database], "shown": seen.shown}
            self.settle(view, Found(identifier, refs, rung))
            self._context.differences.extend(_told(view, seen))
            self._tell(view, rung)
            return

    async def _unclaimed_table(self, view: View) -> str | None:
        """The table that came with a database that an earlier run made, whatever the owner's language calls it."""
        if view.database in self._default_views:
            return self._default_views[view.database]
        ids = self._context.siblings.get(view.database, ())
        claimed = {a.id for a in self._context.applied.values() if a.kind is Kind.VIEW}
        unclaimed = [i for i in ids if i not in claimed]
        for identifier in unclaimed:
            there = await self._gateway.view(identifier, self._context.addresses)
            if there is None or there.layout != Layout.TABLE:
                continue
            if there.made_by_us or there.name in (DEFAULT_VIEW, view.name):
                return identifier
        return None

    async def _create_view(self, step: Step) -> None:
        view = step.subject
        assert isinstance(view, View)
        if isinstance(view.place, Widget) and self._context.applied[view.place.dashboard].rung:
            self._differs(view.key, "a widget of a dashboard", "nothing: Notion granted no dashboard")
            return
        place = _place_of(view)
        for rung, wish in enumerate(ladder(view)):
            told: list[Difference] = []

            async def send(wish: View = wish, rung: int = rung, told: list[Difference] = told) -> Found:
                seen = await self._send_view(wish)
                told.extend(_told(view, seen))
                return Found(seen.id, {"database": seen.database_id, "shown": seen.shown}, rung)

            try:
                found = await self._create(view, place, send)
            except ItemRefused as refusal:
                if rung == len(ladder(view)) - 1 or not _asks_for_less(refusal):
                    raise
                continue
            self._context.differences.extend(told)
            self._tell(view, found.rung)
            return

    def _tell(self, view: View, rung: int) -> None:
        if rung:
            self._differs(view.key, f"a {view.layout} in full", f"a plainer {ladder(view)[rung].layout}")

    async def _send_view(self, view: View) -> SeenView:
        """Send the create of a view to the place that it wishes for."""
        addresses, columns = self._context.addresses, self._context.columns
        ids = addresses.ids
        match view.place:
            case Tab(after=left):
                return await self._gateway.create_view(view, addresses, columns, after_view=self._tab_there(view, left))
            case OnPage(page=page, below=anchor):
                below = addresses.anchors.get(f"{page}#{anchor}", "")
                return await self._gateway.create_view(view, addresses, columns, page_id=ids[page], after_block=below)
            case Widget(dashboard=dashboard):
                first = self._is_first_in_row(view)
                return await self._gateway.create_view(
                    view, addresses, columns, dashboard_view_id=ids[dashboard], first_in_row=first
                )

    def _tab_there(self, view: View, left: str) -> str:
        """The id of the nearest tab to the left that is still there; "" when there is none."""
        there = self._context.siblings.get(view.database, ())
        places = {one.key: one.place for one in self._context.workspace.views}
        while left and self._context.addresses.ids.get(left) not in there:
            place = places.get(left)
            left = place.after if isinstance(place, Tab) else ""
        return self._context.addresses.ids.get(left, "")

    def _is_first_in_row(self, view: View) -> bool:
        """Whether no widget of the same row of the same dashboard has been made yet."""
        return not any(
            isinstance(other.place, Widget) and other.place == view.place and self._context.addresses.knows(other.key)
            for other in self._context.workspace.views
        )

    async def _create_row(self, step: Step) -> None:
        row = step.subject
        assert isinstance(row, Row)
        database = self._context.workspace.database(row.database)
        columns = self._context.columns[row.database]
        asked = replace(row, values={k: v for k, v in row.values.items() if k in columns.by_key})

        async def send() -> Found:
            seen = await self._gateway.create_row(
                self._context.addresses.sources[row.database], database, asked, columns, self._context.addresses
            )
            if isinstance(seen.item, Row):
                self._compare_row(asked, seen.item)
            return Found(seen.id)

        await self._create(row, row.database, send)

    def _compare_row(self, asked: Row, got: Row) -> None:
        for key, value in asked.values.items():
            if key not in got.values:
                continue
            wanted, there = canonical(empty_as_none(value)), canonical(empty_as_none(got.values[key]))
            if wanted != there:
                self._differs(f"{asked.key} {key}", wanted, there)

    async def _append_section(self, step: Step) -> None:
        assert isinstance(step.subject, Section)
        await self.append_section(step.subject)

    async def append_section(self, section: Section) -> None:
        """Append a section to its page, once."""

        async def send() -> Found:
            ids = await self._gateway.append(self._context.page_id(section.page), section.blocks)
            return Found(ids[0], {"blocks": " ".join(ids)})

        await self._create(section, section.page, send)

    async def _update(self, step: Step) -> None:
        change = step.changes[0]
        got, refs = await edit.update(self._context, change)
        record = self._records.get(change.key, self._context.applied.get(change.key))
        if record is None:
            return  # a row of the owner's own: nothing in it is compared with anything later
        record = replace(record, refs={**record.refs, **refs})
        if got is not None:
            record = replace(record, fields=with_answer(record.fields, got, set(change.names) - change.apart))
        self._state.settle(record)
        self._context.applied[change.key] = record

    async def _trash(self, step: Step) -> None:
        change = step.changes[0]
        await edit.trash(self._context, change.kind, change.id)
        if change.action is Action.TRASH:
            self._state.forget(change.key)
            self._context.applied.pop(change.key, None)

    async def _restore(self, step: Step) -> None:
        change = step.changes[0]
        await edit.untrash(self._context, change.kind, change.id)


def _still_a_mirror(prop: Property, column: Column) -> bool:
    """Whether this is the other side of a relation before it got its name: not settled until it has."""
    return prop.relation is not None and prop.relation.mirrors and column.name != prop.name


def _asks_for_less(refusal: ItemRefused) -> bool:
    """Whether Notion, or we before it, refused what was wished for; and not that anything was wished for just now."""
    if isinstance(refusal, NotFound | BlocksUsedUp):
        return False
    told = refusal.status in (400, 403) and bool(refusal.code)  # a failed look after a lost answer has another status
    return told or isinstance(refusal, CannotSend)


def _place_of(view: View) -> str:
    match view.place:
        case Tab():
            return view.database
        case OnPage(page=page):
            return page
        case Widget(dashboard=dashboard):
            return dashboard


def _told(view: View, seen: SeenView) -> list[Difference]:
    return [Difference(view.key, f"{d.field}: {d.asked}", str(d.got)) for d in seen.differences]
