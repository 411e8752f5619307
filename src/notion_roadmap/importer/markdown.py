"""Markdown as blocks and, where it is needed, the inline tokens of a text.

Markdown is read by markdown-it (CommonMark 0.31 with GitHub's tables and task lists, https://github.github.com/gfm/).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.common.utils import normalizeReference
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode

from notion_roadmap.importer.document import (
    Block,
    Code,
    Definition,
    Document,
    FrontMatter,
    Heading,
    Html,
    Item,
    Listing,
    Paragraph,
    Quote,
    Row,
    Rule,
    Table,
)

MAX_NESTING = 60
"""Lists and quotes within one another: a person nests four; the parser's time grows with the square of this."""


def read_document(text: str) -> Document:
    """Read Markdown. Every text is a document; at worst it is one paragraph."""
    # The parser's own idea of a line: other separators, such as U+2028, are characters like any other.
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    front = _front_matter(lines)
    body = "\n".join([""] * front + lines[front:])
    env: dict[str, Any] = {}
    tree = SyntaxTreeNode(_parser().parse(body, env))
    reader = _Reader(lines, env.get("references", {}))
    blocks = list(reader.blocks(tree.children))
    if front:
        blocks.insert(0, FrontMatter(1, front, "\n".join(lines[1 : front - 1])))
    return Document(tuple(lines), tuple(blocks), tuple(reader.definitions()))


@cache
def _parser() -> MarkdownIt:
    # Inline Markdown is kept as text: what stands in it is read where it is needed (roadmap.text).
    return _literal(MarkdownIt("commonmark", {"maxNesting": MAX_NESTING}).enable("table").disable("inline"))


def _front_matter(lines: Sequence[str]) -> int:
    """How many lines of YAML stand between `---` at the top (https://jekyllrb.com/docs/front-matter/)."""
    if not lines or lines[0].rstrip() != "---":
        return 0
    end = next((place for place, line in enumerate(lines[1:200], 2) if line.rstrip() in ("---", "...")), 0)
    fields = [line for line in lines[1 : end - 1] if line.strip() and not line.startswith((" ", "#", "-"))]
    return end if fields and all(re.match(r"[\w-]+\s*:", line) for line in fields) else 0


class _Reader:
    """Nodes of the parser to blocks, with the addresses of links in the place of their labels."""

    def __init__(self, lines: Sequence[str], references: Mapping[str, Any]) -> None:
        self._lines = lines
        self._references = references
        self._used: set[str] = set()

    def blocks(self, nodes: Sequence[SyntaxTreeNode], *, in_item: bool = False) -> Iterator[Block]:
        """The blocks that these nodes are.

        Args:
            in_item: whether they stand in an entry of a list, whose own box is no list.
        """
        for node in nodes:
            first, last = _span(node, self._lines)
            match node.type:
                case "heading":
                    yield Heading(first, last, int(node.tag[1]), self._inline(node))
                case "paragraph":
                    yield from _paragraph(first, last, self._inline(node), in_item=in_item)
                case "bullet_list" | "ordered_list":
                    yield Listing(first, last, node.type == "ordered_list", _stated(tuple(self._items(node))))
                case "fence" | "code_block":
                    yield Code(first, last, node.info.strip(), node.content)
                case "table":
                    yield self._table(node, first, last)
                case "blockquote":
                    yield Quote(first, last, tuple(self.blocks(node.children)))
                case "html_block":
                    yield from _html(first, last, self._lines)
                case "hr":
                    yield Rule(first, last)

    def definitions(self) -> Iterator[Definition]:
        """What the links refer to; ask when all blocks were read."""
        for label, reference in self._references.items():
            first, last = reference["map"]
            yield Definition(first + 1, max(last, first + 1), label, label in self._used)

    def _items(self, listing: SyntaxTreeNode) -> Iterator[Item]:
        start = int(listing.attrGet("start") or 1) if listing.type == "ordered_list" else None
        for place, node in enumerate(listing.children):
            first, last = _span(node, self._lines)
            blocks = tuple(self.blocks(node.children, in_item=True))
            text, own_last, checked = "", first, None
            if blocks and isinstance(blocks[0], Paragraph):
                checked, text = _box(blocks[0].text)
                own_last, blocks = blocks[0].last, blocks[1:]
            yield Item(first, last, text, own_last, None if start is None else start + place, checked, blocks)

    def _table(self, node: SyntaxTreeNode, first: int, last: int) -> Table:
        rows = [
            Row(*_span(row, self._lines), tuple(self._inline(cell) for cell in row.children))
            for part in node.children
            for row in part.children
        ]
        return Table(first, last, rows[0], tuple(rows[1:]))

    def _inline(self, node: SyntaxTreeNode) -> str:
        text = "\n".join(child.content for child in node.children if child.type == "inline")
        return _LINK_LABEL.sub(self._link, text) if self._references and "[" in text else text

    def _link(self, found: re.Match[str]) -> str:
        label = normalizeReference(found["label"] or found["text"])
        reference = self._references.get(label)
        if reference is None:
            return found[0]
        self._used.add(label)
        address = reference["href"]
        shown = f"<{address}>" if re.search(r"[\s()]", address) else address
        title = f' "{reference["title"]}"' if reference["title"] and '"' not in reference["title"] else ""
        return f"[{found['text']}]({shown}{title})"


