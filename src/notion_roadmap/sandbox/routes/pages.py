"""Pages: create, retrieve, update, move.

https://developers.notion.com/reference/page
"""

from __future__ import annotations

from typing import Any

from notion_roadmap.sandbox import gate
from notion_roadmap.sandbox.errors import invalid, wrong_body
from notion_roadmap.sandbox.routes import Answer, Call, async_tasks, endpoint
from notion_roadmap.sandbox.rules import blocks, check, conflicts, markdown, media, render, tree, values
from notion_roadmap.sandbox.rules.schema import find
from notion_roadmap.sandbox.state import Doc

_PARENTS = ("page_id", "data_source_id", "database_id", "workspace", "block_id")


def parent_of(call: Call, value: Any) -> Doc:
    """The parent that a request names, in full: a page or a data source, with its database."""
    value = check.obj(value, "body.parent")
    kind = next((one for one in (value.get("type"), *_PARENTS) if isinstance(one, str) and one in value), None)
    if kind not in _PARENTS:
        raise wrong_body(*(check.issue(f"body.parent.{one}", "defined", check.MISSING) for one in _PARENTS[:4]))
    if kind == "workspace":
        raise invalid(
            "Internal integrations can't create pages in the workspace; name a page or a data source as the parent."
        )
    id_ = check.uuid(value[kind], f"body.parent.{kind}")
    if kind == "page_id":
        tree.refuse_trashed(call.ws, call.seek(id_, "page"), "page")
        return {"type": "page_id", "page_id": id_}
    if kind == "block_id":
        raise invalid("Creating pages under a block is not supported.")
    if kind == "database_id":
        sources = call.seek(id_, "database")["data_sources"]
        live = [one for one in sources if not call.ws.store.docs[one]["in_trash"]]
        if len(live) != 1:
            raise invalid("Databases with multiple data sources are not supported here; name a data_source_id.")
        id_ = live[0]
    source = call.seek(id_, "data_source")
    tree.refuse_trashed(call.ws, source, "page")
    return {"type": "data_source_id", "data_source_id": id_, "database_id": source["parent"]["database_id"]}


def shown(call: Call, doc: Doc) -> Answer:
    """A page under the request's filter_properties; a bare reference when the connection may not read."""
    if not call.ws.switches.can_read:
        return {"object": "page", "id": doc["id"]}
    wanted = call.many("filter_properties")
    source = call.ws.store.get(doc["parent"].get("data_source_id", ""))
    if not wanted or source is None:
        return render.page(call.ws, doc)
    found = []
    for name in wanted:
        prop = find(source, name)
        if prop is None:
            raise invalid(f"Could not find property with name or id: {name}")
        found.append(prop["id"])
    return render.page(call.ws, doc, found)


@endpoint("POST", "/v1/pages", "insert")
def create(call: Call) -> Answer:
    """Create a page or a row, with its content. https://developers.notion.com/reference/post-page"""
    ws, body = call.ws, call.body
    parent = parent_of(call, body.get("parent", check.MISSING))
    gate.refuse_blocks(ws)
    conflicts.refuse(ws, parent)
    children = body.get("children", body.get("content"))
    if children is not None and body.get("markdown") is not None:
        raise invalid("body failed validation: body.children and body.markdown should not both be present.")
    _refuse_template(body)
    trees = blocks.parse_tree(ws, children, "body.children") if children is not None else []
    page: Doc = {
        "object": "page", "id": ws.new_id("page"), **ws.stamp(), "parent": parent,
        "cover": media.cover(ws, body.get("cover"), "body.cover"),
        "icon": media.icon(ws, body.get("icon"), "body.icon"),
        "in_trash": False, "is_archived": False, "is_locked": False, "values": {}, "children": [],
    }  # fmt: skip
    ws.store.add(page)
    _fill(call, page, parent, body)
    tree.plant(ws, page, trees)
    if body.get("markdown") is not None:
        markdown.write(ws, page, check.text(body["markdown"], "body.markdown"), take_title="properties" not in body)
        if async_tasks.wanted(call):
            return async_tasks.accept(call, "POST /v1/pages", shown(call, page))
    return shown(call, page)


def _refuse_template(body: Doc) -> None:
    """Templates are made in Notion's own pages only, so a data source here has none to apply."""
    if body.get("template") is None:
        return
    template = check.obj(body["template"], "body.template")
    kind = check.choice(template.get("type", check.MISSING), "body.template.type", ("none", "default", "template_id"))
    if kind == "none":
        return
    if body.get("children"):
        raise check.refuse("body.children", "not present", body["children"])
    raise invalid("This data source has no template to apply.")


