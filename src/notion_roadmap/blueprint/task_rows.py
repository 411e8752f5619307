"""The tasks as rows."""

from __future__ import annotations

from datetime import date

from notion_roadmap.blueprint.bodies import task_body
from notion_roadmap.blueprint.outline import Outline
from notion_roadmap.blueprint.part import phase_rank
from notion_roadmap.blueprint.prose import lines, link_of, prose
from notion_roadmap.blueprint.skills import core_skill
from notion_roadmap.roadmap import Phase, Task
from notion_roadmap.workspace.items import Database, Row
from notion_roadmap.workspace.properties import DateSpan, Value
from notion_roadmap.workspace.text import Text


def task_key(task: Task) -> str:
    """The key of its row."""
    return f"tasks/{task.key}"


def phase_key(phase: Phase) -> str:
    """The key of its row."""
    return f"phases/{phase.key}"


def task_rows(outline: Outline, database: Database) -> tuple[Row, ...]:
    """Every task, the current phase's first."""
    there = {prop.key for prop in database.properties}
    rows = []
    for place, (phase, task) in enumerate(outline.plan, start=1):
        values = {**_documented(outline, phase, task), **_further(outline, phase, task)}
        rows.append(
            Row(
                task_key(task),
                "tasks",
                {key: value for key, value in values.items() if key in there},
                task_body(outline, task),
                rank=phase_rank(outline.urgency(phase), place),
            )
        )
    return tuple(rows)


def _documented(outline: Outline, phase: Phase, task: Task) -> dict[str, Value]:
    return {
        "tasks.title": Text.of(task.title),
        "tasks.phase": phase.option,
        "tasks.category": task.category,
        "tasks.status": outline.status("completed" if outline.is_done(task) else "not_started"),
        "tasks.priority": task.priority,
        "tasks.hours": task.hours,
        "tasks.due_date": _day(outline.calendar.dates[task.key].due),
        "tasks.deliverable": lines(map(prose, task.deliverables)) or None,
        "tasks.skills": tuple(dict.fromkeys(task.skills)) or None,
        "tasks.course_resource": link_of(task.course_resource),
    }


def _further(outline: Outline, phase: Phase, task: Task) -> dict[str, Value]:
    done = outline.is_done(task)
    boxes = 0 if outline.choices.lean else len(task.deliverables)
    dates = outline.calendar.dates[task.key]
    return {
        "tasks.start": _day(dates.start),
        "tasks.baseline_due": _day(dates.due),
        "tasks.scope": outline.scopes[task.key].capitalize(),
        "tasks.focus": outline.focus(task),
        "tasks.done": done,
        "tasks.percent_done": 1 if done else 0,
        "tasks.checklist": Text.of(f"{boxes if done else 0}/{boxes}") if boxes else None,
        "tasks.core_skill": core_skill(outline.roadmap, task),
        "tasks.expected_proof": prose(task.expected_proof) or None,
        "tasks.roadmap_phase": (phase_key(phase),),
        "tasks.key": Text.of(task_key(task)),
    }


def _day(day: date | None) -> DateSpan | None:
    return DateSpan(day) if day is not None else None
