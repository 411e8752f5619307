"""What stands around the work: courses, platforms, books, statistics, timeline, principles."""

from __future__ import annotations

from pydantic import Field

from notion_roadmap.roadmap.base import Key, Title, Value
from notion_roadmap.roadmap.task import Line, OptionName
from notion_roadmap.roadmap.text import Text


class Resource(Value):
    """A course, a channel or a platform; the fields are those its table has."""

    title: Text
    focus: Text | None = None
    duration: Text | None = None
    instructor: Text | None = None
    cost: Text | None = None
    priority: OptionName | None = None
    usage: Text | None = None


class ResourceTable(Value):
    """Resources of one kind."""

    key: Key
    title: Title
    columns: tuple[Title, ...] = Field(min_length=1)
    """The names of the columns in the document, the first being the resource itself."""
    resources: tuple[Resource, ...] = Field(min_length=1)


class Book(Value):
    """A book worth reading."""

    title: Title
    author: Title | None = None
    note: Text | None = None


class Topic(Value):
    """A few lines under a heading."""

    title: Title
    subtitle: Title | None = None
    lines: tuple[Line, ...] = ()
    closing: Text | None = None


class Titles(Value):
    """The document's own headings for parts that are lists."""

    kpis: Title | None = None
    habits: Title | None = None
    weekly_review: Title | None = None
    transition: Title | None = None
    risk_rules: Title | None = None
    requirements: Title | None = None
    resources: Title | None = None
    practice_platforms: Title | None = None
    books: Title | None = None
    mantras: Title | None = None
