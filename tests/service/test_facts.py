"""Rows as facts: what stands there, read for what it means, and nothing guessed."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from notion_roadmap.blueprint.choices import Choices
from notion_roadmap.roadmap.record import ApplicationRecord, Capacity, Pause, Record, StatusEvent, Steering
from notion_roadmap.service.facts import Known, entries_noted, entries_of, record_of
from notion_roadmap.service.happened import events_of
from notion_roadmap.service.rules import rules_of
from notion_roadmap.service.steering import Wishes, remembered, steering_of, wishes_of
from notion_roadmap.templates import load_template
from notion_roadmap.workspace.cached import CachedRow
from notion_roadmap.workspace.canonical import JSON, canonical
from notion_roadmap.workspace.properties import DateSpan, Foreign, Value
from notion_roadmap.workspace.text import Run, Text
from notion_roadmap.workspace.thaw import value_of

START, TODAY = date(2026, 11, 23), date(2026, 12, 1)
CAREER = load_template("data-engineering-career")
CHOICES = Choices(START, START, 40, done=frozenset({CAREER.phases[0].tasks[0].key}))
RULES = rules_of(CAREER, CHOICES)
KNOWN = Known(steering=Steering(start=START))


def record(database: str, *rows: CachedRow, missing: frozenset[str] = frozenset()) -> Record:
    return record_of(CAREER, RULES, {database: rows}, Known(steering=KNOWN.steering, missing=missing))


def row(database: str, key: str = "", /, **values: Value | JSON) -> CachedRow:
    return CachedRow("i", database, key, {f"{database}.{name}": canonical(value) for name, value in values.items()})


@pytest.mark.parametrize(
    "value",
    [
        None,
        True,
        2.5,
        "Option",
        ("a", "b"),
        DateSpan(START),
        DateSpan(START, TODAY),
        Text.of("plain ", Run("bold", bold=True, link="https://example.com")),
        Foreign("digest", TODAY),
        Foreign("digest"),
    ],
    ids=str,
)
def test_every_value_comes_back_from_its_canonical_form(value: Value) -> None:
    assert value_of(canonical(value)) == value


def test_a_task_says_what_stands_there() -> None:
    (task,) = record(
        "tasks",
        row(
            "tasks",
            title=Text.of("Mine"),
            phase="Phase 2",
            status="🔴 Blocked",
            scope="Stretch",
            hours=-3,
            hours_spent=2,
            due_date=DateSpan(START, TODAY),
            proof="https://example.com",
            skills=("SQL",),
            blocked_by=("tasks/phase-1/x", "id:other"),
            checklist=Text.of("7/6"),
        ),
    ).tasks
    assert (task.key, task.title, task.phase, task.status, task.scope) == (
        "id:i",
        "Mine",
        "Phase 2",
        "blocked",
        "stretch",
    )
    assert (task.hours, task.hours_spent, task.due, task.has_proof) == (None, 2, TODAY, True)
    assert task.blocked_by == ("phase-1/x", "id:other")
    assert task.boxes == (6, 6)


@pytest.mark.parametrize("told", ["", "3", "a/b", "1/0", "/", "½/6"])
def test_a_checklist_that_says_nothing_is_no_boxes(told: str) -> None:
    (task,) = record("tasks", row("tasks", checklist=Text.of(told))).tasks
    assert task.boxes is None


def test_a_day_with_a_time_of_day_is_still_that_day() -> None:
    (task,) = record("tasks", row("tasks", due_date=Foreign("x", TODAY))).tasks
    assert task.due == TODAY


def test_a_reopened_task_has_no_day_of_completion_whatever_stands_there() -> None:
    (task,) = record("tasks", row("tasks", status="🟡 In Progress", completed_on=DateSpan(TODAY))).tasks
    assert task.completed_on is None


def test_what_is_missing_is_named_and_never_zero() -> None:
    told = record("tasks", missing=frozenset({"tasks.hours", "tasks.notes", "days.sql"}))
    assert told.missing == {"tasks.hours"}


def test_applications_are_read_stage_by_stage() -> None:
    assert CAREER.funnel is not None
    first, second = CAREER.funnel.stages[:2]
    days: dict[str, Value | JSON] = {RULES.stages[first].partition(".")[2]: DateSpan(START)}
    (told,) = record("applications", row("applications", stage=second, outcome="Open", **days)).applications
    assert told == ApplicationRecord(key="id:i", stage=second, reached={first: START}, outcome=None)
    (told,) = record("applications", row("applications", outcome="Rejected")).applications
    assert (told.stage, told.outcome) == (None, "Rejected")


def test_rows_that_say_nothing_are_no_facts() -> None:
    for database in ("phases", "days", "reviews", "history"):
        told = record(database, row(database), row(database, f"{database}/x"))
        assert (told.phases, told.days, told.weeks, told.history) == ((), (), (), ())


def test_weeks_and_history_are_ours_only() -> None:
    week: dict[str, Value | JSON] = {"week": DateSpan(START), "priorities": ("tasks/a",), "closed": True}
    (told,) = record("reviews", row("reviews", "reviews/2026-W48", **week), row("reviews", **week)).weeks
    assert (told.first, told.priorities, told.closed) == (START, ("a",), True)
    point: dict[str, Value | JSON] = {"date": DateSpan(START), "series": "Done", "hours": 3, "tasks": 2}
    assert record("history", row("history", "history/x", **point), row("history", **point)).history == (
        (START, "done", 3, 2),
    )


def test_entries_are_kept_by_day_and_emptied_ones_end() -> None:
    def noted(memory: JSON, value: JSON, day: date) -> JSON:
        return entries_noted(memory, [row("kpis", "kpis/x", own_entry=value)], day)

    memory = noted(None, 3, START)
    assert noted(memory, 3, TODAY) == memory
    assert [(e.day, e.value) for e in entries_of(noted(memory, 4, START))] == [(START, 4)]
    assert entries_of(noted(memory, None, START)) == ()
    emptied = noted(memory, None, TODAY)
    assert [(e.day, e.value) for e in entries_of(emptied)] == [(START, 3)]
    assert noted(emptied, None, TODAY) == emptied
    again = noted(emptied, 3, date(2026, 12, 8))
    assert [(e.day, e.value) for e in entries_of(again)] == [(START, 3), (date(2026, 12, 8), 3)]


def _pauses(memory: JSON, wishes: Wishes, today: date) -> tuple[JSON, tuple[Pause, ...]]:
    now = remembered(memory, wishes, CHOICES, today)
    return now, steering_of(now, wishes, CHOICES, UTC).pauses


def test_a_pause_begins_when_it_is_first_seen_and_ends_when_it_is_taken_back() -> None:
    until = Wishes(pause_until=date(2026, 12, 10))
    memory, pauses = _pauses(None, until, TODAY)
    assert pauses == (Pause(TODAY, date(2026, 12, 10)),)
    memory, pauses = _pauses(memory, until, date(2026, 12, 5))
    assert pauses == (Pause(TODAY, date(2026, 12, 10)),)
    longer, pauses = _pauses(memory, Wishes(pause_until=date(2026, 12, 20)), date(2026, 12, 6))
    assert pauses == (Pause(TODAY, date(2026, 12, 20)),)
    _, pauses = _pauses(longer, Wishes(), date(2026, 12, 6))
    assert pauses == (Pause(TODAY, date(2026, 12, 5)),)
    over, pauses = _pauses(longer, until, date(2026, 12, 25))
    assert len(pauses) == 1
    _, pauses = _pauses(over, Wishes(pause_until=date(2027, 1, 5)), date(2027, 1, 1))
    assert pauses[-1] == Pause(date(2027, 1, 1), date(2027, 1, 5))
    assert len(pauses) == 2


def test_a_pause_that_is_taken_back_on_its_first_day_never_was() -> None:
    memory, _ = _pauses(None, Wishes(pause_until=date(2026, 12, 10)), TODAY)
    assert _pauses(memory, Wishes(), TODAY)[1] == ()


def test_a_pause_that_came_and_went_while_nothing_ran_counts() -> None:
    wishes = Wishes(pause_until=date(2026, 11, 28), edited_on=date(2026, 11, 24))
    memory, pauses = _pauses(None, wishes, TODAY)
    assert pauses == (Pause(date(2026, 11, 24), date(2026, 11, 28)),)
    assert _pauses(memory, wishes, TODAY)[1] == pauses


def test_a_pace_holds_from_the_day_on_which_it_was_seen() -> None:
    memory = remembered(None, Wishes(weekly_hours=40), CHOICES, START)
    memory = remembered(memory, Wishes(weekly_hours=10), CHOICES, TODAY)
    memory = remembered(memory, Wishes(weekly_hours=12), CHOICES, TODAY)
    assert steering_of(memory, Wishes(), CHOICES, UTC).capacities == (Capacity(START, 40), Capacity(TODAY, 12))


def test_settings_that_cannot_be_are_none() -> None:
    told = wishes_of([row("settings", "settings/roadmap", weekly_hours=0, week_start="Doomsday")], UTC)
    assert (told.weekly_hours, told.week_start, told.pause_until) == (None, 0, None)
    assert wishes_of([row("settings", weekly_hours=7)], UTC) == Wishes()


def test_events_of_rows_never_seen_are_dated_by_the_rows() -> None:
    zone, now = ZoneInfo("Europe/Amsterdam"), datetime(2026, 12, 1, 9, tzinfo=UTC)
    done = CAREER.phases[0].tasks[0].key
    other = CAREER.phases[0].tasks[1].key
    completed: dict[str, Value | JSON] = {"status": "✅ Completed", "done": True}
    rows = {
        "1": row("tasks", f"tasks/{done}", **completed, completed_on=None),
        "2": row("tasks", f"tasks/{other}", **completed, completed_on=DateSpan(date(2026, 11, 27))),
        "3": row("tasks", "", status="🟡 In Progress"),
    }
    assert list(events_of(RULES, {}, rows, now, zone)) == [
        StatusEvent(
            task=other,
            before="not_started",
            after="completed",
            observed=datetime(2026, 11, 27, 11, tzinfo=UTC),
        ),
        StatusEvent(task="id:i", before=None, after="in_progress", observed=now),
    ]
    assert list(events_of(RULES, rows, rows, now, zone)) == []
