"""Views."""

from __future__ import annotations

from collections.abc import Mapping

from notion_roadmap.errors import NotFound, OutcomeUnknown
from notion_roadmap.notion.speaker import Speaker
from notion_roadmap.wire.shapes import JSONObject, dashed
from notion_roadmap.wire.view_answers import decode_view, is_partial
from notion_roadmap.wire.views import Place, encode_view, encode_view_update
from notion_roadmap.workspace.addresses import Addresses
from notion_roadmap.workspace.answers import SeenView
from notion_roadmap.workspace.columns import Columns
from notion_roadmap.workspace.views import View


class ViewCalls(Speaker):
    """https://developers.notion.com/guides/data-apis/working-with-views"""

    async def view_ids(self, database_id: str) -> tuple[str, ...]:
        """The ids of a database's tabs."""
        listed = self._list("GET", "views", {"database_id": database_id})
        return tuple([dashed(one.get("id")) async for one in listed])

    async def view(
        self,
        view_id: str,
        addresses: Addresses | None = None,
        *,
        asked: View | None = None,
        columns: Columns | None = None,
    ) -> SeenView | None:
        """A view, compared with the wish if one is given; None when we cannot see one there."""
        answer = await self._find(f"views/{view_id}")
        return None if answer is None else decode_view(answer, asked, columns, addresses, self._bot_id)

    async def create_view(
        self,
        view: View,
        addresses: Addresses,
        columns_by_database: Mapping[str, Columns],
        *,
        database_id: str = "",
        after_view: str = "",
        page_id: str = "",
        after_block: str = "",
        dashboard_view_id: str = "",
        first_in_row: bool = True,
    ) -> SeenView:
        """A view at the place that it wishes for.

        Args:
            database_id: of a tab; without it the database whose rows it shows.
            after_view: the tab to its left.
            page_id, after_block: for a linked view.
            dashboard_view_id, first_in_row: for a widget.

        Raises ItemRefused when this wish is not granted (ask for less), OutcomeUnknown when it must be looked up.
        """
        columns = columns_by_database.get(view.database, Columns())
        place = Place(
            database_id or addresses.ids.get(view.database, ""),
            after_view,
            page_id,
            after_block,
            dashboard_view_id,
            first_in_row,
        )
        body = encode_view(view, columns, addresses, place)
        try:
            answer = await self._whole_view("POST", "views", body)
        except OutcomeUnknown as error:
            answer = await self._saved("views", error)
        return decode_view(answer, view, columns, addresses)

    async def update_view(
        self, view_id: str, view: View, addresses: Addresses, columns_by_database: Mapping[str, Columns]
    ) -> SeenView:
        """Bring a view back to the wish. Its layout and its place cannot be changed."""
        columns = columns_by_database.get(view.database, Columns())
        answer = await self._whole_view("PATCH", f"views/{view_id}", encode_view_update(view, columns, addresses))
        return decode_view(answer, view, columns, addresses)

    async def delete_view(self, view_id: str) -> None:
        """Delete a view for good. Raises ItemRefused for the last one of a database; one that is gone is as good."""
        try:
            await self._say("DELETE", f"views/{view_id}")
        except NotFound:
            return

    async def _whole_view(self, method: str, path: str, body: JSONObject) -> JSONObject:
        answer = await self._say(method, path, body)
        if is_partial(answer) and "id" in answer:
            answer = await self._glance(f"views/{answer['id']}") or answer
        return answer
