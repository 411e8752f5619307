"""The boxes on the page of a task: what it produces, and the steps on the way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from notion_roadmap.blueprint.passages import passage
from notion_roadmap.blueprint.prose import prose
from notion_roadmap.roadmap import Step, Task
from notion_roadmap.roadmap import Text as Written
from notion_roadmap.roadmap.record import Boxes
from notion_roadmap.workspace.blocks import Block, BlockType


def step_blocks(steps: Iterable[Written | Step], *, done: bool = False) -> Iterator[Block]:
    """The steps as boxes to tick, those within a step below it.

    Args:
        done: tick them all.
    """
    for step in steps:
        text, below, ticked = (step.text, step.steps, step.done) if isinstance(step, Step) else (step, (), False)
        children = tuple(step_blocks(below, done=done or ticked))
        yield Block(BlockType.TO_DO, prose(text), children, checked=done or ticked)


def step_lines(steps: Iterable[Written | Step], depth: int = 0) -> Iterator[tuple[int, Written]]:
    """The steps one below the other, each with its depth."""
    for step in steps:
        if isinstance(step, Step):
            yield depth, step.text
            yield from step_lines(step.steps, depth + 1)
        else:
            yield depth, step


def first_boxes(task: Task, *, lean: bool, done: bool) -> Boxes | None:
    """The boxes that its page is made with; None where it has none. A step with steps of its own is one box: it is
    ticked when they are.

    Args:
        done: the task was done before the roadmap began.
    """
    if lean:
        return None
    written = [one.checked for one in passage(task.notes or "") if one.type is BlockType.TO_DO]
    own = len(task.deliverables) + len(task.steps)
    ticked = own if done else sum(isinstance(step, Step) and step.done for step in task.steps)
    return Boxes(ticked + sum(written), own + len(written)) if own + len(written) else None
