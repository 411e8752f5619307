"""Every item as named fields in canonical form, each with its owner: what is compared, recorded and hashed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final, assert_never

from notion_roadmap.plan.alike import alike
from notion_roadmap.workspace.blocks import Block
from notion_roadmap.workspace.canonical import JSON, canonical
from notion_roadmap.workspace.fit import fit_text
from notion_roadmap.workspace.items import Database, Item, Kind, Page, Row, Section, Workspace
from notion_roadmap.workspace.observed import Seen
from notion_roadmap.workspace.properties import Owner, Property, Value, empty_as_none
from notion_roadmap.workspace.text import Text
from notion_roadmap.workspace.views import View

GOT: Final = "@got"
"""Suffix of a recorded field that holds what Notion kept where that is not what it was asked for."""

BODIES: Final = frozenset({"body", "blocks"})
"""Fields that no answer of a create or an update shows, and that cost requests of their own to read."""

PLACES: Final = frozenset({"parent", "page", "database", "place"})
"""Fields that say where an item stands: written when it is made, the owner's from then on."""

NAMES: Final[Mapping[Kind, str]] = {
    Kind.PAGE: "title",
    Kind.DATABASE: "title",
    Kind.PROPERTY: "name",
    Kind.VIEW: "name",
}
"""The field that an owner renames an item by. A row's title is a value like its others."""


@dataclass(frozen=True, slots=True)
class Field:
    """One comparable part of a desired item.

    Args:
        value: canonical JSON (see workspace.canonical).
        owner: who wins when the sides differ.
    """

    value: JSON
    owner: Owner


def values(item: Item) -> dict[str, JSON]:
    """The canonical value of every field of an item, desired or live; for rows the names are property keys."""
    match item:
        case Page():
            return {"parent": item.parent, "title": item.title, "icon": item.icon, "body": blocks(item.body)}
        case Section():
            return {"page": item.page, "blocks": blocks(item.blocks)}
        case Database():
            words = {"title": item.title, "icon": item.icon, "description": item.description}
            return {"page": item.page, **words}
        case Property():
            return _property(item)
        case View():
            place: JSON = canonical(item.place)
            return {
                "database": item.database,
                "place": place,
                "name": item.name,
                "configuration": configuration(item),
            }
        case Row():
            cells = {key: cell(value) for key, value in item.values.items()}
            return {"database": item.database, "icon": item.icon, "body": blocks(item.body), **cells}
        case _:
            assert_never(item)


class _Same:
    """A workspace by its identity: it is asked about again and again in a run, and never changes."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.workspace is self.workspace

    def __hash__(self) -> int:
        return id(self.workspace)


def values_of(workspace: Workspace) -> Mapping[str, Mapping[str, JSON]]:
    """The canonical values of all items of a workspace, by key."""
    return _values_of(_Same(workspace))


@lru_cache(maxsize=2)
def _values_of(same: _Same) -> Mapping[str, Mapping[str, JSON]]:
    return {item.key: values(item) for item in same.workspace.items()}


def seen_values(seen: Seen) -> dict[str, JSON]:
    """The canonical value of every field of a live item that was read."""
    return {**(values(seen.item) if seen.item is not None else {}), **seen.fields}


def _property(item: Property) -> dict[str, JSON]:
    told = {"format": item.number_format, "formula": item.formula, "relation": item.relation, "rollup": item.rollup}
    return {
        "database": item.database,
        "name": item.name,
        "type": str(item.type),
        "description": item.description,
        "options": canonical(item.options),
        "definition": canonical(told),
    }


def configuration(view: View) -> JSON:
    """What a view shows and how, as one value: all of it but its key, its name and where it stands."""
    told = canonical(view)
    assert isinstance(told, dict)
    return {name: value for name, value in told.items() if name not in {"is", "key", "name", *PLACES}}


def blocks(given: tuple[Block, ...]) -> JSON:
    """Blocks as a reader sees them: anchors are names of ours that Notion does not hold."""
    return [canonical(_seen(block)) for block in given]


def _seen(block: Block) -> Block:
    return replace(block, anchor="", text=fit_text(block.text), children=tuple(_seen(c) for c in block.children))


def cell(value: Value) -> JSON:
    """A row's value as Notion can hold it. Options and related rows are sets: it gives them back in its own order."""
    one = empty_as_none(fit_text(value) if isinstance(value, Text) else value)
    return canonical(sorted(one)) if isinstance(one, tuple) else canonical(one)


def owners_of(workspace: Workspace) -> dict[str, Owner]:
    """Who owns what rows hold, by property key."""
    return {column.key: column.owner for database in workspace.databases for column in database.properties}


def fields(item: Item, owners: Mapping[str, Owner], known: Mapping[str, JSON] | None = None) -> dict[str, Field]:
    """The fields of a desired item.

    Args:
        owners: as `owners_of` gives them, for rows.
        known: its values, where they were drawn already.
    """
    told = values(item) if known is None else known
    return {name: Field(value, _owner(name, owners)) for name, value in told.items()}


def _owner(name: str, owners: Mapping[str, Owner]) -> Owner:
    return Owner.THEIRS if name in PLACES else owners.get(name, Owner.SHARED)


def base(item: Item, got: Item | None = None) -> dict[str, JSON]:
    """What to record of an item that was made as wished: the `fields` of its Applied.

    Args:
        got: the item as Notion's answer shows it (for a view, the rung of the ladder that was taken).
    """
    wished = values(item)
    return wished if got is None else with_answer(wished, got, wished)


def with_answer(recorded: Mapping[str, JSON], got: Item, names: Collection[str]) -> dict[str, JSON]:
    """Recorded fields, with what Notion kept of the fields just written where that is something else.

    Notion rewrites formulas, refuses parts of views and may drop what it does not like. Kept beside the wish, its own
    form is neither taken for an edit of the owner's nor written again in every run.

    Args:
        names: the fields that were written. Never others: they may hold the owner's values.
    """
    outdated = {name + GOT for name in names}
    noted = {name: value for name, value in recorded.items() if name not in outdated}
    for name, value in values(got).items():
        if name in names and name in recorded and name not in BODIES | PLACES and not alike(value, recorded[name]):
            noted[name + GOT] = value
    return noted
