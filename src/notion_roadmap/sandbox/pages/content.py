"""What the template of a page needs: its title, trail, properties and blocks as plain values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from notion_roadmap.sandbox.pages import tables
from notion_roadmap.sandbox.pages.parts import address, icon, name, safe, trail, words
from notion_roadmap.sandbox.rules import render, tree
from notion_roadmap.sandbox.rules.compute import source_of
from notion_roadmap.sandbox.state import Doc

if TYPE_CHECKING:
    from notion_roadmap.sandbox.workspace import Workspace


def page(ws: Workspace, doc: Doc) -> dict[str, Any]:
    """Everything that the template of a page shows."""
    source = source_of(ws, doc)
    rows: list[dict[str, Any]] = []
    if source is not None:
        shown = [prop for prop in source["props"].values() if prop["type"] != "title"]
        rows = [tables.cell(ws, source, doc, prop) for prop in shown]
    return {
        "title": name(doc),
        "icon": icon(doc),
        "trail": trail(ws, doc),
        "trashed": render.in_trash(ws, doc),
        "row_id": doc["id"],
        "properties": rows,
        "back": address(ws, doc),
        "blocks": blocks(ws, doc),
    }


def blocks(ws: Workspace, holder: Doc) -> list[dict[str, Any]]:
    """The blocks under a page or block, with a number for each item of a numbered list."""
    found: list[dict[str, Any]] = []
    number = 0
    for id_ in tree.live_children(ws, holder):
        shown = _block(ws, ws.store.docs[id_])
        number = number + 1 if shown["type"] == "numbered_list_item" else 0
        found.append({**shown, "number": number})
    return found


def _block(ws: Workspace, doc: Doc) -> dict[str, Any]:
    if doc["object"] == "page":
        return {"type": "child_page", "name": name(doc), "icon": icon(doc), "url": address(ws, doc)}
    if doc["object"] == "database":
        return {"type": "child_database", **tables.embedded(ws, doc)}
    inside = doc["content"]
    source = (
        ws.store.get((inside.get("synced_from") or {}).get("block_id", "")) if doc["type"] == "synced_block" else None
    )
    shown: dict[str, Any] = {"type": doc["type"], "text": words(ws, inside.get("rich_text", []))}
    shown["children"] = blocks(ws, source or doc)
    shown["caption"] = words(ws, inside.get("caption", []))
    for key in ("checked", "language", "expression", "is_toggleable", "has_column_header", "has_row_header"):
        shown[key] = inside.get(key)
    shown["color"] = inside.get("color", "default")
    shown["icon"] = icon(inside)
    shown["cells"] = [words(ws, cell) for cell in inside.get("cells", [])]
    link = inside.get("url") or (
        inside.get(inside.get("type", "")) or {} if isinstance(inside.get(inside.get("type", "")), dict) else {}
    ).get("url")
    shown["url"] = safe(link)
    shown["label"] = link or doc["type"].replace("_", " ")
    return shown
