"""Fault rules: what goes wrong before a request took effect, and after."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest

from notion_roadmap.sandbox import SandboxError, create_app, transport
from notion_roadmap.sandbox.workspace import Workspace
from sandbox.ground import Api, Json, contract, paragraph, text

CREATE: Json = {"properties": {"title": {"title": text("x")}}}


def _create(api: Api) -> Json:
    return {"parent": {"page_id": api.root}, **CREATE}


@pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 429, 500, 502, 503, 504, 529])
@pytest.mark.parametrize("when", ["before", "after"])
def test_a_status_is_answered_and_the_write_happened_only_after_the_commit(api: Api, status: int, when: str) -> None:
    rule = {
        "method": "POST",
        "path": "/v1/pages",
        "times": 1,
        "when": when,
        "action": {"type": "respond", "status": status},
    }
    api.ws.control("faults", [rule])
    reply = api.send("POST", "/v1/pages", _create(api))
    answer = json.loads(reply.body)
    assert reply.status == answer["status"] == status
    assert not contract().response_errors("POST", "/v1/pages", status, answer)
    assert len(api.children(api.root)) == (when == "after")
    assert ("Retry-After" in reply.headers) == (status in (429, 529))
    api("POST", "/v1/pages", _create(api))


def test_a_saved_503_tells_what_was_saved(api: Api) -> None:
    api.ws.control(
        "faults", [{"when": "after", "path": "/v1/*", "action": {"type": "respond", "status": 503, "saved": True}}]
    )
    answer = json.loads(api.send("POST", "/v1/pages", _create(api)).body)
    saved = answer["additional_data"]["committed_resource_id"]
    body = {"children": [paragraph("a"), paragraph("b")]}
    appended = json.loads(api.send("PATCH", f"/v1/blocks/{saved}/children", body).body)["additional_data"]
    api.ws.control("faults", [])
    assert api("GET", f"/v1/pages/{saved}")["id"] == appended["committed_resource_id"] == saved
    assert [block["id"] for block in api.children(saved)] == appended["committed_child_ids"]


def test_rules_count_by_nth_every_and_times(api: Api) -> None:
    def statuses(rule: Json) -> list[int]:
        api.ws.control("faults", [{**rule, "action": {"type": "respond", "status": 500}}])
        return [api.send("GET", "/v1/users/me").status for _ in range(6)]

    assert statuses({"nth": 3}) == [200, 200, 500, 200, 200, 200]
    assert statuses({"every": 2}) == [200, 500, 200, 500, 200, 500]
    assert statuses({"times": 2}) == [500, 500, 200, 200, 200, 200]
    assert statuses({"method": "POST"}) == [200] * 6
    assert statuses({"path": "/v1/pages/*"}) == [200] * 6


def test_answers_can_be_any_json_or_html_with_headers(api: Api) -> None:
    html = {"type": "respond", "status": 403, "html": "<h1>Attention Required!</h1>", "headers": {"cf-ray": "x"}}
    api.ws.control("faults", [{"action": html}])
    reply = api.send("GET", "/v1/users/me")
    assert (reply.status, reply.headers["content-type"], reply.headers["cf-ray"]) == (403, "text/html", "x")
    api.ws.control("faults", [{"action": {"type": "respond", "status": 200, "json": {"a": 1}}}])
    assert json.loads(api.send("GET", "/v1/users/me").body) == {"a": 1}


@pytest.mark.parametrize(
    ("action", "status", "check"),
    [
        ("garbage", 200, lambda body: body.startswith(b"<html>")), ("empty", 200, lambda body: body == b""),
        ("truncated", 200, lambda body: body.startswith(b"{") and not body.endswith(b"}")),
        ("no_content", 204, lambda body: body == b""), ("redirect", 301, lambda body: body == b""),
    ],
)  # fmt: skip
def test_answers_that_are_no_answers(api: Api, action: str, status: int, check: Callable[[bytes], bool]) -> None:
    api.ws.control("faults", [{"when": "after", "action": action}])
    reply = api.send("POST", "/v1/pages", _create(api))
    assert (reply.status, check(reply.body)) == (status, True)
    api.ws.control("faults", [])
    assert len(api.children(api.root)) == 1


def test_frozen_queries_see_the_past_and_reading_a_page_the_present(api: Api) -> None:
    _, source = api.database()
    api.row(source, "old")
    freeze = {"method": "POST", "path": "/v1/pages", "action": {"type": "freeze_queries", "calls": 2}}
    api.ws.control("faults", [{**freeze, "times": 1}])
    row = api.row(source, "new")
    assert api.query(source) == ["old"]
    assert api("GET", f"/v1/pages/{row['id']}")["id"] == row["id"]
    assert api.query(source) == ["old"]
    assert api.query(source) == ["new", "old"]


def test_queries_may_be_frozen_as_they_are_after_a_write(api: Api) -> None:
    _, source = api.database()
    freeze = {"path": "/v1/pages", "when": "after", "times": 1, "action": {"type": "freeze_queries", "calls": 1}}
    api.ws.control("faults", [freeze])
    first = api.row(source, "first")
    api("PATCH", f"/v1/pages/{first['id']}", {"properties": {"Name": {"title": text("renamed")}}})
    assert api.query(source) == ["first"]
    assert api.query(source) == ["renamed"]


def test_a_refused_rule_changes_nothing(api: Api) -> None:
    good = {"action": "drop"}
    api.ws.control("faults", [good])
    bad: list[Any] = [{}, {"action": "explode"}, {"action": "drop", "nth": 0}, {"action": "drop", "when": "never"}, 7]
    for rule in [*bad, {"action": "drop", "what": 1}]:
        with pytest.raises(SandboxError):
            api.ws.control("faults", [rule])
    assert len(api.ws.faults.rules) == 1


def _in_process(run: Callable[[httpx.AsyncClient, Workspace], Awaitable[None]]) -> None:
    async def main() -> None:
        app = create_app(rate_limit=False, seed=3)
        ws: Workspace = app.state.workspace
        headers = {"Authorization": f"Bearer {ws.token}", "Notion-Version": "2026-03-11"}
        async with httpx.AsyncClient(transport=transport(app), base_url=ws.base_url, headers=headers) as client:
            await run(client, ws)

    asyncio.run(main())


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize(("mid_body", "error"), [(False, httpx.RemoteProtocolError), (True, httpx.ReadError)])
def test_a_dropped_connection_is_httpx_own_error(when: str, *, mid_body: bool, error: type[Exception]) -> None:
    async def run(client: httpx.AsyncClient, ws: Workspace) -> None:
        rule = {"method": "POST", "when": when, "action": {"type": "drop", "mid_body": mid_body}}
        ws.control("faults", [rule])
        with pytest.raises(error):
            await client.post("/v1/pages", json={"parent": {"page_id": ws.root_page_id}, **CREATE})
        children = (await client.get(f"/v1/blocks/{ws.root_page_id}/children")).json()["results"]
        assert len(children) == (when == "after")

    _in_process(run)


def test_a_stall_takes_its_time_and_requests_with_latency_overlap() -> None:
    async def run(client: httpx.AsyncClient, ws: Workspace) -> None:
        loop = asyncio.get_running_loop()
        ws.control("faults", [{"times": 1, "action": {"type": "stall", "seconds": 0.1}}])
        start = loop.time()
        assert (await client.get("/v1/users/me")).json()["id"] == ws.bot_id
        assert loop.time() - start >= 0.1
        ws.control("latency", {"ms": 100})
        start = loop.time()
        await asyncio.gather(*(client.get("/v1/users/me") for _ in range(10)))
        assert 0.1 <= loop.time() - start < 0.5

    _in_process(run)


def test_too_many_writes_in_flight_conflict() -> None:
    async def run(client: httpx.AsyncClient, ws: Workspace) -> None:
        body = {"parent": {"page_id": ws.root_page_id}}
        database = (await client.post("/v1/databases", json=body)).json()
        ws.control("switches", {"parallel_writes": 2})
        ws.control("latency", 20)
        row = {"parent": {"data_source_id": database["data_sources"][0]["id"]}, "properties": {}}
        answers = await asyncio.gather(*(client.post("/v1/pages", json=row) for _ in range(4)))
        assert {answer.status_code for answer in answers} == {200, 409}
        answers = [await client.post("/v1/pages", json=row) for _ in range(2)]
        assert {answer.status_code for answer in answers} == {200}

    _in_process(run)


def test_every_nth_write_may_conflict(api: Api) -> None:
    api.ws.control("switches", {"conflict_every": 2})
    assert [api.send("POST", "/v1/pages", _create(api)).status for _ in range(4)] == [200, 409, 200, 409]
    assert len(api.children(api.root)) == 2


def test_a_revoked_token_answers_401_until_it_is_valid_again(api: Api) -> None:
    api.ws.control("switches", {"token_state": "revoked"})
    api("GET", "/v1/users/me", status=401)
    api.ws.control("switches", {"token_state": "valid"})
    api("GET", "/v1/users/me")
