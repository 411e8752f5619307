"""Views and filters: what is asked, and what the answer shows of it."""

from __future__ import annotations

import copy
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from notion_roadmap.wire.errors import CannotSend
from notion_roadmap.wire.filters import encode_filter
from notion_roadmap.wire.view_answers import decode_view, view_differences
from notion_roadmap.wire.views import Place, encode_view, encode_view_update
from notion_roadmap.workspace.properties import DateSpan
from notion_roadmap.workspace.views import (
    AllOf,
    AnyOf,
    Chart,
    Condition,
    Filter,
    GroupBy,
    Layout,
    OnPage,
    Sort,
    Tab,
    View,
    Widget,
    ladder,
)
from wire.samples import PAGE, PHASE, addresses, asks, columns

FILTER = AllOf(
    (
        AnyOf((Condition("tasks.status", "equals", "Now"), Condition("tasks.due", "on_or_before", "today"))),
        Condition("tasks.done", "equals", False),
    )
)


def view(layout: Layout, **parts: Any) -> View:
    return View("view:tasks/x", "tasks", "A view", layout, **parts)


VIEWS = {
    "list": view(Layout.LIST, filter=FILTER, sorts=(Sort("tasks.due"),), shown=("tasks.status", "tasks.due")),
    "board": view(Layout.BOARD, group_by=GroupBy("tasks.status", hide_empty=True), shown=("tasks.hours",)),
    "board by skills": view(Layout.BOARD, group_by=GroupBy("tasks.skills")),
    "board by phase": view(Layout.BOARD, group_by=GroupBy("tasks.phase")),
    "board by title": view(Layout.BOARD, group_by=GroupBy("tasks.title")),
    "calendar": view(Layout.CALENDAR, date="tasks.due", shown=("tasks.status",)),
    "timeline": view(Layout.TIMELINE, date="tasks.start", end="tasks.due", arrows="tasks.phase"),
    "gallery": view(Layout.GALLERY, shown=("tasks.link",)),
    "table": view(Layout.TABLE, sorts=(Sort("tasks.hours", descending=True),), group_by=GroupBy("tasks.done")),
    "chart": view(
        Layout.CHART,
        chart=Chart(
            "line", GroupBy("tasks.due", by="week"), "sum", "tasks.hours", GroupBy("tasks.status"), cumulative=True
        ),
    ),
    "number": view(Layout.CHART, chart=Chart("number")),
    "dashboard": view(Layout.DASHBOARD),
}
PLACES = {
    "tab": (Tab(), Place(database_id=PAGE)),
    "tab after": (Tab("view:tasks/y"), Place(database_id=PAGE, after_view=PHASE)),
    "on page": (OnPage("root", "today"), Place(page_id=PAGE, after_block=PHASE)),
    "widget": (Widget("view:tasks/d", 0), Place(dashboard_view_id=PAGE)),
    "second widget": (Widget("view:tasks/d", 1), Place(dashboard_view_id=PAGE, first_in_row=False)),
}


@pytest.mark.parametrize("wish", VIEWS.values(), ids=VIEWS.keys())
@pytest.mark.parametrize(("place", "ids"), PLACES.values(), ids=PLACES.keys())
def test_every_layout_at_every_place_is_inside_the_contract(wish: View, place: Any, ids: Place) -> None:
    for rung in ladder(replace(wish, place=place)):
        assert asks("POST", "/v1/views", encode_view(rung, columns(), addresses(), ids)) == []
        assert asks("PATCH", f"/v1/views/{PAGE}", encode_view_update(rung, columns(), addresses())) == []


def answered(wish: View) -> dict[str, Any]:
    """The view as Notion would answer it, ids un-encoded in the configuration, and names beside them."""
    body = encode_view(wish, columns(), addresses(), Place(database_id=PAGE))
    told = copy.deepcopy(body)
    told |= {"object": "view", "id": PHASE, "parent": {"type": "database_id", "database_id": PAGE}}
    for one in (told.get("configuration") or {}).get("properties", []):
        one["property_name"] = "some name"
    return told


@pytest.mark.parametrize("wish", VIEWS.values(), ids=VIEWS.keys())
def test_an_answer_that_holds_what_was_asked_shows_no_difference(wish: View) -> None:
    seen = decode_view(answered(wish), wish, columns(), addresses())
    assert (seen.id, seen.database_id, seen.name, seen.layout) == (PHASE, PAGE, "A view", wish.layout)
    assert seen.differences == ()