# `[text][label]`, `[label][]` or `[label]`, not in code and not followed by an address of its own.
_LINK_LABEL = re.compile(
    r"(?<![\\`\]])\[(?P<text>(?:[^\[\]\\`\n]|\\.|!\[[^\[\]]*\]\([^()]*\))+)\](?:\[(?P<label>[^\[\]]*)\])?(?![\[(:])"
)


_HTML_HEADING = re.compile(r"\s*<(h[1-6]|summary)\b.*</\1>\s*", re.IGNORECASE)


def _html(first: int, last: int, lines: Sequence[str]) -> Iterator[Html]:
    """Raw HTML; a line that is a heading or a summary stands for itself."""
    begin = first
    for line in range(first, last + 1):
        if _HTML_HEADING.fullmatch(lines[line - 1]):
            if begin < line:
                yield Html(begin, line - 1, "\n".join(lines[begin - 1 : line - 1]))
            yield Html(line, line, lines[line - 1])
            begin = line + 1
    if begin <= last:
        yield Html(begin, last, "\n".join(lines[begin - 1 : last]))


def _span(node: SyntaxTreeNode, lines: Sequence[str]) -> tuple[int, int]:
    begin, end = node.map or (0, 0)
    while end > begin + 1 and not lines[end - 1].strip():
        end -= 1
    return begin + 1, max(end, begin + 1)


def _box(text: str) -> tuple[bool | None, str]:
    """What the box of a task list item says, and the text behind it.

    https://github.github.com/gfm/#task-list-items; some editors know more states (begun, moved, given up): not done.
    """
    found = _BOX.match(text)
    if found is None:
        return None, text
    return (found["state"] or found["sign"]) in ("x", "X", "☑", "☒", "🗹"), text[found.end() :]


def _stated(items: tuple[Item, ...]) -> tuple[Item, ...]:
    """Entries between boxes that begin with a letter in brackets: a state of the document's own, not done."""
    if all(item.checked is None for item in items):
        return items
    found = [(item, _STATE.match(item.text) if item.checked is None else None) for item in items]
    return tuple(
        replace(item, checked=False, text=item.text[state.end() :]) if state else item for item, state in found
    )


_STATE = re.compile(r"\[[A-Za-z!?*]\]\s+(?=\S)")
_BOX = re.compile(r"(?:\[(?P<state>[ xX/~>-])\]|(?P<sign>[☐☑☒▢□◻❏🗹])\ufe0f?)(?:\s+|$)")
_BULLET = re.compile(r"(?:[•‣▪●◦∙⁃➢➤*+-]\ufe0f?)\s+(?=\S)")


def _paragraph(first: int, last: int, text: str, *, in_item: bool) -> Iterator[Block]:
    """Running text; lines at its end that begin with a box or with a bullet that Markdown does not know are a list.

    Args:
        in_item: whether it stands in an entry of a list, whose own box is no list.
    """
    lines = text.split("\n")
    signed = [bool(_BOX.match(line.strip()) or _BULLET.match(line.strip())) for line in lines]
    begin = len(lines)
    while begin > in_item and (signed[begin - 1] or (begin > 1 and lines[begin - 1][:1].isspace())):
        begin -= 1
    begin = next((place for place in range(begin, len(lines)) if signed[place]), len(lines))
    few = sum(signed[begin:]) < 2 and begin > 0 and not lines[begin - 1].rstrip().endswith((":", "："))
    if len(lines) != last - first + 1 or begin == len(lines) or few:
        yield Paragraph(first, last, text)
        return
    if begin:
        yield Paragraph(first, first + begin - 1, "\n".join(lines[:begin]))
    starts = [place for place in range(begin, len(lines)) if signed[place]]
    ends = [*starts[1:], len(lines)]
    items = (_signed(lines[start:end], first + start) for start, end in zip(starts, ends, strict=True))
    yield Listing(first + begin, last, False, tuple(items))


def _signed(lines: Sequence[str], first: int) -> Item:
    """An entry of such a list, with the lines that it was wrapped to."""
    text = "\n".join(line.strip() for line in lines)
    checked, said = _box(_BULLET.sub("", text, count=1) if _BULLET.match(text) else text)
    last = first + len(lines) - 1
    return Item(first, last, said, last, None, checked, ())


@lru_cache(maxsize=256)
def tokens(inline: str) -> tuple[Token, ...]:
    """The inline tokens of a text: emphasis, code, links, and the text between them."""
    (token,) = _inline_parser().parseInline(inline)
    return tuple(token.children or ())


@cache
def _inline_parser() -> MarkdownIt:
    return _literal(MarkdownIt("commonmark").enable("strikethrough"))


def _literal(parser: MarkdownIt) -> MarkdownIt:
    """An address is kept to the letter."""
    parser.normalizeLink = lambda url: url  # type: ignore[method-assign]
    parser.validateLink = lambda url: bool(url)  # type: ignore[method-assign]
    return parser
