"""What the owner set in the Settings row, and what is remembered of it: a pause has a first day, a pace a beginning.

Pure: the memory is a small JSON document that the state keeps.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta, tzinfo
from typing import Final

from notion_roadmap.blueprint.choices import Choices
from notion_roadmap.blueprint.settings import ROW, WEEKDAYS
from notion_roadmap.roadmap.record import Capacity, Pause, Steering
from notion_roadmap.workspace.cached import CachedRow
from notion_roadmap.workspace.canonical import JSON
from notion_roadmap.workspace.thaw import day_of, number_of, words_of

MEMORY: Final = "steering"
"""Name of the fact that holds the memory."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """The Settings row as it stands; None where it says nothing.

    Args:
        weekly_hours: above 0.
        week_start: 0 for Monday.
        edited_on: the day of the owner's last edit; None when the last edit was ours.
    """

    weekly_hours: float | None = None
    week_start: int = 0
    pause_until: date | None = None
    sync_now: bool = False
    edited_on: date | None = None


def wishes_of(rows: Iterable[CachedRow], zone: tzinfo) -> Wishes:
    """What the one row says that is read; rows that the owner added say nothing."""
    row = next((one for one in rows if one.key == ROW and not one.gone), None)
    if row is None:
        return Wishes()
    hours, start = number_of(row.values.get("settings.weekly_hours")), words_of(row.values.get("settings.week_start"))
    edited = None if row.edited_by_us or row.edited is None else row.edited.astimezone(zone).date()
    return Wishes(
        weekly_hours=hours if hours is not None and hours > 0 else None,
        week_start=WEEKDAYS.index(start) if start in WEEKDAYS else 0,
        pause_until=day_of(row.values.get("settings.pause_until")),
        sync_now=row.values.get("settings.sync_now") is True,
        edited_on=edited,
    )


def remembered(memory: JSON, wishes: Wishes, choices: Choices, today: date) -> JSON:
    """The memory with what is wished now."""
    capacities, pauses = _capacities(memory), _pauses(memory)
    hours = wishes.weekly_hours or choices.weekly_hours
    if not capacities:
        capacities = [Capacity(choices.start, hours)]
    elif capacities[-1].weekly_hours != hours:
        capacities = [*(one for one in capacities if one.since < today), Capacity(today, hours)]
    return {
        "capacities": [[one.since.isoformat(), one.weekly_hours] for one in capacities],
        "pauses": [[p.first.isoformat(), p.last.isoformat()] for p in _paused(pauses, wishes, today) if p.last],
    }


def _paused(pauses: list[Pause], wishes: Wishes, today: date) -> list[Pause]:
    """The pauses with the one that is wished now: it began when it was first seen, or set."""
    until = wishes.pause_until
    over = [one for one in pauses if one.last is not None and one.last < today and one.last != until]
    running = [one for one in pauses if one not in over]
    if until is not None and (until >= today or running):
        first = running[0].first if running else min(today, wishes.edited_on or today)
        return [*over, Pause(first, until)]
    yesterday = today - timedelta(days=1)
    ended = [Pause(one.first, yesterday) for one in running if one.first <= yesterday and until is None]
    if until is not None and wishes.edited_on is not None and wishes.edited_on <= until:
        ended.append(Pause(wishes.edited_on, until))  # it came and went while nothing ran
    return [*over, *ended]


def steering_of(memory: JSON, wishes: Wishes, choices: Choices, zone: tzinfo) -> Steering:
    """For the record."""
    return Steering(
        start=choices.start,
        zone=zone,
        capacities=tuple(_capacities(memory)) or (Capacity(choices.start, choices.weekly_hours),),
        week_start=wishes.week_start,
        pauses=tuple(_pauses(memory)),
        workdays=choices.workdays,
        days_off=choices.days_off,
    )


def _capacities(memory: JSON) -> list[Capacity]:
    return [Capacity(date.fromisoformat(str(day)), float(str(hours))) for day, hours in _spans(memory, "capacities")]


def _pauses(memory: JSON) -> list[Pause]:
    return [Pause(date.fromisoformat(str(a)), date.fromisoformat(str(b))) for a, b in _spans(memory, "pauses")]


def _spans(memory: JSON, name: str) -> list[tuple[JSON, JSON]]:
    told = memory.get(name) if isinstance(memory, dict) else None
    return [(one[0], one[1]) for one in told if isinstance(one, list)] if isinstance(told, list) else []
