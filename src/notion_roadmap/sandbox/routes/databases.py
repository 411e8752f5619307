"""Databases: the containers of data sources and views.

https://developers.notion.com/reference/database
"""

from __future__ import annotations

from typing import Any

from notion_roadmap.sandbox import gate
from notion_roadmap.sandbox.errors import invalid, wrong_body
from notion_roadmap.sandbox.routes import Answer, Call, endpoint
from notion_roadmap.sandbox.rules import check, media, render, richtext, schema, tree, views
from notion_roadmap.sandbox.state import Doc


def page_parent(call: Call, value: Any) -> Doc:
    """The page that a database is to stand on."""
    value = check.obj(value, "body.parent")
    if "page_id" not in value and "block_id" not in value:
        if value.get("workspace") is True:
            raise invalid("Internal integrations can't create databases in the workspace; name a page as the parent.")
        raise wrong_body(check.issue("body.parent.page_id", "defined", check.MISSING))
    kind = "page_id" if "page_id" in value else "block_id"
    id_ = check.uuid(value[kind], f"body.parent.{kind}")
    tree.refuse_trashed(call.ws, call.seek(id_, kind.removesuffix("_id")), "page")
    return {"type": kind, kind: id_}


def _text(call: Call, key: str, old: richtext.RichText) -> richtext.RichText:
    return richtext.parse(call.ws, call.body[key], f"body.{key}") if key in call.body else old


@endpoint("POST", "/v1/databases", "insert")
def create(call: Call) -> Answer:
    """Create a database with its first data source and a table view. https://developers.notion.com/reference/create-database"""
    ws, body = call.ws, call.body
    parent = page_parent(call, body.get("parent", check.MISSING))
    gate.refuse_blocks(ws)
    _refuse_type(body)
    title = _text(call, "title", []) or richtext.make("New database")
    initial = check.obj(body.get("initial_data_source") or {}, "body.initial_data_source")
    stamp = ws.stamp()
    source: Doc = {
        "object": "data_source", "id": ws.ids.random_id(), **stamp, "parent": {},
        "title": _text(call, "title", []), "icon": None,
        "cover": None, "in_trash": False, "props": {}, "counters": {},
    }  # fmt: skip
    database: Doc = {
        "object": "database", "id": ws.ids.random_id(), **stamp, "parent": parent, "title": title,
        "description": _text(call, "description", []), "icon": media.icon(ws, body.get("icon"), "body.icon"),
        "cover": media.cover(ws, body.get("cover"), "body.cover"), "in_trash": False, "is_locked": False,
        "is_inline": check.boolean(body.get("is_inline", False), "body.is_inline"), "data_sources": [source["id"]],
        "views": [],
    }  # fmt: skip
    source["parent"] = {"type": "database_id", "database_id": database["id"]}
    ws.store.add(database)
    ws.store.add(source)
    schema.create_all(ws, source, initial.get("properties") or {}, "body.initial_data_source.properties")
    views.default(ws, database, source)
    holder = ws.store.edit(parent[parent["type"]])
    holder["children"].append(database["id"])
    tree.touch_page(ws, holder)
    return render.database(ws, database)


def _refuse_type(body: Doc) -> None:
    """Notion makes a schema of its own for these; nobody has written down which, so there is none to make here."""
    if body.get("database_type") is None:
        return
    kind = check.choice(body["database_type"], "body.database_type", ("tasks", "projects", "skills"))
    if body.get("initial_data_source") is not None:
        raise check.refuse("body.initial_data_source", "not present", body["initial_data_source"])
    raise invalid(f"Databases of the type {kind} cannot be made here; name their properties in initial_data_source.")


@endpoint("GET", "/v1/databases/{database_id}", "read")
def retrieve(call: Call) -> Answer:
    """One database. https://developers.notion.com/reference/retrieve-database"""
    return render.database(call.ws, call.doc("database_id", "database"))


@endpoint("PATCH", "/v1/databases/{database_id}", "update")
def update(call: Call) -> Answer:
    """Change title, description, icon, cover, parent, lock or trash. https://developers.notion.com/reference/update-database"""
    ws, body = call.ws, call.body
    database = call.doc("database_id", "database")
    tree.refuse_change_of_trashed(ws, database, body)
    if "is_locked" not in body:
        tree.refuse_locked(ws, database)
    before = database
    database = ws.store.edit(database["id"])
    database["title"] = _text(call, "title", database["title"])
    database["description"] = _text(call, "description", database["description"])
    for flag in ("is_inline", "is_locked"):
        if flag in body:
            database[flag] = check.boolean(body[flag], f"body.{flag}")
    if "icon" in body:
        database["icon"] = media.icon(ws, body["icon"], "body.icon")
    if "cover" in body:
        database["cover"] = media.cover(ws, body["cover"], "body.cover")
    if "in_trash" in body:
        tree.set_trash(ws, database, body["in_trash"], "body.in_trash")
    if "parent" in body:
        _move(call, database, page_parent(call, body["parent"]))
    if set(body) != {"is_locked"} or database["is_locked"] == before["is_locked"]:
        ws.touch(database)
    return render.database(ws, database)


def _move(call: Call, database: Doc, parent: Doc) -> None:
    ws, before = call.ws, database["parent"]
    holder = ws.store.edit(before[before["type"]])
    holder["children"] = [one for one in holder["children"] if one != database["id"]]
    ws.store.edit(parent[parent["type"]])["children"].append(database["id"])
    database["parent"] = parent
