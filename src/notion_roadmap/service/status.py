"""What was made and where, from the local state alone: no request, and an answer at once."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass
from pathlib import Path

from notion_roadmap.store import open_state
from notion_roadmap.store.port import State
from notion_roadmap.workspace.items import ROOT


@dataclass(frozen=True, slots=True)
class Seeded:
    """One roadmap.

    Args:
        version: of the template it was last brought to; "" while the first seed has not ended.
        start, weekly_hours: what it was made with, "" when not known.
        items: how many of each kind stand.
        unfinished: creates whose outcome is not known; the next seed looks them up.
    """

    roadmap: str
    version: str
    start: str
    weekly_hours: str
    items: dict[str, int]
    unfinished: int
    root_page_id: str
    url: str

    def as_dict(self) -> dict[str, object]:
        """For JSON."""
        return asdict(self)


def status(path: Path) -> tuple[Seeded, ...]:
    """All roadmaps that the state in this file knows, by key. Looks only, also beside a run. Raises StateError."""
    state = open_state(path, "", read_only=True).state
    try:
        return tuple(_seeded(key, state.of(key)) for key in sorted(state.roadmaps()))
    finally:
        state.close()


def _seeded(key: str, state: State) -> Seeded:
    applied, template, choices = state.all(), _facts(state, "template"), _facts(state, "choices")
    root = applied.get(ROOT)
    return Seeded(
        roadmap=key,
        version=template.get("version", ""),
        start=choices.get("start", ""),
        weekly_hours=choices.get("weekly_hours", ""),
        items=dict(sorted(Counter(str(one.kind) for one in applied.values()).items())),
        unfinished=len(state.intents()),
        root_page_id=root.id if root else "",
        url=root.refs.get("url", "") if root else "",
    )


def _facts(state: State, name: str) -> dict[str, str]:
    found = state.fact(name)
    return {key: str(value) for key, value in found.items()} if isinstance(found, dict) else {}
