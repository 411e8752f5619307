"""From changes to the requests that carry them out: what goes together, what must wait for what, what comes first.

A step is the unit that is sent, recorded and repeated. The order is a consequence of needs alone: a property waits for
the database that it points at, a row for its database and for the rows that it points at, whatever stands lower on a
page for what stands above it (Notion moves neither blocks nor tabs), and of the steps that wait for nothing the one
that the owner needs soonest goes first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from notion_roadmap.plan.changes import Action, Change, Plan
from notion_roadmap.plan.schema import Stages, stages_of
from notion_roadmap.workspace.blocks import count_blocks, requests_to_append
from notion_roadmap.workspace.items import Database, Item, Page, Row, Section, Workspace
from notion_roadmap.workspace.properties import Property, PropertyType
from notion_roadmap.workspace.views import Layout, OnPage, Tab, View, Widget


class Work(StrEnum):
    """What a step does. The order is that of the steps' keys, nothing more."""

    CREATE_PAGE = "create page"
    READ_ANCHORS = "read anchors"
    CREATE_DATABASE = "create database"
    READ_SCHEMA = "read schema"
    CHANGE_SCHEMA = "change schema"
    LIST_VIEWS = "list views"
    TAKE_DEFAULT_VIEW = "take default view"
    CREATE_VIEW = "create view"
    CREATE_ROW = "create row"
    APPEND_SECTION = "append section"
    UPDATE = "update"
    TRASH = "trash"
    RESTORE = "restore"


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do.

    Args:
        key: unique in the plan, "<work>:<item key>".
        subject: the item, or for schema work the database.
        changes: the changes that are carried out by it; none for steps that only read.
        needs: keys of the steps that must have succeeded.
        urgency: smaller is sooner, among steps that could start.
        alone: steps with the same non-empty word never run at the same time (they would add options to one property).
        requests: how many it sends when nothing goes wrong.
        blocks: how many of the free plan's lifetime blocks it uses up.
    """

    key: str
    work: Work
    subject: Item | None
    changes: tuple[Change, ...] = ()
    needs: frozenset[str] = frozenset()
    urgency: tuple[int, int, str] = (0, 0, "")
    alone: str = ""
    requests: int = 1
    blocks: int = 0


def step_key(work: Work, key: str) -> str:
    """The key of a step."""
    return f"{work}:{key}"


def steps_of(plan: Plan, workspace: Workspace) -> tuple[Step, ...]:
    """The steps that carry out the plan's writes, in a stable order (not the order of execution)."""
    made = {c.key: c for c in plan.of(Action.CREATE, Action.RESTORE) if not c.id}
    builder = _Builder(workspace, made, stages_of(workspace, made))
    steps = [*builder.creations(), *builder.edits(plan)]
    known = {s.key for s in steps}
    return tuple(sorted((_only_known(s, known) for s in steps), key=lambda s: (s.urgency, s.key)))


def _only_known(step: Step, known: set[str]) -> Step:
    """What is not a step of this plan exists already, so nothing waits for it."""
    needs = frozenset(n for n in step.needs if n in known)
    return Step(
        step.key, step.work, step.subject, step.changes, needs, step.urgency, step.alone, step.requests, step.blocks
    )


_WORKS = {
    Action.UPDATE: Work.UPDATE,
    Action.TRASH: Work.TRASH,
    Action.TWIN: Work.TRASH,
    Action.RESTORE: Work.RESTORE,
}


