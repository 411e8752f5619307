"""What was made, how far it has come and when that was last looked at, from the local state alone: no request."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from notion_roadmap.store import open_state
from notion_roadmap.store.port import State
from notion_roadmap.workspace.canonical import JSON
from notion_roadmap.workspace.items import ROOT

NUMBERS: Final = "numbers"
"""Name of the fact that holds the numbers of the last sync."""

SYNCED: Final = "synced"
"""Name of the fact that holds when the last sync succeeded."""

SHOWN: Final = ("progress", "kpis", "forecast", "gates")
"""What of the numbers is shown."""

STALE_AFTER: Final = timedelta(hours=2)
"""More than twice the longest time between two syncs of the service."""


@dataclass(frozen=True, slots=True)
class Seeded:
    """One roadmap.

    Args:
        version: of the template it was last brought to; "" while the first seed has not ended.
        start, weekly_hours: what it was made with, "" when not known.
        items: how many of each kind stand.
        unfinished: creates whose outcome is not known; the next seed looks them up.
        last_sync: when the last sync succeeded, ISO 8601; "" when there was none.
        stale: whether that is longer ago than two hours. What was never synced is not stale: nobody expects it.
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


def status(path: Path, now: datetime) -> tuple[Seeded, ...]:
    """All roadmaps that the state in this file knows, by key. Looks only, also beside a run. Raises StateError."""
    state = open_state(path, "", read_only=True).state
    try:
        return tuple(_seeded(key, state.of(key), now) for key in sorted(state.roadmaps()))
    finally:
        state.close()


def _seeded(key: str, state: State, now: datetime) -> Seeded:
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
        stale=last is not None and now - last > STALE_AFTER,
        numbers={name: numbers[name] for name in SHOWN if name in numbers} if isinstance(numbers, dict) else {},
    )


def _facts(state: State, name: str) -> dict[str, str]:
    found = state.fact(name)
    return {key: str(value) for key, value in found.items()} if isinstance(found, dict) else {}
