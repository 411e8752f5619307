"""Which of the columns that a document can have the tasks of a roadmap need."""

from __future__ import annotations

from collections.abc import Callable

from notion_roadmap.roadmap import Property, Roadmap, Task
from notion_roadmap.roadmap.tracking import Role

ESSENTIAL: tuple[tuple[Property, Callable[[Task], object] | None], ...] = (
    (Property(role="task", name="Task", type="title"), None),
    (Property(role="phase", name="Phase", type="select"), None),
    (Property(role="pillar", name="Pillar", type="select"), lambda task: task.pillar),
    (Property(role="week", name="Week", type="select"), lambda task: task.week),
    (Property(role="category", name="Category", type="select"), lambda task: task.category),
    (Property(role="status", name="Status", type="select"), None),
    (Property(role="priority", name="Priority", type="select"), lambda task: task.priority),
    (Property(role="hours", name="Hours", type="number"), lambda task: task.hours),
    (Property(role="due_date", name="Due Date", type="date"), None),
    (Property(role="skills", name="Skills", type="multi_select"), lambda task: task.skills),
)
"""Columns that a document may leave unsaid, each with what of a task it holds, None for those that none can do
without: none is made that would stand empty."""


def columns_of(roadmap: Roadmap) -> tuple[Property, ...]:
    """The documented columns in their order, and behind them what tasks need and the document does not name."""
    documented = roadmap.tracking.properties
    roles = {prop.role for prop in documented}
    needed = (prop for prop, holds in ESSENTIAL if holds is None or any(holds(task) for _, task in roadmap.tasks()))
    return (*documented, *(prop for prop in needed if prop.role not in roles))


def has_role(roadmap: Roadmap, role: Role) -> bool:
    """Whether the tasks have such a column."""
    return any(prop.role == role for prop in columns_of(roadmap))
