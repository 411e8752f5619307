"""What sections look like, whatever they are called: boxes, lists of labels, tables of tasks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from notion_roadmap.importer.aliases import Aliases
from notion_roadmap.importer.asides import is_aside
from notion_roadmap.importer.document import Block, Heading, Item, Listing, Paragraph, Table
from notion_roadmap.importer.entries import entries
from notion_roadmap.importer.headings import read_heading
from notion_roadmap.importer.labels import Label, bare_label, empty_label, label_of
from notion_roadmap.importer.section import Section
from notion_roadmap.importer.tables import is_task_table
from notion_roadmap.importer.words import fold

_WORK_FIELDS = {"priority", "hours", "deliverables", "expected_proof", "skills", "description", "category"}
_LOOKED_AT = 60
"""Entries of a section that are looked at to tell what it is."""


def items_of(block: Block) -> tuple[Item, ...]:
    """The entries of a list; none of any other block."""
    return block.items if isinstance(block, Listing) else ()


def work_sections(section: Section) -> Iterator[Section]:
    """The section and those within it, without those that are never work."""
    yield section
    for inner in section.sections:
        if not is_aside(inner.title):
            yield from work_sections(inner)


def has_boxes(section: Section) -> bool:
    """Whether an entry of its own lists has a box, however deep."""
    return any(item.checked is not None or holds_boxes(item) for block in section.blocks for item in items_of(block))


def holds_boxes(item: Item) -> bool:
    """Whether anything within an entry has a box."""
    return any(below.checked is not None or holds_boxes(below) for below in item.items)


def heading_in(item: Item) -> Heading | None:
    """The heading that an entry of a list consists of: `- ### Arrays`."""
    first = item.blocks[0] if item.blocks and not item.text else None
    return first if isinstance(first, Heading) else None


def has_task_table(section: Section) -> bool:
    """Whether a table of tasks stands directly below a heading."""
    return any(isinstance(block, Table) and is_task_table(block) for block in section.blocks)


def holds_tasks(section: Section) -> bool:
    """Whether boxes or a table of tasks stand directly below a heading."""
    return has_boxes(section) or has_task_table(section)


def holds_items(section: Section) -> bool:
    """Whether a list or a table of tasks stands directly below a heading."""
    return any(isinstance(block, Listing) for block in section.blocks) or has_task_table(section)


def has_items(section: Section) -> bool:
    """Whether anything below a heading could be a task."""
    return any(holds_items(inner) or read_heading(inner.title).kind == "work" for inner in work_sections(section))


def fields_of(section: Section, aliases: Aliases) -> int:
    """How many fields of a task the labelled lines below a heading state."""
    found: set[str] = set()
    for block in section.blocks:
        items = items_of(block)
        if any(item.checked is not None for item in items[1:]):
            continue
        texts = [item.text for item in items]
        if isinstance(block, Paragraph):
            texts = [line for _, line in block.lines]
        for text in texts[:_LOOKED_AT]:
            label = label_of(text[:400])
            field = aliases.task_field(label.label) if label and label.strong else None
            if field in _WORK_FIELDS:
                found.add(field)
    return len(found)


def is_told_in_labels(section: Section, aliases: Aliases) -> bool:
    """Whether all entries below a heading are labelled lines, so that they tell of it and are no tasks themselves."""
    items: Sequence[Item] = [item for block in section.blocks for item in items_of(block)][:_LOOKED_AT]
    if not items or section.sections:
        return False
    for item in items:
        label = label_of(item.text[:400])
        name = label.label if label else empty_label(item.text)
        if item.checked is not None or item.items or not name or not aliases.is_known(name):
            return False
    return True


def strong_labels(section: Section) -> frozenset[str]:
    """The labels of the entries below a heading; none where one of them has a box or no label that is set apart."""
    items = [item for block in section.blocks for item in items_of(block)][:_LOOKED_AT]
    if not items or section.sections or any(item.checked is not None for item in items):
        return frozenset()
    labels = [label_of(item.text[:400]) or empty_label(item.text[:400]) for item in items]
    names = [found.label if isinstance(found, Label) else bare_label(found or "") for found in labels]
    strong = all("**" in item.text[:10] or "__" in item.text[:10] for item in items)
    return frozenset(map(fold, names)) if strong and all(names) else frozenset()


def is_counted(section: Section) -> bool:
    """Whether most lines of a section hold a number."""
    told = [block for inner in section.walk() for block in inner.blocks if isinstance(block, Table)]
    own = [entry.plain for inner in section.walk() for entry in entries(inner.blocks)]
    counted = sum(any(sign.isdecimal() for sign in text) for text in own)
    return bool(told) or 2 * counted > len(own)
