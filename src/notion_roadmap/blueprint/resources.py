"""One row a course, channel, platform or book."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from notion_roadmap.blueprint.outline import Outline
from notion_roadmap.blueprint.part import (
    DATA_PAGE,
    LAST,
    RESOURCES,
    Part,
    column,
    database,
    existing,
    key_by_words,
    priority_options,
    tabs,
)
from notion_roadmap.blueprint.prose import link_of, option_name, prose
from notion_roadmap.roadmap import Book, Resource, ResourceTable, Roadmap
from notion_roadmap.workspace.items import Row
from notion_roadmap.workspace.properties import Option, Property, PropertyType, Value
from notion_roadmap.workspace.text import Text
from notion_roadmap.workspace.views import GroupBy, Layout, Sort, View

BOOKS = "Books"


def resources_part(outline: Outline) -> Part | None:
    """The resources; None where the roadmap has none, and in a lean workspace."""
    roadmap = outline.roadmap
    rows = tuple(_rows(roadmap))
    if not rows or outline.choices.lean:
        return None
    made = database(
        RESOURCES,
        DATA_PAGE,
        "Resources",
        _columns(roadmap),
        icon="📚",
        description=roadmap.titles.resources or "Courses, platforms and books.",
    )
    there = {prop.key for prop in made.properties}
    rows = tuple(replace(row, values={key: row.values[key] for key in row.values if key in there}) for row in rows)
    return Part(made, tuple(existing(view, made) for view in _views(ranked="resources.priority" in there)), rows)


def tables_of(roadmap: Roadmap) -> tuple[ResourceTable, ...]:
    """The tables of the document, the practice platforms last."""
    return (*roadmap.resources, *((roadmap.practice_platforms,) if roadmap.practice_platforms else ()))


def _columns(roadmap: Roadmap) -> Iterable[Property]:
    text, select = PropertyType.TEXT, PropertyType.SELECT
    kinds = dict.fromkeys(table.columns[0] for table in tables_of(roadmap))
    words = " · ".join((*kinds, "Book") if roadmap.books else kinds)
    yield column("resources.title", "Resource", PropertyType.TITLE, words)
    types = [option_name(table.title) for table in tables_of(roadmap)]
    types += [option_name(roadmap.titles.books or BOOKS)] if roadmap.books else []
    words = "Where it is, or what it is."
    yield column("resources.type", "Type", select, words, options=tuple(map(Option, dict.fromkeys(types))))
    yield column("resources.link", "Link", PropertyType.URL, "Where to find it.")
    used = set(_used(roadmap))
    for field, name, words in _FIELDS:
        if field in used and field == "priority":
            yield column("resources.priority", name, select, words, options=_priorities(roadmap))
        elif field in used:
            yield column(f"resources.{field}", name, text, words)


def _used(roadmap: Roadmap) -> Iterable[str]:
    """The fields of which the document says something."""
    for field, _, _ in _FIELDS:
        if any(getattr(resource, field) for table in tables_of(roadmap) for resource in table.resources):
            yield field
    yield from (field for field, name in _OF_BOOKS.items() if any(getattr(book, name) for book in roadmap.books))


def _priorities(roadmap: Roadmap) -> tuple[Option, ...]:
    """Those of the tasks, then any other."""
    named = (resource.priority for table in tables_of(roadmap) for resource in table.resources if resource.priority)
    options = priority_options(roadmap)
    known = {option.name for option in options}
    return (*options, *(Option(name) for name in dict.fromkeys(named) if name not in known))


_FIELDS = (
    ("focus", "Focus Area", "What it teaches."),
    ("priority", "Priority", "How much it matters."),
    ("cost", "Cost", "As the document says; prices change."),
    ("duration", "Duration", "How long it takes."),
    ("instructor", "Instructor", "Who teaches or wrote it."),
    ("usage", "Usage", "What it is good for."),
)
_OF_BOOKS = {"focus": "note", "instructor": "author"}
"""Where a book says the same."""


def _rows(roadmap: Roadmap) -> Iterable[Row]:
    taken: set[str] = set()
    for table in tables_of(roadmap):
        for resource in table.resources:
            yield _row(
                key_by_words(f"{RESOURCES}/{table.key}", resource.title.plain, taken),
                _of_table(table, resource),
                len(taken),
            )
    kind = option_name(roadmap.titles.books or BOOKS)
    for book in roadmap.books:
        yield _row(key_by_words(f"{RESOURCES}/books", book.title, taken), _of_book(kind, book), len(taken))


def _row(key: str, values: dict[str, Value], place: int) -> Row:
    return Row(key, RESOURCES, {**values, "resources.key": Text.of(key)}, rank=LAST + place)


def _of_table(table: ResourceTable, resource: Resource) -> dict[str, Value]:
    return {
        "resources.title": prose(resource.title),
        "resources.type": option_name(table.title),
        "resources.link": link_of(resource.title),
        "resources.focus": prose(resource.focus) or None,
        "resources.priority": resource.priority,
        "resources.cost": prose(resource.cost) or None,
        "resources.duration": prose(resource.duration) or None,
        "resources.instructor": prose(resource.instructor) or None,
        "resources.usage": prose(resource.usage) or None,
    }


def _of_book(kind: str, book: Book) -> dict[str, Value]:
    return {
        "resources.title": Text.of(book.title),
        "resources.type": kind,
        "resources.focus": prose(book.note) or None,
        "resources.instructor": Text.of(book.author) if book.author else None,
    }


def _views(*, ranked: bool) -> tuple[View, ...]:
    shown = ("resources.type", "resources.link", "resources.focus", "resources.priority", "resources.cost")
    by_type = GroupBy("resources.type", hide_empty=True)
    order = (Sort("resources.type"), *((Sort("resources.priority"),) if ranked else ()))
    return tabs(
        View("view:resources/all", RESOURCES, "All Resources", Layout.TABLE, sorts=order, shown=shown),
        View("view:resources/by-type", RESOURCES, "By Type", Layout.BOARD, group_by=by_type, shown=shown[1:]),
    )
