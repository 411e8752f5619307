"""What was made, how far it has come and when that was last looked at, from the local state alone: no request."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from notion_roadmap.store import JobRun, open_state
from notion_roadmap.store.port import State
from notion_roadmap.workspace.canonical import JSON
from notion_roadmap.workspace.items import ROOT

NUMBERS: Final = "numbers"
"""Name of the fact that holds the numbers of the last sync."""

SYNCED: Final = "synced"
"""Name of the fact that holds when the last sync succeeded."""

EDITED: Final = "edited"
"""Name of the fact that holds when somebody but us was last seen to have edited something."""

SHOWN: Final = ("progress", "kpis", "forecast", "gates", "risks", "emergency")
"""What of the numbers is shown."""


@dataclass(frozen=True, slots=True)
class Seeded:
    """One roadmap.

    Args:
        version: of the template it was last brought to; "" while the first seed has not ended.
        start, weekly_hours: what it was made with, "" when not known.
        items: how many of each kind stand.
        unfinished: creates whose outcome is not known; the next seed looks them up.
        last_sync: when the last sync succeeded, ISO 8601; "" when there was none.
        stale: whether that is too long ago. What was never synced is not stale: nobody expects it.
        numbers: progress, KPIs, forecast and gates as the last sync found them; empty before the first.
    """

    roadmap: str
    version: str
    start: str
    weekly_hours: str
    items: dict[str, int]
    unfinished: int
    root_page_id: str
    url: str
    last_sync: str
    stale: bool
    numbers: Mapping[str, JSON]

    def as_dict(self) -> dict[str, object]:
        """For JSON."""
        told = asdict(self)
        return {**told.pop("numbers"), **told}


@dataclass(frozen=True, slots=True)
class Status:
    """All that a state knows.

    Args:
        roadmaps: by key.
        jobs: how those of the scheduled service have fared, by name; empty where none ever ran.
    """

    roadmaps: tuple[Seeded, ...]
    jobs: Mapping[str, JobRun]

    def as_dict(self) -> dict[str, object]:
        """For JSON; the only roadmap's values stand at the top, too."""
        told = [one.as_dict() for one in self.roadmaps]
        jobs = {name: _told(run) for name, run in sorted(self.jobs.items())}
        return {**(told[0] if len(told) == 1 else {}), "roadmaps": told, "jobs": jobs}


def _told(run: JobRun) -> dict[str, object]:
    return {
        "succeeded": run.succeeded.isoformat() if run.succeeded else None,
        "failed": run.failed.isoformat() if run.failed else None,
        "failures": run.failures,
        "why": run.why,
    }


def status(path: Path, now: datetime, stale_after: timedelta) -> Status:
    """What the state in this file knows. Looks only, also beside a run. Raises StateError.

    Args:
        stale_after: how old the last sync may be.
    """
    state = open_state(path, "", read_only=True).state
    try:
        seeded = tuple(_seeded(key, state.of(key), now, stale_after) for key in sorted(state.roadmaps()))
        return Status(seeded, state.runs())
    finally:
        state.close()


def _seeded(key: str, state: State, now: datetime, stale_after: timedelta) -> Seeded:
    applied, template, choices = state.all(), _facts(state, "template"), _facts(state, "choices")
    root, synced, numbers = applied.get(ROOT), state.fact(SYNCED), state.fact(NUMBERS)
    last = datetime.fromisoformat(synced) if isinstance(synced, str) else None
    return Seeded(
        roadmap=key,
        version=template.get("version", ""),
        start=choices.get("start", ""),
        weekly_hours=choices.get("weekly_hours", ""),
        items=dict(sorted(Counter(str(one.kind) for one in applied.values()).items())),
        unfinished=len(state.intents()),
        root_page_id=root.id if root else "",
        url=template.get("url", ""),
        last_sync=last.isoformat() if last else "",
        stale=last is not None and now - last > stale_after,
        numbers={name: numbers[name] for name in SHOWN if name in numbers} if isinstance(numbers, dict) else {},
    )


def _facts(state: State, name: str) -> dict[str, str]:
    found = state.fact(name)
    return {key: str(value) for key, value in found.items()} if isinstance(found, dict) else {}
