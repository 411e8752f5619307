"""The table of tasks where the document does not describe one: the columns that its tasks need, and the views."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from notion_roadmap.importer.draft import Data
from notion_roadmap.importer.options import LEVELS, option_name, says_level

STATES = (
    {"name": "Not Started", "color": "gray", "means": "not_started"},
    {"name": "In Progress", "color": "yellow", "means": "in_progress"},
    {"name": "Blocked", "color": "red", "means": "blocked"},
    {"name": "Completed", "color": "green", "means": "completed"},
)
"""The options of a status where the document names none."""

_COLORS = ("blue", "green", "orange", "purple", "red", "yellow", "pink", "brown", "gray")


def default_tracking(data: Data) -> Data:
    """The columns that the tasks of a roadmap need, and no more."""
    tasks = [task for phase in data.get("phases", ()) for task in phase.get("tasks", ())]
    return {
        "name": option_name(str(data.get("title") or "Tasks")),
        "properties": list(_properties(data, tasks)),
        "views": list(_views(data, tasks)),
    }


def _properties(data: Data, tasks: list[Data]) -> Iterator[Data]:
    yield {"role": "task", "name": "Task", "type": "title"}
    yield from _selects(data, tasks)
    used = {name for task in tasks for name in task}
    if "hours_as_written" in used:
        yield {"role": "hours", "name": "Hours", "type": "number"}
    yield {"role": "due_date", "name": "Due Date", "type": "date"}
    if "deliverables" in used:
        yield {"role": "deliverable", "name": "Deliverable", "type": "text"}
    if "expected_proof" in used:
        yield {"role": "proof", "name": "Proof", "type": "url"}
    if skills := _skills(tasks):
        options = [{"name": name} for name in skills]
        yield {"role": "skills", "name": "Skills", "type": "multi_select", "options": options}
    if "course_resource" in used:
        yield {"role": "course_resource", "name": "Resource", "type": "url"}
    yield {"role": "notes", "name": "Notes", "type": "text"}


def _selects(data: Data, tasks: list[Data]) -> Iterator[Data]:
    phases = data.get("phases", ())
    if len(phases) > 1:
        yield _select("phase", "Phase", [phase["option"] for phase in phases], colored=True)
    if pillars := data.get("pillars"):
        yield _select("pillar", "Pillar", [pillar["option"] for pillar in pillars], colored=True)
    if weeks := _used(tasks, "week"):
        yield _select("week", "Week", weeks)
    if categories := _used(tasks, "category"):
        yield _select("category", "Category", categories, colored=True)
    yield {"role": "status", "name": "Status", "type": "select", "options": [dict(option) for option in STATES]}
    if priorities := _used(tasks, "priority"):
        yield _select("priority", "Priority", sorted(priorities, key=_level))


def _views(data: Data, tasks: list[Data]) -> Iterator[Data]:
    if len(data.get("phases", ())) > 1:
        yield {"key": "phase-board", "name": "Phase Board", "layout": "board", "group_by": "Phase"}
    if data.get("pillars"):
        yield {"key": "pillar-board", "name": "Pillar Board", "layout": "board", "group_by": "Pillar"}
    if _used(tasks, "week"):
        yield {"key": "week-board", "name": "Week Board", "layout": "board", "group_by": "Week"}
    yield {"key": "status-board", "name": "Status Board", "layout": "board", "group_by": "Status"}
    yield {"key": "calendar", "name": "Calendar", "layout": "calendar", "date_property": "Due Date"}
    yield {"key": "all-tasks", "name": "All Tasks", "layout": "table"}


def _select(role: str, name: str, options: list[str], *, colored: bool = False) -> Data:
    entries: list[dict[str, Any]] = [{"name": option} for option in options]
    if colored:
        for place, entry in enumerate(entries):
            entry["color"] = _COLORS[place % len(_COLORS)]
    return {"role": role, "name": name, "type": "select", "options": entries}


def _used(tasks: list[Data], name: str) -> list[str]:
    return list(dict.fromkeys(str(task[name]) for task in tasks if name in task))


def _skills(tasks: list[Data]) -> list[str]:
    return list(dict.fromkeys(str(skill) for task in tasks for skill in task.get("skills", ())))[:100]


def _level(priority: str) -> int:
    """High before medium before low, before whatever else there is."""
    return next((place for place, words in enumerate(LEVELS.values()) if says_level(priority, words)), len(LEVELS))