def _fill(call: Call, page: Doc, parent: Doc, body: Doc) -> None:
    """Set the new page's values and put it in its place."""
    ws, properties = call.ws, body.get("properties", {} if "markdown" in body or "template" in body else check.MISSING)
    if parent["type"] == "data_source_id":
        source = ws.store.docs[parent["data_source_id"]]
        values.defaults(ws, source, page)
        values.write(ws, source, page, {} if properties is check.MISSING else properties, "body.properties")
        return
    if properties is not check.MISSING:
        values.write_title(ws, page, properties, "body.properties")
    holder = ws.store.edit(parent["page_id"])
    at = tree.place_after(ws, holder, body.get("position"), "body.position")
    holder["children"].insert(len(holder["children"]) if at is None else at, page["id"])
    tree.touch_page(ws, holder)


@endpoint("GET", "/v1/pages/{page_id}", "read")
def retrieve(call: Call) -> Answer:
    """One page. https://developers.notion.com/reference/retrieve-a-page"""
    return shown(call, call.doc("page_id", "page"))


@endpoint("PATCH", "/v1/pages/{page_id}", "update")
def update(call: Call) -> Answer:
    """Change properties, icon, cover, lock or trash. https://developers.notion.com/reference/patch-page"""
    ws, body = call.ws, call.body
    page = call.doc("page_id", "page")
    tree.refuse_change_of_trashed(ws, page, body)
    conflicts.refuse(ws, page["parent"])
    _refuse_template(body)
    if "is_locked" not in body:
        tree.refuse_locked(ws, page)
    page = ws.store.edit(page["id"])
    _look(call, page)
    if body.get("erase_content"):
        for id_ in tree.live_children(ws, page):
            ws.store.edit(id_)["in_trash"] = True
    if "properties" in body:
        source = ws.store.get(page["parent"].get("data_source_id", ""))
        if source is not None:
            values.write(ws, source, page, body["properties"], "body.properties")
        else:
            values.write_title(ws, page, body["properties"], "body.properties")
    ws.touch(page)
    return shown(call, page)


def _look(call: Call, page: Doc) -> None:
    """Trash, lock, icon and cover of an update."""
    ws, body = call.ws, call.body
    if "in_trash" in body:
        tree.set_trash(ws, page, body["in_trash"], "body.in_trash")
    for flag in ("is_locked", "is_archived"):
        if flag in body:
            page[flag] = check.boolean(body[flag], f"body.{flag}")
    if "icon" in body:
        page["icon"] = media.icon(ws, body["icon"], "body.icon")
    if "cover" in body:
        page["cover"] = media.cover(ws, body["cover"], "body.cover")


@endpoint("POST", "/v1/pages/{page_id}/move", "update")
def move(call: Call) -> Answer:
    """Give a page another parent. https://developers.notion.com/reference/move-page"""
    ws = call.ws
    page = call.doc("page_id", "page")
    tree.refuse_trashed(ws, page, "page")
    parent = parent_of(call, call.body.get("parent", check.MISSING))
    if parent == page["parent"]:
        raise invalid("The page is already in this parent.")
    target = ws.store.docs[parent[parent["type"]]]
    if tree.is_under(ws, target, page["id"]) or page["parent"]["type"] == "workspace":
        raise invalid("The page cannot be moved there.")
    page = ws.store.edit(page["id"])
    before = page["parent"]
    if before["type"] in ("page_id", "block_id"):
        holder = ws.store.edit(before[before["type"]])
        holder["children"] = [one for one in holder["children"] if one != page["id"]]
    if parent["type"] == "page_id":
        ws.store.edit(parent["page_id"])["children"].append(page["id"])
    _carry(call, page, parent)
    page["parent"] = parent
    ws.store.move_row(page["id"], before.get("data_source_id"), parent.get("data_source_id"))
    ws.touch(page)
    return shown(call, page)


def _carry(call: Call, page: Doc, parent: Doc) -> None:
    """Values move along where the new data source has a plain property of the same name and type."""
    ws = call.ws
    old = ws.store.get(page["parent"].get("data_source_id", ""))
    new = ws.store.get(parent.get("data_source_id", ""))
    kept = {"title": page["values"].get("title", [])}
    for prop in (old or {"props": {}})["props"].values():
        twin = find(new, prop["name"]) if new else None
        plain = prop["type"] not in ("select", "multi_select", "status", "relation", *values.COMPUTED)
        if twin and plain and twin["type"] == prop["type"] and prop["id"] in page["values"]:
            kept[twin["id"]] = page["values"][prop["id"]]
    page["values"] = kept
    if new is not None:
        values.defaults(ws, new, page)
