"""The classification of every outcome, row by row and as a matrix."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notion_roadmap.notion.outcome import TABLE, Effect, Lost, Verdict, classify, classify_loss, endpoint

ID = "c513c3c9-86b7-4b61-967f-d9cc5edf4ece"
R, S, C = Effect.READ, Effect.SET, Effect.CREATE
SAVED = "The change was saved, but the response could not be built in time."
HTML = b"<html><body>Sorry, you have been blocked</body></html>"


def body(code: str, **additional: object) -> bytes:
    return json.dumps({"object": "error", "code": code, "message": "m", "additional_data": additional}).encode()


@pytest.mark.parametrize(
    ("method", "path", "name", "effect"),
    [
        ("GET", f"/v1/pages/{ID}", "GET /pages/{id}", R),
        ("GET", "/v1/users/me", "GET /users/me", R),
        ("GET", f"/v1/pages/{ID}/properties/%3Aab", "GET /pages/{id}/properties/{id}", R),
        ("POST", f"/v1/data_sources/{ID}/query", "POST /data_sources/{id}/query", R),
        ("POST", "/v1/search", "POST /search", R),
        ("PATCH", f"/v1/pages/{ID}", "PATCH /pages/{id}", S),
        ("PATCH", f"/v1/data_sources/{ID}", "PATCH /data_sources/{id}", S),
        ("PATCH", f"/v1/databases/{ID}", "PATCH /databases/{id}", S),
        ("PATCH", f"/v1/views/{ID}", "PATCH /views/{id}", S),
        ("PATCH", f"/v1/blocks/{ID}", "PATCH /blocks/{id}", S),
        ("DELETE", f"/v1/blocks/{ID}", "DELETE /blocks/{id}", S),
        ("DELETE", f"/v1/views/{ID}", "DELETE /views/{id}", S),
        ("PATCH", f"/v1/blocks/{ID.replace('-', '')}/children", "PATCH /blocks/{id}/children", C),
        ("POST", "/v1/pages", "POST /pages", C),
        ("POST", "/v1/databases", "POST /databases", C),
        ("POST", "/v1/data_sources", "POST /data_sources", C),
        ("POST", "/v1/views", "POST /views", C),
        ("POST", "/v1/something/new", "POST /something/new", C),
    ],
)
def test_kinds_of_request(method: str, path: str, name: str, effect: Effect) -> None:
    found = endpoint(method, path)
    assert (found.name, found.effect) == (name, effect)
    assert endpoint(method, path.removeprefix("/v1/")) == found


def three(read: Verdict, set_: Verdict, create: Verdict) -> dict[Effect, Verdict]:
    return {R: read, S: set_, C: create}


EVERY = {verdict: three(verdict, verdict, verdict) for verdict in Verdict}
UNKNOWN = three(Verdict.RETRY, Verdict.RETRY, Verdict.AMBIGUOUS)

MATRIX = [
    (200, b'{"object": "page"}', EVERY[Verdict.OK], "success"),
    (200, b"", UNKNOWN, "garbage"),
    (200, HTML, UNKNOWN, "garbage"),
    (200, b'{"object": "pa', UNKNOWN, "garbage"),
    (200, b"[]", UNKNOWN, "garbage"),
    (204, b"", UNKNOWN, "garbage"),
    (100, b"", UNKNOWN, "garbage"),
    (301, b"", UNKNOWN, "redirect"),
    (308, b'{"object": "page"}', UNKNOWN, "redirect"),
    (400, body("validation_error"), EVERY[Verdict.ITEM], "refused"),
    (400, body("invalid_json"), EVERY[Verdict.ITEM], "refused"),
    (400, HTML, EVERY[Verdict.ITEM], "refused"),
    (400, body("missing_version"), EVERY[Verdict.RUN], "version"),
    (401, body("unauthorized"), EVERY[Verdict.RUN], "unauthorized"),
    (401, HTML, EVERY[Verdict.RUN], "unauthorized"),
    (403, body("restricted_resource"), EVERY[Verdict.ITEM], "restricted"),
    (403, body("restricted_resource", block_limit="block_creation"), EVERY[Verdict.ITEM], "blocks"),
    (403, HTML, EVERY[Verdict.RETRY_ONCE], "edge"),
    (404, body("object_not_found"), EVERY[Verdict.ITEM], "missing"),
    (404, b"", EVERY[Verdict.ITEM], "missing"),
    (408, b"", UNKNOWN, "timed out"),
    (409, body("conflict_error"), EVERY[Verdict.RETRY], "conflict"),
    (409, HTML, EVERY[Verdict.RETRY], "conflict"),
    (409, body("row_limit_exceeded"), EVERY[Verdict.ITEM], "row limit"),
    (413, HTML, EVERY[Verdict.ITEM], "refused"),
    (418, b"", EVERY[Verdict.ITEM], "refused"),
    (429, body("rate_limited"), EVERY[Verdict.WAIT], "rate limited"),
    (429, body("rate_limited", rate_limit_reason="something new"), EVERY[Verdict.WAIT], "rate limited"),
    (429, body("rate_limited", rate_limit_reason="public_api_request_blocked"), EVERY[Verdict.RUN], "blocked"),
    (429, HTML, EVERY[Verdict.WAIT], "rate limited"),
    (500, body("internal_server_error"), UNKNOWN, "server"),
    (502, HTML, UNKNOWN, "server"),
    (503, body("service_unavailable"), UNKNOWN, "server"),
    (503, body("service_unavailable", retry_guidance=["Do not repeat the write."]), UNKNOWN, "server"),
    (503, body("database_connection_unavailable"), UNKNOWN, "server"),
    (504, body("gateway_timeout"), UNKNOWN, "server"),
    (521, b"", UNKNOWN, "server"),
    (529, body("service_overload"), EVERY[Verdict.WAIT], "overloaded"),
    (529, b"", EVERY[Verdict.WAIT], "overloaded"),
]


@pytest.mark.parametrize(("status", "said", "verdicts", "rule"), MATRIX)
def test_every_answer_has_one_meaning(status: int, said: bytes, verdicts: dict[Effect, Verdict], rule: str) -> None:
    for effect, verdict in verdicts.items():
        outcome = classify(effect, status, said)
        assert (outcome.verdict, outcome.rule) == (verdict, rule)


@pytest.mark.parametrize(
    ("lost", "verdicts"),
    [(Lost.NEVER_SENT, EVERY[Verdict.RETRY]), (Lost.BROKEN, UNKNOWN), (Lost.UNSENDABLE, EVERY[Verdict.RUN])],
)
def test_every_missing_answer_has_one_meaning(lost: Lost, verdicts: dict[Effect, Verdict]) -> None:
    assert {effect: classify_loss(effect, lost).verdict for effect in Effect} == verdicts


def test_the_matrix_reaches_every_row_of_the_table() -> None:
    assert {rule for _, _, _, rule in MATRIX} - {"success"} == {row.name for row in TABLE}


def test_what_was_saved_is_carried() -> None:
    said = body("service_unavailable", committed_resource_id=ID, committed_child_ids=["a", "b"])
    answer = classify(C, 503, said).answer
    assert answer.first("committed_resource_id") == ID
    assert answer.every("committed_child_ids") == ("a", "b")


def test_a_create_is_repeated_only_when_it_was_refused() -> None:
    assert {status for status, _, verdicts, _ in MATRIX if verdicts[C] is Verdict.RETRY} == {409}


@given(st.sampled_from(list(Effect)), st.integers(100, 599), st.binary(max_size=30))
def test_no_answer_is_without_a_meaning(effect: Effect, status: int, said: bytes) -> None:
    outcome = classify(effect, status, said)
    assert outcome.verdict is not Verdict.OK or 200 <= status < 300
