"""Courses, platforms, blogs, tools and books: tables and lists, under one heading or many."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from notion_roadmap.importer.document import Table
from notion_roadmap.importer.draft import Data, Draft
from notion_roadmap.importer.entries import Entry, entries
from notion_roadmap.importer.parts.common import head_lines, keep_title, lines_of, put
from notion_roadmap.importer.parts.resource import book_of, by_columns, of_text
from notion_roadmap.importer.section import Section
from notion_roadmap.importer.texts import plain, titled, unmarked
from notion_roadmap.importer.words import fold, is_named, speaks_of

_KINDS = ("resources", "courses", "platforms", "blogs", "tools", "channels", "communities", "books")
_COLUMN = {"courses": "Course", "platforms": "Platform", "blogs": "Blog", "tools": "Tool", "channels": "Channel",
           "communities": "Community"}  # fmt: skip
_FIELDS = ("focus", "duration", "instructor", "cost", "priority", "usage")


def recognise_resources(section: Section, draft: Draft) -> bool:
    """Resources of the roadmap as a whole, or those of one phase under a heading that says nothing else."""
    if draft.phase_at(section.first):
        return _of_phase(section, draft)
    return speaks_of(section.title, *_KINDS) and _take(section, draft)


def _of_phase(section: Section, draft: Draft) -> bool:
    """A labelled line of the phase: its boxes, if any, are no work where the heading says that they are resources."""
    phase = draft.phase_above()
    own = entries(section.blocks)
    if phase is None or not own or section.sections or not is_named(section.title, "resources", "books", "courses"):
        return False
    if is_named(section.title, "courses") and not any("](" in entry.text for entry in own):
        return False  # the courses of a curriculum
    boxed = any(entry.checked is not None for entry in own)
    if boxed and (not is_named(section.title, "resources") or fold(section.title) == "documentation"):
        return False
    line = {"label": titled(section.title), "items": [text for entry in own for text in entry.texts()]}
    phase.setdefault("lines", []).append(line)
    draft.ledger.field(head_lines(section), line, "label")
    draft.ledger.content((number for entry in own for number in entry.all_lines()), line, "items")
    return True


def _take(section: Section, draft: Draft) -> bool:
    """This heading's own list and tables, then those of the headings within it."""
    taken = _books(section, draft) if speaks_of(section.title, "books") else _table(section, draft)
    # A heading within may be another part of the roadmap; it is offered as one when this one is left alone.
    inner = [_take(found, draft) for found in section.sections]
    if any(inner) and not taken:
        keep_title(draft, "resources", section)
    return taken or any(inner)


def _table(section: Section, draft: Draft) -> bool:
    columns, found = _rows(section, draft)
    made = list(found)
    made += [resource for entry in entries(section.blocks) for resource in _of_entry(entry, draft)]
    if not made:
        return False
    kind = next((column for kind, column in _COLUMN.items() if speaks_of(section.title, kind)), "Resource")
    used = [name.capitalize() for name in _FIELDS if any(name in resource for resource in made)]
    table = {"title": titled(section.title), "columns": columns or [kind, *used], "resources": made}
    draft.ledger.field(head_lines(section), table, "title")
    for found_table in section.of_type(Table):
        draft.ledger.field(lines_of(found_table.header), table, "columns")
    if speaks_of(section.title, "platforms") and "practice_platforms" not in draft.data:
        draft.data["practice_platforms"] = table
        keep_title(draft, "practice_platforms", section)
    else:
        draft.data.setdefault("resources", []).append(table)
    return True


def _rows(section: Section, draft: Draft) -> tuple[list[str], list[Data]]:
    columns: list[str] = []
    made: list[Data] = []
    for table in section.of_type(Table):
        columns = columns or [plain(cell) or "–" for cell in table.header.cells]
        for row in table.rows:
            resource = by_columns(columns, [unmarked(cell) for cell in row.cells])
            if resource:
                draft.ledger.field(lines_of(row), resource, "title")
                made.append(resource)
    return columns, made


def _of_entry(entry: Entry, draft: Draft) -> Iterator[Data]:
    """A resource, or the kind of the resources below it."""
    if entry.below and "](" not in entry.text and any("](" in inner.text for inner in entry.below):
        for place, inner in enumerate(entry.below):
            resource = of_text(inner.text)
            put(resource, usage=entry.plain.rstrip(":"))
            draft.ledger.field([*inner.all_lines(), *(entry.lines if place == 0 else ())], resource, "title")
            _add_below(resource, inner.below)
            yield resource
        return
    resource = of_text(entry.text)
    put(resource, usage="✅" if entry.checked else None)
    _add_below(resource, entry.below)
    draft.ledger.field(entry.all_lines(), resource, "title")
    yield resource


def _add_below(resource: Data, below: Iterable[Entry]) -> None:
    said = [text for inner in below for text in inner.texts()]
    put(resource, focus="\n".join(filter(None, [resource.get("focus", ""), *said])))


def _books(section: Section, draft: Draft) -> bool:
    made: list[Data] = []
    for table in section.of_type(Table):
        found = [(row, book_of(by_columns(list(map(plain, table.header.cells)), row.cells))) for row in table.rows]
        made += _booked([(lines_of(row), book) for row, book in found], draft)
        draft.ledger.structure(lines_of(table.header))
    own = [(entry, book_of(of_text(entry.text))) for entry in entries(section.blocks)]
    for entry, book in own:
        notes = [str(book.get("note", "")), *(text for inner in entry.below for text in inner.texts())]
        put(book, note="\n".join(filter(None, [*notes, "✅" if entry.checked else ""])))
    made += _booked([(list(entry.all_lines()), book) for entry, book in own], draft)
    if made:
        draft.data.setdefault("books", []).extend(made)
        keep_title(draft, "books", section)
    return bool(made)


def _booked(found: Sequence[tuple[Sequence[int], Data]], draft: Draft) -> list[Data]:
    made = []
    for lines, book in found:
        if book.get("title"):
            draft.ledger.field(lines, book, "title")
            made.append(book)
    return made
