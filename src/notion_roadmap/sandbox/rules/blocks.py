"""Blocks: what each type's content may be in a request, and what is kept and shown.

https://developers.notion.com/reference/block
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from notion_roadmap.sandbox.errors import invalid, wrong_body
from notion_roadmap.sandbox.rules import check, media, richtext
from notion_roadmap.sandbox.rules.languages import LANGUAGES

if TYPE_CHECKING:
    from notion_roadmap.sandbox.workspace import Workspace

Content = dict[str, Any]
Parser = Callable[["Workspace", Content, str, Content | None], Content]
"""Takes the request's content, its path, and what is kept so far (None for a new block)."""

MAX_BLOCKS, MAX_DEPTH = 1000, 2


def _words(ws: Workspace, value: Content, path: str, old: Content | None, key: str = "rich_text") -> richtext.RichText:
    if key not in value and old is not None:
        return list(old[key])
    if key not in value and key == "caption":
        return []
    return richtext.parse(ws, value.get(key, check.MISSING), f"{path}.{key}")


def _color(value: Content, path: str, old: Content | None) -> str:
    if value.get("color") is None:
        return str(old["color"]) if old else "default"
    return str(check.choice(value["color"], f"{path}.color", richtext.COLORS))


def _flag(value: Content, key: str, path: str, old: Content | None) -> bool:
    if value.get(key) is None:
        return bool(old[key]) if old else False
    return check.boolean(value[key], f"{path}.{key}")


def _text(ws: Workspace, value: Content, path: str, old: Content | None) -> Content:
    return {"rich_text": _words(ws, value, path, old), "color": _color(value, path, old)}


def _paragraph(ws: Workspace, value: Content, path: str, old: Content | None) -> Content:
    icon = media.icon(ws, value["icon"], f"{path}.icon") if "icon" in value else (old or {}).get("icon")
    return {"rich_text": _words(ws, value, path, old), "icon": icon, "color": _color(value, path, old)}


def _callout(ws: Workspace, value: Content, path: str, old: Content | None) -> Content:
    icon = media.icon(ws, value["icon"], f"{path}.icon") if value.get("icon") else (old or {}).get("icon")
    icon = icon or {"type": "emoji", "emoji": "💡"}
    return {"rich_text": _words(ws, value, path, old), "icon": icon, "color": _color(value, path, old)}


def _heading(ws: Workspace, value: Content, path: str, old: Content | None) -> Content:
    flag = _flag(value, "is_toggleable", path, old)
    return {"rich_text": _words(ws, value, path, old), "is_toggleable": flag, "color": _color(value, path, old)}


def _to_do(ws: Workspace, value: Content, path: str, old: Content | None) -> Content:
    checked = _flag(value, "checked", path, old)
    return {"rich_text": _words(ws, value, path, old), "checked": checked, "color": _color(value, path, old)}


def _code(ws: Workspace, value: Content, path: str, old: Content | None) -> Content:
    language = value.get("language", old["language"] if old else check.MISSING)
    check.choice(language, f"{path}.language", LANGUAGES)
    words = _words(ws, value, path, old)
    return {"caption": _words(ws, value, path, old, "caption"), "rich_text": words, "language": language}


def _link(ws: Workspace, value: Content, path: str, old: Content | None) -> Content:
    address = value.get("url", old["url"] if old else check.MISSING)
    return {"caption": _words(ws, value, path, old, "caption"), "url": check.text(address, f"{path}.url", 2000)}


def _media(ws: Workspace, value: Content, path: str, old: Content | None) -> Content:
    caption = _words(ws, value, path, old, "caption")
    if old is not None and not any(kind in value for kind in ("external", "file_upload", "file")):
        return {"caption": caption, "type": old["type"], old["type"]: old[old["type"]]}
    return {"caption": caption, **media.content(ws, value, path)}


def _file(ws: Workspace, value: Content, path: str, old: Content | None) -> Content:
    found = _media(ws, value, path, old)
    default = old["name"] if old else found[found["type"]]["url"].rsplit("/", 1)[-1] or "file"
    return {**found, "name": check.text(value.get("name", default), f"{path}.name")}


def _equation(ws: Workspace, value: Content, path: str, old: Content | None) -> Content:
    expression = value.get("expression", old["expression"] if old else check.MISSING)
    return {"expression": check.text(expression, f"{path}.expression", 1000)}


def _empty(ws: Workspace, value: Content, path: str, old: Content | None) -> Content:
    return {}


def _contents(ws: Workspace, value: Content, path: str, old: Content | None) -> Content:
    return {"color": _color(value, path, old)}


def _template(ws: Workspace, value: Content, path: str, old: Content | None) -> Content:
    return {"rich_text": _words(ws, value, path, old)}


def _column(ws: Workspace, value: Content, path: str, old: Content | None) -> Content:
    ratio = value.get("width_ratio", (old or {}).get("width_ratio"))
    if ratio is None:
        return {}
    if not 0 < check.number(ratio, f"{path}.width_ratio") <= 1:
        raise check.refuse(f"{path}.width_ratio", "between 0 and 1", ratio)
    return {"width_ratio": ratio}


def _table(ws: Workspace, value: Content, path: str, old: Content | None) -> Content:
    width = old["table_width"] if old else value.get("table_width", check.MISSING)
    if check.number(width, f"{path}.table_width") < 1:
        raise check.refuse(f"{path}.table_width", "≥ `1`", width)
    header, row_header = (_flag(value, key, path, old) for key in ("has_column_header", "has_row_header"))
    return {"table_width": width, "has_column_header": header, "has_row_header": row_header}


