"""Windows cover the days that their document means."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from notion_roadmap.roadmap import Span, Window

WINDOW: TypeAdapter[Window] = TypeAdapter(Window)
MONDAY = date(2026, 1, 5)


@pytest.mark.parametrize(
    ("window", "first", "last"),
    [
        ({"unit": "months", "start": "2025-12", "end": "2026-02"}, date(2025, 12, 1), date(2026, 2, 28)),
        ({"unit": "months", "start": "2028-02", "end": "2028-02"}, date(2028, 2, 1), date(2028, 2, 29)),
        ({"unit": "months", "start": "2027-04", "end": "2027-12"}, date(2027, 4, 1), date(2027, 12, 31)),
        ({"unit": "months", "start": "2028-01"}, date(2028, 1, 1), None),
        ({"unit": "weeks", "start": 1, "end": 4}, MONDAY, date(2026, 2, 1)),
        ({"unit": "weeks", "start": 5, "end": 10}, date(2026, 2, 2), date(2026, 3, 15)),
        ({"unit": "weeks", "start": 10}, date(2026, 3, 9), None),
        ({"unit": "days", "start": 1, "end": 15}, MONDAY, date(2026, 1, 19)),
        ({"unit": "days", "start": 16, "end": 30}, date(2026, 1, 20), date(2026, 2, 3)),
    ],
)
def test_span(window: dict[str, object], first: date, last: date | None) -> None:
    assert WINDOW.validate_python(window).span(MONDAY) == Span(first, last)


@given(st.integers(1, 500), st.integers(0, 100), st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_weeks_are_seven_days_and_follow_one_another(start: int, more: int, begin: date) -> None:
    span = WINDOW.validate_python({"unit": "weeks", "start": start, "end": start + more}).span(begin)
    following = WINDOW.validate_python({"unit": "weeks", "start": start + more + 1}).span(begin)
    assert span.last is not None
    assert (span.last - span.first).days + 1 == 7 * (more + 1)
    assert following.first == span.last + timedelta(days=1)


@given(st.dates(date(1000, 1, 1), date(9000, 1, 1)))
def test_a_month_is_written_as_it_was_read(day: date) -> None:
    written = {"unit": "months", "start": day.strftime("%Y-%m")}
    assert WINDOW.validate_python(written).model_dump(mode="json", exclude_none=True) == written


@pytest.mark.parametrize("month", ["2025-13", "2025-1", "2025", "Dec 2025", "", 2025, None, True, "2025-12-01"])
def test_what_is_no_month_is_refused(month: object) -> None:
    with pytest.raises(ValidationError):
        WINDOW.validate_python({"unit": "months", "start": month})
