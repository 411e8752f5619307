"""Records that the tests of this folder share."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from notion_roadmap.blueprint import Choices, build
from notion_roadmap.roadmap import Roadmap
from notion_roadmap.roadmap.record import (
    ApplicationRecord,
    Boxes,
    Capacity,
    CriterionRecord,
    DayRecord,
    HabitEntry,
    KpiEntry,
    Pause,
    PhaseRecord,
    Record,
    StatusEvent,
    Steering,
    TaskRecord,
    WeekRecord,
)
from notion_roadmap.service.life import first_life
from notion_roadmap.templates import load_template
from notion_roadmap.workspace.items import Row, Workspace
from notion_roadmap.workspace.properties import DateSpan
from notion_roadmap.workspace.text import Text

MONDAY = date(2026, 11, 23)
CHOICES = Choices(start=MONDAY, today=MONDAY, weekly_hours=40)
STEERING = Steering(start=MONDAY)

STAGES = ("Sent", "Call", "Offer")
MINI = {
    "key": "mini",
    "title": "Mini",
    "version": 1,
    "tracking": {
        "name": "Tasks",
        "properties": [
            {"role": "task", "name": "Task", "type": "title"},
            {
                "role": "priority",
                "name": "Priority",
                "type": "select",
                "options": [{"name": "HIGH"}, {"name": "MEDIUM"}, {"name": "LOW"}],
            },
        ],
    },
    "phases": [
        {
            "key": f"phase-{n}",
            "title": f"The {n}",
            "option": f"Phase {n}",
            "tasks": [{"key": f"phase-{n}/one", "title": "One"}],
            "criteria": [{"key": f"phase-{n}/shown", "text": "Shown"}],
        }
        for n in (1, 2)
    ],
    "habits": [
        {"key": "problems", "title": "2 problems", "target": 2, "unit": "problems"},
        {"key": "reading", "title": "30 min reading", "target": 30, "unit": "min"},
    ],
    "kpis": [
        {"key": "problems", "name": "Problems", "counted": {"kind": "habit", "habit": "problems"}, "target": 100},
        {
            "key": "sent",
            "name": "Sent",
            "counted": {"kind": "stage", "stage": "Sent"},
            "target": 7,
            "period": "week",
            "active_in": "phase-1",
        },
        {"key": "projects", "name": "Projects", "counted": {"kind": "category", "category": "Project"}, "target": 2},
        {
            "key": "people",
            "name": "People",
            "counted": {"kind": "own"},
            "target": 10,
            "period": "week",
        },
        {"key": "score", "name": "Score", "counted": {"kind": "own"}, "target": 80, "display": "percent"},
    ],
    "funnel": {
        "title": "Funnel",
        "stages": list(STAGES),
        "steps": [
            {
                "key": "call",
                "name": "Sent → Call",
                "from_stage": "Sent",
                "to_stage": "Call",
                "target": 25,
                "benchmark": 12,
            }
        ],
    },
    "risk_rules": [
        {"key": "technical-skills", "condition": "behind on technical skills", "actions": ["Practise more"]},
        {"key": "project-quality", "condition": "project quality concerns", "actions": ["Fewer projects"]},
        {"key": "interview-performance", "condition": "interview issues", "actions": ["Mock interviews"]},
        {"key": "job-market", "condition": "job market changes", "actions": ["Adapt"]},
    ],
    "emergency": {
        "title": "Emergency",
        "condition": "If behind by >2 weeks",
        "threshold_weeks": 2,
        "steps": ["Drop lowest priority tasks", "Focus"],
    },
}


@cache
def mini(**changes: Any) -> Roadmap:
    """A roadmap with one of everything that is counted."""
    return Roadmap.model_validate({**MINI, **changes})


@cache
def career() -> Roadmap:
    """The bundled template of document 002."""
    return load_template("data-engineering-career")


@cache
def career_workspace() -> Workspace:
    """Its workspace on the day of the seed."""
    return build(career(), CHOICES, first_life(career(), CHOICES))


@cache
def seeded() -> Record:
    """The record of the career roadmap as a sync finds it on the day of the seed."""
    workspace = career_workspace()
    rows: dict[str, list[Row]] = {}
    for row in workspace.rows:
        rows.setdefault(row.database, []).append(row)
    choice = {task.key: task.pick_one for _, task in career().tasks()}
    return Record(
        steering=Steering(start=MONDAY, zone=ZoneInfo("Europe/Berlin"), capacities=(Capacity(MONDAY, 40),)),
        tasks=tuple(_task(row, choice) for row in rows["tasks"]),
        phases=tuple(_phase(row) for row in rows["phases"]),
        criteria=tuple(_criterion(row) for row in rows["criteria"]),
    )


def _task(row: Row, choice: dict[str, str | None]) -> TaskRecord:
    said: Any = row.values
    key = row.key.removeprefix("tasks/")
    boxes = said["tasks.checklist"]
    return TaskRecord(
        key=key,
        title=said["tasks.title"].plain,
        phase=said["tasks.phase"],
        category=said["tasks.category"],
        scope=said["tasks.scope"].lower(),
        priority=said["tasks.priority"],
        hours=said["tasks.hours"],
        boxes=Boxes(*map(int, boxes.plain.split("/"))) if boxes else None,
        start=_start(said["tasks.start"]),
        due=_start(said["tasks.due_date"]),
        baseline_due=_start(said["tasks.baseline_due"]),
        skills=said["tasks.skills"] or (),
        pick_one=choice[key],
    )


def _phase(row: Row) -> PhaseRecord:
    options = {f"{phase.option}: {phase.title}": phase.option for phase in career().phases}
    title, window = row.values["phases.title"], row.values["phases.window"]
    assert isinstance(title, Text)
    assert isinstance(window, DateSpan)
    return PhaseRecord(option=options[title.plain], first=_start(window), last=window.end)  # type: ignore[arg-type]


def _criterion(row: Row) -> CriterionRecord:
    said: Any = row.values
    measure = said["criteria.measure"]
    return CriterionRecord(
        key=row.key.removeprefix("criteria/"),
        title=said["criteria.title"].plain,
        phase=said["criteria.phase"],
        kpi=measure[0].removeprefix("kpis/") if measure else None,
        target=said["criteria.target"],
    )


def _start(span: DateSpan | None) -> date | None:
    return None if span is None else span.start  # type: ignore[return-value]


def task(key: str, **said: Any) -> TaskRecord:
    """A task of the first phase."""
    return TaskRecord(**{"key": key, "title": key.title(), "phase": "Phase 1", **said})


def record(*tasks: TaskRecord, **said: Any) -> Record:
    """A record of these tasks, with the windows of two phases of four weeks."""
    phases = (
        PhaseRecord(option="Phase 1", first=MONDAY, last=MONDAY + timedelta(days=27)),
        PhaseRecord(option="Phase 2", first=MONDAY + timedelta(days=28), last=MONDAY + timedelta(days=55)),
    )
    return Record(**{"steering": STEERING, "tasks": tasks, "phases": phases, **said})


def event(key: str, before: Any, after: Any, day: date) -> StatusEvent:
    """A status event at noon, UTC."""
    return StatusEvent(
        task=key, before=before, after=after, observed=datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    )


def days(first: date, marks: str, habit: str = "problems") -> tuple[DayRecord, ...]:
    """A day for each mark: x done, - not, o a day off, a space no row at all."""
    return tuple(
        DayRecord(day=first + timedelta(days=place), habits={habit: HabitEntry(mark == "x")}, day_off=mark == "o")
        for place, mark in enumerate(marks)
        if mark != " "
    )


_DAYS = st.dates(MONDAY - timedelta(days=20), MONDAY + timedelta(days=120))
_MAYBE = st.none() | _DAYS
_HOURS = st.none() | st.integers(1, 100) | st.floats(0.25, 90)
_KEYS = [f"task-{number}" for number in range(9)]


@st.composite
def tasks(draw: st.DrawFn, key: str) -> TaskRecord:
    """Any task of that name."""
    total = draw(st.integers(0, 4))
    status = draw(st.sampled_from(["not_started", "in_progress", "blocked", "completed"]))
    return TaskRecord(
        key=key,
        title=key,
        phase=draw(st.sampled_from(["Phase 1", "Phase 2", "My own", None])),
        category=draw(st.sampled_from(["Learning", "Project", None])),
        status=status,
        scope=draw(st.sampled_from(["required", "required", "alternative", "stretch", "dropped"])),
        priority=draw(st.sampled_from(["HIGH", "MEDIUM", "LOW", None])),
        hours=draw(_HOURS),
        hours_spent=draw(st.none() | st.floats(0, 200)),
        percent_done=draw(st.none() | st.floats(-0.5, 1.5)),
        boxes=Boxes(draw(st.integers(0, total)), total) if total else None,
        due=draw(st.none() | _DAYS),
        baseline_due=draw(st.none() | _DAYS),
        completed_on=draw(st.none() | _DAYS) if status == "completed" else None,
        has_proof=draw(st.booleans()),
        skills=tuple(draw(st.lists(st.sampled_from(["python", "sql"]), unique=True))),
        focus=draw(st.sampled_from(["now", "next", "later", None])),
        focus_chosen=draw(st.booleans()),
        blocked_by=tuple(draw(st.lists(st.sampled_from(_KEYS), max_size=2, unique=True))),
        pick_one=draw(st.sampled_from(["track", None, None])),
        removed=draw(st.sampled_from([False, False, False, True])),
    )


@st.composite
def records(draw: st.DrawFn) -> Record:
    """Any record of the mini roadmap."""
    keys = draw(st.lists(st.sampled_from(_KEYS), max_size=6, unique=True))
    statuses = st.sampled_from(["not_started", "in_progress", "blocked", "completed"])
    hours = st.integers(0, 23)
    moved = draw(st.lists(st.tuples(st.sampled_from(_KEYS), statuses, statuses, _DAYS, hours), max_size=5))
    logged = draw(st.lists(st.tuples(_DAYS, st.booleans(), st.none() | st.floats(0, 9), st.booleans()), max_size=8))
    sent = draw(st.lists(st.tuples(st.sampled_from([*STAGES, "Other", None]), _MAYBE, _MAYBE), max_size=4))
    pauses = draw(st.lists(st.tuples(_DAYS, st.none() | st.integers(0, 30)), max_size=2))
    base = record(*(draw(tasks(key)) for key in keys))
    return replace(
        base,
        steering=Steering(
            start=MONDAY,
            zone=draw(st.sampled_from([UTC, ZoneInfo("America/New_York"), ZoneInfo("Asia/Tokyo")])),
            capacities=tuple(Capacity(day, hours) for day, hours in draw(st.lists(st.tuples(_DAYS, st.floats(1, 60))))),
            week_start=draw(st.integers(0, 6)),
            pauses=tuple(Pause(first, None if n is None else first + timedelta(days=n)) for first, n in pauses),
        ),
        criteria=tuple(
            CriterionRecord(key=f"phase-{n}/shown", title="Shown", phase=f"Phase {n}", chosen=chosen, kpi=kpi, target=3)
            for n, chosen, kpi in draw(
                st.lists(
                    st.tuples(
                        st.integers(1, 2), st.none() | st.booleans(), st.sampled_from(["problems", "sent", None])
                    ),
                    unique_by=lambda told: told[0],
                )
            )
        ),
        days=tuple(
            DayRecord(day=day, habits={"problems": HabitEntry(ticked, exactly)}, day_off=off, key=f"day-{place}")
            for place, (day, ticked, exactly, off) in enumerate(logged)
        ),
        applications=tuple(
            ApplicationRecord(
                key=f"application-{place}",
                stage=stage,
                reached={name: day for name, day in (("Sent", first), ("Call", second)) if day is not None},
            )
            for place, (stage, first, second) in enumerate(sent)
        ),
        entries=tuple(
            KpiEntry(kpi=kpi, day=day, value=value)
            for kpi, day, value in draw(
                st.lists(st.tuples(st.sampled_from(["people", "score"]), _DAYS, st.floats(0, 90)))
            )
        ),
        events=tuple(
            StatusEvent(
                task=key, before=before, after=after, observed=datetime(d.year, d.month, d.day, hour, tzinfo=UTC)
            )
            for key, before, after, d, hour in moved
        ),
        weeks=tuple(
            WeekRecord(first=day, priorities=tuple(keys[:2])) for day in draw(st.lists(_DAYS, max_size=2, unique=True))
        ),
    )


TODAYS = st.dates(MONDAY - timedelta(days=30), MONDAY + timedelta(days=150))


def with_task(whole: Record, changed: TaskRecord) -> Record:
    """The record with one task replaced."""
    return replace(whole, tasks=tuple(changed if one.key == changed.key else one for one in whole.tasks))


def reversed_record(whole: Record) -> Record:
    """The same facts, each list backwards."""
    names: Iterable[str] = "tasks phases criteria days applications entries events weeks history forecasts".split()  # noqa: SIM905
    return replace(whole, **{name: tuple(reversed(getattr(whole, name))) for name in names})
