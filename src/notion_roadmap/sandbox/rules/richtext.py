"""Rich text: what a request may send, and the full form that an answer gives back.

https://developers.notion.com/reference/rich-text
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from notion_roadmap.sandbox.errors import invalid, wrong_body
from notion_roadmap.sandbox.rules import check, dates

if TYPE_CHECKING:
    from notion_roadmap.sandbox.workspace import Workspace

RichText = list[dict[str, Any]]
COLORS = [
    "default", "gray", "brown", "orange", "yellow", "green", "blue", "purple", "pink", "red", "default_background",
    "gray_background", "brown_background", "orange_background", "yellow_background", "green_background",
    "blue_background", "purple_background", "pink_background", "red_background",
]  # fmt: skip
_STYLES = ("bold", "italic", "strikethrough", "underline", "code")
_MENTIONS = ("user", "date", "page", "database", "template_mention", "custom_emoji", "link_preview", "link_mention")
_LINK = re.compile(
    r"^(https?|mailto|tel|ftp|notion|file|sms|slack|data|app|obsidian|vscode|zotero|message|facetime):", re.IGNORECASE
)
_HOST_ONLY = re.compile(r"^(https?://[^/?#\s]+)$", re.IGNORECASE)


def plain(text: RichText) -> str:
    """The words alone."""
    return "".join(piece["plain_text"] for piece in text)


def make(text: str) -> RichText:
    """Rich text of plain words."""
    return [_piece("text", {"content": text, "link": None}, _annotations({}, ""), text, None)] if text else []


def parse(ws: Workspace, value: Any, path: str) -> RichText:
    """Check rich text of a request and give its full form; pieces of the same look grow together."""
    pieces = [_parse_piece(ws, item, f"{path}[{n}]") for n, item in enumerate(check.arr(value, path))]
    kept = [piece for piece in pieces if piece["type"] != "text" or piece["text"]["content"]]
    return _merge(kept) if ws.switches.merge_text else kept


def _parse_piece(ws: Workspace, item: Any, path: str) -> dict[str, Any]:
    item = check.obj(item, path)
    kind = item.get("type") or next((one for one in ("text", "mention", "equation") if one in item), None)
    if kind not in ("text", "mention", "equation") or not isinstance(item.get(kind), dict):
        raise wrong_body(
            *(check.issue(f"{path}.{one}", "defined", check.MISSING) for one in ("text", "mention", "equation"))
        )
    look = _annotations(item.get("annotations") or {}, f"{path}.annotations")
    if kind == "equation":
        expression = check.text(item[kind].get("expression", check.MISSING), f"{path}.equation.expression", 1000)
        return _piece("equation", {"expression": expression}, look, expression, None)
    if kind == "mention":
        mention, words, href = _mention(ws, item[kind], f"{path}.mention", item.get("plain_text"))
        return _piece("mention", mention, look, words, href)
    content = check.text(item["text"].get("content", check.MISSING), f"{path}.text.content", 2000)
    link = _link(item["text"].get("link"), f"{path}.text.link")
    return _piece("text", {"content": content, "link": link}, look, content, link["url"] if link else None)


def _piece(kind: str, value: dict[str, Any], look: dict[str, Any], words: str, href: str | None) -> dict[str, Any]:
    return {"type": kind, kind: value, "annotations": look, "plain_text": words, "href": href}


def _annotations(value: Any, path: str) -> dict[str, Any]:
    value = check.obj(value, path)
    look: dict[str, Any] = {
        style: check.boolean(value[style], f"{path}.{style}") if style in value else False for style in _STYLES
    }
    look["color"] = (
        check.choice(value["color"], f"{path}.color", COLORS) if value.get("color") is not None else "default"
    )
    return look


def _link(value: Any, path: str) -> dict[str, str] | None:
    if value is None:
        return None
    address = check.text(check.obj(value, path).get("url", check.MISSING), f"{path}.url", 2000).strip()
    if not address:
        return None
    if not (_LINK.match(address) or address.startswith(("/", "#"))) or " " in address:
        raise invalid("Content creation Failed. Fix the following: \nInvalid URL for link.")
    return {"url": _HOST_ONLY.sub(r"\1/", address)}


def _mention(ws: Workspace, value: Any, path: str, words: Any) -> tuple[dict[str, Any], str, str | None]:
    kind = value.get("type") or next((one for one in _MENTIONS if one in value), None)
    if kind not in _MENTIONS or kind not in value:
        raise wrong_body(*(check.issue(f"{path}.{one}", "defined", check.MISSING) for one in _MENTIONS[:6]))
    inner = value[kind]
    if kind == "user":
        user = people(ws, check.uuid(check.obj(inner, f"{path}.user").get("id"), f"{path}.user.id"))
        return {"type": "user", "user": user}, f"@{user.get('name', 'Anonymous')}", None
    if kind == "date":
        date = dates.parse_value(inner, f"{path}.date")
        return {"type": "date", "date": date}, dates.words(date), None
    if kind in ("page", "database"):
        return _object_mention(ws, kind, inner, path, words)
    given = words if isinstance(words, str) else ""
    return {"type": kind, kind: check.obj(inner, f"{path}.{kind}")}, given, inner.get("href") or inner.get("url")


def _object_mention(
    ws: Workspace, kind: str, inner: Any, path: str, words: Any
) -> tuple[dict[str, Any], str, str | None]:
    id_ = check.uuid(check.obj(inner, f"{path}.{kind}").get("id"), f"{path}.{kind}.id")
    doc = ws.store.get(id_)
    title = words if isinstance(words, str) and words else "Untitled"  # of what the connection cannot see
    if doc is not None and doc["object"] in ("page", "database"):
        title = plain(doc["values"].get("title", []) if doc["object"] == "page" else doc["title"]) or "Untitled"
    return {"type": kind, kind: {"id": id_}}, title, f"{ws.base_url}/{id_.replace('-', '')}"


def people(ws: Workspace, id_: str) -> dict[str, Any]:
    """A user as values and mentions show it; whom the workspace does not know stays a bare reference."""
    doc = ws.store.get(id_)
    if doc is None or doc["object"] != "user":
        return {"object": "user", "id": id_}
    head = {"object": "user", "id": id_, "name": doc["name"], "avatar_url": None, "type": doc["type"]}
    return {**head, "bot": {}} if doc["type"] == "bot" else {**head, "person": {"email": doc["email"]}}


def _merge(pieces: RichText) -> RichText:
    merged: RichText = []
    for piece in pieces:
        last = merged[-1] if merged else None
        if (
            last is not None
            and last["type"] == piece["type"] == "text"
            and last["annotations"] == piece["annotations"]
            and last["text"]["link"] == piece["text"]["link"]
            and len(last["plain_text"]) + len(piece["plain_text"]) <= 2000
        ):
            words = last["plain_text"] + piece["plain_text"]
            merged[-1] = _piece(
                "text", {"content": words, "link": last["text"]["link"]}, last["annotations"], words, last["href"]
            )
        else:
            merged.append(piece)
    return merged
