"""Sections: headings with what stands below them, down to paragraphs that are set in bold to serve as headings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from typing import TypeVar

from notion_roadmap.importer.document import Block, Document, Heading, Html, Listing, Paragraph, Rule
from notion_roadmap.importer.vocabulary import HORIZONS, STRETCHES, UNITS
from notion_roadmap.importer.windows import whole_window

B = TypeVar("B", bound=Block)

BOLD_LEVEL = 7
"""The level of a bold paragraph that serves as a heading: below every real one."""

MAX_PLAIN_HEAD = 80
"""Characters of a line that may be a heading without being marked as one."""

_NUMBERED = sorted({*STRETCHES, *(word for words in UNITS.values() for word in words)}, key=len, reverse=True)
_PLAIN_HEAD = re.compile(
    rf"(?:{'|'.join(map(re.escape, _NUMBERED))})"
    r"\s+\d{1,4}(?:[.\d]*|\s*[-–—]\s*\d{1,4})(?:\s*\([^()]*\)|\s*[-–—:]\s+[^.!?]+)?:?",
    re.IGNORECASE,
)
_HORIZONS = frozenset(word.casefold() for word in HORIZONS)
_BOLD_LINE = re.compile(r"^\s*(?:[^\w\s*]+\s*)?\*\*(?P<bold>(?:(?!\*\*).)+)\*\*\s*:?\s*(?P<rest>.{0,40})$")
_LABEL = re.compile(r"[:：]\s*\*\*|\*\*\s*[:：]")
_HTML_HEADING = re.compile(r"\s*<(?P<tag>h[1-6]|summary)\b[^>]*>(?P<text>.*)</(?P=tag)>\s*", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
_REST = re.compile(r"^[\W_]*(?:completed|complete|done|finished|shipped)?[\W_]*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True, eq=False)
class Section(Block):
    """A heading, what stands directly below it, and the sections within it.

    Args:
        title: the inline Markdown of the heading, emphasis marks around the whole of it left away; "" for the whole
            document.
        level: 0 for the whole document, 1 to 6 for headings, 7 for a bold paragraph that serves as one.
        heading: the heading or the bold paragraph itself; None for the whole document.
        mark: what follows a bold title on its line, such as `✅ COMPLETED`.
        blocks: what stands before the first section within it.
    """

    title: str
    level: int
    heading: Block | None
    mark: str
    blocks: tuple[Block, ...]
    sections: tuple[Section, ...]

    def walk(self) -> Iterator[Section]:
        """This section and all within it, in order."""
        yield self
        for section in self.sections:
            yield from section.walk()

    def of_type(self, kind: type[B]) -> tuple[B, ...]:
        """Its own blocks of one kind."""
        return tuple(block for block in self.blocks if isinstance(block, kind))


def sections_of(document: Document) -> Section:
    """The whole document as one section with sections within it."""
    return _section(None, "", "", 0, list(document.blocks), (1, max(1, len(document.lines))))


@dataclass(frozen=True, slots=True)
class _Head:
    level: int
    title: str
    mark: str


def _section(
    heading: Block | None, title: str, mark: str, level: int, blocks: Sequence[Block], span: tuple[int, int]
) -> Section:
    after = [*blocks[1:], None]
    heads = [(place, head) for place, block in enumerate(blocks) if (head := _head(block, after[place]))]
    own = blocks[: heads[0][0]] if heads else blocks
    sections: list[Section] = []
    place = 0
    while place < len(heads):
        at, head = heads[place]
        upto = place + 1
        while upto < len(heads) and heads[upto][1].level > head.level:
            upto += 1
        end = heads[upto][0] if upto < len(heads) else len(blocks)
        inner = blocks[at + 1 : end]
        last = inner[-1].last if inner else blocks[at].last
        sections.append(_section(blocks[at], head.title, head.mark, head.level, inner, (blocks[at].first, last)))
        place = upto
    return Section(*span, title, level, heading, mark, tuple(own), tuple(sections))


def _head(block: Block, after: Block | None) -> _Head | None:
    if isinstance(block, Heading):
        return _Head(block.level, bare(block.text), "")
    if isinstance(block, Html) and (found := _HTML_HEADING.fullmatch(block.text)):
        title = unescape(_TAG.sub("", found["text"])).strip()
        level = BOLD_LEVEL if found["tag"].lower() == "summary" else int(found["tag"][1])
        return _Head(level, title, "") if title else None
    if isinstance(block, Paragraph) and after is not None and not isinstance(after, Heading | Paragraph | Rule):
        found = _BOLD_LINE.match(block.text)
        if found and _REST.match(found["rest"]):
            return _Head(BOLD_LEVEL, found["bold"].strip(), found["rest"].strip())
        if found and not _LABEL.search(block.text) and whole_window(time := found["rest"].strip(" -–—|·:()*_")):
            return _Head(BOLD_LEVEL, f"{found['bold'].strip()} ({time})", "")
        if isinstance(after, Listing) and _is_plain_head(block.text):
            return _Head(BOLD_LEVEL, block.text.strip().rstrip(":："), "")
    return None


def _is_plain_head(text: str) -> bool:
    """Whether a line over a list is a heading without any mark: `Week 3`, `Version 2.1 (next):`, `Later`."""
    if len(text) > MAX_PLAIN_HEAD or "\n" in text:
        return False
    return bool(_PLAIN_HEAD.fullmatch(text.strip())) or text.strip(" :：").casefold() in _HORIZONS


def bare(text: str) -> str:
    """A heading without the emphasis marks inside it, and without closing hashes."""
    return re.sub(r"(\*\*|__)(?=\S)((?:(?!\1).)+)(?<=\S)\1", r"\2", text).strip()
