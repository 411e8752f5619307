"""Objects as answers show them, with keys in the recorded order."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from notion_roadmap.sandbox.clock import exact, minute
from notion_roadmap.sandbox.ids import encode_property, slug
from notion_roadmap.sandbox.rules import compute, relations, rollups
from notion_roadmap.sandbox.rules.formula.parse import show
from notion_roadmap.sandbox.rules.richtext import people, plain
from notion_roadmap.sandbox.state import Doc

if TYPE_CHECKING:
    from notion_roadmap.sandbox.workspace import Workspace

MAX_REFS = 25


def user_ref(id_: str) -> Doc:
    """A user as authors are shown."""
    return {"object": "user", "id": id_}


def in_trash(ws: Workspace, doc: Doc) -> bool:
    """Whether an object or anything above it is in the trash."""
    seen = 0
    while not doc["in_trash"] and seen < 100:
        parent = doc["parent"]
        above = ws.store.get(parent.get(parent.get("type", ""), ""))
        if above is None or "in_trash" not in above:
            return False
        doc, seen = above, seen + 1
    return bool(doc["in_trash"])


def order(prop_id: str) -> tuple[int, bytes]:
    """The place of a property in an answer: by length of its decoded id, then bytewise."""
    encoded = prop_id.encode()
    return len(encoded), encoded


def parent(doc: Doc) -> Doc:
    """A page's or block's parent."""
    return dict(doc["parent"])


def page_title(page: Doc) -> str:
    """A page's title as words."""
    return plain(page["values"].get("title", []))


def page_url(ws: Workspace, page: Doc) -> str:
    """Where the sandbox's own pages show a page."""
    return f"{ws.base_url}/{slug(page_title(page), page['id'])}"


def page(ws: Workspace, doc: Doc, only: Iterable[str] | None = None) -> Doc:
    """A page; `only` names the properties to show, in that order."""
    return {
        "object": "page",
        "id": doc["id"],
        "created_time": minute(doc["created"]),
        "last_edited_time": minute(doc["edited"]),
        "created_by": user_ref(doc["created_by"]),
        "last_edited_by": user_ref(doc["edited_by"]),
        "cover": doc["cover"],
        "icon": doc["icon"],
        "parent": parent(doc),
        "in_trash": in_trash(ws, doc),
        "is_archived": doc["is_archived"],
        "is_locked": doc["is_locked"],
        "properties": properties(ws, doc, only),
        "url": page_url(ws, doc),
        "public_url": None,
    }


def properties(ws: Workspace, doc: Doc, only: Iterable[str] | None) -> Doc:
    """A page's properties by name."""
    source = compute.source_of(ws, doc)
    if source is None:
        return {"title": {"id": "title", "type": "title", "title": doc["values"].get("title", [])}}
    chosen = sorted(source["props"], key=order) if only is None else list(only)
    result: Doc = {}
    for prop_id in chosen:
        prop = source["props"][prop_id]
        result[prop["name"]] = {"id": encode_property(prop_id), **value(ws, source, doc, prop)}
        if prop["type"] == "relation":
            count = len(relations.shown(ws, doc["values"].get(prop_id, [])))
            result[prop["name"]]["has_more"] = count > MAX_REFS
    return result


def value(ws: Workspace, source: Doc, doc: Doc, prop: Doc, depth: int = 0) -> Doc:
    """One property's value: {"type", <type>}; long lists of references are cut at 25."""
    kind, kept = prop["type"], doc["values"].get(prop["id"])
    if kind == "formula":
        return {"type": kind, kind: compute.formula_answer(ws, source, doc, prop, depth)}
    if kind == "rollup":
        return {"type": kind, kind: rollups.compute(ws, source, doc, prop, depth)}
    show_it = _SHOWN.get(kind)
    return {"type": kind, kind: show_it(ws, doc, prop, kept) if show_it else kept}


def option(prop: Doc, id_: str | None) -> Doc | None:
    """An option as page values show it."""
    for one in prop["config"]["options"] if id_ else []:
        if one["id"] == id_:
            return {"id": id_, "name": one["name"], "color": one["color"]}
    return None


def _list(_ws: Workspace, _doc: Doc, _prop: Doc, kept: Any) -> Any:
    return kept or []


_SHOWN: dict[str, Callable[[Any, Doc, Doc, Any], Any]] = {
    "title": _list,
    "rich_text": _list,
    "files": _list,
    "select": lambda _ws, _doc, prop, kept: option(prop, kept),
    "status": lambda _ws, _doc, prop, kept: option(prop, kept),
    "multi_select": lambda _ws, _doc, prop, kept: [one for one in (option(prop, id_) for id_ in kept or []) if one],
    "checkbox": lambda _ws, _doc, _prop, kept: bool(kept),
    "people": lambda ws, _doc, _prop, kept: [people(ws, id_) for id_ in (kept or [])[:MAX_REFS]],
    "relation": lambda ws, _doc, _prop, kept: [{"id": id_} for id_ in relations.shown(ws, kept or [])[:MAX_REFS]],
    "created_time": lambda _ws, doc, _prop, _kept: minute(doc["created"]),
    "last_edited_time": lambda _ws, doc, _prop, _kept: minute(doc["edited"]),
    "created_by": lambda ws, doc, _prop, _kept: people(ws, doc["created_by"]),
    "last_edited_by": lambda ws, doc, _prop, _kept: people(ws, doc["edited_by"]),
    "unique_id": lambda _ws, _doc, prop, kept: {"prefix": prop["config"]["prefix"], "number": kept},
}
"""What is shown of a kept value, by type; other types show it as it is."""


