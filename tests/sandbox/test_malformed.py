"""Random malformed requests are refused in Notion's form, and never give a 500 or a half-done change."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from notion_roadmap.sandbox.workspace import Workspace
from sandbox.ground import Api, contract, paragraph, text

_JSON: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-5, 10**20)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.sampled_from(
        ["", "x", "type", "title", "2026-01-01", "2026-13-45", "00000000-0000-0000-0000-000000000000", "é\u0000"]
    )
    | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["type", "id", "name", "title", "x"]), inner, max_size=3)
    ),
    max_leaves=6,
)


def _everything(api: Api) -> tuple[Any, list[tuple[str, str, Any]]]:
    """A small workspace, and one good request for each endpoint that takes a body."""
    database, source = api.database(
        {
            "Text": {"rich_text": {}},
            "N": {"number": {}},
            "S": {"select": {"options": [{"name": "A"}]}},
            "D": {"date": {}},
            "M": {"multi_select": {}},
            "St": {"status": {}},
            "C": {"checkbox": {}},
            "U": {"url": {}},
            "P": {"people": {}},
            "F": {"files": {}},
            "Fx": {"formula": {"expression": 'prop("N") + 1'}},
            "Pl": {"place": {}},
        }
    )
    api(
        "PATCH",
        f"/v1/data_sources/{source}",
        {"properties": {"R": {"relation": {"data_source_id": source, "dual_property": {}}}}},
    )
    rollup = {"function": "sum", "relation_property_name": "R", "rollup_property_name": "N"}
    api("PATCH", f"/v1/data_sources/{source}", {"properties": {"Ro": {"rollup": rollup}}})
    row = api.row(source)
    page = api.page(children=[paragraph("x"), {"heading_1": {"rich_text": text("h"), "is_toggleable": True}}])
    block = api.children(page["id"])[0]["id"]
    ids = {name: one["id"] for name, one in api.schema(source).items()}
    view = api("POST", "/v1/views", {"database_id": database, "data_source_id": source, "name": "v", "type": "table"})
    group = {"type": "select", "property_id": ids["S"], "sort": {"type": "manual"}}
    values = {
        "Name": {"title": text("a")},
        "Text": {"rich_text": text("b")},
        "N": {"number": 1},
        "S": {"select": {"name": "A"}},
        "D": {"date": {"start": "2026-01-01", "end": "2026-01-02"}},
        "M": {"multi_select": [{"name": "m"}]},
        "St": {"status": {"name": "Done"}},
        "C": {"checkbox": True},
        "U": {"url": "https://x.y"},
        "P": {"people": [{"id": api.ws.owner_id}]},
        "R": {"relation": [{"id": row["id"]}]},
        "F": {"files": [{"name": "f", "external": {"url": "https://x.y/z"}}]},
        "Pl": {"place": {"lat": 1, "lon": 2}},
    }
    filters = [
        {"property": "Text", "rich_text": {"contains": "b"}},
        {"property": "N", "number": {"greater_than": 0}},
        {"property": "S", "select": {"equals": "A"}},
        {"property": "D", "date": {"past_week": {}}},
        {"property": "Ro", "rollup": {"number": {"equals": 1}}},
        {"property": "R", "relation": {"contains": row["id"]}},
        {"timestamp": "created_time", "created_time": {"on_or_after": "2026-01-01"}},
    ]
    blocks = [
        paragraph("p", paragraph("q")),
        {"to_do": {"rich_text": text("t"), "checked": True}},
        {"code": {"rich_text": text("c"), "language": "python"}},
        {"callout": {"rich_text": text("c"), "icon": {"emoji": "💡"}}},
        {"table": {"table_width": 1, "children": [{"table_row": {"cells": [text("x")]}}]}},
        {"column_list": {"children": [{"column": {"children": [paragraph("l")]}}, {"column": {"children": []}}]}},
        {"image": {"external": {"url": "https://x.y/i.png"}}},
        {"bookmark": {"url": "https://x.y"}},
        {"divider": {}},
        {"link_to_page": {"page_id": page["id"]}},
        {"synced_block": {"synced_from": None, "children": []}},
    ]
    chart = {
        "type": "chart",
        "chart_type": "column",
        "x_axis": group,
        "y_axis": {"aggregator": "sum", "property_id": ids["N"]},
        "reference_lines": [{"value": 1, "label": "l", "color": "red", "dash_style": "dash"}],
    }
    schema = {
        "New": {"select": {"options": [{"name": "O", "color": "red", "description": "d"}]}}, "U": {"name": "Link"},
        "Fy": {"formula": {"expression": 'if(empty(prop("Text")), 1, 2)'}}, "Ro2": {"rollup": rollup},
    }  # fmt: skip
    good = [
        ("POST", "/v1/pages", {"parent": {"data_source_id": source}, "properties": values, "children": blocks[:3]}),
        ("PATCH", f"/v1/pages/{row['id']}", {"properties": values, "icon": {"emoji": "🎯"}, "in_trash": False}),
        ("POST", f"/v1/pages/{page['id']}/move", {"parent": {"data_source_id": source}}),
        (
            "POST",
            "/v1/databases",
            {"parent": {"page_id": api.root}, "initial_data_source": {"properties": {"T": {"title": {}}}}},
        ),
        ("PATCH", f"/v1/databases/{database}", {"title": text("t"), "is_inline": True, "description": text("d")}),
        (
            "POST",
            "/v1/data_sources",
            {"parent": {"database_id": database}, "properties": {"T": {"title": {}}}, "title": text("x")},
        ),
        ("PATCH", f"/v1/data_sources/{source}", {"properties": schema, "title": text("t")}),
        (
            "POST",
            f"/v1/data_sources/{source}/query",
            {"filter": {"or": filters}, "sorts": [{"property": "N", "direction": "ascending"}]},
        ),
        (
            "PATCH",
            f"/v1/blocks/{page['id']}/children",
            {"children": blocks, "position": {"type": "after_block", "after_block": {"id": block}}},
        ),
        ("PATCH", f"/v1/blocks/{block}", {"paragraph": {"rich_text": text("z"), "color": "red"}}),
        (
            "POST",
            "/v1/views",
            {
                "database_id": database,
                "data_source_id": source,
                "name": "v",
                "type": "board",
                "configuration": {"type": "board", "group_by": group},
                "filter": filters[1],
            },
        ),
        (
            "POST",
            "/v1/views",
            {
                "create_database": {"parent": {"page_id": page["id"]}},
                "data_source_id": source,
                "name": "c",
                "type": "chart",
                "configuration": chart,
            },
        ),
        (
            "PATCH",
            f"/v1/views/{view['id']}",
            {"name": "w", "configuration": {"type": "table", "properties": [{"property_id": ids["N"]}]}},
        ),
        ("POST", f"/v1/views/{view['id']}/queries", {"page_size": 5}),
        (
            "POST",
            "/v1/search",
            {"query": "a", "filter": {"property": "object", "value": "page"}, "sort": {"direction": "ascending"}},
        ),
        ("POST", "/v1/comments", {"parent": {"page_id": page["id"]}, "rich_text": text("c")}),
        ("POST", "/v1/file_uploads", {"mode": "single_part", "filename": "f.txt"}),
        (
            "PATCH",
            f"/v1/pages/{page['id']}/markdown",
            {"type": "replace_content", "replace_content": {"new_str": "# a\n\n- b\n\t- c"}},
        ),
    ]
    return api.ws.store.export(), good


def _places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Where in a JSON value something may be exchanged."""
    found = [path]
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        found += _places(inner, (*path, key))
    return found


