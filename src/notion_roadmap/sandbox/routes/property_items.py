"""One property of a page, in full: references beyond the 25 that a page shows.

https://developers.notion.com/reference/retrieve-a-page-property
"""

from __future__ import annotations

from typing import Any

from notion_roadmap.sandbox.errors import ApiError
from notion_roadmap.sandbox.ids import decode_property, encode_property
from notion_roadmap.sandbox.routes import Answer, Call, endpoint
from notion_roadmap.sandbox.rules import paging, relations, render, richtext
from notion_roadmap.sandbox.rules.compute import source_of
from notion_roadmap.sandbox.rules.schema import find
from notion_roadmap.sandbox.state import Doc

_TITLE: Doc = {"id": "title", "name": "title", "type": "title", "config": {}}
_UNCOMPUTED = ("show_unique", "unique", "median", "count_per_group", "percent_per_group")


@endpoint("GET", "/v1/pages/{page_id}/properties/{property_id}", "read")
def retrieve(call: Call) -> Answer:
    """A value, or a page of the values of title, rich_text, relation and people (and of a roll-up's array)."""
    page = call.doc("page_id", "page")
    source = source_of(call.ws, page)
    prop = find(source, call.params["property_id"]) if source else _TITLE
    if prop is None or (source is None and decode_property(call.params["property_id"]) != "title"):
        raise ApiError(404, "object_not_found", f"Could not find property_item with ID: {call.params['property_id']}.")
    items = _items(call, page, prop)
    if items is not None:
        return _list(call, prop, items, {})
    shown = render.value(call.ws, source or {"props": {}}, page, prop)
    if prop["type"] == "rollup":
        return _rollup(prop, shown["rollup"])
    return {
        "object": "property_item",
        "type": prop["type"],
        "id": encode_property(prop["id"]),
        prop["type"]: shown[prop["type"]],
    }


def _items(call: Call, page: Doc, prop: Doc) -> list[Any] | None:
    kept = page["values"].get(prop["id"], [])
    if prop["type"] in ("title", "rich_text"):
        return list(kept)
    if prop["type"] == "relation":
        return [{"id": id_} for id_ in relations.shown(call.ws, kept)]
    if prop["type"] == "people":
        return [richtext.people(call.ws, id_) for id_ in kept]
    return None


def _list(call: Call, prop: Doc, items: list[Any], inner: Doc) -> Answer:
    kind, id_ = prop["type"], encode_property(prop["id"])
    cursor, first, size = paging.start(call), 0, paging.size(call)
    if cursor is not None:
        first = call.ws.item_cursors.get(cursor, -1)
        if first < 0:
            raise paging.bad_cursor(cursor)
    more = first + size < len(items)
    following = call.ws.ids.cursor() if more else None
    if following:
        call.ws.item_cursors[following] = first + size
    shown = [{"object": "property_item", "type": kind, "id": id_, kind: one} for one in items[first : first + size]]
    address = (
        f"{call.ws.base_url}/v1/pages/{call.id('page_id')}/properties/{id_}?start_cursor={following}"
        if following
        else None
    )
    return {
        "object": "list", "results": shown, "next_cursor": following, "has_more": more, "type": "property_item",
        "property_item": {"id": id_, "next_url": address, "type": kind, kind: inner},
    }  # fmt: skip


def _rollup(prop: Doc, result: Doc) -> Answer:
    """A roll-up is a list of what it rolls up, with its result beside it; some functions are not computed here."""
    if prop["config"]["function"] in _UNCOMPUTED:
        result = {"type": "unsupported", "unsupported": {}, "function": result["function"]}
    id_ = encode_property(prop["id"])
    shown: list[Doc] = [
        {"object": "property_item", "id": id_, **one}
        for one in result.get("array", [])
        if one["type"] not in ("title", "rich_text")
    ]
    for one in result.get("array", []):
        if one["type"] in ("title", "rich_text"):
            shown += [
                {"object": "property_item", "type": one["type"], "id": id_, one["type"]: piece}
                for piece in one[one["type"]]
            ]
    inner = {**result, "array": []} if result["type"] == "array" else result
    return {
        "object": "list", "results": shown[:100], "next_cursor": None, "has_more": False, "type": "property_item",
        "property_item": {"id": id_, "next_url": None, "type": "rollup", "rollup": inner},
    }  # fmt: skip
