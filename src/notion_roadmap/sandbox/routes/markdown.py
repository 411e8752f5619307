"""A page's content as Markdown.

https://developers.notion.com/reference/retrieve-page-markdown
"""

from __future__ import annotations

from notion_roadmap.sandbox import gate
from notion_roadmap.sandbox.errors import ApiError
from notion_roadmap.sandbox.routes import Answer, Call, async_tasks, endpoint
from notion_roadmap.sandbox.rules import markdown, tree


@endpoint("GET", "/v1/pages/{page_id}/markdown", "read")
def retrieve(call: Call) -> Answer:
    """The page's blocks as enhanced Markdown."""
    _refuse_version(call)
    return markdown.page_text(call.ws, call.doc("page_id", "page"))


@endpoint("PATCH", "/v1/pages/{page_id}/markdown", "update", "insert")
def update(call: Call) -> Answer:
    """Update, replace or insert content; the answer is the whole text after."""
    _refuse_version(call)
    ws = call.ws
    page = call.doc("page_id", "page")
    tree.refuse_trashed(ws, page, "page")
    gate.refuse_blocks(ws)
    page = ws.store.edit(page["id"])
    markdown.change(ws, page, call.body)
    ws.touch(page)
    answer = markdown.page_text(ws, page)
    if not async_tasks.wanted(call):
        return answer
    result = {key: answer[key] for key in ("markdown", "truncated", "unknown_block_ids", "id", "object")}  # as recorded
    return async_tasks.accept(call, "PATCH /v1/pages/:page_id/markdown", result)


def _refuse_version(call: Call) -> None:
    if call.version == gate.VERSIONS[0] and call.ws.switches.markdown_before_2026 == "refused":
        raise ApiError(400, "invalid_request_url", "Invalid request URL.")
