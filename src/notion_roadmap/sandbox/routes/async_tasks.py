"""Asynchronous tasks: Markdown writes that asked for `allow_async`; here they are done at once.

https://developers.notion.com/reference/async-tasks
"""

from __future__ import annotations

from notion_roadmap.sandbox.errors import not_found
from notion_roadmap.sandbox.routes import Answer, Call, endpoint


@endpoint("GET", "/v1/async_tasks/{task_id}", "read")
def retrieve(call: Call) -> Answer:
    """404: the sandbox answers every request at once, so no task is ever waiting."""
    raise not_found("async_task", call.params["task_id"], call.ws.store.meta("integration_id"))
