"""What is due, from our own record of what succeeded; never from a scheduler's.

A job is due by the clock on the owner's wall or by the time since it last succeeded. Wall-clock jobs have slots: one a
local day. A slot is a date, so daylight saving can neither skip nor repeat one, and what was missed while nothing ran
is caught up once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

FIRST_RETRY: Final = timedelta(minutes=1)
"""After a failure; doubled with each further one."""

LONGEST_RETRY: Final = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Every:
    """Again when this long has passed since the last success began."""

    interval: timedelta


@dataclass(frozen=True, slots=True)
class Daily:
    """Once each local day, at this time or as soon after it as we are there."""

    at: time


@dataclass(frozen=True, slots=True)
class Job:
    """Something to do again and again."""

    name: str
    cadence: Every | Daily


@dataclass(frozen=True, slots=True)
class Past:
    """What is known of a job.

    Args:
        succeeded: when the last success began, aware; None when there was none.
        failed: when the last failure began; counts only if it is later than the success.
        failures: how many in a row.
    """

    succeeded: datetime | None = None
    failed: datetime | None = None
    failures: int = 0


NEVER: Final = Past()


def due(jobs: Iterable[Job], past: Mapping[str, Past], now: datetime, zone: ZoneInfo) -> tuple[Job, ...]:
    """The jobs that are to be run now, in the order given.

    Args:
        now: aware.
        zone: the owner's.
    """
    return tuple(job for job in jobs if when(job, past.get(job.name, NEVER), zone, now) <= now)


def when(job: Job, past: Past, zone: ZoneInfo, now: datetime) -> datetime:
    """The moment from which a job is due; may lie in the past. A failing job waits longer each time."""
    usual = _usual(job, past, zone, now)
    if past.failures == 0 or past.failed is None:
        return usual
    doubled: timedelta = FIRST_RETRY * 2 ** min(past.failures - 1, 10)
    wait = min(doubled, LONGEST_RETRY)
    return max(usual, past.failed + wait)


def _usual(job: Job, past: Past, zone: ZoneInfo, now: datetime) -> datetime:
    last = past.succeeded
    if last is None or last > now:  # a clock that was set back must not stop a job until it has caught up
        return now
    if isinstance(job.cadence, Every):
        return last + job.cadence.interval
    done = _slot(job.cadence, last, zone)
    if done < _slot(job.cadence, now, zone):
        return now
    # Counted from the slot that was done: in an hour that comes twice, the clock may say that it is not there yet.
    return datetime.combine(done + timedelta(days=1), job.cadence.at, tzinfo=zone)


def _slot(cadence: Daily, moment: datetime, zone: ZoneInfo) -> date:
    """The local date whose turn had last come at a moment."""
    local = moment.astimezone(zone)
    return local.date() if local.timetz().replace(tzinfo=None) >= cadence.at else local.date() - timedelta(days=1)


def pace(edited: datetime | None, before: timedelta, now: datetime) -> timedelta:
    """How long to wait until the next sync: short while the owner is at it, longer the longer nothing happens.

    Args:
        edited: when the owner was last seen to have edited something.
        before: what this function last answered.

    A quiet day comes to 32 syncs at the longest interval, below 300 requests with nine sources.
    """
    if edited is not None and now - edited < STILL_THERE:
        return ACTIVE
    longer: timedelta = max(before, ACTIVE) * 1.5
    return min(longer, QUIET)


ACTIVE: Final = timedelta(seconds=90)
QUIET: Final = timedelta(minutes=45)
STILL_THERE: Final = timedelta(minutes=20)
"""For how long after an edit the owner counts as being at it."""
