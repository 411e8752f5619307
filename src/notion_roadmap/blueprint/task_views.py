"""The tabs of the main database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from notion_roadmap.blueprint.outline import Outline
from notion_roadmap.blueprint.part import existing, tabs
from notion_roadmap.blueprint.roles import columns_of
from notion_roadmap.roadmap import View as Documented
from notion_roadmap.workspace.items import Database
from notion_roadmap.workspace.properties import PropertyType
from notion_roadmap.workspace.views import AllOf, AnyOf, Condition, Filter, GroupBy, Layout, Sort, View

TABS = 8
"""More tabs than this are hidden behind a menu on a phone."""

_CARD = (
    "tasks.status",
    "tasks.phase",
    "tasks.pillar",
    "tasks.week",
    "tasks.priority",
    "tasks.due_date",
    "tasks.hours",
    "tasks.category",
)


def today_filter(outline: Outline) -> Filter:
    """In focus or due, and not completed by either of the two ways to say so."""
    due = AnyOf(
        (Condition("tasks.focus", "equals", "Now"), Condition("tasks.due_date", "on_or_before", "today")),
    )
    completed = outline.status("completed")
    return AllOf(
        (
            due,
            Condition("tasks.status", "does_not_equal", completed),
            Condition("tasks.done", "equals", False),
        )
    )


def today_view(outline: Outline, key: str, name: str) -> View:
    """What to do today, as a list: the first thing to see on a phone."""
    sorts = (Sort("tasks.focus"), Sort("tasks.due_date"))
    roles = {prop.role for prop in columns_of(outline.roadmap)}
    priority = ("tasks.priority",) if "priority" in roles else ()
    shown = ("tasks.focus", "tasks.due_date", *priority, "tasks.status", "tasks.done")
    return View(key, "tasks", name, Layout.LIST, filter=today_filter(outline), sorts=sorts, shown=shown)


def task_views(outline: Outline, database: Database) -> tuple[View, ...]:
    """Today, the documented views under their names and in their order, the timeline; always one plain table."""
    documented = [_documented(view, database) for view in outline.roadmap.tracking.views]
    if not any(view.layout is Layout.TABLE for view in documented):
        documented.append(_documented(Documented(key="all-tasks", name="All Tasks", layout="table"), database))
    room = TABS - len(documented)
    first = [today_view(outline, "view:tasks/today", "Today")] if room > 0 else []
    boards = list(_boards(documented, database))[: max(0, room - 1)]
    last = [_TIMELINE] if room > 1 + len(boards) else []
    return tabs(*(existing(view, database) for view in (*first, *boards, *documented, *last)))


def _boards(documented: Iterable[View], database: Database) -> Iterator[View]:
    """A board of the weeks and one of the pillars, where tasks have them and no documented view shows them."""
    names = {prop.key: prop.name for prop in database.properties}
    shown = {view.group_by.property for view in documented if view.layout is Layout.BOARD and view.group_by}
    for role in ("week", "pillar"):
        if (key := f"tasks.{role}") in names and key not in shown:
            name = names[key]
            made = Documented(key=f"{role}-board", name=f"{name} Board", layout="board", group_by=name)
            yield _documented(made, database)


_TIMELINE = View(
    "view:tasks/timeline",
    "tasks",
    "Timeline",
    Layout.TIMELINE,
    sorts=(Sort("tasks.start"),),
    shown=("tasks.status", "tasks.priority"),
    date="tasks.start",
    end="tasks.due_date",
    arrows="tasks.blocked_by",
)


def _documented(view: Documented, database: Database) -> View:
    keys = {prop.name: prop.key for prop in database.properties}
    types = {prop.key: prop.type for prop in database.properties}
    made = View(f"view:tasks/{view.key}", "tasks", view.name, Layout(view.layout), shown=_CARD)
    if view.group_by is not None:
        grouped = keys[view.group_by]
        many = types[grouped] is PropertyType.MULTI_SELECT
        shown = tuple(key for key in _CARD if key != grouped)
        sparse = many or grouped in _SPARSE
        made = replace(made, group_by=GroupBy(grouped, hide_empty=sparse), shown=shown)
    if view.filter is not None:
        filtered = keys[view.filter.property]
        operator = "contains" if types[filtered] is PropertyType.MULTI_SELECT else "equals"
        made = replace(made, filter=Condition(filtered, operator, view.filter.equals))
    return _by_layout(made, keys.get(view.date_property or "", "tasks.due_date"))


def _by_layout(view: View, date: str) -> View:
    by_date = (Sort("tasks.due_date"),)
    if view.layout is Layout.CALENDAR:
        return replace(view, date=date)
    if view.layout is Layout.TIMELINE:
        return replace(view, date="tasks.start", end=date)
    if view.layout is Layout.TABLE:
        return replace(view, sorts=(Sort("tasks.phase"), Sort("tasks.start"), Sort("tasks.title")), shown=_TABLE)
    if view.layout is Layout.GALLERY:
        return replace(view, sorts=by_date, shown=("tasks.deliverable", *view.shown))
    return replace(view, sorts=by_date)


_SPARSE = ("tasks.week",)
"""Columns with many options, of which an empty one says nothing."""

_TABLE = (
    "tasks.phase",
    "tasks.pillar",
    "tasks.week",
    "tasks.category",
    "tasks.status",
    "tasks.priority",
    "tasks.hours",
    "tasks.due_date",
    "tasks.deliverable",
    "tasks.proof",
    "tasks.skills",
    "tasks.course_resource",
    "tasks.notes",
)
