"""Queries: filters of every type, sorts, paging, the cap, lag, switches."""

from __future__ import annotations

from typing import Any

import pytest

from sandbox.ground import Api, Json, text

PROPERTIES: Json = {
    "Text": {"rich_text": {}}, "Mail": {"email": {}}, "Link": {"url": {}}, "N": {"number": {}}, "C": {"checkbox": {}},
    "S": {"select": {"options": [{"name": "Low"}, {"name": "High"}]}}, "M": {"multi_select": {}}, "St": {"status": {}},
    "D": {"date": {}}, "P": {"people": {}}, "F": {"files": {}}, "U": {"unique_id": {}}, "By": {"created_by": {}},
    "At": {"created_time": {}},
}  # fmt: skip


def _rows(api: Api) -> str:
    """Three rows: `one` and `two` with values, `bare` without."""
    _, source = api.database(PROPERTIES)
    owner = api.ws.owner_id
    api.row(
        source,
        "one",
        Text={"rich_text": text("John Doe")},
        Mail={"email": "john.doe@example.com"},
        N={"number": 1},
        Link={"url": "https://a.example"},
        C={"checkbox": True},
        S={"select": {"name": "Low"}},
        P={"people": [{"id": owner}]},
        M={"multi_select": [{"name": "x"}, {"name": "y"}]},
        St={"status": {"name": "Done"}},
        D={"date": {"start": "2026-11-18"}},
        F={"files": [{"name": "f", "external": {"url": "https://x.y/z"}}]},
    )
    api.row(
        source,
        "two",
        Text={"rich_text": text("Jane Roe")},
        Mail={"email": "jane@example.org"},
        N={"number": 20},
        Link={"url": "https://b.example"},
        S={"select": {"name": "High"}},
        M={"multi_select": [{"name": "y"}]},
        St={"status": {"name": "In progress"}},
        D={"date": {"start": "2026-11-27T10:15:00+01:00"}},
    )
    api.row(source, "bare")
    return source


CASES: list[tuple[str, str, Json, list[str]]] = [
    ("Text", "rich_text", {"equals": "John Doe"}, ["one"]),
    ("Text", "rich_text", {"does_not_equal": "John Doe"}, ["bare", "two"]),
    ("Text", "rich_text", {"contains": "doe"}, ["one"]),
    ("Text", "rich_text", {"does_not_contain": "doe"}, ["bare", "two"]),
    ("Text", "rich_text", {"starts_with": "j"}, ["one", "two"]),
    ("Text", "rich_text", {"ends_with": "ROE"}, ["two"]),
    ("Text", "rich_text", {"is_empty": True}, ["bare"]),
    ("Text", "rich_text", {"is_not_empty": True}, ["one", "two"]),
    ("Name", "title", {"equals": "one"}, ["one"]),
    ("Name", "rich_text", {"equals": "one"}, ["one"]),
    ("Mail", "email", {"contains": "EXAMPLE.COM"}, ["one"]),
    ("Link", "url", {"is_empty": True}, ["bare"]),
    ("N", "number", {"equals": 1}, ["one"]),
    ("N", "number", {"does_not_equal": 1}, ["bare", "two"]),
    ("N", "number", {"greater_than": 1}, ["two"]),
    ("N", "number", {"less_than_or_equal_to": 1}, ["one"]),
    ("N", "number", {"is_empty": True}, ["bare"]),
    ("U", "unique_id", {"equals": 2}, ["two"]),
    ("C", "checkbox", {"equals": True}, ["one"]),
    ("C", "checkbox", {"does_not_equal": True}, ["bare", "two"]),
    ("S", "select", {"equals": "low"}, ["one"]),
    ("S", "select", {"equals": ["Low", "High"]}, ["one", "two"]),
    ("S", "select", {"does_not_equal": "Low"}, ["bare", "two"]),
    ("S", "select", {"is_empty": True}, ["bare"]),
    ("M", "multi_select", {"contains": "x"}, ["one"]),
    ("M", "multi_select", {"does_not_contain": "x"}, ["bare", "two"]),
    ("St", "status", {"equals": "Done"}, ["one"]),
    ("St", "status", {"equals": "Complete"}, ["one"]),
    ("St", "status", {"equals": "Not started"}, ["bare"]),
    ("P", "people", {"is_not_empty": True}, ["one"]),
    ("F", "files", {"is_empty": True}, ["bare", "two"]),
    ("D", "date", {"equals": "2026-11-18"}, ["one"]),
    ("D", "date", {"before": "2026-11-19"}, ["one"]),
    ("D", "date", {"on_or_after": "2026-11-27T09:15:00Z"}, ["two"]),
    ("D", "date", {"after": "2026-11-27T09:15:30Z"}, []),
    ("D", "date", {"equals": "2026-11-27T09:15:59Z"}, ["two"]),
    ("D", "date", {"past_week": {}}, ["one"]),
    ("D", "date", {"next_week": {}}, ["two"]),
    ("D", "date", {"this_week": {}}, ["one"]),
    ("D", "date", {"before": "today"}, ["one"]),
    ("D", "date", {"equals": "one_week_from_now"}, ["two"]),
    ("D", "date", {"next_year": {}}, ["two"]),
    ("D", "date", {"is_empty": True}, ["bare"]),
    ("At", "created_time", {"on_or_after": "2026-11-20T09:30:00Z"}, ["bare", "one", "two"]),
    ("At", "created_time", {"after": "2026-11-20T09:30:00Z"}, []),
    ("At", "created_time", {"on_or_after": "2026-11-20T09:30:30Z"}, []),
    ("At", "created_time", {"equals": "2026-11-20T09:30:45Z"}, []),
    ("At", "created_time", {"equals": "2026-11-20"}, ["bare", "one", "two"]),
]


