"""How far the weekly hours really take: said in the plan, before anything is made."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from notion_roadmap.blueprint.calendar import required_hours, windows_of
from notion_roadmap.blueprint.choices import Choices, later
from notion_roadmap.blueprint.order import scopes_of
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
class HonestEnd:
    """When the required work would really end.

    Args:
        hours: required hours that are left, of phases whose window has an end.
        weekly_hours: what the owner gives.
        needed: hours a week that would keep every window, None where no window has an end.
        planned: the last day of the last window that has an end.
        honest: the last day of that work at the owner's hours.
        uncounted: required tasks without a plain number of hours.
    """

    hours: float
    weekly_hours: float
    needed: float | None
    planned: date | None
    honest: date
    uncounted: int
    phases: tuple[Load, ...]

    @property
    def words(self) -> str:
        """One sentence for the plan."""
        said = f"{self.hours:,.0f} required hours at {self.weekly_hours:g} a week end on {self.honest.isoformat()}"
        if self.planned is not None and self.needed is not None:
            said += f"; the roadmap says {self.planned.isoformat()}"
            if self.needed > self.weekly_hours:
                said += f", and keeping each of its windows takes {self.needed:.1f} hours a week"
        worst = max(self.phases, key=lambda load: load.late)
        if worst.late > 0:
            said += f". {worst.phase} would end on {worst.honest.isoformat()}, {worst.late} days late"
        if self.uncounted:
            said += f" ({self.uncounted} required tasks name no number of hours and are not counted)"
        return said + "."


def honest_end(roadmap: Roadmap, choices: Choices) -> HonestEnd:
    """Lay all required work end to end at the owner's weekly hours, and compare with the windows."""
    windows = windows_of(roadmap, choices)
    scopes = scopes_of(roadmap, choices.done)
    begin, spent, needed = choices.first_day, Fraction(), Fraction()
    loads: list[Load] = []
    for phase in sorted(roadmap.phases, key=lambda p: windows[p.key].first):
        window = windows[phase.key]
        hours = required_hours((t for t in phase.tasks if t.key not in choices.done), scopes)
        spent += hours
        weekly = None
        if window.last is not None:
            weekly = float(hours / _weeks(window.first, window.last))
            needed = max(needed, spent / _weeks(begin, window.last))
        loads.append(Load(phase.option, float(hours), weekly, window.last, _after(begin, spent, choices)))
    closed = [load for load in loads if load.planned is not None] or loads
    left = [t for _, t in roadmap.tasks() if scopes[t.key] == "required" and t.key not in choices.done]
    return HonestEnd(
        hours=sum(load.hours for load in closed),
        weekly_hours=choices.weekly_hours,
        needed=round(float(needed), 1) if closed[-1].planned else None,
        planned=closed[-1].planned,
        honest=closed[-1].honest,
        uncounted=sum(1 for task in left if not task.hours),
        phases=tuple(loads),
    )


def _weeks(first: date, last: date) -> Fraction:
    return Fraction(max(1, (last - first).days + 1), 7)


def _after(begin: date, hours: Fraction, choices: Choices) -> date:
    days = math.ceil(hours / (Fraction(choices.weekly_hours) / 7))
    return later(begin, max(0, days - 1))
