"""The facts of a lived-in roadmap as of a moment: what its owner did, entered and decided.

Rows that the owner added by hand are records like all others. Everything is what stands there, never what follows from
it: that is for `progress` to say.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, tzinfo
from typing import Literal, NamedTuple

from notion_roadmap.roadmap.tracking import Meaning

TaskScope = Literal["required", "alternative", "stretch", "dropped"]
"""The scope of a template's task, or `dropped`: left out for good by its owner."""

Focus = Literal["now", "next", "later"]

Fact = Literal[
    "tasks.phase",
    "tasks.category",
    "tasks.status",
    "tasks.priority",
    "tasks.hours",
    "tasks.hours_spent",
    "tasks.due_date",
    "tasks.baseline_due",
    "tasks.completed_on",
    "tasks.proof",
    "tasks.skills",
    "tasks.pillar",
    "tasks.week",
    "tasks.scope",
    "criteria.met",
    "days.date",
    "applications.stage",
    "kpis.own_entry",
]
"""A kind of fact that numbers are made from."""


class Boxes(NamedTuple):
    """Deliverables ticked on the page of a task."""

    done: int
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskRecord:
    """One task as it stands.

    Args:
        key: its name in the roadmap; for a row that the owner added, any name that stays.
        phase: the option of its phase, None where it has none: it then counts for the whole only.
        pillar, week: their options, None where it has none.
        status: nobody said means not started.
        scope: nobody said means required.
        hours: estimated; None where there is no plain number.
        hours_spent: what it really took so far, as its owner entered it.
        percent_done: from 0 to 1, as its owner entered it. A share that was computed is not entered: None.
        boxes: deliverables on its page; None where it has none or nobody looked.
        completed_on: the day on which it was completed; None for what was done before the roadmap began, too.
        focus: as it stands; `focus_chosen` says that its owner chose it.
        blocked_by: keys of tasks that must be completed before.
        pick_one: the choice to which it belongs, where one of several tasks is enough.
        removed: its owner trashed it. It counts in the weeks in which it was worked on, and nowhere else.
    """

    key: str
    title: str
    phase: str | None = None
    pillar: str | None = None
    week: str | None = None
    category: str | None = None
    status: Meaning = "not_started"
    scope: TaskScope = "required"
    priority: str | None = None
    hours: float | None = None
    hours_spent: float | None = None
    percent_done: float | None = None
    boxes: Boxes | None = None
    start: date | None = None
    due: date | None = None
    baseline_due: date | None = None
    completed_on: date | None = None
    has_proof: bool = False
    skills: tuple[str, ...] = ()
    focus: Focus | None = None
    focus_chosen: bool = False
    blocked_by: tuple[str, ...] = ()
    pick_one: str | None = None
    removed: bool = False

    @property
    def completed(self) -> bool:
        """Whether it is done."""
        return self.status == "completed"


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseRecord:
    """One phase as it stands.

    Args:
        option: its name among the options, such as `Phase 1`.
        first, last: its window; `last` is None where it is open, `first` where it has none.
        advance_anyway: its owner goes on although the gate is locked.
    """

    option: str
    first: date | None = None
    last: date | None = None
    advance_anyway: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionRecord:
    """A success criterion of a phase, or with no phase a requirement of the whole.

    Args:
        chosen: the tick or its absence where the owner decided it; None where it follows from its measure.
        kpi, target: what it counts and what that must reach; None where only the owner can say.
    """

    key: str
    title: str
    phase: str | None = None
    chosen: bool | None = None
    kpi: str | None = None
    target: float | None = None


