"""What happened to tasks since we last looked, as events. Pure.

When nothing was ever seen (a new machine, a lost state) what happened is read off the rows: a completed task carries
the day on which it was completed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, time, tzinfo
from typing import Final

from notion_roadmap.roadmap.record import StatusEvent
from notion_roadmap.service.rules import COMPLETED_ON, STATUS, Rules
from notion_roadmap.workspace.cached import CachedRow
from notion_roadmap.workspace.thaw import day_of

NOON: Final = time(12)
"""At noon a day is the same day in every zone that its owner may move to."""


def task_name(row: CachedRow) -> str:
    """What a record calls the task of a row: its key in the roadmap, `id:<uuid>` for one of the owner's own."""
    return row.name.removeprefix("tasks/")


def events_of(
    rules: Rules, before: Mapping[str, CachedRow], rows: Mapping[str, CachedRow], now: datetime, zone: tzinfo
) -> Iterator[StatusEvent]:
    """The changes of status between two looks; `rows` with what our rules made of them, both by id."""
    for identifier, row in sorted(rows.items()):
        if row.gone or not row.values:
            continue
        was, after = before.get(identifier), rules.meaning(row.settled)
        if was is not None and was.values:
            earlier = rules.meaning(was.settled)
            if earlier != after and same_columns(was, row):
                yield StatusEvent(task=task_name(row), before=earlier, after=after, observed=now)
        elif not row.key:
            moment = (row.created or now) if after == "not_started" else _when(row, now, zone)
            yield StatusEvent(task=task_name(row), before=None, after=after, observed=min(moment, now))
        elif rules.at_first(row) != after:
            when = _when(row, now, zone)
            yield StatusEvent(task=task_name(row), before=rules.at_first(row), after=after, observed=when)


def same_columns(was: CachedRow, row: CachedRow) -> bool:
    """Whether both looks saw a Status, or neither: that a column went or came back is nobody's work on a task."""
    return (STATUS in was.values) == (STATUS in row.values)


def _when(row: CachedRow, now: datetime, zone: tzinfo) -> datetime:
    """When it was completed, if that was on an earlier day; now for all that nobody dated."""
    day = day_of(row.settled.get(COMPLETED_ON))
    if day is None or day >= now.astimezone(zone).date():
        return now
    return datetime.combine(day, NOON, tzinfo=zone).astimezone(UTC)
