"""Weeks: the plan at the start, the template filled in through them, how they went at the end, made up when missed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from blueprint.material import CHOICES, FRIDAY_BEFORE, MONDAY, career, changed, lived, rows_of
from notion_roadmap.blueprint import first_record
from notion_roadmap.plan.weave import is_woven
from notion_roadmap.roadmap.record import (
    ApplicationRecord,
    DayRecord,
    HabitEntry,
    HistoryPoint,
    KpiEntry,
    PastForecast,
    Record,
    WeekRecord,
)
from notion_roadmap.workspace.items import Row
from notion_roadmap.workspace.properties import DateSpan

FIRST = first_record(career(), CHOICES)
DAY = timedelta(days=1)
WEDNESDAY, SUNDAY, NEXT_MONDAY = MONDAY + 2 * DAY, MONDAY + 6 * DAY, MONDAY + 7 * DAY
SAID = ("phase-1/task-1", "phase-1/task-2", "phase-1/task-3")


def done(on: date, **more: object) -> dict[str, object]:
    return {"status": "completed", "completed_on": on, **more}


def review(record: Record, today: date, week: str = "2026-W48") -> Row:
    return rows_of(lived(record, today))[f"reviews/{week}"]


def said(row: Row) -> dict[str, str]:
    """The words of its page by anchor."""
    return {block.anchor: block.text.plain for block in row.body}


def week(*, closed: bool = False, first: date = MONDAY, priorities: tuple[str, ...] = SAID) -> WeekRecord:
    return WeekRecord(first=first, priorities=priorities, closed=closed)


@pytest.mark.parametrize("today", [FRIDAY_BEFORE, MONDAY])
def test_the_first_week_stands_as_a_plan(today: date) -> None:
    row = review(FIRST, today)

    assert row.title == "2026-W48 · Week of 2026-11-23"
    assert row.values["reviews.priorities"] == tuple(f"tasks/{key}" for key in SAID)
    assert row.values["reviews.closed"] is False
    assert row.values["reviews.said"] is row.values["reviews.did"] is None
    words = said(row)
    assert words["plan"] == "🗓️ Plan"
    assert words["plan/hours"].startswith("Hours planned: ")
    assert words["completed/tasks-completed/phase-1"] == "Phase 1 tasks completed: 0/10, 0 of them this week"
    assert "outcome" not in words
    assert is_woven(row.body)


def test_what_was_said_is_not_proposed_again() -> None:
    assert "reviews.priorities" not in review(replace(FIRST, weeks=(week(),)), WEDNESDAY).values


def test_through_the_week_the_documented_template_is_filled_in() -> None:
    habits = {"sql-problems": HabitEntry(ticked=True), "github-commit": HabitEntry(exactly=3)}
    record = replace(
        changed(
            FIRST,
            phase_1__task_1=done(WEDNESDAY),
            phase_1__project_1=done(WEDNESDAY),
            phase_1__task_2={"status": "blocked"},
        ),
        days=tuple(DayRecord(day=MONDAY + n * DAY, habits=habits) for n in range(3)),
        entries=(KpiEntry(kpi="network-growth", day=WEDNESDAY, value=4),),
        weeks=(week(),),
    )

    words = said(review(record, WEDNESDAY))

    assert words["completed/tasks-completed/phase-1"] == "Phase 1 tasks completed: 2/10, 2 of them this week"
    assert words["completed/projects-advanced"].endswith("(completed)")
    assert words["completed/skills-practiced"].startswith("Skills practiced: python, programming-fundamentals")
    assert words["completed/network-growth"] == "Network growth: 4 of 15"
    assert words["metrics/sql-problems"] == "SQL problems solved: 12"
    assert words["metrics/github-commits"] == "GitHub commits: 9"
    assert words["metrics/course-hours"] == "Course hours completed: 40"
    assert "metrics/applications-sent" not in words
    assert words["blockers/issue-1"] == "Task 2: Data Manipulation with Pandas: [Action plan]"
    assert words["blockers/issue-2"] == "[Issue 2]: [Action plan]"


def test_checklists_tick_themselves_where_there_is_something_to_tell() -> None:
    record = replace(changed(FIRST, phase_1__task_1=done(WEDNESDAY)), weeks=(week(),))

    ticked = {block.anchor for block in review(record, WEDNESDAY).body if block.checked}

    assert ticked == {"completed/tasks-completed/phase-1", "completed/skills-practiced"}


def test_applications_are_asked_for_in_their_phase_only() -> None:
    tasks = tuple(
        replace(t, status="completed") if t.phase in {"Phase 1", "Phase 2", "Phase 3", "Phase 4"} else t
        for t in FIRST.tasks
    )
    sent = (ApplicationRecord(key="id:1", stage="Application", reached={"Application": WEDNESDAY}),)

    words = said(review(replace(FIRST, tasks=tasks, applications=sent), WEDNESDAY))

    assert words["metrics/applications-sent"] == "Applications sent: 1 of 15"


def test_at_its_end_a_week_tells_how_it_went() -> None:
    record = replace(
        changed(
            FIRST,
            phase_1__task_1=done(WEDNESDAY, hours_spent=50.0),
            phase_1__task_2=done(NEXT_MONDAY),
        ),
        weeks=(week(),),
        history=(
            *(HistoryPoint(MONDAY - 7 * DAY, "scope", h, 69) for h in (3_700.0,)),
            HistoryPoint(MONDAY, "scope", 3_712.0, 69),
        ),
        forecasts=(PastForecast(made_on=SUNDAY, subject="", p50=date(2028, 1, 1), p85=date(2028, 3, 1)),),
    )

    row = review(record, NEXT_MONDAY)
    words = said(row)

    assert row.values["reviews.closed"] is True
    assert (row.values["reviews.said"], row.values["reviews.did"]) == (3, 1)
    assert (row.values["reviews.hours_done"], row.values["reviews.hours_spent"]) == (40, 50)
    assert row.values["reviews.forecast"] == DateSpan(date(2028, 1, 1))
    assert words["outcome/said"] == "Said and done: 1 of 3: Task 1: Python Fundamentals"
    assert words["outcome/carried"].startswith("Said and not done: Task 2: Data Manipulation with Pandas · Task 3: ")
    assert "completed: Task 1: Python Fundamentals" in words["outcome/changed"]
    assert "scope +12 hours" in words["outcome/changed"]
    assert words["outcome/hours"].endswith("40 done, 50 spent")
    assert words["blockers/issue-1"] == "–"
    assert "blockers/issue-2" not in words


def test_what_was_said_and_not_done_is_carried_over() -> None:
    record = replace(changed(FIRST, phase_1__task_1=done(WEDNESDAY)), weeks=(week(),))

    row = review(record, NEXT_MONDAY, "2026-W49")

    priorities = row.values["reviews.priorities"]
    assert isinstance(priorities, tuple)
    assert set(priorities) >= {"tasks/phase-1/task-2", "tasks/phase-1/task-3"}
    carried = said(row)["plan/carried"]
    assert carried.startswith("Carried over: Task 2: Data Manipulation with Pandas · Task 3: ")


def test_what_is_carried_over_stays_told_when_it_is_done() -> None:
    weeks = (week(closed=True), week(first=NEXT_MONDAY, priorities=("phase-1/task-2",)))
    before = replace(changed(FIRST, phase_1__task_1=done(WEDNESDAY)), weeks=weeks)
    after = changed(before, phase_1__task_2=done(NEXT_MONDAY + DAY))

    first = said(review(before, NEXT_MONDAY, "2026-W49"))["plan/carried"]

    assert said(review(after, NEXT_MONDAY + 2 * DAY, "2026-W49"))["plan/carried"] == first


def test_a_closed_week_is_left_alone() -> None:
    record = replace(FIRST, weeks=(week(closed=True),))

    assert [key for key in rows_of(lived(record, NEXT_MONDAY)) if key.startswith("reviews/")] == ["reviews/2026-W49"]


def test_missed_weeks_are_made_up_in_order_and_once() -> None:
    record = replace(changed(FIRST, phase_1__task_1=done(MONDAY + 9 * DAY)), weeks=(week(closed=True),))
    today = MONDAY + 29 * DAY
    rows = [row for row in lived(record, today).rows if row.database == "reviews"]

    assert [row.key for row in sorted(rows, key=lambda row: row.rank)] == [
        "reviews/2026-W49", "reviews/2026-W50", "reviews/2026-W51", "reviews/2026-W52",
    ]  # fmt: skip
    assert [row.values["reviews.closed"] for row in rows] == [True, True, True, False]
    assert ["reviews.priorities" in row.values for row in rows] == [False, False, False, True]
    assert said(rows[0])["completed/tasks-completed/phase-1"] == "Phase 1 tasks completed: 1/10, 1 of them this week"
    assert said(rows[0])["outcome/said"] == "Said and done: nothing was said"
    closed = replace(
        record,
        weeks=(*record.weeks, *(week(closed=True, first=MONDAY + 7 * n * DAY, priorities=()) for n in (1, 2, 3))),
    )
    assert [row.key for row in lived(closed, today).rows if row.database == "reviews"] == ["reviews/2026-W52"]


def test_a_week_reads_the_same_however_late_it_is_made_up() -> None:
    record = changed(FIRST, phase_1__task_1=done(WEDNESDAY))
    timely, late = review(record, NEXT_MONDAY + 8 * DAY), review(record, MONDAY + 60 * DAY)

    assert said(timely) == said(late)
    assert timely.values == late.values


def test_a_week_of_53_has_its_own_page() -> None:
    row = review(FIRST, date(2027, 1, 3), "2026-W53")

    assert row.values["reviews.week"] == DateSpan(date(2026, 12, 28), date(2027, 1, 3))
    assert row.values["reviews.closed"] is False


def test_tasks_of_the_owner_s_own_can_be_priorities() -> None:
    own = replace(FIRST.tasks[0], key="id:0a1b", title="My own", due=MONDAY, baseline_due=None)

    priorities = review(replace(FIRST, tasks=(*FIRST.tasks, own)), WEDNESDAY).values["reviews.priorities"]

    assert isinstance(priorities, tuple)
    assert priorities[0] == "id:0a1b"
