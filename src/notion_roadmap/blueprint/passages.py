"""Passages that are kept as they were written: Markdown (https://spec.commonmark.org/0.31.2/) as blocks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache, lru_cache

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from notion_roadmap.blueprint.prose import lines, paragraph
from notion_roadmap.workspace.blocks import Block, BlockType, walk
from notion_roadmap.workspace.fit import pieces, split
from notion_roadmap.workspace.languages import language_of
from notion_roadmap.workspace.limits import CHILDREN
from notion_roadmap.workspace.text import Run, Text

LONGEST = 60_000
"""UTF-16 units of one block: a longer paragraph or code goes on in the next, so that nothing is cut off."""

PIECES_IN_A_PARAGRAPH, LINES_IN_A_PARAGRAPH = 90, 30
"""Of the 100 rich texts that one block holds."""

_DEEPEST = 100
"""Levels of lists in lists that are read."""

_BOX = re.compile(r"\[([ xX])\](?:\s+|$)")
_MARKS = {BlockType.BULLET: "• ", BlockType.NUMBERED: "• ", BlockType.TO_DO: "☐ "}


@lru_cache(maxsize=4096)
def passage(markdown: str) -> tuple[Block, ...]:
    """The blocks of a passage: headings, paragraphs, lists, boxes, code with its language, tables, quotes, dividers,
    with emphasis and links. What Notion has no block for stands as it was written. Never raises for any text."""
    root = SyntaxTreeNode(_parser().parse(markdown))
    return tuple(_blocks(root.children))


def flattened(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """The same words in as few blocks as can hold them."""
    made: list[Block] = []
    said: list[Text] = []
    room = PIECES_IN_A_PARAGRAPH
    for line in _lines(blocks):
        size = sum(1 for _ in pieces(line)) + 1
        if said and (size > room or len(said) == LINES_IN_A_PARAGRAPH):
            made.append(paragraph(lines(said)))
            said, room = [], PIECES_IN_A_PARAGRAPH
        said.append(line)
        room -= size
    return (*made, paragraph(lines(said))) if said else tuple(made)


def _lines(blocks: Iterable[Block]) -> Iterator[Text]:
    for block in walk(blocks):
        text = block.text
        if block.type is BlockType.TABLE_ROW:
            text = Text.of(
                *(part for place, cell in enumerate(block.cells) for part in (" · " if place else "• ", cell))
            )
        if text:
            yield Text.of("☑ " if block.checked else _MARKS.get(block.type, ""), text)


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"maxNesting": _DEEPEST}).enable("table")
    # An address is kept to the letter; what Notion takes for a link is decided where texts are fitted.
    parser.normalizeLink = lambda url: url  # type: ignore[method-assign]
    parser.validateLink = lambda url: bool(url)  # type: ignore[method-assign]
    return parser


def _blocks(nodes: Iterable[SyntaxTreeNode]) -> Iterator[Block]:
    for node in nodes:
        maker = _MAKERS.get(node.type)
        yield from maker(node) if maker is not None else _verbatim(node)


def _paragraph(node: SyntaxTreeNode) -> Iterator[Block]:
    yield from _of_length(Block(BlockType.PARAGRAPH, _inline(node)))


def _heading(node: SyntaxTreeNode) -> Iterator[Block]:
    kind = BlockType.HEADING_2 if node.tag in ("h1", "h2") else BlockType.HEADING_3
    if text := _inline(node):
        yield Block(kind, text)


def _list(node: SyntaxTreeNode) -> Iterator[Block]:
    kind = BlockType.NUMBERED if node.type == "ordered_list" else BlockType.BULLET
    for item in node.children:
        text, below = _first_words(item)
        if text is None:
            yield from below
            continue
        box = _BOX.match(text.plain)
        if box is None:
            yield Block(kind, text, below)
        else:
            rest = _without(text, len(box.group()))
            yield Block(BlockType.TO_DO, rest or Text.of("…"), below, checked=box.group(1) != " ")


def _quote(node: SyntaxTreeNode) -> Iterator[Block]:
    text, below = _first_words(node)
    if text is None:
        yield from below
    else:
        yield Block(BlockType.QUOTE, text, below)


def _first_words(node: SyntaxTreeNode) -> tuple[Text | None, tuple[Block, ...]]:
    """What an item or a quote begins with, and what stands below it; None where it begins with no words."""
    first, rest = node.children[:1], node.children[1:]
    text = _inline(first[0]) if first and first[0].type == "paragraph" else None
    if not text:
        return None, tuple(_blocks(node.children))
    return text, tuple(_blocks(rest))


def _code(node: SyntaxTreeNode) -> Iterator[Block]:
    language = language_of(node.info)
    for part in split(node.content.rstrip("\n"), LONGEST):
        yield Block(BlockType.CODE, Text.of(part), language=language)


def _divider(node: SyntaxTreeNode) -> Iterator[Block]:  # noqa: ARG001 (asked like the others)
    yield Block(BlockType.DIVIDER)


def _table(node: SyntaxTreeNode) -> Iterator[Block]:
    rows = [tuple(_inline(cell) for cell in row.children) for part in node.children for row in part.children]
    yield from table(rows)


def table(rows: Sequence[tuple[Text, ...]]) -> Iterator[Block]:
    """A table, the first row its heading; a long one goes on in a second one under the same heading."""
    heading, body = rows[0], rows[1:]
    for first in range(0, max(1, len(body)), CHILDREN - 1):
        shown = (heading, *body[first : first + CHILDREN - 1])
        yield Block(BlockType.TABLE, children=tuple(Block(BlockType.TABLE_ROW, cells=row) for row in shown))


def _verbatim(node: SyntaxTreeNode) -> Iterator[Block]:
    """What we have no block for, such as HTML, as it was written."""
    if node.content.strip():
        yield from _of_length(Block(BlockType.PARAGRAPH, Text.of(node.content.rstrip("\n"))))


def _of_length(block: Block) -> Iterator[Block]:
    """The block, in several where it is too long for one; nothing for no words."""
    if len(block.text.plain) <= LONGEST:
        if block.text:
            yield block
        return
    for part in split(block.text.plain, LONGEST):
        yield replace(block, text=Text.of(part))


def _inline(node: SyntaxTreeNode) -> Text:
    """The words of a block, with their looks and links."""
    tokens = (
        t for child in node.children if child.type == "inline" and child.token for t in child.token.children or ()
    )
    look, runs = Run(""), list[Run]()
    for token in tokens:
        if token.type in _LOOKS:
            look = replace(look, **_LOOKS[token.type])  # type: ignore[arg-type]
        elif token.type == "link_open":
            look = replace(look, link=str(token.attrGet("href") or ""))
        elif token.type == "image":
            runs.append(replace(look, text=token.content or "🖼️", link=str(token.attrGet("src") or "")))
        else:
            words = _BREAKS.get(token.type, token.content)
            runs.append(replace(look, text=words, code=token.type == "code_inline"))
    return Text.of(*runs)


def _without(text: Text, count: int) -> Text:
    """The text without its first characters."""
    runs: list[Run] = []
    for run in text.runs:
        runs.append(replace(run, text=run.text[count:]))
        count = max(0, count - len(run.text))
    return Text.of(*runs)


_BREAKS = {"softbreak": " ", "hardbreak": "\n"}
_LOOKS = {
    "strong_open": {"bold": True},
    "strong_close": {"bold": False},
    "em_open": {"italic": True},
    "em_close": {"italic": False},
    "link_close": {"link": ""},
}
_MAKERS: dict[str, Callable[[SyntaxTreeNode], Iterator[Block]]] = {
    "paragraph": _paragraph,
    "heading": _heading,
    "bullet_list": _list,
    "ordered_list": _list,
    "blockquote": _quote,
    "fence": _code,
    "code_block": _code,
    "hr": _divider,
    "table": _table,
}
