"""What stands on the page of a task: everything that its document says and no property holds."""

from __future__ import annotations

from collections.abc import Iterable

from notion_roadmap.blueprint.outline import Outline
from notion_roadmap.blueprint.passages import flattened, passage
from notion_roadmap.blueprint.prose import (
    GREY,
    bullet,
    labelled,
    paragraph,
    prose,
    small_heading,
    to_do,
    with_note,
)
from notion_roadmap.blueprint.steps import step_blocks, step_lines
from notion_roadmap.roadmap import Task
from notion_roadmap.workspace.blocks import Block
from notion_roadmap.workspace.text import Text


def task_body(outline: Outline, task: Task) -> tuple[Block, ...]:
    """The page of a task, in the order in which one reads it."""
    if outline.choices.lean:
        return flattened(_lean(task))
    where = " › ".join(filter(None, (task.section, task.track)))
    blocks = [paragraph(where, GREY)] if where else []
    if task.description is not None:
        blocks.append(paragraph(prose(task.description)))
    if task.steps:
        blocks += [small_heading("Steps"), *step_blocks(task.steps, done=outline.was_done(task))]
    if task.deliverables:
        blocks.append(small_heading("Deliverables" if len(task.deliverables) > 1 else "Deliverable"))
        blocks += [to_do(prose(text), checked=outline.was_done(task)) for text in task.deliverables]
    details = [bullet(labelled(label, text), items) for label, text, items in _details(task)]
    if details:
        blocks += [small_heading("How"), *details]
    return (*blocks, *(passage(task.notes) if task.notes is not None else ()))


def _details(task: Task) -> Iterable[tuple[str, Text, tuple[Text, ...]]]:
    """The labelled lines, each with its items: the document's, and what a property shows only in part."""
    if task.course_resource is not None:
        yield "Course Resource", prose(task.course_resource), ()
    for line in task.lines:
        yield line.label, prose(line.text), tuple(map(prose, line.items))
    if task.priority_note is not None:
        yield "Priority", with_note(Text.of(task.priority or ""), task.priority_note), ()
    if task.hours is None and task.hours_as_written is not None:
        yield "Hours", Text.of(task.hours_as_written), ()


def _lean(task: Task) -> Iterable[Block]:
    yield from (paragraph(text) for text in (task.section, task.track) if text)
    if task.description is not None:
        yield paragraph(prose(task.description))
    for depth, step in step_lines(task.steps):
        yield paragraph(Text.of("  " * depth, "• ", prose(step)))
    for label, text, items in _details(task):
        yield paragraph(labelled(label, text))
        yield from (paragraph(Text.of("• ", item)) for item in items)
    if task.notes is not None:
        yield from passage(task.notes)
