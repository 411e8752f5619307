"""Views: tabs of a database, widgets of a dashboard, linked databases on pages.

https://developers.notion.com/reference/create-view
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from notion_roadmap.sandbox.clock import exact
from notion_roadmap.sandbox.errors import ApiError, invalid
from notion_roadmap.sandbox.rules import check, render, sorts, view_refs
from notion_roadmap.sandbox.rules.filters import Filter
from notion_roadmap.sandbox.rules.schema import find
from notion_roadmap.sandbox.rules.view_config import REQUIRED, Config
from notion_roadmap.sandbox.state import Doc

if TYPE_CHECKING:
    from notion_roadmap.sandbox.workspace import Workspace

MAX_WIDGETS, MAX_IN_ROW = 12, 4


def default(ws: Workspace, database: Doc, source: Doc) -> Doc:
    """The table that a new database begins with; `database` is from Store.edit or new."""
    view = _doc(ws, ws.ids.random_id(), database["id"], source["id"], "Default view", "table")
    view["configuration"] = {"type": "table"}
    ws.store.add(view)
    database["views"].append(view["id"])
    return view


def _doc(ws: Workspace, id_: str, database_id: str, source_id: str | None, name: str, kind: str) -> Doc:
    return {
        "object": "view", "id": id_, "parent": {"type": "database_id", "database_id": database_id}, **ws.stamp(),
        "data_source_id": source_id, "name": name, "type": kind, "filter": None, "sorts": None, "quick_filters": None,
        "configuration": None, "dashboard": None, "rows": [],
    }  # fmt: skip


def create(ws: Workspace, database_id: str, source: Doc, body: Doc) -> Doc:
    """A checked new view, not yet in any list of tabs."""
    kind, name = body["type"], check.text(body.get("name", check.MISSING), "body.name", 2000)
    view = _doc(ws, ws.new_id("view"), database_id, source["id"], name, kind)
    if kind == "dashboard":
        view["data_source_id"] = None
    for key in ("filter", "sorts", "quick_filters"):
        if body.get(key) is not None:
            view[key] = _part(ws, source, key, body[key])
    view["configuration"] = _configuration(ws, source, kind, body.get("configuration"), None)
    return ws.store.add(view)


def change(ws: Workspace, view: Doc, body: Doc) -> None:
    """Carry out an update of a view from Store.edit."""
    source = ws.store.docs[view["data_source_id"]] if view["data_source_id"] else {"props": {}, "id": ""}
    if body.get("type", view["type"]) != view["type"]:
        raise invalid("body failed validation: body.type should be not present; the type of a view cannot be changed.")
    if "name" in body:
        view["name"] = check.text(body["name"], "body.name", 2000)
    for key in ("filter", "sorts"):
        if key in body:
            view[key] = None if body[key] is None else _part(ws, source, key, body[key])
    if "quick_filters" in body:
        view["quick_filters"] = _quick(ws, source, view["quick_filters"], body["quick_filters"])
    if body.get("configuration") is not None:
        view["configuration"] = _configuration(ws, source, view["type"], body["configuration"], view["configuration"])


def _quick(ws: Workspace, source: Doc, old: Doc | None, value: Any) -> Doc | None:
    if value is None:
        return None
    value = check.obj(value, "body.quick_filters")
    given = {key: condition for key, condition in value.items() if condition is not None}
    cleared = view_refs.kept("quick_filters", value, lambda name: find(source, name))
    kept = {key: one for key, one in (old or {}).items() if key not in cleared}
    return {**kept, **(_part(ws, source, "quick_filters", given) or {})} or None


def _part(ws: Workspace, source: Doc, key: str, value: Any) -> Any:
    """A filter, sorts or quick filters to keep, checked against the schema."""
    if key == "sorts":
        sorts.parse(source, value, "body.sorts")
        return view_refs.kept(key, value, lambda name: find(source, name))
    if ws.switches.view_filters == "refused":
        raise invalid(f"body failed validation: body.{key} is not supported for this view.")
    if key == "quick_filters":
        for name, condition in check.obj(value, "body.quick_filters").items():
            if check.obj(condition, f"body.quick_filters.{name}"):
                Filter(ws, source).compile({"property": name, **condition}, f"body.quick_filters.{name}")
    else:
        Filter(ws, source).compile(value, "body.filter")
    if ws.switches.view_filters == "dropped":
        return None
    return view_refs.kept(key, value, lambda name: find(source, name))


def _configuration(ws: Workspace, source: Doc, kind: str, value: Any, old: Doc | None) -> Doc | None:
    if kind == "dashboard":
        if value is not None:
            raise check.refuse("body.configuration", "not present", value)
        return None
    if value is None:
        if kind in REQUIRED and old is None and ws.switches.required_view_configuration == "refused":
            raise check.refuse(f"body.configuration.{REQUIRED[kind]}", "defined", check.MISSING)
        return old or ({"type": kind} if kind not in REQUIRED else None)
    kept = Config(ws, source).read(kind, value, "body.configuration", old)
    if ws.switches.view_configuration == "dropped":
        needed = REQUIRED.get(kind)
        return {key: kept[key] for key in ("type", needed) if key in kept}
    return kept


def refuse_type(ws: Workspace, kind: str) -> None:
    """The refusals of plans and workspaces, as the switches say."""
    answer = {"chart": ws.switches.chart_views, "dashboard": ws.switches.dashboard_views}.get(kind, "allowed")
    _refuse(answer, f"Views of type {kind} are not available for this workspace's plan.")


def refuse_linked(ws: Workspace) -> None:
    """The refusal of linked databases, as the switch says."""
    _refuse(ws.switches.linked_views, "Creating linked databases is not available for this workspace.")


def _refuse(answer: str, message: str) -> None:
    if answer == "400":
        raise invalid(message)
    if answer == "403":
        raise ApiError(403, "restricted_resource", message)


def place_widget(ws: Workspace, dashboard: Doc, view: Doc, placement: Any) -> None:
    """Put a new view on a dashboard from Store.edit; 12 widgets at most, 4 in a row."""
    rows = dashboard["rows"]
    count = sum(len(row["widgets"]) for row in rows)
    if count >= MAX_WIDGETS:
        raise invalid(f"Number of widgets in dashboard ({count + 1}) exceeds the maximum ({MAX_WIDGETS})")
    placement = {"type": "new_row"} if placement is None else check.obj(placement, "body.placement")
    kind = check.choice(placement.get("type", check.MISSING), "body.placement.type", ("new_row", "existing_row"))
    index = placement.get("row_index", check.MISSING if kind == "existing_row" else len(rows))
    index = int(check.number(index, "body.placement.row_index"))
    if not 0 <= index <= len(rows) - (kind == "existing_row"):
        raise invalid(
            f"body failed validation: body.placement.row_index should be ≤ `{len(rows) - 1}`, instead was `{index}`."
        )
    if kind == "new_row":
        rows.insert(index, {"id": ws.ids.random_id(), "widgets": []})
    if len(rows[index]["widgets"]) >= MAX_IN_ROW:
        raise invalid(f"Number of widgets in row ({MAX_IN_ROW + 1}) exceeds the maximum ({MAX_IN_ROW})")
    rows[index]["widgets"].append({"id": ws.ids.random_id(), "view_id": view["id"]})
    view["dashboard"] = dashboard["id"]


def remove(ws: Workspace, view: Doc) -> None:
    """Delete a view for good: a tab (not the last), or a widget."""
    if view["dashboard"]:
        dashboard = ws.store.edit(view["dashboard"])
        for row in dashboard["rows"]:
            row["widgets"] = [one for one in row["widgets"] if one["view_id"] != view["id"]]
        dashboard["rows"] = [row for row in dashboard["rows"] if row["widgets"]]
    else:
        database = ws.store.edit(view["parent"]["database_id"])
        if len(database["views"]) == 1:
            raise invalid("Cannot delete the last view of a database.")
        database["views"] = [one for one in database["views"] if one != view["id"]]
        for row in view["rows"]:
            for widget in row["widgets"]:
                ws.store.remove(widget["view_id"])
    ws.store.remove(view["id"])


def shown(ws: Workspace, view: Doc) -> Doc:
    """A view as answers show it."""
    source = ws.store.get(view["data_source_id"] or "")
    url = f"{ws.base_url}/{view['parent']['database_id'].replace('-', '')}?v={view['id'].replace('-', '')}"
    answer: Doc = {
        "object": "view",
        "id": view["id"],
        "parent": view["parent"],
        "data_source_id": view["data_source_id"],
        "name": view["name"],
        "type": view["type"],
        "created_time": exact(view["created"]),
        "created_by": render.user_ref(view["created_by"]),
        "last_edited_time": exact(view["edited"]),
        "last_edited_by": render.user_ref(view["edited_by"]),
        "url": url,
        **{key: view_refs.shown(ws, source, key, view[key]) for key in ("filter", "sorts", "quick_filters")},
        "configuration": _shown_configuration(ws, view),
    }
    return {**answer, "dashboard_view_id": view["dashboard"]} if view["dashboard"] else answer


def _shown_configuration(ws: Workspace, view: Doc) -> Doc | None:
    if view["type"] == "dashboard":
        rows = [
            {"id": row["id"], "widgets": [{**one, "row_index": n} for one in row["widgets"]]}
            for n, row in enumerate(view["rows"])
        ]
        return {"type": "dashboard", "rows": rows}
    if view["configuration"] is None:
        return None
    shown: Doc = Config(ws, ws.store.docs[view["data_source_id"]]).shown(view["configuration"])
    return shown
