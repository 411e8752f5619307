"""What a view's answer shows, beside what was asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from notion_roadmap.wire.filters import (
    encode_filter,
    encode_sorts,
    plain_filter,
    plain_sorts,
    property_reference,
)
from notion_roadmap.wire.shapes import JSONObject, dashed, obj, objs, parent_of, string
from notion_roadmap.wire.views import encode_configuration
from notion_roadmap.workspace.addresses import Addresses
from notion_roadmap.workspace.answers import Difference, SeenView
from notion_roadmap.workspace.canonical import JSON, digest
from notion_roadmap.workspace.columns import Columns
from notion_roadmap.workspace.views import Layout, View

_UNSTEADY: Final = frozenset({"property_name", "center_timestamp", "centerTimestamp"})


def decode_view(
    answer: JSONObject,
    asked: View | None = None,
    columns: Columns | None = None,
    addresses: Addresses | None = None,
    bot_id: str = "",
) -> SeenView:
    """A view, with its differences from what was asked for, if anything was."""
    differences: tuple[Difference, ...] = ()
    if asked is not None and columns is not None and addresses is not None:
        differences = view_differences(asked, answer, columns, addresses)
    return SeenView(
        id=dashed(answer.get("id")),
        database_id=parent_of(answer.get("parent"))[1],
        name=string(answer.get("name")),
        layout=string(answer.get("type")),
        source_id=dashed(answer.get("data_source_id")),
        dashboard_id=dashed(answer.get("dashboard_view_id")),
        shown=digest(_settings(answer)),
        widgets=_widgets(obj(answer.get("configuration"))),
        differences=differences,
        made_by_us=bool(bot_id) and dashed(obj(answer.get("created_by")).get("id")) == bot_id,
        edited_by_us=bool(bot_id) and dashed(obj(answer.get("last_edited_by")).get("id")) == bot_id,
    )


def _settings(answer: JSONObject) -> JSONObject:
    """What a view shows, without what changes by itself: names of properties, a timeline's centre."""
    return {part: _steady(answer.get(part)) for part in ("type", "filter", "sorts", "quick_filters", "configuration")}


def _steady(told: object) -> object:
    if isinstance(told, dict):
        return {key: _steady(one) for key, one in told.items() if key not in _UNSTEADY}
    return [_steady(one) for one in told] if isinstance(told, list) else told


def _widgets(configuration: JSONObject) -> tuple[str, ...]:
    rows = objs(configuration.get("rows"))
    return tuple(dashed(widget.get("view_id")) for row in rows for widget in objs(row.get("widgets")))


def is_partial(answer: JSONObject) -> bool:
    """Whether an answer shows too little to compare: Notion may answer with an id alone."""
    return "name" not in answer


def view_differences(asked: View, answer: JSONObject, columns: Columns, addresses: Addresses) -> tuple[Difference, ...]:
    """Where the answer is not what was asked for: layout, name, filter, sorts, and the layout's own settings."""
    return tuple(
        Difference(field, want, got) for field, want, got in _sides(asked, answer, columns, addresses) if want != got
    )


def _sides(asked: View, answer: JSONObject, columns: Columns, addresses: Addresses) -> Iterator[tuple[str, JSON, JSON]]:
    yield "layout", asked.layout.value, string(answer.get("type"))
    yield "name", asked.name, string(answer.get("name"))
    if asked.layout is Layout.DASHBOARD:
        return
    wanted = encode_filter(asked.filter, columns, addresses) if asked.filter else None
    yield "filter", plain_filter(wanted, columns), plain_filter(answer.get("filter"), columns)
    yield "sorts", plain_sorts(encode_sorts(asked.sorts, columns), columns), plain_sorts(answer.get("sorts"), columns)
    want, got = encode_configuration(asked, columns), obj(answer.get("configuration"))
    for field, plain in _PLAIN.items():
        if field in want:
            yield field, plain(want[field], columns), plain(got.get(field), columns)
    if "properties" in want:
        yield "shown", _visible(want, columns), _visible(got, columns)


def _property(told: object, columns: Columns) -> JSON:
    return property_reference(obj(told).get("property_id") if isinstance(told, dict) else told, columns)


def _group(told: object, columns: Columns) -> JSON:
    group = obj(told)
    if not group:
        return None
    return [
        string(group.get("type")),
        property_reference(group.get("property_id"), columns),
        string(group.get("group_by")),
    ]


def _aggregate(told: object, columns: Columns) -> JSON:
    value = obj(told)
    reference = property_reference(value.get("property_id"), columns) if value.get("property_id") else ""
    return [string(value.get("aggregator")), reference] if value else None


def _visible(configuration: JSONObject, columns: Columns) -> JSON:
    if "properties" not in configuration:
        return None
    title = columns.title
    shown = (
        property_reference(one.get("property_id"), columns)
        for one in objs(configuration["properties"])
        if one.get("visible") is not False
    )
    return [reference for reference in shown if title is None or reference != title.id]


def _same(told: object, _: Columns) -> JSON:
    return told if isinstance(told, str | bool) else None


_PLAIN: Final[Mapping[str, Callable[[object, Columns], JSON]]] = {
    "group_by": _group,
    "x_axis": _group,
    "stack_by": _group,
    "date_property_id": _property,
    "end_date_property_id": _property,
    "arrows_by": _property,
    "chart_type": _same,
    "cumulative": _same,
    "value": _aggregate,
    "y_axis": _aggregate,
}
"""The parts of a configuration that are compared, and the form in which equal ones are equal."""
