"""What the numbers must be, reckoned from a diary in the plainest way: no code of the product takes part.

A diary is a list of what the owner did, each with its moment, and of the moments at which somebody looked. What was
done counts from the first look after it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

STAGES = ("Sent", "Interview", "Offer")
FURTHER = {"not_started": 0, "in_progress": 1, "blocked": 1, "completed": 2}
TWINS = ("phase-1/one", "phase-1/two")
A_TICK = 2


@dataclass
class Task:
    """A row of the tasks."""

    phase: str | None
    category: str | None
    hours: float = 0.0
    scope: str = "required"
    status: str = "not_started"
    share: float = 0.0
    boxes: int = 0
    ticked: int = 0
    done_ticked: bool = False
    dated: date | None = None
    trashed: bool = False


@dataclass
class Diary:
    """The owner's log."""

    zone: ZoneInfo
    lines: list[tuple[datetime, str, tuple[Any, ...]]] = field(default_factory=list)

    def note(self, moment: datetime, what: str, *about: Any) -> None:
        """One more line."""
        self.lines.append((moment, what, about))


def template_tasks() -> dict[str, Task]:
    """The tasks of tests/data/lived-roadmap.yaml."""
    return {
        "phase-1/one": Task("Phase 1", "Learning", 10, boxes=2),
        "phase-1/two": Task("Phase 1", "Learning", 12, "alternative"),
        "phase-1/project": Task("Phase 1", "Project", 20),
        "phase-2/one": Task("Phase 2", "Learning", 8),
        "phase-2/project": Task("Phase 2", "Project"),
        "phase-2/extra": Task("Phase 2", "Project", 5, "stretch"),
    }


