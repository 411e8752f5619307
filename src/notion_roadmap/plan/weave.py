"""Keeping up a body block by block, between the owner's own words.

A body whose first-level blocks carry anchors is woven: each block is compared alone with what we last wrote there. What
the owner changed stays as they left it, what they removed stays away, what they wrote stays where it is; a block that
they only moved is still ours. A tick is no change of words: it is compared by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Final

from notion_roadmap.plan.alike import alike
from notion_roadmap.plan.bodies import BodyEdit
from notion_roadmap.plan.fields import blocks as canonical_blocks
from notion_roadmap.workspace.blocks import Block, BlockType
from notion_roadmap.workspace.canonical import JSON

CHECKED: Final = "checked"

_HEADINGS: Final = (BlockType.HEADING_1, BlockType.HEADING_2, BlockType.HEADING_3)


@dataclass(frozen=True, slots=True)
class Written:
    """What we last wrote under one anchor.

    Args:
        block: in canonical form.
        id: of the block in Notion, "" while it is not known (no answer of a create tells it).
    """

    block: JSON
    id: str = ""


@dataclass(frozen=True, slots=True)
class Lived:
    """A first-level block that is there.

    Args:
        block: with its children; None for what is no block of ours (a child page, a linked view).
        by_us: last edited by our connection.
    """

    id: str
    block: Block | None
    by_us: bool = True


@dataclass(frozen=True, slots=True)
class Woven:
    """What a body needs.

    Args:
        edits: in order. What they insert gets its ids from the answers, in the order of its anchors.
        written: by anchor, what to record once all edits are done.
        kept: anchors whose blocks the owner changed or removed.
    """

    edits: tuple[BodyEdit, ...]
    written: Mapping[str, Written]
    kept: tuple[str, ...]


def is_woven(body: Sequence[Block]) -> bool:
    """Whether a body is kept up block by block."""
    return bool(body) and all(block.anchor for block in body)


def as_written(body: Sequence[Block]) -> dict[str, Written]:
    """What to record of a woven body that was just made. Its ids are not known yet."""
    return {block.anchor: Written(_form(block)) for block in body}


def weave(written: Mapping[str, Written], live: Sequence[Lived], wanted: Sequence[Block]) -> Woven:
    """The edits that bring every block of ours to its wanted words, and no other.

    Args:
        written: by anchor; empty when the state was lost. Then a block that was last edited by us and has the type and
            the label of a wanted one (its words up to the first colon) is taken for it, and what is not found is made.
        live: the first-level blocks, in order.
        wanted: each with an anchor of its own.
    """
    weaving = _Weaving(written, _matched(written, live, wanted))
    weaving.drop({block.anchor for block in wanted})
    weaving.keep_up(wanted, end=live[-1].id if live else "")
    deletes = (BodyEdit(delete=identifier) for identifier in weaving.deletes)
    return Woven((*weaving.edits, *deletes), weaving.records, tuple(sorted(weaving.kept)))


def taken_up(written: Mapping[str, Written], live: Sequence[Lived], wanted: Sequence[Block]) -> dict[str, Written]:
    """What we last wrote, where a run that was cut short may have written more than it lived to record: what was last
    edited by us is as we left it."""
    found = _matched(written, live, wanted, guess=True)
    ours = {anchor: Written(_form(one.block), one.id) for anchor, one in found.items() if one.block and one.by_us}
    return {**written, **ours}


def _matched(
    written: Mapping[str, Written], live: Sequence[Lived], wanted: Sequence[Block], *, guess: bool = False
) -> dict[str, Lived]:
    """Which live block stands for which anchor: by id, else by what we wrote, else by what it looks like.

    Args:
        guess: whether a block may stand for an anchor whose own is gone, or that is not known.
    """
    left = {one.id: one for one in live if one.block is not None}
    found = {anchor: left.pop(base.id) for anchor, base in sorted(written.items()) if base.id in left}
    guesses: list[tuple[str, Callable[[Lived], bool]]] = [
        (anchor, partial(_as_left, base.block)) for anchor, base in written.items() if not base.id
    ]
    if guess or not written:
        guesses += [(block.anchor, partial(_as_left, _form(block))) for block in wanted]
        guesses += [(block.anchor, partial(_looks_like, block)) for block in wanted]
    for anchor, fits in guesses:
        one = next((one for one in left.values() if fits(one)), None) if anchor not in found else None
        if one is not None:
            found[anchor] = left.pop(one.id)
    return found


@dataclass
class _Weaving:
    written: Mapping[str, Written]
    found: Mapping[str, Lived]
    edits: list[BodyEdit] = field(default_factory=list)
    deletes: list[str] = field(default_factory=list)
    records: dict[str, Written] = field(default_factory=dict)
    kept: set[str] = field(default_factory=set)

    def drop(self, wanted: Collection[str]) -> None:
        """Delete what is wanted no more, unless the owner changed it."""
        for anchor, base in self.written.items():
            one = self.found.get(anchor)
            if anchor in wanted or one is None:
                continue
            if _as_left(base.block, one):
                self.deletes.append(one.id)
            else:
                self.kept.add(anchor)
                self.records[anchor] = Written(base.block, one.id)

    def keep_up(self, wanted: Sequence[Block], *, end: str) -> None:
        """Change, insert, or leave each wanted block; what is inserted stands below the one that comes before it.

        Args:
            end: id of the last block there. New sections go below it: what the owner wrote at the end of the section
                before them belongs to that.
        """
        above, waiting = "", list[Block]()
        for block in wanted:
            base, one = self.written.get(block.anchor), self.found.get(block.anchor)
            if one is None and base is not None:
                self._keep(block.anchor, base)
            elif one is None:
                waiting.append(block)
                self.records[block.anchor] = Written(_form(block))
            else:
                self._insert(waiting, above)
                above, waiting = one.id, self._change(block, base, one)
        self._insert(waiting, end if waiting and waiting[0].type in _HEADINGS else above)

    def _insert(self, blocks: Sequence[Block], above: str) -> None:
        if blocks:
            self.edits.append(BodyEdit(insert=tuple(blocks), after=above))

    def _keep(self, anchor: str, base: Written) -> None:
        """The owner has the last word on it from now on: the base stays as it was, so that it is known to be theirs."""
        self.kept.add(anchor)
        self.records[anchor] = base

    def _change(self, block: Block, base: Written | None, one: Lived) -> list[Block]:
        """Bring one block to its wanted words; what has to be made in its place."""
        assert one.block is not None
        if base is not None and not _as_left(base.block, one):
            self._keep(block.anchor, replace(base, id=one.id))
            return []
        ticked = replace(block, checked=_tick(block.checked, base, one.block.checked))
        if one.block.type is not block.type or _below(one.block) != _below(block):
            self.deletes.append(one.id)
            self.records[block.anchor] = Written(_form(block))
            return [ticked]
        self.records[block.anchor] = Written(_form(block), one.id)
        if one.block.checked != ticked.checked or not _same(_form(block), _form(one.block)):
            self.edits.append(BodyEdit(change=one.id, insert=(ticked,)))
        return []


def _form(block: Block) -> JSON:
    """A block as Notion holds it, without its anchor."""
    return canonical_blocks((block,))[0]  # type: ignore[index]


def _below(block: Block) -> JSON:
    return canonical_blocks(block.children)


def _tick(wanted: bool, base: Written | None, live: bool) -> bool:
    """The owner's tick or its absence stays; without a base, a tick does."""
    if base is None:
        return wanted or live
    before = isinstance(base.block, dict) and base.block.get(CHECKED) is True
    return wanted if live == before else live


def _as_left(base: JSON, one: Lived) -> bool:
    return one.block is not None and _same(base, _form(one.block))


def _same(one: JSON, other: JSON) -> bool:
    """Whether two blocks have the same words and looks; a tick is neither."""
    return alike(_unticked(one), _unticked(other))


def _unticked(block: JSON) -> JSON:
    return {name: value for name, value in block.items() if name != CHECKED} if isinstance(block, dict) else block


def _looks_like(wanted: Block, one: Lived) -> bool:
    if one.block is None or not one.by_us or one.block.type is not wanted.type:
        return False
    return _label(one.block) == _label(wanted)


def _label(block: Block) -> str:
    return block.text.plain.partition(":")[0].strip()
