"""Querying a data source.

https://developers.notion.com/reference/query-a-data-source
"""

from __future__ import annotations

from notion_roadmap.sandbox.errors import invalid, not_found
from notion_roadmap.sandbox.routes import Answer, Call, endpoint
from notion_roadmap.sandbox.rules import check, find_rows, paging, render
from notion_roadmap.sandbox.rules.schema import find


@endpoint("POST", "/v1/data_sources/{data_source_id}/query", "read")
def query(call: Call) -> Answer:
    """The rows that a filter selects, in the order of the sorts, page by page; 10,000 at most."""
    ws, body = call.ws, call.body
    id_ = call.id("data_source_id")
    view = find_rows.view(ws)
    source = ws.store.get(id_)  # an index may lag behind; the data source itself does not
    if source is None or source["object"] != "data_source" or ws.is_hidden(source):
        raise not_found("data_source", id_, ws.store.meta("integration_id"))
    if "result_type" in body:
        check.choice(body["result_type"], "body.result_type", ("page", "data_source"))
    only = [_property(source, name) for name in call.many("filter_properties")] or None
    trashed, archived = (check.boolean(body.get(key, False), f"body.{key}") for key in ("in_trash", "is_archived"))
    wanted = find_rows.Wanted(body.get("filter"), body.get("sorts"), trashed, archived)
    rows = find_rows.run(ws, view, source, wanted)
    capped = len(rows) > ws.switches.query_cap
    ids = [row["id"] for row in rows[: ws.switches.query_cap]]
    first, size = find_rows.position(ws, paging.start(call), ids), paging.size(call)
    shown = [render.page(ws, view.docs[one], only) for one in ids[first : first + size]]
    rest = ids[first + size : first + size + 1]
    answer = render.listing("page_or_data_source", shown, find_rows.cursor(ws, rest[0]) if rest else None)
    if capped:
        answer["request_status"] = {"type": "incomplete", "incomplete_reason": "query_result_limit_reached"}
    return answer


def _property(source: dict[str, object], name: str) -> str:
    prop = find(source, name)
    if prop is None:
        raise invalid(f"Could not find property with name or id: {name}")
    return str(prop["id"])
