"""What is due, from our own record of what succeeded; never from a scheduler's.

A job is due by the clock on the owner's wall or by the time since it last succeeded. Wall-clock jobs have slots: one a
local day. A slot is a date, so daylight saving can neither skip nor repeat one, and what was missed while nothing ran
is caught up once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
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
class Timetable:
    """What is to be done, and by whose clock. Read anew before each tick, so that changed settings count at once.

    Args:
        jobs: in the order in which they are run when several are due.
        zone: the owner's.
        stale_after: a job that goes by an interval and did not succeed for so long makes the service stale.
    """

    jobs: tuple[Job, ...]
    zone: ZoneInfo
    stale_after: timedelta

    def at_pace(self, pace: timedelta) -> Timetable:
        """The same, those jobs that go by an interval not more often than this."""
        return replace(self, jobs=tuple(_slowed(job, pace) for job in self.jobs))


def _slowed(job: Job, pace: timedelta) -> Job:
    return Job(job.name, Every(max(job.cadence.interval, pace))) if isinstance(job.cadence, Every) else job


@dataclass(frozen=True, slots=True)
class Past:
    """What is known of a job.

    Args:
        succeeded: when the last success began, aware; None when there was none.
        failed: when the last failure began; counts only if it is later than the success.
        failures: how many in a row.
        why: what was said of that failure, or of what the last success left undone; "" when there is nothing to say.
    """

    succeeded: datetime | None = None
    failed: datetime | None = None
    failures: int = 0
    why: str = ""


NEVER: Final = Past()


def fared(before: Past, began: datetime, *, failed: bool, why: str = "") -> Past:
    """What is known of a job after one more run."""
    if failed:
        return Past(before.succeeded, began, before.failures + 1, why)
    return Past(began, None, 0, why)


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


def pace(edited: datetime | None, before: timedelta, now: datetime, requests: int) -> timedelta:
    """How long to wait until the next sync: short while the owner is at it, longer the longer nothing happens.

    Args:
        edited: when the owner was last seen to have edited something.
        before: what this function last answered.
        requests: what the last sync sent.
    """
    if edited is not None and now - edited < STILL_THERE:
        return ACTIVE
    longer: timedelta = max(before, ACTIVE) * 2
    return min(longer, quiet(requests))


def quiet(requests: int) -> timedelta:
    """The longest wait: with it, a day on which nothing happens stays within `DAY_BUDGET` requests.

    Eight syncs are set aside: for slowing down after the last edit, for the night, and for what a new day writes.

    Args:
        requests: what one sync sends.
    """
    left = DAY_BUDGET - 8 * requests
    if left <= 0:
        return QUIETEST
    return min(max(timedelta(days=1) * (requests / left), ACTIVE), QUIETEST)


ACTIVE: Final = timedelta(seconds=90)
QUIETEST: Final = timedelta(minutes=90)
"""Below the two hours after which the last sync counts as stale."""
DAY_BUDGET: Final = 300
STILL_THERE: Final = timedelta(minutes=20)
"""For how long after an edit the owner counts as being at it."""
