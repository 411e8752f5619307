"""Comments on pages and blocks.

https://developers.notion.com/reference/comment-object
"""

from __future__ import annotations

from notion_roadmap.sandbox.clock import minute
from notion_roadmap.sandbox.errors import invalid, not_found, wrong_body
from notion_roadmap.sandbox.routes import Answer, Call, endpoint
from notion_roadmap.sandbox.rules import check, markdown, media, paging, render, richtext, tree
from notion_roadmap.sandbox.state import Doc

_MAX_ATTACHMENTS = 3
_CATEGORIES = ("audio", "image", "pdf", "video")


def _shown(doc: Doc) -> Doc:
    return {
        "object": "comment",
        "id": doc["id"],
        "parent": doc["parent"],
        "discussion_id": doc["discussion_id"],
        "created_time": minute(doc["created"]),
        "last_edited_time": minute(doc["edited"]),
        "created_by": render.user_ref(doc["created_by"]),
        "rich_text": doc["rich_text"],
        **({"attachments": doc["attachments"]} if doc.get("attachments") else {}),
        "display_name": doc["display_name"],
    }


def _words(call: Call) -> richtext.RichText:
    if call.body.get("markdown") is not None:
        return markdown.inline(call.ws, check.text(call.body["markdown"], "body.markdown"))
    return richtext.parse(call.ws, call.body.get("rich_text", check.MISSING), "body.rich_text")


@endpoint("POST", "/v1/comments", "comment")
def create(call: Call) -> Answer:
    """Begin a discussion on a page or block, or add to one. https://developers.notion.com/reference/create-a-comment"""
    ws, body = call.ws, call.body
    words = _words(call)
    if not words:
        raise wrong_body("body.rich_text.length should be ≥ `1`, instead was `0`.")
    parent, discussion = _place(call)
    comment: Doc = {
        "object": "comment", "id": ws.new_id("comment"), **ws.stamp(), "parent": parent, "discussion_id": discussion,
        "rich_text": words, "display_name": _name(call, body.get("display_name")),
        "attachments": _attachments(call),
    }  # fmt: skip
    return _shown(ws.store.add(comment))


def _attachments(call: Call) -> list[Doc]:
    """Up to three uploaded files. https://developers.notion.com/reference/comment-object#attachments"""
    given = check.arr(call.body.get("attachments") or [], "body.attachments")
    if len(given) > _MAX_ATTACHMENTS:
        raise check.refuse("body.attachments.length", f"≤ `{_MAX_ATTACHMENTS}`", len(given))
    return [_attachment(call, item, f"body.attachments[{n}]") for n, item in enumerate(given)]


def _attachment(call: Call, item: object, path: str) -> Doc:
    id_ = check.uuid(check.obj(item, path).get("file_upload_id", check.MISSING), f"{path}.file_upload_id")
    file = media.content(call.ws, {"file_upload": {"id": id_}}, path)["file"]
    kind = call.ws.store.docs[id_]["content_type"] or ""
    category = "pdf" if kind == "application/pdf" else kind.partition("/")[0]
    return {"category": category if category in _CATEGORIES else "productivity", "file": file}


def _name(call: Call, value: object) -> Doc:
    if value is None:
        return {"type": "integration", "resolved_name": call.ws.store.docs[call.ws.bot_id]["name"]}
    given = check.obj(value, "body.display_name")
    kind = check.choice(given.get("type", check.MISSING), "body.display_name.type", ("integration", "user", "custom"))
    custom = given.get("custom")
    name = custom.get("name") if isinstance(custom, dict) else None
    names = {"user": call.ws.store.docs[call.ws.owner_id]["name"], "custom": name}
    return {"type": kind, "resolved_name": names.get(kind, call.ws.store.docs[call.ws.bot_id]["name"])}


def _place(call: Call) -> tuple[Doc, str]:
    """Parent and discussion of a new comment."""
    ws, body = call.ws, call.body
    if body.get("discussion_id") is not None:
        id_ = check.uuid(body["discussion_id"], "body.discussion_id")
        first = next((doc for doc in ws.store.of_kind("comment") if doc["discussion_id"] == id_), None)
        if first is None:
            raise not_found("discussion", id_, ws.store.meta("integration_id"))
        return first["parent"], id_
    parent = check.obj(body.get("parent", check.MISSING), "body.parent")
    kind = next((one for one in ("page_id", "block_id") if one in parent), None)
    if kind is None:
        issues = (check.issue(f"body.parent.{one}", "defined", check.MISSING) for one in ("page_id", "block_id"))
        raise wrong_body(*issues)
    id_ = check.uuid(parent[kind], f"body.parent.{kind}")
    doc = ws.store.get(id_)
    if doc is None or doc["object"] not in ("page", kind.removesuffix("_id")):
        raise not_found(kind.removesuffix("_id"), id_, ws.store.meta("integration_id"))
    tree.refuse_trashed(ws, doc, "block")
    return {"type": kind, kind: id_}, ws.new_id("discussion")


@endpoint("GET", "/v1/comments", "comment")
def listing(call: Call) -> Answer:
    """The comments of a page or block. https://developers.notion.com/reference/retrieve-a-comment"""
    given = call.one("block_id")
    if given is None:
        raise wrong_body(check.issue("query.block_id", "defined", check.MISSING), where="query")
    id_ = check.uuid(given, "query.block_id")
    doc = call.ws.store.get(id_)
    if doc is None or doc["object"] not in tree.CONTENT:
        raise not_found("block", id_, call.ws.store.meta("integration_id"))
    found = [one["id"] for one in call.ws.store.of_kind("comment") if id_ in one["parent"].values()]
    ids, cursor = paging.cut(call, found)
    return render.listing("comment", [_shown(call.ws.store.docs[one]) for one in ids], cursor)


@endpoint("GET", "/v1/comments/{comment_id}", "comment")
def retrieve(call: Call) -> Answer:
    """One comment."""
    return _shown(call.doc("comment_id", "comment"))


def _own(call: Call) -> Doc:
    doc = call.doc("comment_id", "comment")
    if doc["created_by"] != call.ws.bot_id:
        raise invalid("Only comments of the connection itself can be changed.")
    return doc


@endpoint("PATCH", "/v1/comments/{comment_id}", "comment")
def update(call: Call) -> Answer:
    """Change the words of one's own comment."""
    words = _words(call)
    comment = call.ws.store.edit(_own(call)["id"])
    comment["rich_text"] = words
    call.ws.touch(comment)
    return _shown(comment)


@endpoint("DELETE", "/v1/comments/{comment_id}", "comment")
def delete(call: Call) -> Answer:
    """Delete one's own comment for good."""
    comment = _own(call)
    call.ws.store.remove(comment["id"])
    return _shown(comment)
