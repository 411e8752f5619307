"""Views: create, list, retrieve, update, delete.

https://developers.notion.com/reference/view
"""

from __future__ import annotations

from typing import Any

from notion_roadmap.sandbox import gate
from notion_roadmap.sandbox.errors import invalid, not_found, wrong_body
from notion_roadmap.sandbox.routes import Answer, Call, endpoint
from notion_roadmap.sandbox.rules import check, paging, render, tree, views
from notion_roadmap.sandbox.rules.view_config import TYPES
from notion_roadmap.sandbox.state import Doc

_PLACES = ("database_id", "view_id", "create_database")


@endpoint("POST", "/v1/views", "insert", "update")
def create(call: Call) -> Answer:
    """A tab, a widget or a linked database. https://developers.notion.com/reference/create-view"""
    ws, body = call.ws, call.body
    places = [one for one in _PLACES if body.get(one) is not None]
    if len(places) != 1:
        if not places:
            raise wrong_body(*(check.issue(f"body.{one}", "defined", check.MISSING) for one in _PLACES))
        raise invalid(
            "body failed validation: exactly one of database_id, view_id and create_database should be defined."
        )
    kind = check.choice(body.get("type", check.MISSING), "body.type", TYPES)
    source = call.seek(check.uuid(body.get("data_source_id", check.MISSING), "body.data_source_id"), "data_source")
    for key, place in (("position", "database_id"), ("placement", "view_id")):
        if body.get(key) is not None and places != [place]:
            raise check.refuse(f"body.{key}", "not present", body[key])
    views.refuse_type(ws, kind)
    make = {"database_id": _tab, "view_id": _widget, "create_database": _linked}[places[0]]
    return views.shown(ws, make(call, source))


def _tab(call: Call, source: Doc) -> Doc:
    ws, body = call.ws, call.body
    database_id = check.uuid(body["database_id"], "body.database_id")
    tree.refuse_trashed(ws, call.seek(database_id, "database"), "page")
    view = views.create(ws, database_id, source, body)
    database = ws.store.edit(database_id)
    at = _place(call, database, body.get("position"))
    database["views"].insert(len(database["views"]) if at is None else at, view["id"])
    return view


def _place(call: Call, database: Doc, position: Any) -> int | None:
    if position is None:
        return None
    position = check.obj(position, "body.position")
    kind = check.choice(position.get("type", check.MISSING), "body.position.type", ("start", "end", "after_view"))
    if kind != "after_view":
        return 0 if kind == "start" else None
    after = check.uuid(position.get("view_id", check.MISSING), "body.position.view_id")
    if after not in database["views"]:
        raise not_found("view", after, call.ws.store.meta("integration_id"))
    return int(database["views"].index(after)) + 1


def _widget(call: Call, source: Doc) -> Doc:
    ws, body = call.ws, call.body
    dashboard = call.seek(check.uuid(body["view_id"], "body.view_id"), "view")
    if dashboard["type"] != "dashboard" or body["type"] == "dashboard":
        raise invalid("Widgets of any type but dashboard can be added to dashboard views only.")
    view = views.create(ws, dashboard["parent"]["database_id"], source, body)
    views.place_widget(ws, ws.store.edit(dashboard["id"]), view, body.get("placement"))
    return view


def _linked(call: Call, source: Doc) -> Doc:
    """A database on a page that has no data source of its own, only this view of another's."""
    ws, body = call.ws, call.body
    views.refuse_linked(ws)
    gate.refuse_blocks(ws)
    wish = check.obj(body["create_database"], "body.create_database")
    parent = check.obj(wish.get("parent", check.MISSING), "body.create_database.parent")
    page_id = check.uuid(parent.get("page_id", check.MISSING), "body.create_database.parent.page_id")
    tree.refuse_trashed(ws, call.seek(page_id, "page"), "page")
    database: Doc = {
        "object": "database", "id": ws.new_id("block"), **ws.stamp(), "parent": {"type": "page_id", "page_id": page_id},
        "title": [], "description": [], "icon": None, "cover": None, "in_trash": False, "is_locked": False,
        "is_inline": True, "data_sources": [], "views": [],
    }  # fmt: skip
    ws.store.add(database)
    view = views.create(ws, database["id"], source, body)
    database["views"].append(view["id"])
    holder = ws.store.edit(page_id)
    at = tree.place_after(ws, holder, wish.get("position"), "body.create_database.position")
    holder["children"].insert(len(holder["children"]) if at is None else at, database["id"])
    tree.touch_page(ws, holder)
    return view


@endpoint("GET", "/v1/views", "read")
def listing(call: Call) -> Answer:
    """Stubs of the views of a database, in the order of its tabs, or of a data source. https://developers.notion.com/reference/list-views"""
    ws, database_id, source_id = call.ws, call.one("database_id"), call.one("data_source_id")
    if database_id is None and source_id is None:
        raise wrong_body(
            *(check.issue(f"query.{one}", "defined", check.MISSING) for one in ("database_id", "data_source_id")),
            where="query",
        )
    if database_id is not None:
        found = list(call.seek(check.uuid(database_id, "query.database_id"), "database")["views"])
    else:
        source = call.seek(check.uuid(source_id, "query.data_source_id"), "data_source")
        found = [doc["id"] for doc in ws.store.of_kind("view") if doc["data_source_id"] == source["id"]]
    ids, cursor = paging.cut(call, found)
    return render.listing("view", [{"object": "view", "id": id_} for id_ in ids], cursor)


@endpoint("GET", "/v1/views/{view_id}", "read")
def retrieve(call: Call) -> Answer:
    """One view. https://developers.notion.com/reference/retrieve-a-view"""
    return views.shown(call.ws, call.doc("view_id", "view"))


@endpoint("PATCH", "/v1/views/{view_id}", "update")
def update(call: Call) -> Answer:
    """Change name, filter, sorts, quick filters or configuration. https://developers.notion.com/reference/update-a-view"""
    view = call.ws.store.edit(call.doc("view_id", "view")["id"])
    views.change(call.ws, view, call.body)
    call.ws.touch(view)
    return views.shown(call.ws, view)


@endpoint("DELETE", "/v1/views/{view_id}", "update")
def delete(call: Call) -> Answer:
    """Delete a view for good. https://developers.notion.com/reference/delete-view"""
    view = call.doc("view_id", "view")
    views.remove(call.ws, view)
    return {"object": "view", "id": view["id"], "parent": view["parent"], "type": view["type"]}
