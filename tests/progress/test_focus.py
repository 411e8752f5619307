"""Next up, focus, priorities, risks and the emergency protocol."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given

from notion_roadmap.progress import numbers
from notion_roadmap.roadmap.record import ApplicationRecord, Record, WeekRecord
from progress.material import MONDAY, TODAYS, event, mini, record, records, task

WEEK = timedelta(weeks=1)


def upcoming(whole: Record) -> tuple[str, ...]:
    return numbers(mini(), whole, MONDAY).next_up


def test_what_is_under_way_comes_first_then_what_is_due_then_the_plan() -> None:
    whole = record(
        task("task-1", priority="HIGH"),
        task("task-2", phase="Phase 2", priority="HIGH"),
        task("task-3", priority="LOW"),
        task("task-4", priority="HIGH", category="Project"),
        task("task-5", phase="Phase 2", due=MONDAY + WEEK),
        task("task-6", phase="Phase 2", status="in_progress"),
    )

    assert upcoming(whole) == ("task-6", "task-5", "task-1", "task-3", "task-4", "task-2")


def test_what_is_done_dropped_extra_or_blocked_is_not_up() -> None:
    whole = record(
        task("a", status="completed"),
        task("b", scope="dropped"),
        task("c", scope="stretch"),
        task("d", status="blocked"),
        task("e", blocked_by=("f",)),
        task("f"),
        task("g", blocked_by=("a", "nobody")),
    )

    assert upcoming(whole) == ("f", "g")


def test_focus_is_proposed_for_three_now_and_three_next() -> None:
    found = numbers(mini(), record(*(task(f"task-{n}") for n in range(8))), MONDAY).focus

    assert [found[f"task-{n}"] for n in range(8)] == ["now"] * 3 + ["next"] * 3 + ["later"] * 2


def test_what_the_owner_chose_stays_and_takes_its_place() -> None:
    chosen = [task(f"task-{n}", focus="now", focus_chosen=True) for n in (8, 9)]

    found = numbers(mini(), record(*(task(f"task-{n}") for n in range(8)), *chosen), MONDAY).focus

    assert [key for key, one in found.items() if one == "now"] == ["task-0", "task-8", "task-9"]


@given(records(), TODAYS)
def test_never_more_than_three_are_now_unless_the_owner_says_so(whole: Record, today: date) -> None:
    found = numbers(mini(), whole, today).focus
    chosen = {one.key for one in whole.live if one.focus_chosen and one.focus == "now"}
    now = {key for key, one in found.items() if one == "now"}

    assert len(now - chosen) <= max(0, 3 - len(now & chosen))
    assert all(found[one.key] is None for one in whole.live if one.completed)


def test_priorities_carry_over_what_was_said_and_not_done() -> None:
    tasks = [task(f"task-{n}", due=MONDAY - WEEK) for n in range(3)]
    whole = record(*tasks, task("task-9"), weeks=(WeekRecord(first=MONDAY, priorities=("task-9", "gone")),))

    assert numbers(mini(), whole, MONDAY + WEEK).priorities == ("task-9", "task-0", "task-1")
    assert numbers(mini(), whole, MONDAY).priorities == ("task-0", "task-1", "task-2")


def test_a_blocked_task_that_is_late_is_a_priority_though_not_up() -> None:
    whole = record(task("task-1"), task("task-2", status="blocked", due=MONDAY - WEEK))

    found = numbers(mini(), whole, MONDAY)

    assert (found.next_up, found.priorities) == (("task-1",), ("task-2", "task-1"))


class TestRisks:
    def keys(self, whole: Record, weeks: int = 0) -> dict[str, str]:
        return {risk.key: risk.because for risk in numbers(mini(), whole, MONDAY + weeks * WEEK).risks}

    def test_none_holds_when_all_is_well(self) -> None:
        assert self.keys(record(task("a", baseline_due=MONDAY, hours=4))) == {}

    def test_learning_that_is_behind(self) -> None:
        late = record(task("a", baseline_due=MONDAY, hours=4), task("p", baseline_due=MONDAY, category="Project"))

        assert self.keys(late, 2) == {"technical-skills": "Learning is 2 weeks behind the plan."}
        assert self.keys(record(task("p", baseline_due=MONDAY, category="Project")), 2) == {}

    def test_projects_without_proof(self) -> None:
        bare = [task(key, category="Project", status="completed") for key in "ab"]
        proven = [task(key, category="Project", status="completed", has_proof=True) for key in "cde"]

        assert self.keys(record(*bare)) == {"project-quality": "2 of 2 completed projects have no proof."}
        assert self.keys(record(*bare, *proven)) == {}
        assert self.keys(record(*bare, missing=frozenset({"tasks.proof"}))) == {}

    def test_conversions_below_what_is_usual_once_there_are_enough(self) -> None:
        applications = tuple(ApplicationRecord(key=str(n), stage="Sent", reached={"Sent": MONDAY}) for n in range(10))

        assert self.keys(record(applications=applications), 2) == {
            "interview-performance": "Sent → Call: 0 % where 12 % are usual (n = 10)."
        }
        assert self.keys(record(applications=applications[1:]), 2) == {}


class TestEmergency:
    late = record(
        *(task(f"task-{n}", baseline_due=MONDAY, hours=10, priority="MEDIUM") for n in range(3)),
        task("task-4", baseline_due=MONDAY, hours=10, priority="LOW"),
        task("task-5", baseline_due=MONDAY, hours=10, priority="HIGH"),
        task("task-6", scope="stretch", hours=99, priority="LOW"),
        task("task-7", baseline_due=MONDAY, hours=10, priority="LOW", status="in_progress"),
    )

    def test_it_applies_beyond_the_threshold_only(self) -> None:
        assert numbers(mini(), self.late, MONDAY + 2 * WEEK).emergency is None
        found = numbers(mini(), self.late, MONDAY + 3 * WEEK).emergency
        assert found is not None
        assert (found.weeks_behind, found.hours_short) == (3.0, 60.0)
        assert found.steps == ("Drop lowest priority tasks", "Focus")

    def test_the_lowest_priority_goes_first_and_never_the_highest_or_what_is_begun(self) -> None:
        found = numbers(mini(), self.late, MONDAY + 3 * WEEK).emergency

        assert found is not None
        assert (found.drop, found.hours_saved) == (("task-6", "task-4", "task-0", "task-1", "task-2"), 40.0)

    def test_no_more_is_dropped_than_is_needed(self) -> None:
        whole = record(task("a", baseline_due=MONDAY, hours=5, priority="HIGH"), *self.late.tasks[:4])
        done = [replace(one, status="completed") for one in whole.tasks[1:3]]

        found = numbers(mini(), record(*done, whole.tasks[0], *whole.tasks[3:]), MONDAY + 3 * WEEK).emergency

        assert found is not None
        assert (found.hours_short, found.drop) == (25.0, ("task-4", "task-2"))


def test_an_event_of_a_task_that_is_gone_hurts_nobody() -> None:
    assert numbers(mini(), record(events=(event("gone", None, "completed", MONDAY),)), MONDAY).progress.total == 0