@pytest.mark.parametrize(("name", "kind", "condition", "found"), CASES, ids=[f"{n}-{k}-{c}" for n, k, c, _ in CASES])
def test_a_filter_finds(api: Api, name: str, kind: str, condition: Json, found: list[str]) -> None:
    source = _rows(api)
    assert sorted(api.query(source, filter={"property": name, kind: condition})) == found


def test_filters_of_people_and_relations(api: Api) -> None:
    source = _rows(api)
    owner, bot = api.ws.owner_id, api.ws.bot_id
    assert api.query(source, filter={"property": "P", "people": {"contains": owner}}) == ["one"]
    assert api.query(source, filter={"property": "P", "people": {"contains": "me"}}) == []
    assert len(api.query(source, filter={"property": "By", "created_by": {"contains": bot}})) == 3
    relation = {"R": {"relation": {"data_source_id": source, "single_property": {}}}}
    api("PATCH", f"/v1/data_sources/{source}", {"properties": relation})
    target = api.row(source, "target")["id"]
    api.row(source, "linked", R={"relation": [{"id": target}]})
    assert api.query(source, filter={"property": "R", "relation": {"contains": target}}) == ["linked"]


def test_conditions_nest_two_levels_deep(api: Api) -> None:
    source = _rows(api)
    number = {"property": "N", "number": {"is_not_empty": True}}
    low = {"property": "S", "select": {"equals": "Low"}}
    assert api.query(source, filter={"and": [number, {"or": [low]}]}) == ["one"]
    assert len(api.query(source, filter={"or": []})) == 3
    deep = {"and": [{"or": [{"and": [low]}]}]}
    assert "should be not present" in api.message("POST", f"/v1/data_sources/{source}/query", {"filter": deep})


