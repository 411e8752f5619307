"""Days and weeks: ISO at new year, the owner's zone across DST, weeks that begin on another day, pauses."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notion_roadmap.progress.weeks import active_days, local_day, paused_days, paused_on, week_of, weeks_between
from notion_roadmap.roadmap.record import Pause

ANY_DAY = st.dates(date(2000, 1, 1), date(2100, 1, 1))


@pytest.mark.parametrize(
    ("day", "label"),
    [
        (date(2026, 12, 31), "2026-W53"),
        (date(2027, 1, 1), "2026-W53"),
        (date(2027, 1, 3), "2026-W53"),
        (date(2027, 1, 4), "2027-W01"),
        (date(2024, 12, 30), "2025-W01"),
        (date(2021, 1, 1), "2020-W53"),
        (date(2026, 11, 20), "2026-W47"),
    ],
)
def test_the_days_around_new_year_belong_to_the_iso_week(day: date, label: str) -> None:
    assert week_of(day).label == label


@given(ANY_DAY)
def test_a_week_that_begins_on_monday_is_the_iso_week(day: date) -> None:
    week = week_of(day)

    assert week.label == f"{day.isocalendar().year}-W{day.isocalendar().week:02d}"
    assert week.first.weekday() == 0
    assert week.first <= day <= week.last


@given(ANY_DAY, st.integers(0, 6))
def test_every_day_is_in_one_week_and_no_two_weeks_share_a_label(day: date, starts: int) -> None:
    week, following = week_of(day, starts), week_of(day + timedelta(days=7), starts)

    assert week.first.weekday() == starts
    assert (week.last - week.first).days == 6
    assert {week_of(week.first + timedelta(days=n), starts) for n in range(7)} == {week}
    assert following.first == week.last + timedelta(days=1)
    assert following.label > week.label


@given(ANY_DAY, st.integers(-10, 500), st.integers(0, 6))
def test_the_weeks_between_two_days_follow_each_other_without_a_gap(day: date, more: int, starts: int) -> None:
    weeks = list(weeks_between(day, day + timedelta(days=more), starts))

    assert bool(weeks) == (more >= 0)
    if weeks:
        assert weeks[0] == week_of(day, starts)
        assert weeks[-1] == week_of(day + timedelta(days=more), starts)
    assert all(b.first == a.last + timedelta(days=1) for a, b in pairwise(weeks))


@pytest.mark.parametrize(
    ("zone", "instant", "day"),
    [
        # The night in which Berlin's clocks go back lasts 25 hours, and the one in which they go on 23.
        ("Europe/Berlin", datetime(2026, 10, 24, 22, 0, tzinfo=UTC), date(2026, 10, 25)),
        ("Europe/Berlin", datetime(2026, 10, 25, 22, 59, tzinfo=UTC), date(2026, 10, 25)),
        ("Europe/Berlin", datetime(2026, 10, 25, 23, 0, tzinfo=UTC), date(2026, 10, 26)),
        ("Europe/Berlin", datetime(2027, 3, 28, 21, 59, tzinfo=UTC), date(2027, 3, 28)),
        ("Europe/Berlin", datetime(2027, 3, 28, 22, 0, tzinfo=UTC), date(2027, 3, 29)),
        ("America/New_York", datetime(2026, 11, 1, 4, 30, tzinfo=UTC), date(2026, 11, 1)),
        ("America/New_York", datetime(2026, 11, 2, 4, 59, tzinfo=UTC), date(2026, 11, 1)),
        ("Pacific/Auckland", datetime(2026, 12, 31, 11, 0, tzinfo=UTC), date(2027, 1, 1)),
    ],
)
def test_an_instant_is_on_the_owners_date_across_dst(zone: str, instant: datetime, day: date) -> None:
    assert local_day(instant, ZoneInfo(zone)) == day


def test_an_instant_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        local_day(datetime(2026, 11, 20, 12), UTC)  # noqa: DTZ001


_SPANS = st.lists(st.tuples(st.integers(0, 60), st.none() | st.integers(0, 20)), max_size=4)


@given(_SPANS, st.integers(0, 60), st.integers(0, 40))
def test_paused_days_are_counted_once_each(spans: list[tuple[int, int | None]], begin: int, more: int) -> None:
    zero = date(2026, 3, 1)
    pauses = [Pause(zero + timedelta(days=at), None if n is None else zero + timedelta(days=at + n)) for at, n in spans]
    first, last = zero + timedelta(days=begin), zero + timedelta(days=begin + more)
    one_by_one = [first + timedelta(days=n) for n in range(more + 1)]

    paused = paused_days(first, last, pauses)

    assert paused == sum(paused_on(day, pauses) for day in one_by_one)
    assert active_days(first, last, pauses) == len(one_by_one) - paused
    assert active_days(last + timedelta(days=1), last, pauses) == 0
