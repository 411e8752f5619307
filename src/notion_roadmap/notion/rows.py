"""Rows."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from notion_roadmap.notion.listing import Listing, ListingBroken
from notion_roadmap.notion.pages import PageCalls, frame
from notion_roadmap.notion.terms import speaking
from notion_roadmap.wire.shapes import JSONObject, dashed, obj, property_key, string
from notion_roadmap.wire.values import decode_columns, decode_row, decode_value, encode_values, truncated
from notion_roadmap.workspace.addresses import Addresses
from notion_roadmap.workspace.answers import SeenRows
from notion_roadmap.workspace.columns import Column, Columns
from notion_roadmap.workspace.items import Database, Row
from notion_roadmap.workspace.observed import Seen
from notion_roadmap.workspace.properties import Value

_OLDEST_FIRST = [{"timestamp": "created_time", "direction": "ascending"}]
"""The one order that edits do not change while pages are turned."""


class RowCalls(PageCalls):
    """https://developers.notion.com/reference/query-a-data-source · https://developers.notion.com/reference/page"""

    newest_edit: datetime | None = None
    """The newest last_edited_time of a row in any answer so far: it is that late, at least, by Notion's clock."""

    async def rows(
        self,
        source_id: str,
        columns: Columns,
        addresses: Addresses,
        key: str | None = None,
        key_property: str = "",
        *,
        edited_since: datetime | None = None,
        naming: Iterable[str] = (),
        whole: bool = True,
    ) -> SeenRows:
        """The rows of a data source, or those whose key property says `key`, or that were edited since a moment.

        Args:
            key_property: the property that holds each row's key, by default `<database>.key`. A row that is not in
                `addresses` is known by it.
            edited_since: aware. Notion cuts times to the minute, so it is cut too: what was edited in the same minute
                is among the rows.
            naming: keys of properties that the query names without leaving any row out. Notion refuses it, which
                raises ItemRefused, where one of them is gone or not of the type that `columns` says.
            whole: read relations to more than 25 rows to their end, for a request each; else they are left out.

        Not `complete` when Notion did not let us read to the end: what is absent then is not known to be gone.
        """
        key_property = key_property or f"{columns.database}.key"
        filters: list[JSONObject] = []
        if key is not None:
            filters.append({"property": property_key(columns.id(key_property)), "rich_text": {"equals": key}})
        if edited_since is not None:
            minute = edited_since.astimezone(UTC).replace(second=0, microsecond=0)
            filters.append({"timestamp": "last_edited_time", "last_edited_time": {"on_or_after": minute.isoformat()}})
        filters += [_empty_or_not(columns[one]) for one in naming]
        rows, shown = list[Seen](), None
        listing = Listing()
        async for one in self._query(source_id, filters, listing):
            shown = _shown(one, columns) if shown is None else shown
            rows.append(await self._row(one, columns, addresses, key_property, whole=whole))
        return SeenRows(tuple(rows), not listing.incomplete, shown)

    async def row(self, page_id: str, columns: Columns, addresses: Addresses, key_property: str) -> Seen | None:
        """One row, in the trash too; None when there is nothing that we can see."""
        answer = await self._find(f"pages/{page_id}")
        return None if answer is None else await self._row(answer, columns, addresses, key_property)

    async def create_row(
        self, source_id: str, database: Database, row: Row, columns: Columns, addresses: Addresses
    ) -> Seen:
        """A row, with its body. The answer holds the values that Notion kept.

        Raises CannotSend for values that cannot be said, OutcomeUnknown when it must be looked up first, by its key.
        """
        asked: JSONObject = {
            "parent": {"type": "data_source_id", "data_source_id": source_id},
            "properties": encode_values(row.values, columns, addresses),
        }
        with speaking(lane=source_id):
            answer = await self._create_with_body(asked, row.icon, row.body)
        return self._noted(decode_row(answer, columns, addresses, self._bot_id, database.key_property, row.key))

    async def update_row(
        self,
        page_id: str,
        values: Mapping[str, Value],
        columns: Columns,
        addresses: Addresses,
        *,
        database: Database,
        icon: str | None = None,
        in_trash: bool | None = None,
    ) -> Seen:
        """Change these values and what else is not None. The answer holds the values that Notion kept."""
        body = frame(icon, in_trash)
        if values:
            body["properties"] = encode_values(values, columns, addresses)
        with speaking(lane=addresses.sources.get(database.key, "")):
            answer = await self._whole_page("PATCH", f"pages/{page_id}", body)
        seen = await self._row(answer, columns, addresses, database.key_property)
        if seen.edited is not None:
            self.own_edits[seen.id] = seen.edited
        return seen

    async def _query(self, source_id: str, filters: list[JSONObject], told: Listing) -> AsyncIterator[JSONObject]:
        """Each row once; `told` is incomplete in the end when that is not everything.

        One query reaches 10,000 rows. Beyond, the next one begins where this one ended, at the creation of its last
        row: https://developers.notion.com/guides/data-apis/query-large-data-sources
        """
        since, found = "", set[str]()
        while True:
            window: list[JSONObject] = [
                {"timestamp": "created_time", "created_time": {"on_or_after": since}} if since else {}
            ]
            asked: dict[str, Any] = {"sorts": _OLDEST_FIRST, **_all([*filters, *filter(None, window)])}
            listing, last, before = Listing(), since, len(found)
            try:
                async for one in self._list("POST", f"data_sources/{source_id}/query", asked, more=listing):
                    if one.get("object") != "page":
                        continue
                    last = max(last, string(one.get("created_time")))
                    if (identifier := dashed(one.get("id"))) not in found:
                        found.add(identifier)
                        yield one
            except ListingBroken:
                listing.incomplete, last = True, since
            told.incomplete = listing.incomplete
            if not listing.incomplete or len(found) == before or last == since:
                return
            since = last

    async def _row(
        self, answer: JSONObject, columns: Columns, addresses: Addresses, key_property: str, *, whole: bool = True
    ) -> Seen:
        seen = self._noted(decode_row(answer, columns, addresses, self._bot_id, key_property))
        cut = truncated(answer.get("properties"), columns)
        if not cut or not isinstance(seen.item, Row):
            return seen
        values = {key: value for key, value in seen.item.values.items() if key not in cut}
        if whole:
            values |= {key: await self._whole_relation(seen.id, columns[key].id, addresses) for key in cut}
        return replace(seen, item=replace(seen.item, values=values))

    def _noted(self, seen: Seen) -> Seen:
        if seen.edited is not None and (self.newest_edit is None or seen.edited > self.newest_edit):
            self.newest_edit = seen.edited
        return seen

    async def _whole_relation(self, page_id: str, property_id: str, addresses: Addresses) -> Value:
        """A relation of more than 25 rows: https://developers.notion.com/reference/retrieve-a-page-property"""
        items = self._list("GET", f"pages/{page_id}/properties/{property_key(property_id)}", {})
        related = [{"id": obj(item.get("relation")).get("id")} async for item in items]
        return decode_value({"type": "relation", "relation": related}, addresses)


def _shown(answer: JSONObject, columns: Columns) -> Mapping[str, Column] | None:
    """The columns as a row shows them, any will do; None for a bare one, which shows none."""
    properties = answer.get("properties")
    return decode_columns(properties, columns) if isinstance(properties, dict) else None


def _empty_or_not(column: Column) -> JSONObject:
    """All rows. https://developers.notion.com/reference/filter-data-source-entries"""
    named = {"property": property_key(column.id)}
    return {"or": [{**named, column.type: {says: True}} for says in ("is_empty", "is_not_empty")]}


def _all(filters: list[JSONObject]) -> dict[str, Any]:
    if not filters:
        return {}
    return {"filter": filters[0] if len(filters) == 1 else {"and": filters}}
