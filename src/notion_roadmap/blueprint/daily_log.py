"""One row a date, one box per habit: the days that the owner ticks off."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from notion_roadmap.blueprint.outline import Outline
from notion_roadmap.blueprint.part import DATA_PAGE, DAYS, OURS, SOON, THEIRS, Part, column, database, tabs
from notion_roadmap.blueprint.prose import number, rounded
from notion_roadmap.blueprint.routines import routine_blocks, routines_of, without_names
from notion_roadmap.roadmap import Habit, Titles
from notion_roadmap.roadmap.watching import HabitsOfDay
from notion_roadmap.workspace.blocks import Block
from notion_roadmap.workspace.items import Row
from notion_roadmap.workspace.properties import DateSpan, Property, PropertyType
from notion_roadmap.workspace.text import Text
from notion_roadmap.workspace.views import Condition, Layout, Sort, View

DAYS_AHEAD = 7
"""Days that stand ready to be ticked: a week."""


STRENGTH_DAYS = 28
"""Days on whose rows a tick of today still shows."""


def habit_property(habit: Habit) -> str:
    """The key of the box of a habit."""
    return f"days.{habit.key.replace('-', '_').replace('/', '_')}"


def day_key(day: date) -> str:
    """The key of the row of a day."""
    return f"days/{day.isoformat()}"


def days_part(outline: Outline) -> Part | None:
    """The daily log with the first week; None where the roadmap has no habits."""
    if not outline.roadmap.daily_habits:
        return None
    made = database(
        DAYS,
        DATA_PAGE,
        "Daily Log",
        _columns(outline.roadmap.daily_habits),
        icon="📆",
        description=_said_of(outline.roadmap.titles),
        grows=f"{DAYS}/",
    )
    rows = tuple(_row(outline, day, SOON + place) for place, day in enumerate(_days(outline)))
    return Part(made, _views(outline.roadmap.daily_habits), rows)


def _said_of(titles: Titles) -> str:
    return titles.habits or titles.routines or "What is done every day."


def _days(outline: Outline) -> list[date]:
    """Today and the six days ahead, and those of the last four weeks that are there; none before the first day.

    A day for which the owner made a row of their own gets no second one.
    """
    today = max(outline.life.today, outline.choices.first_day)
    keys: dict[date, set[str]] = {}
    for record in outline.record.days:
        keys.setdefault(record.day, set()).add(record.key)
    ahead = [today + timedelta(days=place) for place in range(DAYS_AHEAD)]
    past = [day for day in sorted(keys) if today - timedelta(days=STRENGTH_DAYS) < day < today]
    there = [day for day in past if day_key(day) in keys[day]]
    return there + [day for day in ahead if day_key(day) in keys.get(day, {day_key(day)})]


def _columns(habits: Iterable[Habit]) -> Iterable[Property]:
    yield column("days.title", "Day", PropertyType.TITLE, "One row a date. A row of your own for a date counts too.")
    yield column("days.date", "Date", PropertyType.DATE, "The day.")
    for habit in habits:
        note = f" ({habit.note.plain})" if habit.note else ""
        words = f"Tick it when it is done{note}. A tick counts as {number(habit.target)} {habit.unit}."
        yield column(habit_property(habit), habit.title, PropertyType.CHECKBOX, words, THEIRS)
    words = "Tick it for a day of rest: it spares the streak."
    yield column("days.day_off", "Day Off", PropertyType.CHECKBOX, words, THEIRS)
    for habit in habits:
        words = f"Only where you want to be exact: {habit.unit} of this day, instead of the tick."
        name = f"{habit.title}: exactly"
        yield column(f"{habit_property(habit)}_exactly", name, PropertyType.NUMBER, words, THEIRS)
    yield column("days.notes", "Notes", PropertyType.TEXT, "Yours: what shipped today, what comes next.", THEIRS)
    words = "Days in a row with every habit done; days off do not break it."
    yield column("days.streak", "Streak", PropertyType.NUMBER, words, OURS)
    words = "How much of the last 28 days was done: it forgives a missed day, as a streak does not."
    yield column("days.strength", "Strength", PropertyType.NUMBER, words, OURS, number_format="percent")


def _row(outline: Outline, day: date, rank: int) -> Row:
    told = outline.numbers.habits.days.get(day, HabitsOfDay(streak=None, strength=None))
    return Row(
        day_key(day),
        DAYS,
        {
            "days.title": Text.of(f"{day:%a} {day.isoformat()}"),
            "days.date": DateSpan(day),
            "days.streak": told.streak,
            "days.strength": rounded(told.strength),
            "days.key": Text.of(day_key(day)),
        },
        _body(outline),
        rank=rank,
    )


def _body(outline: Outline) -> tuple[Block, ...]:
    """The daily routines, to be ticked off; nothing in a lean workspace, which would make them anew each day."""
    if outline.choices.lean:
        return ()
    return without_names(routine_blocks(routines_of(outline.roadmap, "daily")))


def habits_view(habits: Iterable[Habit], key: str, name: str) -> View:
    """Today's row first, then the days that stand ready."""
    boxes = tuple(habit_property(habit) for habit in habits)[:8]
    coming = Condition("days.date", "on_or_after", "today")
    shown = (*boxes, "days.day_off", "days.streak")
    return View(key, DAYS, name, Layout.LIST, filter=coming, sorts=(Sort("days.date"),), shown=shown)


def _views(habits: tuple[Habit, ...]) -> tuple[View, ...]:
    columns = (*map(habit_property, habits), "days.day_off", "days.streak", "days.strength", "days.notes")
    latest = (Sort("days.date", descending=True),)
    return tabs(
        habits_view(habits, "view:days/today", "Today"),
        View("view:days/all", DAYS, "All Days", Layout.TABLE, sorts=latest, shown=columns),
        View("view:days/calendar", DAYS, "Calendar", Layout.CALENDAR, date="days.date", shown=columns[:10]),
    )
