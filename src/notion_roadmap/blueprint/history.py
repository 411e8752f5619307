"""One row a week and series: what a burn-up is drawn from."""

from __future__ import annotations

from collections.abc import Iterable

from notion_roadmap.blueprint.kpis import watched
from notion_roadmap.blueprint.outline import Outline
from notion_roadmap.blueprint.part import DATA_PAGE, HISTORY, OURS, SOON, Part, column, database, existing, tabs
from notion_roadmap.blueprint.prose import rounded
from notion_roadmap.blueprint.roles import has_role
from notion_roadmap.blueprint.weeks import week_label
from notion_roadmap.roadmap import Roadmap
from notion_roadmap.roadmap.record import Series
from notion_roadmap.workspace.items import Row
from notion_roadmap.workspace.properties import DateSpan, Option, Property, PropertyType, Value
from notion_roadmap.workspace.text import Text
from notion_roadmap.workspace.views import Chart, Condition, GroupBy, Layout, Sort, View, Widget

DONE, SCOPE, PLAN = "Done", "Scope", "Plan"
_NAMES: dict[Series, str] = {"done": DONE, "scope": SCOPE, "plan": PLAN}
DASHBOARD = "view:history/dashboard"


def history_part(outline: Outline) -> Part:
    """The history with its first week."""
    made = database(
        HISTORY,
        DATA_PAGE,
        "Progress History",
        _columns(timed=has_role(outline.roadmap, "hours")),
        icon="🔥",
        description="Required work, week by week: what is done, what there is to do, what the plan says.",
        grows=f"{HISTORY}/",
    )
    return Part(made, tuple(existing(view, made) for view in _views(outline)), tuple(_rows(outline)))


def _columns(*, timed: bool) -> Iterable[Property]:
    number = PropertyType.NUMBER
    yield column("history.title", "Entry", PropertyType.TITLE, "The ISO week and the series.", OURS)
    yield column("history.date", "Date", PropertyType.DATE, "The Monday of the week.", OURS)
    words = "Done: completed so far. Scope: all that is required. Plan: what should be completed by the week's end."
    options = (Option(DONE, "green"), Option(SCOPE, "gray"), Option(PLAN, "blue"))
    yield column("history.series", "Series", PropertyType.SELECT, words, OURS, options=options)
    if timed:
        yield column("history.hours", "Hours", number, "In hours, where the document gives plain numbers.", OURS)
    yield column("history.tasks", "Tasks", number, "In tasks.", OURS)


def _rows(outline: Outline) -> Iterable[Row]:
    """Three points a week. Weeks that are over stand as they were written; so `burn_up` gives them."""
    points = sorted(outline.numbers.burn_up, key=lambda point: (point.week, point.series))
    for place, (week, series, hours, tasks) in enumerate(points):
        key = f"{HISTORY}/{week_label(week)}/{series}"
        values: dict[str, Value] = {
            "history.title": Text.of(f"{week_label(week)} {_NAMES[series]}"),
            "history.date": DateSpan(week),
            "history.series": _NAMES[series],
            "history.tasks": tasks,
            "history.key": Text.of(key),
        }
        if has_role(outline.roadmap, "hours"):
            values["history.hours"] = rounded(hours)
        yield Row(key, HISTORY, values, rank=SOON + 20 + place)


def burn_up(roadmap: Roadmap, key: str, name: str) -> View:
    """Done against scope and plan, a line each: in hours where the document has any, else in tasks."""
    chart = Chart(
        "line",
        x=GroupBy("history.date", by="week"),
        aggregate="sum",
        of="history.hours" if has_role(roadmap, "hours") else "history.tasks",
        stack_by=GroupBy("history.series"),
    )
    return View(key, HISTORY, name, Layout.CHART, chart=chart)


def _views(outline: Outline) -> tuple[View, ...]:
    latest = (Sort("history.date", descending=True), Sort("history.series"))
    shown = ("history.date", "history.series", "history.hours", "history.tasks")
    return (
        *tabs(
            View("view:history/all", HISTORY, "All Entries", Layout.TABLE, sorts=latest, shown=shown),
            burn_up(outline.roadmap, "view:history/burn-up", "Burn-up"),
            View(DASHBOARD, HISTORY, "Dashboard", Layout.DASHBOARD),
        ),
        *_widgets(outline),
    )


def _widgets(outline: Outline) -> Iterable[View]:
    """Row by row: how much is done, the burn-up, the phases, the KPIs."""
    top, middle, bottom = (Widget(DASHBOARD, row) for row in range(3))
    done = Condition("tasks.done", "equals", True)
    completed = "view:tasks/dashboard-1-completed"
    yield View(completed, "tasks", "Completed", Layout.CHART, top, filter=done, chart=Chart("number"))
    by_status = Chart("donut", x=GroupBy("tasks.status"))
    yield View("view:tasks/dashboard-2-status", "tasks", "Tasks by Status", Layout.CHART, top, chart=by_status)
    by_phase = Chart("bar", x=GroupBy("tasks.phase"), stack_by=GroupBy("tasks.status"))
    yield View("view:tasks/dashboard-3-phases", "tasks", "Tasks by Phase", Layout.CHART, top, chart=by_phase)
    line = burn_up(outline.roadmap, "view:history/dashboard-burn-up", "Burn-up")
    yield View(line.key, HISTORY, line.name, Layout.CHART, middle, chart=line.chart)
    gates = ("phases.required_progress", "phases.gate", "phases.forecast")
    order = (Sort("phases.order"),)
    yield View("view:phases/dashboard", "phases", "Phases", Layout.TABLE, bottom, sorts=order, shown=gates)
    counted = [kpi for kpi, _ in watched(outline.roadmap)]
    if counted:
        phased = ("kpis.active_in",) if any(kpi.active_in for kpi in counted) else ()
        glance = ("kpis.display", "kpis.attainment", *phased)
        yield View("view:kpis/dashboard", "kpis", "KPIs", Layout.TABLE, bottom, shown=glance)
