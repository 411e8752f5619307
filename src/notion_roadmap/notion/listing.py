"""Listings: pages, cursors, and what goes wrong with them. https://developers.notion.com/reference/intro#pagination"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Iterable
from typing import Any, Final

from notion_roadmap.errors import ItemRefused
from notion_roadmap.wire.shapes import JSONObject, string

_RESTARTS: Final = 3
_LARGEST_PAGE: Final = 100
_SMALLEST_PAGE: Final = 10
_A_TURN: Final = 4
"""Results that are worked through at a stretch."""

_AGAIN: Final = "Run the command again"


class ListingBroken(ItemRefused):
    """A listing could not be read to its end: what is missing from it need not be missing in Notion."""


class Listing:
    """What a listing says about itself while it is read.

    `incomplete`: Notion stopped at 10,000 results (https://developers.notion.com/guides/data-apis/query-large-data-sources).
    """

    def __init__(self) -> None:
        self.incomplete = False


class Pages:
    """Turns the pages of one listing. The next one is on its way while one is worked through.

    Cursors belong to a session and may end in mid-listing: then it begins anew. One that comes back would go on for
    ever. Heavy pages are asked for in smaller ones.

    Args:
        ask: for a page of so many results, after a cursor ("" for the first).
    """

    def __init__(self, path: str, ask: Callable[[int, str], Coroutine[Any, Any, JSONObject]]) -> None:
        self._path, self._ask = path, ask
        self._size, self._cursor, self._restarts = _LARGEST_PAGE, "", 0
        self._cursors: set[str] = set()
        self._coming: asyncio.Future[JSONObject] | None = None
        self.ended = False

    async def turn(self) -> JSONObject:
        """The next page. Raises ListingBroken when there is no getting to the end."""
        if self._cursor in self._cursors:
            raise ListingBroken(f"{self._path} goes round in circles", hint=_AGAIN)
        if self._cursor:
            self._cursors.add(self._cursor)
        answer = await self._answer()
        self._cursor = string(answer.get("next_cursor")) if answer.get("has_more") is True else ""
        self.ended = not self._cursor
        if self._cursor and self._cursor not in self._cursors:
            self._coming = asyncio.ensure_future(self._ask(self._size, self._cursor))
        return answer

    def close(self) -> None:
        """Nobody waits for the next page any more."""
        if self._coming is not None:
            self._coming.cancel()

    async def _answer(self) -> JSONObject:
        while True:
            coming, self._coming = self._coming, None
            try:
                return await (coming or self._ask(self._size, self._cursor))
            except ItemRefused as error:
                if not self._may_go_on(error):
                    raise

    def _may_go_on(self, error: ItemRefused) -> bool:
        """Whether to ask once more, in another way. Raises ListingBroken for a cursor that will not do."""
        if error.status == 400 and "start_cursor" in error.what:
            if self._restarts == _RESTARTS:
                raise ListingBroken(f"{self._path} could not be read to its end", hint=_AGAIN) from error
            self._restarts += 1
            self._cursor = ""
            self._cursors.clear()
            return True
        smaller = (error.status or 0) >= 500 and self._size > _SMALLEST_PAGE
        self._size = max(_SMALLEST_PAGE, self._size // 2) if smaller else self._size
        return smaller


async def in_turns(results: Iterable[JSONObject]) -> AsyncIterator[JSONObject]:
    """One after the other. Now and then something else may go on, or the next page would wait for this one."""
    for place, result in enumerate(results):
        if place % _A_TURN == 0:
            await asyncio.sleep(0)
        yield result
