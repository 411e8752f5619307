"""Blocks: retrieve, update, delete, list and append children.

https://developers.notion.com/reference/block
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from notion_roadmap.sandbox import gate
from notion_roadmap.sandbox.errors import invalid, not_found, wrong_body
from notion_roadmap.sandbox.routes import Answer, Call, endpoint
from notion_roadmap.sandbox.rules import blocks, check, paging, render, tree
from notion_roadmap.sandbox.rules.blocks import PARSERS
from notion_roadmap.sandbox.state import Doc

if TYPE_CHECKING:
    from notion_roadmap.sandbox.workspace import Workspace


def _content(call: Call) -> Doc:
    """The block, page or database that the path names as a block."""
    id_ = call.id("block_id")
    doc = call.ws.store.get(id_)
    if doc is None or doc["object"] not in tree.CONTENT or call.ws.is_hidden(doc):
        raise not_found("block", id_, call.ws.store.meta("integration_id"))
    return doc


@endpoint("GET", "/v1/blocks/{block_id}", "read")
def retrieve(call: Call) -> Answer:
    """One block. https://developers.notion.com/reference/retrieve-a-block"""
    return render.block(call.ws, _content(call))


@endpoint("PATCH", "/v1/blocks/{block_id}", "update")
def update(call: Call) -> Answer:
    """Change a block's content, trash or restore it. https://developers.notion.com/reference/update-a-block"""
    ws, body = call.ws, call.body
    doc = _content(call)
    kinds = [kind for kind in PARSERS if kind in body]
    if kinds and body.get("in_trash") is not False:
        tree.refuse_trashed(ws, doc, "block")
    doc = ws.store.edit(doc["id"])
    if "in_trash" in body:
        tree.set_trash(ws, doc, body["in_trash"], "body.in_trash")
    for kind in kinds:
        if doc["object"] != "block" or kind != doc["type"]:
            raise invalid(f"Block type cannot be changed: {render.block(ws, doc)['type']} is not {kind}.")
        value = check.obj(body[kind], f"body.{kind}")
        if value.get("children"):
            raise check.refuse(f"body.{kind}.children", "not present", value["children"])
        doc["content"] = PARSERS[kind](ws, value, f"body.{kind}", doc["content"])
    if not kinds and "in_trash" not in body:
        raise wrong_body(*(check.issue(f"body.{kind}", "defined", check.MISSING) for kind in PARSERS))
    return _touched(ws, doc)


@endpoint("DELETE", "/v1/blocks/{block_id}", "update")
def delete(call: Call) -> Answer:
    """Trash a block, a page or a database. https://developers.notion.com/reference/delete-a-block"""
    ws = call.ws
    doc = _content(call)
    tree.refuse_trashed(ws, doc, "block")
    doc = ws.store.edit(doc["id"])
    tree.set_trash(ws, doc, True, "body.in_trash")
    return _touched(ws, doc)


def _touched(ws: Workspace, doc: Doc) -> Doc:
    """The answer to a change: the block, which counts as edited, and its page too."""
    ws.touch(doc)
    if doc["object"] == "block":
        tree.touch_page(ws, doc)
    return render.block(ws, doc)


@endpoint("GET", "/v1/blocks/{block_id}/children", "read")
def children(call: Call) -> Answer:
    """The children of a block or page, one level. https://developers.notion.com/reference/get-block-children"""
    ws, doc = call.ws, _content(call)
    source = ws.store.get((doc.get("content", {}).get("synced_from") or {}).get("block_id", ""))
    ids, cursor = paging.cut(call, tree.live_children(ws, source or doc))
    return render.listing("block", [render.block(ws, ws.store.docs[id_]) for id_ in ids], cursor)


@endpoint("PATCH", "/v1/blocks/{block_id}/children", "insert")
def append(call: Call) -> Answer:
    """Append blocks at the end, the start or after a block. https://developers.notion.com/reference/patch-block-children

    The answer holds the new blocks and, after an `after_block`, the siblings that follow them (as recorded).
    """
    ws = call.ws
    holder = _content(call)
    trees = blocks.parse_tree(ws, call.body.get("children", check.MISSING), "body.children")
    tree.refuse_trashed(ws, holder, "block")
    gate.refuse_blocks(ws)
    _refuse_layout(holder, trees)
    holder = ws.store.edit(holder["id"])
    at = tree.place_after(ws, holder, call.body.get("position"), "body.position")
    made = tree.plant(ws, holder, trees, at)
    tree.touch_page(ws, holder)
    if holder["object"] == "block":
        ws.touch(holder)
    shown = [doc["id"] for doc in made]
    if at is not None:
        shown += [id_ for id_ in holder["children"][at + len(made) :] if not ws.store.docs[id_]["in_trash"]]
    return render.listing("block", [render.block(ws, ws.store.docs[id_]) for id_ in shown[:100]], None)


def _refuse_layout(holder: Doc, trees: list[Doc]) -> None:
    """Some blocks take no children, or only children of one type."""
    if holder["object"] == "page":
        return
    if holder["object"] == "database" or not blocks.can_have_children(holder["type"], holder["content"]):
        raise invalid("Block does not support children.")
    only = {"column_list": "column", "tab": "paragraph"}.get(holder["type"])
    if holder["type"] == "table":
        blocks.check_rows(holder["content"]["table_width"], trees, "body")
    elif only:
        blocks.check_kind(only, trees, "body")
