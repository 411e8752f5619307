"""What shapes a workspace: what is asked for now, over what is set, over what the first seed was made with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from notion_roadmap.blueprint.choices import Choices, monday
from notion_roadmap.settings import Settings


@dataclass(frozen=True, slots=True)
class Asked:
    """What the options of one call say; None where they say nothing.

    Args:
        done: keys of tasks that are done already, besides those that were said before.
    """

    as_written: bool | None = None
    lean: bool | None = None
    done: frozenset[str] = frozenset()


def choose(asked: Asked, settings: Settings, today: date, remembered: Mapping[str, str]) -> Choices:
    """The choices of a run.

    A first day that nobody set, and the day of the first seed, must stay what they were: else all dates would move
    with the calendar.

    Args:
        settings: start and weekly hours win over what is remembered where they are really set.
        today: the owner's day.
        remembered: `Choices.remembered` of the seed before, empty when there was none.
    """
    was = remembered.get
    start = settings.roadmap_start or _day(was("start")) or next_monday(today)
    hours = settings.roadmap_weekly_hours
    if "roadmap_weekly_hours" not in settings.model_fields_set:
        hours = float(was("weekly_hours", hours))
    return Choices(
        start=start,
        today=_day(was("seeded")) or today,
        weekly_hours=hours,
        as_written=was("as_written") == "true" if asked.as_written is None else asked.as_written,
        lean=was("lean") == "true" if asked.lean is None else asked.lean,
        done=asked.done | frozenset(was("done", "").split()),
    )


def next_monday(today: date) -> date:
    """The default first day: the Monday after today."""
    return date.fromordinal(monday(today).toordinal() + 7)


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None
