"""Values of rows, there and back."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notion_roadmap.wire.errors import CannotSend
from notion_roadmap.wire.values import decode_row, decode_value, decode_values, encode_values, truncated
from notion_roadmap.workspace.fit import fit_text
from notion_roadmap.workspace.items import Row
from notion_roadmap.workspace.properties import DateSpan, Foreign, Value, empty_as_none
from notion_roadmap.workspace.text import Text
from wire.samples import PAGE, PHASE, SOURCE, addresses, asks, columns, spans, texts

OPTIONS = st.text(st.characters(codec="utf-8", exclude_characters=","), min_size=1, max_size=40).filter(str.strip)
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "tasks.title": texts,
    "tasks.notes": texts | st.none(),
    "tasks.hours": st.floats(allow_nan=False, allow_infinity=False) | st.integers(-(10**6), 10**6) | st.none(),
    "tasks.status": OPTIONS | st.none(),
    "tasks.skills": st.lists(OPTIONS, max_size=4, unique=True).map(tuple) | st.none(),
    "tasks.due": spans | st.none(),
    "tasks.link": st.sampled_from(["https://a.example/b", None]),
    "tasks.done": st.booleans(),
    "tasks.phase": st.sampled_from([("phases/1",), (f"id:{PAGE}", "phases/1"), (), None]),
}


def answered(encoded: dict[str, Any]) -> dict[str, Any]:
    """The properties of a page's answer, under their names and with their encoded ids."""
    told = {}
    for number, (id_, value) in enumerate(encoded.items()):
        ((kind, held),) = value.items()
        told[f"Name {number}"] = {"id": id_, "type": kind, kind: held}
    return told


@given(st.fixed_dictionaries({}, optional=VALUES))
def test_values_come_back_as_they_were(values: dict[str, Value]) -> None:
    encoded = encode_values(values, columns(), addresses())
    expected = {k: empty_as_none(fit_text(v) if isinstance(v, Text) else v) for k, v in values.items()}
    assert decode_values(answered(encoded), columns(), addresses()) == expected


@given(st.fixed_dictionaries({}, optional=VALUES))
def test_values_are_inside_the_contract(values: dict[str, Value]) -> None:
    encoded = encode_values(values, columns(), addresses())
    assert asks("PATCH", f"/v1/pages/{PAGE}", {"properties": encoded}) == []
    parent = {"type": "data_source_id", "data_source_id": SOURCE}
    assert asks("POST", "/v1/pages", {"parent": parent, "properties": encoded}) == []


def test_none_clears_every_type() -> None:
    names = ("title", "notes", "hours", "status", "skills", "due", "link", "done", "phase")
    encoded = encode_values({f"tasks.{name}": None for name in names}, columns(), addresses())
    cleared = [next(iter(value.values())) for value in encoded.values()]
    assert cleared == [[], [], None, None, [], None, None, False, []]


def test_computed_columns_are_never_written() -> None:
    assert encode_values({"tasks.late": 1.0, "tasks.total": 2.0}, columns(), addresses()) == {}


def test_colours_are_never_sent_with_values() -> None:
    encoded = encode_values({"tasks.status": "Done", "tasks.skills": ("SQL",)}, columns(), addresses())
    assert list(encoded.values()) == [{"select": {"name": "Done"}}, {"multi_select": [{"name": "SQL"}]}]


@pytest.mark.parametrize("link", ["", "foo", "/x", "https://a.example/" + "x" * 2_000, "javascript:alert(1)"])
def test_a_link_that_is_none_is_left_empty(link: str) -> None:
    assert list(encode_values({"tasks.link": link}, columns(), addresses()).values()) == [{"url": None}]


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("tasks.hours", float("nan"), "no number"),
        ("tasks.hours", float("inf"), "no number"),
        ("tasks.hours", True, "not bool"),
        ("tasks.hours", "12", "not str"),
        ("tasks.status", "A, B", "comma"),
        ("tasks.skills", ("A", "B, C"), "comma"),
        ("tasks.skills", tuple(f"{n}" for n in range(101)), "101 options"),
        ("tasks.phase", ("phases/9",), "does not exist yet"),
        ("tasks.due", "2026-01-01", "not str"),
        ("tasks.done", "yes", "not str"),
        ("tasks.title", 1.0, "not float"),
        ("tasks.notes", Foreign("x"), "only Notion"),
        ("tasks.nowhere", "x", "no column"),
    ],
)
def test_what_cannot_be_said_is_refused_before_it_is_sent(key: str, value: Value, words: str) -> None:
    with pytest.raises(CannotSend, match=words):
        encode_values({key: value}, columns(), addresses())


@pytest.mark.parametrize(
    "held",
    [
        {"start": "2026-01-01T10:00:00.000+01:00", "end": None, "time_zone": None},
        {"start": "2026-01-01", "end": "2026-01-02T10:00:00.000Z", "time_zone": None},
        {"start": "2026-01-01", "end": None, "time_zone": "Europe/Amsterdam"},
    ],
)
def test_times_and_zones_are_the_owners(held: dict[str, Any]) -> None:
    value = decode_value({"type": "date", "date": held}, addresses())
    assert isinstance(value, Foreign)
    assert value != DateSpan(date(2026, 1, 1))
    assert value.day == date(2026, 1, 1)


def test_foreign_values_are_told_apart_but_not_by_their_signatures() -> None:
    def files(name: str, signature: str) -> Value:
        held = [{"name": name, "file": {"url": f"https://f.example/{signature}", "expiry_time": signature}}]
        return decode_value({"type": "files", "files": held}, addresses())

    assert files("a", "1") == files("a", "2")
    assert files("a", "1") != files("b", "1")
    assert decode_value({"type": "people", "people": []}, addresses()) is None


def test_a_cut_relation_is_told() -> None:
    told = {"Phase": {"id": "%3Aphas", "type": "relation", "relation": [{"id": PHASE}], "has_more": True}}
    assert truncated(told, columns()) == ("tasks.phase",)
    assert truncated({"Phase": {**told["Phase"], "has_more": False}}, columns()) == ()


@pytest.mark.parametrize(
    ("identifier", "said", "key"),
    [(PHASE, "", "phases/1"), (PAGE, "tasks/7", "tasks/7"), (PAGE, "", "")],
    ids=["known by id", "by its key property", "the owner's own"],
)
def test_a_rows_key(identifier: str, said: str, key: str) -> None:
    notes = {"id": "%3Anote", "type": "rich_text", "rich_text": [{"type": "text", "text": {"content": said}}]}
    answer = {"id": identifier, "properties": {"Notes": notes if said else {}}}
    seen = decode_row(answer, columns(), addresses(), "", "tasks.notes")
    assert isinstance(seen.item, Row)
    assert (seen.item.key, seen.item.database) == (key, "tasks")


def test_a_row_that_is_shown_by_its_id_alone_was_not_read() -> None:
    assert decode_row({"object": "page", "id": PAGE}, columns(), addresses(), "", "tasks.notes").item is None
