"""A recorded conversation becomes a script that makes the same in another workspace."""

from __future__ import annotations

from typing import Any

from benchmarks.exchange import PARENT, Exchange, dump, load, longest_chain, script_of

OWNER = "00000000-0000-4000-8000-000000000000"


def uuid(number: int) -> str:
    return f"00000000-0000-4000-8000-{number:012}"


def exchange(method: str, path: str, answer: Any, body: Any = None, **query: str) -> Exchange:
    return Exchange(method, path, query, body, answer)


EXCHANGES = [
    exchange("GET", "users/me", {"object": "user", "id": uuid(90)}),
    exchange("POST", "pages", {"id": uuid(1)}, {"parent": {"page_id": OWNER}, "properties": {"title": "Root"}}),
    exchange(
        "POST",
        "databases",
        {"id": uuid(2), "data_sources": [{"id": uuid(3)}]},
        {"parent": {"page_id": uuid(1)}, "title": "Tasks"},
    ),
    exchange(
        "GET",
        f"data_sources/{uuid(3)}",
        {"properties": {"Name": {"id": "title", "description": None}, "Due": {"id": "a%3Ab", "description": None}}},
    ),
    exchange("GET", "views", {"results": [{"id": uuid(4)}]}, database_id=uuid(2), page_size="100"),
    exchange(
        "PATCH",
        f"views/{uuid(4)}",
        {"id": uuid(4)},
        {"sorts": [{"property": "a%3Ab"}], "configuration": {"properties": [{"property_id": "a:b"}]}},
    ),
    exchange(
        "POST",
        "pages",
        {"id": uuid(5)},
        {"parent": {"data_source_id": uuid(3)}, "properties": {"a%3Ab": {"date": None}, "title": "First"}},
    ),
    exchange("PATCH", f"blocks/{uuid(1)}/children", {}, {"children": [{"paragraph": "Extras"}]}),
    exchange("PATCH", f"blocks/{uuid(1)}/children", {}, {"children": [{"code": "notion-roadmap manifest 1"}]}),
]
SCRIPT = script_of(EXCHANGES, OWNER)


def test_reads_that_nobody_needs_and_the_manifest_are_left_out() -> None:
    assert [(call.method, call.path.partition("/")[0]) for call in SCRIPT] == [
        ("POST", "pages"),
        ("POST", "databases"),
        ("GET", "data_sources"),
        ("GET", "views"),
        ("PATCH", "views"),
        ("POST", "pages"),
        ("PATCH", "blocks"),
    ]


def test_a_wave_holds_what_needs_no_more_than_the_waves_before() -> None:
    # What stands on one page goes in reading order: the extras after the database.
    assert [call.wave for call in SCRIPT] == [0, 1, 2, 2, 3, 3, 2]
    assert longest_chain(SCRIPT) == 4


def test_another_workspaces_ids_go_in_encoded_where_they_are_names_and_decoded_where_they_are_ids() -> None:
    answers: dict[int, Any] = {
        PARENT: uuid(100),
        0: {"id": uuid(101)},
        1: {"id": uuid(102), "data_sources": [{"id": uuid(103)}]},
        2: {"properties": {"Due": {"id": "c%2Fd"}}},
        3: {"results": [{"id": uuid(104)}]},
    }
    filled = [call.filled(answers) for call in SCRIPT]
    assert filled[0][2]["parent"] == {"page_id": uuid(100)}
    assert filled[2][0] == f"data_sources/{uuid(103)}"
    assert filled[3][1] == {"database_id": uuid(102), "page_size": "100"}
    assert filled[4] == (
        f"views/{uuid(104)}",
        {},
        {"sorts": [{"property": "c%2Fd"}], "configuration": {"properties": [{"property_id": "c/d"}]}},
    )
    assert filled[5][2] == {
        "parent": {"data_source_id": uuid(103)},
        "properties": {"c%2Fd": {"date": None}, "title": "First"},
    }


def test_a_script_survives_being_written_to_a_file() -> None:
    assert load(dump(SCRIPT)) == SCRIPT
