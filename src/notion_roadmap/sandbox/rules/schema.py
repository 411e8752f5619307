"""The properties of a data source: making, changing, renaming and removing them.

https://developers.notion.com/reference/property-object and /reference/update-data-source-properties
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from notion_roadmap.sandbox.errors import invalid, wrong_body
from notion_roadmap.sandbox.ids import decode_property
from notion_roadmap.sandbox.rules import check, convert, options, relations, view_refs
from notion_roadmap.sandbox.rules.formula.evaluate import infer
from notion_roadmap.sandbox.rules.formula.parse import FormulaError, parse
from notion_roadmap.sandbox.state import Doc

if TYPE_CHECKING:
    from notion_roadmap.sandbox.workspace import Workspace

PLAIN = (
    "title", "rich_text", "url", "people", "files", "email", "phone_number", "date", "checkbox", "created_by",
    "created_time", "last_edited_by", "last_edited_time", "place",
)  # fmt: skip
KINDS = (*PLAIN, "number", "formula", "select", "multi_select", "status", "relation", "rollup", "unique_id")
_UNMAKEABLE = ("button", "verification", "location", "last_visited_time")
ROLLUP_FUNCTIONS = [
    "count", "count_values", "empty", "not_empty", "unique", "show_unique", "percent_empty", "percent_not_empty", "sum",
    "average", "median", "min", "max", "range", "earliest_date", "latest_date", "date_range", "checked", "unchecked",
    "percent_checked", "percent_unchecked", "count_per_group", "percent_per_group", "show_original",
]  # fmt: skip
_FORMAT = re.compile(r"^[a-z][a-z_]*$")
MAX_PROPERTIES = 500


def find(source: Doc, name_or_id: str) -> Doc | None:
    """The property with this name, or with this id in either spelling."""
    decoded = decode_property(name_or_id)
    props: dict[str, Doc] = source["props"]
    for prop in props.values():
        if prop["name"] == name_or_id:
            return prop
    return props.get(name_or_id) or props.get(decoded)


def kind_of(value: Doc) -> str | None:
    """The type that a property's configuration names; None when it names none."""
    kind = value.get("type") or next((one for one in (*KINDS, *_UNMAKEABLE) if one in value), None)
    if kind is not None and kind not in KINDS and kind not in _UNMAKEABLE:
        raise invalid(f"{kind} is not a valid property schema")
    return kind


def create_all(ws: Workspace, source: Doc, properties: Any, path: str) -> None:
    """Give a new data source its properties; one of them must be the title."""
    properties = check.obj(properties, path)
    titles = [name for name, value in properties.items() if isinstance(value, dict) and kind_of(value) == "title"]
    if len(titles) > 1:
        raise invalid(f"{path} should have exactly one title property, instead had {len(titles)}.")
    if not titles:
        if properties:
            raise invalid("Title is not provided")
        add(ws, source, "Name", {"title": {}}, path)
    ordered = sorted(properties.items(), key=lambda item: _rank(item[1]))
    for name, value in ordered:
        add(ws, source, name, value, f"{path}.{name}")


def _rank(value: Any) -> int:
    """Roll-ups and formulas after what they refer to."""
    kind = kind_of(value) if isinstance(value, dict) else None
    return {"relation": 1, "rollup": 2, "formula": 3}.get(kind or "", 0)


def add(ws: Workspace, source: Doc, name: str, value: Any, path: str) -> None:
    """Make a new property."""
    value = check.obj(value, path)
    kind = kind_of(value)
    if kind is None:
        raise wrong_body(*(check.issue(f"{path}.{one}", "defined", check.MISSING) for one in KINDS))
    if kind == "button":
        return  # taken and ignored, as Notion does
    if kind in _UNMAKEABLE:
        raise invalid(f"Property type {kind} cannot be created with the API.")
    _check_name(source, name)
    if kind == "title" and "title" in source["props"]:
        raise invalid("Cannot create more than one title property.")
    if len(source["props"]) >= MAX_PROPERTIES:
        raise invalid(f"A data source has at most {MAX_PROPERTIES} properties.")
    id_ = "title" if kind == "title" else ws.ids.property_id(source["props"])
    prop: Doc = {"id": id_, "name": name, "description": _description(value, None, path), "type": kind, "config": {}}
    source["props"][id_] = prop
    prop["config"] = _config(ws, source, prop, value.get(kind), f"{path}.{kind}")
    if kind == "unique_id":
        convert.number_rows(ws, source, id_)


