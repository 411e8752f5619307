"""Bodies kept up block by block: ours follow, the owner's words, moves and removals stay."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notion_roadmap.plan.bodies import BodyEdit
from notion_roadmap.plan.weave import Lived, Written, as_written, is_woven, weave
from notion_roadmap.workspace.blocks import Block, BlockType
from notion_roadmap.workspace.text import Text


def bullet(words: str, anchor: str = "") -> Block:
    return Block(BlockType.BULLET, Text.of(words), anchor=anchor)


def to_do(words: str, anchor: str = "", *, checked: bool = False) -> Block:
    return Block(BlockType.TO_DO, Text.of(words), anchor=anchor, checked=checked)


class Page:
    """A page in Notion, as far as a body needs one."""

    def __init__(self, *blocks: Block) -> None:
        self._made = 0
        self.blocks: list[Lived] = []
        for block in blocks:
            self.write(block)

    def write(self, block: Block, place: int | None = None, *, by_us: bool = True) -> str:
        self._made += 1
        identifier = f"b{self._made}"
        here = len(self.blocks) if place is None else place
        self.blocks.insert(here, Lived(identifier, replace(block, anchor=""), by_us))
        return identifier

    def place(self, identifier: str) -> int:
        return next(place for place, one in enumerate(self.blocks) if one.id == identifier)

    def edit(self, identifier: str, block: Block, *, by_us: bool = False) -> None:
        self.blocks[self.place(identifier)] = Lived(identifier, replace(block, anchor=""), by_us)

    def remove(self, identifier: str) -> None:
        del self.blocks[self.place(identifier)]

    def keep_up(self, written: dict[str, Written], wanted: tuple[Block, ...]) -> dict[str, Written]:
        """Weave, carry out the edits, and record what a run records."""
        woven = weave(written, self.blocks, wanted)
        records = dict(woven.written)
        for edit in woven.edits:
            self._carry_out(edit, records)
        return records

    def _carry_out(self, edit: BodyEdit, records: dict[str, Written]) -> None:
        place = self.place(edit.after) + 1 if edit.after else len(self.blocks)
        if edit.change:
            self.edit(edit.change, edit.insert[0], by_us=True)
        else:
            for offset, block in enumerate(edit.insert):
                records[block.anchor] = replace(records[block.anchor], id=self.write(block, place + offset))
        if edit.delete:
            self.remove(edit.delete)

    @property
    def words(self) -> list[str]:
        return [one.block.text.plain if one.block else "?" for one in self.blocks]


BEFORE = (bullet("Metrics", "m"), bullet("SQL: 1", "sql"), bullet("Commits: 2", "git"))
AFTER = (bullet("Metrics", "m"), bullet("SQL: 7", "sql"), bullet("Commits: 9", "git"))


def test_what_nobody_touched_follows_in_place() -> None:
    page = Page(*BEFORE)

    edits = weave(as_written(BEFORE), page.blocks, AFTER).edits

    assert edits == (BodyEdit(change="b2", insert=(AFTER[1],)), BodyEdit(change="b3", insert=(AFTER[2],)))


def test_nothing_changes_where_nothing_is_to_change() -> None:
    page = Page(*BEFORE)

    assert weave(as_written(BEFORE), page.blocks, BEFORE).edits == ()


def test_the_owner_s_words_stay_beside_and_within_ours() -> None:
    page = Page(*BEFORE)
    page.edit("b2", bullet("SQL: 1, and two hard ones"))
    page.write(bullet("I was ill."), 1, by_us=False)

    page.keep_up(as_written(BEFORE), AFTER)

    assert page.words == ["Metrics", "I was ill.", "SQL: 1, and two hard ones", "Commits: 9"]


def test_what_the_owner_removed_stays_away_for_good() -> None:
    page = Page(*BEFORE)
    records = page.keep_up(as_written(BEFORE), AFTER)
    page.remove("b2")

    records = page.keep_up(records, BEFORE)
    page.keep_up(records, AFTER)

    assert page.words == ["Metrics", "Commits: 9"]


def test_what_the_owner_moved_is_kept_up_where_it_is() -> None:
    page = Page(*BEFORE)
    page.blocks.append(page.blocks.pop(1))

    page.keep_up(as_written(BEFORE), AFTER)

    assert page.words == ["Metrics", "Commits: 9", "SQL: 7"]


def test_what_the_owner_changed_stays_theirs_when_ours_comes_to_say_the_same() -> None:
    page = Page(*BEFORE)
    records = page.keep_up(as_written(BEFORE), BEFORE)
    page.edit("b2", bullet("SQL: 7"))

    records = page.keep_up(records, AFTER)
    page.keep_up(records, (AFTER[0], bullet("SQL: 8", "sql"), AFTER[2]))

    assert page.words == ["Metrics", "SQL: 7", "Commits: 9"]


def test_new_blocks_come_below_the_one_before_them() -> None:
    page = Page(*BEFORE)
    page.write(bullet("mine"), by_us=False)
    wanted = (AFTER[0], bullet("New: 1", "new"), bullet("Newer: 2", "newer"), *AFTER[1:], bullet("Last", "last"))

    records = page.keep_up(as_written(BEFORE), wanted)

    assert page.words == ["Metrics", "New: 1", "Newer: 2", "SQL: 7", "Commits: 9", "Last", "mine"]
    assert {anchor: one.id for anchor, one in records.items()} == {
        "m": "b1", "sql": "b2", "git": "b3", "new": "b5", "newer": "b6", "last": "b7",
    }  # fmt: skip


def test_a_new_section_at_the_end_leaves_what_the_owner_answered_in_the_one_before() -> None:
    """When its week was closed, the owner's answer to "Blockers" stood below "How it went"."""
    blockers = Block(BlockType.HEADING_3, Text.of("Blockers"), anchor="blockers")
    outcome = (Block(BlockType.HEADING_3, Text.of("How it went"), anchor="outcome"), bullet("Said: 1", "said"))
    page = Page()
    written = page.keep_up({}, (blockers, bullet("[Issue 1]", "one"), bullet("[Issue 2]", "two")))
    page.edit("b2", bullet("Power cut"))
    page.write(bullet("Mine"), by_us=False)
    written = page.keep_up(written, (blockers, *outcome))
    assert page.words == ["Blockers", "Power cut", "Mine", "How it went", "Said: 1"]
    assert weave(written, page.blocks, (blockers, *outcome)).edits == ()


