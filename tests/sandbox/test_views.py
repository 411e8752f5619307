"""Views: all ten types, their configuration, tabs, widgets, linked databases, queries."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote

import pytest

from sandbox.ground import Api, Json, paragraph

MANUAL = {"sort": {"type": "manual"}}


@pytest.fixture
def base(api: Api) -> Json:
    """A database with a property for each kind of view, and the ids of its properties."""
    database, source = api.database(
        {"S": {"select": {"options": [{"name": "A"}]}}, "D": {"date": {}}, "E": {"date": {}}, "N": {"number": {}},
         "C": {"checkbox": {}}, "P": {"place": {}}, "St": {"status": {}}}
    )  # fmt: skip
    ids = {name: prop["id"] for name, prop in api.schema(source).items()}
    return {"database": database, "source": source, "ids": ids}


def _body(base: Json, kind: str, **more: Any) -> Json:
    return {"database_id": base["database"], "data_source_id": base["source"], "name": kind, "type": kind, **more}


def _configuration(base: Json, kind: str) -> Json:
    ids = base["ids"]
    group = {"type": "select", "property_id": ids["S"], **MANUAL}
    by_week = {"type": "date", "property_id": ids["D"], "group_by": "week", "sort": {"type": "ascending"}}
    columns = [{"property_id": ids["N"], "visible": True}, {"property_id": ids["C"], "visible": False}]
    more: dict[str, Json] = {
        "table": {
            "properties": [{"property_id": ids["N"], "width": 120}],
            "wrap_cells": True,
            "frozen_column_index": 1,
        },
        "board": {"group_by": group, "properties": columns, "card_layout": "compact", "cover": {"type": "page_cover"}},
        "list": {"properties": columns},
        "calendar": {"date_property_id": ids["D"], "view_range": "month"},
        "timeline": {
            "date_property_id": ids["D"],
            "end_date_property_id": ids["E"],
            "preference": {"zoom_level": "month"},
        },
        "gallery": {"cover": {"type": "page_content"}, "cover_size": "small"},
        "form": {"is_form_closed": True},
        "chart": {
            "chart_type": "line",
            "x_axis": by_week,
            "y_axis": {"aggregator": "sum", "property_id": ids["N"]},
            "stack_by": group,
            "reference_lines": [{"value": 1, "label": "goal", "color": "red", "dash_style": "dash"}],
        },
        "map": {"map_by": ids["P"], "height": "large"},
    }
    return {"type": kind, **more[kind]}


KINDS = ["table", "board", "list", "calendar", "timeline", "gallery", "form", "chart", "map"]


@pytest.mark.parametrize("kind", KINDS)
def test_a_view_of_each_type_keeps_its_configuration(api: Api, base: Json, kind: str) -> None:
    sent = _configuration(base, kind)
    made = api("POST", "/v1/views", _body(base, kind, configuration=sent))
    assert list(made) == [
        "object", "id", "parent", "data_source_id", "name", "type", "created_time", "created_by", "last_edited_time",
        "last_edited_by", "url", "filter", "sorts", "quick_filters", "configuration", "request_id",
    ]  # fmt: skip
    read = api("GET", f"/v1/views/{made['id']}")
    assert read["configuration"] == made["configuration"]
    assert sent.keys() <= made["configuration"].keys()


def test_property_ids_come_back_decoded_with_the_name_beside(api: Api, base: Json) -> None:
    made = api("POST", "/v1/views", _body(base, "board", configuration=_configuration(base, "board")))
    group = made["configuration"]["group_by"]
    assert (group["property_id"], group["property_name"]) == (unquote(base["ids"]["S"]), "S")
    again = {
        "configuration": {
            "type": "board",
            "group_by": {"type": "select", "property_id": group["property_id"], **MANUAL},
        }
    }
    api("PATCH", f"/v1/views/{made['id']}", again)
    sent_back = {
        "configuration": {"type": "board", "group_by": group, "properties": made["configuration"]["properties"]}
    }
    assert "property_name should be not present" in api.message("PATCH", f"/v1/views/{made['id']}", sent_back)


@pytest.mark.parametrize(
    ("kind", "missing"),
    [
        ("board", "group_by"),
        ("calendar", "date_property_id"),
        ("timeline", "date_property_id"),
        ("chart", "chart_type"),
    ],
)
def test_a_view_without_what_its_type_needs_is_refused(api: Api, base: Json, kind: str, missing: str) -> None:
    assert f"body.configuration.{missing} should be defined" in api.message("POST", "/v1/views", _body(base, kind))
    empty = _body(base, kind, configuration={"type": kind})
    assert f"body.configuration.{missing} should be defined" in api.message("POST", "/v1/views", empty)
    api.ws.control("switches", {"required_view_configuration": "accepted"})
    api("POST", "/v1/views", _body(base, kind))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"database_id": None}, "body.database_id should be defined"),
        ({"view_id": "00000000-0000-0000-0000-000000000000"}, "exactly one of"),
        ({"name": None}, "body.name should be a string"),
        ({"type": "feed"}, 'body.type should be `"table"`'),
        ({"configuration": {"type": "list"}}, "body.configuration.type should be"),
        ({"placement": {"type": "new_row"}}, "body.placement should be not present"),
        ({"configuration": {"type": "table", "properties": [{"property_id": "N"}]}}, "Could not find property"),
        (
            {"configuration": {"type": "table", "properties": [{"property_id": "title", "width": 0}]}},
            "width should be ≥ `1`",
        ),
        ({"configuration": {"type": "table", "frozen_column_index": -1}}, "frozen_column_index should be ≥ `0`"),
        ({"filter": {"property": "S", "select": {"equals": "Z"}}}, 'Available options: "A"'),
        ({"filter": {"property": "Z", "select": {"equals": "A"}}}, "Could not find property with name or id: Z"),
        ({"sorts": [{"property": "Z", "direction": "ascending"}]}, "Could not find property with name or id: Z"),
    ],
)
def test_a_wrong_view_is_refused(api: Api, base: Json, change: Json, message: str) -> None:
    assert message in api.message("POST", "/v1/views", {**_body(base, "table"), **change})


def test_names_of_properties_may_be_accepted_in_configurations(api: Api, base: Json) -> None:
    api.ws.control("switches", {"property_names_in_views": "accepted"})
    body = _body(base, "calendar", configuration={"type": "calendar", "date_property_id": "D"})
    assert api("POST", "/v1/views", body)["configuration"]["date_property_name"] == "D"


def test_tabs_stand_where_they_were_put(api: Api, base: Json) -> None:
    def names() -> list[str]:
        stubs = api("GET", f"/v1/views?database_id={base['database']}")["results"]
        return [api("GET", f"/v1/views/{stub['id']}")["name"] for stub in stubs]

    first = api("POST", "/v1/views", _body(base, "list", position={"type": "start"}))
    api("POST", "/v1/views", _body(base, "gallery", position={"type": "after_view", "view_id": first["id"]}))
    api("POST", "/v1/views", _body(base, "table"))
    assert names() == ["list", "gallery", "Default view", "table"]


def test_a_view_is_renamed_and_cleared_but_not_retyped(api: Api, base: Json) -> None:
    condition = {"property": "S", "select": {"equals": "A"}}
    body = _body(
        base, "table", filter=condition, sorts=[{"property": "N", "direction": "ascending"}], quick_filters={"S": {}}
    )
    view = api("POST", "/v1/views", body)
    assert (view["filter"], view["quick_filters"]) == (condition, {"S": {}})
    path = f"/v1/views/{view['id']}"
    changed = api("PATCH", path, {"name": "New", "filter": None, "sorts": None, "quick_filters": None})
    assert [changed[key] for key in ("name", "filter", "sorts", "quick_filters")] == ["New", None, None, None]
    assert "type" in api.message("PATCH", path, {"type": "board"})
    wide = {"type": "table", "wrap_cells": True}
    assert api("PATCH", path, {"configuration": wide})["configuration"] == wide
    assert api("PATCH", path, {"configuration": {"type": "table", "wrap_cells": None}})["configuration"] == {
        "type": "table"
    }


def test_the_last_view_cannot_be_deleted(api: Api, base: Json) -> None:
    other = api("POST", "/v1/views", _body(base, "list"))
    default = api("GET", f"/v1/views?database_id={base['database']}")["results"][0]["id"]
    assert list(api("DELETE", f"/v1/views/{default}")) == ["object", "id", "parent", "type", "request_id"]
    assert api.message("DELETE", f"/v1/views/{other['id']}") == "Cannot delete the last view of a database."
    api("GET", f"/v1/views/{default}", status=404)


def test_a_dashboard_takes_twelve_widgets_four_in_a_row(api: Api, base: Json) -> None:
    dashboard = api("POST", "/v1/views", _body(base, "dashboard"))
    assert (dashboard["data_source_id"], dashboard["configuration"]) == (None, {"type": "dashboard", "rows": []})
    widget = {"view_id": dashboard["id"], "data_source_id": base["source"], "name": "w", "type": "table"}
    for row in range(3):
        api("POST", "/v1/views", {**widget, "placement": {"type": "new_row"}})
        for _ in range(3):
            made = api("POST", "/v1/views", {**widget, "placement": {"type": "existing_row", "row_index": row}})
            assert made["dashboard_view_id"] == dashboard["id"]
        if row < 2:
            message = api.message(
                "POST", "/v1/views", {**widget, "placement": {"type": "existing_row", "row_index": row}}
            )
            assert message == "Number of widgets in row (5) exceeds the maximum (4)"
    assert api.message("POST", "/v1/views", widget) == "Number of widgets in dashboard (13) exceeds the maximum (12)"
    rows = api("GET", f"/v1/views/{dashboard['id']}")["configuration"]["rows"]
    assert [len(row["widgets"]) for row in rows] == [4, 4, 4]
    api("DELETE", f"/v1/views/{rows[0]['widgets'][0]['view_id']}")
    rows = api("GET", f"/v1/views/{dashboard['id']}")["configuration"]["rows"]
    assert [len(row["widgets"]) for row in rows] == [3, 4, 4]
    assert len(api("GET", f"/v1/views?database_id={base['database']}")["results"]) == 2, "widgets are no tabs"


def test_a_dashboard_takes_no_configuration_and_no_dashboards(api: Api, base: Json) -> None:
    body = _body(base, "dashboard", configuration={"type": "dashboard"})
    assert "body.configuration should be not present" in api.message("POST", "/v1/views", body)
    dashboard = api("POST", "/v1/views", _body(base, "dashboard"))
    nested = {"view_id": dashboard["id"], "data_source_id": base["source"], "name": "w", "type": "dashboard"}
    api.message("POST", "/v1/views", nested)


def test_a_linked_database_stands_on_its_page_after_a_block(api: Api, base: Json) -> None:
    page = api.page(children=[paragraph("a"), paragraph("b")])
    after = {"type": "after_block", "block_id": api.children(page["id"])[0]["id"]}
    place = {"parent": {"type": "page_id", "page_id": page["id"]}, "position": after}
    view = api(
        "POST", "/v1/views", {"create_database": place, "data_source_id": base["source"], "name": "L", "type": "list"}
    )
    blocks = api.children(page["id"])
    assert [block["type"] for block in blocks] == ["paragraph", "child_database", "paragraph"]
    linked = view["parent"]["database_id"]
    assert blocks[1]["id"] == linked
    assert api("GET", f"/v1/databases/{linked}")["data_sources"] == []
    assert view["data_source_id"] == base["source"]
    assert len(api("GET", f"/v1/views?data_source_id={base['source']}")["results"]) == 2
    assert len(api("GET", f"/v1/views?database_id={linked}")["results"]) == 1


@pytest.mark.parametrize(
    ("switch", "kind", "answer"),
    [("chart_views", "chart", "403"), ("chart_views", "chart", "400"), ("dashboard_views", "dashboard", "403")],
)
def test_plans_may_refuse_charts_and_dashboards(api: Api, base: Json, switch: str, kind: str, answer: str) -> None:
    api.ws.control("switches", {switch: answer})
    body = _body(base, kind) if kind == "dashboard" else _body(base, kind, configuration=_configuration(base, kind))
    api("POST", "/v1/views", body, status=int(answer))
    api("POST", "/v1/views", _body(base, "table"))


def test_linked_databases_may_be_refused(api: Api, base: Json) -> None:
    api.ws.control("switches", {"linked_views": "403"})
    body = {
        "create_database": {"parent": {"page_id": api.root}},
        "data_source_id": base["source"],
        "name": "L",
        "type": "list",
    }
    api("POST", "/v1/views", body, status=403)


def test_a_filter_may_be_dropped_with_200_or_refused(api: Api, base: Json) -> None:
    body = _body(base, "table", filter={"property": "C", "checkbox": {"equals": True}})
    api.ws.control("switches", {"view_filters": "dropped"})
    assert api("POST", "/v1/views", body)["filter"] is None
    api.ws.control("switches", {"view_filters": "refused"})
    api.message("POST", "/v1/views", body)


def test_a_configuration_may_be_dropped_but_for_what_is_required(api: Api, base: Json) -> None:
    api.ws.control("switches", {"view_configuration": "dropped"})
    view = api("POST", "/v1/views", _body(base, "board", configuration=_configuration(base, "board")))
    assert view["configuration"].keys() == {"type", "group_by"}


def test_a_view_query_keeps_its_result_for_fifteen_minutes(api: Api, base: Json) -> None:
    view = api("POST", "/v1/views", _body(base, "table", filter={"property": "C", "checkbox": {"equals": True}}))
    rows = [api.row(base["source"], str(n), C={"checkbox": n != 1})["id"] for n in range(4)]
    path = f"/v1/views/{view['id']}/queries"
    query = api("POST", path, {"page_size": 2})
    assert (query["total_count"], query["has_more"]) == (3, True)
    assert query["expires_at"] == "2026-11-20T09:45:45.123+00:00"
    api.row(base["source"], "late", C={"checkbox": True})
    rest = api("GET", f"{path}/{query['id']}?start_cursor={query['next_cursor']}")
    assert [one["id"] for one in query["results"] + rest["results"]] == [rows[3], rows[2], rows[0]]
    api.ws.clock.advance(15 * 60)
    api("GET", f"{path}/{query['id']}", status=404)


def test_a_view_query_can_be_deleted(api: Api, base: Json) -> None:
    view = api("GET", f"/v1/views?database_id={base['database']}")["results"][0]["id"]
    query = api("POST", f"/v1/views/{view}/queries", {})
    assert api("DELETE", f"/v1/views/{view}/queries/{query['id']}")["deleted"] is True
    api("GET", f"/v1/views/{view}/queries/{query['id']}", status=404)


def test_a_view_outlives_renaming_and_forgets_a_removed_property(api: Api, base: Json) -> None:
    body = _body(
        base, "board", configuration=_configuration(base, "board"), quick_filters={"C": {}},
        filter={"and": [{"property": "C", "checkbox": {"equals": True}}, {"property": "N", "number": {"equals": 1}}]},
        sorts=[{"property": "N", "direction": "ascending"}],
    )  # fmt: skip
    view = api("POST", "/v1/views", body)
    path = f"/v1/views/{view['id']}"
    api("PATCH", f"/v1/data_sources/{base['source']}", {"properties": {"C": {"name": "Checked"}}})
    renamed = api("GET", path)
    assert renamed["filter"]["and"][0]["property"] == "Checked"
    assert renamed["quick_filters"] == {"Checked": {}}
    api.ws.control("switches", {"view_references": "ids"})
    assert api("GET", path)["filter"]["and"][0]["property"] == unquote(base["ids"]["C"])
    api.ws.control("switches", {"view_references": "names"})
    api("PATCH", f"/v1/data_sources/{base['source']}", {"properties": {"Checked": None, "N": None}})
    left = api("GET", path)
    assert (left["filter"], left["sorts"], left["quick_filters"]) == (None, None, None)
    assert left["configuration"]["properties"] == []
    api("PATCH", f"/v1/data_sources/{base['source']}", {"properties": {"S": None}})
    assert api("GET", path)["configuration"] is None
