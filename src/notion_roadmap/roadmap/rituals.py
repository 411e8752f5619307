"""What is done again and again, and what to do when things go wrong."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from notion_roadmap.roadmap.base import Key, Number, Title, Value
from notion_roadmap.roadmap.text import Text


class RoutineBlock(Value):
    """A part of a routine: `Deep Dive`, `Monday-Wednesday`."""

    title: Title
    duration: Title | None = None
    """As documented, such as `30-45 minutes`."""
    text: Text | None = None
    steps: tuple[Text, ...] = ()


class Routine(Value):
    """What is done in every day or every week, as a list to tick."""

    key: Key
    title: Title
    rhythm: Literal["daily", "weekly", "afterwards"]
    """`daily` stands on each day of the log, `weekly` in each weekly review; `afterwards` begins when all is done."""
    duration: Title | None = None
    words: Text | None = None
    blocks: tuple[RoutineBlock, ...] = Field(min_length=1)


class ReviewField(Value):
    """One line of the weekly review."""

    key: Key
    text: Text
    """As documented, placeholders in brackets included: `SQL problems solved: [X]`."""
    kpi: Key | None = None
    """The KPI whose value of the week belongs here."""
    active_in: Key | None = None
    """The key of the only phase in which it is asked."""
    note: Text | None = None


class ReviewSection(Value):
    """A heading of the weekly review with its lines."""

    key: Key
    title: Title
    style: Literal["checklist", "list", "numbered"]
    fields: tuple[ReviewField, ...] = Field(min_length=1)


class ReviewTemplate(Value):
    """The weekly review, empty."""

    title: Title
    sections: tuple[ReviewSection, ...] = Field(min_length=1)


class TransitionChecklist(Value):
    """What to check off between two phases."""

    title: Title
    criteria_title: Title
    placeholders: tuple[Text, ...] = ()
    """Where the success criteria of the phase stand."""
    items: tuple[Text, ...] = ()
    """What is checked at the end of every phase."""
    ready: Text | None = None


class RiskRule(Value):
    """If this happens, do that."""

    key: Key
    condition: Text
    actions: tuple[Text, ...] = Field(min_length=1)


class EmergencyProtocol(Value):
    """What to do when the plan has slipped too far."""

    title: Title
    condition: Text
    threshold_weeks: Annotated[Number, Field(gt=0)]
    """Weeks behind the plan above which the protocol applies."""
    steps: tuple[Text, ...] = Field(min_length=1)


class Multiplier(Value):
    """What the document thinks raises the chance of success."""

    text: Text
    percent: Number


class SuccessProbability(Value):
    """The document's own claim, shown as such and never computed with."""

    title: Title
    base_percent: Number
    base_words: Text
    multipliers: tuple[Multiplier, ...] = ()
    claim: Text