class _Builder:
    """Knows what is new, so that each kind of item can say what it waits for."""

    def __init__(self, workspace: Workspace, made: Mapping[str, Change], stages: Stages) -> None:
        self._workspace = workspace
        self._made = made
        self._stages = stages
        self._new_views = [v for v in workspace.views if v.key in made]
        self._above = _what_stands_above(workspace, made)

    def creations(self) -> Iterable[Step]:
        for page in self._workspace.pages:
            yield from self._page(page)
        for database in self._workspace.databases:
            yield from self._database(database)
        yield from self._views()
        for change in self._made.values():
            if isinstance(change.item, Row):
                yield self._row(change.item, change)
        for section in self._workspace.sections:
            if section.key in self._made:
                yield self._section(section)

    def _page(self, page: Page) -> Iterable[Step]:
        key = step_key(Work.CREATE_PAGE, page.key)
        if page.key in self._made:
            needs = frozenset({step_key(Work.CREATE_PAGE, page.parent), *self._above[page.key]})
            yield Step(
                key, Work.CREATE_PAGE, page, (self._made[page.key],), needs, (0, page.rank, page.key),
                requests=max(1, requests_to_append(page.body)), blocks=1 + count_blocks(page.body),
            )  # fmt: skip
        if any(isinstance(v.place, OnPage) and v.place.page == page.key for v in self._new_views):
            yield Step(
                step_key(Work.READ_ANCHORS, page.key), Work.READ_ANCHORS, page, needs=frozenset({key}),
                urgency=(2, page.rank, page.key),
            )  # fmt: skip

    def _database(self, database: Database) -> Iterable[Step]:
        key, stages = database.key, self._stages[database.key]
        created = step_key(Work.CREATE_DATABASE, key)
        if key in self._made:
            needs = {step_key(Work.CREATE_PAGE, database.page), *self._above[key]}
            needs |= {step_key(Work.CREATE_DATABASE, target) for target in stages.first_needs}
            needs |= self._added_up(key, stages.first)
            changes = (self._made[key], *(self._made[p.key] for p in stages.first if p.key in self._made))
            urgency = (0, database.rank, key)
            yield Step(created, Work.CREATE_DATABASE, database, changes, frozenset(needs), urgency, blocks=1)
            read = frozenset({created})
            yield Step(step_key(Work.READ_SCHEMA, key), Work.READ_SCHEMA, database, needs=read, urgency=(1, 0, key))
        previous = step_key(Work.READ_SCHEMA, key)
        for number, stage in enumerate(stages.later):
            name = f"{step_key(Work.CHANGE_SCHEMA, key)}:{number}"
            needs = {previous, *(step_key(Work.CREATE_DATABASE, target) for target in stage.needs)}
            needs |= {self._stages.made_by(mirror) for mirror in stage.mirrors}
            needs |= self._added_up(key, stage.properties)
            changes = tuple(self._made[p.key] for p in stage.properties)
            # Naming and describing the side that Notion made takes a look at it first.
            requests = 2 if stage.mirrors else 1
            yield Step(name, Work.CHANGE_SCHEMA, database, changes, frozenset(needs), (1, 1, key), requests=requests)
            previous = name

    def _added_up(self, database: str, properties: Iterable[Property]) -> set[str]:
        """The steps that tell the ids of what roll-ups of a database add up in others: creating those is not enough."""
        targets = {p.rollup.target for p in properties if p.rollup is not None}
        return {self._stages.made_by(target) for target in targets if target.partition(".")[0] != database}

    def _ready(self, database: str) -> frozenset[str]:
        """The steps after which rows and views of a database can be written."""
        last = len(self._stages[database].later) - 1
        if last < 0:
            return frozenset({step_key(Work.READ_SCHEMA, database)})
        return frozenset({f"{step_key(Work.CHANGE_SCHEMA, database)}:{last}"})

    def _views(self) -> Iterable[Step]:
        for database in self._workspace.databases:
            tabs = in_tab_order([v for v in self._workspace.views if v.database == database.key])
            heir = default_heir(tabs)
            if database.key in self._made:
                listed = step_key(Work.LIST_VIEWS, database.key)
                created = frozenset({step_key(Work.CREATE_DATABASE, database.key)})
                yield Step(listed, Work.LIST_VIEWS, database, needs=created, urgency=(1, 2, database.key))
            yield from self._tabs(tabs, heir)
        places: dict[str, str] = {}
        for view in sorted(self._workspace.views, key=_reading_order):
            if view.key in self._made and not isinstance(view.place, Tab):
                yield self._placed(view, places)

    def _tabs(self, tabs: list[View], heir: View | None) -> Iterable[Step]:
        previous = ""
        for place, view in enumerate(tabs):
            if view.key not in self._made:
                continue
            work = Work.TAKE_DEFAULT_VIEW if view is heir else Work.CREATE_VIEW
            needs = {*self._ready(view.database), *self._named_databases(view)}
            needs |= {step_key(Work.LIST_VIEWS, view.database)} | ({previous} if previous else set())
            # The tabs wait for each other: begun after the rows, such a row of requests would end last.
            urgency = (2 if place == 0 else 3, place, view.key)
            previous = step_key(work, view.key)
            yield Step(previous, work, view, (self._made[view.key],), frozenset(needs), urgency)

    def _placed(self, view: View, places: dict[str, str]) -> Step:
        key = step_key(Work.CREATE_VIEW, view.key)
        needs = {*self._ready(view.database), *self._named_databases(view)}
        if isinstance(view.place, Widget):
            where, rank, blocks = f"widget:{view.place.dashboard}", 3, 0
            needs.add(step_key(Work.CREATE_VIEW, view.place.dashboard))
        else:
            assert isinstance(view.place, OnPage)
            where, rank, blocks = f"{view.place.page}#{view.place.below}", 2, 1
            needs |= {step_key(Work.READ_ANCHORS, view.place.page), step_key(Work.CREATE_PAGE, view.place.page)}
        if where in places:
            needs.add(places[where])
        places[where] = key
        change = (self._made[view.key],)
        return Step(key, Work.CREATE_VIEW, view, change, frozenset(needs), (rank, len(places), view.key), blocks=blocks)

    def _named_databases(self, view: View) -> Iterable[str]:
        return () if view.layout is not Layout.DASHBOARD else (step_key(Work.LIST_VIEWS, view.database),)

    def _row(self, row: Row, change: Change) -> Step:
        database = self._workspace.database(row.database)
        needs = set(self._ready(row.database))
        known = {p.key: {o.name for o in p.options} for p in database.properties}
        types = {p.key: p.type for p in database.properties}
        alone = ""
        for key, value in row.values.items():
            if types[key] is PropertyType.RELATION and isinstance(value, tuple):
                needs |= {step_key(Work.CREATE_ROW, target) for target in value}
            names = value if isinstance(value, tuple) else (value,)
            if types[key] in (PropertyType.MULTI_SELECT, PropertyType.SELECT) and any(
                n is not None and n not in known[key] for n in names
            ):
                alone = f"options of {row.database}"
        return Step(
            step_key(Work.CREATE_ROW, row.key), Work.CREATE_ROW, row, (change,), frozenset(needs),
            (1 if alone else 4, row.rank, row.key), alone, max(1, requests_to_append(row.body)),
            1 + count_blocks(row.body),
        )  # fmt: skip

    def _section(self, section: Section) -> Step:
        needs = frozenset({step_key(Work.CREATE_PAGE, section.page), *self._above[section.key]})
        return Step(
            step_key(Work.APPEND_SECTION, section.key), Work.APPEND_SECTION, section, (self._made[section.key],),
            needs, (5, section.rank, section.key), requests=requests_to_append(section.blocks),
            blocks=count_blocks(section.blocks),
        )  # fmt: skip

    def edits(self, plan: Plan) -> Iterable[Step]:
        """What changes, goes or comes back. A row waits for the columns and for the rows that it is to name."""
        for change in plan.of(*_WORKS):
            if not change.id or change.within:  # made above, or carried by the change of what it stands on
                continue
            key = change.key if change.action is not Action.TWIN else f"{change.key}:{change.id}"
            work, urgency = _WORKS[change.action], (4, change.rank, change.key)
            needs = self._named_by(change) if isinstance(change.item, Row) else frozenset[str]()
            yield Step(step_key(work, key), work, change.item, (change,), needs, urgency)

    def _named_by(self, change: Change) -> frozenset[str]:
        """The steps that make the columns that are written, and the rows that these values name."""
        assert isinstance(change.item, Row)
        written = {key: value for key, value in change.item.values.items() if key in change.names}
        columns = {self._stages.made_by(key) for key in written if key in self._made}
        rows = {target for value in written.values() if isinstance(value, tuple) for target in value}
        return frozenset(columns | {step_key(Work.CREATE_ROW, target) for target in rows})


