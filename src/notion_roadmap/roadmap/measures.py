"""What is counted: KPIs with their targets, the funnel of a job search, daily habits, requirements."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from notion_roadmap.roadmap.base import Key, Number, Title, Value
from notion_roadmap.roadmap.phase import Measure
from notion_roadmap.roadmap.task import OptionName
from notion_roadmap.roadmap.text import Text

Positive = Annotated[Number, Field(gt=0)]
Percent = Annotated[Number, Field(ge=0, le=100)]


class HabitCount(Value):
    """The sum of what a habit achieved."""

    kind: Literal["habit"]
    habit: Key


class CategoryCount(Value):
    """How many tasks of one category are completed."""

    kind: Literal["category"]
    category: OptionName


class StageCount(Value):
    """How many applications reached a stage of the funnel (the first stage: how many were sent)."""

    kind: Literal["stage"]
    stage: OptionName


class ConversionCount(Value):
    """Which percentage of the applications that reached one stage of the funnel also reached a later one."""

    kind: Literal["conversion"]
    from_stage: OptionName
    to_stage: OptionName


class OwnCount(Value):
    """What the owner enters."""

    kind: Literal["own"]


Counted = Annotated[HabitCount | CategoryCount | StageCount | ConversionCount | OwnCount, Field(discriminator="kind")]


class Kpi(Value):
    """A number that is watched, and what it should reach."""

    key: Key
    name: Title
    words: Text | None = None
    """What the document says about it."""
    counted: Counted
    """Where its value comes from."""
    target: Positive | None = None
    """What to reach in one period, in its unit; None where the document names no number."""
    unit: Title | None = None
    period: Literal["week", "total"] = "total"
    """Whether the value starts again each week or grows from the start of the roadmap."""
    total_target: Positive | None = None
    """What a weekly KPI should add up to over all weeks."""
    display: Literal["count", "percent"] = "count"
    """`count` reads "3 of 15", `percent` reads "20 % of 25 %"."""
    benchmark: Positive | None = None
    """What others reach, in the same unit."""
    active_in: Key | None = None
    """The key of the phase it belongs to; None means always."""


class FunnelStep(Value):
    """From one stage to another: which percentage should pass, and which does on average."""

    key: Key
    name: Title
    from_stage: OptionName
    to_stage: OptionName
    target: Percent
    benchmark: Percent | None = None
    words: Text | None = None


class Funnel(Value):
    """The stages of an application, in order, and the conversions between them."""

    title: Title
    stages: tuple[OptionName, ...] = Field(min_length=2)
    steps: tuple[FunnelStep, ...] = ()
    """None where the document names no conversions."""
    active_in: Key | None = None
    """The key of the phase it belongs to; None means always."""


class Habit(Value):
    """Something done every day; a tick counts as its target."""

    key: Key
    title: Title
    """As the document says it, such as `4 SQL problems`."""
    target: Positive
    unit: Title
    note: Text | None = None


class Requirement(Value):
    """Something the document calls indispensable, and what counts it."""

    key: Key
    text: Text
    note: Text | None = None
    measure: Measure | None = None
    """What counts it; absent where only the owner can say."""
