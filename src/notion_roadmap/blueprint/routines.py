"""What is done again and again, as lists to tick: on each day of the log, in each week's review."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Literal

from notion_roadmap.blueprint.prose import GREY, bold, paragraph, prose, small_heading, to_do
from notion_roadmap.roadmap import Roadmap, Routine, RoutineBlock
from notion_roadmap.workspace.blocks import Block
from notion_roadmap.workspace.text import Text


def routines_of(roadmap: Roadmap, rhythm: Literal["daily", "weekly", "afterwards"]) -> list[Routine]:
    """The routines of one rhythm, in the order of the document."""
    return [routine for routine in roadmap.routines if routine.rhythm == rhythm]


def routine_blocks(routines: Iterable[Routine]) -> tuple[Block, ...]:
    """Each routine as a heading over its boxes, all on one level: what an owner ticks stays one block. Each block has a
    name, so that the words beside it stay the owner's."""
    return tuple(block for routine in routines for block in _routine(routine))


def without_names(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """The same blocks for a place where nobody keeps them up one by one."""
    return tuple(replace(block, anchor="") for block in blocks)


def _routine(routine: Routine) -> Iterator[Block]:
    name = f"routine/{routine.key}"
    yield replace(small_heading(_with_duration(Text.of(routine.title), routine.duration)), anchor=name)
    if routine.words is not None:
        yield replace(paragraph(prose(routine.words), GREY), anchor=f"{name}/words")
    for place, block in enumerate(routine.blocks, start=1):
        yield from _block(block, f"{name}/{place}")


def _block(block: RoutineBlock, name: str) -> Iterator[Block]:
    """One box, or where it has steps one for each below its title."""
    title = _with_duration(bold(block.title), block.duration)
    said = Text.of(title, ": ", prose(block.text)) if block.text is not None else title
    if not block.steps:
        yield replace(to_do(said), anchor=name)
        return
    yield replace(paragraph(said), anchor=name)
    for place, step in enumerate(block.steps, start=1):
        yield replace(to_do(prose(step)), anchor=f"{name}/{place}")


def _with_duration(text: Text, duration: str | None) -> Text:
    return Text.of(text, f" ({duration})") if duration else text