def _what_stands_above(workspace: Workspace, made: Mapping[str, Change]) -> dict[str, frozenset[str]]:
    """For each page, database and section: the step that makes what stands directly above it on its page."""
    on_page: dict[str, list[Page | Database | Section]] = {}
    for page in workspace.pages:
        on_page.setdefault(page.parent, []).append(page)
    below: tuple[Database | Section, ...] = (*workspace.databases, *workspace.sections)
    for thing in below:
        on_page.setdefault(thing.page, []).append(thing)
    works = {Page: Work.CREATE_PAGE, Database: Work.CREATE_DATABASE, Section: Work.APPEND_SECTION}
    above: dict[str, frozenset[str]] = {}
    for things in on_page.values():
        previous: frozenset[str] = frozenset()
        for one in sorted(things, key=lambda t: (t.rank, t.key)):
            above[one.key] = previous
            if one.key in made:
                previous = frozenset({step_key(works[type(one)], one.key)})
    return above


def in_tab_order(views: Iterable[View]) -> list[View]:
    """The tabs of one database from left to right. A tab whose left neighbour is unknown goes to the end."""
    left = [v for v in views if isinstance(v.place, Tab)]
    ordered: list[View] = []
    seen = {""}
    while left:
        follows = [v for v in left if isinstance(v.place, Tab) and v.place.after in seen]
        chosen = min(follows or left, key=lambda v: v.key)
        if isinstance(chosen.place, Tab) and chosen.place.after in {v.key for v in ordered}:
            ordered.insert([v.key for v in ordered].index(chosen.place.after) + 1, chosen)
        else:
            ordered.append(chosen)
        left.remove(chosen)
        seen.add(chosen.key)
    return ordered


def default_heir(tabs: Iterable[View]) -> View | None:
    """The tab that takes over the "Default view", a table, which Notion makes with every database."""
    return next((v for v in tabs if v.layout is Layout.TABLE), None)


def _reading_order(view: View) -> tuple[int, int, str]:
    row = view.place.row if isinstance(view.place, Widget) else 0
    return (view.layout is not Layout.DASHBOARD, row, view.key)