def test_timestamps_filter_and_sort(api: Api) -> None:
    source = _rows(api)
    api.ws.clock.advance(120)
    api.row(source, "later")
    late = {"timestamp": "created_time", "created_time": {"after": "2026-11-20T09:30:00Z"}}
    assert api.query(source, filter=late) == ["later"]
    sorts = [{"timestamp": "last_edited_time", "direction": "descending"}]
    assert api.query(source, sorts=sorts)[0] == "later"


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({"filter": {"property": "X", "number": {"equals": 1}}}, "Could not find property with name or id: X"),
        (
            {"filter": {"property": "N", "select": {"equals": "a"}}},
            "database property number does not match filter select",
        ),
        ({"filter": {"property": "N", "number": {"equals": "1"}}}, "body.filter.number.equals should be a number"),
        ({"filter": {"property": "S", "select": {"equals": "Hihg"}}}, 'Available options: "Low", "High".'),
        ({"filter": {"property": "Text", "rich_text": {"is_empty": False}}}, "is_empty should be `true`"),
        ({"filter": {}}, "body.filter.or should be defined"),
        ({"sorts": [{"property": "X", "direction": "ascending"}]}, "Could not find property with name or id: X"),
        ({"sorts": [{"property": "N", "direction": "up"}]}, 'direction should be `"ascending"` or `"descending"`'),
        ({"page_size": 101}, "body.page_size should be ≤ `100`, instead was `101`."),
        ({"page_size": 0}, "body.page_size should be ≥ `1`, instead was `0`."),
        ({"start_cursor": "nonsense"}, "The start_cursor provided is invalid: nonsense"),
    ],
)
def test_a_wrong_query_is_refused(api: Api, body: Json, message: str) -> None:
    source = _rows(api)
    assert message in api.message("POST", f"/v1/data_sources/{source}/query", body)


def test_a_formula_made_over_the_api_cannot_be_filtered(api: Api) -> None:
    _, source = api.database({"F": {"formula": {"expression": "1 + 1"}}})
    api.row(source)
    body = {"filter": {"property": "F", "formula": {"number": {"equals": 2}}}}
    assert (
        api.message("POST", f"/v1/data_sources/{source}/query", body)
        == "Unable to filter based on a formula of unknown type"
    )
    api.ws.control("switches", {"formula_filters": "allowed"})
    assert api.query(source, **body) == ["Row"]


@pytest.mark.parametrize(
    ("condition", "found"),
    [
        ({"any": {"rich_text": {"equals": "a"}}}, ["both", "one"]),
        ({"every": {"rich_text": {"equals": "a"}}}, ["one"]),
        ({"none": {"rich_text": {"equals": "b"}}}, ["empty", "one"]),
        ({"any": {"rich_text": {"contains": "B"}}}, ["both"]),
    ],
)
def test_rollups_of_many_filter_by_any_every_and_none(api: Api, condition: Json, found: list[str]) -> None:
    _, source = api.database()
    path = f"/v1/data_sources/{source}"
    api("PATCH", path, {"properties": {"R": {"relation": {"data_source_id": source, "single_property": {}}}}})
    rollup = {"function": "show_original", "relation_property_name": "R", "rollup_property_name": "Name"}
    api("PATCH", path, {"properties": {"Names": {"rollup": rollup}}})
    a, b = api.row(source, "a")["id"], api.row(source, "b")["id"]
    api.row(source, "one", R={"relation": [{"id": a}]})
    api.row(source, "both", R={"relation": [{"id": a}, {"id": b}]})
    api.row(source, "empty")
    names = api.query(source, filter={"property": "Names", "rollup": condition})
    assert sorted(name for name in names if name not in "ab") == found


SORTS: list[tuple[str, str, list[str]]] = [
    ("N", "ascending", ["one", "two", "bare"]), ("N", "descending", ["two", "one", "bare"]),
    ("S", "descending", ["two", "one", "bare"]), ("D", "ascending", ["one", "two", "bare"]),
    ("Text", "ascending", ["two", "one", "bare"]), ("C", "descending", ["one", "bare", "two"]),
    ("U", "ascending", ["one", "two", "bare"]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "direction", "order"), SORTS)
def test_a_sort_puts_empty_values_last(api: Api, name: str, direction: str, order: list[str]) -> None:
    source = _rows(api)
    assert api.query(source, sorts=[{"property": name, "direction": direction}]) == order