def _exchanged(value: Any, path: tuple[Any, ...], new: Any, *, drop: bool) -> Any:
    if not path:
        return new
    copy = json.loads(json.dumps(value))
    holder = copy
    for key in path[:-1]:
        holder = holder[key]
    if drop:
        del holder[path[-1]]
    else:
        holder[path[-1]] = new
    return copy


_WS = Workspace(rate_limit=False, seed=5)
_STATE, _GOOD = _everything(Api(_WS))


def test_the_good_requests_are_good() -> None:
    for method, path, body in _GOOD:
        _WS.control("import", _STATE)
        Api(_WS)(method, path, body)


@settings(max_examples=600, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_a_mangled_request_is_answered_in_form(data: st.DataObject) -> None:
    method, path, body = data.draw(st.sampled_from(_GOOD))
    place = data.draw(st.sampled_from(_places(body)))
    mangled = _exchanged(body, place, data.draw(_JSON), drop=bool(place) and data.draw(st.booleans()))
    before = len(_WS.store.docs)
    reply = Api(_WS).send(method, path, mangled)
    answer = json.loads(reply.body)
    assert reply.status < 500, answer
    assert not contract().response_errors(method, path, reply.status, answer)
    if reply.status >= 400:
        assert len(_WS.store.docs) == before, "a refused request changed the state"
        assert not _WS.store.changed
    else:
        _WS.control("import", _STATE)


@given(raw=st.binary(max_size=40))
@example(raw=b"[]")
@example(raw=b'{"a": NaN}')
@example(raw=b'{"a":' * 2000)
@example(raw=b'"\\ud800"')
def test_a_body_that_is_no_json_object_is_refused(raw: bytes) -> None:
    reply = Api(_WS).send("POST", "/v1/search", raw)
    assert reply.status in (200, 400)
    assert (reply.status == 200) == (not raw or isinstance(_loads(raw), dict)) or reply.status == 400


def _loads(raw: bytes) -> Any:
    try:
        return json.loads(raw)
    except (ValueError, RecursionError):
        return None


@pytest.mark.parametrize("method", ["GET", "POST", "PATCH", "DELETE", "PUT"])
@given(path=st.text(st.characters(codec="ascii"), max_size=30))
@settings(max_examples=30)
def test_an_unknown_path_is_an_invalid_request_url(method: str, path: str) -> None:
    reply = Api(_WS).send(method, "/v1/none/" + path.replace("?", ""))
    assert json.loads(reply.body)["code"] == "invalid_request_url"
