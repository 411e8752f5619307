"""The properties that a view's filter, sorts, quick filters and configuration name: kept by id, shown by name or id.

So a view outlives the renaming of a property, and forgets a removed one.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from notion_roadmap.sandbox.state import Doc

if TYPE_CHECKING:
    from notion_roadmap.sandbox.workspace import Workspace

_REQUIRED = ("group_by", "date_property_id", "chart_type")


def mapped(value: Any, change: Callable[[str], str]) -> Any:
    """A filter or sorts with every `property` changed."""
    if isinstance(value, list):
        return [mapped(one, change) for one in value]
    if not isinstance(value, dict):
        return value
    return {key: change(one) if key == "property" else mapped(one, change) for key, one in value.items()}


def kept(key: str, value: Any, find: Callable[[str], Doc | None]) -> Any:
    """`filter`, `sorts` or `quick_filters` of a request in the form that is kept: ids for names."""

    def to_id(name: str) -> str:
        prop = find(name)
        return str(prop["id"]) if prop else name

    if key == "quick_filters":
        return {to_id(name): condition for name, condition in value.items()}
    return mapped(value, to_id)


def shown(ws: Workspace, source: Doc | None, key: str, value: Any) -> Any:
    """What is kept in the form that answers show."""
    if value is None or source is None or ws.switches.view_references == "ids":
        return value

    def to_name(id_: str) -> str:
        return str(source["props"][id_]["name"]) if id_ in source["props"] else id_

    if key == "quick_filters":
        return {to_name(id_): condition for id_, condition in value.items()}
    return mapped(value, to_name)


def forget(ws: Workspace, source_id: str, prop_id: str) -> None:
    """Every view of a data source loses what referred to a removed property."""
    for view in ws.store.of_kind("view"):
        if view["data_source_id"] != source_id:
            continue
        view = ws.store.edit(view["id"])
        view["filter"] = _without(view["filter"], prop_id)
        view["sorts"] = [one for one in view["sorts"] or [] if one.get("property") != prop_id] or None
        view["quick_filters"] = {
            id_: one for id_, one in (view["quick_filters"] or {}).items() if id_ != prop_id
        } or None
        view["configuration"] = _configuration(view["configuration"], prop_id)


def _without(value: Doc | None, prop_id: str) -> Doc | None:
    if value is None or value.get("property") == prop_id:
        return None
    for junction in ("and", "or"):
        if junction in value:
            parts = [one for one in (_without(part, prop_id) for part in value[junction]) if one is not None]
            return {junction: parts} if parts else None
    return value


def _configuration(value: Doc | None, prop_id: str) -> Doc | None:
    """Settings that mention the property go; a view that cannot be without one has no configuration any more."""
    if value is None:
        return None
    result = {key: _column_free(one, prop_id) for key, one in value.items()}
    result = {key: one for key, one in result.items() if not _mentions(one, prop_id)}
    lost = [key for key in _REQUIRED if key in value and key not in result and value["type"] != "table"]
    return None if lost else result


def _column_free(value: Any, prop_id: str) -> Any:
    if not isinstance(value, list):
        return value
    return [one for one in value if not (isinstance(one, dict) and one.get("property_id") == prop_id)]


def _mentions(value: Any, prop_id: str) -> bool:
    if isinstance(value, dict):
        return value.get("property_id") == prop_id or any(_mentions(one, prop_id) for one in value.values())
    return bool(value == prop_id)
