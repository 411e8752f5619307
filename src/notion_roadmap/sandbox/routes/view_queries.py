"""Queries of views: the result is kept for 15 minutes and read page by page.

https://developers.notion.com/reference/create-view-query
"""

from __future__ import annotations

from notion_roadmap.sandbox.clock import exact
from notion_roadmap.sandbox.errors import not_found
from notion_roadmap.sandbox.ids import parse
from notion_roadmap.sandbox.routes import Answer, Call, endpoint
from notion_roadmap.sandbox.rules import find_rows, paging, render
from notion_roadmap.sandbox.state import Doc

LIFETIME_MS = 15 * 60_000


@endpoint("POST", "/v1/views/{view_id}/queries", "read")
def create(call: Call) -> Answer:
    """Run a view's filter and sorts and keep the rows' ids."""
    ws, view = call.ws, call.doc("view_id", "view")
    seen, found = find_rows.view(ws), []
    if view["data_source_id"]:
        source = ws.store.docs[view["data_source_id"]]
        found = [row["id"] for row in find_rows.run(ws, seen, source, find_rows.Wanted(view["filter"], view["sorts"]))]
    query: Doc = {
        "object": "view_query", "id": ws.ids.random_id(), "parent": {}, "view_id": view["id"],
        "expires": ws.clock.now_ms() + LIFETIME_MS, "rows": found[: ws.switches.query_cap],
    }  # fmt: skip
    ws.store.add(query)
    ids, cursor = paging.cut(call, query["rows"])
    return {
        "object": "view_query", "id": query["id"], "view_id": view["id"], "expires_at": exact(query["expires"]),
        "total_count": len(query["rows"]), "results": _stubs(ids), "next_cursor": cursor,
        "has_more": cursor is not None,
    }  # fmt: skip


def _stubs(ids: list[str]) -> list[Doc]:
    return [{"object": "page", "id": id_} for id_ in ids]


def _query(call: Call) -> Doc:
    view, id_ = call.doc("view_id", "view"), call.params["query_id"]
    query = call.ws.store.get(parse(id_) or id_)
    fits = query is not None and query["object"] == "view_query" and query["view_id"] == view["id"]
    if query is None or not fits or query["expires"] <= call.ws.clock.now_ms():
        raise not_found("view_query", id_, call.ws.store.meta("integration_id"))
    return query


@endpoint("GET", "/v1/views/{view_id}/queries/{query_id}", "read")
def results(call: Call) -> Answer:
    """A page of the kept result."""
    ids, cursor = paging.cut(call, _query(call)["rows"])
    return render.listing("page", _stubs(ids), cursor)


@endpoint("DELETE", "/v1/views/{view_id}/queries/{query_id}", "read")
def delete(call: Call) -> Answer:
    """Forget the kept result."""
    query = _query(call)
    call.ws.store.remove(query["id"])
    return {"object": "view_query", "id": query["id"], "deleted": True}
