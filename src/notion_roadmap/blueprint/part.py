"""A database with its tabs and its first rows, and how its columns are said."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from notion_roadmap.blueprint.prose import slug
from notion_roadmap.roadmap import Roadmap
from notion_roadmap.workspace.items import Database, Row
from notion_roadmap.workspace.limits import OPTIONS, PROPERTY_DESCRIPTION
from notion_roadmap.workspace.properties import Option, Owner, Property, PropertyType, Relation, Rollup
from notion_roadmap.workspace.views import Tab, View

DATA_PAGE = "data"
"""Key of the page that holds every database but the main one."""

OURS, SHARED, THEIRS = Owner.OURS, Owner.SHARED, Owner.THEIRS

TASKS, PHASES, GROUPS, CRITERIA, KPIS, DAYS = "tasks", "phases", "groups", "criteria", "kpis", "days"
APPLICATIONS, REVIEWS, HISTORY, RESOURCES = "applications", "reviews", "history", "resources"
NOTES, SETTINGS = "notes", "settings"

RANKS = {
    key: place
    for place, key in enumerate(
        (
            TASKS,
            PHASES,
            GROUPS,
            KPIS,
            CRITERIA,
            DAYS,
            REVIEWS,
            APPLICATIONS,
            HISTORY,
            RESOURCES,
            NOTES,
            SETTINGS,
        ),
        start=1,
    )
}
"""The reading order of the databases, which is also one in which each refers to earlier ones only."""

SOON, LATER, LAST = 10_000, 20_000, 10_000_000
"""Where bands of row ranks begin. The current phase is first, then what the first days need, the other phases one
after the other, and reference last."""

ROWS_OF_A_PHASE = 10_000
"""More rows of one kind than any phase has."""


def phase_rank(near: int, place: int) -> int:
    """The rank of a row that belongs to a phase which is `near` phases away from the current one."""
    return place if near == 0 else LATER + near * ROWS_OF_A_PHASE + place


@dataclass(frozen=True)
class Part:
    """One database of the workspace."""

    database: Database
    views: tuple[View, ...]
    rows: tuple[Row, ...] = ()


def column(
    key: str,
    name: str,
    type_: PropertyType,
    description: str = "",
    owner: Owner = SHARED,
    *,
    options: tuple[Option, ...] = (),
    number_format: str = "number",
    relation: Relation | None = None,
    rollup: Rollup | None = None,
    formula: str = "",
    proposed: bool = False,
) -> Property:
    """A property; a description that is too long for Notion is cut, further options come with their first row."""
    said = description if len(description) <= PROPERTY_DESCRIPTION else description[: PROPERTY_DESCRIPTION - 1] + "…"
    shown = options[:OPTIONS]
    return Property(key, name, type_, owner, said, shown, number_format, relation, rollup, formula, proposed)


def key_column(database: str) -> Property:
    """The property by which a row is found again."""
    words = "Finds this row again. Leave it as it is; rows of your own need none."
    return column(f"{database}.key", "Key", PropertyType.TEXT, words, OURS)


def key_by_words(group: str, words: str, taken: set[str]) -> str:
    """The key of a row that the template gives none, noted in `taken`.

    It follows the words, so that an order changed in the template changes nothing here.
    """
    stem = f"{group}/{slug(words)}"
    number, key = 1, stem
    while key in taken:
        number += 1
        key = f"{stem}-{number}"
    taken.add(key)
    return key


def database(
    key: str,
    page: str,
    title: str,
    properties: Iterable[Property],
    *,
    icon: str,
    description: str,
    inline: bool = False,
    grows: str = "",
) -> Database:
    """A database whose last column is its key. A name that two columns share is told apart by a number."""
    columns = _told_apart((*properties, key_column(key)))
    return Database(key, page, title, columns, f"{key}.key", icon, description, inline, RANKS[key], grows)


def _told_apart(properties: Iterable[Property]) -> tuple[Property, ...]:
    taken: dict[str, int] = {}
    columns = []
    for prop in properties:
        seen = taken[prop.name.casefold()] = taken.get(prop.name.casefold(), 0) + 1
        columns.append(prop if seen == 1 else replace(prop, name=f"{prop.name} ({seen})"))
    return tuple(columns)


def tabs(*views: View) -> tuple[View, ...]:
    """The views as tabs, in this order."""
    placed: list[View] = []
    for view in views:
        placed.append(replace(view, place=Tab(after=placed[-1].key if placed else "")))
    return tuple(placed)


def existing(view: View, database: Database) -> View:
    """The view without the columns that this roadmap does not have."""
    there = {prop.key for prop in database.properties}
    return replace(view, shown=tuple(key for key in view.shown if key in there))


def phase_options(roadmap: Roadmap) -> tuple[Option, ...]:
    """The phases as options: the documented ones in their order and colours, then any other."""
    documented = roadmap.tracking.property("phase")
    named = {o.name: Option(o.name, o.color or "default") for o in (documented.options if documented else ())}
    return tuple((named | {p.option: named.get(p.option, Option(p.option)) for p in roadmap.phases}).values())


def priority_options(roadmap: Roadmap) -> tuple[Option, ...]:
    """The documented priorities."""
    documented = roadmap.tracking.property("priority")
    return tuple(Option(o.name, o.color or "default") for o in (documented.options if documented else ()))