def test_what_is_wanted_no_more_goes_unless_the_owner_changed_it() -> None:
    page = Page(*BEFORE)
    records = page.keep_up(as_written(BEFORE), BEFORE)
    page.edit("b3", bullet("Commits: 2, all of them small"))

    woven = weave(records, page.blocks, BEFORE[:1])

    assert woven.edits == (BodyEdit(delete="b2"),)
    assert woven.kept == ("git",)


@pytest.mark.parametrize(
    ("base", "live", "wanted", "after"),
    [
        (False, False, True, True),
        (False, True, False, True),
        (False, True, True, True),
        (True, False, True, False),
        (True, True, False, False),
    ],
)
def test_a_tick_is_compared_by_itself(base: bool, live: bool, wanted: bool, after: bool) -> None:
    page = Page(to_do("Tasks: 1", "t", checked=live))
    records = as_written((to_do("Tasks: 1", "t", checked=base),))
    wish = (to_do("Tasks: 2", "t", checked=wanted),)

    page.keep_up(page.keep_up(records, wish), wish)

    (one,) = page.blocks
    assert one.block == to_do("Tasks: 2", checked=after)


def test_a_block_of_another_kind_takes_the_place_of_the_old_one() -> None:
    page = Page(*BEFORE)
    wanted = (BEFORE[0], replace(to_do("SQL: 7", "sql"), children=(bullet("below"),)), bullet("New", "n"), BEFORE[2])

    records = page.keep_up(as_written(BEFORE), wanted)

    assert page.words == ["Metrics", "SQL: 7", "New", "Commits: 2"]
    assert page.blocks[1].block == replace(wanted[1], anchor="")
    assert page.keep_up(records, wanted) == records


def test_without_a_state_our_own_blocks_are_known_by_their_labels() -> None:
    page = Page(*BEFORE)
    page.write(bullet("SQL: my own notes"), 0, by_us=False)
    page.edit("b3", bullet("Commits: 2 and a half"))

    records = page.keep_up({}, AFTER)

    assert page.words == ["SQL: my own notes", "Metrics", "SQL: 7", "Commits: 9", "Commits: 2 and a half"]
    assert records["sql"].id == "b2"


def test_a_child_page_is_never_taken_for_a_block() -> None:
    page = Page(*BEFORE)
    page.blocks.append(Lived("child", None))

    page.keep_up(as_written(BEFORE), AFTER)

    assert page.words == ["Metrics", "SQL: 7", "Commits: 9", "?"]


def test_signs_that_notion_drops_are_no_edits() -> None:
    page = Page(bullet("☀️ Today", "t"))
    page.edit("b1", bullet("☀ Today"), by_us=True)

    woven = weave(as_written((bullet("☀️ Today", "t"),)), page.blocks, (bullet("☀️ Now", "t"),))

    assert [edit.change for edit in woven.edits] == ["b1"]


def test_a_body_is_woven_when_all_of_it_has_names() -> None:
    assert is_woven(BEFORE)
    assert not is_woven((*BEFORE, bullet("no name")))
    assert not is_woven(())


_WORDS = st.sampled_from(["a: 1", "a: 2", "b", "c: 3", ""])
_BODIES = st.lists(
    st.tuples(st.sampled_from("uvwxyz"), _WORDS, st.booleans(), st.booleans()),
    unique_by=lambda told: told[0],
    max_size=6,
)


def _body(told: list[tuple[str, str, bool, bool]]) -> tuple[Block, ...]:
    return tuple(
        to_do(words, anchor, checked=ticked) if box else bullet(words, anchor) for anchor, words, box, ticked in told
    )


@given(_BODIES, st.lists(_BODIES, min_size=1, max_size=3), st.data())
def test_after_every_run_ours_is_as_wanted_and_the_next_run_is_silent(
    first: list[tuple[str, str, bool, bool]], later: list[list[tuple[str, str, bool, bool]]], data: st.DataObject
) -> None:
    body = _body(first)
    page, records = Page(*body), as_written(body)
    mine = [page.write(bullet(f"mine {n}"), data.draw(st.integers(0, len(page.blocks))), by_us=False) for n in range(2)]
    dice = random.Random(data.draw(st.integers(0, 9)))
    for told in later:
        dice.shuffle(page.blocks)
        wanted = _body(told)

        records = page.keep_up(records, wanted)

        blocks = {one.id: one.block for one in page.blocks}
        assert {anchor: blocks[one.id] for anchor, one in records.items()} == {
            block.anchor: replace(block, anchor="") for block in wanted
        }
        assert len(page.blocks) == len(wanted) + len(mine)
        assert weave(records, page.blocks, wanted).edits == ()
