"""One row a week and series: what a burn-up is drawn from."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from math import fsum

from notion_roadmap.blueprint.choices import iso_week, monday
from notion_roadmap.blueprint.outline import Outline
from notion_roadmap.blueprint.part import DATA_PAGE, HISTORY, OURS, SOON, Part, column, database, tabs
from notion_roadmap.workspace.items import Row
from notion_roadmap.workspace.properties import DateSpan, Option, Property, PropertyType, Value
from notion_roadmap.workspace.text import Text
from notion_roadmap.workspace.views import Chart, Condition, GroupBy, Layout, Sort, View, Widget

DONE, SCOPE, PLAN = "Done", "Scope", "Plan"
DASHBOARD = "view:history/dashboard"


def history_part(outline: Outline) -> Part:
    """The history with its first week."""
    made = database(
        HISTORY,
        DATA_PAGE,
        "Progress History",
        _columns(),
        icon="🔥",
        description="Required work, week by week: what is done, what there is to do, what the plan says.",
    )
    return Part(made, _views(outline), tuple(_rows(outline)))


def _columns() -> Iterable[Property]:
    number = PropertyType.NUMBER
    yield column("history.title", "Entry", PropertyType.TITLE, "The ISO week and the series.", OURS)
    yield column("history.date", "Date", PropertyType.DATE, "The Monday of the week.", OURS)
    words = "Done: completed so far. Scope: all that is required. Plan: what should be completed by the week's end."
    options = (Option(DONE, "green"), Option(SCOPE, "gray"), Option(PLAN, "blue"))
    yield column("history.series", "Series", PropertyType.SELECT, words, OURS, options=options)
    yield column("history.hours", "Hours", number, "In hours, where the document gives plain numbers.", OURS)
    yield column("history.tasks", "Tasks", number, "In tasks.", OURS)


def _rows(outline: Outline) -> Iterable[Row]:
    first = monday(outline.choices.first_day)
    tally = outline.tally()
    series = {
        DONE: (tally.hours_done, tally.required_done),
        SCOPE: (tally.hours, tally.required),
        PLAN: planned(outline, first + timedelta(days=6)),
    }
    for place, (name, (hours, tasks)) in enumerate(series.items()):
        key = f"history/{iso_week(first)}/{name.lower()}"
        values: dict[str, Value] = {
            "history.title": Text.of(f"{iso_week(first)} {name}"),
            "history.date": DateSpan(first),
            "history.series": name,
            "history.hours": hours,
            "history.tasks": tasks,
            "history.key": Text.of(key),
        }
        yield Row(key, HISTORY, values, rank=SOON + 20 + place)


def planned(outline: Outline, day: date) -> tuple[float, int]:
    """Hours and tasks that the calendar wants completed by the end of a day, with what was done before the start."""
    due = [
        task
        for _, task in outline.plan
        if outline.is_required(task)
        and (outline.is_done(task) or ((by := outline.calendar.dates[task.key].due) is not None and by <= day))
    ]
    return fsum(task.hours or 0 for task in due), len(due)


def burn_up(key: str, name: str) -> View:
    """Done against scope and plan, a line each."""
    chart = Chart(
        "line",
        x=GroupBy("history.date", by="week"),
        aggregate="sum",
        of="history.hours",
        stack_by=GroupBy("history.series"),
    )
    return View(key, HISTORY, name, Layout.CHART, chart=chart)


def _views(outline: Outline) -> tuple[View, ...]:
    latest = (Sort("history.date", descending=True), Sort("history.series"))
    shown = ("history.date", "history.series", "history.hours", "history.tasks")
    return (
        *tabs(
            View("view:history/all", HISTORY, "All Entries", Layout.TABLE, sorts=latest, shown=shown),
            burn_up("view:history/burn-up", "Burn-up"),
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
    line = burn_up("view:history/dashboard-burn-up", "Burn-up")
    yield View(line.key, HISTORY, line.name, Layout.CHART, middle, chart=line.chart)
    gates = ("phases.required_progress", "phases.gate", "phases.forecast")
    order = (Sort("phases.order"),)
    yield View("view:phases/dashboard", "phases", "Phases", Layout.TABLE, bottom, sorts=order, shown=gates)
    if outline.roadmap.kpis or outline.roadmap.funnel:
        glance = ("kpis.display", "kpis.attainment", "kpis.active_in")
        yield View("view:kpis/dashboard", "kpis", "KPIs", Layout.TABLE, bottom, shown=glance)
