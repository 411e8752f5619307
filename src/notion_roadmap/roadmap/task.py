"""The work: one task or project of a phase, with every line its document gives it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from notion_roadmap.roadmap.base import MAX_OPTION, Key, Markdown, Number, Title, Value
from notion_roadmap.roadmap.text import Text
from notion_roadmap.roadmap.window import Window


def _option(name: str) -> str:
    if "," in name:
        raise PydanticCustomError("option_comma", "the name of an option may hold no comma", {})
    length = len(name.encode("utf-16-le")) // 2
    if length > MAX_OPTION:
        raise PydanticCustomError(
            "option_too_long", "this name has {length} characters", {"length": length, "max_length": MAX_OPTION}
        )
    return name


OptionName = Annotated[Title, AfterValidator(_option)]
"""The name of an option: short, and without a comma, because a list of options is separated by commas."""

Scope = Literal["required", "alternative", "stretch"]
"""`required` counts for the gate of its phase; `alternative` waits behind its required twin; `stretch` is extra."""


class Line(Value):
    """A labelled line: `**Label:** text`, or a label over a list."""

    label: Title
    text: Text | None = None
    items: tuple[Text, ...] = ()


class Step(Value):
    """A step that the document ticks off already, or one with steps of its own."""

    text: Text
    done: bool = False
    """Whether the document says that it is done."""
    steps: tuple[Text | Step, ...] = ()


class Task(Value):
    """One item of a phase."""

    key: Key
    """Its name for good, unique in the roadmap, such as `phase-2/project-1`."""
    title: Title
    """The heading, such as `Task 1: Python Fundamentals`."""
    description: Text | None = None
    """What is to be done, in a sentence."""
    pillar: OptionName | None = None
    """The option of the pillar it belongs to, where the document has pillars."""
    week: OptionName | None = None
    """The option of its week, such as `Week 5`, where the document plans by the week."""
    window: Window | None = None
    """When it takes place, where the document says so of the task itself; else it is laid within its phase."""
    section: Title | None = None
    """The heading under which it stands within its phase."""
    track: Title | None = None
    """The heading of its track, where a section offers several to choose from."""
    category: OptionName | None = None
    """One of the options of the category property."""
    priority: OptionName | None = None
    """One of the options of the priority property."""
    priority_note: Text | None = None
    """Why it has that priority."""
    hours: Annotated[Number, Field(gt=0, le=100_000)] | None = None
    """Estimated hours; absent where the document gives no plain number."""
    hours_as_written: Title | None = None
    """The hours in the words of the document, such as `200+` or `Ongoing`."""
    steps: tuple[Text | Step, ...] = ()
    """What to go through on the way, in order: topics, sub-tasks. They become boxes to tick on its page."""
    deliverables: tuple[Text, ...] = ()
    """What it produces: one text, or the list of the document."""
    expected_proof: Text | None = None
    """What would prove that it is done."""
    course_resource: Text | None = None
    """Where to learn it; several links stand on lines of their own."""
    skills: tuple[OptionName, ...] = ()
    lines: tuple[Line, ...] = ()
    """Every other labelled line, in the order of the document."""
    notes: Markdown | None = None
    """Whatever else the document says about it, as it says it: code, tables, paragraphs."""
    completed: bool = False
    """Whether the document says that it is done already."""
    scope: Scope = "required"
    pick_one: Key | None = None
    """The key of the choice it belongs to, where one of several tasks is enough."""
