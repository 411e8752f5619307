"""Blocks to Markdown: one line a block, children one tab deeper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from notion_roadmap.sandbox.rules import render, tree
from notion_roadmap.sandbox.rules.markdown.inline import show
from notion_roadmap.sandbox.rules.richtext import plain
from notion_roadmap.sandbox.state import Doc

if TYPE_CHECKING:
    from notion_roadmap.sandbox.workspace import Workspace

MAX_BLOCKS = 20_000
_PREFIXES = {
    "heading_1": "# ", "heading_2": "## ", "heading_3": "### ", "heading_4": "#### ", "bulleted_list_item": "- ",
    "numbered_list_item": "1. ", "quote": "> ", "paragraph": "",
}  # fmt: skip
_MEDIA = ("video", "audio", "pdf", "file")
_UNKNOWN = ("bookmark", "embed", "link_preview", "breadcrumb", "template", "link_to_page")


def page_text(ws: Workspace, page: Doc) -> Doc:
    """What the endpoint answers: {"object", "id", "markdown", "truncated", "unknown_block_ids"}."""
    found = tree.descendants(ws, page)
    unknown = [doc["id"] for doc in found if doc["object"] == "block" and doc["type"] in _UNKNOWN]
    text = "\n".join(block_text(ws, ws.store.docs[id_]) for id_ in tree.live_children(ws, page))
    return {
        "object": "page_markdown", "id": page["id"], "markdown": text, "truncated": len(found) > MAX_BLOCKS,
        "unknown_block_ids": unknown,
    }  # fmt: skip


def block_text(ws: Workspace, doc: Doc) -> str:
    """One block of the state with its children."""
    if doc["object"] == "page":
        return f'<page url="{render.page_url(ws, doc)}">{render.page_title(doc)}</page>'
    if doc["object"] == "database":
        return f'<database url="{ws.base_url}/{doc["id"].replace("-", "")}">{plain(doc["title"])}</database>'
    children = [block_text(ws, ws.store.docs[id_]) for id_ in tree.live_children(ws, doc)]
    rows = (
        [ws.store.docs[id_]["content"]["cells"] for id_ in tree.live_children(ws, doc)]
        if doc["type"] == "table"
        else []
    )
    return shape(doc["type"], doc["content"], children, rows, f"{ws.base_url}/{doc['id'].replace('-', '')}")


def tree_text(node: Doc) -> str:
    """One checked but not yet planted block with its children, as `block_text` would show it."""
    if node["type"] == "kept":
        return str(node["text"])
    children = [tree_text(child) for child in node["children"]]
    rows = [child["content"]["cells"] for child in node["children"]] if node["type"] == "table" else []
    return shape(node["type"], node["content"], children, rows, "")


def shape(kind: str, content: Doc, children: list[str], rows: list[Any], url: str) -> str:
    """A block's Markdown from its type, content and the Markdown of its children."""
    if kind in _PREFIXES:
        return _line(kind, content, children)
    if kind == "to_do":
        return _nest(f"- [{'x' if content['checked'] else ' '}] {show(content['rich_text'])}", children)
    if kind == "code":
        return f"```{content['language']}\n{plain(content['rich_text'])}\n```"
    if kind == "equation":
        return f"$$\n{content['expression']}\n$$"
    if kind == "divider":
        return "---"
    if kind == "image":
        return f"![{show(content['caption'])}]({content[content['type']]['url']})"
    if kind in _MEDIA:
        return f'<{kind} src="{content[content["type"]]["url"]}">{show(content["caption"])}</{kind}>'
    if kind == "table":
        return _table(content, rows)
    if kind == "table_of_contents":
        return "<table_of_contents/>"
    return _tagged(kind, content, children, url)


def _line(kind: str, content: Doc, children: list[str]) -> str:
    words = show(content["rich_text"])
    if kind.startswith("heading") and content["is_toggleable"]:
        return _nest(f'{_PREFIXES[kind]}{words} {{toggle="true"}}', children)
    if kind == "paragraph" and not words:
        words = "<empty-block/>"
    return _nest(f"{_PREFIXES[kind]}{words}", children)


def _nest(first: str, children: list[str]) -> str:
    return "\n".join([first, *("\t" + line for child in children for line in child.split("\n"))])


def _wrap(opening: str, body: list[str], closing: str) -> str:
    return "\n".join([_nest(opening, body), closing])


def _tagged(kind: str, content: Doc, children: list[str], url: str) -> str:
    if kind == "toggle":
        return "\n".join(
            ["<details>", _nest(f"<summary>{show(content['rich_text'])}</summary>", children), "</details>"]
        )
    if kind == "callout":
        icon = content["icon"].get("emoji", "") if content["icon"] else ""
        return _wrap(f'<callout icon="{icon}">', [show(content["rich_text"]), *children], "</callout>")
    if kind in ("column_list", "column", "synced_block", "tab"):
        name = {"column_list": "columns", "tab": "tabs"}.get(kind, kind)
        return _wrap(f"<{name}>", children, f"</{name}>")
    return f'<unknown url="{url}" alt="{kind}"/>'


def _table(content: Doc, rows: list[Any]) -> str:
    header = ' header-row="true"' if content["has_column_header"] else ""
    header += ' header-column="true"' if content["has_row_header"] else ""
    lines = [f"<table{header}>"]
    for cells in rows:
        lines += ["<tr>", *(f"<td>{show(cell)}</td>" for cell in cells), "</tr>"]
    return "\n".join([*lines, "</table>"])
