"""Custom emojis: they are made in Notion's own pages only, so there are none here.

https://developers.notion.com/reference/list-custom-emojis
"""

from __future__ import annotations

from notion_roadmap.sandbox.routes import Answer, Call, endpoint


@endpoint("GET", "/v1/custom_emojis", "read")
def listing(_: Call) -> Answer:
    """All custom emojis of the workspace."""
    return {"object": "list", "type": "custom_emoji", "results": [], "has_more": False, "next_cursor": None}
