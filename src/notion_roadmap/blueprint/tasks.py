"""The main database: its documented columns first, to the letter, then those that keep it alive."""

from __future__ import annotations

from collections.abc import Iterable

from notion_roadmap.blueprint.order import in_reading_order
from notion_roadmap.blueprint.outline import STATUS, Outline
from notion_roadmap.blueprint.part import OURS, PHASES, SHARED, TASKS, THEIRS, Part, column, database, phase_options
from notion_roadmap.blueprint.roles import columns_of, has_role
from notion_roadmap.blueprint.skills import core_skills, skills_by_use
from notion_roadmap.blueprint.steps import first_boxes
from notion_roadmap.blueprint.task_rows import task_rows
from notion_roadmap.blueprint.task_views import task_views
from notion_roadmap.roadmap import Property as Documented
from notion_roadmap.roadmap import Roadmap
from notion_roadmap.roadmap.tracking import Meaning, Role
from notion_roadmap.workspace.items import ROOT
from notion_roadmap.workspace.properties import Option, Owner, Property, PropertyType, Relation

_TYPES = {"text": PropertyType.TEXT}
_OWNERS: dict[Role, Owner] = {"proof": THEIRS, "notes": THEIRS}
_COLORS: dict[Meaning, str] = {"not_started": "gray", "in_progress": "yellow", "blocked": "red", "completed": "green"}

_WORDS: dict[Role, str] = {
    "task": "What is to be done; its page holds boxes to tick, links and all other lines of the document.",
    "phase": "The phase of the roadmap that it belongs to.",
    "pillar": "The subject that it belongs to.",
    "week": "The week of the roadmap that it is planned for.",
    "category": "What kind of work it is.",
    "status": "Where it stands. Completed and the Done box mean the same: change either.",
    "priority": "How much it matters, as the document says.",
    "due_date": "When it should be done: a suggestion, spread over the phase. Move it as you like; Baseline Due stays.",
    "skills": "What it teaches.",
}
"""For documented columns about which the document says nothing."""


def tasks_part(outline: Outline) -> Part:
    """The main database with its tabs and every task."""
    tracking = outline.roadmap.tracking
    made = database(
        TASKS,
        ROOT,
        tracking.name,
        (*_documented(outline.roadmap), *_further(outline.roadmap)),
        icon="🗂️",
        description="Every task and project of the roadmap. Rows, columns, options and views of your own are welcome.",
        inline=True,
    )
    return Part(made, task_views(outline, made), task_rows(outline, made))


def _documented(roadmap: Roadmap) -> Iterable[Property]:
    for prop in columns_of(roadmap):
        yield column(
            "tasks.title" if prop.role == "task" else f"tasks.{prop.role}",
            prop.name,
            _TYPES.get(prop.type) or PropertyType(prop.type),
            prop.words.plain if prop.words else _WORDS.get(prop.role, ""),
            _OWNERS.get(prop.role, SHARED),
            options=_options(roadmap, prop),
            proposed=prop.role == "due_date",
        )


def _options(roadmap: Roadmap, prop: Documented) -> tuple[Option, ...]:
    if prop.role == "status" and not prop.options:
        return tuple(Option(name, _COLORS[meaning]) for meaning, name in STATUS.items())
    documented = tuple(Option(o.name, o.color or "default") for o in prop.options)
    used: Iterable[str | None] = ()
    if prop.role == "phase":
        return phase_options(roadmap)
    if prop.role == "pillar":
        used = [*(pillar.option for pillar in roadmap.pillars), *(task.pillar for task in in_reading_order(roadmap))]
    if prop.role == "week":
        used = (task.week for task in in_reading_order(roadmap))
    if prop.role == "category":
        used = (task.category for task in in_reading_order(roadmap))
    if prop.role == "priority":
        used = (task.priority for task in in_reading_order(roadmap))
    if prop.role == "skills":
        used = skills_by_use(roadmap)
    known = {option.name for option in documented}
    return (*documented, *(Option(name) for name in dict.fromkeys(used) if name and name not in known))


def _further(roadmap: Roadmap) -> Iterable[Property]:
    tasks = [task for _, task in roadmap.tasks()]
    words = "When to begin, so that it is done by its due date."
    yield column("tasks.start", "Start", PropertyType.DATE, words, proposed=True)
    words = "The due date that the roadmap gave it first. It stays when you move Due Date, and shows the slip."
    yield column("tasks.baseline_due", "Baseline Due", PropertyType.DATE, words, OURS)
    words = (
        "Required counts for the gate of its phase. Alternative waits behind its required twin. "
        "Stretch is extra. Dropped is left out for good."
    )
    yield column("tasks.scope", "Scope", PropertyType.SELECT, words, options=_SCOPES)
    words = "Now, at most three at a time, then Next, then Later. Proposed; what you choose stays."
    yield column("tasks.focus", "Focus", PropertyType.SELECT, words, options=_FOCUS, proposed=True)
    words = "Tick it to complete the task; Status follows."
    yield column("tasks.done", "Done", PropertyType.CHECKBOX, words, proposed=True)
    words = "How far it is: from the boxes ticked on its page, or as you enter it. What you enter stays."
    yield column("tasks.percent_done", "% Done", PropertyType.NUMBER, words, number_format="percent", proposed=True)
    if has_role(roadmap, "hours"):
        words = "Hours that it really took: yours to fill in, to compare with the estimate."
        yield column("tasks.hours_spent", "Hours Spent", PropertyType.NUMBER, words, THEIRS)
    if any(first_boxes(task, lean=False, done=False) for task in tasks):
        words = _BOXES if any(task.steps for task in tasks) else _DELIVERABLES
        yield column("tasks.checklist", "Checklist", PropertyType.TEXT, words, OURS)
    words = "What must be done before it. The timeline draws an arrow."
    yield column("tasks.blocked_by", "Blocked By", PropertyType.RELATION, words, THEIRS, relation=Relation(TASKS))
    if has_role(roadmap, "skills"):
        words = "The one skill that it is counted under."
        yield column("tasks.core_skill", "Core Skill", PropertyType.SELECT, words, options=core_skills(roadmap))
    words = "The day on which it was completed. Empty for what was done before the roadmap began."
    yield column("tasks.completed_on", "Completed On", PropertyType.DATE, words, proposed=True)
    if any(task.expected_proof for task in tasks):
        words = "What would prove that it is done, as the document says. The link to yours goes into the proof column."
        yield column("tasks.expected_proof", "Expected Proof", PropertyType.TEXT, words)
    words = "The row of its phase, where progress adds up."
    mirror = Relation(PHASES, back="phases.tasks", mirrors=True)
    yield column("tasks.roadmap_phase", "Roadmap Phase", PropertyType.RELATION, words, relation=mirror)


_DELIVERABLES, _BOXES = "Deliverables ticked on its page.", "Boxes ticked on its page."
_SCOPES = (
    Option("Required", "blue"),
    Option("Alternative", "purple"),
    Option("Stretch", "yellow"),
    Option("Dropped", "gray"),
)
_FOCUS = (Option("Now", "red"), Option("Next", "orange"), Option("Later", "gray"))
