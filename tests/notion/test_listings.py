"""Listings of a far end that cheats."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from notion.far_end import HASTY, ID, World, error
from notion_roadmap.errors import ItemRefused
from notion_roadmap.notion.gateway import Gateway
from notion_roadmap.notion.listing import ListingBroken
from notion_roadmap.workspace.addresses import Addresses
from notion_roadmap.workspace.answers import SeenRows
from notion_roadmap.workspace.columns import Column, Columns

Make = Callable[..., World]
COLUMNS = Columns({"tasks.key": Column(":key", "Key", "rich_text")})
INVALID = ("validation_error", "The start_cursor provided is invalid: x")


def page(*ids: str, more: str = "", **extra: Any) -> httpx.Response:
    results = [
        {"object": "page", "id": one, "properties": {}, "created_time": "2026-01-01T00:00:00.000Z"} for one in ids
    ]
    return httpx.Response(200, json={"results": results, "has_more": bool(more), "next_cursor": more or None, **extra})


async def rows(gateway: Gateway) -> SeenRows:
    return await gateway.rows(ID, COLUMNS, Addresses())


def ids(seen: SeenRows) -> list[str]:
    return [row.id for row in seen.rows]


def test_a_cursor_that_comes_back_does_not_go_on_for_ever(world: Make) -> None:
    there = world(page("a", more="x"), page("b", more="x"), page("c", more="x"))
    seen = there.does(rows)
    assert not seen.complete
    assert len(there.script.sent) == 2

    with pytest.raises(ListingBroken):
        world(page("a", more="x"), page("b", more="x")).does(lambda gateway: gateway.view_ids(ID))


def test_the_next_page_is_on_its_way_while_one_is_worked_through(world: Make) -> None:
    there = world(page(*map(str, range(100)), more="x"), page("b"))

    async def asked_by_then(gateway: Gateway) -> dict[str, int]:
        listed = gateway._list("POST", f"data_sources/{ID}/query", {})
        return {one["id"]: len(there.script.sent) async for one in listed}

    asked = there.does(asked_by_then)
    assert (asked["99"], asked["b"], len(asked)) == (2, 2, 101)


def test_an_empty_page_in_the_middle_is_no_end(world: Make) -> None:
    seen = world(page("a", more="x"), page(more="y"), page("b")).does(rows)
    assert (ids(seen), seen.complete) == (["a", "b"], True)


def test_rows_that_are_told_twice_count_once(world: Make) -> None:
    seen = world(page("a", "b", more="x"), page("b", "c")).does(rows)
    assert ids(seen) == ["a", "b", "c"]


def test_an_invalid_cursor_begins_anew_three_times(world: Make) -> None:
    again = [page("a", more="x"), error(400, *INVALID)]
    seen = world(*again, *again, *again, page("a", more="x"), page("b")).does(rows)
    assert (ids(seen), seen.complete) == (["a", "b"], True)
    lost = world(*again, *again, *again, *again).does(rows)
    assert not lost.complete


def test_what_is_no_row_is_left_out(world: Make) -> None:
    foreign = {"object": "data_source", "id": "d"}
    results = [foreign, "nonsense", {"object": "page", "id": "a"}]
    seen = world(httpx.Response(200, json={"results": results, "has_more": False})).does(rows)
    assert [(row.id, row.item) for row in seen.rows] == [("a", None)]


def test_heavy_pages_are_asked_for_in_smaller_ones(world: Make) -> None:
    there = world(patience=HASTY)

    async def heavy(request: httpx.Request) -> httpx.Response:
        asked = json.loads(request.content)
        return httpx.Response(504, html="<html>") if asked["page_size"] > 25 else page("a")

    there.script.faults = [heavy] * 20
    assert ids(there.does(rows)) == ["a"]
    sizes = [one.body["page_size"] for one in there.script.sent if one.body]
    assert sizes == [100] * 3 + [50] * 3 + [25]


def test_a_query_that_is_refused_is_not_an_empty_one(world: Make) -> None:
    with pytest.raises(ItemRefused):
        world(error(400, "validation_error", "Could not find property")).does(rows)
