"""A roadmap: the whole document as one value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated

from pydantic import Field, StrictInt

from notion_roadmap.roadmap.base import Key, Title, Value
from notion_roadmap.roadmap.default_rituals import default_review, habit_of
from notion_roadmap.roadmap.measures import Funnel, Habit, Kpi, Requirement
from notion_roadmap.roadmap.ordering import places
from notion_roadmap.roadmap.phase import Phase
from notion_roadmap.roadmap.reference import (
    Book,
    Competency,
    Note,
    Pillar,
    QuestionSet,
    ResourceTable,
    SkillMapping,
    Titles,
    Topic,
)
from notion_roadmap.roadmap.rituals import (
    EmergencyProtocol,
    ReviewTemplate,
    RiskRule,
    Routine,
    SuccessProbability,
    TransitionChecklist,
)
from notion_roadmap.roadmap.task import Line, Task
from notion_roadmap.roadmap.text import Text
from notion_roadmap.roadmap.tracking import Tracking


class Roadmap(Value):
    """Everything a roadmap document says; a part that the document does not have is empty or None."""

    key: Key
    title: Title
    icon: Title | None = None
    """One emoji."""
    version: Annotated[StrictInt, Field(ge=1)]
    """Raised with every change, so that a workspace knows which one it was made from."""
    source: Title | None = None
    """The document it comes from."""
    goal: Text | None = None
    about: tuple[Line, ...] = ()
    """The labelled lines at the head of the document: for whom it is, how much time it asks for."""
    tracking: Tracking
    titles: Titles = Titles()
    statistics: Topic | None = None
    pillars: tuple[Pillar, ...] = ()
    phases: tuple[Phase, ...] = Field(min_length=1)
    kpis: tuple[Kpi, ...] = ()
    funnel: Funnel | None = None
    habits: tuple[Habit, ...] = ()
    routines: tuple[Routine, ...] = ()
    weekly_review: ReviewTemplate | None = None
    transition: TransitionChecklist | None = None
    risk_rules: tuple[RiskRule, ...] = ()
    emergency: EmergencyProtocol | None = None
    success_probability: SuccessProbability | None = None
    requirements: tuple[Requirement, ...] = ()
    resources: tuple[ResourceTable, ...] = ()
    practice_platforms: ResourceTable | None = None
    books: tuple[Book, ...] = ()
    timeline: Topic | None = None
    principles: tuple[Topic, ...] = ()
    mantras: tuple[Text, ...] = ()
    competencies: tuple[Competency, ...] = ()
    questions: tuple[QuestionSet, ...] = ()
    mappings: tuple[SkillMapping, ...] = ()
    notes: tuple[Note, ...] = ()

    @property
    def daily_habits(self) -> tuple[Habit, ...]:
        """What is ticked off every day: the habits of the document, or where it has none its daily routines."""
        return self.habits or tuple(map(habit_of, (one for one in self.routines if one.rhythm == "daily")))

    @property
    def review(self) -> ReviewTemplate:
        """The weekly review: the document's, or where it has none one that asks what any roadmap can answer."""
        return self.weekly_review or default_review(self.kpis)

    @property
    def places(self) -> Mapping[str, int]:
        """The place of each task in its phase as one reads it, by its key."""
        return {k: place for phase in self.phases for k, place in places([t.key for t in phase.tasks]).items()}

    def tasks(self) -> Iterator[tuple[Phase, Task]]:
        """Every task with its phase, in the order of the document."""
        for phase in self.phases:
            for task in phase.tasks:
                yield phase, task
