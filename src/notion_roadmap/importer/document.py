"""A document as blocks, each with the lines it stands on. Nothing here decides what a block means."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of lines, counted from 1, the last one included."""

    first: int
    last: int

    @property
    def span(self) -> range:
        """All its lines."""
        return range(self.first, self.last + 1)


@dataclass(frozen=True, slots=True)
class Heading(Block):
    """A heading of a level from 1 to 6; `text` is its inline Markdown."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph(Block):
    """Running text: its inline Markdown, a line of the source on each of its lines."""

    text: str

    @property
    def lines(self) -> Iterator[tuple[int, str]]:
        """Each line with its number, without the spaces around it."""
        return ((self.first + place, line.strip()) for place, line in enumerate(self.text.split("\n")))


@dataclass(frozen=True, slots=True)
class Item(Block):
    """An entry of a list.

    Args:
        text: inline Markdown of its first paragraph, without the box.
        own_last: the last line of that paragraph.
        number: its number in a numbered list, None in a plain one.
        checked: what its box says; None where it has no box.
        blocks: everything below its first paragraph.
    """

    text: str
    own_last: int
    number: int | None
    checked: bool | None
    blocks: tuple[Block, ...]

    @property
    def own_span(self) -> range:
        """The lines of its first paragraph."""
        return range(self.first, self.own_last + 1)

    @property
    def items(self) -> tuple[Item, ...]:
        """The entries of the lists directly below it."""
        return tuple(item for block in self.blocks if isinstance(block, Listing) for item in block.items)


@dataclass(frozen=True, slots=True)
class Listing(Block):
    """A list, plain or numbered."""

    numbered: bool
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Code(Block):
    """A fenced or indented code block; `language` is empty where none is named."""

    language: str
    text: str


@dataclass(frozen=True, slots=True)
class Row(Block):
    """A row of a table: the inline Markdown of its cells."""

    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table(Block):
    """A table: its header, then its rows. The delimiter row stands on the line below the header."""

    header: Row
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Quote(Block):
    """A quotation."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Html(Block):
    """Raw HTML, comments included."""

    text: str


@dataclass(frozen=True, slots=True)
class Rule(Block):
    """A line across the page."""


@dataclass(frozen=True, slots=True)
class FrontMatter(Block):
    """The YAML between `---` at the very top."""

    text: str


@dataclass(frozen=True, slots=True)
class Definition(Block):
    """What a link refers to by a label: `[label]: address`.

    Args:
        is_used: whether a text of the document refers to it; there the address stands in its place.
    """

    label: str
    is_used: bool


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document: its lines, without their ends, its blocks in order, and what its links refer to."""

    lines: tuple[str, ...]
    blocks: tuple[Block, ...]
    definitions: tuple[Definition, ...] = ()

    def source(self, first: int, last: int) -> str:
        """The lines as they stand."""
        return "\n".join(self.lines[first - 1 : last])
