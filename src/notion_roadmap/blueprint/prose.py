"""The roadmap's texts as rich text and blocks."""

from __future__ import annotations

import re
from collections.abc import Iterable

from notion_roadmap.roadmap import Line, Phase
from notion_roadmap.roadmap import Text as Written
from notion_roadmap.workspace.blocks import Block, BlockType
from notion_roadmap.workspace.fit import fit_link
from notion_roadmap.workspace.limits import OPTION_NAME
from notion_roadmap.workspace.text import Run, Text

GREY = "gray"


_CODE = re.compile(r"`([^`\n]+)`")


def prose(written: Written | str | None) -> Text:
    """A text with its links, and with what stands between backticks as code; the empty text for None."""
    if written is None or isinstance(written, str):
        return Text.of(*_runs(written or "", ""))
    return Text.of(*(part for run in written.runs for part in _runs(run.text, run.url or "")))


def _runs(words: str, link: str) -> Iterable[Run]:
    """Every second piece is code."""
    for place, piece in enumerate(_CODE.split(words)):
        yield Run(piece, link=link, code=bool(place % 2))


def lines(texts: Iterable[Text]) -> Text:
    """One below the other."""
    parts: list[Text | str] = []
    for text in texts:
        parts += ["\n", text] if parts else [text]
    return Text.of(*parts)


def labelled(label: str, text: Text | str = "") -> Text:
    """**Label:** text."""
    return Text.of(Run(f"{label}:", bold=True), " ", text) if text else Text.of(Run(f"{label}:", bold=True))


def bold(words: str) -> Text:
    """In bold."""
    return Text.of(Run(words, bold=True))


def with_note(text: Text, note: Written | None) -> Text:
    """The text, and its note in brackets."""
    return Text.of(text, " (", prose(note), ")") if note else text


def paragraph(text: Text | str, color: str = "") -> Block:
    """A paragraph."""
    return Block(BlockType.PARAGRAPH, Text.of(text), color=color)


def heading(words: str, anchor: str = "") -> Block:
    """A heading of a page."""
    return Block(BlockType.HEADING_2, Text.of(words), anchor=anchor)


def small_heading(words: Text | str) -> Block:
    """A heading within a body or a folded part."""
    return Block(BlockType.HEADING_3, Text.of(words))


def bullet(text: Text | str, items: Iterable[Text] = ()) -> Block:
    """A bullet, with bullets below it."""
    return Block(BlockType.BULLET, Text.of(text), tuple(Block(BlockType.BULLET, item) for item in items))


def numbered(text: Text | str) -> Block:
    """A step of a list."""
    return Block(BlockType.NUMBERED, Text.of(text))


def to_do(text: Text | str, *, checked: bool = False) -> Block:
    """Something to tick."""
    return Block(BlockType.TO_DO, Text.of(text), checked=checked)


def line_bullet(line: Line) -> Block:
    """A labelled line of the document, its items below it."""
    return bullet(labelled(line.label, prose(line.text)), map(prose, line.items))


def link_of(*texts: Written | None) -> str | None:
    """The first address that can stand in a URL property."""
    urls = (url for text in texts if text is not None for url in text.urls)
    return next((fitting for url in urls if (fitting := fit_link(url)).startswith("http")), None)


def option_name(words: str) -> str:
    """Words as the name of an option: no commas, and not longer than Notion takes."""
    name = words.replace(", ", " · ").replace(",", "·")
    while len(name.encode("utf-16-le")) // 2 > OPTION_NAME:
        name = name[:-1]
    return name.strip()


def slug(words: str) -> str:
    """Words as a part of a key; never empty."""
    return re.sub(r"[^a-z0-9]+", "-", words.casefold()).strip("-")[:80].strip("-") or "x"


def rounded(value: float | None) -> float | None:
    """With four decimals at most, so that a hundredth of a percent still shows; whole numbers as such."""
    if value is None:
        return None
    return int(value) if float(value).is_integer() else round(value, 4)


def share(percent: float | None) -> float | None:
    """A percentage (0 to 100) as the share (0 to 1) that a percent column shows."""
    return None if percent is None else rounded(percent / 100)


def number(value: float) -> str:
    """Without needless decimals."""
    return f"{value:,.2f}".rstrip("0").rstrip(".")


def phase_name(phase: Phase) -> str:
    """`Phase 1: Foundations`; what says the same twice is said once."""
    if phase.title.casefold().startswith(phase.option.casefold()):
        return phase.title
    return f"{phase.option}: {phase.title}"


def with_icon(icon: str, words: str) -> str:
    """The icon before the words, unless they begin with one of their own."""
    return f"{icon} {words}" if words[:1].isalnum() else words
