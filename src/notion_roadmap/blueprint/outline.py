"""What every part of the workspace is made from: the roadmap, the choices, its life, and what follows from them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from notion_roadmap.blueprint.calendar import Calendar, calendar_of
from notion_roadmap.blueprint.choices import Choices
from notion_roadmap.blueprint.living import living_calendar
from notion_roadmap.blueprint.order import scopes_of, working_order
from notion_roadmap.blueprint.workdays import workdays_of
from notion_roadmap.roadmap import Criterion, Phase, Requirement, Roadmap, Scope, Task
from notion_roadmap.roadmap.life import Life
from notion_roadmap.roadmap.numbers import Numbers
from notion_roadmap.roadmap.record import Record, TaskRecord
from notion_roadmap.roadmap.tracking import Meaning


@dataclass(frozen=True)
class Outline:
    """The inputs and their consequences."""

    roadmap: Roadmap
    choices: Choices
    life: Life

    @property
    def record(self) -> Record:
        """The facts."""
        return self.life.record

    @property
    def numbers(self) -> Numbers:
        """What follows from the facts."""
        return self.life.numbers

    @cached_property
    def records(self) -> dict[str, TaskRecord]:
        """The facts about each task, the owner's own ones included, by its key."""
        return {task.key: task for task in self.record.tasks}

    @cached_property
    def written_scopes(self) -> dict[str, Scope]:
        """The scope that the template and the choices give each task, by its key: dates follow from these."""
        return scopes_of(self.roadmap, self.choices.done)

    @cached_property
    def calendar(self) -> Calendar:
        """When everything is: as first spread, with the plans that the owner accepted since, and around pauses."""
        return living_calendar(self.roadmap, self.first_calendar, self.life, workdays_of(self.choices))

    @cached_property
    def first_calendar(self) -> Calendar:
        """When everything was meant to be on the first day. It never changes."""
        return calendar_of(self.roadmap, self.choices, self.written_scopes)

    @cached_property
    def plan(self) -> tuple[tuple[Phase, Task], ...]:
        """All tasks as they are worked through, phase by phase."""
        return tuple((p, t) for p in self.roadmap.phases for t in working_order(self.roadmap, p, self.written_scopes))

    @property
    def keys(self) -> Iterator[str]:
        """The tasks in the record, ours as they are worked through, then the owner's own."""
        ours = [task.key for _, task in self.plan if task.key in self.records]
        yield from ours
        yield from sorted(self.records.keys() - set(ours))

    @cached_property
    def current_phase(self) -> Phase:
        """The first phase in which something required is left to do; the last one when nothing is."""
        current = (phase for phase in self.roadmap.phases if phase.option == self.numbers.current_phase)
        return next(current, self.roadmap.phases[-1])

    @property
    def synced_on(self) -> date | None:
        """The owner's day of this sync; None before the first one."""
        return self.life.today if self.life.now is not None else None

    def was_done(self, task: Task) -> bool:
        """Whether it was done before the roadmap began."""
        return task.completed or task.key in self.choices.done

    def is_completed(self, task: Task) -> bool:
        """Whether it is done now."""
        return self.records[task.key].completed if task.key in self.records else self.was_done(task)

    def title(self, key: str) -> str:
        """What a task is called; its key when nobody knows it any more."""
        return self.records[key].title if key in self.records else key

    def urgency(self, phase: Phase) -> int:
        """0 for the current phase, then the phases to come, then those that are over."""
        phases = self.roadmap.phases
        here, there = phases.index(self.current_phase), phases.index(phase)
        return there - here if there >= here else len(phases) + here - there

    def status(self, meaning: Meaning) -> str:
        """The name of the status option that means this."""
        return status_option(self.roadmap, meaning)


def status_option(roadmap: Roadmap, meaning: Meaning) -> str:
    """The name of the status option that means this; the first or the last one where no option says so."""
    documented = roadmap.tracking.property("status")
    options = documented.options if documented else ()
    if not options:
        return STATUS[meaning]
    by_place = options[-1 if meaning == "completed" else 0].name
    return next((option.name for option in options if option.means == meaning), by_place)


def criterion_key(phase: Phase, criterion: Criterion) -> str:
    """What a success criterion is called in the record: unique in the roadmap."""
    return criterion.key if criterion.key.startswith(f"{phase.key}/") else f"{phase.key}/{criterion.key}"


def requirement_key(requirement: Requirement) -> str:
    """What a requirement of the whole is called in the record."""
    return f"requirements/{requirement.key}"


STATUS: dict[Meaning, str] = {
    "not_started": "⏸️ Not Started",
    "in_progress": "🟡 In Progress",
    "blocked": "🔴 Blocked",
    "completed": "✅ Completed",
}
"""Names of statuses for roadmaps whose document has none."""