def _check_name(source: Doc, name: str) -> None:
    if not name.strip():
        raise invalid("Property name should not be empty.")
    check.text(name, "body.properties.name", 2000)
    if any(prop["name"] == name for prop in source["props"].values()):
        raise invalid(f"A property named {name} exists already.")


def _description(value: Doc, old: str | None, path: str) -> str | None:
    if "description" not in value:
        return old
    given = value["description"]
    return None if given is None or given == "" else check.text(given, f"{path}.description", 280)


def _config(ws: Workspace, source: Doc, prop: Doc, value: Any, path: str) -> Doc:
    """What is kept of a property's configuration."""
    kind = prop["type"]
    value = check.obj({} if value is None else value, path)
    if kind == "number":
        return {"format": _number_format(value.get("format", "number"), path)}
    if kind in ("select", "multi_select", "status"):
        return options.make(ws, kind, value, path)
    if kind == "unique_id":
        prefix = value.get("prefix")
        return {"prefix": None if prefix is None else check.text(prefix, f"{path}.prefix", 100)}
    if kind == "formula":
        return formula_config(source, value.get("expression", ""), f"{path}.expression")
    if kind == "relation":
        return relations.make(ws, source, prop, value, path)
    return rollup_config(ws, source, value, path) if kind == "rollup" else {}


def _number_format(value: Any, path: str) -> str:
    if not _FORMAT.match(check.text(value, f"{path}.format")):
        raise check.refuse(f"{path}.format", "a number format", value)
    return str(value)


def formula_config(source: Doc, expression: Any, path: str) -> Doc:
    """The tree and the type of a formula; 400 when it does not parse or mentions what is not there."""
    text = check.text(expression, path)
    if not text.strip():
        return {"ast": ["str", ""], "type": "string"}

    def resolve(name: str) -> str | None:
        prop = find(source, name)
        return prop["id"] if prop else None

    try:
        tree = parse(text, resolve)
    except FormulaError as error:
        raise invalid(f"Type error with formula: {error}") from error
    return {"ast": tree, "type": infer(tree, lambda id_: formula_type(source["props"][id_]))}


def formula_type(prop: Doc) -> str | None:
    """What a property's value is inside a formula."""
    kind = prop["type"]
    if kind == "formula":
        known: str | None = prop["config"].get("type")
        return known
    if kind in ("number", "unique_id"):
        return "number" if kind == "number" else "string"
    if kind in ("date", "created_time", "last_edited_time"):
        return "date"
    if kind in ("multi_select", "people", "files", "relation"):
        return "list"
    return {"checkbox": "boolean", "rollup": None}.get(kind, "string")


def rollup_config(ws: Workspace, source: Doc, value: Doc, path: str) -> Doc:
    """The relation, the property over there and the function of a roll-up."""
    function = check.choice(value.get("function", check.MISSING), f"{path}.function", ROLLUP_FUNCTIONS)
    relation = _named(source, value, "relation_property", path)
    if relation["type"] != "relation":
        raise invalid(f"Property {relation['name']} is not a relation property.")
    target = ws.store.get(relation["config"]["data_source_id"])
    if target is None:
        raise invalid(f"Could not find the data source that {relation['name']} relates to.")
    target = source if target["id"] == source["id"] else target
    rolled = _named(target, value, "rollup_property", path)
    if rolled["type"] == "rollup":
        raise invalid(f"Cannot roll up the roll-up property {rolled['name']}.")
    return {"relation_property_id": relation["id"], "rollup_property_id": rolled["id"], "function": function}


