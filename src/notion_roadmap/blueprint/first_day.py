"""The life of a roadmap that nobody has lived yet: what is so on the day of the seed.

Everything that takes time is unknown; nothing is done but what was done before the roadmap began.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from math import fsum
from typing import Literal

from notion_roadmap.blueprint.calendar import Calendar, calendar_of
from notion_roadmap.blueprint.choices import Choices
from notion_roadmap.blueprint.kpis import watched
from notion_roadmap.blueprint.order import scopes_of, working_order
from notion_roadmap.blueprint.outline import criterion_key, requirement_key
from notion_roadmap.blueprint.weeks import week_label, week_start
from notion_roadmap.roadmap import (
    CategoryCount,
    Counted,
    Criterion,
    HabitCount,
    Kpi,
    Measure,
    Phase,
    Requirement,
    Roadmap,
    Scope,
    StageCount,
    Task,
)
from notion_roadmap.roadmap.life import Life
from notion_roadmap.roadmap.numbers import Numbers
from notion_roadmap.roadmap.record import (
    Capacity,
    CriterionRecord,
    Focus,
    HistoryPoint,
    PhaseRecord,
    Record,
    Series,
    Steering,
    TaskRecord,
)
from notion_roadmap.roadmap.results import (
    CriterionState,
    Estimates,
    Forecast,
    ForecastScore,
    Gate,
    PhaseOutlook,
    Progress,
)
from notion_roadmap.roadmap.watching import HabitNumbers, HabitsOfDay, KpiValue, PhaseWeek, WeekFacts

NOW_AT_MOST = 3
"""Tasks in focus at one time, and priorities of a week: more is not a focus."""


def first_record(roadmap: Roadmap, choices: Choices) -> Record:
    """The facts on the day of the seed, before anything is in Notion: what `progress` counts from then."""
    return _FirstDay(roadmap, choices).record()


def first_life(roadmap: Roadmap, choices: Choices) -> Life:
    """The first record with its numbers, as far as they follow from the template alone."""
    day = _FirstDay(roadmap, choices)
    return Life(day.record(), day.numbers(), weeks=(day.week(),))


@dataclass(frozen=True)
class _FirstDay:
    roadmap: Roadmap
    choices: Choices

    @cached_property
    def scopes(self) -> dict[str, Scope]:
        return scopes_of(self.roadmap, self.choices.done)

    @cached_property
    def calendar(self) -> Calendar:
        return calendar_of(self.roadmap, self.choices, self.scopes)

    @cached_property
    def plan(self) -> tuple[tuple[Phase, Task], ...]:
        return tuple((p, t) for p in self.roadmap.phases for t in working_order(self.roadmap, p, self.scopes))

    @cached_property
    def left(self) -> tuple[tuple[Phase, Task], ...]:
        """What is required and not done, soonest first."""
        return tuple((p, t) for p, t in self.plan if self.is_required(t) and not self.is_done(t))

    def is_done(self, task: Task) -> bool:
        return task.key in self.choices.done

    def is_required(self, task: Task) -> bool:
        return self.scopes[task.key] == "required"

    def record(self) -> Record:
        steering = Steering(
            start=self.choices.start, capacities=(Capacity(self.choices.start, self.choices.weekly_hours),)
        )
        windows = self.calendar.windows
        criteria = [
            _criterion(criterion_key(phase, one), one, phase.option)
            for phase in self.roadmap.phases
            for one in phase.criteria
        ]
        return Record(
            steering=steering,
            tasks=tuple(self._task(phase, task) for phase, task in self.plan),
            phases=tuple(PhaseRecord(option=p.option, **windows[p.key]._asdict()) for p in self.roadmap.phases),
            criteria=(*criteria, *(_criterion(requirement_key(one), one) for one in self.roadmap.requirements)),
        )

    def _task(self, phase: Phase, task: Task) -> TaskRecord:
        start, due = self.calendar.dates[task.key]
        return TaskRecord(
            key=task.key,
            title=task.title,
            phase=phase.option,
            category=task.category,
            status="completed" if self.is_done(task) else "not_started",
            scope=self.scopes[task.key],
            priority=task.priority,
            hours=task.hours,
            start=start,
            due=due,
            baseline_due=due,
            skills=task.skills,
            pick_one=task.pick_one,
        )

    def numbers(self) -> Numbers:
        phases = self.roadmap.phases
        ahead = tuple(task.key for _, task in self.left)
        nothing = HabitsOfDay(streak=0, strength=None)
        return Numbers(
            today=self.choices.today,
            progress=self.progress(phases),
            phases={phase.option: self.progress((phase,)) for phase in phases},
            current_phase=self.left[0][0].option if self.left else None,
            scopes=dict(self.scopes),
            shares={task.key: float(self.is_done(task)) for _, task in self.plan},
            focus={task.key: self.focus(task) for _, task in self.plan},
            kpis={kpi.key: self.kpi(kpi) for kpi, _ in watched(self.roadmap)},
            habits=HabitNumbers(
                together=nothing, habits={habit.key: nothing for habit in self.roadmap.habits}, days={}
            ),
            criteria={criterion_key(p, one): self.criterion(one.measure) for p in phases for one in p.criteria},
            requirements={requirement_key(one): self.criterion(one.measure) for one in self.roadmap.requirements},
            gates={phase.option: self.gate(phase) for phase in phases},
            forecast=self.forecast(),
            outlook={phase.option: self.outlook(phase) for phase in phases},
            forecast_score=ForecastScore(forecasts=0, p50_held=None, p85_held=None, loss=None),
            estimates=Estimates(estimated=0, spent=0, tasks=0, factor=None),
            throughput=(),
            burn_up=self.burn_up(),
            risks=(),
            emergency=None,
            next_up=ahead,
            priorities=ahead[:NOW_AT_MOST],
            unavailable=(),
        )

    def progress(self, phases: Iterable[Phase]) -> Progress:
        tasks = [task for phase in phases for task in phase.tasks]
        required = [task for task in tasks if self.is_required(task)]
        done, required_done = sum(map(self.is_done, tasks)), sum(map(self.is_done, required))
        hours, hours_done = _hours(required), _hours([task for task in required if self.is_done(task)])
        return Progress(
            completed=done,
            total=len(tasks),
            percent=_percent(done, len(tasks)),
            required_completed=required_done,
            required_total=len(required),
            required_percent=_percent(required_done, len(required)),
            hours_completed=hours_done,
            hours_total=hours,
            hours_percent=_percent(hours_done, hours),
            proven=0,
            proof_percent=_percent(0, len(tasks)),
            planned_percent=None,
            weeks_behind=None,
        )

    def focus(self, task: Task) -> Focus | None:
        """Now for the first few, next for as many more, then later; nothing for what is done."""
        if self.is_done(task):
            return None
        soon = [one.key for _, one in self.left[: 2 * NOW_AT_MOST]]
        if task.key not in soon:
            return "later"
        return "now" if task.key in soon[:NOW_AT_MOST] else "next"

    def kpi(self, kpi: Kpi) -> KpiValue:
        value = self.count(kpi.counted)
        phases = {phase.key: phase.option for phase in self.roadmap.phases}
        current = self.left[0][0].option if self.left else None
        return KpiValue(
            name=kpi.name,
            value=value,
            week=None if value is None else 0,
            total=value,
            target=kpi.target,
            total_target=kpi.total_target,
            attainment=None if value is None or kpi.target is None else value / kpi.target,
            unit=kpi.unit,
            period=kpi.period,
            display=kpi.display,
            benchmark=kpi.benchmark,
            n=None,
            trend=None,
            active=kpi.active_in is None or phases[kpi.active_in] == current,
            buffer=None,
        )

    def count(self, counted: Counted) -> float | None:
        """What a KPI counts on the first day; None where there is nothing to count from yet."""
        if isinstance(counted, CategoryCount):
            tasks = (task for _, task in self.roadmap.tasks() if task.category == counted.category)
            return sum(1 for task in tasks if self.is_done(task))
        return 0 if isinstance(counted, HabitCount | StageCount) else None

    def criterion(self, measure: Measure | None) -> CriterionState:
        """Whether it is met already. What cannot be counted is not."""
        if measure is None:
            return CriterionState(met=False, chosen=False)
        current = next((self.count(kpi.counted) for kpi in self.roadmap.kpis if kpi.key == measure.kpi), None)
        met = current is not None and current >= measure.target
        return CriterionState(met=met, chosen=False, current=current, target=measure.target)

    def gate(self, phase: Phase) -> Gate:
        tasks = tuple(t.key for p, t in self.left if p.key == phase.key)
        unmet = tuple(criterion_key(phase, one) for one in phase.criteria if not self.criterion(one.measure).met)
        required = sum(map(self.is_required, phase.tasks))
        met = len(phase.criteria) - len(unmet)
        state: Literal["open", "locked"] = "locked" if tasks or unmet else "open"
        reason = (
            f"{met} of {len(phase.criteria)} success criteria met, "
            f"{required - len(tasks)} of {required} required tasks done."
        )
        return Gate(state=state, reason=reason, waiting_tasks=tasks, waiting_criteria=unmet)

    def forecast(self) -> Forecast:
        if not self.left:
            return Forecast(state="done", words="Everything required is done.", phases={})
        return Forecast(state="not_enough_data", words="Not enough data: no week is over.", phases={})

    def outlook(self, phase: Phase) -> PhaseOutlook:
        window = self.calendar.windows[phase.key]
        return PhaseOutlook(first=window.first, last=window.last, buffer=None, on_track=None)

    def burn_up(self) -> tuple[HistoryPoint, ...]:
        """The first week: what is done, what there is to do, what should be done by its end."""
        week = week_start(self.choices.first_day)
        last = week + timedelta(days=6)
        required = [task for _, task in self.plan if self.is_required(task)]
        done = [task for task in required if self.is_done(task)]
        due = [task for task in required if self.is_done(task) or self._due(task, last)]
        series: tuple[tuple[Series, Sequence[Task]], ...] = (("done", done), ("scope", required), ("plan", due))
        return tuple(HistoryPoint(week, name, _hours(tasks), len(tasks)) for name, tasks in series)

    def week(self) -> WeekFacts:
        """The first week, of which nothing has happened yet."""
        first = week_start(self.choices.first_day)
        last = first + timedelta(days=6)
        planned = [t for _, t in self.plan if self.is_required(t) and not self.is_done(t) and self._due(t, last)]
        phase = self.left[0][0] if self.left else None
        counted = self.progress((phase,)) if phase is not None else None
        phases = {}
        if phase is not None and counted is not None:
            phases[phase.option] = PhaseWeek(completed=(), completed_so_far=counted.completed or 0, total=counted.total)
        return WeekFacts(
            label=week_label(first),
            first=first,
            last=last,
            phase=phase.option if phase is not None else None,
            phases=phases,
            advanced=(),
            skills=(),
            metrics={kpi.key: self.kpi(kpi).week for kpi, _ in watched(self.roadmap)},
            course_hours=0,
            blocked=(),
            said=tuple(task.key for _, task in self.left[:NOW_AT_MOST]),
            did=(),
            carried=(),
            slipped=(),
            started=(),
            reopened=(),
            hours_planned=_hours(planned),
            hours_done=0,
            hours_spent=0,
            scope_change=None,
        )

    def _due(self, task: Task, day: date) -> bool:
        due = self.calendar.dates[task.key].due
        return due is not None and due <= day


def _criterion(key: str, one: Criterion | Requirement, phase: str | None = None) -> CriterionRecord:
    kpi, target = (one.measure.kpi, one.measure.target) if one.measure else (None, None)
    return CriterionRecord(key=key, title=one.text.plain, phase=phase, kpi=kpi, target=target)


def _hours(tasks: Sequence[Task]) -> float:
    return fsum(task.hours or 0 for task in tasks)


def _percent(part: float, whole: float) -> float | None:
    return round(100 * part / whole, 2) if whole > 0 else None
