"""Pages that are not rows, and whose token it is."""

from __future__ import annotations

from typing import Any

from notion_roadmap.errors import ItemRefused, OutcomeUnknown
from notion_roadmap.notion.bodies import BlockCalls
from notion_roadmap.wire.batches import batches
from notion_roadmap.wire.objects import decode_me, decode_page, encode_icon, encode_title
from notion_roadmap.wire.shapes import JSONObject
from notion_roadmap.workspace.answers import Created, Me
from notion_roadmap.workspace.blocks import Block
from notion_roadmap.workspace.observed import Seen


class PageCalls(BlockCalls):
    """https://developers.notion.com/reference/page"""

    async def me(self) -> Me:
        """Whose token it is; from then on `made_by_us` and `edited_by_us` are known."""
        me = decode_me(await self._say("GET", "users/me"))
        self._bot_id = me.bot_id
        return me

    def known_as(self, bot_id: str) -> None:
        """Take the word of an earlier run for whose token it is: it saves the question."""
        self._bot_id = bot_id

    async def page(self, page_id: str) -> Seen | None:
        """A page that is not a row; None when we cannot see one there. `refs`: url, parent_type, parent, edited."""
        answer = await self._find(f"pages/{page_id}")
        return None if answer is None else decode_page(answer, self._bot_id)

    async def create_page(self, parent_id: str, title: str, icon: str, body: tuple[Block, ...]) -> Created:
        """A page on a page, with a body of any size. Raises OutcomeUnknown when it must be looked up first."""
        asked: JSONObject = {
            "parent": {"type": "page_id", "page_id": parent_id},
            "properties": encode_title(title),
        }
        answer = await self._create_with_body(asked, icon, body)
        seen = decode_page(answer, self._bot_id)
        return Created(seen.id, seen.refs["url"], seen.refs)

    async def update_page(
        self, page_id: str, *, title: str | None = None, icon: str | None = None, in_trash: bool | None = None
    ) -> Seen:
        """Change what is not None; an icon of "" takes it away, `in_trash=False` brings the page back."""
        body = frame(icon, in_trash)
        if title is not None:
            body["properties"] = encode_title(title)
        return decode_page(await self._whole_page("PATCH", f"pages/{page_id}", body), self._bot_id)

    async def _create_with_body(self, asked: JSONObject, icon: str, body: tuple[Block, ...]) -> JSONObject:
        """The page's answer. What does not go with the create is appended; what was saved is not created twice."""
        parts = batches(body)
        if icon:
            asked["icon"] = encode_icon(icon)
        if parts:
            asked["children"] = list(parts[0].blocks)
        try:
            answer = await self._whole_page("POST", "pages", asked)
        except OutcomeUnknown as error:
            answer = await self._saved("pages", error)
        if len(parts) > 1:
            await self._finish(answer["id"], body)
        return answer

    async def _finish(self, page_id: str, body: tuple[Block, ...]) -> None:
        """The rest of a body. The page is there by now, so no failure here may look like one of its create."""
        try:
            await self.finish_body(page_id, body, sent=1)
        except ItemRefused as error:
            raise OutcomeUnknown(
                error.what,
                status=error.status,
                code=error.code,
                request_id=error.request_id,
                committed_id=page_id,
            ) from error

    async def _whole_page(self, method: str, path: str, body: JSONObject) -> JSONObject:
        """The page after a write. A connection without the right to read is answered with an id alone."""
        answer = await self._say(method, path, body)
        if "properties" not in answer and "id" in answer:
            answer = await self._glance(f"pages/{answer['id']}") or answer
        return answer


def frame(icon: str | None, in_trash: bool | None) -> dict[str, Any]:
    """What of a page's update is not properties. `in_trash` is never sent unasked: False would restore."""
    body: dict[str, Any] = {}
    if icon is not None:
        body["icon"] = encode_icon(icon) if icon else None
    if in_trash is not None:
        body["in_trash"] = in_trash
    return body
