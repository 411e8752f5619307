"""What was asked for wins over what is set, and that over what the first seed was made with."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from types import SimpleNamespace
from typing import Any, cast

from hypothesis import given
from hypothesis import strategies as st

from notion_roadmap.blueprint.choices import Choices
from notion_roadmap.clock import SystemClock
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


@given(today=DAYS)
def test_the_next_monday_is_a_monday_within_a_week(today: date) -> None:
    monday = next_monday(today)
    assert monday.weekday() == 0
    assert 0 <= (monday - today).days <= 6


@given(first=DAYS, later=DAYS, hours=st.floats(0.5, 168), lean=st.booleans())
def test_choices_do_not_move_with_the_calendar(first: date, later: date, hours: float, lean: bool) -> None:
    chosen = _choose(Asked(lean=lean), today=first, environment={"ROADMAP_WEEKLY_HOURS": str(hours)})
    assert _choose(Asked(), today=later, state=chosen.remembered()) == chosen
