"""Carrying out one step: record the intent, send, record the result, compare what was asked with what was got."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping
from dataclasses import replace

from notion_roadmap.errors import ItemRefused, NotFound, OutcomeUnknown
from notion_roadmap.plan.changes import Action, Change
from notion_roadmap.plan.fields import BODIES, base, with_answer
from notion_roadmap.plan.steps import Step, Work
from notion_roadmap.service import edit
from notion_roadmap.service.context import Context, Difference, live_property
from notion_roadmap.service.find import anchors_of
from notion_roadmap.service.intents import Intents
from notion_roadmap.service.lookup import LAG_SECONDS, Found, look_up
from notion_roadmap.service.unfinished import begun, ended, takes_several
from notion_roadmap.service.views import Views
from notion_roadmap.service.woven import refs_of
from notion_roadmap.workspace.canonical import canonical
from notion_roadmap.workspace.columns import Column, Columns
from notion_roadmap.workspace.items import ROOT, Database, Item, Page, Row, Section, kind_of, marker
from notion_roadmap.workspace.observed import Applied, Intent
from notion_roadmap.workspace.properties import Property, empty_as_none
from notion_roadmap.workspace.views import OnPage, View

ATTEMPTS = 3
"""How often a create is sent when its outcome stays unknown and a look-up finds nothing."""


class Performer:
    """Carries out steps in one workspace."""

    def __init__(self, context: Context, records: Mapping[str, Applied]) -> None:
        """`records`: see Plan."""
        self._context = context
        self._records = records
        self._gateway = context.house.gateway
        self._state = context.house.state
        self._intents = Intents(context.house.state)
        views = Views(context, self)
        self._works: dict[Work, Callable[[Step], Awaitable[None]]] = {
            Work.CREATE_PAGE: self._create_page,
            Work.READ_ANCHORS: self._read_anchors,
            Work.CREATE_DATABASE: self._create_database,
            Work.READ_SCHEMA: self._read_schema,
            Work.CHANGE_SCHEMA: self._change_schema,
            Work.LIST_VIEWS: views.list_tabs,
            Work.TAKE_DEFAULT_VIEW: views.take_default,
            Work.CREATE_VIEW: views.create,
            Work.CREATE_ROW: self._create_row,
            Work.APPEND_SECTION: self._append_section,
            Work.UPDATE: self._update,
            Work.TRASH: self._trash,
            Work.RESTORE: self._restore,
        }

    async def __call__(self, step: Step) -> None:
        """Carry out one step. Raises NotionError; whatever is raised, a later run can go on from here."""
        await self._works[step.work](step)

    async def create(self, item: Item, place: str, send: Callable[[], Awaitable[Found]]) -> Found:
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
            except OutcomeUnknown:
                found = await look_up(self._context, item, siblings)
                if found is not None:
                    found = await self._complete(item, found, siblings)
                    break
                if attempt == ATTEMPTS - 1:
                    raise
            except ItemRefused:
                self._state.drop(item.key)
                raise
        assert found is not None
        self.settle(item, found)
        is_linked = isinstance(item, View) and isinstance(item.place, OnPage)  # its block is the database around it
        self._context.add_sibling(place, found.refs["database"] if is_linked else found.id)
        return found

    async def _complete(self, item: Item, found: Found, siblings: Iterable[str]) -> Found:
        """Finish what was found after a create that takes several requests: how much of it arrived is not known."""
        if not takes_several(item):
            return found
        if isinstance(item, Page | Row):
            await self._gateway.finish_body(found.id, item.body)
            return found
        begun_now = begun(Applied(kind_of(item), item.key, found.id, {}, found.refs), siblings)
        self._context.applied[item.key] = begun_now
        change = Change(Action.UPDATE, kind_of(item), item.key, "", id=found.id, item=item)
        _, refs = await edit.update(self._context, change, again=True)
        return replace(found, refs={**found.refs, **refs})

    def settle(self, item: Item, found: Found, got: Item | None = None) -> None:
        """Record that the item is there as wished, or as `got` shows it."""
        self._state.settle(self._learn(item, found, got))

    def _learn(self, item: Item, found: Found, got: Item | None) -> Applied:
        applied = Applied(
            kind_of(item), item.key, found.id, base(item, got), {**found.refs, **refs_of(item)}, found.rung
        )
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

        await self.create(page, page.parent, send)

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

        found = await self.create(database, database.page, send)
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
            self._differs(prop.key, f"options {', '.join(map(repr, missing))}", "not there")
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

        await self.create(row, row.database, send)

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

        await self.create(section, section.page, send)

    async def _update(self, step: Step) -> None:
        change = step.changes[0]
        got, refs = await (self._write(change) if BODIES & set(change.names) else edit.update(self._context, change))
        record = self._records.get(change.key, self._context.applied.get(change.key))
        if record is None:
            return  # a row of the owner's own: nothing in it is compared with anything later
        record = ended(replace(record, refs={**record.refs, **refs}))
        if got is not None:
            record = replace(record, fields=with_answer(record.fields, got, set(change.names) - change.apart))
        self._state.settle(record)
        self._context.applied[change.key] = record

    async def _write(self, change: Change) -> tuple[Item | None, Mapping[str, str]]:
        """Write a body. After an append whose outcome is unknown what stands there is compared anew: what arrived is
        not sent again."""
        await self._note_writing(change)
        for attempt in range(ATTEMPTS):
            try:
                return await edit.update(self._context, change, again=attempt > 0)
            except OutcomeUnknown:
                if attempt == ATTEMPTS - 1:
                    raise
                await self._context.house.clock.sleep(LAG_SECONDS)
        raise AssertionError("an attempt ends by its answer or its failure")

    async def _note_writing(self, change: Change) -> None:
        """A body is about to be written, in several requests: what is left half-way by them is ours."""
        known = self._context.applied.get(change.key)
        if known is None:
            return
        page = change.item.page if isinstance(change.item, Section) else ""
        on_page = await self._gateway.blocks(self._context.page_id(page)) if page else ()
        known = begun(known, (b.id for b in on_page))
        self._state.record(known)
        self._context.applied[change.key] = known

    async def _trash(self, step: Step) -> None:
        change = step.changes[0]
        await edit.trash(self._context, change)
        if change.action is Action.TRASH:
            self._state.forget(change.key)
            self._context.applied.pop(change.key, None)

    async def _restore(self, step: Step) -> None:
        change = step.changes[0]
        await edit.untrash(self._context, change.kind, change.id)


def _still_a_mirror(prop: Property, column: Column) -> bool:
    """Whether this is the other side of a relation before it got its name: not settled until it has."""
    return prop.relation is not None and prop.relation.mirrors and column.name != prop.name
