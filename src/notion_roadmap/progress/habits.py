"""Daily habits: streaks that forgive a day off, and the strength of the last four weeks."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from statistics import fmean

from notion_roadmap.progress.counts import achieved, merged_days
from notion_roadmap.progress.weeks import DAY, paused_on
from notion_roadmap.roadmap import Habit, Roadmap
from notion_roadmap.roadmap.record import DayRecord, HabitEntry, Record
from notion_roadmap.roadmap.watching import HabitNumbers, HabitsOfDay

STRENGTH_DAYS = 28
"""Four whole weeks, so that every weekday counts the same."""

NOTHING = HabitsOfDay(streak=None, strength=None)


def habit_numbers(roadmap: Roadmap, record: Record, today: date) -> HabitNumbers:
    """Streak and strength today, of each habit and of all together, and those of every day in the log and of today,
    whose row may be about to be made.

    A day is done when every habit reached its target (a tick is the target). Streak: days done in a row up to the day;
    a day off, free or paused neither counts nor breaks it (done all the same, it counts); a day without a row breaks
    it. Strength: the mean, over those of the last 28 days that were neither off, free nor paused, of how much of its
    target each habit reached (at most all of it), from 0 to 1. Today counts in either, and is one of the 28, once it is
    done: till then it is not over.
    Days before the first one, of the roadmap or of the log, count in nothing. "n/a" where the roadmap has no habits,
    their columns are gone, it has not begun, or no day counts yet (strength).
    """
    habits = [habit for habit in roadmap.daily_habits if habit.key not in record.missing_habits]
    if not habits or record.lacks("days.date"):
        return HabitNumbers(together=NOTHING, habits={habit.key: NOTHING for habit in roadmap.daily_habits}, days={})
    log = {day: one for day, one in merged_days(record.days).items() if day <= today}
    first = min((record.steering.start, *log))
    course = dict(_course(habits, log, record, first, today))
    if not course:
        return HabitNumbers(together=NOTHING, habits={habit.key: NOTHING for habit in roadmap.daily_habits}, days={})
    each = {habit.key: _last(_course([habit], log, record, first, today)) for habit in habits}
    each |= {habit.key: NOTHING for habit in roadmap.daily_habits if habit.key in record.missing_habits}
    return HabitNumbers(together=course[today], habits=each, days={day: course[day] for day in sorted({*log, today})})


def share_reached(habits: Iterable[Habit], one: DayRecord | None) -> list[float]:
    """How much of the target of each habit a day reached, from 0 to 1."""
    entries: Mapping[str, HabitEntry] = one.habits if one is not None else {}
    return [min(1.0, achieved(entries.get(h.key, HabitEntry()), float(h.target)) / float(h.target)) for h in habits]


def _course(
    habits: Sequence[Habit], log: Mapping[date, DayRecord], record: Record, first: date, today: date
) -> Iterator[tuple[date, HabitsOfDay]]:
    """The days from the first to today, each with its numbers."""
    streak = 0
    window: deque[float | None] = deque(maxlen=STRENGTH_DAYS)
    for place in range((today - first).days + 1):
        day = first + place * DAY
        one = log.get(day)
        shares = share_reached(habits, one)
        done = all(share >= 1.0 for share in shares)
        steering = record.steering
        spared = (one is not None and one.day_off) or paused_on(day, steering.pauses) or steering.is_free(day)
        if done or not (spared or day == today):
            streak = streak + 1 if done else 0
        if done or day != today:
            window.append(fmean(shares) if done or not spared else None)
        yield day, HabitsOfDay(streak=streak, strength=_mean(window))


def _mean(window: Iterable[float | None]) -> float | None:
    counted = [share for share in window if share is not None]
    return round(fmean(counted), 4) if counted else None


def _last(course: Iterable[tuple[date, HabitsOfDay]]) -> HabitsOfDay:
    return deque((one for _, one in course), maxlen=1)[0]
