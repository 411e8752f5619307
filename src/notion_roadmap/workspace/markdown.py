"""Blocks and texts as Markdown, to be read by people: https://spec.commonmark.org/. Nothing reads it back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from notion_roadmap.workspace.blocks import STRANGER, Block, BlockType
from notion_roadmap.workspace.text import Run, Text

_SPECIAL = re.compile(r"([\\`*_\[\]<>])")
_ESCAPED = r"\\\1"
_MARKS = {
    BlockType.HEADING_1: "# ",
    BlockType.HEADING_2: "## ",
    BlockType.HEADING_3: "### ",
    BlockType.BULLET: "- ",
    BlockType.TOGGLE: "- ",
    BlockType.QUOTE: "> ",
    BlockType.CALLOUT: "> ",
}
_LISTS = frozenset({BlockType.BULLET, BlockType.NUMBERED, BlockType.TO_DO, BlockType.TOGGLE})
_INDENT = "    "


def markdown(blocks: Iterable[Block]) -> str:
    """The blocks, one below the other, with a line end after the last; "" for none."""
    lines = list(_lines(tuple(blocks)))
    return "\n".join(lines) + "\n" if lines else ""


def inline(text: Text) -> str:
    """A text within a line."""
    return "".join(_run(run) for run in text.runs)


def _lines(blocks: tuple[Block, ...]) -> Iterator[str]:
    number, before = 0, None
    for block in blocks:
        number = number + 1 if block.type is BlockType.NUMBERED else 0
        if before is not None and not (before in _LISTS and block.type in _LISTS):
            yield ""
        yield from _block(block, number)
        before = block.type


def _block(block: Block, number: int) -> Iterator[str]:
    if block.type is BlockType.CODE:
        yield from _code(block)
        return
    if block.type is BlockType.DIVIDER:
        yield "---"
        return
    if block.type is BlockType.TABLE:
        yield from _table(block)
        return
    if block.text.plain.startswith(STRANGER):
        yield _stranger(block.text.plain.removeprefix(STRANGER))
        return
    mark = _mark(block, number)
    first, *rest = inline(block.text).split("\n")
    yield (mark + first).rstrip()
    further = "> " if mark.startswith(">") else _INDENT if block.type in _LISTS else ""
    yield from ((further + line).rstrip() for line in rest)
    indent = "> " if mark.startswith(">") else _INDENT if block.type in _LISTS else ""
    if block.children and block.type not in _LISTS:
        yield indent.rstrip()
    yield from ((indent + line).rstrip() for line in _lines(block.children))


def _stranger(words: str) -> str:
    """A block of a kind that we never write: what it is, and what it is called."""
    kind, _, name = words.partition(" ")
    return f"*({kind.replace('_', ' ')}: {_SPECIAL.sub(_ESCAPED, name)})*"


def _mark(block: Block, number: int) -> str:
    if block.type is BlockType.NUMBERED:
        return f"{number}. "
    if block.type is BlockType.TO_DO:
        return "- [x] " if block.checked else "- [ ] "
    icon = f"{block.icon} " if block.icon else ""
    return _MARKS.get(block.type, "") + icon


def _code(block: Block) -> Iterator[str]:
    words = block.text.plain
    fence = "`" * max(3, max(map(len, re.findall(r"`+", words)), default=0) + 1)
    yield fence + ("" if block.language == "plain text" else block.language)
    yield from words.split("\n")
    yield fence


def _table(block: Block) -> Iterator[str]:
    """https://github.github.com/gfm/#tables-extension-"""
    for place, row in enumerate(block.children):
        cells = (inline(cell).replace("|", r"\|").replace("\n", " ") for cell in row.cells)
        yield f"| {' | '.join(cells)} |"
        if place == 0:
            yield f"|{' --- |' * len(row.cells)}"


def _run(run: Run) -> str:
    """Marks stand close to the words: blanks around them would make them words themselves."""
    words = run.text.strip()
    if not words:
        return run.text
    told = f"`{words}`" if run.code else _SPECIAL.sub(_ESCAPED, words)
    told = f"**{told}**" if run.bold else told
    told = f"*{told}*" if run.italic else told
    told = f"[{told}](<{run.link}>)" if run.link else told
    begin = len(run.text) - len(run.text.lstrip())
    return f"{run.text[:begin]}{told}{run.text[begin + len(words) :]}"
