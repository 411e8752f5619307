"""Requests and listings: what all parts of the Gateway are made of."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Mapping
from datetime import datetime
from typing import Any

from notion_client import AsyncClient

from notion_roadmap.errors import ItemRefused, NotFound, OutcomeUnknown
from notion_roadmap.notion.listing import Listing, Pages, in_turns
from notion_roadmap.wire.shapes import JSONObject, obj, objs, string


class Speaker:
    """Speaks through notion-client's `request`: its named methods drop arguments that they do not know."""

    def __init__(self, client: AsyncClient) -> None:
        self._client = client
        self._bot_id = ""
        self.own_edits: dict[str, datetime] = {}
        """When rows were last edited by this gateway, by their ids: Notion's time, cut to the minute."""

    async def _say(
        self,
        method: str,
        path: str,
        body: Mapping[str, Any] | None = None,
        query: Mapping[str, Any] | None = None,
    ) -> JSONObject:
        answer = await self._client.request(
            path=path,
            method=method,
            body=None if body is None else dict(body),
            query=None if query is None else dict(query),
        )
        return obj(answer)

    async def _find(self, path: str) -> JSONObject | None:
        """What stands at a path; None when there is nothing that we can see."""
        try:
            return await self._say("GET", path)
        except NotFound:
            return None

    async def _glance(self, path: str) -> JSONObject | None:
        """What stands at a path, if it is to be seen now. For looks after a write, which must not fail with them."""
        try:
            return await self._find(path)
        except (ItemRefused, OutcomeUnknown):
            return None

    async def _saved(self, kind: str, error: OutcomeUnknown) -> JSONObject:
        """What Notion says it saved although the answer was lost. Raises `error` when it is not to be seen now."""
        saved = await self._glance(f"{kind}/{error.committed_id}") if error.committed_id else None
        if saved is None:
            raise error
        return saved

    async def _list(
        self, method: str, path: str, asked: Mapping[str, Any], *, more: Listing | None = None
    ) -> AsyncIterator[JSONObject]:
        """All results, each once; see Pages. Raises ListingBroken when there is no getting to the end."""
        listing = more or Listing()
        told: set[str] = set()
        pages = Pages(path, lambda size, cursor: self._page(method, path, asked, size, cursor))
        try:
            while not pages.ended:
                answer = await pages.turn()
                listing.incomplete |= obj(answer.get("request_status")).get("type") == "incomplete"
                async for result in in_turns(objs(answer.get("results"))):
                    if (identifier := _identity(result)) not in told:
                        told.add(identifier)
                        yield result
        finally:
            pages.close()

    async def _page(self, method: str, path: str, asked: Mapping[str, Any], size: int, cursor: str) -> JSONObject:
        page = {**asked, "page_size": size, **({"start_cursor": cursor} if cursor else {})}
        return await self._say(method, path, **{"query" if method == "GET" else "body": page})


def _identity(result: JSONObject) -> str:
    """What tells results apart: items of one property all carry the property's id."""
    return repr(result) if result.get("object") == "property_item" else string(result.get("id")) or repr(result)


def quiet_logger() -> logging.Logger:
    """notion-client's own logger would be given one more handler by each client."""
    logger = logging.getLogger("notion_roadmap.notion.client")
    logger.propagate = False
    if not logger.handlers:
        logger.addHandler(logging.NullHandler())
    return logger
