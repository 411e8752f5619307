"""A phase: when it is, what it is for, its tasks, and what must be true before the next one."""

from __future__ import annotations

from pydantic import Field

from notion_roadmap.roadmap.base import Key, Markdown, Number, Title, Value
from notion_roadmap.roadmap.task import Line, OptionName, Task
from notion_roadmap.roadmap.text import Text
from notion_roadmap.roadmap.window import Window


class Measure(Value):
    """What a success criterion counts: it is met when the KPI, added up since the start, reaches the target."""

    kpi: Key
    target: Number


class Criterion(Value):
    """One thing that must be true at the end of a phase."""

    key: Key
    text: Text
    group: Title | None = None
    """The heading it stands under, where there are several, such as `Week 1 (Days 1-7)`."""
    measure: Measure | None = None
    """How it is met by itself; absent where only the owner can say."""
    met: bool = False
    """Whether the document says that it is met already."""


class Choice(Value):
    """A choice between tasks of which one is enough."""

    key: Key
    title: Title


class Phase(Value):
    """A stretch of the roadmap with a goal of its own."""

    key: Key
    title: Title
    """Its name, such as `Foundation Mastery`."""
    option: OptionName
    """Its name among the options of the phase property, such as `Phase 1`."""
    heading: Title | None = None
    """The whole heading of the document."""
    window: Window | None = None
    goal: Text | None = None
    market: Line | None = None
    """Why the market asks for it, under the label that the document gives it."""
    timeline: Text | None = None
    success_metric: Text | None = None
    lines: tuple[Line, ...] = ()
    """Every other labelled line about the phase as a whole, in the order of the document."""
    notes: Markdown | None = None
    """Whatever else the document says about it, as it says it."""
    choices: tuple[Choice, ...] = ()
    tasks: tuple[Task, ...] = Field(min_length=1)
    criteria_title: Title | None = None
    criteria: tuple[Criterion, ...] = ()
