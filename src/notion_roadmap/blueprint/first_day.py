"""The facts on the day of the seed, before anybody has lived with the roadmap."""

from __future__ import annotations

from notion_roadmap.blueprint.calendar import calendar_of
from notion_roadmap.blueprint.choices import Choices, check_done, done_before
from notion_roadmap.blueprint.order import scopes_of
from notion_roadmap.blueprint.outline import criterion_key, requirement_key
from notion_roadmap.blueprint.prose import prose
from notion_roadmap.blueprint.steps import first_boxes
from notion_roadmap.roadmap import Criterion, Requirement, Roadmap
from notion_roadmap.roadmap.record import (
    Capacity,
    CriterionRecord,
    PhaseRecord,
    Record,
    Steering,
    TaskRecord,
)


def first_record(roadmap: Roadmap, choices: Choices) -> Record:
    """What is known before anything is in Notion: the template's tasks with their first dates, and what was done before
    the roadmap began. The names in it are those that every later record uses.

    Raises UnknownTask when `choices.done` names a task that the roadmap does not have.
    """
    check_done(roadmap, choices)
    windows = calendar_of(roadmap, choices, scopes_of(roadmap, choices.done)).windows
    criteria = [
        _criterion(criterion_key(phase, one), one, phase.option) for phase in roadmap.phases for one in phase.criteria
    ]
    return Record(
        steering=Steering(
            start=choices.start,
            capacities=(Capacity(choices.start, choices.weekly_hours),),
            workdays=choices.workdays,
            days_off=choices.days_off,
        ),
        tasks=_tasks(roadmap, choices),
        phases=tuple(PhaseRecord(option=p.option, **windows[p.key]._asdict()) for p in roadmap.phases),
        criteria=(*criteria, *(_criterion(requirement_key(one), one) for one in roadmap.requirements)),
    )


def _tasks(roadmap: Roadmap, choices: Choices) -> tuple[TaskRecord, ...]:
    scopes, done = scopes_of(roadmap, choices.done), done_before(roadmap, choices)
    dates = calendar_of(roadmap, choices, scopes).dates
    return tuple(
        TaskRecord(
            key=task.key,
            title=prose(task.title).plain,
            phase=phase.option,
            category=task.category,
            status="completed" if task.key in done else "not_started",
            scope=scopes[task.key],
            priority=task.priority,
            hours=task.hours,
            start=dates[task.key].start,
            due=dates[task.key].due,
            baseline_due=dates[task.key].due,
            skills=task.skills,
            pillar=task.pillar,
            week=task.week,
            boxes=first_boxes(task, lean=choices.lean, done=task.key in done),
            pick_one=task.pick_one,
        )
        for phase, task in roadmap.tasks()
    )


def _criterion(key: str, one: Criterion | Requirement, phase: str | None = None) -> CriterionRecord:
    kpi, target = (one.measure.kpi, one.measure.target) if one.measure else (None, None)
    met = True if isinstance(one, Criterion) and one.met else None
    return CriterionRecord(key=key, title=prose(one.text).plain, phase=phase, chosen=met, kpi=kpi, target=target)
