"""What has become of a roadmap: the facts and what follows from them, as its workspace shows them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from notion_roadmap.roadmap.numbers import Numbers
from notion_roadmap.roadmap.record import Record
from notion_roadmap.roadmap.watching import WeekFacts


class Dated(NamedTuple):
    """When a task begins and when it should be done; None where nobody can say."""

    start: date | None
    due: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Replan:
    """New dates for what is not done, proposed on a day.

    Args:
        made_on: the day of the proposal, at most one a day.
        dates: by the key of the task, only those that would move, with their new dates.
        before: the same tasks with the dates that they had.
        end: the last day of all required work by the new dates, `end_before` by the old; None where nothing is dated.
        accepted: its owner ticked that it holds, and did not undo it since.
        undone: its owner ticked that it holds no more; the dates from before it hold again.
    """

    made_on: date
    dates: Mapping[str, Dated]
    before: Mapping[str, Dated] = field(default_factory=dict)
    end: date | None = None
    end_before: date | None = None
    accepted: bool = False
    undone: bool = False


@dataclass(frozen=True, slots=True)
class Life:
    """A roadmap as it is lived. The order of its lists means nothing.

    Args:
        record: the facts as of now.
        numbers: what follows from them; `numbers.today` is the owner's day.
        now: aware; None before the first sync. Only the heartbeat reads it.
        weeks: the facts of every week whose review is still open: as `blueprint.open_weeks` names them.
        replans: every proposal that was made and not forgotten, accepted or not.
    """

    record: Record
    numbers: Numbers
    now: datetime | None = None
    weeks: tuple[WeekFacts, ...] = ()
    replans: tuple[Replan, ...] = ()

    @property
    def today(self) -> date:
        """The owner's day."""
        return self.numbers.today
