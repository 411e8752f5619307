"""Small things that every template needs: addresses, names, icons, trails, rich text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

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
