"""What every request passes: token, version, body, capabilities, limits, the free plan's blocks."""

from __future__ import annotations

import json

import pytest

from notion_roadmap.sandbox import SandboxClock
from notion_roadmap.sandbox.workspace import Workspace
from sandbox.conftest import NOW
from sandbox.ground import Api, paragraph, text


def test_without_the_token_every_endpoint_answers_401(api: Api) -> None:
    for authorization in ("Bearer wrong", "Basic abc", ""):
        answer = api("GET", "/v1/users/me", status=401, authorization=authorization)
        assert (answer["code"], answer["message"]) == ("unauthorized", "API token is invalid.")


def test_a_missing_version_is_named(api: Api) -> None:
    answer = api("GET", "/v1/users/me", status=400, notion_version="")
    assert answer["code"] == "missing_version"
    assert answer["message"] == (
        "Notion-Version header failed validation: Notion-Version header should be defined, instead was `undefined`."
    )


def test_an_unknown_version_is_refused(api: Api) -> None:
    assert api("GET", "/v1/users/me", status=400, notion_version="2021-05-13")["code"] == "validation_error"


def test_a_body_that_is_no_json_is_invalid_json(api: Api) -> None:
    answer = api("POST", "/v1/search", b"{", status=400)
    assert (answer["code"], answer["message"]) == ("invalid_json", "Error parsing JSON body.")


def test_a_body_over_500_kb_is_too_large(api: Api) -> None:
    assert api("POST", "/v1/search", b'{"query": "' + b"x" * 500_000 + b'"}', status=413)["status"] == 413


def test_every_answer_ends_with_its_request_id(api: Api) -> None:
    reply = api.send("GET", "/v1/users/me")
    answer = json.loads(reply.body)
    assert list(answer)[-1] == "request_id"
    assert reply.headers["x-notion-request-id"] == answer["request_id"]
    assert list(api("GET", "/v1/none", status=400)) == ["object", "status", "code", "message", "request_id"]


def test_a_malformed_id_in_the_path_is_quoted(api: Api) -> None:
    for bad in ("AAA", "12345678-1234-1234-1234-123456789abc"):
        message = api.message("GET", f"/v1/pages/{bad}")
        assert message == f'path failed validation: path.page_id should be a valid uuid, instead was `"{bad}"`.'


def test_ids_are_taken_without_dashes(api: Api) -> None:
    assert api("GET", f"/v1/pages/{api.root.replace('-', '')}")["id"] == api.root


def test_what_is_not_there_is_not_found_with_the_connection(api: Api) -> None:
    id_ = "00000000-0000-0000-0000-000000000000"
    for kind in ("page", "database", "data_source", "block", "view"):
        answer = api("GET", f"/v1/{kind}s/{id_}", status=404)
        assert answer["message"].startswith(f"Could not find {kind} with ID: {id_}. Make sure the relevant pages")
        assert answer["additional_data"] == {"integration_id": api.ws.store.meta("integration_id")}
    assert "capabilities to read user information" in api.message("GET", f"/v1/users/{id_}", status=404)


def test_2026_03_11_knows_neither_archived_nor_after(api: Api) -> None:
    page = api.page()
    assert "archived" not in page
    assert "body.archived" in api.message("PATCH", f"/v1/pages/{page['id']}", {"archived": True})
    first = api.append(page["id"], paragraph("a"))["results"][0]["id"]
    body = {"children": [paragraph("b")], "after": first}
    assert "body.after" in api.message("PATCH", f"/v1/blocks/{page['id']}/children", body)


def test_2025_09_03_still_knows_archived_and_after(workspace: Workspace) -> None:
    api = Api(workspace, "2025-09-03")
    page = api.page()
    assert list(page)[-2:] == ["archived", "request_id"]
    first = api.append(page["id"], paragraph("a"), paragraph("c"))["results"][0]["id"]
    api.append(page["id"], paragraph("b"), after=first)
    assert [block["paragraph"]["rich_text"][0]["plain_text"] for block in api.children(page["id"])] == ["a", "b", "c"]
    assert all(block["archived"] is False for block in api.children(page["id"]))
    assert api("PATCH", f"/v1/pages/{page['id']}", {"archived": True})["in_trash"] is True


