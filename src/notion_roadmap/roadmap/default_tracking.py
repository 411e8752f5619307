"""The table of tasks for documents that describe none: a column for what tasks have, a board for what groups them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from notion_roadmap.roadmap.tracking import Color, Kind, Meaning, Option, Property, Role, Tracking, View

Data = Mapping[str, object]
"""A part of a template as its YAML holds it."""

_STATUSES: tuple[tuple[str, Color, Meaning], ...] = (
    ("⏸️ Not Started", "gray", "not_started"),
    ("🟡 In Progress", "yellow", "in_progress"),
    ("🔴 Blocked", "red", "blocked"),
    ("✅ Completed", "green", "completed"),
)

_COLORS: tuple[Color, ...] = ("blue", "green", "orange", "purple", "pink", "brown", "yellow", "red")
"""Of phases and pillars, in turn. None is gray: that is for what has no say."""

_WHERE_USED: tuple[tuple[Role, str, Kind, str], ...] = (
    ("category", "Category", "select", "category"),
    ("priority", "Priority", "select", "priority"),
    ("hours", "Hours", "number", "hours"),
    ("deliverable", "Deliverable", "text", "deliverables"),
    ("proof", "Proof", "url", "expected_proof"),
    ("skills", "Skills", "multi_select", "skills"),
    ("course_resource", "Resource", "url", "course_resource"),
)
"""Columns that are made where any task has the field of that name."""


def default_tracking(name: str, phases: Sequence[Data], pillars: Sequence[Data] = ()) -> Tracking:
    """The tracking of a roadmap whose document has none.

    Title, phase, due date, status and notes; pillar, week and what else any task has. Boards of phases where there are
    several, of weeks and of pillars where there are any, of the status; a calendar and the table of all.

    Args:
        name: of the table, such as the title of the roadmap.
        phases: with their `option` and `tasks`, as a template holds them.
        pillars: with their `option`.
    """
    tasks = [task for phase in phases for task in _list(phase.get("tasks"))]
    properties = [Property(role="task", name="Task", type="title")]
    properties += _selects(phases, pillars, tasks)
    statuses = tuple(Option(name=name, color=color, means=means) for name, color, means in _STATUSES)
    properties.append(Property(role="status", name="Status", type="select", options=statuses))
    for role, label, kind, field in _WHERE_USED:
        values = [task[field] for task in tasks if task.get(field)]
        if values and role in ("category", "priority", "skills"):
            properties.append(Property(role=role, name=label, type=kind, options=_options(_flat(values))))
        elif values:
            properties.append(Property(role=role, name=label, type=kind))
    properties.append(Property(role="due_date", name="Due Date", type="date"))
    properties.append(Property(role="notes", name="Notes", type="text"))
    return Tracking(name=name, properties=tuple(properties), views=tuple(_views(properties)))


def _selects(phases: Sequence[Data], pillars: Sequence[Data], tasks: Sequence[Data]) -> Iterable[Property]:
    """Phase, pillar and week, each with its options in the order of the document."""
    named: tuple[tuple[Role, str, list[object]], ...] = (
        ("phase", "Phase", [phase.get("option") for phase in phases]),
        ("pillar", "Pillar", [*(one.get("option") for one in pillars), *(task.get("pillar") for task in tasks)]),
        ("week", "Week", [task.get("week") for task in tasks]),
    )
    for role, label, names in named:
        options = _options(names, colors=_COLORS if role != "week" else ())
        if options:
            yield Property(role=role, name=label, type="select", options=options)


def _options(names: Iterable[object], colors: Sequence[Color] = ()) -> tuple[Option, ...]:
    distinct = dict.fromkeys(str(name) for name in names if name)
    return tuple(
        Option(name=name, color=colors[place % len(colors)] if colors else None) for place, name in enumerate(distinct)
    )


def _views(properties: Sequence[Property]) -> Iterable[View]:
    found = {prop.role: prop for prop in properties}
    if "week" in found:
        yield View(key="week-board", name="🗓️ Week Board", layout="board", group_by="Week")
    if "pillar" in found:
        yield View(key="pillar-board", name="🏛️ Pillar Board", layout="board", group_by="Pillar")
    if "phase" in found and len(found["phase"].options) > 1:
        yield View(key="phase-board", name="📊 Phase Board", layout="board", group_by="Phase")
    yield View(key="status-kanban", name="📈 Status Board", layout="board", group_by="Status")
    yield View(key="calendar", name="📅 Calendar", layout="calendar", date_property="Due Date")
    yield View(key="all-tasks", name="All Tasks", layout="table")


def _list(value: object) -> list[Data]:
    return [one for one in value if isinstance(one, Mapping)] if isinstance(value, list | tuple) else []


def _flat(values: Iterable[object]) -> Iterable[object]:
    for value in values:
        yield from value if isinstance(value, list | tuple) else (value,)