def _named(source: Doc, value: Doc, key: str, path: str) -> Doc:
    name = value.get(f"{key}_id") or value.get(f"{key}_name")
    if name is None:
        raise wrong_body(*(check.issue(f"{path}.{key}_{one}", "defined", check.MISSING) for one in ("name", "id")))
    prop = find(source, check.text(name, f"{path}.{key}_name"))
    if prop is None:
        raise invalid(f"Could not find property with name or id: {name}")
    return prop


def update_all(ws: Workspace, source: Doc, properties: Any, path: str) -> None:
    """Carry out `properties` of an update: null removes, a known name or id changes, a new name adds."""
    properties = check.obj(properties, path)
    for key, value in sorted(properties.items(), key=lambda item: _rank(item[1])):
        here = f"{path}.{key}"
        prop = find(source, key)
        if value is None:
            _remove(ws, source, prop, key)
        elif prop is None:
            add(ws, source, key, value, here)
        else:
            _update(ws, source, prop, check.obj(value, here), here)


def _remove(ws: Workspace, source: Doc, prop: Doc | None, key: str) -> None:
    if prop is None:
        raise invalid(f"Could not find property with name or id: {key}")
    if prop["type"] == "title":
        raise invalid("Cannot delete the title property.")
    if prop["type"] == "relation":
        relations.unlink(ws, source, prop)
    convert.drop_values(ws, source, prop["id"])
    view_refs.forget(ws, source["id"], prop["id"])
    del source["props"][prop["id"]]


def _update(ws: Workspace, source: Doc, prop: Doc, value: Doc, path: str) -> None:
    name = value.get("name")
    if name is not None and check.text(name, f"{path}.name") != prop["name"]:
        _check_name(source, name)
        prop["name"] = name
    prop["description"] = _description(value, prop["description"], path)
    kind = kind_of(value)
    if kind is None:
        return
    if kind != prop["type"]:
        _retype(ws, source, prop, kind, value, path)
    elif value.get(kind) is not None:
        _reconfigure(ws, source, prop, check.obj(value[kind], f"{path}.{kind}"), f"{path}.{kind}")


def _reconfigure(ws: Workspace, source: Doc, prop: Doc, value: Doc, path: str) -> None:
    kind, old = prop["type"], prop["config"]
    if kind == "number" and "format" in value:
        prop["config"] = {"format": _number_format(value["format"], path)}
    elif kind in ("select", "multi_select", "status"):
        prop["config"] = options.merge(ws, kind, old, value, path)
        convert.keep_options(ws, source, prop)
    elif kind == "unique_id" and "prefix" in value:
        prop["config"] = _config(ws, source, prop, value, path)
    elif kind == "formula" and "expression" in value:
        prop["config"] = formula_config(source, value["expression"], f"{path}.expression")
    elif kind == "relation" and value:
        relations.remake(ws, source, prop, value, path)
    elif kind == "rollup" and value:
        given = {key: value.get(key) for key in value}
        if "function" not in given:
            given["function"] = old["function"]
        if not any(key.startswith("relation_property") for key in given):
            given["relation_property_id"] = old["relation_property_id"]
        if not any(key.startswith("rollup_property") for key in given):
            given["rollup_property_id"] = old["rollup_property_id"]
        prop["config"] = rollup_config(ws, source, given, path)


def _retype(ws: Workspace, source: Doc, prop: Doc, kind: str, value: Doc, path: str) -> None:
    if "title" in (kind, prop["type"]) or "place" in (kind, prop["type"]) or kind in _UNMAKEABLE:
        raise invalid(f"Cannot change the type of property {prop['name']} from {prop['type']} to {kind}.")
    if prop["type"] == "relation":
        relations.unlink(ws, source, prop)
    before = {"type": prop["type"], "config": prop["config"]}
    prop["type"] = kind
    prop["config"] = _config(ws, source, prop, value.get(kind), f"{path}.{kind}")
    convert.retype(ws, source, prop, before)
