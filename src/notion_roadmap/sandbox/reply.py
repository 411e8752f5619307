"""An answer on its way out, and what a fault makes of it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from typing import Any

from notion_roadmap.sandbox.errors import STANDARD, ApiError

_SAVED = (
    "The change was saved, but the response could not be built in time. "
    "Read the object again instead of repeating the write."
)


@dataclass(frozen=True)
class Reply:
    """Status, headers and body; `drop` closes the connection instead ("start") or half-way ("mid")."""

    status: int
    body: bytes
    headers: dict[str, str] = field(default_factory=dict)
    drop: str | None = None
    stall_s: float = 0.0
    drip_s: float = 0.0

    @classmethod
    def json(cls, status: int, body: Any, request_id: str, headers: dict[str, str] | None = None) -> Reply:
        """A JSON answer with the headers that every answer of Notion's has."""
        content = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
        head = {"content-type": "application/json; charset=utf-8", "x-notion-request-id": request_id, **(headers or {})}
        return cls(status, content, head)

    @classmethod
    def fault(cls, action: dict[str, Any], request_id: str) -> Reply:
        """The answer that a fault gives in the place of a request that never took effect."""
        empty = cls(200, b'{"object":"list","results":[]}', {"content-type": "application/json; charset=utf-8"})
        return empty.faulted(action, request_id, "GET")

    def faulted(self, action: dict[str, Any], request_id: str, method: str) -> Reply:
        """This answer as the fault lets the client see it."""
        kind = action["type"]
        if kind == "respond":
            return self._respond(action, request_id, method)
        if kind == "drop":
            return replace(self, drop="mid" if action.get("mid_body") else "start")
        if kind == "stall":
            return replace(self, stall_s=float(action.get("seconds", 1)))
        if kind == "drip":
            return replace(self, drip_s=float(action.get("gap_s", 0.1)))
        if kind == "truncated":
            return replace(self, body=self.body[: max(1, len(self.body) // 2)])
        if kind == "garbage":
            return Reply(200, b"<html><body>It works!</body></html>", {"content-type": "text/html"})
        if kind == "redirect":
            return Reply(301, b"", {"location": "https://www.notion.so/"})
        if kind == "no_content":
            return Reply(204, b"")
        return Reply(200, b"", {"content-type": "application/json; charset=utf-8"}) if kind == "empty" else self

    def _respond(self, action: dict[str, Any], request_id: str, method: str) -> Reply:
        status = int(action.get("status", 500))
        headers = {str(key): str(value) for key, value in action.get("headers", {}).items()}
        if "html" in action:
            return Reply(status, str(action["html"]).encode(), {"content-type": "text/html", **headers})
        if "json" in action:
            return Reply.json(status, action["json"], request_id, headers)
        code, message = STANDARD.get(status, ("internal_server_error", "Unexpected error occurred."))
        data: dict[str, Any] = {}
        if status in (429, 529):
            headers.setdefault("Retry-After", "1")
            data = {"retry_after": headers["Retry-After"]}
            if status == 429:
                data = {"rate_limit_reason": "public_api_request_rate_limit", **data}
        if status == 503 and action.get("saved"):
            message, data = _SAVED, self._committed(method)
        return Reply.json(status, ApiError(status, code, message, data).body(request_id), request_id, headers)

    def _committed(self, method: str) -> dict[str, Any]:
        """What a 503 tells about a write that was saved (https://developers.notion.com/reference/request-limits)."""
        guidance = ["Read the object again to confirm the saved change.", "Do not repeat the write."]
        data: dict[str, Any] = {
            "from": "sandbox",
            "elapsed_ms": "55012",
            "deadline_ms": "55000",
            "retry_guidance": guidance,
        }
        answer = json.loads(self.body)
        if method == "POST" and answer.get("id"):
            data["committed_resource_id"] = answer["id"]
        elif method == "PATCH" and answer.get("object") == "list" and answer["results"]:
            parent = answer["results"][0]["parent"]
            data["committed_resource_id"] = parent[parent["type"]]
            data["committed_child_ids"] = [block["id"] for block in answer["results"]]
        return data
