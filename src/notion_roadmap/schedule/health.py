"""How the service is doing, in a file that a monitor can read: replaced as a whole, never half written."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import NamedTemporaryFile
from zoneinfo import ZoneInfo

from notion_roadmap.schedule.due import NEVER, Job, Past, when


@dataclass(frozen=True, slots=True)
class Health:
    """What the file says.

    Args:
        healthy: whether every job either succeeded last or has failed fewer than three times in a row.
    """

    at: datetime
    healthy: bool
    jobs: Mapping[str, Mapping[str, object]]

    @staticmethod
    def of(now: datetime, past: Mapping[str, Past], jobs: Sequence[Job], zone: ZoneInfo) -> Health:
        """The health of the service at a moment."""
        told = {job.name: _told(job, past.get(job.name, NEVER), zone, now) for job in jobs}
        failing = any(past.get(job.name, NEVER).failures >= 3 for job in jobs)
        return Health(now, not failing, told)

    def as_dict(self) -> dict[str, object]:
        """For JSON."""
        return {"at": self.at.isoformat(), "healthy": self.healthy, "jobs": dict(self.jobs)}


def _told(job: Job, past: Past, zone: ZoneInfo, now: datetime) -> dict[str, object]:
    return {
        "succeeded": past.succeeded.isoformat() if past.succeeded else None,
        "failures": past.failures,
        "next": when(job, past, zone, now).isoformat(),
    }


def write_health(path: Path, health: Health) -> None:
    """Replace the file. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, prefix=path.name, delete=False) as file:
        json.dump(health.as_dict(), file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    Path(file.name).replace(path)
