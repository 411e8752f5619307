"""Search by title: delayed and not exhaustive, as Notion's is.

https://developers.notion.com/reference/post-search
"""

from __future__ import annotations

from notion_roadmap.sandbox.routes import Answer, Call, endpoint
from notion_roadmap.sandbox.rules import check, paging, render
from notion_roadmap.sandbox.rules.richtext import plain
from notion_roadmap.sandbox.state import Doc


@endpoint("POST", "/v1/search", "read")
def search(call: Call) -> Answer:
    """Pages and data sources whose title holds the query, the last edited first."""
    body = call.body
    query = check.text(body.get("query", ""), "body.query").casefold()
    kinds, trashed = _filter(body)
    found = [doc for kind in kinds for doc in call.ws.store.of_kind(kind) if _fits(call, doc, query, trashed)]
    found.sort(key=lambda doc: (doc["edited"], doc["seq"]), reverse=_newest_first(body))
    ids, cursor = paging.cut(call, [doc["id"] for doc in found])
    return render.listing("page_or_data_source", [_shown(call, id_) for id_ in ids], cursor)


def _filter(body: Doc) -> tuple[tuple[str, ...], bool]:
    if body.get("filter") is None:
        return ("page", "data_source"), False
    value = check.obj(body["filter"], "body.filter")
    trashed = check.boolean(value.get("in_trash", False), "body.filter.in_trash")
    if "value" not in value and "in_trash" in value:
        return ("page", "data_source"), trashed
    check.choice(value.get("property", check.MISSING), "body.filter.property", ("object",))
    kind = check.choice(value.get("value", check.MISSING), "body.filter.value", ("page", "data_source"))
    return (kind,), trashed


def _newest_first(body: Doc) -> bool:
    if body.get("sort") is None:
        return True
    value = check.obj(body["sort"], "body.sort")
    check.choice(value.get("timestamp", "last_edited_time"), "body.sort.timestamp", ("last_edited_time",))
    allowed = ("ascending", "descending")
    direction: str = check.choice(value.get("direction", "descending"), "body.sort.direction", allowed)
    return direction == "descending"


def _fits(call: Call, doc: Doc, query: str, trashed: bool) -> bool:
    title = render.page_title(doc) if doc["object"] == "page" else plain(doc["title"])
    if query not in title.casefold() or call.ws.is_hidden(doc) or render.in_trash(call.ws, doc) is not trashed:
        return False
    known_until: float = call.ws.clock.now_ms() - call.ws.switches.search_lag_s * 1000
    return bool(doc["created"] <= known_until)


def _shown(call: Call, id_: str) -> Doc:
    doc = call.ws.store.docs[id_]
    return render.page(call.ws, doc) if doc["object"] == "page" else render.data_source(call.ws, doc)
