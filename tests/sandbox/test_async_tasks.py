"""Markdown writes that asked for `allow_async` are accepted with 202 and looked up afterwards.

https://developers.notion.com/reference/retrieve-async-task. The official types do not know the 202, so these answers
are not held to the contract; the task that is read afterwards is.
"""

from __future__ import annotations

import json
from typing import Any

import pytest

from sandbox.ground import Api, title


def _accepted(api: Api, method: str, path: str, body: Any) -> Any:
    reply = api.send(method, path, body)
    assert reply.status == 202, reply.body
    task = json.loads(reply.body)
    assert list(task) == [
        "object", "id", "status", "status_url", "created_time", "poll_after_seconds", "operation", "request_id",
    ]  # fmt: skip
    assert (task["object"], task["status"]) == ("async_task", "queued")
    assert task["status_url"].endswith(f"/v1/async_tasks/{task['id']}")
    assert task["created_time"] == "2026-11-20T09:30:45.123Z"
    return task


def test_a_page_is_made_by_a_task(api: Api) -> None:
    body = {"parent": {"page_id": api.root}, "markdown": "# Title\n\nwords", "allow_async": True}
    task = _accepted(api, "POST", "/v1/pages", body)
    assert task["operation"] == {"surface": "rest", "name": "POST /v1/pages"}
    done = api("GET", f"/v1/async_tasks/{task['id']}")
    assert (done["status"], "poll_after_seconds" in done) == ("succeeded", False)
    assert title(api("GET", f"/v1/pages/{done['result']['id']}")) == "Title"


def test_markdown_is_changed_by_a_task(api: Api) -> None:
    page = api.page()["id"]
    body = {"type": "replace_content", "replace_content": {"new_str": "new"}, "allow_async": True}
    task = _accepted(api, "PATCH", f"/v1/pages/{page}/markdown", body)
    result = api("GET", f"/v1/async_tasks/{task['id']}")["result"]
    assert list(result) == ["markdown", "truncated", "unknown_block_ids", "id", "object"]
    assert result["markdown"] == api("GET", f"/v1/pages/{page}/markdown")["markdown"] == "new"


def test_what_is_refused_at_once_makes_no_task(api: Api) -> None:
    body = {"type": "update_content", "allow_async": True,
            "update_content": {"content_updates": [{"old_str": "not there", "new_str": "x"}]}}  # fmt: skip
    api.message("PATCH", f"/v1/pages/{api.page()['id']}/markdown", body)
    body = {"parent": {"page_id": api.root}, "markdown": "x", "allow_async": "yes"}
    assert "body.allow_async" in api.message("POST", "/v1/pages", body)


@pytest.mark.parametrize("allow", [False, None])
def test_nobody_gets_a_task_who_did_not_ask(api: Api, allow: bool | None) -> None:
    body = {"parent": {"page_id": api.root}, "markdown": "x", **({} if allow is None else {"allow_async": allow})}
    assert api("POST", "/v1/pages", body)["object"] == "page"


def test_without_markdown_there_is_nothing_to_wait_for(api: Api) -> None:
    body = {"parent": {"page_id": api.root}, "properties": {}, "allow_async": True}
    assert api("POST", "/v1/pages", body)["object"] == "page"


def test_a_result_expires_and_an_unknown_task_is_not_found(api: Api) -> None:
    task = _accepted(api, "POST", "/v1/pages", {"parent": {"page_id": api.root}, "markdown": "x", "allow_async": True})
    api.ws.control("clock", {"advance_s": 25 * 3600})
    api("GET", f"/v1/async_tasks/{task['id']}", status=404)
    api("GET", f"/v1/async_tasks/{api.root}", status=404)
