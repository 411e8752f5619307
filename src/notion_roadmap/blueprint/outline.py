"""What every part of the workspace is made from: the roadmap, the choices, and what follows from the two."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from math import fsum

from notion_roadmap.blueprint.calendar import Calendar, calendar_of
from notion_roadmap.blueprint.choices import Choices
from notion_roadmap.blueprint.order import scopes_of, working_order
from notion_roadmap.roadmap import CategoryCount, Counted, HabitCount, Measure, Phase, Roadmap, Scope, StageCount, Task
from notion_roadmap.roadmap.tracking import Meaning

NOW_AT_MOST = 3
"""Tasks in focus at one time: more is not a focus."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How far the work of one phase, or of all, has come.

    Args:
        required: tasks whose scope is required; `done` and `total` count every task.
        hours_done: of required tasks with a plain number of hours.
    """

    total: int
    done: int
    required: int
    required_done: int
    hours: float
    hours_done: float

    @property
    def required_share(self) -> float | None:
        """From 0 to 1; None where nothing is required."""
        return round(self.required_done / self.required, 4) if self.required else None

    @property
    def hours_share(self) -> float | None:
        """From 0 to 1, weighted by hours; None where no hours are known."""
        return round(self.hours_done / self.hours, 4) if self.hours else None


@dataclass(frozen=True)
class Outline:
    """The inputs and their consequences."""

    roadmap: Roadmap
    choices: Choices

    @cached_property
    def scopes(self) -> dict[str, Scope]:
        """The scope of each task, by its key."""
        return scopes_of(self.roadmap, self.choices.done)

    @cached_property
    def calendar(self) -> Calendar:
        """When everything is."""
        return calendar_of(self.roadmap, self.choices, self.scopes)

    @cached_property
    def plan(self) -> tuple[tuple[Phase, Task], ...]:
        """All tasks as they are worked through, phase by phase."""
        return tuple((p, t) for p in self.roadmap.phases for t in working_order(self.roadmap, p, self.scopes))

    @cached_property
    def current_phase(self) -> Phase:
        """The first phase in which something required is left to do; the last one when nothing is."""
        left = (phase for phase, task in self.plan if self.is_required(task) and not self.is_done(task))
        return next(left, self.roadmap.phases[-1])

    @cached_property
    def next_up(self) -> tuple[Task, ...]:
        """Required tasks that are not done, soonest first."""
        return tuple(t for _, t in self.plan if self.is_required(t) and not self.is_done(t))

    def is_done(self, task: Task) -> bool:
        """Whether it was done before the roadmap began."""
        return task.key in self.choices.done

    def is_required(self, task: Task) -> bool:
        """Whether the gate of its phase waits for it."""
        return self.scopes[task.key] == "required"

    def tally(self, phases: Iterable[Phase] | None = None) -> Tally:
        """The numbers of some phases, of all when none are named."""
        tasks = [t for p in (self.roadmap.phases if phases is None else phases) for t in p.tasks]
        required = [t for t in tasks if self.is_required(t)]
        return Tally(
            total=len(tasks),
            done=sum(map(self.is_done, tasks)),
            required=len(required),
            required_done=sum(map(self.is_done, required)),
            hours=fsum(t.hours or 0 for t in required),
            hours_done=fsum(t.hours or 0 for t in required if self.is_done(t)),
        )

    def focus(self, task: Task) -> str | None:
        """Now for the first few, Next for as many more, then Later; nothing for what is done."""
        if self.is_done(task):
            return None
        soon = self.next_up[: 2 * NOW_AT_MOST]
        if task not in soon:
            return "Later"
        return "Now" if task in soon[:NOW_AT_MOST] else "Next"

    def urgency(self, phase: Phase) -> int:
        """0 for the current phase, then the phases to come, then those that are over."""
        phases = self.roadmap.phases
        here, there = phases.index(self.current_phase), phases.index(phase)
        return there - here if there >= here else len(phases) + here - there

    def count(self, counted: Counted) -> float | None:
        """What a KPI counts on the first day; None where there is nothing to count from yet."""
        if isinstance(counted, CategoryCount):
            tasks = (task for _, task in self.roadmap.tasks() if task.category == counted.category)
            return sum(1 for task in tasks if self.is_done(task))
        return 0 if isinstance(counted, HabitCount | StageCount) else None

    def reached(self, measure: Measure) -> float | None:
        """What the KPI of a criterion or requirement adds up to on the first day."""
        return next((self.count(kpi.counted) for kpi in self.roadmap.kpis if kpi.key == measure.kpi), None)

    def is_met(self, measure: Measure | None) -> bool:
        """Whether that is met already. What cannot be counted is not."""
        reached = self.reached(measure) if measure is not None else None
        return measure is not None and reached is not None and reached >= measure.target

    def status(self, meaning: Meaning) -> str:
        """The name of the status option that means this; the first or the last one where no option says so."""
        documented = self.roadmap.tracking.property("status")
        options = documented.options if documented else ()
        if not options:
            return STATUS[meaning]
        by_place = options[-1 if meaning == "completed" else 0].name
        return next((option.name for option in options if option.means == meaning), by_place)


STATUS: dict[Meaning, str] = {
    "not_started": "⏸️ Not Started",
    "in_progress": "🟡 In Progress",
    "blocked": "🔴 Blocked",
    "completed": "✅ Completed",
}
"""Names of statuses for roadmaps whose document has none."""
