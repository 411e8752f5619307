"""From rows as they were last seen to the record that numbers are made from. Pure.

What our own rules made of a row counts at once, also before Notion shows it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeVar, get_args

from notion_roadmap.blueprint.applications import stage_date
from notion_roadmap.blueprint.criteria import TRANSITIONS
from notion_roadmap.blueprint.daily_log import habit_property
from notion_roadmap.roadmap import Roadmap
from notion_roadmap.roadmap.record import (
    ApplicationRecord,
    Boxes,
    CriterionRecord,
    DayRecord,
    Fact,
    Focus,
    HabitEntry,
    HistoryPoint,
    KpiEntry,
    PastForecast,
    PhaseRecord,
    Record,
    Series,
    StatusEvent,
    Steering,
    TaskRecord,
    TaskScope,
    WeekRecord,
)
from notion_roadmap.service.happened import task_name
from notion_roadmap.service.rules import Rules
from notion_roadmap.workspace.cached import CachedRow
from notion_roadmap.workspace.canonical import JSON
from notion_roadmap.workspace.thaw import day_of, last_day_of, names_of, number_of, words_of

FACTS: Final[Mapping[str, Fact]] = {fact: fact for fact in get_args(Fact)}

_SCOPES: Final[Mapping[str, TaskScope]] = {
    "Required": "required",
    "Alternative": "alternative",
    "Stretch": "stretch",
    "Dropped": "dropped",
}
_FOCUS: Final[Mapping[str, Focus]] = {"Now": "now", "Next": "next", "Later": "later"}
_SERIES: Final[Mapping[str, Series]] = {"Done": "done", "Scope": "scope", "Plan": "plan"}

T = TypeVar("T")

_OPEN: Final = "Open"
"""The outcome of an application that has none yet."""


@dataclass(frozen=True, kw_only=True)
class Known:
    """What is known besides the rows.

    Args:
        missing: keys of properties that are gone or cannot be read.
    """

    steering: Steering
    entries: tuple[KpiEntry, ...] = ()
    events: tuple[StatusEvent, ...] = ()
    forecasts: tuple[PastForecast, ...] = ()
    missing: frozenset[str] = frozenset()


def record_of(roadmap: Roadmap, rules: Rules, rows: Mapping[str, Iterable[CachedRow]], known: Known) -> Record:
    """The record.

    Args:
        rows: by the key of the database, those that are gone included.
    """
    there = {database: [row for row in some if row.values] for database, some in rows.items()}
    here = {database: [row for row in some if not row.gone] for database, some in there.items()}
    picks = {task.key: task.pick_one for _, task in roadmap.tasks()}
    exact = {key for key in known.missing if key.endswith("_exactly")}
    return Record(
        steering=known.steering,
        tasks=tuple(_task(row, rules, picks) for row in there.get("tasks", ())),
        phases=_said(_phase(row, rules) for row in here.get("phases", ())),
        criteria=tuple(_criterion(row) for row in here.get("criteria", ()) if not row.key.startswith(TRANSITIONS)),
        days=_said(_day(row, roadmap) for row in here.get("days", ())),
        applications=tuple(_application(row, roadmap) for row in here.get("applications", ())),
        entries=known.entries,
        events=known.events,
        weeks=_said(map(_week, here.get("reviews", ()))),
        history=_said(map(_point, here.get("history", ()))),
        forecasts=known.forecasts,
        missing=frozenset(FACTS[key] for key in known.missing if key in FACTS),
        missing_habits=frozenset(h.key for h in roadmap.daily_habits if habit_property(h) in known.missing - exact),
    )


def _said(given: Iterable[T | None]) -> tuple[T, ...]:
    """Without the rows that say nothing."""
    return tuple(one for one in given if one is not None)


def _task(row: CachedRow, rules: Rules, picks: Mapping[str, str | None]) -> TaskRecord:
    values, name = row.settled, task_name(row)
    focus = words_of(values.get("tasks.focus"))
    return TaskRecord(
        key=name,
        title=words_of(values.get("tasks.title")),
        phase=words_of(values.get("tasks.phase")) or None,
        pillar=words_of(values.get("tasks.pillar")) or None,
        week=words_of(values.get("tasks.week")) or None,
        category=words_of(values.get("tasks.category")) or None,
        status=rules.meaning(values),
        scope=_SCOPES.get(words_of(values.get("tasks.scope")), "required"),
        priority=words_of(values.get("tasks.priority")) or None,
        hours=_positive(values.get("tasks.hours")),
        hours_spent=_positive(values.get("tasks.hours_spent")),
        percent_done=_share(row),
        boxes=_boxes(row),
        start=day_of(values.get("tasks.start")),
        due=last_day_of(values.get("tasks.due_date")) or day_of(values.get("tasks.due_date")),
        baseline_due=day_of(values.get("tasks.baseline_due")),
        completed_on=day_of(values.get("tasks.completed_on")) if rules.meaning(values) == "completed" else None,
        has_proof=bool(values.get("tasks.proof")),
        skills=names_of(values.get("tasks.skills")),
        focus=_FOCUS.get(focus),
        focus_chosen="tasks.focus" in row.chosen and focus in _FOCUS,
        blocked_by=tuple(key.removeprefix("tasks/") for key in names_of(values.get("tasks.blocked_by"))),
        pick_one=picks.get(name),
        removed=row.trashed,
    )


def _positive(told: JSON) -> float | None:
    """A number of hours; one below 0 is none."""
    number = number_of(told)
    return number if number is not None and number >= 0 else None


def _share(row: CachedRow) -> float | None:
    """What the owner entered, from 0 to 1. In a row of their own nobody else enters anything."""
    entered = number_of(row.values.get("tasks.percent_done")) if "tasks.percent_done" in row.chosen else None
    return None if entered is None else min(max(entered, 0.0), 1.0)


def _boxes(row: CachedRow) -> Boxes | None:
    """As they were counted; before anybody did, as the checklist says."""
    if row.boxes is not None:
        return Boxes(*row.boxes) if row.boxes[1] else None
    done, slash, total = words_of(row.values.get("tasks.checklist")).partition("/")
    if not slash or not done.strip().isdecimal() or not total.strip().isdecimal() or int(total) == 0:
        return None
    return Boxes(min(int(done), int(total)), int(total))


def _phase(row: CachedRow, rules: Rules) -> PhaseRecord | None:
    options = {key: option for option, key in rules.phases.items()}
    if row.key not in options:
        return None
    window = row.values.get("phases.window")
    return PhaseRecord(
        option=options[row.key],
        first=day_of(window),
        last=last_day_of(window),
        advance_anyway=row.values.get("phases.advance_anyway") is True,
    )


def _criterion(row: CachedRow) -> CriterionRecord:
    measures = names_of(row.values.get("criteria.measure"))
    met = row.values.get("criteria.met") is True
    return CriterionRecord(
        key=row.name.removeprefix("criteria/"),
        title=words_of(row.values.get("criteria.title")),
        phase=words_of(row.values.get("criteria.phase")) or None,
        chosen=met if "criteria.met" in row.chosen or (met and not measures) else None,
        kpi=measures[0].removeprefix("kpis/") if measures else None,
        target=number_of(row.values.get("criteria.target")),
    )


def _day(row: CachedRow, roadmap: Roadmap) -> DayRecord | None:
    day = day_of(row.values.get("days.date"))
    if day is None:
        return None
    habits: dict[str, HabitEntry] = {}
    for habit in roadmap.daily_habits:
        box = habit_property(habit)
        exactly = _positive(row.values.get(f"{box}_exactly"))
        habits[habit.key] = HabitEntry(row.values.get(box) is True, exactly)
    return DayRecord(day=day, habits=habits, day_off=row.values.get("days.day_off") is True, key=row.name)


def _application(row: CachedRow, roadmap: Roadmap) -> ApplicationRecord:
    values = row.settled
    stages = roadmap.funnel.stages if roadmap.funnel is not None else ()
    days = {stage: day_of(values.get(stage_date(stage))) for stage in stages}
    outcome = words_of(values.get("applications.outcome"))
    return ApplicationRecord(
        key=row.name,
        stage=words_of(values.get("applications.stage")) or None,
        reached={stage: day for stage, day in days.items() if day is not None},
        outcome=outcome if outcome not in ("", _OPEN) else None,
    )


def _week(row: CachedRow) -> WeekRecord | None:
    first = day_of(row.values.get("reviews.week"))
    if first is None or not row.key:
        return None
    keys = (key.removeprefix("tasks/") for key in names_of(row.values.get("reviews.priorities")))
    return WeekRecord(first=first, priorities=tuple(keys), closed=row.values.get("reviews.closed") is True)


def _point(row: CachedRow) -> HistoryPoint | None:
    week, series = day_of(row.values.get("history.date")), _SERIES.get(words_of(row.values.get("history.series")))
    if week is None or series is None or not row.key:
        return None
    tasks = number_of(row.values.get("history.tasks"))
    return HistoryPoint(week, series, number_of(row.values.get("history.hours")) or 0.0, int(tasks or 0))


def entries_noted(memory: JSON, rows: Iterable[CachedRow], today: date) -> JSON:
    """The memory of what the owner entered for KPIs, with what stands there now.

    One value a day and KPI: a later one takes its place, and what is emptied on its own day was a slip.
    """
    noted = [list(one) for one in memory if isinstance(one, list)] if isinstance(memory, list) else []
    for row in sorted(rows, key=lambda row: row.key):
        if row.gone or not row.key or "kpis.own_entry" not in row.values:
            continue
        name, value = row.key.removeprefix("kpis/"), number_of(row.values["kpis.own_entry"])
        if value != _last(noted, name):
            noted = [one for one in noted if one[:2] != [name, today.isoformat()]]
        if value != _last(noted, name):
            noted.append([name, today.isoformat(), value])
    return list[JSON](noted)


def _last(noted: list[list[JSON]], name: str) -> JSON:
    return next((one[2] for one in reversed(noted) if one[0] == name), None)


def entries_of(memory: JSON) -> tuple[KpiEntry, ...]:
    """For the record."""
    told = [one for one in memory if isinstance(one, list)] if isinstance(memory, list) else []
    entered = [(str(kpi), str(day), number_of(value)) for kpi, day, value in told]
    return tuple(KpiEntry(kpi=k, day=date.fromisoformat(day), value=v) for k, day, v in entered if v is not None)
