"""Blocks. https://developers.notion.com/reference/block"""

from __future__ import annotations

from typing import Final

from notion_roadmap.wire.errors import CannotSend
from notion_roadmap.wire.objects import decode_icon, encode_icon
from notion_roadmap.wire.shapes import JSONObject, dashed, obj, string
from notion_roadmap.wire.text import decode_text, encode_text
from notion_roadmap.workspace.answers import SeenBlock
from notion_roadmap.workspace.blocks import STRANGER, Block, BlockType
from notion_roadmap.workspace.text import Text

_CHILDLESS: Final = frozenset({BlockType.CODE, BlockType.DIVIDER, BlockType.TABLE_ROW})
_COLORLESS: Final = _CHILDLESS | {BlockType.TABLE}
_HEADINGS: Final = frozenset({BlockType.HEADING_1, BlockType.HEADING_2, BlockType.HEADING_3})
_KNOWN: Final = frozenset(kind.value for kind in BlockType)


def encode_block(block: Block) -> JSONObject:
    """One block without its children. Raises CannotSend for children where Notion has no place for them."""
    if block.children and block.type in _CHILDLESS:
        raise CannotSend(f"A {block.type.value} block", "cannot hold other blocks")
    return {"type": block.type.value, block.type.value: _content(block)}


def encode_block_update(block: Block) -> JSONObject:
    """The body that gives an existing block of the same type this content. Children stay as they are."""
    content = _content(block)
    content.pop("is_toggleable", None)
    content.pop("table_width", None)  # can only be said when a table is made
    if block.type not in _COLORLESS:
        content.setdefault("color", "default")
    return {block.type.value: content}


def decode_block(answer: JSONObject) -> Block | None:
    """The block in our words, without its children; None for kinds that we never write."""
    kind = string(answer.get("type"))
    if kind not in _KNOWN:
        return None
    content = obj(answer.get(kind))
    color = string(content.get("color"))
    return Block(
        BlockType(kind),
        decode_text(content.get("rich_text")),
        icon=decode_icon(content.get("icon")) if kind == BlockType.CALLOUT else "",
        color="" if color == "default" else color,
        language=string(content.get("language")) or "plain text",
        checked=content.get("checked") is True,
        cells=tuple(decode_text(cell) for cell in _cells(content)),
    )


def _cells(content: JSONObject) -> list[object]:
    cells = content.get("cells")
    return cells if isinstance(cells, list) else []


def decode_seen_block(answer: JSONObject, bot_id: str) -> SeenBlock:
    """A block as a listing shows it."""
    kind = string(answer.get("type"))
    content = obj(answer.get(kind))
    editor = dashed(obj(answer.get("last_edited_by")).get("id"))
    return SeenBlock(
        id=dashed(answer.get("id")),
        type=kind,
        text=decode_text(content.get("rich_text")),
        has_children=answer.get("has_children") is True,
        trashed=answer.get("in_trash") is True,
        title=string(content.get("title")),
        edited_by_us=not bot_id or not editor or editor == bot_id,
        block=decode_block(answer),
    )


def stranger(seen: SeenBlock) -> Block:
    """A block that stands for one of a kind that we never write, equal to none of ours."""
    return Block(BlockType.PARAGRAPH, Text.of(f"{STRANGER}{seen.type} {seen.title or seen.text.plain or seen.id}"))


def _content(block: Block) -> JSONObject:
    if block.type is BlockType.DIVIDER:
        return {}
    if block.type is BlockType.TABLE:
        width = max((len(row.cells) for row in block.children), default=1)
        return {"table_width": width, "has_column_header": True}
    if block.type is BlockType.TABLE_ROW:
        return {"cells": [encode_text(cell) for cell in block.cells]}
    content: JSONObject = {"rich_text": encode_text(block.text)}
    if block.color and block.type not in _COLORLESS:
        content["color"] = block.color
    if block.type is BlockType.TO_DO:
        content["checked"] = block.checked
    elif block.type is BlockType.CODE:
        content["language"] = block.language
    elif block.type is BlockType.CALLOUT and block.icon:
        content["icon"] = encode_icon(block.icon)
    elif block.type in _HEADINGS and block.children:
        content["is_toggleable"] = True  # only then does a heading hold blocks
    return content
