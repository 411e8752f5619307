"""What was asked for wins over what is set, and that over what the first seed was made with."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from types import SimpleNamespace
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notion_roadmap.blueprint.choices import Choices
from notion_roadmap.clock import SystemClock
from notion_roadmap.errors import SettingInvalid
from notion_roadmap.service.choose import Asked, choose, next_monday
from notion_roadmap.settings import load_settings
from notion_roadmap.store import MemoryState

TODAY = date(2026, 11, 20)
DAYS = st.dates(date(2020, 1, 1), date(2035, 1, 1))


def _choose(
    asked: Asked,
    *,
    today: date = TODAY,
    environment: Mapping[str, str] | None = None,
    state: Mapping[str, str] | None = None,
    manifest: Mapping[str, str] | None = None,
) -> Choices:
    kept = MemoryState("r")
    if state is not None:
        kept.remember("choices", dict(state))
    settings = load_settings({"ROADMAP_TIMEZONE": "UTC", **(environment or {})})
    house = SimpleNamespace(settings=settings, state=kept, clock=SystemClock(datetime.combine(today, time(12), UTC)))
    root = SimpleNamespace(manifest=SimpleNamespace(settings=manifest)) if manifest is not None else None
    return choose(cast("Any", house), cast("Any", SimpleNamespace(root=root)), asked)


def test_the_first_seed_starts_on_the_next_monday() -> None:
    assert _choose(Asked()) == Choices(date(2026, 11, 23), TODAY, 40)


def test_a_later_run_that_says_nothing_chooses_the_same() -> None:
    first = Choices(date(2026, 11, 23), TODAY, 12.5, as_written=True, lean=True, done=frozenset({"a", "b"}))
    later = date(2028, 1, 1)
    assert _choose(Asked(), today=later, state=first.remembered()) == first
    assert _choose(Asked(), today=later, manifest=first.remembered()) == first, "the state was lost"


def test_what_is_set_now_wins_over_what_was() -> None:
    was = Choices(date(2026, 11, 23), TODAY, 12.5, as_written=True, lean=True, done=frozenset({"a"})).remembered()
    environment = {"ROADMAP_START": "2027-01-04", "ROADMAP_WEEKLY_HOURS": "30"}
    asked = Asked(as_written=False, lean=False, done=frozenset({"b"}))
    chosen = _choose(asked, environment=environment, state=was)
    assert chosen == Choices(date(2027, 1, 4), TODAY, 30, done=frozenset({"b"}))


def test_working_days_are_remembered_and_taken_back() -> None:
    set_now = {"ROADMAP_WORKDAYS": "mon-fri", "ROADMAP_HOLIDAYS": "de-by"}
    first = _choose(Asked(), environment=set_now)
    assert first.workdays == frozenset(range(5))
    assert first.holidays == "DE-BY"
    assert {date(2026, 12, 25), date(2027, 1, 6)} <= first.days_off, "Christmas, and Epiphany, which is Bavaria's"
    assert first.remembered()["workdays"] == "mon,tue,wed,thu,fri"
    later = date(2028, 1, 1)
    assert _choose(Asked(), today=later, manifest=first.remembered()) == first

    back = {"ROADMAP_WORKDAYS": "mon-sun", "ROADMAP_HOLIDAYS": "none"}
    assert _choose(Asked(), environment=back, state=first.remembered()) == Choices(date(2026, 11, 23), TODAY, 40)


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("mon-fri", {0, 1, 2, 3, 4}),
        ("Sun - Thu", {6, 0, 1, 2, 3}),
        ("monday, wed,sat", {0, 2, 5}),
        ("tue", {1}),
    ],
)
def test_weekdays_are_read_as_people_write_them(words: str, days: set[int]) -> None:
    assert load_settings({"ROADMAP_WORKDAYS": words}).roadmap_workdays == days


@pytest.mark.parametrize(
    ("name", "value", "problem"),
    [
        ("ROADMAP_WORKDAYS", "mon-xyz", "does not name weekdays"),
        ("ROADMAP_WORKDAYS", "5", "does not name weekdays"),
        ("ROADMAP_HOLIDAYS", "Atlantis", "is not a country's ISO code"),
        ("ROADMAP_HOLIDAYS", "DE-XX", "DE has no part 'XX'; it has BB,"),
    ],
)
def test_unknown_days_and_places_are_refused_with_what_would_do(name: str, value: str, problem: str) -> None:
    with pytest.raises(SettingInvalid, match=name) as refused:
        load_settings({name: value})
    assert problem in str(refused.value)


@given(today=DAYS)
def test_the_next_monday_is_a_monday_within_a_week(today: date) -> None:
    monday = next_monday(today)
    assert monday.weekday() == 0
    assert 0 <= (monday - today).days <= 6


@given(first=DAYS, later=DAYS, hours=st.floats(0.5, 168), lean=st.booleans())
def test_choices_do_not_move_with_the_calendar(first: date, later: date, hours: float, lean: bool) -> None:
    chosen = _choose(Asked(lean=lean), today=first, environment={"ROADMAP_WEEKLY_HOURS": str(hours)})
    assert _choose(Asked(), today=later, state=chosen.remembered()) == chosen
