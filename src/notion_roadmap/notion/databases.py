"""Databases and their columns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from notion_roadmap.errors import NotFound, OutcomeUnknown
from notion_roadmap.notion.speaker import Speaker
from notion_roadmap.notion.terms import speaking
from notion_roadmap.wire.objects import decode_database, encode_icon
from notion_roadmap.wire.schema import (
    decode_schema,
    encode_column_change,
    encode_more_options,
    encode_properties,
)
from notion_roadmap.wire.shapes import JSONObject, property_key
from notion_roadmap.wire.text import encode_words
from notion_roadmap.workspace.addresses import Addresses
from notion_roadmap.workspace.answers import CreatedDatabase, SeenDatabase, SeenSchema
from notion_roadmap.workspace.items import Database
from notion_roadmap.workspace.properties import Option, Property

_TRIES: Final = 2


class DatabaseCalls(Speaker):
    """https://developers.notion.com/reference/database · https://developers.notion.com/reference/data-source"""

    async def create_database(
        self,
        parent_id: str,
        database: Database,
        properties: tuple[Property, ...],
        description: str,
        addresses: Addresses,
    ) -> CreatedDatabase:
        """A database on a page, with these columns. Read its schema afterwards: the answer does not hold it.

        Raises OutcomeUnknown when it must be looked up first, by the marker in its description.
        """
        body: JSONObject = {
            "parent": {"type": "page_id", "page_id": parent_id},
            "title": encode_words(database.title),
            "is_inline": database.inline,
            "initial_data_source": {"properties": encode_properties(properties, addresses)},
        }
        if description:
            body["description"] = encode_words(description)
        if database.icon:
            body["icon"] = encode_icon(database.icon)
        try:
            seen = decode_database(await self._say("POST", "databases", body))
        except OutcomeUnknown as error:
            seen = decode_database(await self._saved("databases", error))
        if not seen.sources and (whole := await self._glance(f"databases/{seen.id}")):
            seen = decode_database(whole)
        return CreatedDatabase(seen.id, next(iter(seen.sources), ""), seen.url)

    async def update_database(
        self,
        database_id: str,
        *,
        title: str | None = None,
        description: str | None = None,
        icon: str | None = None,
        in_trash: bool | None = None,
    ) -> None:
        """Change what is not None. A database's icon cannot be taken away over the API, so "" leaves it."""
        body: dict[str, Any] = {}
        if title is not None:
            body["title"] = encode_words(title)
        if description is not None:
            body["description"] = encode_words(description)
        if icon:
            body["icon"] = encode_icon(icon)
        if in_trash is not None:
            body["in_trash"] = in_trash
        await self._say("PATCH", f"databases/{database_id}", body)

    async def database(self, database_id: str) -> SeenDatabase | None:
        """A database; None when we cannot see one there."""
        answer = await self._find(f"databases/{database_id}")
        return None if answer is None else decode_database(answer)

    async def schema(self, source_id: str) -> SeenSchema | None:
        """The columns of a data source; None when we cannot see one there."""
        answer = await self._find(f"data_sources/{source_id}")
        return None if answer is None else decode_schema(answer)

    async def change_schema(
        self,
        source_id: str,
        *,
        add: tuple[Property, ...] = (),
        rename: Mapping[str, str] | None = None,
        options: Mapping[str, tuple[Option, ...]] | None = None,
        describe: Mapping[str, str] | None = None,
        addresses: Addresses,
    ) -> SeenSchema:
        """Add columns, and rename, describe or add options to existing ones, by id. Nothing is ever taken away.

        `options` are what the column should have at least: what it has already stays as it is, whoever made it.
        Nothing is sent when nothing is missing. Raises CannotSend when a column would have more than 100 options.
        """
        rename, options, describe = rename or {}, options or {}, describe or {}
        before = await self._schema(source_id) if options or describe else None
        changes = _changes(before, rename, options, describe)
        makes_twin = any(property_.relation and property_.relation.back for property_ in add)
        for left in reversed(range(_TRIES)):
            body = {**changes, **encode_properties(add, addresses)}
            if not body:
                return before or await self._schema(source_id)
            try:
                # A two-way relation that is added again would make a second column on the other side.
                with speaking(lane=source_id, once=makes_twin):
                    return decode_schema(await self._say("PATCH", f"data_sources/{source_id}", {"properties": body}))
            except OutcomeUnknown:
                if not left or not makes_twin:
                    raise
                before = await self._schema(source_id)
                add = tuple(property_ for property_ in add if before.named(property_.name) is None)
        raise AssertionError("unreachable: the last try returns or raises")

    async def _schema(self, source_id: str) -> SeenSchema:
        schema = await self.schema(source_id)
        if schema is None:
            raise NotFound(
                f"The data source {source_id} is not to be seen",
                hint="Share the page with the connection in Notion: ••• → Connections",
            )
        return schema


def _changes(
    before: SeenSchema | None,
    rename: Mapping[str, str],
    options: Mapping[str, tuple[Option, ...]],
    describe: Mapping[str, str],
) -> dict[str, Any]:
    changes: dict[str, dict[str, Any]] = {id_: {"name": name} for id_, name in rename.items()}
    for id_, description in describe.items():
        column = before.with_id(id_) if before else None
        if column and column.description != description:
            changes[id_] = encode_column_change(column, name=rename.get(id_, ""), description=description)
    for id_, wanted in options.items():
        column = before.with_id(id_) if before else None
        more = encode_more_options(column, wanted) if column else None
        if more:
            changes[id_] = {**changes.get(id_, {}), **more}
    return {property_key(id_): change for id_, change in changes.items()}
