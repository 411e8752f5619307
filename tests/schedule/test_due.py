"""What is due: our own record of successes decides, whatever daylight saving, downtime and failures do."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notion_roadmap.schedule.due import (
    ACTIVE,
    DAY_BUDGET,
    LONGEST_RETRY,
    QUIETEST,
    Daily,
    Every,
    Job,
    Past,
    due,
    pace,
    when,
)

SYNC = Job("sync", Every(timedelta(minutes=10)))
NIGHT = Job("reconcile", Daily(time(2, 30)))
ZONES = [ZoneInfo(name) for name in ("Europe/Amsterdam", "America/Los_Angeles", "Australia/Lord_Howe")]
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


def test_a_job_that_never_ran_is_due() -> None:
    assert due([SYNC, NIGHT], {}, NOW, ZONES[0]) == (SYNC, NIGHT)


def test_an_interval_counts_from_the_beginning_of_the_last_success() -> None:
    past = {"sync": Past(NOW - timedelta(minutes=9))}
    assert due([SYNC], past, NOW, ZONES[0]) == ()
    assert due([SYNC], past, NOW + timedelta(minutes=1), ZONES[0]) == (SYNC,)


def test_a_clock_that_was_set_back_does_not_stop_the_service() -> None:
    ahead = Past(NOW + timedelta(days=400))
    assert due([SYNC, NIGHT], {"sync": ahead, "reconcile": ahead}, NOW, ZONES[0]) == (SYNC, NIGHT)


@pytest.mark.parametrize("zone", ZONES, ids=str)
@pytest.mark.parametrize("year", [2026, 2027])
def test_a_nightly_job_runs_once_each_local_day_through_both_changes_of_the_clock(zone: ZoneInfo, year: int) -> None:
    now = datetime(year, 1, 1, 12, tzinfo=zone).astimezone(UTC)
    past: dict[str, Past] = {"reconcile": Past(now)}
    ran: list[date] = []
    while now < datetime(year + 1, 1, 1, 12, tzinfo=zone):
        if due([NIGHT], past, now, zone):
            ran.append(now.astimezone(zone).date())
            past["reconcile"] = Past(now)
        now += timedelta(minutes=10)
    days = (date(year + 1, 1, 1) - date(year, 1, 1)).days
    assert ran == [date(year, 1, 1) + timedelta(days=n) for n in range(1, days + 1)]


@given(st.integers(1, 40), st.sampled_from(ZONES))
def test_downtime_is_caught_up_with_one_run(days: int, zone: ZoneInfo) -> None:
    back = NOW + timedelta(days=days)
    assert due([NIGHT], {"reconcile": Past(NOW)}, back, zone) == (NIGHT,)
    assert due([NIGHT], {"reconcile": Past(back)}, back + timedelta(minutes=1), zone) == ()


@given(st.integers(1, 30))
def test_a_failing_job_waits_longer_each_time_and_never_longer_than_half_an_hour(failures: int) -> None:
    waits = [when(SYNC, Past(None, NOW, n), ZONES[0], NOW) - NOW for n in range(1, failures + 1)]
    assert waits == sorted(waits)
    assert timedelta(minutes=1) <= waits[0] <= waits[-1] <= LONGEST_RETRY


def test_a_failing_job_does_not_stop_the_others() -> None:
    past = {"sync": Past(None, NOW, 3)}
    assert due([SYNC, NIGHT], past, NOW, ZONES[0]) == (NIGHT,)


@given(st.integers(1, 12))
def test_a_quiet_day_stays_within_its_budget_from_the_first_sync_on(requests: int) -> None:
    wait, now, sent = ACTIVE, NOW, requests  # and the night's
    while now < NOW + timedelta(days=1):
        sent += requests
        wait = pace(None, wait, now, requests)
        now += wait
    assert sent <= DAY_BUDGET
    assert wait <= QUIETEST


def test_an_active_owner_is_answered_soon_however_quiet_it_was() -> None:
    assert pace(NOW - timedelta(minutes=3), QUIETEST, NOW, 9) == ACTIVE <= timedelta(minutes=2)


@given(
    st.timedeltas(timedelta(0), timedelta(days=2)),
    st.timedeltas(timedelta(0), timedelta(hours=2)),
    st.integers(0, 5_000),
)
def test_the_pace_is_always_within_its_bounds(ago: timedelta, before: timedelta, requests: int) -> None:
    assert ACTIVE <= pace(NOW - ago, before, NOW, requests) <= QUIETEST
