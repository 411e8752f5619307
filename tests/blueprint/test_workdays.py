"""Working days: counted, skipped, and what a calendar makes of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blueprint.material import MONDAY, changed, choices_for, roadmaps, small
from notion_roadmap.blueprint import Choices, first_record, honest_end, propose
from notion_roadmap.blueprint.calendar import Calendar, calendar_of
from notion_roadmap.blueprint.order import scopes_of
from notion_roadmap.blueprint.outline import Outline
from notion_roadmap.blueprint.workdays import Workdays
from notion_roadmap.roadmap import Roadmap, Span
from notion_roadmap.roadmap.record import Pause
from notion_roadmap.service.life import life_of
from notion_roadmap.templates import load_template

DATA = Path(__file__).parents[1] / "data"
DAY = timedelta(days=1)
FREE = frozenset({date(2026, 12, 25), date(2026, 12, 26), date(2027, 1, 1), date(2027, 1, 6)})
OFFICE = Choices(MONDAY, MONDAY, 40, workdays=frozenset(range(5)), holidays="DE-BY", days_off=FREE)

DATES = st.dates(date(2026, 1, 1), date(2027, 12, 31))
CALENDARS = st.builds(Workdays, st.frozensets(st.integers(0, 6), min_size=1), st.frozensets(DATES, max_size=40))


def calendar(roadmap: Roadmap, choices: Choices) -> Calendar:
    return calendar_of(roadmap, choices, scopes_of(roadmap, choices.done))


@given(CALENDARS, DATES, st.integers(0, 200))
def test_so_many_working_days_later_there_are_so_many_between(days: Workdays, first: date, count: int) -> None:
    found = days.after(first, count)

    plain = [day for place in range((found - first).days + 1) if days.works(day := first + place * DAY)]
    assert len(plain) == count + 1
    assert plain[-1] == found
    assert days.count(first, found) == count + 1


@given(CALENDARS, DATES, st.integers(0, 60))
def test_a_span_begins_and_ends_on_working_days(days: Workdays, first: date, length: int) -> None:
    within = days.within(Span(first, first + length * DAY))

    assert within.last is not None
    assert days.works(within.first)
    assert days.works(within.last)
    if days.count(first, first + length * DAY):
        assert first <= within.first <= within.last <= first + length * DAY
    else:
        assert within.first == within.last > first + length * DAY


@given(st.data())
def test_work_is_laid_on_working_days_and_never_overdue(data: st.DataObject) -> None:
    roadmap = data.draw(roadmaps())
    choices = replace(data.draw(choices_for(roadmap)), workdays=frozenset({0, 2, 3}), days_off=FREE)

    made = calendar(roadmap, choices)

    days = Workdays(choices.workdays, choices.days_off)
    for one in made.dates.values():
        assert one.start is None or days.works(one.start)
        assert one.due is None or (days.works(one.due) and one.due >= choices.today)


def test_a_day_plan_skips_weekends_and_holidays() -> None:
    made = calendar(load_template(str(DATA / "day-roadmap.yaml")), OFFICE)

    day = {key.rpartition("-")[2]: one for key, one in made.dates.items()}
    assert day["1"] == (None, None)
    assert day["5"] == (date(2026, 11, 27),) * 2
    assert day["6"] == (date(2026, 11, 30),) * 2
    assert day["24"] == (date(2026, 12, 24),) * 2
    assert day["25"] == (date(2026, 12, 28),) * 2  # the 25th is free, and a Friday
    assert day["60"].due == date(2027, 2, 17)
    assert made.windows["phase-1"] == (MONDAY, date(2026, 12, 11))
    assert made.windows["phase-4"].last == day["60"].due


def test_a_week_ends_on_its_last_working_day() -> None:
    week = {"unit": "weeks", "start": 1, "end": 1}
    tasks = [{"key": f"p/task-{n}", "title": f"{n}", "window": {**week, "start": n, "end": n}} for n in (1, 5, 6)]

    dates = calendar(small(phases=[{"key": "p", "title": "P", "option": "P", "tasks": tasks}]), OFFICE).dates

    assert dates["p/task-1"] == (MONDAY, date(2026, 11, 27))
    assert dates["p/task-5"] == (date(2026, 12, 21), date(2026, 12, 24))
    assert dates["p/task-6"].due == date(2026, 12, 31)


def test_hours_are_worked_on_working_days_alone() -> None:
    window = {"unit": "weeks", "start": 1, "end": 8}
    tasks = [{"key": "p/task-1", "title": "One", "hours": 60}, {"key": "p/task-2", "title": "Two", "hours": 20}]
    roadmap = small(phases=[{"key": "p", "title": "P", "option": "P", "window": window, "tasks": tasks}])

    dates = calendar(roadmap, OFFICE).dates

    assert dates["p/task-1"] == (MONDAY, date(2026, 12, 2))  # eight hours on each of five days a week
    assert dates["p/task-2"] == (date(2026, 12, 2), date(2026, 12, 4))
    assert honest_end(roadmap, OFFICE).honest == date(2026, 12, 4)


def test_what_a_pause_puts_off_falls_on_working_days() -> None:
    roadmap = load_template(str(DATA / "day-roadmap.yaml"))
    record = first_record(roadmap, OFFICE)
    paused = Pause(date(2026, 11, 25), date(2026, 11, 27))  # three days
    record = replace(record, steering=replace(record.steering, pauses=(paused,)))

    made = Outline(roadmap, OFFICE, life_of(roadmap, OFFICE, record, MONDAY)).calendar

    assert made.dates["phase-1/day-2"].due == date(2026, 11, 24)
    assert made.dates["phase-1/day-3"].due == date(2026, 11, 30)  # a Saturday by the calendar


@pytest.mark.parametrize("choices", [Choices(MONDAY, MONDAY, 40), OFFICE])
def test_a_new_plan_of_a_day_plan_goes_on_from_today_at_its_pace(choices: Choices) -> None:
    roadmap = load_template(str(DATA / "day-roadmap.yaml"))
    late = MONDAY + timedelta(days=14)
    done = {f"phase_1__day_{n}": {"status": "completed"} for n in (2, 3)}
    record = changed(first_record(roadmap, choices), **done)

    told = propose(roadmap, choices, life_of(roadmap, choices, record, late), kept=())

    assert told.dates["phase-1/day-4"].due == late
    assert told.dates["phase-1/day-5"].due == late + DAY
    assert told.end is not None
    assert told.end_before is not None
    assert told.end > told.end_before
    assert Workdays(choices.workdays, choices.days_off).count(late, told.end) == 57
