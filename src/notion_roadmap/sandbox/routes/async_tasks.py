"""Asynchronous tasks: Markdown writes that asked for `allow_async`; here they are done when they are accepted.

https://developers.notion.com/reference/retrieve-async-task
"""

from __future__ import annotations

from notion_roadmap.sandbox.clock import precise
from notion_roadmap.sandbox.errors import not_found
from notion_roadmap.sandbox.routes import Answer, Call, endpoint
from notion_roadmap.sandbox.rules import check
from notion_roadmap.sandbox.state import Doc

LIFETIME_MS = 24 * 3_600_000
"""How long a result can be fetched; Notion says only that it expires."""


def wanted(call: Call) -> bool:
    """Whether a request asked to be answered with a task."""
    return check.boolean(call.body.get("allow_async", False), "body.allow_async")


def accept(call: Call, operation: str, result: Answer) -> Answer:
    """The task, accepted with 202, whose result will be this answer."""
    ws = call.ws
    task: Doc = {
        "object": "async_task", "id": ws.ids.random_id(), "parent": {}, **ws.stamp(), "operation": operation,
        "result": result,
    }  # fmt: skip
    ws.store.add(task)
    return {**_head(call, task, "queued"), "poll_after_seconds": 2, "operation": _operation(task)}


def _head(call: Call, task: Doc, status: str) -> Answer:
    return {
        "object": "async_task",
        "id": task["id"],
        "status": status,
        "status_url": f"{call.ws.base_url}/v1/async_tasks/{task['id']}",
        "created_time": precise(task["created"]),
    }


def _operation(task: Doc) -> Doc:
    return {"surface": "rest", "name": task["operation"]}


@endpoint("GET", "/v1/async_tasks/{task_id}", "read")
def retrieve(call: Call) -> Answer:
    """A task with its result; 404 when it is unknown or has expired."""
    task = call.ws.store.get(call.params["task_id"])
    known = task is not None and task["object"] == "async_task"
    if task is None or not known or task["created"] + LIFETIME_MS <= call.ws.clock.now_ms():
        raise not_found("async_task", call.params["task_id"], call.ws.store.meta("integration_id"))
    return {**_head(call, task, "succeeded"), "operation": _operation(task), "result": task["result"]}
