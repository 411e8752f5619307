"""Data sources: create, retrieve, update, templates.

https://developers.notion.com/reference/data-source
"""

from __future__ import annotations

from notion_roadmap.sandbox.errors import invalid
from notion_roadmap.sandbox.routes import Answer, Call, endpoint
from notion_roadmap.sandbox.rules import check, conflicts, media, render, richtext, schema, tree, views
from notion_roadmap.sandbox.state import Doc


@endpoint("POST", "/v1/data_sources", "insert")
def create(call: Call) -> Answer:
    """Add a data source to a database. https://developers.notion.com/reference/create-a-data-source"""
    ws, body = call.ws, call.body
    parent = check.obj(body.get("parent", check.MISSING), "body.parent")
    if "description" in body:
        raise invalid("The 'description' parameter is not supported when adding a data source to an existing database")
    database_id = check.uuid(parent.get("database_id", check.MISSING), "body.parent.database_id")
    tree.refuse_trashed(ws, call.seek(database_id, "database"), "page")
    properties = body.get("properties", check.MISSING)
    database = ws.store.edit(database_id)
    source: Doc = {
        "object": "data_source", "id": ws.new_id("data_source"), **ws.stamp(),
        "parent": {"type": "database_id", "database_id": database_id},
        "title": _title(call),
        "icon": media.icon(ws, body.get("icon"), "body.icon"), "cover": None, "in_trash": False, "props": {},
        "counters": {},
    }  # fmt: skip
    ws.store.add(source)
    schema.create_all(ws, source, properties, "body.properties")
    database["data_sources"].append(source["id"])
    ws.touch(database)
    return render.data_source(ws, source)


def _title(call: Call) -> richtext.RichText:
    if "title" in call.body:
        return richtext.parse(call.ws, call.body["title"], "body.title")
    return richtext.make("New data source")


@endpoint("GET", "/v1/data_sources/{data_source_id}", "read")
def retrieve(call: Call) -> Answer:
    """One data source with its properties. https://developers.notion.com/reference/retrieve-a-data-source"""
    return render.data_source(call.ws, call.doc("data_source_id", "data_source"))


@endpoint("PATCH", "/v1/data_sources/{data_source_id}", "update")
def update(call: Call) -> Answer:
    """Change properties, title, icon, parent or trash. https://developers.notion.com/reference/update-a-data-source"""
    ws, body = call.ws, call.body
    source = call.doc("data_source_id", "data_source")
    tree.refuse_change_of_trashed(ws, source, body)
    conflicts.refuse(ws, {"data_source_id": source["id"]})
    source = ws.store.edit(source["id"])
    if "title" in body:
        source["title"] = richtext.parse(ws, body["title"], "body.title")
        _name_database(call, source)
    if "icon" in body:
        source["icon"] = media.icon(ws, body["icon"], "body.icon")
    if body.get("properties") is not None:
        schema.update_all(ws, source, body["properties"], "body.properties")
    if "in_trash" in body:
        tree.set_trash(ws, source, body["in_trash"], "body.in_trash")
    if "parent" in body:
        _move(call, source)
    ws.touch(source)
    return render.data_source(ws, source)


def _name_database(call: Call, source: Doc) -> None:
    """The title of an only data source is its database's too; an empty one shows as New database (as recorded)."""
    database = call.ws.store.docs[source["parent"]["database_id"]]
    if database["data_sources"] == [source["id"]]:
        call.ws.store.edit(database["id"])["title"] = source["title"] or richtext.make("New database")


def _move(call: Call, source: Doc) -> None:
    """Move to another database: old views stay as linked ones, the new database gets a table."""
    ws = call.ws
    parent = check.obj(call.body["parent"], "body.parent")
    target_id = check.uuid(parent.get("database_id", check.MISSING), "body.parent.database_id")
    target = call.seek(target_id, "database")
    if target_id == source["parent"]["database_id"]:
        return
    old = ws.store.edit(source["parent"]["database_id"])
    old["data_sources"] = [one for one in old["data_sources"] if one != source["id"]]
    target = ws.store.edit(target_id)
    target["data_sources"].append(source["id"])
    source["parent"] = {"type": "database_id", "database_id": target_id}
    for row in ws.store.rows.get(source["id"], {}):
        ws.store.edit(row)["parent"]["database_id"] = target_id
    views.default(ws, target, source)


@endpoint("GET", "/v1/data_sources/{data_source_id}/templates", "read")
def templates(call: Call) -> Answer:
    """The page templates of a data source; the API cannot make any. https://developers.notion.com/reference/list-data-source-templates"""
    call.doc("data_source_id", "data_source")
    return {"templates": [], "has_more": False, "next_cursor": None}
