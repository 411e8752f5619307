"""What a KPI counts, as amounts with their days, or as a level on a day. Nothing after that day ever counts.

An application counts by its furthest stage: that of its Stage, or a later one whose date stands, whichever is further.
Moved back, it was there all the same; whoever slipped clears the date.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from math import fsum
from typing import NamedTuple

from notion_roadmap.progress.pace import completion_days
from notion_roadmap.progress.weeks import week_of
from notion_roadmap.roadmap import CategoryCount, ConversionCount, HabitCount, Kpi, OwnCount, Roadmap, StageCount
from notion_roadmap.roadmap.record import ApplicationRecord, DayRecord, Fact, HabitEntry, KpiEntry, Record

MATURE_DAYS = 14
"""Days that an application is given before it counts in a conversion: answers take that long."""


class Amount(NamedTuple):
    """So much, on a day; None where nobody knows the day: it then counts in the total and in no week. `row` is the key
    of the row it comes from."""

    day: date | None
    much: float
    row: str


class Level(NamedTuple):
    """A value that does not add up, and for a conversion the number of applications in its denominator."""

    value: float | None
    n: int | None = None


def is_level(kpi: Kpi) -> bool:
    """Whether its value does not add up over weeks: a conversion, or a standing figure that the owner enters."""
    return isinstance(kpi.counted, ConversionCount) or (isinstance(kpi.counted, OwnCount) and kpi.period == "total")


def is_countable(kpi: Kpi, record: Record) -> bool:
    """Whether the columns that it counts are there."""
    counted = kpi.counted
    if isinstance(counted, HabitCount):
        return not record.lacks("days.date") and counted.habit not in record.missing_habits
    needs: dict[str, tuple[Fact, ...]] = {
        "category": ("tasks.category", "tasks.status"),
        "stage": ("applications.stage",),
        "conversion": ("applications.stage",),
        "own": ("kpis.own_entry",),
    }
    return not record.lacks(*needs[counted.kind])


def amounts(kpi: Kpi, roadmap: Roadmap, record: Record, today: date) -> list[Amount]:
    """What adds up for a KPI that is no level, up to `today`, by day.

    Habit: what each day achieved; a tick is the habit's target, an exact number counts instead. Category: 1 for each
    completed task of it, on its completion day. Stage: 1 for each application that reached it or a later one, on the
    first day on which it was seen there or beyond. Own, weekly: the last entry of each week.
    """
    counted = kpi.counted
    if isinstance(counted, HabitCount):
        found = _habit_amounts(counted.habit, roadmap, record.days)
    elif isinstance(counted, CategoryCount):
        days = completion_days(record)
        mine = (task for task in record.live if task.completed and task.category == counted.category)
        found = [Amount(days.get(task.key), 1.0, task.key) for task in mine]
    elif isinstance(counted, StageCount):
        found = _stage_amounts(counted.stage, stages_of(roadmap), record.applications)
    else:
        found = _weekly_entries(kpi.key, record, today)
    known = [amount for amount in found if amount.day is None or amount.day <= today]
    return sorted(known, key=lambda amount: (amount.day or date.min, amount.row, amount.much))


def level(kpi: Kpi, roadmap: Roadmap, record: Record, day: date) -> Level:
    """The standing value on a day: the last entry by then, or the conversion."""
    if isinstance(kpi.counted, ConversionCount):
        return conversion(kpi.counted, stages_of(roadmap), record.applications, day)
    entries = [entry for entry in record.entries if entry.kpi == kpi.key and entry.day <= day]
    return Level(max(entries, key=lambda entry: (entry.day, entry.value)).value if entries else None)


def conversion(
    counted: ConversionCount, stages: Sequence[str], applications: Iterable[ApplicationRecord], day: date
) -> Level:
    """Of the applications that reached `from_stage` at least 14 days before `day`, the percentage that reached
    `to_stage` by then. Applications are counted by the furthest stage they reached (its Stage or a later one with a
    date), whatever became of them; younger ones count neither way, and one whose day is not known is taken for old.
    `n` is the denominator; value None at 0.
    """
    old, passed = 0, 0
    for application in applications:
        reached = day_reached(application, counted.from_stage, stages)
        if reached is None or (reached.day is not None and (day - reached.day).days < MATURE_DAYS):
            continue
        old += 1
        further = day_reached(application, counted.to_stage, stages)
        passed += further is not None and (further.day is None or further.day <= day)
    return Level(round(100 * passed / old, 2) if old else None, old)


def day_reached(application: ApplicationRecord, stage: str, stages: Sequence[str]) -> Amount | None:
    """When an application was first seen at a stage or beyond; None if it never was (or the funnel has no such
    stage)."""
    places = {name: place for place, name in enumerate(stages)}
    if stage not in places:
        return None
    furthest = _furthest(application, places)
    if furthest is None or furthest < places[stage]:
        return None
    days = [day for name, day in application.reached.items() if places[stage] <= places.get(name, -1)]
    return Amount(min(days, default=None), 1.0, application.key)


def stages_of(roadmap: Roadmap) -> tuple[str, ...]:
    """The stages of its funnel, in order; none where it has none."""
    return roadmap.funnel.stages if roadmap.funnel else ()


def total(found: Iterable[Amount], first: date | None = None, last: date | None = None) -> float:
    """The sum, of a span of days if given (then without amounts whose day is not known)."""
    within = (
        amount.much
        for amount in found
        if (first is None and last is None)
        or (amount.day is not None and (first or date.min) <= amount.day <= (last or date.max))
    )
    return round(fsum(within), 4)


def achieved(entry: HabitEntry, target: float) -> float:
    """What a day achieved of a habit, in its unit: the exact number, else the target for a tick, else 0."""
    if entry.exactly is not None:
        return max(0.0, entry.exactly)
    return target if entry.ticked else 0.0


def merged_days(days: Iterable[DayRecord]) -> dict[date, DayRecord]:
    """One record a date. Of several rows of one date a tick, a day off and the larger exact number count."""
    merged: dict[date, DayRecord] = {}
    for one in sorted(days, key=lambda one: (one.day, one.key)):
        there = merged.get(one.day)
        merged[one.day] = one if there is None else _joined(there, one)
    return merged


def _joined(first: DayRecord, second: DayRecord) -> DayRecord:
    habits = dict(first.habits)
    for key, entry in second.habits.items():
        there = habits.get(key, HabitEntry())
        numbers = [one for one in (there.exactly, entry.exactly) if one is not None]
        habits[key] = HabitEntry(there.ticked or entry.ticked, max(numbers, default=None))
    return DayRecord(day=first.day, habits=habits, day_off=first.day_off or second.day_off, key=first.key)


def _habit_amounts(habit: str, roadmap: Roadmap, days: Iterable[DayRecord]) -> list[Amount]:
    target = next((float(one.target) for one in roadmap.daily_habits if one.key == habit), 1.0)
    found = ((day, achieved(one.habits.get(habit, HabitEntry()), target)) for day, one in merged_days(days).items())
    return [Amount(day, much, day.isoformat()) for day, much in found if much]


def _stage_amounts(stage: str, stages: Sequence[str], applications: Iterable[ApplicationRecord]) -> list[Amount]:
    return [found for one in applications if (found := day_reached(one, stage, stages)) is not None]


def _weekly_entries(kpi: str, record: Record, today: date) -> list[Amount]:
    """The last entry of each week; of two on one day the larger one, so that no order matters."""
    last: dict[date, KpiEntry] = {}
    for entry in record.entries:
        if entry.kpi == kpi and entry.day <= today:
            week = week_of(entry.day, record.steering.week_start).first
            there = last.get(week)
            if there is None or (entry.day, entry.value) > (there.day, there.value):
                last[week] = entry
    return [Amount(entry.day, entry.value, entry.day.isoformat()) for entry in last.values()]


def _furthest(application: ApplicationRecord, places: Mapping[str, int]) -> int | None:
    """The place of the furthest stage: of where its owner says it is, and of all that have a day."""
    named = (application.stage, *application.reached)
    return max((places[name] for name in named if name is not None and name in places), default=None)
