"""Icons, covers and files: what a request may send and what an answer shows.

https://developers.notion.com/reference/file-object and /reference/emoji-object
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from notion_roadmap.sandbox.clock import minute
from notion_roadmap.sandbox.errors import wrong_body
from notion_roadmap.sandbox.rules import check

if TYPE_CHECKING:
    from notion_roadmap.sandbox.workspace import Workspace

_ICONS = ("emoji", "external", "file_upload", "custom_emoji", "icon", "file")
_COVERS = ("external", "file_upload", "file")
_BUILT_IN = re.compile(
    r"^https://(?:www\.notion\.so|app\.notion\.com)/icons/([a-z0-9-]+)_"
    r"(gray|lightgray|brown|yellow|orange|green|blue|purple|pink|red)\.svg(?:\?.*)?$"
)
_HOUR_MS = 3_600_000


def icon(ws: Workspace, value: Any, path: str) -> dict[str, Any] | None:
    """An icon to keep; None clears it."""
    if value is None:
        return None
    kind = _kind(value, path, _ICONS)
    if kind == "emoji":
        return {"type": "emoji", "emoji": check.url(value["emoji"], f"{path}.emoji", 100)}
    if kind == "custom_emoji":
        inner = check.obj(value[kind], f"{path}.custom_emoji")
        id_ = check.uuid(inner.get("id", check.MISSING), f"{path}.custom_emoji.id")
        name = inner.get("name") if isinstance(inner.get("name"), str) else "emoji"
        address = inner.get("url") if isinstance(inner.get("url"), str) else f"{ws.base_url}/emoji/{id_}.png"
        return {"type": kind, kind: {"id": id_, "name": name, "url": address}}
    if kind == "icon":
        inner = check.obj(value[kind], f"{path}.icon")
        name = check.url(inner.get("name", check.MISSING), f"{path}.icon.name", 100)
        return {"type": kind, kind: {"name": name, "color": inner.get("color") or "gray"}}
    found = _hosted(ws, value, kind, path)
    built_in = _BUILT_IN.match(found[found["type"]]["url"])
    # The address of one of Notion's own icons is understood as that icon.
    return {"type": "icon", "icon": {"name": built_in[1], "color": built_in[2]}} if built_in else found


def cover(ws: Workspace, value: Any, path: str) -> dict[str, Any] | None:
    """A cover to keep; None clears it."""
    return None if value is None else _hosted(ws, value, _kind(value, path, _COVERS), path)


def content(ws: Workspace, value: dict[str, Any], path: str) -> dict[str, Any]:
    """The file of a media block: its type and where it is."""
    return _hosted(ws, value, _kind(value, path, _COVERS), path)


def named(ws: Workspace, value: Any, path: str) -> dict[str, Any]:
    """One file of a files property."""
    kind = _kind(value, path, _COVERS)
    found = _hosted(ws, value, kind, path)
    default = found[found["type"]]["url"].rsplit("/", 1)[-1][:100] or "file"
    name = value.get("name")
    return {"name": check.text(name, f"{path}.name", 100) if name is not None else default, **found}


def _kind(value: Any, path: str, kinds: tuple[str, ...]) -> str:
    value = check.obj(value, path)
    kind = value.get("type") or next((one for one in kinds if one in value), None)
    if kind not in kinds or kind not in value:
        raise wrong_body(*(check.issue(f"{path}.{one}", "defined", check.MISSING) for one in kinds[:3]))
    return str(kind)


def _hosted(ws: Workspace, value: dict[str, Any], kind: str, path: str) -> dict[str, Any]:
    inner = check.obj(value[kind], f"{path}.{kind}")
    if kind == "file_upload":
        return _uploaded(ws, check.uuid(inner.get("id", check.MISSING), f"{path}.file_upload.id"))
    address = check.url(inner.get("url", check.MISSING), f"{path}.{kind}.url")
    if kind == "file":
        expiry = inner.get("expiry_time") or minute(ws.clock.now_ms() + _HOUR_MS)
        return {"type": "file", "file": {"url": address, "expiry_time": expiry}}
    return {"type": "external", "external": {"url": address}}


def _uploaded(ws: Workspace, id_: str) -> dict[str, Any]:
    doc = ws.store.get(id_)
    if doc is None or doc["object"] != "file_upload" or doc["status"] != "uploaded":
        raise wrong_body(f"Could not find file upload with ID: {id_}, or it is not uploaded yet.")
    address = f"{ws.base_url}/files/{id_}"
    return {"type": "file", "file": {"url": address, "expiry_time": minute(ws.clock.now_ms() + _HOUR_MS)}}
