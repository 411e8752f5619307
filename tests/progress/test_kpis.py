"""KPIs: weeks and totals, the funnel, trends, buffers, what is not available."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from notion_roadmap.progress import numbers
from notion_roadmap.roadmap.record import ApplicationRecord, DayRecord, HabitEntry, KpiEntry, Pause, Record, Steering
from notion_roadmap.roadmap.watching import KpiValue
from progress.material import MONDAY, days, mini, record, task

DAY, WEEK = timedelta(days=1), timedelta(weeks=1)


def kpi(key: str, whole: Record, today: date) -> KpiValue:
    return numbers(mini(), whole, today).kpis[key]


def sent(key: str, day: date | None, stage: str = "Sent", **further: date) -> ApplicationRecord:
    return ApplicationRecord(key=key, stage=stage, reached={**({"Sent": day} if day else {}), **further})


def test_a_tick_counts_as_the_target_and_an_exact_number_instead_of_it() -> None:
    exact = DayRecord(day=MONDAY + DAY, habits={"problems": HabitEntry(True, 7)})
    whole = record(days=(*days(MONDAY, "x"), exact))

    found = kpi("problems", whole, MONDAY + WEEK)

    assert (found.total, found.week, found.value, found.attainment) == (9, 0, 9, 0.09)


def test_a_tick_in_the_days_ahead_does_not_count_yet() -> None:
    assert kpi("problems", record(days=days(MONDAY, "xxx")), MONDAY + DAY).total == 4


def test_a_weekly_kpi_starts_again_each_week_and_adds_up() -> None:
    whole = record(task("open"), applications=(sent("a", MONDAY), sent("b", MONDAY + WEEK), sent("c", MONDAY + WEEK)))

    found = kpi("sent", whole, MONDAY + WEEK + DAY)

    assert (found.value, found.week, found.total, found.attainment) == (2, 2, 3, 0.2857)


def test_an_application_counts_for_every_stage_up_to_its_furthest_one() -> None:
    straight_to_the_offer = ApplicationRecord(key="a", stage="Offer", reached={"Offer": MONDAY})

    found = kpi("sent", record(task("open"), applications=(straight_to_the_offer,)), MONDAY)

    assert found.week == found.total == 1


def test_conversions_wait_fourteen_days_and_show_n() -> None:
    whole = record(
        applications=(sent("old", MONDAY), sent("older", MONDAY, "Call", Call=MONDAY + DAY), sent("new", MONDAY + WEEK))
    )

    young = kpi("funnel/call", whole, MONDAY + 13 * DAY)
    ripe = kpi("funnel/call", whole, MONDAY + 14 * DAY)

    assert (young.value, young.n) == (None, 0)
    assert (ripe.value, ripe.n) == (50.0, 2)


def test_a_rejection_stays_in_the_denominator_of_the_stage_it_reached() -> None:
    rejected = replace(sent("a", MONDAY, "Call", Call=MONDAY), outcome="Rejected")

    assert kpi("funnel/call", record(applications=(rejected, sent("b", MONDAY))), MONDAY + 3 * WEEK).value == 50.0


def test_a_stage_of_the_owners_own_does_not_lose_what_was_reached() -> None:
    ghosted = ApplicationRecord(key="a", stage="Ghosted", reached={"Sent": MONDAY, "Call": MONDAY + DAY})

    assert kpi("funnel/call", record(applications=(ghosted,)), MONDAY + 3 * WEEK).value == 100.0


def test_an_application_that_was_moved_back_a_stage_still_counts_by_its_furthest_one() -> None:
    moved_back = ApplicationRecord(key="a", stage="Sent", reached={"Sent": MONDAY, "Offer": MONDAY})

    assert kpi("funnel/call", record(applications=(moved_back,)), MONDAY + 3 * WEEK).value == 100.0


def test_a_stage_that_was_a_slip_does_not_count_once_its_date_is_cleared() -> None:
    cleared = ApplicationRecord(key="a", stage="Sent", reached={"Sent": MONDAY})

    assert kpi("funnel/call", record(applications=(cleared,)), MONDAY + 3 * WEEK).value == 0.0


def test_what_the_owner_enters_is_the_last_entry_of_each_week_and_na_until_there_is_one() -> None:
    entries = [
        ("people", MONDAY, 3),
        ("people", MONDAY + 2 * DAY, 5),
        ("people", MONDAY + WEEK, 4),
        ("score", MONDAY, 60),
    ]
    whole = record(entries=tuple(KpiEntry(kpi=key, day=day, value=value) for key, day, value in entries))

    people, later, score = (
        kpi(key, whole, day)
        for key, day in (("people", MONDAY + WEEK), ("people", MONDAY + 2 * WEEK), ("score", MONDAY))
    )

    assert (people.value, people.total) == (4, 9)
    assert (later.value, later.total) == (None, 9)
    assert (score.value, score.attainment) == (60, 0.75)
    assert kpi("score", record(), MONDAY).value is None


def test_a_column_that_is_gone_makes_a_kpi_unavailable_and_never_zero() -> None:
    gone: dict[str, dict[str, Any]] = {
        "problems": {"missing_habits": frozenset({"problems"})},
        "sent": {"missing": frozenset({"applications.stage"})},
        "funnel/call": {"missing": frozenset({"applications.stage"})},
        "projects": {"missing": frozenset({"tasks.category"})},
        "people": {"missing": frozenset({"kpis.own_entry"})},
    }
    for key, missing in gone.items():
        found = kpi(key, record(task("a"), **missing), MONDAY + 9 * WEEK)

        assert (found.value, found.total, found.attainment, found.trend, found.buffer) == (None,) * 5


def test_outside_of_its_phase_a_kpi_is_not_active_and_has_no_buffer() -> None:
    over = record(task("a", status="completed"), task("b", phase="Phase 2"), applications=(sent("a", MONDAY),))

    assert kpi("sent", record(task("a")), MONDAY).active
    assert not kpi("sent", over, MONDAY).active
    assert kpi("sent", over, MONDAY + 5 * WEEK).buffer is kpi("sent", over, MONDAY + 5 * WEEK).trend is None


class TestBuffer:
    def test_it_counts_the_days_one_could_do_nothing(self) -> None:
        # Seven a week is one a day: ten sent, five days over, so five days are left.
        whole = record(task("open"), applications=tuple(sent(str(n), MONDAY) for n in range(10)))

        assert kpi("sent", whole, MONDAY + 5 * DAY).buffer == 5
        assert kpi("sent", whole, MONDAY + 12 * DAY).buffer == -2

    def test_days_of_a_pause_do_not_use_it_up(self) -> None:
        steering = Steering(start=MONDAY, pauses=(Pause(MONDAY + DAY, MONDAY + 3 * DAY),))
        whole = record(task("open"), applications=(sent("a", MONDAY),), steering=steering)

        assert kpi("sent", whole, MONDAY + 5 * DAY).buffer == -1

    def test_a_total_rises_evenly_to_the_end_of_the_last_phase(self) -> None:
        # 100 problems in the 56 days of both phases: 2 on the first day are 1.12 days of it.
        assert kpi("problems", record(days=days(MONDAY, "x")), MONDAY).buffer == 1
        assert kpi("problems", record(), MONDAY + 56 * DAY).buffer == -56


class TestTrend:
    def test_it_is_empty_until_there_are_weeks_to_compare(self) -> None:
        assert kpi("problems", record(days=days(MONDAY, "xxxxxxx")), MONDAY + WEEK).trend is None
        assert kpi("problems", record(), MONDAY + 9 * WEEK).trend is None

    def test_the_last_week_is_compared_with_those_before(self) -> None:
        for marks, trend in (("x------xx-----", "up"), ("xx-----x------", "down"), ("x------x------", "steady")):
            assert kpi("problems", record(days=days(MONDAY, marks)), MONDAY + 2 * WEEK).trend == trend

    def test_weeks_of_a_pause_are_not_compared(self) -> None:
        steering = Steering(start=MONDAY, pauses=(Pause(MONDAY + WEEK, MONDAY + 2 * WEEK - DAY),))
        whole = record(days=days(MONDAY, "x------       x------"), steering=steering)

        assert kpi("problems", whole, MONDAY + 3 * WEEK).trend == "steady"

    def test_a_standing_value_is_compared_with_that_of_four_weeks_ago(self) -> None:
        entries = tuple(KpiEntry(kpi="score", day=MONDAY + n * 4 * WEEK, value=50 + 20 * n) for n in range(2))

        assert kpi("score", record(entries=entries), MONDAY + 4 * WEEK).trend == "up"
        assert kpi("score", record(entries=entries), MONDAY + 8 * WEEK).trend == "steady"
