"""What the templates of databases need: tabs, and the rows of a view as a table, a board, cards, a list or bars."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from notion_roadmap.sandbox.errors import ApiError
from notion_roadmap.sandbox.pages import parts
from notion_roadmap.sandbox.rules import compute, find_rows, render
from notion_roadmap.sandbox.rules.formula.values import Unsupported
from notion_roadmap.sandbox.rules.richtext import plain
from notion_roadmap.sandbox.state import Doc

if TYPE_CHECKING:
    from notion_roadmap.sandbox.workspace import Workspace

MAX_ROWS = 500
_KINDS = {"board": "board", "gallery": "cards", "chart": "bars", "table": "table", "dashboard": "dashboard"}


def database(ws: Workspace, doc: Doc, view_id: str | None) -> dict[str, Any]:
    """Everything that the template of a database shows: its tabs, and the chosen one open."""
    shown = embedded(ws, doc, view_id)
    return {**shown, "title": shown["name"], "trail": parts.trail(ws, doc), "trashed": render.in_trash(ws, doc)}


def embedded(ws: Workspace, doc: Doc, view_id: str | None = None) -> dict[str, Any]:
    """A database inside a page: its name, tabs and one open view; a linked one is named after its source."""
    views = [ws.store.docs[id_] for id_ in doc["views"]]
    chosen = next((one for one in views if one["id"] == view_id), views[0] if views else None)
    source = ws.store.get(chosen["data_source_id"] or "") if chosen else None
    linked = not doc["data_sources"] and source is not None
    path = parts.address(ws, doc)
    tabs = [
        {
            "name": one["name"],
            "type": one["type"],
            "url": f"{path}?v={one['id'].replace('-', '')}",
            "open": one is chosen,
        }
        for one in views
    ]
    title = plain(source["title"]) if linked and source else parts.name(doc)
    return {
        "name": title or "Untitled",
        "linked": linked,
        "icon": parts.icon(doc),
        "url": path,
        "tabs": tabs,
        "description": parts.words(ws, doc["description"]),
        "view": view(ws, chosen) if chosen else None,
        "back": tabs[views.index(chosen)]["url"] if chosen else path,
    }


def view(ws: Workspace, doc: Doc) -> dict[str, Any]:
    """The rows of a view in the shape of its type."""
    kind = _KINDS.get(doc["type"], "list")
    head = {"kind": kind, "type": doc["type"], "name": doc["name"]}
    if kind == "dashboard":
        widgets = [ws.store.docs[one["view_id"]] for row in doc["rows"] for one in row["widgets"]]
        return {**head, "widgets": [view(ws, one) for one in widgets]}
    source = ws.store.docs[doc["data_source_id"]]
    now = find_rows.View(ws.store.docs, ws.store.rows)
    try:
        rows = find_rows.run(ws, now, source, find_rows.Wanted(doc["filter"], doc["sorts"]))
    except ApiError:  # the filter names an option that is no more
        rows = find_rows.run(ws, now, source, find_rows.Wanted(None, doc["sorts"]))
    if not doc["sorts"]:
        rows.sort(key=lambda row: row["seq"])
    config = doc["configuration"] or {}
    columns = _columns(source, config, everything=kind == "table")
    shown = [_row(ws, source, row, columns) for row in rows[:MAX_ROWS]]
    head |= {"columns": [prop["name"] for prop in columns], "rows": shown, "count": len(rows)}
    if kind in ("board", "bars"):
        group_by = config.get("group_by") or config.get("x_axis")
        groups = _groups(ws, source, group_by, rows[:MAX_ROWS], shown)
        if kind == "bars":
            if config.get("stack_by"):
                groups = [bar for group in groups for bar in _stacked(ws, source, config["stack_by"], group)]
            _measure(ws, source, groups, config.get("y_axis") or config.get("value") or {})
            head["largest"] = max((group["amount"] for group in groups), default=0)
        return {**head, "groups": groups}
    return head


def _stacked(ws: Workspace, source: Doc, stack_by: Doc, group: Doc) -> list[Doc]:
    """A bar for each line or layer of a chart, where their sum would say nothing."""
    rows = [ws.store.docs[one["id"]] for one in group["rows"]]
    parts_of = _groups(ws, source, {**stack_by, "hide_empty_groups": True}, rows, group["rows"])
    return [{**one, "name": f"{group['name']} · {one['name']}"} for one in parts_of]


def _measure(ws: Workspace, source: Doc, groups: list[Doc], axis: Doc) -> None:
    """The length of each bar: a sum or an average where the chart asks for one, else the number of rows."""
    prop = source["props"].get(axis.get("property_id", ""))
    for group in groups:
        rows = [ws.store.docs[one["id"]] for one in group["rows"]]
        found = [compute.raw(ws, source, row, prop) for row in rows] if prop and prop["type"] == "number" else []
        numbers = [one for one in found if one is not None]
        if prop is None or axis.get("aggregator") not in ("sum", "average"):
            group["amount"] = len(rows)
        else:
            total = sum(numbers)
            group["amount"] = round(total / max(1, len(numbers)), 1) if axis["aggregator"] == "average" else total


def _columns(source: Doc, config: Doc, *, everything: bool) -> list[Doc]:
    """The properties that a view shows, without the title."""
    named = config.get("properties")
    if named is not None:
        ids = [one["property_id"] for one in named if one.get("visible", True)]
    else:
        ids = list(source["props"]) if everything else []
    return [source["props"][id_] for id_ in ids if id_ in source["props"] and id_ != "title"]


def _row(ws: Workspace, source: Doc, row: Doc, columns: list[Doc]) -> dict[str, Any]:
    cells = [cell(ws, source, row, prop) for prop in columns]
    return {
        "name": parts.name(row),
        "icon": parts.icon(row),
        "url": parts.address(ws, row),
        "id": row["id"],
        "cells": cells,
    }


def _groups(
    ws: Workspace, source: Doc, group_by: Doc | None, rows: list[Doc], shown: list[dict[str, Any]]
) -> list[Doc]:
    """The rows by the value that a board or chart groups by; options in their order, empty groups as asked."""
    prop = source["props"].get((group_by or {}).get("property_id", ""))
    if prop is None:
        return [{"name": "All", "color": "default", "rows": shown}]
    options = prop["config"].get("options", []) if prop["type"] in ("select", "multi_select", "status") else []
    groups: dict[str, Doc] = {one["name"]: {"name": one["name"], "color": one["color"], "rows": []} for one in options}
    none: Doc = {"name": f"No {prop['name']}", "color": "default", "rows": []}
    for row, item in zip(rows, shown, strict=True):
        names = _names(ws, source, row, prop)
        for name in names:
            groups.setdefault(name, {"name": name, "color": "default", "rows": []})["rows"].append(item)
        if not names:
            none["rows"].append(item)
    found = [*groups.values(), none]
    return [one for one in found if one["rows"] or (one is not none and not (group_by or {}).get("hide_empty_groups"))]


def _names(ws: Workspace, source: Doc, row: Doc, prop: Doc) -> list[str]:
    try:
        found = compute.raw(ws, source, row, prop)
    except Unsupported:
        return []
    if isinstance(found, bool):
        return ["Checked" if found else "Not checked"]
    if prop["type"] == "relation":
        return [compute.title_of(ws, id_) for id_ in found]
    if isinstance(found, dict):
        return [str(found.get("start") or "")[:10]] if found.get("start") else []
    return [str(one) for one in (found if isinstance(found, list) else [found]) if one not in (None, "")]


def cell(ws: Workspace, source: Doc, row: Doc, prop: Doc) -> dict[str, Any]:
    """One value for a template: pieces of text with colours and links, and what a form needs to change it."""
    value, kind = render.value(ws, source, row, prop), prop["type"]
    inner = value[kind]
    base = {"name": prop["name"], "kind": kind, "property": prop["id"], "pieces": [], "options": [], "value": None}
    if kind == "checkbox":
        return {**base, "value": inner}
    if kind in ("select", "status"):
        options = [{"id": one["id"], "name": one["name"]} for one in prop["config"]["options"]]
        piece = [{"text": inner["name"], "classes": f"tag t-{inner['color']}", "href": None}] if inner else []
        return {**base, "pieces": piece, "options": options, "value": inner["id"] if inner else ""}
    if kind in ("title", "rich_text"):
        return {**base, "pieces": parts.words(ws, inner)}
    return {**base, "pieces": _pieces(ws, kind, inner)}


def _pieces(ws: Workspace, kind: str, inner: Any) -> list[dict[str, Any]]:
    if kind == "multi_select":
        return [{"text": one["name"], "classes": f"tag t-{one['color']}", "href": None} for one in inner]
    if kind == "relation":
        pages = [ws.store.docs[one["id"]] for one in inner]
        return [{"text": parts.name(one), "classes": "tag", "href": parts.address(ws, one)} for one in pages]
    if kind in ("url", "email", "phone_number") and inner:
        scheme = {"email": "mailto:", "phone_number": "tel:"}.get(kind, "")
        return [{"text": inner, "classes": "", "href": parts.safe(scheme + inner)}]
    if kind == "people":
        return [{"text": one.get("name", one["id"]), "classes": "tag", "href": None} for one in inner]
    if kind == "files":
        return [{"text": one["name"], "classes": "", "href": parts.safe(one[one["type"]]["url"])} for one in inner]
    text = _words(kind, inner)
    return [{"text": text, "classes": "", "href": None}] if text else []


def _words(kind: str, inner: Any) -> str:
    if inner is None:
        return ""
    if kind in ("formula", "rollup"):
        found = inner[inner["type"]]
        if inner["type"] == "array":
            return ", ".join(filter(None, (_words(one["type"], one[one["type"]]) for one in found)))
        if str(inner.get("function", "")).startswith("percent") and found is not None:
            return f"{found:.0%}"
        return _words(inner["type"], found)
    if isinstance(inner, list):
        return plain(inner) if kind in ("title", "rich_text") else ""
    if kind == "date":
        return str(inner["start"]).replace("T", " ")[:16] + (f" → {str(inner['end'])[:10]}" if inner["end"] else "")
    if kind == "unique_id":
        return f"{inner['prefix']}-{inner['number']}" if inner["prefix"] else str(inner["number"])
    if isinstance(inner, dict):
        return str(inner.get("name", "unsupported"))
    return str(inner) if not isinstance(inner, bool) else "✓" * inner
