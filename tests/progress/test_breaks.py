"""Breaks between long stretches of work are no chance, and weeks of nothing here and there are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notion_roadmap.progress.breaks import are_breaks, spread
from notion_roadmap.progress.forecast import forecast
from progress.material import mini, task
from progress.test_forecast import lived


@pytest.mark.parametrize(
    ("weeks", "expected"),
    [
        ("wwwwwwwwwwwwww", False),
        ("wwwwwwwww__wwwwwwwwww_wwwww", True),
        ("ww_wwwwwwww_wwwwwwwwww", True),
        ("wwwwwwwwww__", True),
        ("__wwwwwwwwww", True),
        ("ww_ww_wwwwwwwwwwwwwwwww", False),
        ("w_w__www_wwww_w", False),
        ("ww_wwwwww_w", False),
        ("______", False),
    ],
)
def test_only_what_lies_between_long_stretches_of_work_is_a_break(weeks: str, expected: bool) -> None:
    assert are_breaks([10.0 if week == "w" else 0.0 for week in weeks]) is expected


@given(st.lists(st.floats(0, 100), min_size=1, max_size=60), st.data())
def test_spreading_breaks_keeps_the_pace(hours: list[float], data: st.DataObject) -> None:
    weights = data.draw(st.lists(st.floats(0.1, 1), min_size=len(hours), max_size=len(hours)))
    before = sum(hour * weight for hour, weight in zip(hours, weights, strict=True))
    after = sum(hour * weight for hour, weight in zip(spread(hours, weights), weights, strict=True))
    assert after == pytest.approx(before)


def test_holidays_do_not_make_the_late_date_as_late_as_chance_would() -> None:
    worked, off = [18.0, 22.0, 20.0, 25.0, 15.0], [0.0, 0.0]
    holidays = [*worked, *worked, *off, *worked, *worked, *off, *worked, *worked]
    chance = [*worked, *worked, 0, *worked[:2], 0, *worked[2:], *worked, 0, *worked, 0, *worked]
    assert sorted(chance) == sorted(holidays)
    late = []
    for hours in (holidays, chance):
        whole, today = lived(hours, task("left", hours=400))
        dates = forecast(mini(), whole, today).overall
        assert dates.p50 is not None
        assert dates.p85 is not None
        late.append((dates.p85 - dates.p50).days)
    assert late[0] < late[1]
