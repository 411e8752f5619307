"""Views. https://developers.notion.com/guides/data-apis/working-with-views"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from notion_roadmap.wire.errors import CannotSend
from notion_roadmap.wire.filters import column_of, encode_filter, encode_sorts
from notion_roadmap.wire.shapes import JSONObject
from notion_roadmap.workspace.addresses import Addresses
from notion_roadmap.workspace.columns import Columns
from notion_roadmap.workspace.views import Chart, GroupBy, Layout, OnPage, Tab, View, Widget

_GROUP_TYPES: Final[Mapping[str, str]] = {
    "select": "select",
    "multi_select": "multi_select",
    "status": "status",
    "date": "date",
    "created_time": "created_time",
    "last_edited_time": "last_edited_time",
    "rich_text": "text",
    "title": "title",
    "url": "url",
    "number": "number",
    "checkbox": "checkbox",
    "relation": "relation",
}
"""Column type → type of a group. Computed columns are missing: Notion cannot group on formulas made over the API."""

_DATES: Final = frozenset({"date", "created_time", "last_edited_time"})
_BY_OPTION_ORDER: Final = frozenset({"select", "multi_select", "status"})


@dataclass(frozen=True, slots=True)
class Place:
    """Where a view goes, in ids: in a database, on a page, or in a dashboard.

    Args:
        after_view: the tab to its left, "" for the first place.
        after_block: the block above it, "" for the end of the page.
        first_in_row: whether it opens a new row of its dashboard.
    """

    database_id: str = ""
    after_view: str = ""
    page_id: str = ""
    after_block: str = ""
    dashboard_view_id: str = ""
    first_in_row: bool = True


def encode_view(view: View, columns: Columns, addresses: Addresses, place: Place) -> JSONObject:
    """The body that creates a view. Raises CannotSend when something that it shows does not exist."""
    source = addresses.sources.get(view.database)
    if source is None:
        raise CannotSend(f"The view “{view.name}”", f"shows the database “{view.database}”, which does not exist yet")
    body: JSONObject = {"data_source_id": source, "name": view.name, "type": view.layout.value}
    body |= _encode_place(view, place)
    if view.filter is not None:
        body["filter"] = encode_filter(view.filter, columns, addresses)
    if view.sorts:
        body["sorts"] = encode_sorts(view.sorts, columns)
    if view.layout is not Layout.DASHBOARD:  # which takes none
        body["configuration"] = encode_configuration(view, columns)
    return body


def encode_view_update(view: View, columns: Columns, addresses: Addresses) -> JSONObject:
    """The body that brings a view back to the wish. Its layout and its place cannot be changed."""
    body: JSONObject = {"name": view.name}
    if view.layout is Layout.DASHBOARD:
        return body
    body["filter"] = None if view.filter is None else encode_filter(view.filter, columns, addresses)
    body["sorts"] = encode_sorts(view.sorts, columns) or None
    body["configuration"] = encode_configuration(view, columns)
    return body


def encode_configuration(view: View, columns: Columns) -> JSONObject:
    """What the layout needs, and which properties it shows."""
    configuration: JSONObject = {"type": view.layout.value, **_layout(view, columns)}
    if view.shown and view.layout is not Layout.CHART:
        configuration["properties"] = _shown(view, columns)
    return configuration


def encode_group(group: GroupBy, columns: Columns) -> JSONObject:
    """Groups by a column, in the column's own order where it has one."""
    column = column_of(group.property, columns)
    kind = _GROUP_TYPES.get(column.type)
    if kind is None:
        raise CannotSend(f"“{column.name}”", f"is of type {column.type}, which Notion cannot group by")
    order = "manual" if kind in _BY_OPTION_ORDER else "ascending"
    encoded: JSONObject = {"type": kind, "property_id": column.id, "sort": {"type": order}}
    if kind == "status":
        encoded["group_by"] = "option"
    elif kind in _DATES:
        encoded["group_by"] = group.by or "day"
    elif kind in ("text", "title", "url"):
        encoded["group_by"] = "exact"
    if group.hide_empty:
        encoded["hide_empty_groups"] = True
    return encoded


def _encode_place(view: View, place: Place) -> JSONObject:
    match view.place:
        case Tab(after):
            position: JSONObject = {"type": "start"}
            if place.after_view:
                position = {"type": "after_view", "view_id": place.after_view}
            elif after:
                position = {"type": "end"}
            return {"database_id": place.database_id, "position": position}
        case OnPage():
            linked: JSONObject = {"parent": {"type": "page_id", "page_id": place.page_id}}
            if place.after_block:
                linked["position"] = {"type": "after_block", "block_id": place.after_block}
            return {"create_database": linked}
        case Widget(row=row):
            placement = {"type": "new_row"} if place.first_in_row else {"type": "existing_row", "row_index": row}
            return {"view_id": place.dashboard_view_id, "placement": placement}


def _layout(view: View, columns: Columns) -> JSONObject:
    match view.layout:
        case Layout.BOARD:
            return {"group_by": encode_group(_needed_group(view), columns)}
        case Layout.TABLE if view.group_by:
            return {"group_by": encode_group(view.group_by, columns)}
        case Layout.CALENDAR:
            return {"date_property_id": column_of(view.date, columns).id}
        case Layout.TIMELINE:
            return _timeline(view, columns)
        case Layout.GALLERY if view.shown:  # left out on the rung that asks for nothing but the layout
            return {"cover": {"type": "page_content"}}
        case Layout.CHART:
            return _chart(view.chart or Chart("number"), columns)
    return {}


def _needed_group(view: View) -> GroupBy:
    if view.group_by is None:
        raise CannotSend(f"The board “{view.name}”", "has nothing to group by")
    return view.group_by


def _timeline(view: View, columns: Columns) -> JSONObject:
    encoded: JSONObject = {"date_property_id": column_of(view.date, columns).id}
    if view.end:
        encoded["end_date_property_id"] = column_of(view.end, columns).id
    if view.arrows:
        encoded["arrows_by"] = {"property_id": column_of(view.arrows, columns).id}
    return encoded


def _chart(chart: Chart, columns: Columns) -> JSONObject:
    value: JSONObject = {"aggregator": chart.aggregate}
    if chart.of:
        value["property_id"] = column_of(chart.of, columns).id
    encoded: JSONObject = {"chart_type": chart.kind}
    if chart.x is None:
        return encoded | {"value": value}
    encoded |= {"x_axis": encode_group(chart.x, columns), "y_axis": value}
    if chart.stack_by is not None:
        encoded["stack_by"] = encode_group(chart.stack_by, columns)
    if chart.cumulative:
        encoded["cumulative"] = True
    return encoded


def _shown(view: View, columns: Columns) -> list[JSONObject]:
    """The title, then what is shown, in order, then everything else of ours as hidden; what is not named is hidden."""
    title = columns.title
    ids = dict.fromkeys([*([title.id] if title else []), *(column_of(key, columns).id for key in view.shown)])
    hidden = (columns[key].id for key in columns if columns[key].id not in ids)
    listed = [{"property_id": id_, "visible": True} for id_ in ids]
    return [*listed, *({"property_id": id_, "visible": False} for id_ in hidden)][:100]
