"""Unmodified clients use the sandbox without noticing."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import httpx
import pytest
from notion_client import APIErrorCode, APIResponseError, AsyncClient
from notion_client.helpers import async_collect_data_source_templates, async_collect_paginated_api, is_full_page

from notion_roadmap.sandbox import create_app, transport
from notion_roadmap.sandbox.workspace import Workspace


def _with(run: Callable[[AsyncClient, Workspace], Awaitable[None]]) -> None:
    async def main() -> None:
        app = create_app(rate_limit=False, seed=6)
        ws: Workspace = app.state.workspace
        async with httpx.AsyncClient(transport=transport(app)) as http:
            client = AsyncClient(
                client=http, auth=ws.token, base_url=ws.base_url, notion_version="2026-03-11", retry=False
            )
            await run(client, ws)

    asyncio.run(main())


def test_notion_client_makes_fills_queries_and_pages() -> None:
    async def run(client: AsyncClient, ws: Workspace) -> None:
        assert (await client.users.me())["id"] == ws.bot_id
        database = await client.databases.create(
            parent={"page_id": ws.root_page_id},
            title=[{"text": {"content": "Tasks"}}],
            initial_data_source={"properties": {"Name": {"title": {}}, "N": {"number": {}}}},
        )
        source = database["data_sources"][0]["id"]
        for number in range(7):
            properties = {"Name": {"title": [{"text": {"content": str(number)}}]}, "N": {"number": number}}
            page = await client.pages.create(parent={"data_source_id": source}, properties=properties)
            assert is_full_page(page)
        found = await async_collect_paginated_api(
            client.data_sources.query,
            data_source_id=source,
            page_size=2,
            filter={"property": "N", "number": {"greater_than": 1}},
        )
        assert len(found) == 5
        await client.blocks.children.append(ws.root_page_id, children=[{"divider": {}}])
        blocks = await async_collect_paginated_api(client.blocks.children.list, block_id=ws.root_page_id, page_size=1)
        assert [block["type"] for block in blocks] == ["child_database", "divider"]
        view = await client.views.create(database_id=database["id"], data_source_id=source, name="L", type="list")
        assert len((await client.views.list(database_id=database["id"]))["results"]) == 2
        await client.views.delete(view_id=view["id"])

    _with(run)


def test_property_ids_with_signs_work_as_paths_and_filters() -> None:
    async def run(client: AsyncClient, ws: Workspace) -> None:
        database = await client.databases.create(
            parent={"page_id": ws.root_page_id},
            initial_data_source={"properties": {"Name": {"title": {}}, **{f"P{n}": {"number": {}} for n in range(30)}}},
        )
        source = await client.data_sources.retrieve(database["data_sources"][0]["id"])
        page = await client.pages.create(parent={"data_source_id": source["id"]}, properties={"P0": {"number": 5}})
        for name, prop in source["properties"].items():
            item = await client.pages.properties.retrieve(page_id=page["id"], property_id=prop["id"])
            assert item["object"] in ("property_item", "list")
            chosen = await client.pages.retrieve(page["id"], filter_properties=[prop["id"]])
            assert list(chosen["properties"]) == [name]

    _with(run)


def test_every_helper_and_endpoint_of_notion_client_is_answered() -> None:
    async def run(client: AsyncClient, ws: Workspace) -> None:
        words = [{"text": {"content": "words"}}]
        assert [user["type"] for user in await async_collect_paginated_api(client.users.list, page_size=1)]
        page = await client.pages.create(
            parent={"page_id": ws.root_page_id},
            properties={"title": {"title": words}},
            markdown="# First\n\n- [ ] second",
        )
        told = await client.pages.retrieve_markdown(page_id=page["id"])
        assert "- [ ] second" in told["markdown"]
        block = (await client.blocks.children.list(page["id"]))["results"][0]
        await client.blocks.update(block["id"], heading_1={"rich_text": words})
        assert (await client.blocks.retrieve(block["id"]))["heading_1"]["rich_text"][0]["plain_text"] == "words"
        assert (await client.blocks.delete(block["id"]))["in_trash"]
        comment = await client.comments.create(parent={"page_id": page["id"]}, rich_text=words)
        assert (await client.comments.retrieve(comment["id"]))["discussion_id"] == comment["discussion_id"]
        found = await async_collect_paginated_api(client.search, query="words", page_size=1)
        assert [one["id"] for one in found] == [page["id"]]
        upload = await client.file_uploads.create(mode="single_part", filename="a.txt", content_type="text/plain")
        sent = await client.file_uploads.send(upload["id"], file=("a.txt", b"hello", "text/plain"))
        assert (sent["status"], sent["content_length"]) == ("uploaded", 5)
        database = await client.databases.create(parent={"page_id": page["id"]}, title=words)
        source = database["data_sources"][0]["id"]
        assert (
            await async_collect_data_source_templates(client.data_sources.list_templates, data_source_id=source) == []
        )
        await client.data_sources.update(source, properties={"N": {"number": {}}})
        assert (await client.databases.update(database["id"], is_inline=True))["is_inline"]

    _with(run)


def test_errors_are_notion_clients_own() -> None:
    async def run(client: AsyncClient, ws: Workspace) -> None:
        with pytest.raises(APIResponseError) as missing:
            await client.pages.retrieve("00000000-0000-0000-0000-000000000000")
        assert missing.value.code == APIErrorCode.ObjectNotFound
        with pytest.raises(APIResponseError) as wrong:
            await client.pages.update(ws.root_page_id, properties={"X": {}})
        assert wrong.value.code == APIErrorCode.ValidationError

    _with(run)
