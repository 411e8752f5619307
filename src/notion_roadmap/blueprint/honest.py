"""How far the weekly hours really take: said in the plan, before anything is made."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from notion_roadmap.blueprint.calendar import Calendar, calendar_of, required_hours, windows_of
from notion_roadmap.blueprint.choices import Choices, done_before, iso_week
from notion_roadmap.blueprint.order import scopes_of
from notion_roadmap.blueprint.workdays import workdays_of
from notion_roadmap.roadmap import Roadmap


@dataclass(frozen=True, slots=True)
class Load:
    """What one phase asks for.

    Args:
        hours: of its required tasks that are not done; those without a plain number count nothing.
        weekly_hours: what its own window would take, None where it is open.
        planned: the last day of its window, None where it is open.
        honest: the last day of its work at the owner's hours, all phases before it included.
    """

    phase: str
    hours: float
    weekly_hours: float | None
    planned: date | None
    honest: date

    @property
    def late(self) -> int:
        """Days from the end of the window to the honest end; negative when there is room."""
        return (self.honest - self.planned).days if self.planned else 0


@dataclass(frozen=True, slots=True)
class TaskLoad:
    """How the required tasks that are left are spread where the document names no hours.

    Args:
        left, dated: how many there are, and how many of them have a due date.
        first, last: the first day of work and the last due date, None where nothing is dated.
        busiest: the ISO week in which most are due, and how many that are.
    """

    left: int
    dated: int
    first: date | None = None
    last: date | None = None
    busiest: tuple[str, int] | None = None

    @property
    def words(self) -> str:
        """One sentence for the plan."""
        if not self.left:
            return "Nothing required is left."
        tasks = f"{self.left} required task{'' if self.left == 1 else 's'}"
        if self.first is None or self.last is None or self.busiest is None:
            return f"The document gives {tasks} neither hours nor an end, so nobody can say when they are done."
        weeks = max(1, (self.last - self.first).days + 1) / 7
        week, most = self.busiest
        said = (
            f"The document names no hours: {tasks} until {self.last.isoformat()} are "
            f"{self.dated / max(weeks, 1):.1f} a week, {most} in the fullest one ({week})"
        )
        open_ended = self.left - self.dated
        return f"{said}; {open_ended} have no end." if open_ended else f"{said}."


@dataclass(frozen=True, slots=True)
class HonestEnd:
    """When the required work would really end.

    Args:
        hours: required hours that are left, of phases whose window has an end.
        weekly_hours: what the owner gives.
        needed: hours a week that would keep every window, None where no window has an end.
        planned: the last day of the last window that has an end.
        honest: the last day of that work at the owner's hours.
        uncounted: required tasks without a plain number of hours.
        tasks: where no task has hours, how the tasks are spread instead; else None.
    """

    hours: float
    weekly_hours: float
    needed: float | None
    planned: date | None
    honest: date
    uncounted: int
    phases: tuple[Load, ...]
    tasks: TaskLoad | None = None

    @property
    def words(self) -> str:
        """One sentence for the plan."""
        if self.tasks is not None:
            return self.tasks.words
        said = f"{self.hours:,.0f} required hours at {self.weekly_hours:g} a week end on {self.honest.isoformat()}"
        if self.planned is not None and self.needed is not None:
            said += f"; the roadmap says {self.planned.isoformat()}"
            if self.needed > self.weekly_hours:
                said += f", and keeping each of its windows takes {self.needed:.1f} hours a week"
        worst = max(self.phases, key=lambda load: load.late)
        if worst.late > 0:
            said += f". {worst.phase} would end on {worst.honest.isoformat()}, {worst.late} days late"
        if self.uncounted:
            one = self.uncounted == 1
            tasks = "task names no number of hours and is" if one else "tasks name no number of hours and are"
            said += f" ({self.uncounted} required {tasks} not counted)"
        return said + "."


def honest_end(roadmap: Roadmap, choices: Choices) -> HonestEnd:
    """Lay all required work end to end at the owner's weekly hours, and compare with the windows."""
    windows, done = windows_of(roadmap, choices), done_before(roadmap, choices)
    scopes = scopes_of(roadmap, choices.done)
    begin, spent, needed = choices.first_day, Fraction(), Fraction()
    loads: list[Load] = []
    for phase in sorted(roadmap.phases, key=lambda p: windows[p.key].first):
        window = windows[phase.key]
        hours = required_hours((t for t in phase.tasks if t.key not in done), scopes)
        spent += hours
        weekly = None
        if window.last is not None:
            weekly = float(hours / _weeks(window.first, window.last))
            needed = max(needed, spent / _weeks(begin, window.last))
        loads.append(Load(phase.option, float(hours), weekly, window.last, _after(begin, spent, choices)))
    closed = [load for load in loads if load.planned is not None] or loads
    left = [t for _, t in roadmap.tasks() if scopes[t.key] == "required" and t.key not in done]
    timed = any(task.hours for _, task in roadmap.tasks())
    return HonestEnd(
        hours=sum(load.hours for load in closed),
        weekly_hours=choices.weekly_hours,
        needed=round(float(needed), 1) if closed[-1].planned else None,
        planned=closed[-1].planned,
        honest=closed[-1].honest,
        uncounted=sum(1 for task in left if not task.hours),
        phases=tuple(loads),
        tasks=None if timed else _task_load([task.key for task in left], calendar_of(roadmap, choices, scopes)),
    )


def _task_load(left: Collection[str], calendar: Calendar) -> TaskLoad:
    dates = [calendar.dates[key] for key in left]
    dues = [one.due for one in dates if one.due is not None]
    starts = [one.start for one in dates if one.start is not None]
    if not dues or not starts:
        return TaskLoad(len(left), 0)
    weeks = Counter(map(iso_week, dues))
    busiest = min(weeks, key=lambda week: (-weeks[week], week))
    return TaskLoad(len(left), len(dues), min(starts), max(dues), (busiest, weeks[busiest]))


def _weeks(first: date, last: date) -> Fraction:
    return Fraction(max(1, (last - first).days + 1), 7)


def _after(begin: date, hours: Fraction, choices: Choices) -> date:
    workdays = workdays_of(choices)
    days = math.ceil(hours / (Fraction(choices.weekly_hours) / workdays.in_a_week))
    return workdays.after(begin, max(0, days - 1))
