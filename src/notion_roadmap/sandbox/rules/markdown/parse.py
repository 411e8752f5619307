"""Markdown to blocks in the form of requests, which the rules of blocks then check."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from notion_roadmap.sandbox.rules.languages import LANGUAGES
from notion_roadmap.sandbox.rules.markdown.inline import parse as inline

if TYPE_CHECKING:
    from notion_roadmap.sandbox.workspace import Workspace

Block = dict[str, Any]
_ITEMS = (
    (re.compile(r"^- \[( |x|X)\] (.*)$"), "to_do"), (re.compile(r"^[-*+] (.*)$"), "bulleted_list_item"),
    (re.compile(r"^\d+[.)] (.*)$"), "numbered_list_item"), (re.compile(r"^> ?(.*)$"), "quote"),
)  # fmt: skip
_HEADING = re.compile(r'^(#{1,6}) (.*?)(\s*\{toggle="true"\})?$')
_IMAGE = re.compile(r"^!\[([^\]]*)\]\((\S+)\)$")
_MEDIA = re.compile(r'^<(video|audio|pdf|file) src="([^"]+)">(.*?)</\1>$')
_CHILD = re.compile(r'^<(page|database) url="[^"]*?([0-9a-f]{32})[^"]*">(.*?)</\1>$')
_OPEN = re.compile(r"^<(details|callout|columns|column|synced_block|table|tabs)(\s[^>]*)?>$")
_ALIASES = {"js": "javascript", "ts": "typescript", "py": "python", "sh": "shell", "yml": "yaml", "text": "plain text"}


class _Lines:
    """The lines of a text with their depth, read one after the other."""

    def __init__(self, text: str) -> None:
        self.lines = text.replace("\r\n", "\n").split("\n")
        self.at = 0

    def peek(self) -> str | None:
        return self.lines[self.at] if self.at < len(self.lines) else None

    def take(self) -> str:
        self.at += 1
        return self.lines[self.at - 1]


def depth_of(line: str) -> int:
    """How deep a line stands: a tab, or four or two spaces, a level."""
    indent = line[: len(line) - len(line.lstrip())].replace("    ", "\t").replace("  ", "\t")
    return indent.count("\t")


def parse(ws: Workspace, text: str) -> list[Block]:
    """The blocks of a text; pages and databases that it mentions come as {"type": "kept", "id"}."""
    lines = _Lines(text)
    return _blocks(ws, lines, 0, None)


def _blocks(ws: Workspace, lines: _Lines, depth: int, closing: str | None) -> list[Block]:
    found: list[Block] = []
    while (line := lines.peek()) is not None:
        bare = line.strip()
        if closing is not None and bare == closing:
            lines.take()
            break
        if not bare:
            lines.take()
            continue
        here = depth_of(line)
        if closing is None and here < depth:
            break
        if closing is None and here > depth and found and _holds(found[-1]):
            found[-1][found[-1]["type"]]["children"] = _blocks(ws, lines, here, None)
            continue
        found.append(_block(ws, lines, bare))
    return found


def _holds(block: Block) -> bool:
    return block["type"] in ("paragraph", "bulleted_list_item", "numbered_list_item", "to_do", "quote", "toggle") or (
        block["type"].startswith("heading") and block[block["type"]].get("is_toggleable")
    )


def _block(ws: Workspace, lines: _Lines, bare: str) -> Block:
    line = lines.take()
    if bare.startswith("```"):
        return _code(lines, bare[3:].strip(), depth_of(line))
    if bare == "$$":
        return _typed("equation", {"expression": "\n".join(_until(lines, "$$"))})
    opened = _OPEN.match(bare)
    if opened:
        return _element(ws, lines, opened[1], opened[2] or "")
    if bare.startswith("|") and (following := lines.peek()) and re.match(r"^\s*\|?[\s:|-]+\|?\s*$", following):
        return _pipe_table(ws, lines, bare)
    return _line(ws, bare)


def _line(ws: Workspace, bare: str) -> Block:
    if bare in ("---", "***", "___"):
        return _typed("divider", {})
    if bare.startswith("<table_of_contents"):
        return _typed("table_of_contents", {})
    if child := _CHILD.match(bare):
        return {"type": "kept", "id": child[2], "text": bare}
    if heading := _HEADING.match(bare):
        kind = f"heading_{min(len(heading[1]), 4)}"
        return _typed(kind, {"rich_text": inline(ws, heading[2]), "is_toggleable": bool(heading[3])})
    if image := _IMAGE.match(bare):
        return _typed("image", {"external": {"url": image[2]}, "caption": inline(ws, image[1])})
    if media := _MEDIA.match(bare):
        return _typed(media[1], {"external": {"url": media[2]}, "caption": inline(ws, media[3])})
    for pattern, kind in _ITEMS:
        if item := pattern.match(bare):
            extra = {"checked": item[1] != " "} if kind == "to_do" else {}
            return _typed(kind, {"rich_text": inline(ws, item[item.re.groups]), **extra})
    return _typed("paragraph", {"rich_text": [] if bare == "<empty-block/>" else inline(ws, bare)})


def _typed(kind: str, content: Block) -> Block:
    return {"type": kind, kind: content}


def _until(lines: _Lines, closing: str) -> list[str]:
    taken: list[str] = []
    while (line := lines.peek()) is not None:
        lines.take()
        if line.strip() == closing:
            break
        taken.append(line)
    return taken


def _code(lines: _Lines, language: str, depth: int) -> Block:
    taken = [line.removeprefix("\t" * depth) for line in _until(lines, "```")]
    language = _ALIASES.get(language.lower(), language.lower())
    words = "\n".join(taken)
    text = [{"text": {"content": words[at : at + 1900]}} for at in range(0, len(words), 1900)]
    return _typed("code", {"rich_text": text, "language": language if language in LANGUAGES else "plain text"})


def _element(ws: Workspace, lines: _Lines, name: str, attributes: str) -> Block:
    if name == "table":
        return _table(ws, lines, attributes)
    inner = _blocks(ws, lines, 0, f"</{name}>")
    if name in ("columns", "column", "synced_block", "tabs"):
        kind = {"columns": "column_list", "tabs": "tab"}.get(name, name)
        extra = {"synced_from": None} if kind == "synced_block" else {}
        return _typed(kind, {"children": inner, **extra})
    if name == "details":
        summary, rest = _summary(inner)
        return _typed("toggle", {"rich_text": inline(ws, summary), "children": rest})
    first = inner[0]["paragraph"]["rich_text"] if inner and inner[0]["type"] == "paragraph" else []
    icon = re.search(r'icon="([^"]+)"', attributes)
    content: Block = {"rich_text": first, "children": inner[1:] if first else inner}
    return _typed("callout", {**content, "icon": {"type": "emoji", "emoji": icon[1]}} if icon else content)


def _summary(inner: list[Block]) -> tuple[str, list[Block]]:
    if inner and inner[0]["type"] == "paragraph":
        words = "".join(piece["plain_text"] for piece in inner[0]["paragraph"]["rich_text"])
        if found := re.match(r"^<summary>(.*)</summary>$", words, re.DOTALL):
            return found[1], [*inner[0]["paragraph"].get("children", []), *inner[1:]]
    return "", inner


def _table(ws: Workspace, lines: _Lines, attributes: str) -> Block:
    text = "\n".join(_until(lines, "</table>"))
    rows = [
        re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", row, re.DOTALL)
        for row in re.findall(r"<tr[^>]*>(.*?)</tr>", text, re.DOTALL)
    ]
    return _rows(ws, rows, 'header-row="true"' in attributes, 'header-column="true"' in attributes)


def _pipe_table(ws: Workspace, lines: _Lines, first: str) -> Block:
    lines.take()
    rows = [first]
    while (line := lines.peek()) is not None and line.strip().startswith("|"):
        rows.append(lines.take().strip())
    return _rows(ws, [[cell.strip() for cell in row.strip("|").split("|")] for row in rows], True, False)


def _rows(ws: Workspace, rows: list[list[str]], header: bool, row_header: bool) -> Block:
    width = max((len(row) for row in rows), default=1)
    cells = [[inline(ws, cell) for cell in [*row, *[""] * (width - len(row))]] for row in rows or [[""]]]
    children = [_typed("table_row", {"cells": row}) for row in cells]
    flags = {"has_column_header": header, "has_row_header": row_header}
    return _typed("table", {"table_width": width, **flags, "children": children})
