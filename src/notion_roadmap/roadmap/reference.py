"""What stands around the work: courses, platforms, books, statistics, timeline, principles."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from notion_roadmap.roadmap.base import Key, Markdown, Number, Title, Value
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


class Pillar(Value):
    """A subject that runs through all phases; tasks belong to one."""

    key: Key
    option: OptionName
    """Its name among the options of the pillar property, such as `Pillar 4` or `AWS Cloud Engineering`."""
    title: Title
    note: Text | None = None


class Skill(Value):
    """Something one can, and how well."""

    level: Title | None = None
    """How well, in the words or with the mark of the document: `✅ Expert`, `❌`."""
    text: Text


class Competency(Value):
    """What one can at a stage of the way."""

    key: Key
    title: Title
    phase: Key | None = None
    """The key of the phase at whose end this is so."""
    skills: tuple[Skill, ...] = Field(min_length=1)


class QuestionType(Value):
    """Interview questions of one kind."""

    title: Title
    percent: Annotated[Number, Field(ge=0, le=100)] | None = None
    """Its share of an interview."""
    questions: tuple[Text, ...] = ()


class QuestionSet(Value):
    """What an interview for one level asks."""

    key: Key
    title: Title
    types: tuple[QuestionType, ...] = Field(min_length=1)


class SkillPair(Value):
    """What one skill becomes."""

    source: Text
    target: Text


class SkillMapping(Value):
    """How the skills of one stage become those of the next."""

    key: Key
    title: Title
    source: Title
    """The heading over the skills one starts from."""
    target: Title
    """The heading over what they become."""
    pairs: tuple[SkillPair, ...] = Field(min_length=1)


class Note(Value):
    """A passage of the document that is no other part of a roadmap, kept as it was written."""

    key: Key
    title: Title
    body: Markdown


class Titles(Value):
    """The document's own headings for parts that are lists."""

    pillars: Title | None = None
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
    routines: Title | None = None
    competencies: Title | None = None
    questions: Title | None = None
    mappings: Title | None = None