@pytest.mark.parametrize(
    ("capability", "method", "path", "body"),
    [
        ("can_read", "GET", "/v1/pages/{root}", None),
        ("can_update", "PATCH", "/v1/pages/{root}", {}),
        ("can_insert", "POST", "/v1/pages", {}),
        ("can_comment", "GET", "/v1/comments", None),
        ("can_see_users", "GET", "/v1/users", None),
    ],
)
def test_a_missing_capability_is_403(api: Api, capability: str, method: str, path: str, body: object) -> None:
    api.ws.control("switches", {capability: False})
    answer = api(method, path.format(root=api.root), body, status=403)
    assert (answer["code"], answer["message"]) == ("restricted_resource", "Insufficient permissions for this endpoint.")


def test_who_may_insert_but_not_read_gets_a_bare_reference(api: Api) -> None:
    api.ws.control("switches", {"can_read": False})
    body = {"parent": {"page_id": api.root}, "properties": {"title": {"title": text("x")}}}
    answer = json.loads(api.send("POST", "/v1/pages", body).body)
    assert list(answer) == ["object", "id", "request_id"]


def _limited(plan: str) -> Api:
    return Api(Workspace(plan=plan, seed=1, clock=SandboxClock(frozen_at=NOW)))  # type: ignore[arg-type]


@pytest.mark.parametrize(("plan", "budget"), [("free", 180), ("plus", 180), ("business", 600)])
def test_a_window_of_a_minute_has_the_budget_of_its_plan_and_may_be_spent_at_once(plan: str, budget: int) -> None:
    api = _limited(plan)
    for _ in range(budget):
        api("GET", "/v1/users/me")
    api.ws.clock.advance(10.5)
    reply = api.send("GET", "/v1/users/me")
    answer = json.loads(reply.body)
    assert (reply.status, answer["code"], reply.headers["Retry-After"]) == (429, "rate_limited", "50")
    assert answer["additional_data"] == {"rate_limit_reason": "public_api_request_rate_limit", "retry_after": "50"}
    api.ws.clock.advance(50)
    api("GET", "/v1/users/me")


def test_a_drip_allows_three_requests_a_second() -> None:
    api = _limited("plus")
    api.ws.control("switches", {"limiter": "drip"})
    for _ in range(3):
        api("GET", "/v1/users/me")
    assert api("GET", "/v1/users/me", status=429)["additional_data"]["retry_after"] == "1"
    api.ws.clock.advance(0.4)
    api("GET", "/v1/users/me")
    api("GET", "/v1/users/me", status=429)


def test_the_free_plan_ends_block_creation_after_the_grace_but_not_edits() -> None:
    api = Api(Workspace(plan="free", rate_limit=False, seed=1, clock=SandboxClock(frozen_at=NOW)))
    api.ws.control("switches", {"members": 2, "block_limit": 5})
    database, source = api.database()
    page = api.page(children=[paragraph(str(n)) for n in range(6)])
    api.page("still within the grace")
    api.ws.clock.advance(3 * 86_400)
    row = {"parent": {"data_source_id": source}, "properties": {}}
    linked = {
        "create_database": {"parent": {"page_id": page["id"]}},
        "data_source_id": source,
        "name": "n",
        "type": "table",
    }
    for method, path, body in [
        ("POST", "/v1/pages", row),
        ("PATCH", f"/v1/blocks/{page['id']}/children", {"children": [paragraph("x")]}),
        ("POST", "/v1/databases", {"parent": {"page_id": api.root}}),
        ("POST", "/v1/views", linked),
    ]:
        answer = api(method, path, body, status=403)
        assert answer["additional_data"] == {"block_limit": "block_creation"}
    api("PATCH", f"/v1/pages/{page['id']}", {"properties": {"title": {"title": text("edited")}}})
    api("POST", "/v1/views", {"database_id": database, "data_source_id": source, "name": "n", "type": "list"})
    api("POST", "/v1/data_sources", {"parent": {"database_id": database}, "properties": {"Name": {"title": {}}}})


def test_a_single_member_has_unlimited_blocks() -> None:
    api = Api(Workspace(plan="free", rate_limit=False, seed=1, clock=SandboxClock(frozen_at=NOW)))
    api.ws.control("switches", {"block_limit": 1})
    api.page()
    api.ws.clock.advance(30 * 86_400)
    api.page()
