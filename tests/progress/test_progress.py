"""Progress: hand-computed examples, and what must hold for any record."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notion_roadmap.progress import numbers
from notion_roadmap.progress.scopes import settled_scopes
from notion_roadmap.progress.shares import share_done
from notion_roadmap.progress.work import estimates, progress, progress_by_phase
from notion_roadmap.roadmap.record import Boxes, Fact, Pause, Record, Steering
from notion_roadmap.roadmap.results import Progress
from progress.material import MONDAY, TODAYS, mini, record, records, reversed_record, task, with_task

DONE = {"status": "completed"}


def behind(whole: Record, today: date) -> float | None:
    return progress(whole, today).weeks_behind


def test_the_documented_percentage_counts_every_task() -> None:
    whole = record(task("a", **DONE), task("b"), task("c", scope="stretch", **DONE), task("d", scope="dropped"))

    found = progress(whole, MONDAY)

    assert (found.completed, found.total, found.percent) == (2, 4, 50.0)


def test_required_progress_leaves_out_alternatives_stretch_goals_and_what_was_dropped() -> None:
    whole = record(
        task("a", **DONE),
        task("b"),
        task("c", scope="stretch"),
        task("d", scope="dropped"),
        task("e", scope="alternative"),
    )

    found = progress(whole, MONDAY)

    # e has no twin that stands before it, but its choice is its own: it belongs to none.
    assert (found.required_completed, found.required_total, found.required_percent) == (1, 2, 50.0)


def test_hours_weigh_and_work_under_way_counts_for_its_share() -> None:
    whole = record(
        task("a", hours=30, **DONE),
        task("b", hours=40, boxes=Boxes(1, 4)),
        task("c", hours=20, percent_done=0.5, boxes=Boxes(0, 2)),
        task("d", hours=10),
        task("e"),
    )

    found = progress(whole, MONDAY)

    assert (found.hours_completed, found.hours_total, found.hours_percent) == (50.0, 100.0, 50.0)


def test_only_what_has_a_proof_is_proven() -> None:
    whole = record(task("a", has_proof=True, **DONE), task("b", **DONE), task("c", has_proof=True))

    found = progress(whole, MONDAY)

    assert (found.proven, found.proof_percent) == (1, 33.33)


def test_a_row_of_the_owners_counts_like_ours_and_one_without_phase_for_the_whole_only() -> None:
    whole = record(task("a", **DONE), task("own", phase=None))

    assert progress(whole, MONDAY).percent == 50.0
    assert progress_by_phase(mini(), whole, MONDAY)["Phase 1"].percent == 100.0


def test_a_trashed_row_counts_no_more() -> None:
    assert progress(record(task("a", **DONE), task("b", removed=True)), MONDAY).percent == 100.0


def test_nothing_to_count_from_is_not_zero() -> None:
    found = progress(record(), MONDAY)

    assert found.percent is found.required_percent is found.hours_percent is found.proof_percent is None
    assert progress(record(task("a")), MONDAY).hours_percent is None


@pytest.mark.parametrize(
    ("fact", "gone"),
    [
        (
            "tasks.status",
            ["percent", "required_percent", "hours_percent", "proof_percent", "weeks_behind", "completed"],
        ),
        ("tasks.hours", ["hours_percent", "hours_total"]),
        ("tasks.scope", ["required_percent", "hours_percent", "planned_percent"]),
        ("tasks.proof", ["proof_percent", "proven"]),
        ("tasks.baseline_due", ["planned_percent", "weeks_behind"]),
    ],
)
def test_a_removed_column_makes_its_numbers_unavailable_and_no_others(fact: Fact, gone: list[str]) -> None:
    whole = record(
        task("a", hours=1, baseline_due=MONDAY, **DONE), task("b", hours=1, baseline_due=MONDAY), missing={fact}
    )
    before = progress(replace(whole, missing=frozenset()), MONDAY)

    found = progress(replace(whole, missing=frozenset({fact})), MONDAY)

    assert all(getattr(found, name) is None for name in gone)
    assert all(getattr(found, name) == getattr(before, name) for name in _untouched(gone, fact))


def _untouched(gone: list[str], fact: str) -> list[str]:
    if fact == "tasks.status":
        return ["total", "required_total"]
    return ["percent", "completed", *(["required_percent"] if "required_percent" not in gone else [])]


def test_without_the_column_of_the_phases_there_are_no_phases() -> None:
    assert progress_by_phase(mini(), record(task("a"), missing=frozenset({"tasks.phase"})), MONDAY) == {}


class TestWeeksBehind:
    week = timedelta(weeks=1)

    def test_kept_plans_are_not_behind(self) -> None:
        whole = record(
            task("a", hours=10, baseline_due=MONDAY, **DONE), task("b", hours=10, baseline_due=MONDAY + self.week)
        )

        assert behind(whole, MONDAY + self.week) == 0.0

    def test_it_counts_from_the_first_due_date_that_was_not_reached(self) -> None:
        whole = record(task("a", hours=10, baseline_due=MONDAY), task("b", hours=10, baseline_due=MONDAY + self.week))

        assert behind(whole, MONDAY + 3 * self.week) == 3.0
        assert behind(whole, MONDAY + timedelta(days=1)) == 0.1

    def test_what_was_done_ahead_makes_up_for_what_was_left_out(self) -> None:
        whole = record(
            task("a", hours=10, baseline_due=MONDAY), task("b", hours=10, baseline_due=MONDAY + 4 * self.week, **DONE)
        )

        assert behind(whole, MONDAY + 3 * self.week) == 0.0

    def test_days_of_a_pause_are_not_behind(self) -> None:
        pause = Pause(MONDAY + self.week, MONDAY + 2 * self.week - timedelta(days=1))
        whole = record(task("a", hours=1, baseline_due=MONDAY), steering=Steering(start=MONDAY, pauses=(pause,)))

        assert behind(whole, MONDAY + 3 * self.week) == 2.0

    def test_without_hours_tasks_are_counted(self) -> None:
        whole = record(task("a", baseline_due=MONDAY, **DONE), task("b", baseline_due=MONDAY + self.week))

        assert behind(whole, MONDAY + 2 * self.week) == 1.0

    def test_dropping_what_is_late_brings_one_back(self) -> None:
        late = task("a", hours=10, baseline_due=MONDAY)
        whole = record(late, task("b", hours=10, baseline_due=MONDAY + 9 * self.week))

        dropped = with_task(whole, replace(late, scope="dropped"))

        assert (behind(whole, MONDAY + 4 * self.week), behind(dropped, MONDAY + 4 * self.week)) == (4.0, 0.0)


class TestPickOne:
    def scopes(self, first: str, second: str, **said: object) -> tuple[str, str]:
        one = task("a", pick_one="track", status=first, scope=said.get("one", "required"))
        other = task("b", pick_one="track", status=second, scope=said.get("other", "alternative"))
        scopes = settled_scopes([other, one])
        return scopes["a"], scopes["b"]

    @pytest.mark.parametrize(
        ("first", "second", "scopes"),
        [
            ("not_started", "not_started", ("required", "alternative")),
            ("not_started", "in_progress", ("alternative", "required")),
            ("in_progress", "in_progress", ("required", "alternative")),
            ("in_progress", "completed", ("alternative", "required")),
            ("completed", "completed", ("required", "alternative")),
            ("completed", "in_progress", ("required", "alternative")),
        ],
    )
    def test_the_one_that_is_further_is_required(self, first: str, second: str, scopes: tuple[str, str]) -> None:
        assert self.scopes(first, second) == scopes

    def test_when_one_is_dropped_the_other_takes_its_place(self) -> None:
        assert self.scopes("not_started", "not_started", one="dropped") == ("dropped", "required")

    def test_two_that_the_owner_requires_stay(self) -> None:
        assert self.scopes("not_started", "completed", other="required") == ("required", "required")

    def test_choices_of_two_phases_do_not_meet(self) -> None:
        here, there = task("a", pick_one="track"), task("b", pick_one="track", phase="Phase 2", status="completed")

        assert settled_scopes([here, there]) == {"a": "required", "b": "required"}


def test_hours_spent_are_laid_against_the_estimates_of_completed_tasks() -> None:
    whole = record(
        task("a", hours=10, hours_spent=15, **DONE),
        task("b", hours=20, hours_spent=30, **DONE),
        task("c", hours=5, hours_spent=500),
        task("d", hours=5, hours_spent=0, **DONE),
    )

    found = estimates(whole)

    assert (found.estimated, found.spent, found.tasks, found.factor) == (30, 45, 2, 1.5)
    assert estimates(record()).factor is None


def percentages(found: Progress) -> list[float | None]:
    return [
        found.percent, found.required_percent, found.hours_percent, found.proof_percent, found.planned_percent,
    ]  # fmt: skip


@given(records(), TODAYS)
def test_percentages_are_between_0_and_100_and_proof_never_exceeds_completion(whole: Record, today: date) -> None:
    for found in (progress(whole, today), *progress_by_phase(mini(), whole, today).values()):
        assert all(one is None or 0 <= one <= 100 for one in percentages(found))
        assert (found.proof_percent or 0) <= (found.percent or 0)
        assert (found.weeks_behind or 0) >= 0


@given(records(), TODAYS)
def test_the_order_of_rows_changes_no_number(whole: Record, today: date) -> None:
    assert numbers(mini(), whole, today) == numbers(mini(), reversed_record(whole), today)


@given(st.data(), records(), TODAYS)
def test_completing_a_task_never_lowers_progress(data: st.DataObject, whole: Record, today: date) -> None:
    open_ = [one for one in whole.live if not one.completed]
    if not open_:
        return
    changed = data.draw(st.sampled_from(open_))
    before = progress(whole, today)

    after = progress(with_task(whole, replace(changed, status="completed", completed_on=today)), today)

    assert (after.percent or 0) >= (before.percent or 0)
    assert (after.required_percent or 0) >= (before.required_percent or 0)
    assert (after.proof_percent or 0) >= (before.proof_percent or 0)
    if changed.pick_one is None:
        assert (after.hours_percent or 0) >= (before.hours_percent or 0)
        assert (after.weeks_behind or 0) <= (before.weeks_behind or 0)


@given(records())
def test_the_share_of_a_task_is_between_nothing_and_all(whole: Record) -> None:
    assert all(0 <= share_done(one) <= 1 for one in whole.tasks)
    assert all(share_done(one) == 1 for one in whole.tasks if one.completed)
