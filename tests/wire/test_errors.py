"""Error answers of any kind are read without an error."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notion_roadmap.wire.errors import decode_error, decode_object
from notion_roadmap.wire.objects import decode_database, decode_me, decode_page
from notion_roadmap.wire.schema import decode_schema
from notion_roadmap.wire.shapes import dashed, moment
from notion_roadmap.wire.view_answers import decode_view

anything = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "id",
                    "type",
                    "title",
                    "properties",
                    "parent",
                    "configuration",
                    "bot",
                    "filter",
                    "code",
                    "additional_data",
                ]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=8,
)


def test_an_error_is_read_in_full() -> None:
    body = {
        "object": "error",
        "status": 503,
        "code": "service_unavailable",
        "message": "The change was saved.",
        "request_id": "r",
        "additional_data": {"committed_resource_id": "a", "committed_child_ids": ["b", "c"], "n": 3, "none": None},
    }
    error = decode_error(json.dumps(body).encode())
    assert (error.json, error.code, error.request_id) == (True, "service_unavailable", "r")
    assert error.first("committed_resource_id") == "a"
    assert error.every("committed_child_ids") == ("b", "c")
    assert error.first("n") == "3"
    assert error.first("none") == error.first("absent") == ""
    assert error.every("absent") == ()


@pytest.mark.parametrize("body", [b"", b"<html>", b"[1]", b'{"code": 3}', b'{"code": "x', b"\xff\xfe"])
def test_what_is_no_error_of_notions_is_known_as_such(body: bytes) -> None:
    assert not decode_error(body).json


@given(st.binary(max_size=20))
def test_any_bytes_are_read(body: bytes) -> None:
    assert decode_object(body) is None or isinstance(decode_object(body), dict)
    decode_error(body)


@given(
    st.dictionaries(st.sampled_from(["id", "properties", "type", "parent", "title", "configuration", "bot"]), anything)
)
def test_any_answer_is_read(answer: dict[str, object]) -> None:
    decode_page(answer, "")
    decode_database(answer)
    decode_me(answer)
    decode_schema(answer)
    decode_view(answer)


def test_ids_and_moments() -> None:
    assert dashed("C513C3C986B74B61967FD9CC5EDF4ECE") == "c513c3c9-86b7-4b61-967f-d9cc5edf4ece"
    assert dashed(None) == ""
    assert moment("2026-01-01T10:00:00.000Z") is not None
    assert moment("2026-01-01") is None
    assert moment(None) is None
