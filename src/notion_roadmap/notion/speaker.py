"""Requests and listings: what all parts of the Gateway are made of."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Mapping
from typing import Any, Final

from notion_client import AsyncClient

from notion_roadmap.errors import ItemRefused, NotFound, OutcomeUnknown
from notion_roadmap.wire.shapes import JSONObject, obj, objs, string

_RESTARTS: Final = 3
_SMALLEST_PAGE: Final = 10


class ListingBroken(ItemRefused):
    """A listing could not be read to its end: what is missing from it need not be missing in Notion."""


class Speaker:
    """Speaks through notion-client's `request`: its named methods drop arguments that they do not know."""

    def __init__(self, client: AsyncClient) -> None:
        self._client = client
        self._bot_id = ""

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
        """All results, in pages.

        Cursors belong to a session and may end in mid-listing: then it begins anew, and what was told already is left
        out. A cursor that comes back would go on for ever. Heavy pages are asked for in smaller ones.
        Raises ListingBroken when there is no getting to the end.
        """
        listing = more or Listing()
        told: set[str] = set()
        cursors: set[str] = set()
        cursor, size, restarts = "", 100, 0
        while True:
            page = {**asked, "page_size": size, **({"start_cursor": cursor} if cursor else {})}
            try:
                answer = await self._say(method, path, **{"query" if method == "GET" else "body": page})
            except ItemRefused as error:
                if _cursor_invalid(error) and restarts < _RESTARTS:
                    cursor, restarts = "", restarts + 1
                    cursors.clear()
                    continue
                if (error.status or 0) >= 500 and size > _SMALLEST_PAGE:
                    size = max(_SMALLEST_PAGE, size // 2)
                    continue
                if _cursor_invalid(error):
                    raise ListingBroken(f"{path} could not be read to its end", hint="Run the command again") from error
                raise
            listing.incomplete |= obj(answer.get("request_status")).get("type") == "incomplete"
            for result in objs(answer.get("results")):
                identifier = _identity(result)
                if identifier not in told:
                    told.add(identifier)
                    yield result
            cursor = string(answer.get("next_cursor"))
            if answer.get("has_more") is not True or not cursor:
                return
            if cursor in cursors:
                raise ListingBroken(f"{path} goes round in circles", hint="Run the command again")
            cursors.add(cursor)


def _identity(result: JSONObject) -> str:
    """What tells results apart: items of one property all carry the property's id."""
    return repr(result) if result.get("object") == "property_item" else string(result.get("id")) or repr(result)


class Listing:
    """What a listing says about itself while it is read.

    `incomplete`: Notion stopped at 10,000 results (https://developers.notion.com/guides/data-apis/query-large-data-sources).
    """

    def __init__(self) -> None:
        self.incomplete = False


def _cursor_invalid(error: ItemRefused) -> bool:
    return error.status == 400 and "start_cursor" in error.what


def quiet_logger() -> logging.Logger:
    """notion-client's own logger would be given one more handler by each client."""
    logger = logging.getLogger("notion_roadmap.notion.client")
    logger.propagate = False
    if not logger.handlers:
        logger.addHandler(logging.NullHandler())
    return logger
