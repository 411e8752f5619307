"""Blocks read as Markdown what they look like in Notion."""

from __future__ import annotations

import pytest

from notion_roadmap.workspace.blocks import STRANGER, Block, BlockType
from notion_roadmap.workspace.markdown import inline, markdown
from notion_roadmap.workspace.text import Run, Text


def _block(type_: BlockType, words: str = "words", *children: Block, checked: bool = False, icon: str = "") -> Block:
    return Block(type_, Text.of(words), children, checked=checked, icon=icon)


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        (_block(BlockType.PARAGRAPH), "words\n"),
        (_block(BlockType.HEADING_2), "## words\n"),
        (_block(BlockType.TO_DO), "- [ ] words\n"),
        (_block(BlockType.TO_DO, checked=True), "- [x] words\n"),
        (_block(BlockType.CALLOUT, "one\ntwo", icon="🧭"), "> 🧭 one\n> two\n"),
        (_block(BlockType.CALLOUT, "out", _block(BlockType.BULLET, "in")), "> out\n>\n> - in\n"),
        (_block(BlockType.TOGGLE, "out", _block(BlockType.BULLET, "in")), "- out\n    - in\n"),
        (_block(BlockType.DIVIDER, ""), "---\n"),
        (_block(BlockType.PARAGRAPH, f"{STRANGER}child_page My page"), "*(child page: My page)*\n"),
        (Block(BlockType.CODE, Text.of("a ``` b"), language="sql"), "````sql\na ``` b\n````\n"),
    ],
)
def test_a_block(block: Block, expected: str) -> None:
    assert markdown((block,)) == expected


def test_lists_count_on_and_stand_close_while_paragraphs_stand_apart() -> None:
    one, two = _block(BlockType.NUMBERED, "a"), _block(BlockType.NUMBERED, "b")
    assert markdown((one, two, _block(BlockType.PARAGRAPH, "c"), one)) == "1. a\n2. b\n\nc\n\n1. a\n"
    assert markdown(()) == ""


@pytest.mark.parametrize(
    ("run", "expected"),
    [
        (Run("plain *stars* [x] <b>"), r"plain \*stars\* \[x\] \<b\>"),
        (Run("bold ", bold=True), "**bold** "),
        (Run(" both", bold=True, italic=True), " ***both***"),
        (Run("a*b", code=True), "`a*b`"),
        (Run("there", link="https://example.com/a b"), "[there](<https://example.com/a b>)"),
        (Run("  ", bold=True), "  "),
    ],
)
def test_a_run(run: Run, expected: str) -> None:
    assert inline(Text((run,))) == expected