def _table_row(ws: Workspace, value: Content, path: str, old: Content | None) -> Content:
    cells = check.arr(value.get("cells", check.MISSING), f"{path}.cells")
    if old is not None and len(cells) != len(old["cells"]):
        raise invalid("Number of cells in table row must match the table width of the parent table")
    return {"cells": [richtext.parse(ws, cell, f"{path}.cells[{n}]") for n, cell in enumerate(cells)]}


def _link_to_page(ws: Workspace, value: Content, path: str, old: Content | None) -> Content:
    kinds = ("page_id", "database_id", "comment_id")
    kind = value.get("type") or next((one for one in kinds if one in value), None)
    if kind not in kinds or kind not in value:
        raise wrong_body(*(check.issue(f"{path}.{one}", "defined", check.MISSING) for one in kinds))
    return {"type": kind, kind: check.uuid(value[kind], f"{path}.{kind}")}


def _synced(ws: Workspace, value: Content, path: str, old: Content | None) -> Content:
    source = value.get("synced_from", (old or {}).get("synced_from") if old else check.MISSING)
    if source is None:
        return {"synced_from": None}
    source = check.obj(source, f"{path}.synced_from")
    return {
        "synced_from": {
            "type": "block_id",
            "block_id": check.uuid(source.get("block_id"), f"{path}.synced_from.block_id"),
        }
    }


PARSERS: dict[str, Parser] = {
    "embed": _link, "bookmark": _link, "image": _media, "video": _media, "pdf": _media, "file": _file, "audio": _media,
    "code": _code, "equation": _equation, "divider": _empty, "breadcrumb": _empty, "tab": _empty,
    "table_of_contents": _contents, "link_to_page": _link_to_page, "table_row": _table_row, "table": _table,
    "column_list": _empty, "column": _column, "heading_1": _heading, "heading_2": _heading, "heading_3": _heading,
    "heading_4": _heading, "paragraph": _paragraph, "bulleted_list_item": _text, "numbered_list_item": _text,
    "quote": _text, "to_do": _to_do, "toggle": _text, "template": _template, "callout": _callout,
    "synced_block": _synced,
}  # fmt: skip
"""Every block type that can be created."""

_PARENTS = {
    "column_list", "column", "table", "tab", "paragraph", "bulleted_list_item", "numbered_list_item", "quote", "to_do",
    "toggle", "template", "callout", "synced_block", "heading_1", "heading_2", "heading_3", "heading_4",
}  # fmt: skip


def kind_of(value: Any, path: str) -> str:
    """The type of a block in a request."""
    value = check.obj(value, path)
    kind = value.get("type") or next((one for one in PARSERS if one in value), None)
    if not isinstance(kind, str) or kind not in PARSERS:
        raise wrong_body(*(check.issue(f"{path}.{one}", "defined", check.MISSING) for one in PARSERS))
    if kind not in value:
        raise wrong_body(check.issue(f"{path}.{kind}", "defined", check.MISSING))
    return str(kind)


def parse_tree(ws: Workspace, children: Any, path: str) -> list[Content]:
    """Check new blocks with their children: [{"type", "content", "children"}], within Notion's limits."""
    count = [0]
    return [_parse_one(ws, child, f"{path}[{n}]", 0, count) for n, child in enumerate(check.arr(children, path))]


def _parse_one(ws: Workspace, value: Any, path: str, depth: int, count: list[int]) -> Content:
    kind = kind_of(value, path)
    count[0] += 1
    if count[0] > MAX_BLOCKS:
        raise invalid(f"body failed validation: body.children should contain at most {MAX_BLOCKS} blocks in total.")
    here, content = f"{path}.{kind}", check.obj(value[kind], f"{path}.{kind}")
    kept = PARSERS[kind](ws, content, here, None)
    below = content.get("children", value.get("children"))
    inner = depth if kind == "column" else depth + 1  # a column adds no level of its own
    if below and (inner > MAX_DEPTH or kind not in _PARENTS):
        raise check.refuse(f"{here}.children", "not present", below)
    if kind.startswith("heading") and below and not kept["is_toggleable"]:
        kept["is_toggleable"] = True
    listed = check.arr(below, f"{here}.children") if below is not None else []
    children = [_parse_one(ws, one, f"{here}.children[{n}]", inner, count) for n, one in enumerate(listed)]
    _check_layout(kind, kept, children, here)
    return {"type": kind, "content": kept, "children": children}


def _check_layout(kind: str, kept: Content, children: list[Content], path: str) -> None:
    """Tables need rows of their width, column lists two columns, tabs paragraphs."""
    if kind == "table":
        if not children:
            raise wrong_body(check.issue(f"{path}.children", "defined", check.MISSING))
        check_rows(kept["table_width"], children, path)
    elif kind == "column_list":
        if len(children) < 2:
            raise wrong_body(f"{path}.children.length should be ≥ `2`, instead was `{len(children)}`.")
        check_kind("column", children, path)
    elif kind == "tab":
        check_kind("paragraph", children, path)


def check_rows(width: int, children: list[Content], path: str) -> None:
    """A table takes only rows of its own width."""
    check_kind("table_row", children, path)
    if any(len(row["content"]["cells"]) != width for row in children):
        raise invalid("Number of cells in table row must match the table width of the parent table")


def check_kind(kind: str, children: list[Content], path: str) -> None:
    """Some blocks take children of one type only."""
    for number, child in enumerate(children):
        if child["type"] != kind:
            raise wrong_body(check.issue(f"{path}.children[{number}].{kind}", "defined", check.MISSING))


def can_have_children(kind: str, content: Content) -> bool:
    """Whether blocks may be appended under a block."""
    return kind in _PARENTS and (not kind.startswith("heading") or bool(content["is_toggleable"]))
