"""The owner's choices: what is asked for now, else what the workspace was made with, else the defaults."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from notion_roadmap.blueprint.choices import Choices
from notion_roadmap.clock import local_date
from notion_roadmap.service.days_off import days_off
from notion_roadmap.service.house import House
from notion_roadmap.service.observe import Arrival
from notion_roadmap.settings import Settings, weekdays_of
from notion_roadmap.store.port import State

CHOICES = "choices"
"""Name of the fact in the state."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a command was told beside its settings. None: not told, so the workspace keeps what it has."""

    as_written: bool | None = None
    lean: bool | None = None
    done: frozenset[str] | None = None


def choose(house: House, arrival: Arrival, asked: Asked) -> Choices:
    """The choices of this run.

    The day of the first seed is remembered with the rest: dates that were spread from it would move by themselves.
    """
    before = _kept(house.state)
    if before is None:
        before = dict(arrival.root.manifest.settings) if arrival.root is not None and arrival.root.manifest else {}
    return _choices(before, house.settings, _today(house), asked)


def remembered_choices(state: State, settings: Settings, today: date) -> Choices:
    """The choices that the state remembers, for what looks at it alone."""
    return _choices(_kept(state) or {}, settings, today, Asked())


def _choices(before: Mapping[str, str], settings: Settings, today: date, asked: Asked) -> Choices:
    today = date.fromisoformat(before["seeded"]) if "seeded" in before else today
    start = settings.roadmap_start or (date.fromisoformat(before["start"]) if "start" in before else next_monday(today))
    hours = settings.roadmap_weekly_hours
    if "roadmap_weekly_hours" not in settings.model_fields_set:
        hours = float(before.get("weekly_hours", hours))
    workdays = settings.roadmap_workdays
    if "roadmap_workdays" not in settings.model_fields_set and "workdays" in before:
        workdays = weekdays_of(before["workdays"])
    holidays = settings.roadmap_holidays if settings.roadmap_holidays is not None else before.get("holidays", "")
    return Choices(
        start=start,
        today=today,
        weekly_hours=hours,
        as_written=_flag(asked.as_written, before.get("as_written")),
        lean=_flag(asked.lean, before.get("lean")),
        workdays=workdays,
        holidays=holidays,
        days_off=days_off(holidays, start),
        done=asked.done if asked.done is not None else frozenset(before.get("done", "").split()),
    )


def _kept(state: State) -> dict[str, str] | None:
    kept = state.fact(CHOICES)
    return {name: str(value) for name, value in kept.items()} if isinstance(kept, dict) else None


def _flag(asked: bool | None, before: str | None) -> bool:
    return asked if asked is not None else before == "true"


def _today(house: House) -> date:
    return local_date(house.clock, house.settings.roadmap_timezone)


def next_monday(day: date) -> date:
    """The Monday after this day; a Monday is its own."""
    return day + timedelta(days=-day.weekday() % 7)
