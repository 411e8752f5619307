"""What a change of the schema does to the rows: dropped options, changed types, numbers for a new unique id."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from notion_roadmap.sandbox.rules import options, richtext
from notion_roadmap.sandbox.state import Doc

if TYPE_CHECKING:
    from notion_roadmap.sandbox.workspace import Workspace

_TEXTS = ("url", "email", "phone_number")
_OPTIONS = ("select", "multi_select", "status")


def _rows_with(ws: Workspace, source: Doc, prop_id: str) -> list[str]:
    return [id_ for id_ in ws.store.rows.get(source["id"], {}) if prop_id in ws.store.docs[id_]["values"]]


def drop_values(ws: Workspace, source: Doc, prop_id: str) -> None:
    """Every row forgets its value of a property."""
    for id_ in _rows_with(ws, source, prop_id):
        del ws.store.edit(id_)["values"][prop_id]


def keep_options(ws: Workspace, source: Doc, prop: Doc) -> None:
    """Rows lose the options that are no more; a status falls back to the default."""
    known = {one["id"] for one in prop["config"]["options"]}
    for id_ in _rows_with(ws, source, prop["id"]):
        value = ws.store.docs[id_]["values"][prop["id"]]
        kept = [one for one in (value if isinstance(value, list) else [value]) if one in known]
        if len(kept) != (len(value) if isinstance(value, list) else 1):
            instead = options.default_status(prop["config"]) if prop["type"] == "status" else None
            _put(ws.store.edit(id_), prop["id"], kept if prop["type"] == "multi_select" else (kept or [instead])[0])


def _put(page: Doc, prop_id: str, value: Any) -> None:
    if value in (None, [], ""):
        page["values"].pop(prop_id, None)
    else:
        page["values"][prop_id] = value


def number_rows(ws: Workspace, source: Doc, prop_id: str) -> None:
    """Number the rows that were there before a unique id came."""
    for number, id_ in enumerate(ws.store.rows.get(source["id"], {}), 1):
        ws.store.edit(id_)["values"][prop_id] = number
        source["counters"][prop_id] = number


def retype(ws: Workspace, source: Doc, prop: Doc, before: Doc) -> None:
    """Convert every row's value to the property's new type; what does not convert is empty."""
    for id_ in _rows_with(ws, source, prop["id"]):
        page = ws.store.edit(id_)
        words = _words(page["values"].pop(prop["id"]), before)
        _put(page, prop["id"], _read(ws, words, prop))


def _words(value: Any, before: Doc) -> list[str]:
    """A value as words, one for each option."""
    kind = before["type"]
    if kind in _OPTIONS:
        names = {one["id"]: one["name"] for one in before["config"]["options"]}
        return [names[one] for one in (value if isinstance(value, list) else [value]) if one in names]
    if kind == "rich_text":
        return [richtext.plain(value)]
    if kind == "date":
        return [value["start"]]
    return [str(value)] if kind in (*_TEXTS, "number", "checkbox") else []


def _read(ws: Workspace, words: list[str], prop: Doc) -> Any:
    kind, text = prop["type"], ", ".join(words)
    if not text:
        return None
    if kind in ("select", "multi_select"):
        ids = [_option(ws, prop, word) for word in words if word.strip()]
        return ids if kind == "multi_select" else next(iter(ids), None)
    if kind == "status":
        known = options.by_name(prop["config"]["options"], words[0])
        return known["id"] if known else None
    if kind == "number":
        found = re.fullmatch(r"\s*(-?\d+)(\.\d+)?\s*", text)
        return None if not found else float(text) if found[2] else int(text)
    if kind == "rich_text":
        return richtext.make(text)
    return text if kind in _TEXTS else None


def _option(ws: Workspace, prop: Doc, word: str) -> str:
    id_, made = options.pick(ws, prop["type"], prop["config"], {"name": word.replace(",", "")[:100]}, "option")
    if made:
        prop["config"]["options"].append(made)
    return id_
