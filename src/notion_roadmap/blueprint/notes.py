"""The passages of the document that are no other part of a roadmap: folds where they are short, else a page each."""

from __future__ import annotations

from collections.abc import Iterator

from notion_roadmap.blueprint.outline import Outline
from notion_roadmap.blueprint.part import DATA_PAGE, LAST, NOTES, OURS, Part, column, database, tabs
from notion_roadmap.blueprint.passages import flattened, passage
from notion_roadmap.roadmap import Note
from notion_roadmap.workspace.blocks import Block, walk
from notion_roadmap.workspace.items import Row
from notion_roadmap.workspace.properties import PropertyType, Value
from notion_roadmap.workspace.text import Text
from notion_roadmap.workspace.views import Layout, Sort, View

SHORT, FEW = 60, 150
"""Blocks of one note, and of all together, up to which they are folds of the root page: more is not read there."""

CHARACTERS_OF_A_BLOCK = 200
"""A block with more counts as several: a long paragraph is no shorter than some lines of a list."""


def notes_part(outline: Outline) -> Part | None:
    """The notes as pages; None where there are none, or they are short enough to be folds."""
    if not outline.roadmap.notes or not stand_apart(outline):
        return None
    made = database(
        NOTES,
        DATA_PAGE,
        "Notes",
        (
            column("notes.title", "Note", PropertyType.TITLE, "The heading in the document."),
            column("notes.order", "Order", PropertyType.NUMBER, "Its place in the document.", OURS),
        ),
        icon="📝",
        description="What else the document says, as it says it.",
    )
    order = (Sort("notes.order"),)
    views = tabs(View("view:notes/all", NOTES, "All Notes", Layout.TABLE, sorts=order, shown=("notes.order",)))
    return Part(made, views, tuple(_rows(outline)))


def stand_apart(outline: Outline) -> bool:
    """Whether the notes are pages of their own."""
    sizes = [_size(note_blocks(outline, note)) for note in outline.roadmap.notes]
    return sum(sizes) > FEW or any(size > SHORT for size in sizes)


def _size(blocks: tuple[Block, ...]) -> int:
    return sum(1 + len(block.text.plain) // CHARACTERS_OF_A_BLOCK for block in walk(blocks))


def note_blocks(outline: Outline, note: Note) -> tuple[Block, ...]:
    """The words of a note; in a lean workspace in as few blocks as can hold them."""
    blocks = passage(note.body)
    return flattened(blocks) if outline.choices.lean else blocks


def _rows(outline: Outline) -> Iterator[Row]:
    for place, note in enumerate(outline.roadmap.notes, start=1):
        key = f"{NOTES}/{note.key}"
        values: dict[str, Value] = {"notes.title": Text.of(note.title), "notes.order": place, "notes.key": Text.of(key)}
        yield Row(key, NOTES, values, note_blocks(outline, note), rank=2 * LAST + place)
