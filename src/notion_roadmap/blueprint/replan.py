"""A new plan: from today, what is left laid end to end at the owner's hours. Proposed, never applied by itself."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction

from notion_roadmap.blueprint.calendar import TASKS_A_WEEK, calendar_of, windows_of
from notion_roadmap.blueprint.choices import Choices, later
from notion_roadmap.blueprint.living import joined_pauses, put_off_window
from notion_roadmap.blueprint.order import scopes_of, working_order
from notion_roadmap.blueprint.workdays import Workdays, workdays_of
from notion_roadmap.roadmap import Phase, Roadmap, Span, Task
from notion_roadmap.roadmap.life import Dated, Life, Replan
from notion_roadmap.roadmap.record import Pause, TaskRecord, TaskScope

MOVES = 2_000
"""Tasks that one proposal can move: their dates must fit into one property. Accept it, and plan again for the rest."""


def propose(roadmap: Roadmap, choices: Choices, life: Life, kept: Collection[str]) -> Replan:
    """New Start and Due dates for what is not done, and what they change.

    Phase by phase, as work goes: what is required end to end at the weekly hours of today, less what is done of it; no
    phase that is not begun before its window; paused days are left out. An alternative has the dates of the task that
    it stands for; stretch goals follow their phase and hold nothing up. Tasks without hours take as long as their
    phase; where no task has any, each counts the same, at the pace of the first plan. What is completed, dropped,
    trashed or blocked by no date is not moved, and what the owner added neither.

    Args:
        kept: keys of tasks that the owner dated by hand. They stay where they are, and their hours are counted.
    """
    planner = _Planner(roadmap, choices, life)
    dates = planner.dates()
    before = {key: Dated(task.start, task.due) for key, task in planner.records.items()}
    moved = [key for key in dates if key not in kept and dates[key] != before[key]][:MOVES]
    after = {**before, **{key: dates[key] for key in moved}}
    return Replan(
        made_on=life.today,
        dates={key: dates[key] for key in moved},
        before={key: before[key] for key in moved},
        end=planner.last(after),
        end_before=planner.last(before),
    )


@dataclass
class _Planner:
    roadmap: Roadmap
    choices: Choices
    life: Life
    records: dict[str, TaskRecord] = field(init=False)
    pauses: list[Pause] = field(init=False)
    pace: Fraction = field(init=False)
    workdays: Workdays = field(init=False)
    timed: bool = field(init=False)

    def __post_init__(self) -> None:
        record = self.life.record
        self.records = {task.key: task for task in record.live}
        self.pauses = joined_pauses(record.steering.pauses)
        capacities = sorted(record.steering.capacities)
        self.workdays = workdays_of(self.choices)
        weekly = capacities[-1].weekly_hours if capacities else self.choices.weekly_hours
        self.timed = any(task.hours for _, task in self.roadmap.tasks())
        self.pace = Fraction(weekly) / self.workdays.in_a_week if self.timed else self._tasks_a_day()

    def _tasks_a_day(self) -> Fraction:
        """The pace of the first plan, where no task has hours: so many a working day."""
        first = calendar_of(self.roadmap, self.choices, scopes_of(self.roadmap, self.choices.done)).dates.values()
        dues = [one.due for one in first if one.due is not None]
        starts = [one.start for one in first if one.start is not None]
        days = self.workdays.count(min(starts), max(dues)) if starts and dues else 0
        return Fraction(len(dues), days) if days else Fraction(TASKS_A_WEEK, self.workdays.in_a_week)

    def dates(self) -> dict[str, Dated]:
        """New dates of everything that is left and can be planned, in the order of work."""
        windows = windows_of(self.roadmap, self.choices)
        spent = Fraction()
        found: dict[str, Dated] = {}
        for phase in sorted(self.roadmap.phases, key=lambda p: windows[p.key].first):
            window = put_off_window(windows[phase.key], self.pauses)
            tasks = list(self._left(phase))
            begin = max(spent, self._opens(window, tasks))
            spent = begin + sum((self._hours(task) for task in tasks if self._scope(task) == "required"), Fraction())
            found.update(self._phase(tasks, begin, spent, window))
        return found

    def _left(self, phase: Phase) -> Iterator[Task]:
        for task in working_order(self.roadmap, phase, scopes_of(self.roadmap, self.choices.done)):
            record = self.records.get(task.key)
            if record is not None and not record.completed and self._scope(task) != "dropped":
                yield task

    def _opens(self, window: Span, tasks: list[Task]) -> Fraction:
        """The hours that pass before the phase may begin; none when it is begun."""
        begun = any(self.records[task.key].status != "not_started" for task in tasks)
        if begun or window.first <= self.life.today:
            return Fraction()
        days = self.workdays.count(self.life.today, window.first - timedelta(days=1))
        paused = sum(self._within(pause, window.first) for pause in self.pauses)
        return max(0, days - paused) * self.pace

    def _within(self, pause: Pause, day: date) -> int:
        """Working days of a pause from today on and before a day."""
        assert pause.last is not None
        first, last = max(pause.first, self.life.today), min(pause.last, day - timedelta(days=1))
        return self.workdays.count(first, last)

    def _phase(self, tasks: list[Task], begin: Fraction, end: Fraction, window: Span) -> Iterator[tuple[str, Dated]]:
        spent, extra = begin, end
        chosen: dict[str, Dated] = {}
        whole = self._span(begin, end - begin)
        for task in sorted(tasks, key=lambda one: self._scope(one) != "required"):
            scope, hours = self._scope(task), self._hours(task)
            if scope == "alternative" and task.pick_one in chosen:
                yield task.key, chosen[task.pick_one]
                continue
            if self.timed and not task.hours:
                if end > begin and window.last is not None:
                    yield task.key, whole
                continue
            if scope == "required":
                dates, spent = self._span(spent, hours), spent + hours
            else:
                dates, extra = self._span(extra, hours), extra + hours
            if scope == "required" and task.pick_one is not None:
                chosen[task.pick_one] = dates
            yield task.key, dates

    def _span(self, spent: Fraction, hours: Fraction) -> Dated:
        begins = math.floor(spent / self.pace)
        ends = max(begins, math.ceil((spent + hours) / self.pace) - 1)
        return Dated(self._day(begins), self._day(ends))

    def _day(self, place: int) -> date:
        """The day before which so many working days, from today, are free for work."""
        day = self.workdays.after(self.life.today, place)
        for pause in self.pauses:
            if pause.last is not None and pause.last >= self.life.today and day >= pause.first:
                day = self.workdays.after(day, self._within(pause, later(pause.last, 1)))
        return day

    def _hours(self, task: Task) -> Fraction:
        done = Fraction(self.life.numbers.shares.get(task.key, 0))
        weight = Fraction(task.hours or 0) if self.timed else Fraction(1)
        return weight * max(Fraction(), 1 - done)

    def _scope(self, task: Task) -> TaskScope:
        return self.life.numbers.scopes.get(task.key, task.scope)

    def last(self, dates: Mapping[str, Dated]) -> date | None:
        """The last day on which something required that is left is due."""
        required = [task for task in self.records.values() if self.life.numbers.scopes.get(task.key) == "required"]
        due = [dates[task.key].due for task in required if not task.completed]
        return max((day for day in due if day is not None), default=None)