@dataclass
class Reckoning:
    """Everything that follows from a diary on its last day."""

    diary: Diary
    tasks: dict[str, Task] = field(default_factory=template_tasks)
    looked: dict[str, str] = field(default_factory=dict)
    completed: dict[str, date] = field(default_factory=dict)
    days: dict[date, float] = field(default_factory=dict)
    off: set[date] = field(default_factory=set)
    pauses: list[tuple[date, date]] = field(default_factory=list)
    applications: dict[str, str] = field(default_factory=dict)
    stages: dict[str, str] = field(default_factory=dict)
    reached: dict[str, dict[str, date]] = field(default_factory=dict)
    talks: float | None = None
    entered: list[tuple[date, float]] = field(default_factory=list)
    decided: dict[str, bool] = field(default_factory=dict)
    today: date = date.min

    def __post_init__(self) -> None:
        for moment, what, about in self.diary.lines:
            self.today = moment.astimezone(self.diary.zone).date()
            getattr(self, f"_{what}")(*about)

    # What the owner did.

    def _adds(self, name: str, phase: str | None, category: str | None, hours: float) -> None:
        self.tasks[name] = Task(phase, category, hours)

    def _status(self, name: str, status: str) -> None:
        self.tasks[name].status = status

    def _ticks(self, name: str) -> None:
        self.tasks[name].done_ticked = True

    def _share(self, name: str, share: float) -> None:
        self.tasks[name].share = share

    def _box(self, name: str) -> None:
        self.tasks[name].ticked += 1

    def _dates(self, name: str, day: date) -> None:
        self.tasks[name].dated = day

    def _trashes(self, name: str) -> None:
        self.tasks[name].trashed = True

    def _day(self, day: date, much: float) -> None:
        self.days[day] = much

    def _rests(self, day: date) -> None:
        self.off.add(day)

    def _pauses(self, first: date, last: date) -> None:
        self.pauses.append((first, last))

    def _applies(self, name: str, stage: str) -> None:
        self.applications[name] = stage

    def _talks(self, number: float) -> None:
        self.talks = number

    def _decides(self, criterion: str, met: bool) -> None:
        self.decided[criterion] = met

    def _forgets(self) -> None:
        """Nobody knows any more who dated what: it counts as the owner's."""
        for name, day in self.completed.items():
            self.tasks[name].dated = day

    def _looks(self) -> None:
        """A sync: what is otherwise than at the last one happened today."""
        for name, task in self.tasks.items():
            before = self.looked.get(name, "not_started")
            if task.trashed:
                continue
            self._settles(task, before)
            if task.status == "completed" and before != "completed":
                self.completed[name] = task.dated or self.today
            elif task.status == "completed" and task.dated:
                self.completed[name] = task.dated
            elif before == "completed" and task.status != "completed":
                self.completed.pop(name, None)
            if name in TWINS and before == "not_started" and task.status in ("in_progress", "completed"):
                self._takes_its_place(name)
            self.looked[name] = task.status
        for name, stage in self.applications.items():
            if self.stages.get(name) != stage:
                self.reached.setdefault(name, {})[stage] = self.today
                self.stages[name] = stage
        if self.talks is not None and (not self.entered or self.entered[-1][1] != self.talks):
            self.entered = [one for one in self.entered if one[0] != self.today]
            self.entered.append((self.today, self.talks))

    def _settles(self, task: Task, before: str) -> None:
        """Of Status and Done the one that changed counts, and Status where both did."""
        if task.done_ticked and task.status == before:
            task.status = "completed"
        task.done_ticked = False

    def _takes_its_place(self, name: str) -> None:
        other = self.tasks[TWINS[1 - TWINS.index(name)]]
        if self.tasks[name].scope == "alternative" and other.scope == "required" and other.status != "completed":
            self.tasks[name].scope, other.scope = "required", "alternative"

    # What follows.

    def live(self, phase: str | None = None) -> dict[str, Task]:
        """The tasks that are there, of one phase or all."""
        return {n: t for n, t in self.tasks.items() if not t.trashed and phase in (None, t.phase)}

    def percent(self, phase: str | None = None) -> float | None:
        """Completed of all."""
        tasks = self.live(phase).values()
        return round(100 * sum(t.status == "completed" for t in tasks) / len(tasks), 2) if tasks else None

    def needed(self, phase: str | None = None) -> list[Task]:
        """The required tasks, one of a choice."""
        there = self.live()
        needed = {n for n, t in there.items() if t.scope == "required" and n not in TWINS}
        twins = [n for n in TWINS if n in there]
        if twins:
            best = max(twins, key=lambda n: (self._begun(there[n]), there[n].scope == "required"))
            needed.add(best)
        return [t for n, t in there.items() if n in needed and phase in (None, t.phase)]

    def _begun(self, task: Task) -> int:
        return FURTHER[task.status] or int(task.ticked > 0 or task.share > 0)

    def required_percent(self, phase: str | None = None) -> float | None:
        """Completed of the required ones."""
        tasks = self.needed(phase)
        return round(100 * sum(t.status == "completed" for t in tasks) / len(tasks), 2) if tasks else None

    def hours(self) -> tuple[float, float]:
        """Required hours: done, and all."""
        tasks = self.needed()
        return round(sum(t.hours * self._done(t) for t in tasks), 2), round(sum(t.hours for t in tasks), 2)

    def _done(self, task: Task) -> float:
        if task.status == "completed":
            return 1.0
        return task.share or (task.ticked / task.boxes if task.boxes else 0.0)

    def week(self, first: date) -> tuple[float, int]:
        """Hours and tasks that were completed in the seven days from then on."""
        inside = [n for n, day in self.completed.items() if first <= day <= first + timedelta(days=6)]
        return sum(self.tasks[n].hours for n in inside), len(inside)

    def built(self) -> int:
        """Projects completed."""
        return sum(t.category == "Project" and t.status == "completed" for t in self.live().values())

    def problems(self) -> float:
        """All that was logged."""
        return sum(much for day, much in self.days.items() if day <= self.today)

    def sent(self) -> tuple[int, int]:
        """Applications sent this week, and in all."""
        monday = self.today - timedelta(days=self.today.weekday())
        days = [min(d for d in reached.values()) for reached in self.reached.values()]
        return sum(day >= monday for day in days), len(days)

    def conversion(self, first: int) -> tuple[float | None, int]:
        """Of those that came to a stage two weeks ago or earlier, the share that came further; and how many."""
        old = further = 0
        for name, stage in self.stages.items():
            days = [d for s, d in self.reached[name].items() if STAGES.index(s) >= first]
            if STAGES.index(stage) >= first and (self.today - min(days)).days >= 14:
                old += 1
                further += STAGES.index(stage) > first
        return (round(100 * further / old, 2) if old else None), old

    def streak(self, start: date) -> int:
        """Days in a row, those off and paused left out."""
        streak, day = 0, start
        while day <= self.today:
            if self.days.get(day, 0) >= A_TICK:
                streak += 1
            elif day != self.today and day not in self.off and not any(a <= day <= b for a, b in self.pauses):
                streak = 0
            day += timedelta(days=1)
        return streak
