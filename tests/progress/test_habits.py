"""Streaks and strength in the owner's days."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from notion_roadmap.progress.habits import habit_numbers
from notion_roadmap.roadmap.record import DayRecord, HabitEntry, Pause, Steering
from notion_roadmap.roadmap.watching import HabitsOfDay
from progress.material import MONDAY, days, mini, record

DAY = timedelta(days=1)


def on(today: date, marks: str, **said: Any) -> HabitsOfDay:
    return habit_numbers(mini(), record(days=days(MONDAY, marks), **said), today).habits["problems"]


@pytest.mark.parametrize(
    ("marks", "streak"),
    [
        ("xxx", 3),
        ("xx-", 2),  # today is not over
        ("x-x", 1),
        ("x x", 1),  # a day without a row breaks it too
        ("xox", 2),  # a day off does not count, and spares it
        ("xoo", 1),
        ("x--", 0),
        ("---", 0),
    ],
)
def test_a_streak_is_spared_by_a_day_off_and_broken_by_a_missed_day(marks: str, streak: int) -> None:
    assert on(MONDAY + 2 * DAY, marks).streak == streak


def test_a_pause_breaks_no_streak() -> None:
    steering = Steering(start=MONDAY, pauses=(Pause(MONDAY + 2 * DAY, MONDAY + 20 * DAY),))

    assert on(MONDAY + 21 * DAY, "xx", steering=steering).streak == 2
    assert on(MONDAY + 23 * DAY, "xx", steering=steering).streak == 0


def test_free_weekends_and_holidays_break_no_streak() -> None:
    office = Steering(start=MONDAY, workdays=frozenset(range(5)), days_off=frozenset({MONDAY + 3 * DAY}))

    assert on(MONDAY + 7 * DAY, "xxx x", steering=office).streak == 4, "Thursday is free, and so is the weekend"
    assert on(MONDAY + 8 * DAY, "xxx x", steering=office).streak == 0, "Monday was not"
    assert on(MONDAY + 7 * DAY, "xxx xx", steering=office).streak == 5, "done all the same it counts"


def test_a_habit_done_on_a_day_off_counts() -> None:
    day = DayRecord(day=MONDAY, habits={"problems": HabitEntry(True)}, day_off=True)

    assert habit_numbers(mini(), record(days=(day,)), MONDAY).habits["problems"].streak == 1


def test_strength_forgives_a_missed_day() -> None:
    found = on(MONDAY + 28 * DAY, "x" * 14 + "-" + "x" * 13)

    assert (found.streak, found.strength) == (13, round(27 / 28, 4))


def test_days_off_are_left_out_of_strength_and_half_a_target_counts_half() -> None:
    half = DayRecord(day=MONDAY + 2 * DAY, habits={"problems": HabitEntry(True, 1)})
    whole = record(days=(*days(MONDAY, "xo"), half))

    assert habit_numbers(mini(), whole, MONDAY + 3 * DAY).habits["problems"].strength == 0.75


def test_more_than_the_target_is_not_more_than_all() -> None:
    much = DayRecord(day=MONDAY, habits={"problems": HabitEntry(False, 50)})

    assert habit_numbers(mini(), record(days=(much,)), MONDAY).habits["problems"].strength == 1.0


def test_together_means_every_habit() -> None:
    both = {"problems": HabitEntry(True), "reading": HabitEntry(True)}
    whole = record(days=(DayRecord(day=MONDAY, habits=both), *days(MONDAY + DAY, "x")))

    found = habit_numbers(mini(), whole, MONDAY + 2 * DAY)

    assert (found.together.streak, found.together.strength) == (0, 0.75)
    assert [found.days[MONDAY + n * DAY].streak for n in range(2)] == [1, 0]


def test_two_rows_of_one_date_are_one_day() -> None:
    twice = DayRecord(day=MONDAY, habits={"reading": HabitEntry(True)}, key="own")

    assert habit_numbers(mini(), record(days=(twice, *days(MONDAY, "x"))), MONDAY).together.streak == 1


def test_a_removed_box_is_not_available_and_the_others_go_on() -> None:
    whole = record(days=days(MONDAY, "xx"), missing_habits=frozenset({"reading"}))

    found = habit_numbers(mini(), whole, MONDAY + DAY)

    assert (found.together.streak, found.habits["reading"].streak) == (2, None)
    gone = habit_numbers(mini(), record(missing=frozenset({"days.date"})), MONDAY)
    assert gone.together.streak is gone.habits["problems"].streak is None


def test_before_it_begins_there_is_nothing_to_say() -> None:
    assert on(MONDAY - DAY, "").streak is None
