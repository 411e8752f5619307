"""What the template of a page needs: its title, trail, properties and blocks as plain values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from notion_roadmap.sandbox.pages import tables
from notion_roadmap.sandbox.rules import render, tree
from notion_roadmap.sandbox.rules.compute import source_of
from notion_roadmap.sandbox.rules.richtext import plain
from notion_roadmap.sandbox.state import Doc

if TYPE_CHECKING:
    from notion_roadmap.sandbox.workspace import Workspace

_SAFE = ("https://", "http://", "mailto:", "tel:", "/", "#")


def address(ws: Workspace, doc: Doc) -> str:
    """The path of a page or database here."""
    if doc["object"] == "page":
        return render.page_url(ws, doc).removeprefix(ws.base_url)
    return f"/{doc['id'].replace('-', '')}"


def safe(url: str | None) -> str | None:
    """A link that a browser may follow; anything else (javascript: and its like) is shown as words only."""
    return url if url and url.lower().startswith(_SAFE) else None


def icon(doc: Doc) -> str:
    """An emoji icon, or nothing."""
    return doc["icon"]["emoji"] if doc.get("icon") and doc["icon"]["type"] == "emoji" else ""


def name(doc: Doc) -> str:
    """A page's or database's title."""
    words = render.page_title(doc) if doc["object"] == "page" else plain(doc["title"])
    return words or "Untitled"


def trail(ws: Workspace, doc: Doc) -> list[dict[str, str]]:
    """The pages and databases above, the root first."""
    found: list[dict[str, str]] = []
    above: Doc | None = doc
    while above is not None and len(found) < 20:
        source = source_of(ws, above) if above["object"] == "page" else None
        above = ws.store.get(source["parent"]["database_id"]) if source else tree.holder_of(ws, above)
        if above is not None and above["object"] in ("page", "database"):
            found.insert(0, {"name": name(above), "icon": icon(above), "url": address(ws, above)})
    return found


def words(ws: Workspace, text: list[Doc]) -> list[dict[str, Any]]:
    """Rich text as pieces with their look."""
    pieces = []
    for piece in text:
        look = piece["annotations"]
        styles = [style for style in ("bold", "italic", "strikethrough", "underline", "code") if look[style]]
        colour = [] if look["color"] == "default" else [f"c-{look['color']}"]
        href = safe((piece["href"] or "").removeprefix(ws.base_url) or piece["href"])
        pieces.append({"text": piece["plain_text"], "classes": " ".join(styles + colour), "href": href})
    return pieces


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
