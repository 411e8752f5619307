"""The entries below a heading in one shape, however they are written: bullets, lines behind signs, lines of a fence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from notion_roadmap.importer.document import Block, Code, Item, Listing, Paragraph, Table
from notion_roadmap.importer.labels import Labelled, labelled, mark_before
from notion_roadmap.importer.markdown import read_document
from notion_roadmap.importer.section import Section, sections_of
from notion_roadmap.importer.texts import unmarked

MAX_FENCE = 20_000
"""Characters of a fence that is looked into: a template that a person fills in has a page or two."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a list.

    Args:
        lines: the lines of its own text.
        text: its inline Markdown, without box and bullet sign.
        sign: the sign that stands before it in place of a bullet, such as `✅`; "" where there is none.
        checked: what its box says; None where it has no box.
        below: the entries within it.
        whole: whether `below` holds everything that stands within it.
    """

    lines: range
    text: str
    sign: str
    checked: bool | None
    numbered: bool
    below: tuple[Entry, ...]
    whole: bool

    @property
    def plain(self) -> str:
        """Its text without emphasis."""
        return unmarked(self.text)

    @property
    def label(self) -> Labelled | None:
        """Its label and the rest, if it has one."""
        return labelled(self.text)

    def texts(self) -> Iterator[str]:
        """Its own text and those of the entries within it, without emphasis; none that is empty."""
        yield from filter(None, [self.plain])
        for entry in self.below:
            yield from entry.texts()

    def all_lines(self) -> Iterator[int]:
        """Its own lines and those of the entries within it."""
        yield from self.lines
        for entry in self.below:
            yield from entry.all_lines()


def entries(blocks: Iterable[Block]) -> tuple[Entry, ...]:
    """The entries of all lists among these blocks; a paragraph whose every line begins with a sign is a list too."""
    found: list[Entry] = []
    for block in blocks:
        if isinstance(block, Listing):
            found += (_entry(item, block.numbered) for item in block.items)
        elif isinstance(block, Paragraph):
            found += _signed(block)
    return tuple(found)


def entries_within(section: Section) -> tuple[Entry, ...]:
    """The entries of a section and of those within it."""
    return tuple(entry for part in section.walk() for entry in entries(part.blocks))


def _entry(item: Item, numbered: bool) -> Entry:
    sign, text = mark_before(item.text)
    whole = all(isinstance(block, Listing) for block in item.blocks)
    return Entry(item.own_span, text, sign, item.checked, numbered, entries(item.blocks), whole)


def _signed(paragraph: Paragraph) -> list[Entry]:
    lines = [(number, *mark_before(line)) for number, line in paragraph.lines]
    if not all(sign for _, sign, _ in lines):
        return []
    return [Entry(range(number, number + 1), text, sign, None, False, (), True) for number, sign, text in lines]


@dataclass(frozen=True, slots=True)
class Fence:
    """What stands in a fence, read as Markdown.

    Args:
        code: the fence itself.
        root: its content as sections; their lines are counted from the fence, see `lines`.
    """

    code: Code
    root: Section

    def lines(self, inner: Iterable[int]) -> list[int]:
        """The lines of the document that these lines of the content are."""
        return [self.code.first + line for line in inner]

    @property
    def ends(self) -> list[int]:
        """The two lines that open and close it."""
        return [self.code.first, self.code.last]


def fence_of(section: Section) -> Fence | None:
    """The only fence directly below a heading, if it is no program."""
    found = section.of_type(Code)
    if len(found) != 1 or len(found[0].text) > MAX_FENCE or found[0].language.lower() not in _PROSE:
        return None
    # An indented block begins with its first line of content, a fence with the line above it.
    fenced = found[0].last - found[0].first == found[0].text.count("\n") + 1
    return Fence(found[0], sections_of(read_document(found[0].text))) if fenced else None


_PROSE = ("", "text", "txt", "markdown", "md", "plaintext", "plain")


def tables(section: Section) -> tuple[Table, ...]:
    """The tables directly below a heading."""
    return section.of_type(Table)
