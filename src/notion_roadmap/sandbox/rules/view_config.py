"""The configuration of each view type: what a request may say, and how an answer shows it.

https://developers.notion.com/reference/create-view
https://developers.notion.com/guides/data-apis/working-with-views
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from notion_roadmap.sandbox.errors import invalid, wrong_body
from notion_roadmap.sandbox.rules import check
from notion_roadmap.sandbox.rules.schema import find
from notion_roadmap.sandbox.state import Doc

if TYPE_CHECKING:
    from notion_roadmap.sandbox.workspace import Workspace

TYPES = ("table", "board", "list", "calendar", "timeline", "gallery", "form", "chart", "map", "dashboard")
REQUIRED = {"board": "group_by", "calendar": "date_property_id", "timeline": "date_property_id", "chart": "chart_type"}
_NAMES = {
    "date_property_id": "date_property_name",
    "end_date_property_id": "end_date_property_name",
    "map_by": "map_by_property_name",
}
_SIZES = ("small", "medium", "large")
_HEIGHTS = (*_SIZES, "extra_large")
_ZOOMS = ("hours", "day", "week", "bi_week", "month", "quarter", "year", "5_years")
_AGGREGATORS = (
    "count", "count_values", "sum", "average", "median", "min", "max", "range", "unique", "empty", "not_empty",
    "percent_empty", "percent_not_empty", "checked", "unchecked", "percent_checked", "percent_unchecked",
    "earliest_date", "latest_date", "date_range",
)  # fmt: skip
_LINE_COLORS = ("gray", "lightgray", "brown", "yellow", "orange", "green", "blue", "purple", "pink", "red")
_THEMES = ("gray", "blue", "yellow", "green", "purple", "teal", "orange", "pink", "red", "auto", "colorful")
_CHARTS = ("column", "bar", "line", "donut", "number")
_BY_DATE = ("relative", "day", "week", "month", "year")
_BY_TEXT = ("exact", "alphabet_prefix")
_GROUPS: dict[str, tuple[tuple[str, ...], tuple[str, ...] | None]] = {
    "select": (("select",), None), "multi_select": (("multi_select",), None),
    "status": (("status",), ("group", "option")),
    "person": (("people",), None), "created_by": (("created_by",), None), "last_edited_by": (("last_edited_by",), None),
    "relation": (("relation",), None), "date": (("date",), _BY_DATE), "created_time": (("created_time",), _BY_DATE),
    "last_edited_time": (("last_edited_time",), _BY_DATE), "text": (("rich_text",), _BY_TEXT),
    "title": (("title",), _BY_TEXT), "url": (("url",), _BY_TEXT), "email": (("email",), _BY_TEXT),
    "phone_number": (("phone_number",), _BY_TEXT), "number": (("number",), None), "checkbox": (("checkbox",), None),
}  # fmt: skip


@dataclass(frozen=True)
class Config:
    """Checks configurations for views of one data source."""

    ws: Workspace
    source: Doc

    def read(self, kind: str, value: Any, path: str, old: Doc | None = None) -> Doc:
        """The configuration to keep: `old` with the given keys replaced, null clearing them."""
        value = check.obj(value, path)
        if kind == "dashboard":
            raise check.refuse(path, "not present", value)
        if value.get("type", check.MISSING) != kind:
            raise wrong_body(check.issue(f"{path}.type", f'`"{kind}"`', value.get("type", check.MISSING)))
        spec = _SPECS[kind]
        unknown = [key for key in value if key != "type" and key not in spec]
        if unknown:
            raise check.refuse(f"{path}.{unknown[0]}", "not present", value[unknown[0]])
        kept: Doc = {"type": kind}
        for key, parser in spec.items():
            if key in value:
                if value[key] is not None:
                    kept[key] = parser(self, value[key], f"{path}.{key}")
            elif old and key in old:
                kept[key] = old[key]
        missing = REQUIRED.get(kind)
        if missing and missing not in kept and self.ws.switches.required_view_configuration == "refused":
            raise wrong_body(check.issue(f"{path}.{missing}", "defined", value.get(missing, check.MISSING)))
        return kept

    def prop(self, value: Any, path: str) -> Doc:
        """The property that a property_id names; by name too, where the switch says so."""
        given = check.text(value, path)
        found = find(self.source, given)
        if found is not None and found["name"] == given and found["id"] != given:
            found = found if self.ws.switches.property_names_in_views == "accepted" else None
        if found is None:
            raise invalid(f"Could not find property with name or id: {given}")
        return found

    def prop_id(self, value: Any, path: str) -> str:
        """The decoded id of the property that is named."""
        return str(self.prop(value, path)["id"])

    def group(self, value: Any, path: str) -> Doc:
        """A group_by object."""
        value = check.obj(value, path)
        kind = check.choice(value.get("type", check.MISSING), f"{path}.type", (*_GROUPS, "formula"))
        prop = self.prop(value.get("property_id", check.MISSING), f"{path}.property_id")
        allowed = ("formula",) if kind == "formula" else _GROUPS[kind][0]
        if prop["type"] not in allowed:
            raise invalid(f"{path}.type {kind} does not match property {prop['name']} of type {prop['type']}.")
        if kind == "formula" and self.ws.switches.formula_filters == "refused":
            raise invalid("Unable to group by a formula of unknown type")
        kept: Doc = {"type": kind, "property_id": prop["id"]}
        if kind == "formula":
            kept["group_by"] = check.obj(value.get("group_by", check.MISSING), f"{path}.group_by")
        else:
            if _GROUPS[kind][1] is not None:
                kept["group_by"] = check.choice(
                    value.get("group_by", check.MISSING), f"{path}.group_by", _GROUPS[kind][1] or ()
                )
            sort = check.obj(value.get("sort", check.MISSING), f"{path}.sort")
            order = check.choice(
                sort.get("type", check.MISSING), f"{path}.sort.type", ("manual", "ascending", "descending")
            )
            kept["sort"] = {"type": order}
        for key, parser in _GROUP_EXTRAS.items():
            if value.get(key) is not None:
                kept[key] = parser(self, value[key], f"{path}.{key}")
        return kept

    def shown(self, value: Any) -> Any:
        """A kept configuration with the names of its properties, as answers show it."""
        if isinstance(value, list):
            return [self.shown(one) for one in value]
        if not isinstance(value, dict):
            return value
        result: Doc = {}
        for key, inner in value.items():
            # The one reference that answers show without its name.
            result[key] = inner if key == "arrows_by" else self.shown(inner)
            name_key = _NAMES.get(key)
            if key == "property_id" and (
                "sort" in value or "visible" in value or value.keys() <= _COLUMN_KEYS or "group_by" in value
            ):
                name_key = "property_name"
            if name_key and inner in self.source["props"]:
                result[name_key] = self.source["props"][inner]["name"]
        return result


Parser = Callable[[Config, Any, str], Any]


def _flag(_: Config, value: Any, path: str) -> Any:
    return check.boolean(value, path)


def _number(_: Config, value: Any, path: str) -> Any:
    return check.number(value, path)


def _text(_: Config, value: Any, path: str) -> Any:
    return check.text(value, path, 2000)


def _whole(least: int) -> Parser:
    def parse(_: Config, value: Any, path: str) -> int:
        number = check.number(value, path)
        if number < least or number != int(number):
            raise wrong_body(f"{path} should be ≥ `{least}`, instead was `{number}`.")
        return int(number)

    return parse


def _one_of(*allowed: Any) -> Parser:
    return lambda _, value, path: check.choice(value, path, allowed)


def _object(spec: dict[str, Parser], *required: str) -> Parser:
    def parse(config: Config, value: Any, path: str) -> Doc:
        value = check.obj(value, path)
        unknown = next((key for key in value if key not in spec), None)
        if unknown is not None:
            raise check.refuse(f"{path}.{unknown}", "not present", value[unknown])
        for key in required:
            if value.get(key) is None:
                raise check.refuse(f"{path}.{key}", "defined", value.get(key, check.MISSING))
        return {
            key: parser(config, value[key], f"{path}.{key}")
            for key, parser in spec.items()
            if value.get(key) is not None
        }

    return parse


def _each(parser: Parser) -> Parser:
    def parse(config: Config, value: Any, path: str) -> list[Any]:
        return [parser(config, one, f"{path}[{n}]") for n, one in enumerate(check.arr(value, path))]

    return parse


def _reference_line(config: Config, value: Any, path: str) -> Doc:
    kept: Doc = _LINE(config, value, path)
    return {"id": kept.pop("id", None) or config.ws.ids.random_id(), **kept}


def _cover(config: Config, value: Any, path: str) -> Doc:
    kept: Doc = _object(
        {"type": _one_of("page_cover", "page_content", "property"), "property_id": Config.prop_id}, "type"
    )(config, value, path)
    if kept["type"] == "property" and "property_id" not in kept:
        raise wrong_body(check.issue(f"{path}.property_id", "defined", check.MISSING))
    return kept


def _aggregation(config: Config, value: Any, path: str) -> Doc:
    kept: Doc = _object({"aggregator": _one_of(*_AGGREGATORS), "property_id": Config.prop_id}, "aggregator")(
        config, value, path
    )
    if kept["aggregator"] != "count" and "property_id" not in kept:
        raise wrong_body(check.issue(f"{path}.property_id", "defined", check.MISSING))
    return kept


_LINE = _object(
    {"id": _text, "value": _number, "label": _text, "color": _one_of(*_LINE_COLORS),
     "dash_style": _one_of("solid", "dash")},
    "value", "label", "color", "dash_style",
)  # fmt: skip
_COLUMN: dict[str, Parser] = {
    "property_id": Config.prop_id, "visible": _flag, "width": _whole(1), "wrap": _flag,
    "status_show_as": _one_of("select", "checkbox"), "card_property_width_mode": _one_of("full_line", "inline"),
    "date_format": _one_of("full", "short", "month_day_year", "day_month_year", "year_month_day", "relative"),
    "time_format": _one_of("12_hour", "24_hour", "hidden"),
}  # fmt: skip
_COLUMN_KEYS = {key for key in _COLUMN if key != "property_id"} | {"property_id"}
_COLUMNS = _each(_object(_COLUMN, "property_id"))
_GROUP_EXTRAS: dict[str, Parser] = {
    "hide_empty_groups": _flag, "start_day_of_week": _one_of(0, 1), "range_start": _number, "range_end": _number,
    "range_size": _number,
}  # fmt: skip
_CARDS: dict[str, Parser] = {
    "properties": _COLUMNS, "cover": _cover, "cover_size": _one_of(*_SIZES),
    "cover_aspect": _one_of("contain", "cover"),
    "card_layout": _one_of("list", "compact"),
}  # fmt: skip
_SUBTASKS = _object(
    {"property_id": Config.prop_id, "display_mode": _one_of("show", "hidden", "flattened", "disabled"),
     "filter_scope": _one_of("parents", "parents_and_subitems", "subitems"), "toggle_column_id": _text}
)  # fmt: skip
_SPECS: dict[str, dict[str, Parser]] = {
    "table": {"group_by": Config.group, "subtasks": _SUBTASKS, "properties": _COLUMNS, "wrap_cells": _flag,
              "frozen_column_index": _whole(0), "show_vertical_lines": _flag},
    "board": {"group_by": Config.group, "sub_group_by": Config.group, **_CARDS},
    "gallery": _CARDS,
    "list": {"properties": _COLUMNS},
    "calendar": {"date_property_id": Config.prop_id, "properties": _COLUMNS, "view_range": _one_of("week", "month"),
                 "show_weekends": _flag},
    "timeline": {"date_property_id": Config.prop_id, "end_date_property_id": Config.prop_id, "properties": _COLUMNS,
                 "show_table": _flag, "table_properties": _COLUMNS,
                 "preference": _object({"zoom_level": _one_of(*_ZOOMS), "center_timestamp": _number}, "zoom_level"),
                 "arrows_by": _object({"property_id": Config.prop_id}), "color_by": _flag},
    "map": {"height": _one_of(*_HEIGHTS), "map_by": Config.prop_id, "properties": _COLUMNS},
    "form": {"is_form_closed": _flag, "anonymous_submissions": _flag,
             "submission_permissions": _one_of("none", "comment_only", "reader", "read_and_write", "editor")},
    "chart": {"chart_type": _one_of(*_CHARTS), "x_axis": Config.group, "y_axis": _aggregation,
              "x_axis_property_id": Config.prop_id, "y_axis_property_id": Config.prop_id, "value": _aggregation,
              "sort": _one_of("manual", "x_ascending", "x_descending", "y_ascending", "y_descending"),
              "color_theme": _one_of(*_THEMES), "height": _one_of(*_HEIGHTS), "hide_empty_groups": _flag,
              "legend_position": _one_of("off", "bottom", "side"), "show_data_labels": _flag,
              "axis_labels": _one_of("none", "x_axis", "y_axis", "both"),
              "grid_lines": _one_of("none", "horizontal", "vertical", "both"), "cumulative": _flag,
              "smooth_line": _flag,
              "hide_line_fill_area": _flag, "group_style": _one_of("normal", "percent", "side_by_side"),
              "y_axis_min": _number, "y_axis_max": _number,
              "donut_labels": _one_of("none", "value", "name", "name_and_value"), "hide_title": _flag,
              "stack_by": Config.group, "reference_lines": _each(_reference_line), "caption": _text,
              "color_by_value": _flag},
}  # fmt: skip
