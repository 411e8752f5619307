"""What every request passes on its way in and out: token, version, body, capabilities, block limit, final form."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from notion_roadmap.sandbox.errors import ApiError, invalid

if TYPE_CHECKING:
    from notion_roadmap.sandbox.routes import Call
    from notion_roadmap.sandbox.workspace import Workspace

VERSIONS = ("2025-09-03", "2026-03-11")
MAX_BODY = 500_000
_WITH_ARCHIVED = {"page", "database", "data_source", "block", "file_upload"}


def authorise(ws: Workspace, headers: dict[str, str]) -> None:
    """401 unless the request carries the workspace's token."""
    if ws.actor == ws.owner_id:
        return
    scheme, _, token = headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or token.strip() != ws.token or ws.switches.token_state == "revoked":
        raise ApiError(401, "unauthorized", "API token is invalid.")


def version(headers: dict[str, str]) -> str:
    """The API version that the request names. https://developers.notion.com/reference/versioning"""
    given = headers.get("notion-version")
    if given is None:
        raise ApiError(
            400,
            "missing_version",
            "Notion-Version header failed validation: "
            "Notion-Version header should be defined, instead was `undefined`.",
        )
    if given not in VERSIONS:
        shown = ", or ".join(f'`"{one}"`' for one in VERSIONS)
        raise invalid(
            f"Notion-Version header failed validation: Notion-Version header should be {shown}, "
            f'instead was `"{given}"`.'
        )
    return given


def body(ws: Workspace, method: str, headers: dict[str, str], raw: bytes, version: str) -> Any:
    """The parsed body; {} where none was sent. 2025-09-03's `archived` becomes `in_trash`."""
    if headers.get("content-type", "").startswith("multipart/form-data"):
        return raw
    if len(raw) > MAX_BODY:
        raise ApiError(413, "validation_error", f"Request body too large: {len(raw)} bytes, the limit is {MAX_BODY}.")
    if not raw or method in ("GET", "DELETE"):
        return {}
    try:
        value = json.loads(raw, parse_constant=_refuse)
        if rb"\u" in raw:  # a lone half of a surrogate pair is no text
            json.dumps(value, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        raise ApiError(400, "invalid_json", "Error parsing JSON body.") from error
    if not isinstance(value, dict):
        raise ApiError(
            400, "validation_error", f"body failed validation: body should be an object, instead was `{raw[:40]!r}`."
        )
    return _translate(ws, value, version)


def _refuse(name: str) -> Any:
    raise ValueError(name)


def _translate(ws: Workspace, value: dict[str, Any], version: str) -> dict[str, Any]:
    lenient = version == "2025-09-03" or ws.switches.retired_keys == "accepted"
    for key, successor in (("archived", "in_trash"), ("after", "position")):
        if key in value:
            if not lenient:
                raise invalid(
                    f"body failed validation: body.{key} should be not present, instead was `{json.dumps(value[key])}`."
                )
            old = value.pop(key)
            value.setdefault(
                successor, old if key == "archived" else {"type": "after_block", "after_block": {"id": old}}
            )
    return value


def permit(call: Call) -> None:
    """403 when the token lacks the capability that the endpoint needs."""
    for capability in call.endpoint.needs:
        if call.ws.actor != call.ws.owner_id and not getattr(call.ws.switches, f"can_{capability}"):
            raise ApiError(403, "restricted_resource", "Insufficient permissions for this endpoint.")


def refuse_blocks(ws: Workspace) -> None:
    """403 when the free plan's lifetime blocks are used up (https://developers.notion.com/reference/workspace-block-limits)."""
    crossed = ws.store.meta("block_limit_crossed")
    if crossed is None or not _limited(ws):
        return
    if ws.clock.now_ms() - crossed >= ws.switches.block_limit_grace_days * 86_400_000:
        raise ApiError(
            403,
            "restricted_resource",
            "This workspace has used all of its free blocks. Upgrade its plan in Notion to create more content. "
            "Learn more: https://www.notion.com/help/understanding-block-usage",
            {"block_limit": "block_creation"},
        )


def charge(ws: Workspace) -> None:
    """Count the blocks that this request made; the write that crosses the limit still succeeds."""
    made = sum(doc["object"] in ("page", "block", "database") for doc in ws.store.added)
    if made:
        total = ws.store.meta("blocks_made", 0) + made
        ws.store.set_meta("blocks_made", total)
        if ws.store.meta("block_limit_crossed") is None and _limited(ws) and total >= ws.switches.block_limit:
            ws.store.set_meta("block_limit_crossed", ws.clock.now_ms())


def _limited(ws: Workspace) -> bool:
    return ws.limiter.plan == "free" and ws.switches.members > 1


def dress(answer: dict[str, Any], version: str, request_id: str) -> dict[str, Any]:
    """The answer with what its version adds, and the request's id last."""
    if version == "2025-09-03":
        for one in [answer, *answer.get("results", [])]:
            if one.get("object") in _WITH_ARCHIVED and "in_trash" in one:
                one["archived"] = one["in_trash"]
    if "object" in answer:
        answer["request_id"] = request_id
    return answer
