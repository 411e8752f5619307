"""The owner's choices: what is asked for now, else what the workspace was made with, else the defaults."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from notion_roadmap.blueprint.choices import Choices
from notion_roadmap.clock import local_date
from notion_roadmap.service.house import House
from notion_roadmap.service.observe import Arrival

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
    before = _remembered(house, arrival)
    today = date.fromisoformat(before["seeded"]) if "seeded" in before else _today(house)
    settings = house.settings
    start = settings.roadmap_start or (date.fromisoformat(before["start"]) if "start" in before else next_monday(today))
    hours = settings.roadmap_weekly_hours
    if "roadmap_weekly_hours" not in settings.model_fields_set:
        hours = float(before.get("weekly_hours", hours))
    return Choices(
        start=start,
        today=today,
        weekly_hours=hours,
        as_written=_flag(asked.as_written, before.get("as_written")),
        lean=_flag(asked.lean, before.get("lean")),
        done=asked.done if asked.done is not None else frozenset(before.get("done", "").split()),
    )


def _remembered(house: House, arrival: Arrival) -> dict[str, str]:
    kept = house.state.fact(CHOICES)
    if isinstance(kept, dict):
        return {name: str(value) for name, value in kept.items()}
    return dict(arrival.root.manifest.settings) if arrival.root is not None and arrival.root.manifest else {}


def _flag(asked: bool | None, before: str | None) -> bool:
    return asked if asked is not None else before == "true"


def _today(house: House) -> date:
    return local_date(house.clock, house.settings.roadmap_timezone)


def next_monday(day: date) -> date:
    """The Monday after this day; a Monday is its own."""
    return day + timedelta(days=-day.weekday() % 7)
