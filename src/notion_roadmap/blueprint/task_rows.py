"""The tasks as rows."""

from __future__ import annotations

from datetime import date

from notion_roadmap.blueprint.bodies import task_body
from notion_roadmap.blueprint.outline import Outline
from notion_roadmap.blueprint.part import phase_rank
from notion_roadmap.blueprint.prose import lines, link_of, prose, rounded
from notion_roadmap.blueprint.skills import core_skill
from notion_roadmap.blueprint.steps import first_boxes
from notion_roadmap.roadmap import Phase, Roadmap, Task
from notion_roadmap.roadmap.record import TaskScope
from notion_roadmap.workspace.items import Database, Row
from notion_roadmap.workspace.properties import DateSpan, Value
from notion_roadmap.workspace.text import Text


def task_key(task: Task) -> str:
    """The key of its row."""
    return f"tasks/{task.key}"


def row_key(roadmap: Roadmap, key: str) -> str:
    """The key of the row of a task in the record. Rows that the owner added have none of ours: they are told by the
    id that they are recorded under."""
    ours = any(task.key == key for _, task in roadmap.tasks())
    return f"tasks/{key}" if ours else f"id:{key.removeprefix('id:')}"


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
        "tasks.title": prose(task.title),
        "tasks.phase": phase.option,
        "tasks.pillar": task.pillar,
        "tasks.week": task.week,
        "tasks.category": task.category,
        "tasks.status": outline.status("completed" if outline.was_done(task) else "not_started"),
        "tasks.priority": task.priority,
        "tasks.hours": task.hours,
        "tasks.due_date": _day(outline.calendar.dates[task.key].due),
        "tasks.deliverable": lines(map(prose, task.deliverables)) or None,
        "tasks.skills": tuple(dict.fromkeys(task.skills)) or None,
        "tasks.course_resource": link_of(task.course_resource),
    }


def _further(outline: Outline, phase: Phase, task: Task) -> dict[str, Value]:
    return {
        "tasks.start": _day(outline.calendar.dates[task.key].start),
        "tasks.baseline_due": _day(outline.first_calendar.dates[task.key].due),
        "tasks.scope": _scope(outline, task).capitalize(),
        "tasks.done": outline.was_done(task),
        "tasks.checklist": _checklist(outline, task),
        "tasks.core_skill": core_skill(outline.roadmap, task),
        "tasks.expected_proof": prose(task.expected_proof) or None,
        "tasks.roadmap_phase": (phase_key(phase),),
        "tasks.key": Text.of(task_key(task)),
        **_proposed(outline, task),
    }


def _proposed(outline: Outline, task: Task) -> dict[str, Value]:
    """What we propose as long as the owner says nothing else. Once they do it is left out, so that what we last
    proposed stays the base and theirs is known to be theirs."""
    record = outline.records.get(task.key)
    focus = outline.numbers.focus.get(task.key)
    values: dict[str, Value] = {}
    if record is None or not record.focus_chosen:
        values["tasks.focus"] = focus.capitalize() if focus else None
    if record is None or record.percent_done is None:
        values["tasks.percent_done"] = rounded(outline.numbers.shares.get(task.key, 0))
    return values


def _scope(outline: Outline, task: Task) -> TaskScope:
    """The template's; of tasks of which one is enough, what the owner made of the choice."""
    written = outline.written_scopes[task.key]
    return outline.numbers.scopes.get(task.key, written) if task.pick_one is not None else written


def _checklist(outline: Outline, task: Task) -> Text | None:
    """Boxes ticked of all; as they were made until somebody looked."""
    record = outline.records.get(task.key)
    if record is not None and record.boxes is not None:
        return Text.of(f"{record.boxes.done}/{record.boxes.total}") if record.boxes.total else None
    boxes = first_boxes(task, lean=outline.choices.lean, done=outline.was_done(task))
    return Text.of(f"{boxes.done}/{boxes.total}") if boxes else None


def _day(day: date | None) -> DateSpan | None:
    return DateSpan(day) if day is not None else None
