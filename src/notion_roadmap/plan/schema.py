"""In which request each property comes into being.

One create can carry relations (two-way ones too), roll-ups and formulas to databases that exist already. What refers
to the database itself or to a later one, what Notion makes as the other side of a two-way relation, and what builds on
either, comes in a later request.
https://developers.notion.com/reference/create-a-database
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from notion_roadmap.workspace.items import Database, Workspace
from notion_roadmap.workspace.properties import Property, PropertyType


@dataclass(frozen=True, slots=True)
class Stage:
    """Properties that go into one later request.

    Args:
        needs: keys of the databases that must exist.
        mirrors: keys of the properties whose other side Notion must have made before.
    """

    properties: tuple[Property, ...]
    needs: frozenset[str]
    mirrors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DatabaseStages:
    """`first` goes into the create (or exists already), `later` into one request each, in order."""

    first: tuple[Property, ...]
    first_needs: frozenset[str]
    later: tuple[Stage, ...]


class Stages:
    """The stages of every database, by its key."""

    def __init__(self, by_database: Mapping[str, DatabaseStages]) -> None:
        self._by_database = by_database

    def __getitem__(self, database: str) -> DatabaseStages:
        return self._by_database[database]

    def made_by(self, property_key: str) -> str:
        """Key of the step that brings a property into being."""
        database = property_key.partition(".")[0]
        for number, stage in enumerate(self._by_database[database].later):
            if any(p.key == property_key for p in stage.properties):
                return f"change schema:{database}:{number}"
        return f"read schema:{database}"


def stages_of(workspace: Workspace, made: Mapping[str, object]) -> Stages:
    """The stages of every database. `made` holds the keys of what this plan creates."""
    page_rank = {page.key: page.rank for page in workspace.pages}
    order = sorted(workspace.databases, key=lambda d: (page_rank.get(d.page, 0), d.rank, d.key))
    place = {d.key: number for number, d in enumerate(order)}
    return Stages({d.key: _stages(d, place, made) for d in order})


def _stages(database: Database, place: Mapping[str, int], made: Mapping[str, object]) -> DatabaseStages:
    is_new = database.key in made
    wanted = [p for p in database.properties if p.key in made]
    depth = {p.key: _depth(p, database, place) for p in database.properties}
    first = tuple(p for p in wanted if depth[p.key] == 0) if is_new else ()
    rest = [p for p in wanted if p not in first]
    later = []
    for level in sorted({depth[p.key] for p in rest}):
        properties = tuple(p for p in rest if depth[p.key] == level)
        later.append(Stage(properties, _targets(properties, database), _mirrors(properties)))
    return DatabaseStages(first, _targets(first, database), tuple(later))


def _depth(prop: Property, database: Database, place: Mapping[str, int]) -> int:
    """0: with the create; 1: once the databases it refers to exist; 2: once the properties it builds on exist."""
    by_key = {p.key: p for p in database.properties}
    by_name = {p.name: p for p in database.properties}
    if prop.relation is not None:
        later = place.get(prop.relation.target, -1) >= place[database.key]
        return 1 if later or prop.relation.mirrors else 0
    if prop.rollup is not None:
        return _after(_depth(by_key[prop.rollup.relation], database, place))
    if prop.type is PropertyType.FORMULA:
        named = [by_name[n] for n in re.findall(r'prop\("([^"]+)"\)', prop.formula) if n in by_name]
        return max((_after(_depth(p, database, place), p) for p in named if p is not prop), default=0)
    return 0


def _after(depth: int, built_on: Property | None = None) -> int:
    """A formula on a formula comes in a request of its own; what builds on a later property comes after it."""
    if built_on is not None and built_on.type is PropertyType.FORMULA:
        return depth + 1
    return depth + 1 if depth else 0


def _targets(properties: tuple[Property, ...], database: Database) -> frozenset[str]:
    found = {p.relation.target for p in properties if p.relation is not None}
    return frozenset(found - {database.key})


def _mirrors(properties: tuple[Property, ...]) -> tuple[str, ...]:
    return tuple(p.relation.back for p in properties if p.relation is not None and p.relation.mirrors)
