"""The table that the document asks for: its properties with their options, and its views, named to the letter."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from notion_roadmap.roadmap.base import Key, Title, Value
from notion_roadmap.roadmap.task import OptionName
from notion_roadmap.roadmap.text import Text

Role = Literal[
    "task",
    "phase",
    "pillar",
    "week",
    "category",
    "status",
    "priority",
    "hours",
    "due_date",
    "deliverable",
    "proof",
    "skills",
    "course_resource",
    "notes",
]
"""What a property holds, whatever its name is."""

Kind = Literal["title", "select", "multi_select", "number", "date", "text", "url"]
Layout = Literal["table", "board", "list", "calendar", "gallery", "timeline"]
Color = Literal["default", "gray", "brown", "orange", "yellow", "green", "blue", "purple", "pink", "red"]
Meaning = Literal["not_started", "in_progress", "blocked", "completed"]


class Option(Value):
    """One choice of a select or multi-select property."""

    name: OptionName
    color: Color | None = None
    means: Meaning | None = None
    """For the options of the status property: what this one says about the work."""


class Property(Value):
    """A documented column."""

    role: Role
    name: Title
    also_called: tuple[Title, ...] = ()
    """Other names that the document gives it."""
    type: Kind
    options: tuple[Option, ...] = ()
    """In the order of the document; skills may go beyond them."""
    words: Text | None = None
    """What the document says about it."""


class Filter(Value):
    """Only the tasks whose property has this option."""

    property: Title
    equals: OptionName


class View(Value):
    """A documented view of the tasks."""

    key: Key
    name: Title
    also_called: tuple[Title, ...] = ()
    layout: Layout
    group_by: Title | None = None
    """The name of a property."""
    date_property: Title | None = None
    """The name of a property: on which day a task stands in a calendar."""
    filter: Filter | None = None
    words: Text | None = None


class DocumentedProgress(Value):
    """The progress figure that the document asks for."""

    name: Title
    words: Text


class Tracking(Value):
    """The table of tasks as the document describes it."""

    name: Title
    properties: tuple[Property, ...] = Field(min_length=1)
    views: tuple[View, ...] = ()
    progress: DocumentedProgress | None = None
    words: Text | None = None
    """How to fill it, in the words of the document."""

    def property(self, role: Role) -> Property | None:
        """The property that plays this role, if the document has one."""
        return next((found for found in self.properties if found.role == role), None)