def test_numbers_in_text_sort_by_value(api: Api) -> None:
    _, source = api.database()
    for number in (10, 9, 1, 2):
        api.row(source, f"Article {number}")
    names = api.query(source, sorts=[{"property": "Name", "direction": "ascending"}])
    assert names == ["Article 1", "Article 2", "Article 9", "Article 10"]


def test_without_a_sort_the_newest_comes_first_or_any_order(api: Api) -> None:
    _, source = api.database()
    for number in range(20):
        api.row(source, str(number))
    newest = [str(number) for number in reversed(range(20))]
    assert api.query(source) == newest
    api.ws.control("switches", {"unsorted_order": "oldest"})
    assert api.query(source) == newest[::-1]
    api.ws.control("switches", {"unsorted_order": "shuffled"})
    shuffled = api.query(source)
    assert shuffled != newest
    assert sorted(shuffled) == sorted(newest)


def test_a_cursor_names_the_next_row(api: Api) -> None:
    _, source = api.database()
    for number in range(5):
        api.row(source, str(number))
    path = f"/v1/data_sources/{source}/query"
    first = api("POST", path, {"page_size": 2})
    second = api("POST", path, {"page_size": 2, "start_cursor": first["next_cursor"]})
    assert first["next_cursor"].startswith("s:")
    assert first["next_cursor"].endswith(second["results"][0]["id"])
    third = api("POST", path, {"page_size": 2, "start_cursor": second["next_cursor"]})
    assert (len(third["results"]), third["has_more"], third["next_cursor"]) == (1, False, None)
    assert "request_status" not in third


def test_cursors_may_expire(api: Api) -> None:
    _, source = api.database()
    api.row(source)
    api.row(source)
    api.ws.control("switches", {"cursor_ttl_requests": 1})
    path = f"/v1/data_sources/{source}/query"
    cursor = api("POST", path, {"page_size": 1})["next_cursor"]
    api("GET", "/v1/users/me")
    assert api.message("POST", path, {"start_cursor": cursor}) == f"The start_cursor provided is invalid: {cursor}"


def test_a_capped_query_says_that_it_is_incomplete(api: Api) -> None:
    _, source = api.database()
    for number in range(7):
        api.row(source, str(number))
    api.ws.control("switches", {"query_cap": 5})
    path = f"/v1/data_sources/{source}/query"
    first = api("POST", path, {"page_size": 3})
    last = api("POST", path, {"page_size": 3, "start_cursor": first["next_cursor"]})
    assert (len(last["results"]), last["has_more"], last["next_cursor"]) == (2, False, None)
    status = {"type": "incomplete", "incomplete_reason": "query_result_limit_reached"}
    assert first["request_status"] == last["request_status"] == status


def test_queries_may_lag_behind_new_pages(api: Api) -> None:
    _, source = api.database()
    api.ws.control("switches", {"query_lag_requests": 2})
    row = api.row(source, "fresh")
    assert api.query(source) == []
    assert api("GET", f"/v1/pages/{row['id']}")["id"] == row["id"]
    assert api.query(source) == ["fresh"]


def test_search_finds_titles_and_may_lag(api: Api) -> None:
    api.ws.control("switches", {"search_lag_s": 30})
    database, source = api.database(title="Tasks")
    api.page("Some Task")
    assert api("POST", "/v1/search", {"query": "task"})["results"] == []
    api.ws.clock.advance(31)
    found = api("POST", "/v1/search", {"query": "TASK"})["results"]
    assert {one["object"] for one in found} == {"page", "data_source"}
    only: Any = {"query": "task", "filter": {"property": "object", "value": "data_source"}}
    assert [one["id"] for one in api("POST", "/v1/search", only)["results"]] == [source]
    assert "body.filter.value" in api.message(
        "POST", "/v1/search", {"filter": {"property": "object", "value": "database"}}
    )
    assert database != source
