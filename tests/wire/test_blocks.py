"""Blocks, one by one and as bodies of any size."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notion_roadmap.wire.batches import Batch, batches
from notion_roadmap.wire.blocks import decode_block, decode_seen_block, encode_block, encode_block_update, stranger
from notion_roadmap.wire.errors import CannotSend
from notion_roadmap.workspace.blocks import Block, BlockType, count_blocks
from notion_roadmap.workspace.fit import fit_text
from notion_roadmap.workspace.limits import REQUEST_BLOCKS
from notion_roadmap.workspace.text import Text
from wire.samples import PAGE, asks, blocks, tables


def fitted(block: Block) -> Block:
    return Block(
        block.type,
        fit_text(block.text),
        tuple(fitted(child) for child in block.children),
        icon=block.icon,
        color=block.color,
        language=block.language,
        checked=block.checked,
        cells=tuple(map(fit_text, block.cells)),
    )


@given(blocks)
def test_a_block_comes_back_as_it_was(block: Block) -> None:
    assert decode_block(encode_block(block)) == fitted(block)


@pytest.mark.parametrize("kind", [kind for kind in BlockType if kind is not BlockType.TABLE])
def test_each_kind_is_inside_the_contract(kind: BlockType) -> None:
    cells = (Text.of("one"), Text())
    block = Block(kind, Text.of("words"), icon="🎯", language="json", checked=True, cells=cells)
    assert asks("PATCH", f"/v1/blocks/{PAGE}/children", {"children": [encode_block(block)]}) == []
    assert asks("PATCH", f"/v1/blocks/{PAGE}", encode_block_update(block)) == []


@given(tables())
def test_a_table_is_made_with_its_rows(table: Block) -> None:
    (alone,) = batches((table,))
    holder, below = batches((Block(BlockType.TOGGLE, Text.of("x"), (table,)),))

    assert alone.blocks == below.blocks
    assert below.parent == (0,)
    assert asks("PATCH", f"/v1/blocks/{PAGE}/children", {"children": list(alone.blocks)}) == []
    assert alone.blocks[0]["table"]["table_width"] == len(table.children[0].cells)
    assert len(alone.blocks[0]["table"]["children"]) == len(table.children)
    assert "children" not in holder.blocks[0]["toggle"]


def test_an_update_takes_a_colour_away() -> None:
    assert encode_block_update(Block(BlockType.QUOTE, Text.of("x")))["quote"]["color"] == "default"


def test_headings_hold_blocks_only_as_toggles() -> None:
    child = Block(BlockType.PARAGRAPH)
    assert encode_block(Block(BlockType.HEADING_2, children=(child,)))["heading_2"]["is_toggleable"] is True
    assert "is_toggleable" not in encode_block(Block(BlockType.HEADING_2))["heading_2"]


@pytest.mark.parametrize("kind", [BlockType.CODE, BlockType.DIVIDER, BlockType.TABLE_ROW])
def test_children_without_a_place_are_refused_not_lost(kind: BlockType) -> None:
    with pytest.raises(CannotSend, match="cannot hold other blocks"):
        encode_block(Block(kind, children=(Block(BlockType.PARAGRAPH),)))


@pytest.mark.parametrize("kind", ["image", "child_database", "unsupported", "heading_4", "", None])
def test_blocks_of_other_kinds_equal_none_of_ours(kind: str | None) -> None:
    seen = decode_seen_block({"id": PAGE, "type": kind, kind or "x": {"title": "T"}}, "bot")
    assert seen.block is None
    assert stranger(seen).text.plain.startswith("\ufffc")


def test_who_edited_a_block_is_told() -> None:
    answer = {"id": PAGE, "type": "divider", "divider": {}, "last_edited_by": {"id": PAGE}, "in_trash": True}
    assert decode_seen_block(answer, PAGE).edited_by_us
    assert not decode_seen_block(answer, "38309000-6b75-81a8-8704-244c6e948b18").edited_by_us
    assert decode_seen_block(answer, "").edited_by_us
    assert decode_seen_block(answer, "").trashed


class Page:
    """A page that takes batches as Notion does: appends them below the block that the path names."""

    def __init__(self) -> None:
        self.children: list[dict[str, Any]] = []

    def take(self, batch: Batch) -> None:
        place = self.children
        for position in batch.parent:
            holder = place[position]
            place = holder[holder["type"]].setdefault("children", [])
        assert len(place) == batch.start
        place.extend(json.loads(json.dumps(batch.blocks)))

    def body(self, children: list[dict[str, Any]] | None = None) -> tuple[Block, ...]:
        told = self.children if children is None else children
        body = []
        for one in told:
            block = decode_block(one)
            assert block is not None
            inner = self.body(one[one["type"]].get("children", []))
            body.append(Block(**{**{name: getattr(block, name) for name in Block.__slots__}, "children": inner}))
        return tuple(body)


def posted(body: tuple[Block, ...]) -> tuple[Block, ...]:
    page = Page()
    for batch in batches(body):
        page.take(batch)
        inner = sum(len(one[one["type"]].get("children", [])) for one in batch.blocks)
        assert len(batch.blocks) + inner <= REQUEST_BLOCKS
        assert asks("PATCH", f"/v1/blocks/{PAGE}/children", {"children": list(batch.blocks)}) == []
    return page.body()


def tree(kinds: st.SearchStrategy[Block]) -> st.SearchStrategy[Block]:
    def grown(children: st.SearchStrategy[Block]) -> st.SearchStrategy[Block]:
        return st.builds(
            lambda block, inner: Block(block.type, block.text, tuple(inner), icon=block.icon, color=block.color),
            kinds.filter(lambda b: b.type not in (BlockType.CODE, BlockType.DIVIDER, BlockType.TABLE)),
            st.lists(children, max_size=3),
        )

    return st.recursive(kinds, grown, max_leaves=12)


@settings(max_examples=25)
@given(st.lists(tree(st.one_of(blocks, tables())), max_size=4).map(tuple))
def test_a_body_of_any_depth_arrives_whole(body: tuple[Block, ...]) -> None:
    assert posted(body) == tuple(fitted(block) for block in body)


def paragraphs(number: int, children: tuple[Block, ...] = ()) -> tuple[Block, ...]:
    return tuple(Block(BlockType.TOGGLE, Text.of(f"{n}"), children) for n in range(number))


@pytest.mark.parametrize(
    "body",
    [
        (),
        paragraphs(250),
        paragraphs(3, paragraphs(250)),
        paragraphs(100, paragraphs(20)),
        paragraphs(1, paragraphs(1, paragraphs(1, paragraphs(1, paragraphs(1))))),
        tuple(Block(BlockType.PARAGRAPH, Text.of("語" * 99_000)) for _ in range(4)),
    ],
    ids=["empty", "250 blocks", "250 children", "2,000 blocks", "5 levels", "megabytes"],
)
def test_bodies_beyond_the_limits_arrive_whole(body: tuple[Block, ...]) -> None:
    kept = posted(body)
    assert kept == body
    assert count_blocks(kept) == count_blocks(body)


def test_what_fits_goes_in_one_request() -> None:
    assert len(batches(paragraphs(100, paragraphs(9)))) == 1
