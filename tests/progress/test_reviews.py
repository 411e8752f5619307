"""The facts of a week."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given

from notion_roadmap.progress import week_facts
from notion_roadmap.roadmap.record import HistoryPoint, KpiEntry, Record, WeekRecord
from notion_roadmap.roadmap.watching import PhaseWeek
from progress.material import MONDAY, TODAYS, days, event, mini, record, records, task

DAY, WEEK = timedelta(days=1), timedelta(weeks=1)

LIVED = record(
    task("task-1", status="completed", completed_on=MONDAY - DAY, hours=3, skills=("old",)),
    task("task-2", status="completed", completed_on=MONDAY + DAY, hours=10, hours_spent=12, skills=("sql", "python")),
    task("task-3", status="in_progress", skills=("python", "go"), category="Project", baseline_due=MONDAY, hours=8),
    task("task-4", status="blocked"),
    task("task-5", status="completed", completed_on=MONDAY + WEEK, category="Project", hours=20),
    task("task-6", phase="Phase 2"),
    task("task-7", status="not_started"),
    events=(
        event("task-3", "not_started", "in_progress", MONDAY + 2 * DAY),
        event("task-4", "in_progress", "blocked", MONDAY + 3 * DAY),
        event("task-7", "completed", "not_started", MONDAY + 4 * DAY),
    ),
    days=days(MONDAY, "xx"),
    entries=(KpiEntry(kpi="people", day=MONDAY + DAY, value=4),),
    weeks=(WeekRecord(first=MONDAY, priorities=("task-2", "task-3", "gone")),),
    history=(HistoryPoint(MONDAY - WEEK, "scope", 40, 5), HistoryPoint(MONDAY, "scope", 46.5, 6)),
)


def test_the_facts_of_a_week_by_hand() -> None:
    facts = week_facts(mini(), LIVED, MONDAY + 3 * DAY, MONDAY + 6 * DAY)

    assert (facts.label, facts.first, facts.last) == ("2026-W48", MONDAY, MONDAY + 6 * DAY)
    assert facts.phase == "Phase 1"
    assert facts.phases == {"Phase 1": PhaseWeek(completed=("task-2",), completed_so_far=2, total=6)}
    assert facts.advanced == (("task-3", "started"),)
    assert facts.skills == ("sql", "python", "go")
    assert (facts.metrics["problems"], facts.metrics["people"], facts.metrics["sent"]) == (4, 4, 0)
    assert (facts.course_hours, facts.hours_done, facts.hours_spent, facts.hours_planned) == (10, 10, 12, 8)
    assert facts.blocked == ("task-4",)
    assert (facts.said, facts.did, facts.carried) == (("task-2", "task-3", "gone"), ("task-2",), ("task-3",))
    assert (facts.slipped, facts.started, facts.reopened) == (("task-3",), ("task-3",), ("task-7",))
    assert facts.scope_change == 6.5


def test_a_week_that_is_made_up_late_reads_the_same() -> None:
    in_time = week_facts(mini(), LIVED, MONDAY, MONDAY + 6 * DAY)

    assert week_facts(mini(), LIVED, MONDAY, MONDAY + 9 * WEEK) == in_time


def test_a_week_without_anything_is_empty_and_not_wrong() -> None:
    facts = week_facts(mini(), record(), MONDAY, MONDAY)

    assert facts.phases == {}
    assert (facts.said, facts.skills, facts.scope_change, facts.phase) == ((), (), None, None)


def test_what_is_gone_is_not_zero() -> None:
    gone = Record(steering=LIVED.steering, tasks=LIVED.tasks, missing=frozenset({"tasks.hours", "tasks.hours_spent"}))

    facts = week_facts(mini(), gone, MONDAY, MONDAY)

    assert facts.hours_done is facts.hours_spent is facts.course_hours is facts.hours_planned is None


@given(records(), TODAYS)
def test_said_is_did_and_carried_and_what_was_trashed(whole: Record, today: date) -> None:
    facts = week_facts(mini(), whole, today, today)
    there = {one.key for one in whole.live}

    assert set(facts.did) | set(facts.carried) == set(facts.said) & there
    assert not set(facts.did) & set(facts.carried)
    assert all(one.completed_so_far <= one.total for one in facts.phases.values())
