"""What was asked for wins over what is set, and that over what the first seed was made with."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from notion_roadmap.blueprint.choices import Choices
from notion_roadmap.service.choose import Asked, choose, next_monday
from notion_roadmap.settings import load_settings

TODAY = date(2026, 11, 20)
DAYS = st.dates(date(2020, 1, 1), date(2035, 1, 1))


def test_the_first_seed_starts_on_the_next_monday() -> None:
    assert choose(Asked(), load_settings({}), TODAY, {}) == Choices(date(2026, 11, 23), TODAY, 40)


def test_a_later_run_that_says_nothing_chooses_the_same() -> None:
    first = Choices(date(2026, 11, 23), TODAY, 12.5, as_written=True, lean=True, done=frozenset({"a", "b"}))
    assert choose(Asked(), load_settings({}), TODAY + timedelta(days=400), first.remembered()) == first


def test_what_is_set_now_wins_over_what_was() -> None:
    was = Choices(date(2026, 11, 23), TODAY, 12.5, as_written=True, lean=True, done=frozenset({"a"})).remembered()
    settings = load_settings({"ROADMAP_START": "2027-01-04", "ROADMAP_WEEKLY_HOURS": "30"})
    chosen = choose(Asked(as_written=False, lean=False, done=frozenset({"b"})), settings, TODAY, was)
    assert chosen == Choices(date(2027, 1, 4), TODAY, 30, done=frozenset({"a", "b"}))


@given(today=DAYS)
def test_the_next_monday_is_a_monday_within_a_week(today: date) -> None:
    monday = next_monday(today)
    assert monday.weekday() == 0
    assert 1 <= (monday - today).days <= 7


@given(first=DAYS, later=DAYS, hours=st.floats(0.5, 168).map(lambda h: round(h, 1)), lean=st.booleans())
def test_choices_do_not_move_with_the_calendar(first: date, later: date, hours: float, lean: bool) -> None:
    settings = load_settings({})
    chosen = choose(Asked(lean=lean), load_settings({}, roadmap_weekly_hours=hours), first, {})
    assert choose(Asked(), settings, later, chosen.remembered()) == chosen
