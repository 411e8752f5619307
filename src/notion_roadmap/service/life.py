"""From the facts to a life: the numbers of today, and the weeks whose review is to be written."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from notion_roadmap.blueprint import Choices, first_record, open_weeks
from notion_roadmap.progress import numbers, week_facts
from notion_roadmap.roadmap import Roadmap
from notion_roadmap.roadmap.life import Life, Replan
from notion_roadmap.roadmap.record import Record


def life_of(
    roadmap: Roadmap,
    choices: Choices,
    record: Record,
    today: date,
    *,
    now: datetime | None = None,
    replans: Iterable[Replan] = (),
) -> Life:
    """A life as it is on the owner's date `today`; see `Life` for the rest."""
    weeks = tuple(week_facts(roadmap, record, first, today) for first in open_weeks(record, choices, today))
    return Life(record, numbers(roadmap, record, today), now, weeks, tuple(replans))


def first_life(roadmap: Roadmap, choices: Choices) -> Life:
    """The life of a roadmap that nobody has lived yet. Raises UnknownTask, as `first_record` does."""
    return life_of(roadmap, choices, first_record(roadmap, choices), choices.today)
