"""Whatever becomes of a roadmap: one workspace, within the limits, in whatever order the facts come."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from blueprint.material import CHOICES, MONDAY, career, changed, lived
from notion_roadmap.blueprint import check, first_record
from notion_roadmap.roadmap.record import (
    Boxes,
    DayRecord,
    HabitEntry,
    Pause,
    Record,
    StatusEvent,
    WeekRecord,
)
from notion_roadmap.workspace.canonical import digest

FIRST = first_record(career(), CHOICES)
DAY = timedelta(days=1)
_KEYS = [task.key for _, task in career().tasks()]


_STATUSES = st.sampled_from(["not_started", "in_progress", "blocked", "completed"])


@dataclass(frozen=True, repr=False)
class Drawn:
    """A life and a day of it: too long to be shown."""

    record: Record
    today: date


@st.composite
def records(draw: st.DrawFn) -> Drawn:
    """Any life of the career roadmap, and a day of it."""
    today = MONDAY + draw(st.integers(-3, 200)) * DAY
    past = st.integers(0, 200).map(lambda n: today - n * DAY)
    news = {}
    for key in draw(st.lists(st.sampled_from(_KEYS), unique=True, max_size=12)):
        status = draw(_STATUSES)
        news[key.replace("/", "__").replace("-", "_")] = {
            "status": status,
            "completed_on": draw(st.none() | past) if status == "completed" else None,
            "scope": draw(st.sampled_from(["required", "alternative", "stretch", "dropped"])),
            "percent_done": draw(st.none() | st.floats(0, 1)),
            "boxes": draw(st.none() | st.just(Boxes(1, 3))),
            "hours_spent": draw(st.none() | st.floats(0, 99)),
            "focus": "now",
            "focus_chosen": draw(st.booleans()),
            "due": draw(st.none() | past),
            "removed": draw(st.booleans()),
        }
    habits = {habit.key: HabitEntry(ticked=draw(st.booleans())) for habit in career().habits}
    days = draw(st.lists(past, unique=True, max_size=5))
    events = [
        StatusEvent(task=k, before="not_started", after="in_progress",
                    observed=datetime.combine(draw(past), datetime.min.time(), UTC))
        for k in draw(st.lists(st.sampled_from(_KEYS), max_size=4))
    ]  # fmt: skip
    own = replace(FIRST.tasks[0], key="id:0b1d", title="My own", phase=draw(st.sampled_from(["Phase 1", "Mine", None])))
    record = replace(
        changed(FIRST, **news),
        days=tuple(
            DayRecord(day=d, habits=habits, day_off=draw(st.booleans()), key=f"days/{d.isoformat()}") for d in days
        ),
        events=tuple(events),
        weeks=tuple(
            WeekRecord(first=d, priorities=("id:0b1d", _KEYS[0]), closed=draw(st.booleans()))
            for d in draw(st.lists(past, unique_by=lambda d: d.isocalendar()[:2], max_size=3))
        ),
        missing=frozenset(draw(st.lists(st.sampled_from(["tasks.status", "tasks.hours", "tasks.phase"]), max_size=1))),
    )  # fmt: skip
    record = replace(record, tasks=(*record.tasks, own))
    pause = Pause(first := draw(past), draw(st.none() | st.just(first + 20 * DAY)))
    pauses = (pause,) if draw(st.booleans()) else ()
    return Drawn(replace(record, steering=replace(record.steering, pauses=pauses)), today)


@settings(max_examples=15, deadline=None)
@given(records(), st.integers(0, 99))
def test_any_life_gives_one_workspace_within_the_limits_whatever_the_order(life: Drawn, seed: int) -> None:
    record, today = life.record, life.today
    dice = random.Random(seed)
    workspace = lived(record, today)
    mixed = {}
    for name in ("tasks", "phases", "criteria", "days", "events", "weeks"):
        mixed[name] = list(getattr(record, name))
        dice.shuffle(mixed[name])

    assert check(workspace) == ()
    assert digest(lived(replace(record, **{n: tuple(v) for n, v in mixed.items()}), today)) == digest(workspace)
