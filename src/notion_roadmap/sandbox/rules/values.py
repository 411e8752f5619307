"""Page values in a write: each property's shape, and what is kept of it.

Kept: numbers, texts, option ids, lists of page or user ids, full rich text, cut dates; nothing for an empty value.
https://developers.notion.com/reference/page-property-values
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from notion_roadmap.sandbox.errors import invalid, wrong_body
from notion_roadmap.sandbox.rules import check, dates, media, options, relations, richtext
from notion_roadmap.sandbox.rules.schema import KINDS, find
from notion_roadmap.sandbox.state import Doc

if TYPE_CHECKING:
    from notion_roadmap.sandbox.workspace import Workspace

COMPUTED = ("formula", "rollup", "created_by", "created_time", "last_edited_by", "last_edited_time", "unique_id")
_LONGEST = {"url": 2000, "email": 200, "phone_number": 200}


def _text_value(ws: Workspace, prop: Doc, value: Any, path: str) -> Any:
    if value is None:
        return None
    if prop["type"] == "url":
        return check.url(value, path)
    return check.text(value, path, _LONGEST[prop["type"]])


def _date_value(ws: Workspace, prop: Doc, value: Any, path: str) -> Any:
    if isinstance(value, dict) and value.get("start", check.MISSING) is None:
        return None
    return None if value is None else dates.parse_value(value, path)


def _place(ws: Workspace, prop: Doc, value: Any, path: str) -> Any:
    if value is None:
        return None
    value = check.obj(value, path)
    known = {key: check.number(value.get(key, check.MISSING), f"{path}.{key}") for key in ("lat", "lon")}
    words: Doc = {}
    for key in ("name", "address", "aws_place_id", "google_place_id"):
        words[key] = None if value.get(key) is None else check.text(value[key], f"{path}.{key}", 2000)
    return {**known, **words}


def _people(ws: Workspace, prop: Doc, value: Any, path: str) -> Any:
    ids = [
        check.uuid(check.obj(item, f"{path}[{n}]").get("id", check.MISSING), f"{path}[{n}].id")
        for n, item in enumerate(check.arr(value, path))
    ]
    return list(dict.fromkeys(ids))


PARSERS: dict[str, Callable[[Any, Doc, Any, str], Any]] = {
    "title": lambda ws, prop, value, path: richtext.parse(ws, value, path),
    "rich_text": lambda ws, prop, value, path: richtext.parse(ws, value, path),
    "number": lambda ws, prop, value, path: None if value is None else check.number(value, path),
    "checkbox": lambda ws, prop, value, path: check.boolean(value, path) or None,
    "url": _text_value,
    "email": _text_value,
    "phone_number": _text_value,
    "date": _date_value,
    "place": _place,
    "people": _people,
    "files": lambda ws, prop, value, path: [
        media.named(ws, item, f"{path}[{n}]") for n, item in enumerate(check.arr(value, path))
    ],
    "relation": lambda ws, prop, value, path: relations.parse(ws, prop["config"], value, path),
}


def write(ws: Workspace, source: Doc, page: Doc, properties: Any, path: str) -> None:
    """Set the named values of a page from `Store.edit` or not yet added; mirrors relations, makes options."""
    properties = check.obj(properties, path)
    unknown = [name for name in properties if find(source, name) is None]
    if unknown and ws.switches.unknown_property == "refused":
        raise invalid(" ".join(f"{name} is not a property that exists." for name in unknown))
    for name, value in properties.items():
        prop = find(source, name)
        if prop is not None:
            _write_one(ws, source, page, prop, value, f"{path}.{name}")


def _write_one(ws: Workspace, source: Doc, page: Doc, prop: Doc, value: Any, path: str) -> None:
    kind = prop["type"]
    inner = _unwrap(prop, value, path)
    if kind in COMPUTED:
        raise invalid(f"{prop['name']} is a {kind} property and cannot be set.")
    path = f"{path}.{kind}"
    if kind in ("select", "multi_select", "status"):
        kept = _choose(ws, source, prop, inner, path)
    elif kind in PARSERS:
        kept = PARSERS[kind](ws, prop, inner, path)
    else:
        raise invalid(f"Property type {kind} cannot be set with the API.")
    before = page["values"].get(prop["id"], [])
    if kept is None or kept == []:
        page["values"].pop(prop["id"], None)
    else:
        page["values"][prop["id"]] = kept
    if kind == "relation":
        relations.mirror(ws, prop["config"], page["id"], before, kept)


def _unwrap(prop: Doc, value: Any, path: str) -> Any:
    """The value inside {"<type>": ...}; a title may stand bare, as recordings show."""
    kind = prop["type"]
    if isinstance(value, list) and kind in ("title", "rich_text", "relation", "people", "files", "multi_select"):
        return value
    value = check.obj(value, path)
    if kind in value:
        return value[kind]
    other = value.get("type") or next((one for one in KINDS if one in value), None)
    if other in KINDS and other != kind:
        raise invalid(f"{prop['name']} is expected to be {kind}.")
    raise wrong_body(check.issue(f"{path}.{kind}", "defined", check.MISSING))


def _choose(ws: Workspace, source: Doc, prop: Doc, value: Any, path: str) -> Any:
    """Option ids for what a write names; names that are new become options of select and multi_select."""
    many = prop["type"] == "multi_select"
    if value is None:
        if many:
            raise check.refuse(path, "an array", None)
        return options.default_status(prop["config"]) if prop["type"] == "status" else None
    items = check.arr(value, path) if many else [value]
    ids: list[str] = []
    for number, item in enumerate(items):
        config = ws.store.docs[source["id"]]["props"][prop["id"]]["config"]
        id_, made = options.pick(ws, prop["type"], config, item, f"{path}[{number}]" if many else path)
        if made:
            ws.store.edit(source["id"])["props"][prop["id"]]["config"]["options"].append(made)
        if id_ not in ids:
            ids.append(id_)
    return ids if many else ids[0]


def write_title(ws: Workspace, page: Doc, properties: Any, path: str) -> None:
    """Set the title of a page that is in no data source; it has no other property."""
    properties = check.obj(properties, path)
    unknown = [name for name in properties if name != "title"]
    if unknown and ws.switches.unknown_property == "refused":
        raise invalid(" ".join(f"{name} is not a property that exists." for name in unknown))
    if "title" in properties:
        value = properties["title"]
        inner = value if isinstance(value, list) else check.obj(value, f"{path}.title").get("title", check.MISSING)
        page["values"]["title"] = richtext.parse(
            ws, inner, f"{path}.title.title" if inner is not value else f"{path}.title"
        )


def defaults(ws: Workspace, source: Doc, page: Doc) -> None:
    """What a new row has before anything is set: its unique id and the default of each status."""
    for prop in source["props"].values():
        if prop["type"] == "unique_id":
            counters = ws.store.edit(source["id"])["counters"]
            counters[prop["id"]] = counters.get(prop["id"], 0) + 1
            page["values"][prop["id"]] = counters[prop["id"]]
        elif prop["type"] == "status":
            page["values"][prop["id"]] = options.default_status(prop["config"])