class HabitEntry(NamedTuple):
    """What one day says about one habit.

    Args:
        exactly: in the habit's unit, where the owner wanted to be exact; it counts instead of the tick.
    """

    ticked: bool = False
    exactly: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DayRecord:
    """One row of the daily log; `habits` by the key of the habit. Two rows of one date are one day."""

    day: date
    habits: Mapping[str, HabitEntry] = field(default_factory=dict)
    day_off: bool = False
    key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationRecord:
    """One application.

    Args:
        stage: where it is, one of the funnel's; None where it was not sent yet.
        reached: by stage, the day on which it was first seen there. Stages may be skipped. It came as far as the
            furthest of them, also where it was moved back since.
        outcome: as its owner says; None while it is open.
    """

    key: str
    stage: str | None = None
    reached: Mapping[str, date] = field(default_factory=dict)
    outcome: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KpiEntry:
    """What the owner entered for a KPI that nothing else counts, and the day on which it was first seen."""

    kpi: str
    day: date
    value: float


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusEvent:
    """A task was seen in another status than before; `observed` is aware. `before` is None for a row that is new."""

    task: str
    before: Meaning | None
    after: Meaning
    observed: datetime


class Pause(NamedTuple):
    """Days on which nothing is expected, both included; `last` is None where there is no end yet."""

    first: date
    last: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekRecord:
    """What a week was for: the keys of its priorities. `first` is any day of it. A `removed` one had a page that its
    owner threw away, and is not written any more."""

    first: date
    priorities: tuple[str, ...] = ()
    closed: bool = False
    removed: bool = False


Series = Literal["done", "scope", "plan"]


class HistoryPoint(NamedTuple):
    """One point of the burn-up, as it was written: `week` is the first day of its week."""

    week: date
    series: Series
    hours: float
    tasks: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PastForecast:
    """What was forecast once. `subject` is the option of a phase, or "" for the whole."""

    made_on: date
    subject: str
    p50: date
    p85: date


class Capacity(NamedTuple):
    """From this day on, so many hours a week go into the roadmap."""

    since: date
    weekly_hours: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Steering:
    """What the owner set.

    Args:
        start: the first day of the roadmap.
        zone: where the owner's days begin and end.
        capacities: weekly hours, with the days from which they held; in any order.
        week_start: the weekday on which a week begins, 0 for Monday.
        pauses: with the one that lasts until the day that the settings say.
        workdays: weekdays on which something is to be done, 0 for Monday.
        days_off: days on which nothing is, although their weekday is one of those.
    """

    start: date
    zone: tzinfo = UTC
    capacities: tuple[Capacity, ...] = ()
    week_start: int = 0
    pauses: tuple[Pause, ...] = ()
    workdays: frozenset[int] = frozenset(range(7))
    days_off: frozenset[date] = frozenset()

    def is_free(self, day: date) -> bool:
        """Whether nothing is to be done on this day, by the owner's week or a holiday."""
        return day.weekday() not in self.workdays or day in self.days_off


@dataclass(frozen=True, slots=True, weakref_slot=True, kw_only=True)
class Record:
    """Everything that is known. The order of its lists means nothing.

    Args:
        missing: facts for which there is no column any more. What needs one of them is "n/a", never 0. A removed box
            of a habit is in `missing_habits`, by the key of the habit.
    """

    steering: Steering
    tasks: tuple[TaskRecord, ...] = ()
    phases: tuple[PhaseRecord, ...] = ()
    criteria: tuple[CriterionRecord, ...] = ()
    days: tuple[DayRecord, ...] = ()
    applications: tuple[ApplicationRecord, ...] = ()
    entries: tuple[KpiEntry, ...] = ()
    events: tuple[StatusEvent, ...] = ()
    weeks: tuple[WeekRecord, ...] = ()
    history: tuple[HistoryPoint, ...] = ()
    forecasts: tuple[PastForecast, ...] = ()
    missing: frozenset[Fact] = frozenset()
    missing_habits: frozenset[str] = frozenset()

    @property
    def live(self) -> tuple[TaskRecord, ...]:
        """The tasks that are there: all but what was trashed."""
        return tuple(task for task in self.tasks if not task.removed)

    def lacks(self, *facts: Fact) -> bool:
        """Whether one of these has no column any more."""
        return not self.missing.isdisjoint(facts)