def database(ws: Workspace, doc: Doc) -> Doc:
    """A database: the container, without properties."""
    sources = [ws.store.docs[id_] for id_ in doc["data_sources"]]
    return {
        "object": "database",
        "id": doc["id"],
        "title": doc["title"],
        "description": doc["description"],
        "parent": parent(doc),
        "is_inline": doc["is_inline"],
        "in_trash": in_trash(ws, doc),
        "is_locked": doc["is_locked"],
        "created_time": exact(doc["created"]),
        "last_edited_time": exact(doc["edited"]),
        "data_sources": [
            {"id": one["id"], "name": plain(one["title"] or doc["title"])} for one in sources if not one["in_trash"]
        ],
        "icon": doc["icon"],
        "cover": doc["cover"],
        "url": f"{ws.base_url}/{doc['id'].replace('-', '')}",
        "public_url": None,
    }


def data_source(ws: Workspace, doc: Doc) -> Doc:
    """A data source with its properties."""
    container = ws.store.docs[doc["parent"]["database_id"]]
    return {
        "object": "data_source",
        "id": doc["id"],
        "cover": doc["cover"],
        "icon": doc["icon"],
        "created_time": minute(doc["created"]),
        "created_by": user_ref(doc["created_by"]),
        "last_edited_by": user_ref(doc["edited_by"]),
        "last_edited_time": minute(doc["edited"]),
        "title": doc["title"],
        "description": container["description"],
        "is_inline": container["is_inline"],
        "properties": {
            doc["props"][id_]["name"]: prop_schema(ws, doc, doc["props"][id_])
            for id_ in sorted(doc["props"], key=order)
        },
        "parent": parent(doc),
        "database_parent": parent(container),
        "url": f"{ws.base_url}/{container['id'].replace('-', '')}",
        "public_url": None,
        "in_trash": in_trash(ws, doc),
    }


def prop_schema(ws: Workspace, source: Doc, prop: Doc) -> Doc:
    """A property's configuration."""
    kind, config = prop["type"], prop["config"]
    shown: Doc = config
    if kind == "formula":
        shown = {"expression": show(config["ast"], lambda id_: compute.reference(ws, source, id_))}
    elif kind == "relation":
        shown = _relation(ws, config)
    elif kind == "rollup":
        shown = _rollup(ws, source, config)
    head = {"id": encode_property(prop["id"]), "name": prop["name"], "description": prop["description"], "type": kind}
    return {**head, kind: shown}


def _relation(ws: Workspace, config: Doc) -> Doc:
    target = ws.store.docs[config["data_source_id"]]
    head = {"database_id": target["parent"]["database_id"], "data_source_id": target["id"], "type": config["type"]}
    if config["type"] == "single_property":
        return {**head, "single_property": {}}
    back = config["synced_property_id"]
    name = target["props"].get(back, {}).get("name", "")
    return {**head, "dual_property": {"synced_property_name": name, "synced_property_id": encode_property(back)}}


def _rollup(ws: Workspace, source: Doc, config: Doc) -> Doc:
    relation = source["props"].get(config["relation_property_id"])
    target = ws.store.get(relation["config"].get("data_source_id", "")) if relation else None
    rolled = target["props"].get(config["rollup_property_id"]) if target else None
    return {
        "rollup_property_name": rolled["name"] if rolled else "",
        "relation_property_name": relation["name"] if relation else "",
        "rollup_property_id": config["rollup_property_id"],
        "relation_property_id": config["relation_property_id"],
        "function": config["function"],
    }


def block(ws: Workspace, doc: Doc) -> Doc:
    """A block; pages and databases are shown as the child blocks that they are."""
    kind, content = _content(doc)
    synced = (doc.get("content", {}).get("synced_from") or {}).get("block_id", "")
    children = (ws.store.get(synced) or doc).get("children", [])
    has_children = any(not ws.store.docs[id_]["in_trash"] for id_ in children if id_ in ws.store.docs)
    return {
        "object": "block",
        "id": doc["id"],
        "parent": parent(doc),
        "created_time": minute(doc["created"]),
        "last_edited_time": minute(doc["edited"]),
        "created_by": user_ref(doc["created_by"]),
        "last_edited_by": user_ref(doc["edited_by"]),
        "has_children": has_children,
        "in_trash": in_trash(ws, doc),
        "type": kind,
        kind: content,
    }


def _content(doc: Doc) -> tuple[str, Doc]:
    if doc["object"] == "page":
        return "child_page", {"title": page_title(doc)}
    if doc["object"] == "database":
        return "child_database", {"title": plain(doc["title"])}
    return doc["type"], dict(doc["content"])


def listing(kind: str, results: list[Doc], cursor: str | None) -> Doc:
    """A list of results with the cursor of the next page."""
    return {
        "object": "list",
        "results": results,
        "next_cursor": cursor,
        "has_more": cursor is not None,
        "type": kind,
        kind: {},
    }
