"""One row a course, channel, platform or book."""

from __future__ import annotations

from collections.abc import Iterable

from notion_roadmap.blueprint.outline import Outline
from notion_roadmap.blueprint.part import (
    DATA_PAGE,
    LAST,
    RESOURCES,
    Part,
    column,
    database,
    priority_options,
    tabs,
)
from notion_roadmap.blueprint.prose import link_of, option_name, prose, slug
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
    return Part(made, _views(), rows)


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
    yield column("resources.focus", "Focus Area", text, "What it teaches.")
    options = priority_options(roadmap)
    yield column("resources.priority", "Priority", select, "How much it matters.", options=options)
    yield column("resources.cost", "Cost", text, "As the document says; prices change.")
    yield column("resources.duration", "Duration", text, "How long it takes.")
    yield column("resources.instructor", "Instructor", text, "Who teaches or wrote it.")
    yield column("resources.usage", "Usage", text, "What it is good for.")


def _rows(roadmap: Roadmap) -> Iterable[Row]:
    taken: set[str] = set()
    for table in tables_of(roadmap):
        for resource in table.resources:
            yield _row(_key(table.key, resource.title.plain, taken), _of_table(table, resource), len(taken))
    kind = option_name(roadmap.titles.books or BOOKS)
    for book in roadmap.books:
        yield _row(_key("books", book.title, taken), _of_book(kind, book), len(taken))


def _key(group: str, title: str, taken: set[str]) -> str:
    """By its words, so that an order changed in the template changes nothing here."""
    stem = f"resources/{group}/{slug(title)}"
    number, key = 1, stem
    while key in taken:
        number += 1
        key = f"{stem}-{number}"
    taken.add(key)
    return key


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


def _views() -> tuple[View, ...]:
    shown = ("resources.type", "resources.link", "resources.focus", "resources.priority", "resources.cost")
    by_type = GroupBy("resources.type", hide_empty=True)
    order = (Sort("resources.type"), Sort("resources.priority"))
    return tabs(
        View("view:resources/all", RESOURCES, "All Resources", Layout.TABLE, sorts=order, shown=shown),
        View("view:resources/by-type", RESOURCES, "By Type", Layout.BOARD, group_by=by_type, shown=shown[1:]),
    )
