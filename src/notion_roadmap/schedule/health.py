"""How the service is doing, in words that a monitor can read: a file, and an answer on loopback.

The file is replaced as a whole, never half written.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from notion_roadmap.schedule.due import NEVER, Every, Job, Past, Timetable, when
from notion_roadmap.service.files import write_whole

FAILING: Final = 3
"""Failures in a row from which on a job counts as failing: one may be a moment's trouble, and the next run mends it."""


@dataclass(frozen=True, slots=True)
class Health:
    """How the service is doing at a moment.

    Args:
        since: when the service began.
        stale: whether the syncs have not succeeded for too long; counted from `since` where they never did.
        failing: the jobs that have failed three times in a row or more, in their order.
        at_work: the job that is being run now, "" for none.
        jobs: for each, what `_told` says.
    """

    at: datetime
    since: datetime
    stale: bool
    failing: tuple[str, ...]
    at_work: str
    jobs: Mapping[str, Mapping[str, object]]

    @property
    def healthy(self) -> bool:
        """Whether nobody needs to look."""
        return not self.stale and not self.failing

    @staticmethod
    def of(table: Timetable, past: Mapping[str, Past], now: datetime, *, since: datetime, at_work: str = "") -> Health:
        """The health of the service at a moment."""
        known = {job.name: past.get(job.name, NEVER) for job in table.jobs}
        fresh = [known[job.name].succeeded or since for job in table.jobs if isinstance(job.cadence, Every)]
        return Health(
            now,
            since,
            any(now - last > table.stale_after for last in fresh),
            tuple(name for name, one in known.items() if one.failures >= FAILING),
            at_work,
            {job.name: _told(job, known[job.name], table, now) for job in table.jobs},
        )

    def as_dict(self) -> dict[str, object]:
        """For JSON."""
        return {
            "at": self.at.isoformat(),
            "since": self.since.isoformat(),
            "healthy": self.healthy,
            "stale": self.stale,
            "failing": list(self.failing),
            "at_work": self.at_work,
            "jobs": dict(self.jobs),
        }


def _told(job: Job, past: Past, table: Timetable, now: datetime) -> dict[str, object]:
    return {
        "succeeded": past.succeeded.isoformat() if past.succeeded else None,
        "failed": past.failed.isoformat() if past.failed else None,
        "failures": past.failures,
        "why": past.why,
        "next": when(job, past, table.zone, now).isoformat(),
    }


def write_health(path: Path, health: Health) -> None:
    """Replace the file. Raises OSError."""
    write_whole(path, json.dumps(health.as_dict(), indent=1), mode=0o600)
