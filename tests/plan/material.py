"""Workspaces to plan for, and a small model of Notion that a plan can be applied to."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from hypothesis import strategies as st

from notion_roadmap.plan.changes import Action, Change, Plan
from notion_roadmap.plan.compare import compare
from notion_roadmap.plan.fields import base
from notion_roadmap.plan.orphans import home
from notion_roadmap.workspace.blocks import Block, BlockType
from notion_roadmap.workspace.items import Database, Item, Page, Row, Section, Workspace, kind_of
from notion_roadmap.workspace.observed import Applied, Seen
from notion_roadmap.workspace.properties import Option, Owner, Property, PropertyType, Relation, Value
from notion_roadmap.workspace.text import Text
from notion_roadmap.workspace.views import GroupBy, Layout, OnPage, Sort, Tab, View

CHECKBOX = PropertyType.CHECKBOX


@dataclass
class World:
    """What Notion holds and what our state holds. `hidden` is in the trash together with what it stood on."""

    live: dict[str, Seen] = field(default_factory=dict)
    applied: dict[str, Applied] = field(default_factory=dict)
    hidden: dict[str, dict[str, Seen]] = field(default_factory=dict)
    made: int = 0

    def plan(self, desired: Workspace, **how: Any) -> Plan:
        return compare(desired, self.applied, self.live, **how)

    def run(self, desired: Workspace, **how: Any) -> Plan:
        plan = self.plan(desired, **how)
        for change in plan.writes:
            self.carry_out(change)
        self.applied.update(plan.records)
        return plan

    def carry_out(self, change: Change) -> None:
        if change.action is Action.UPDATE:
            seen, item = self.live[change.key], change.item
            assert item is not None
            assert seen.item is not None
            self.live[change.key] = replace(seen, item=written(seen.item, item, change), edited_by_us=True)
        elif change.action is Action.TRASH:
            del self.live[change.key], self.applied[change.key]
        elif change.action is not Action.TWIN:
            self._make(change)

    def _make(self, change: Change) -> None:
        if change.id:
            self.live[change.key] = replace(self.live[change.key], trashed=False)
            self.live.update(self.hidden.pop(change.key, {}))
            return
        assert change.item is not None
        self.made += 1
        identifier = f"id-{self.made}"
        self.live[change.key] = Seen(identifier, change.item)
        told = base(change.item)
        self.applied[change.key] = Applied(change.kind, change.key, identifier, told)
        self._fill_rows()

    def _fill_rows(self) -> None:
        """A row has a cell in every column."""
        live = {key: seen.item for key, seen in self.live.items()}
        for key, item in live.items():
            if isinstance(item, Row):
                columns = [one for one in live.values() if isinstance(one, Property) and one.database == item.database]
                empty: dict[str, Value] = {one.key: False if one.type is CHECKBOX else None for one in columns}
                self.live[key] = replace(self.live[key], item=replace(item, values={**empty, **item.values}))

    def owner_trashes(self, key: str) -> None:
        below = self._below(key)
        self.hidden[key] = {one: self.live.pop(one) for one in below if one in self.live}
        self.live[key] = replace(self.live[key], trashed=True)

    def _below(self, key: str) -> set[str]:
        on = {one: home(a.kind, a.fields) for one, a in self.applied.items()}
        on_database = {one: a.fields.get("database") for one, a in self.applied.items()}
        below, waiting = set[str](), [key]
        while waiting:
            above = waiting.pop()
            found = [one for one in on if above in (on[one], on_database[one]) and one not in below]
            below.update(found)
            waiting += found
        return below - {key}

    def owner_edits(self, key: str, **what: Any) -> None:
        seen = self.live[key]
        assert seen.item is not None
        self.live[key] = replace(seen, item=replace(seen.item, **what), edited_by_us=False)


def written(live: Item, item: Item, change: Change) -> Item:
    """The live item with the named fields of the desired one, as the talker would write them."""
    names = set(change.names)
    match live, item:
        case Property(), Property():
            told = {"name": item.name, "description": item.description}
            if "definition" in names:
                definition = ("number_format", "formula", "relation", "rollup")
                told |= {name: getattr(item, name) for name in definition}
            if "options" in names:
                added = {one["name"] for f in change.fields if f.name == "options" for one in f.new}  # type: ignore
                told |= {"options": (*live.options, *(one for one in item.options if one.name in added))}
            return replace(live, **{n: v for n, v in told.items() if n in names or n not in ("name", "description")})
        case View(), View():
            name = item.name if "name" in names else live.name
            if "configuration" not in names:
                return replace(live, name=name)
            return replace(item, name=name, place=live.place, database=live.database)
        case Row(), Row():
            values = {**live.values, **{n: v for n, v in item.values.items() if n in names}}
            return replace(live, values=values, **_named(item, names & {"icon", "body"}))
        case _:
            return replace(live, **_named(item, names))


def _named(item: Item, names: Iterable[str]) -> dict[str, Any]:
    return {name: getattr(item, name) for name in names}


WORDS = ("alpha", "beta", "Überprüfung", "⏸️ Not Started")
words = st.sampled_from(WORDS)
icons = st.sampled_from(("", "🎯", "📈"))
bodies = st.lists(
    st.builds(Block, st.sampled_from([BlockType.PARAGRAPH, BlockType.TO_DO]), words.map(Text.of)), max_size=2
).map(tuple)
DATABASES = ("tasks", "phases")
NAMES = ("one", "two", "three")
TYPES = (
    PropertyType.TEXT,
    PropertyType.NUMBER,
    PropertyType.CHECKBOX,
    PropertyType.SELECT,
    PropertyType.MULTI_SELECT,
    PropertyType.RELATION,
)


@st.composite
def columns(draw: st.DrawFn, database: str) -> tuple[Property, ...]:
    made = [
        Property(f"{database}.title", draw(words), PropertyType.TITLE),
        Property(f"{database}.key", "Key", PropertyType.TEXT, Owner.OURS),
    ]
    for name in NAMES:
        if draw(st.booleans()):
            kind = draw(st.sampled_from(TYPES))
            options = (PropertyType.SELECT, PropertyType.MULTI_SELECT)
            chosen = draw(st.lists(words, unique=True, max_size=3)) if kind in options else []
            made.append(
                Property(
                    f"{database}.{name}",
                    draw(words) + name,
                    kind,
                    draw(st.sampled_from(Owner)),
                    draw(words),
                    tuple(Option(one) for one in chosen),
                    relation=Relation(draw(st.sampled_from(DATABASES))) if kind is PropertyType.RELATION else None,
                )
            )
    return tuple(made)


def value_of(column: Property, rows: tuple[str, ...]) -> st.SearchStrategy[Value]:
    """Any value that a row may hold in a column."""
    match column.type:
        case PropertyType.TITLE:
            return words.map(Text.of)
        case PropertyType.TEXT:
            return st.none() | words.map(Text.of)
        case PropertyType.NUMBER:
            return st.none() | st.sampled_from((0.0, 1.0, 2.5))
        case PropertyType.CHECKBOX:
            return st.booleans()
        case PropertyType.SELECT:
            return st.none() | words
        case PropertyType.MULTI_SELECT:
            return st.lists(words, unique=True, max_size=2).map(tuple)
        case _:
            return st.lists(st.sampled_from(rows), unique=True, max_size=2).map(tuple) if rows else st.just(())


@st.composite
def workspaces(draw: st.DrawFn) -> Workspace:
    """A small workspace. All have the same few keys, so that any two are versions of one template."""
    pages = [Page("root", "", draw(words), draw(icons), draw(bodies))]
    if draw(st.booleans()):
        pages.append(Page("data", "root", draw(words), draw(icons), draw(bodies), 1))
    databases = tuple(
        Database(key, draw(st.sampled_from(pages)).key, draw(words), draw(columns(key)), f"{key}.key", draw(icons))
        for key in DATABASES
        if key == "tasks" or draw(st.booleans())
    )
    there = {database.key for database in databases}
    databases = tuple(replace(one, properties=_possible(one.properties, there)) for one in databases)
    chosen = {one.key: draw(st.lists(st.sampled_from("abcd"), unique=True)) for one in databases}
    keys = tuple(f"{key}/{name}" for key, names in chosen.items() for name in names)
    rows = tuple(draw(_row(one, f"{one.key}/{name}", keys)) for one in databases for name in chosen[one.key])
    views = tuple(draw(_view(one, pages)) for one in databases if draw(st.booleans()))
    sections = tuple(
        Section(f"section:{name}", draw(st.sampled_from(pages)).key, (Block(BlockType.QUOTE, Text.of(draw(words))),))
        for name in ("goal", "rules")
        if draw(st.booleans())
    )
    return Workspace("career", "Career", "1", tuple(pages), sections, databases, views, rows)


def _possible(made: tuple[Property, ...], there: set[str]) -> tuple[Property, ...]:
    return tuple(one for one in made if one.relation is None or one.relation.target in there)


@st.composite
def _row(draw: st.DrawFn, database: Database, key: str, keys: tuple[str, ...]) -> Row:
    values: dict[str, Value] = {}
    for column in database.properties:
        if column.key.endswith((".title", ".key")) or draw(st.booleans()):
            related = tuple(k for k in keys if column.relation and k.startswith(f"{column.relation.target}/"))
            values[column.key] = Text.of(key) if column.key.endswith(".key") else draw(value_of(column, related))
    return Row(key, database.key, values, draw(bodies), draw(icons), draw(st.integers(0, 2)))


@st.composite
def _view(draw: st.DrawFn, database: Database, pages: list[Page]) -> View:
    place = draw(st.sampled_from([Tab(), OnPage(pages[0].key, "today")]))
    group = draw(st.none() | st.sampled_from([GroupBy(one.key) for one in database.properties]))
    sorts = draw(st.sampled_from([(), (Sort(f"{database.key}.title"),)]))
    layout = draw(st.sampled_from([Layout.TABLE, Layout.BOARD]))
    return View(f"view:{database.key}/one", database.key, draw(words), layout, place, None, sorts, group)


def shuffled(workspace: Workspace, dice: random.Random) -> Workspace:
    """The same workspace, written down in another order."""

    def mixed(things: Iterable[Any]) -> tuple[Any, ...]:
        told = list(things)
        return tuple(dice.sample(told, len(told)))

    def sets(value: Value) -> Value:
        return mixed(value) if isinstance(value, tuple) else value

    rows = (replace(one, values={n: sets(v) for n, v in mixed(one.values.items())}) for one in workspace.rows)
    return replace(
        workspace,
        pages=mixed(workspace.pages),
        sections=mixed(workspace.sections),
        databases=mixed(replace(one, properties=mixed(one.properties)) for one in workspace.databases),
        views=mixed(workspace.views),
        rows=mixed(rows),
    )


def mixed_mapping(given: Mapping[str, Any], dice: random.Random) -> dict[str, Any]:
    """The same mapping, in another order."""
    return {key: given[key] for key in dice.sample(list(given), len(given))}


OWNERS_WORDS = ("gamma", "delta", "my own")


def edit_anything(world: World, dice: random.Random, often: float = 0.3) -> dict[str, set[str]]:
    """A person at work: renames, new values, options, types, things in the trash. Returns what they touched, as field
    names by key; of what they removed, nothing."""
    touched: dict[str, set[str]] = {}
    for key in sorted(world.live):
        seen = world.live.get(key)
        if seen is None or seen.trashed or seen.item is None or dice.random() > often:
            continue
        if key != "root" and dice.random() < 0.25:
            world.owner_trashes(key)
            continue
        edits = _edits(seen.item, dice)
        if edits:
            name = dice.choice(sorted(edits))
            world.owner_edits(key, **edits[name])
            touched[key] = {name}
    return touched


def _edits(item: Item, dice: random.Random) -> dict[str, dict[str, Any]]:
    word = dice.choice(OWNERS_WORDS)
    block = Block(BlockType.PARAGRAPH, Text.of(word))
    match item:
        case Page():
            return {"title": {"title": word}, "icon": {"icon": "🦄"}, "body": {"body": (*item.body, block)}}
        case Section():
            return {"blocks": {"blocks": (*item.blocks, block)}}
        case Database():
            return {"title": {"title": word}, "description": {"description": word}}
        case Property():
            found = {"name": {"name": word}, "options": {"options": (Option(word), *item.options[1:])}}
            found["type"] = {"type": PropertyType.URL}
            if item.type not in (PropertyType.SELECT, PropertyType.MULTI_SELECT):
                del found["options"]
            if item.type is PropertyType.TITLE:
                del found["type"]
            return found
        case View():
            return {"name": {"name": word}, "configuration": {"sorts": (Sort("tasks.key", True),)}}
        case Row():
            cells = {
                name: {"values": {**item.values, name: _other(value, word)}} for name, value in item.values.items()
            }
            return {**cells, "body": {"body": (*item.body, block)}, "icon": {"icon": "🦄"}}
    raise AssertionError(kind_of(item))


def _other(value: Value, word: str) -> Value:
    match value:
        case bool():
            return not value
        case int() | float():
            return value + 7.0
        case tuple():
            return (*value, f"id:{word}")
        case Text() | None:
            return Text.of(word)
        case _:
            return word
