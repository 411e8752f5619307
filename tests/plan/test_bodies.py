"""Changing a body: what can stay stays, and what takes another's words keeps its place."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from notion_roadmap.plan.bodies import body_edits
from notion_roadmap.workspace.blocks import Block, BlockType
from notion_roadmap.workspace.text import Text

LINES = st.lists(
    st.builds(
        Block,
        st.sampled_from([BlockType.PARAGRAPH, BlockType.BULLET, BlockType.DIVIDER]),
        st.sampled_from("abc").map(Text.of),
    ),
    max_size=6,
)


def line(words: str, kind: BlockType = BlockType.PARAGRAPH, *children: Block) -> Block:
    return Block(kind, Text.of(words), children)


def carried_out(live: list[tuple[str, Block | None]], wanted: list[Block]) -> list[Block]:
    """The body after its edits, as Notion would show it."""
    page = list(live)
    for number, one in enumerate(body_edits(live, wanted)):
        place = next((i for i, (identifier, _) in enumerate(page) if identifier in (one.change, one.delete)), -1)
        if one.change:
            page[place] = (one.change, one.insert[0])
        elif one.insert:
            at = next((i + 1 for i, (identifier, _) in enumerate(page) if identifier == one.after), 0)
            page[at:at] = [(f"new {number} {i}", block) for i, block in enumerate(one.insert)]
        if one.delete:
            page = [pair for pair in page if pair[0] != one.delete]
    return [block for _, block in page if block is not None]


@given(LINES, LINES)
def test_the_edits_lead_to_the_wanted_body(old: list[Block], new: list[Block]) -> None:
    live: list[tuple[str, Block | None]] = [(str(number), block) for number, block in enumerate(old)]

    assert carried_out(live, new) == new


def test_a_block_takes_other_words_in_its_place() -> None:
    (edit,) = body_edits([("1", line("a")), ("x", None), ("2", line("b"))], [line("a"), line("c")])

    assert (edit.change, edit.delete, edit.insert) == ("2", "", (line("c"),))


def test_a_block_of_another_kind_or_with_other_children_is_made_anew() -> None:
    live: list[tuple[str, Block | None]] = [("1", line("a")), ("2", line("t", BlockType.TOGGLE, line("x")))]
    wanted = [line("a", BlockType.BULLET), line("u", BlockType.TOGGLE, line("y"))]

    edits = body_edits(live, wanted)

    assert not any(edit.change for edit in edits)
    assert [edit.delete for edit in edits if edit.delete] == ["1", "2"]
