"""What is counted, as values: KPIs, the funnel, the days, one week's facts. Percentages are from 0 to 100; None is
"n/a" and never to be shown as 0."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Literal

Trend = Literal["up", "steady", "down"]


@dataclass(frozen=True, slots=True, kw_only=True)
class KpiValue:
    """One KPI today.

    Args:
        value: of its period: this week, or everything since the start.
        week, total: the value of this week and the sum since the start. A conversion has no value of a week.
        target: what to reach in one period; `attainment` is value / target, so that 1 is reached.
        total_target: what a weekly KPI should add up to.
        n: for a conversion, the applications in its denominator.
        trend: compared with the weeks before, None until there are some.
        active: whether its phase is the current one, or over; a KPI without phase always is.
        buffer: days for which one could do nothing and still be on the line to the target; negative: days behind it.
            None for percentages, without target, and before it is active.
    """

    name: str
    value: float | None
    week: float | None
    total: float | None
    target: float | None
    total_target: float | None
    attainment: float | None
    unit: str | None
    period: Literal["week", "total"]
    display: Literal["count", "percent"]
    benchmark: float | None
    n: int | None
    trend: Trend | None
    active: bool
    buffer: int | None

    def as_dict(self) -> dict[str, object]:
        """For JSON."""
        return asdict(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class HabitsOfDay:
    """What the habits look like on one day.

    Args:
        streak: days in a row on which every habit was done; days off and pauses neither count nor break it.
        strength: from 0 to 1, how much of the last 28 days was done.
    """

    streak: int | None
    strength: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HabitNumbers:
    """Today's habits, each by its key and all together, and those of every day in the log up to
    today, and of today.

    Args:
        days: by date.
    """

    together: HabitsOfDay
    habits: Mapping[str, HabitsOfDay]
    days: Mapping[date, HabitsOfDay]

    def as_dict(self) -> dict[str, object]:
        """For JSON; the days of the past are left out."""
        each = {key: asdict(one) for key, one in self.habits.items()}
        return {**asdict(self.together), "each": each}


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseWeek:
    """Tasks of one phase in a week: completed in it (keys), completed by its end, and all there are."""

    completed: tuple[str, ...]
    completed_so_far: int
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekFacts:
    """What happened in a week. Keys are of tasks; lists are in the order of the plan.

    Args:
        label: its ISO week, such as `2026-W47`.
        phase: the option of the phase that was current at its end.
        phases: by option, those in which there was something to complete or completed.
        advanced: projects that were completed, started or otherwise moved, each with a word for how.
        skills: those of every task that was worked on.
        metrics: by KPI, its value of this week.
        course_hours: estimated hours of completed tasks that are no projects.
        blocked: tasks that are blocked.
        said, did: the priorities of the week, and those of them that were completed by its end.
        carried: said and not done.
        slipped: required, first due in this week, and not completed by its end.
        started, reopened: tasks that were seen to change so.
        hours_planned: required hours first due in this week.
        hours_done: estimated hours of what was completed in it; `hours_spent`: what those tasks really took.
        scope_change: required hours more or less than in the week before; None where that is not known.
    """

    label: str
    first: date
    last: date
    phase: str | None
    phases: Mapping[str, PhaseWeek]
    advanced: tuple[tuple[str, str], ...]
    skills: tuple[str, ...]
    metrics: Mapping[str, float | None]
    course_hours: float | None
    blocked: tuple[str, ...]
    said: tuple[str, ...]
    did: tuple[str, ...]
    carried: tuple[str, ...]
    slipped: tuple[str, ...]
    started: tuple[str, ...]
    reopened: tuple[str, ...]
    hours_planned: float | None
    hours_done: float | None
    hours_spent: float | None
    scope_change: float | None
