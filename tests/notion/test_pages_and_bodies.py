"""Pages and their bodies, of any size, through the embedded workspace and through every fault."""

from __future__ import annotations

from typing import Any

import pytest

from notion.embedded import Embedded
from notion.far_end import ID
from notion_roadmap.errors import NotFound, OutcomeUnknown
from notion_roadmap.notion.gateway import Gateway
from notion_roadmap.workspace.blocks import Block, BlockType
from notion_roadmap.workspace.items import Page
from notion_roadmap.workspace.text import Run, Text


def toggles(number: int, children: tuple[Block, ...] = ()) -> tuple[Block, ...]:
    return tuple(Block(BlockType.TOGGLE, Text.of(f"{n}"), children) for n in range(number))


TICKED = Block(BlockType.TO_DO, Text.of("a"), toggles(2, toggles(2)), checked=True)
HERE = Text.of("where I stand ", Run("here", link="https://a.example/x"))
RICH = (
    Block(
        BlockType.CALLOUT,
        HERE,
        icon="🎯",
        color="blue_background",
    ),
    Block(BlockType.HEADING_2, Text.of("H"), (TICKED,)),
    Block(BlockType.CODE, Text.of("{}"), language="json"),
    Block(BlockType.DIVIDER),
    Block(BlockType.NUMBERED, Text.of(Run("bold", bold=True), Run("code", code=True), Run("red", color="red"))),
)
BODIES = {
    "none": (),
    "rich": RICH,
    "250 blocks": toggles(250),
    "250 children": toggles(2, toggles(250)),
    "5 levels": toggles(2, toggles(1, toggles(2, toggles(1, toggles(2))))),
}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES.keys())
def test_a_body_is_read_back_as_it_was_made(embedded: Embedded, body: tuple[Block, ...]) -> None:
    async def story(gateway: Gateway) -> tuple[Block, ...]:
        page = await gateway.create_page(embedded.root, "T", "🎯", body)
        return await gateway.tree(page.id)

    assert embedded.does(story) == body


FAULTS: dict[str, Any] = {
    "504": {"type": "respond", "status": 504, "html": "<html>"},
    "503": {"type": "respond", "status": 503, "json": {"code": "service_unavailable", "message": "x"}},
    "drop": "drop",
    "garbage": "garbage",
    "truncated": "truncated",
    "409": {"type": "respond", "status": 409, "json": {"code": "conflict_error", "message": "x"}},
}


CASES = [(fault, when) for fault in FAULTS for when in ("before", "after") if (fault, when) != ("409", "after")]
"""A conflict is a refusal: it never follows a save."""


@pytest.mark.parametrize("nth", [1, 2])
@pytest.mark.parametrize(("fault", "when"), CASES)
def test_a_long_body_is_appended_once_whatever_happens(embedded: Embedded, fault: str, when: str, nth: int) -> None:
    rule = {"method": "PATCH", "path": "/v1/blocks/*/children", "nth": nth, "when": when}
    embedded.faults({**rule, "action": FAULTS[fault]})

    async def story(gateway: Gateway) -> tuple[Block, ...]:
        page = await gateway.create_page(embedded.root, "T", "", BODIES["250 blocks"])
        return await gateway.tree(page.id)

    assert embedded.does(story) == BODIES["250 blocks"]


@pytest.mark.parametrize("fault", [name for name in FAULTS if name != "409"])
def test_a_page_whose_creation_is_unknown_is_not_made_twice(embedded: Embedded, fault: str) -> None:
    embedded.faults({"method": "POST", "path": "/v1/pages", "when": "after", "action": FAULTS[fault]})

    async def story(gateway: Gateway) -> list[str]:
        with pytest.raises(OutcomeUnknown):
            await gateway.create_page(embedded.root, "T", "", RICH)
        return [block.title for block in await gateway.blocks(embedded.root)]

    assert embedded.does(story) == ["T"]


def test_a_body_that_was_begun_is_finished(embedded: Embedded) -> None:
    body = (*toggles(120), Block(BlockType.TOGGLE, Text.of("last"), toggles(2, toggles(2))))

    async def story(gateway: Gateway) -> tuple[Block, ...]:
        page = await gateway.create_page(embedded.root, "T", "", body[:100])
        assert await gateway.finish_body(page.id, body)
        assert not await gateway.finish_body(page.id, body)
        return await gateway.tree(page.id)

    assert embedded.does(story) == body


def test_blocks_are_appended_where_they_are_wanted(embedded: Embedded) -> None:
    async def story(gateway: Gateway) -> None:
        page = await gateway.create_page(embedded.root, "T", "", toggles(2))
        first, second = await gateway.blocks(page.id)
        new = await gateway.append(page.id, toggles(150, toggles(1)), after=first.id)
        there = [block.id for block in await gateway.blocks(page.id)]
        assert there == [first.id, *new, second.id]
        assert len(await gateway.tree(page.id, only={new[0]})) == 1
        deep = await gateway.blocks(page.id, deep=True)
        assert [block.block.children if block.block else None for block in deep[:2]] == [(), toggles(1)]

    embedded.does(story)


def test_a_block_is_changed_and_removed_in_place(embedded: Embedded) -> None:
    async def story(gateway: Gateway) -> None:
        page = await gateway.create_page(embedded.root, "T", "", RICH)
        block = (await gateway.blocks(page.id))[0]
        wanted = Block(BlockType.CALLOUT, Text.of("new"), icon="✅")
        await gateway.update_block(block.id, wanted)
        assert (await gateway.blocks(page.id))[0].block == wanted
        await gateway.delete_block(block.id)
        await gateway.delete_block(block.id)
        assert len(await gateway.blocks(page.id)) == len(RICH) - 1

    embedded.does(story)


def test_pages_are_read_changed_trashed_and_restored(embedded: Embedded) -> None:
    async def story(gateway: Gateway) -> None:
        me = await gateway.me()
        assert me.bot_id
        assert me.workspace_id
        created = await gateway.create_page(embedded.root, "T", "🎯", ())
        seen = await gateway.page(created.id)
        assert seen is not None
        assert seen.item == Page("", embedded.root, "T", "🎯")
        assert seen.refs["url"] == created.url
        assert (seen.made_by_us, seen.edited_by_us, seen.trashed) == (True, True, False)
        owners = await gateway.page(embedded.root)
        assert owners is not None
        assert not owners.made_by_us
        changed = await gateway.update_page(created.id, title="U", icon="")
        assert changed.item == Page("", embedded.root, "U", "")
        assert (await gateway.update_page(created.id, in_trash=True)).trashed
        assert not (await gateway.update_page(created.id, in_trash=False)).trashed

    embedded.does(story)


def test_what_is_not_there_is_none_or_not_found(embedded: Embedded) -> None:
    async def story(gateway: Gateway) -> None:
        assert await gateway.page(ID) is None
        assert await gateway.database(ID) is None
        assert await gateway.schema(ID) is None
        assert await gateway.view(ID) is None
        await gateway.delete_block(ID)
        await gateway.delete_view(ID)
        with pytest.raises(NotFound):
            await gateway.blocks(ID)
        with pytest.raises(NotFound):
            await gateway.update_page(ID, title="T")

    embedded.does(story)