@pytest.mark.parametrize(
    ("name", "change", "field"),
    [
        ("list", {"type": "table"}, "layout"),
        ("list", {"name": "Other"}, "name"),
        ("list", {"filter": None}, "filter"),
        ("list", {"sorts": None}, "sorts"),
        ("list", {"configuration": None}, "shown"),
        ("board", {"configuration": {"type": "board"}}, "group_by"),
        ("calendar", {"configuration": {"type": "calendar", "date_property_id": "?"}}, "date_property_id"),
        ("timeline", {"configuration": {"type": "timeline", "date_property_id": ":star"}}, "end_date_property_id"),
        ("chart", {"configuration": {"type": "chart"}}, "x_axis"),
        ("number", {"configuration": {"type": "chart", "chart_type": "donut"}}, "chart_type"),
    ],
)
def test_what_the_answer_does_not_hold_is_a_difference(name: str, change: dict[str, Any], field: str) -> None:
    wish = VIEWS[name]
    found = view_differences(wish, {**answered(wish), **change}, columns(), addresses())
    assert field in [difference.field for difference in found]


def test_a_property_shown_beyond_the_wish_is_a_difference() -> None:
    told = answered(VIEWS["gallery"])
    told["configuration"]["properties"].append({"property_id": "own"})
    (difference,) = view_differences(VIEWS["gallery"], told, columns(), addresses())
    assert (difference.asked, difference.got) == ([":link"], [":link", "own"])


def test_the_same_filter_in_other_words_is_no_difference() -> None:
    wish = view(Layout.LIST, filter=AllOf((Condition("tasks.status", "equals", "Now"),)))
    told = answered(wish)
    told["filter"] = {"property": "Status", "type": "select", "select": {"equals": ["Now"]}}
    assert view_differences(wish, told, columns(), addresses()) == ()


def test_nothing_but_what_is_shown_is_visible_and_the_title_comes_first() -> None:
    listed = encode_view(VIEWS["gallery"], columns(), addresses(), Place(PAGE))["configuration"]["properties"]
    assert [one["property_id"] for one in listed if one["visible"]] == ["title", ":link"]
    assert len(listed) == len(columns().by_key)


def test_what_a_view_shows_has_one_digest_whatever_names_change() -> None:
    told = answered(VIEWS["gallery"])
    before = decode_view(told).shown
    told["configuration"]["properties"][0]["property_name"] = "renamed"
    assert decode_view(told).shown == before
    told["configuration"]["properties"][0]["visible"] = False
    assert decode_view(told).shown != before


@pytest.mark.parametrize(
    "wish",
    [
        Condition("tasks.title", "contains", "x"),
        Condition("tasks.notes", "is_empty"),
        Condition("tasks.hours", "greater_than", 2.5),
        Condition("tasks.status", "does_not_equal", "Done"),
        Condition("tasks.status", "equals", ("Now", "Next")),
        Condition("tasks.skills", "contains", "SQL"),
        Condition("tasks.due", "this_week"),
        Condition("tasks.due", "before", "one_week_from_now"),
        Condition("tasks.due", "equals", DateSpan(date(2026, 1, 1))),
        Condition("tasks.link", "starts_with", "https"),
        Condition("tasks.done", "equals", True),
        Condition("tasks.phase", "contains", "phases/1"),
        Condition("tasks.phase", "is_not_empty"),
        FILTER,
        AnyOf((AllOf((Condition("tasks.done", "equals", True),)),)),
    ],
    ids=str,
)
def test_filters_are_inside_the_contract(wish: Filter) -> None:
    encoded = encode_filter(wish, columns(), addresses())
    assert asks("POST", f"/v1/data_sources/{PAGE}/query", {"filter": encoded}) == []


@pytest.mark.parametrize(
    ("wish", "words"),
    [
        (Condition("tasks.late", "equals", 1.0), "cannot filter"),
        (Condition("tasks.total", "equals", 1.0), "cannot filter"),
        (Condition("tasks.nowhere", "is_empty"), "no column"),
        (Condition("tasks.phase", "contains", "phases/9"), "does not exist yet"),
        (Condition("tasks.hours", "equals", float("nan")), "cannot be compared"),
        (AllOf((AnyOf((AllOf(()),)),)), "nested"),
    ],
    ids=str,
)
def test_filters_that_notion_has_not_are_refused(wish: Filter, words: str) -> None:
    with pytest.raises(CannotSend, match=words):
        encode_filter(wish, columns(), addresses())


@pytest.mark.parametrize(
    ("wish", "words"),
    [
        (view(Layout.BOARD), "nothing to group by"),
        (view(Layout.BOARD, group_by=GroupBy("tasks.late")), "cannot group by"),
        (View("view:x/y", "nowhere", "N", Layout.TABLE), "does not exist yet"),
        (view(Layout.CALENDAR, date="tasks.nowhere"), "no column"),
    ],
    ids=["no group", "formula", "no database", "no column"],
)
def test_views_of_what_does_not_exist_are_refused(wish: View, words: str) -> None:
    with pytest.raises(CannotSend, match=words):
        encode_view(wish, columns(), addresses(), Place(PAGE))


def test_widgets_of_a_dashboard_are_read_in_order() -> None:
    rows = [{"widgets": [{"view_id": PAGE}, {"view_id": PHASE}]}, {"widgets": []}]
    assert decode_view({"configuration": {"type": "dashboard", "rows": rows}}).widgets == (PAGE, PHASE)
