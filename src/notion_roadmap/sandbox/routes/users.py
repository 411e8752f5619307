"""Users: the connection's own, one by id, all of them.

https://developers.notion.com/reference/user
"""

from __future__ import annotations

from notion_roadmap.sandbox.errors import ApiError
from notion_roadmap.sandbox.routes import Answer, Call, endpoint
from notion_roadmap.sandbox.rules import paging, render
from notion_roadmap.sandbox.state import Doc

_MAX_UPLOAD = {"free": 5_242_880, "plus": 5_368_709_120, "business": 5_368_709_120}


def _shown(call: Call, doc: Doc) -> Doc:
    head = {"object": "user", "id": doc["id"], "name": doc["name"], "avatar_url": None, "type": doc["type"]}
    if doc["type"] == "person":
        return {**head, "person": {"email": doc["email"]}}
    ws = call.ws
    return {
        **head,
        "bot": {
            "owner": {"type": "workspace", "workspace": True},
            "workspace_name": "Sandbox",
            "workspace_id": ws.store.meta("workspace_id"),
            "workspace_limits": {"max_file_upload_size_in_bytes": _MAX_UPLOAD[ws.limiter.plan]},
        },
    }


@endpoint("GET", "/v1/users/me")
def me(call: Call) -> Answer:
    """The connection's bot user. https://developers.notion.com/reference/get-self"""
    return _shown(call, call.ws.store.docs[call.ws.bot_id])


@endpoint("GET", "/v1/users/{user_id}", "see_users")
def retrieve(call: Call) -> Answer:
    """One user. https://developers.notion.com/reference/get-user"""
    id_ = call.id("user_id")
    doc = call.ws.store.get(id_)
    if doc is None or doc["object"] != "user":
        raise ApiError(
            404,
            "object_not_found",
            f"Could not find user with ID: {id_}. Make sure your integration has capabilities to read user "
            "information. With those capabilities, only members and guests in the integration's workspace are visible.",
            {"integration_id": call.ws.store.meta("integration_id")},
        )
    return _shown(call, doc)


@endpoint("GET", "/v1/users", "see_users")
def listing(call: Call) -> Answer:
    """All users of the workspace. https://developers.notion.com/reference/get-users"""
    ids, cursor = paging.cut(call, [doc["id"] for doc in call.ws.store.of_kind("user")])
    return render.listing("user", [_shown(call, call.ws.store.docs[id_]) for id_ in ids], cursor)
