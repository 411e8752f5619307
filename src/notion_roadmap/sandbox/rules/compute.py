"""What a property's value is for one page: for filters, sorts and formulas as plain values.

Text is a str, options are names, dates are date values, people and relations are lists of ids; empty is None or [].
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from notion_roadmap.sandbox.clock import minute
from notion_roadmap.sandbox.ids import encode_property
from notion_roadmap.sandbox.rules import relations, rollups
from notion_roadmap.sandbox.rules.formula.evaluate import Evaluator
from notion_roadmap.sandbox.rules.formula.values import (
    Moment,
    Ref,
    Unsupported,
    date_value,
    is_empty,
    moment,
    text,
    type_of,
)
from notion_roadmap.sandbox.rules.richtext import people, plain
from notion_roadmap.sandbox.state import Doc

if TYPE_CHECKING:
    from notion_roadmap.sandbox.workspace import Workspace

MAX_CHAIN = 8
"""How far formulas and roll-ups may refer to one another."""
MAX_REFS = 25
"""References that a formula or a page value looks at."""


def title_of(ws: Workspace, id_: str) -> str:
    """A page's title as words."""
    doc = ws.store.get(id_)
    return plain(doc["values"].get("title", [])) if doc and doc["object"] == "page" else ""


def option_names(prop: Doc) -> dict[str, str]:
    """The names of a property's options by id."""
    return {one["id"]: one["name"] for one in prop["config"]["options"]}


def source_of(ws: Workspace, page: Doc) -> Doc | None:
    """The data source that a page is a row of."""
    return ws.store.get(page["parent"].get("data_source_id", ""))


def raw(ws: Workspace, source: Doc, page: Doc, prop: Doc, depth: int = 0) -> Any:
    """The value of any property in the form described above; Unsupported for what cannot be computed."""
    kind, value = prop["type"], page["values"].get(prop["id"])
    if kind in ("title", "rich_text"):
        return plain(value or [])
    if kind in ("select", "status"):
        return option_names(prop).get(value) if value else None
    if kind == "multi_select":
        names = option_names(prop)
        return [names[one] for one in value or [] if one in names]
    if kind == "checkbox":
        return bool(value)
    if kind == "relation":
        return relations.shown(ws, value or [])
    if kind in ("created_time", "last_edited_time"):
        return {"start": minute(page["created" if kind == "created_time" else "edited"]), "end": None}
    if kind in ("created_by", "last_edited_by"):
        return [page["created_by" if kind == "created_by" else "edited_by"]]
    if kind == "formula":
        return formula(ws, source, page, prop, depth)
    if kind == "rollup":
        return rollups.compute(ws, source, page, prop, depth)
    return value if value is not None else ([] if kind in ("people", "files") else None)


def formula(ws: Workspace, source: Doc, page: Doc, prop: Doc, depth: int = 0) -> Any:
    """A formula's value: None, bool, number, str, Moment or a list."""
    if depth > MAX_CHAIN:
        raise Unsupported

    def value(id_: str) -> Any:
        other = source["props"].get(id_)
        if other is None:
            raise Unsupported
        return operand(ws, source, page, other, depth + 1)

    return Evaluator(value, ws.clock.now()).run(prop["config"]["ast"])


def operand(ws: Workspace, source: Doc, page: Doc, prop: Doc, depth: int) -> Any:
    """A property's value as formulas see it."""
    kind = prop["type"]
    if kind == "rollup":
        return _rolled(rollups.compute(ws, source, page, prop, depth))
    found = raw(ws, source, page, prop, depth)
    if kind in ("date", "created_time", "last_edited_time"):
        return moment(found)
    if kind == "relation":
        return [Ref(id_, title_of(ws, id_)) for id_ in found[:MAX_REFS]]
    if kind in ("people", "created_by", "last_edited_by"):
        refs = [Ref(id_, people(ws, id_).get("name", ""), "user") for id_ in found]
        return refs if kind == "people" else refs[0]
    if kind == "unique_id":
        prefix = prop["config"]["prefix"]
        return f"{prefix}-{found}" if prefix else str(found or "")
    if kind == "files":
        return [one["name"] for one in found]
    return None if found == "" and kind not in ("title", "rich_text", "formula") else found


def _rolled(result: Doc) -> Any:
    """A roll-up inside a formula."""
    if result["type"] == "number":
        return result["number"]
    if result["type"] == "date":
        return moment(result["date"])
    if result["type"] == "array":
        return [_element(one) for one in result["array"]]
    raise Unsupported


def _element(item: Doc) -> Any:
    value = item[item["type"]]
    if item["type"] in ("title", "rich_text"):
        return plain(value)
    if item["type"] in ("select", "status"):
        return value["name"] if value else None
    if item["type"] == "date":
        return moment(value)
    if item["type"] in ("number", "checkbox", "url", "email", "phone_number"):
        return value
    raise Unsupported


def formula_answer(ws: Workspace, source: Doc, page: Doc, prop: Doc, depth: int = 0) -> Doc:
    """A formula's value as an answer shows it."""
    try:
        found = formula(ws, source, page, prop, depth)
    except Unsupported:
        return {"type": "unsupported", "unsupported": {}}
    kind = type_of(found) or prop["config"].get("type") or "string"
    if kind == "number":
        finite = isinstance(found, int | float) and abs(found) != float("inf") and found == found
        return {"type": "number", "number": _tidy(found) if finite else None}
    if kind == "boolean":
        return {"type": "boolean", "boolean": bool(found)}
    if kind == "date":
        return {"type": "date", "date": date_value(found) if isinstance(found, Moment) else None}
    if isinstance(found, list) and not is_empty(found):
        return {"type": "string", "string": text(found)}
    return {"type": "string", "string": text(found) if found not in (None, "", []) else None}


def _tidy(value: float | int) -> float | int:
    return int(value) if isinstance(value, float) and value.is_integer() and abs(value) < 2**53 else value


def reference(ws: Workspace, source: Doc, prop_id: str) -> str:
    """How an answer mentions a property inside a formula."""
    if ws.switches.formula_readback == "names":
        name = source["props"].get(prop_id, {}).get("name", prop_id)
        return f'prop("{name}")'
    id_ = encode_property(prop_id)
    return f"{{{{notion:block_property:{id_}:{source['id']}:{ws.store.meta('workspace_id')}}}}}"
