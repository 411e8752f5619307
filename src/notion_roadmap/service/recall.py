"""What the local state knows of a roadmap's life, without asking anybody: the record as of the last sync."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from notion_roadmap.blueprint import Choices, build
from notion_roadmap.clock import Clock, local_date
from notion_roadmap.errors import UserError
from notion_roadmap.roadmap import Roadmap
from notion_roadmap.roadmap.record import Record
from notion_roadmap.service.choose import remembered_choices
from notion_roadmap.service.facts import Known, entries_of, record_of
from notion_roadmap.service.intake import ENTRIES
from notion_roadmap.service.life import first_life
from notion_roadmap.service.pull import COLUMNS, reads
from notion_roadmap.service.removed_weeks import REMOVED_WEEKS, with_removed
from notion_roadmap.service.rules import rules_of
from notion_roadmap.service.status import SYNCED
from notion_roadmap.service.steering import MEMORY, steering_of, wishes_of
from notion_roadmap.settings import Settings
from notion_roadmap.store.port import State
from notion_roadmap.workspace.cached import CachedRow
from notion_roadmap.workspace.canonical import JSON
from notion_roadmap.workspace.items import ROOT, Database, Kind
from notion_roadmap.workspace.observed import Applied
from notion_roadmap.workspace.properties import COMPUTED


class NothingRemembered(UserError):
    """The state knows nothing of this roadmap."""

    def __init__(self, roadmap: str) -> None:
        self.roadmap = roadmap
        super().__init__(
            f"The local state knows nothing of {roadmap}",
            hint=f"Run `notion-roadmap sync {roadmap}`, or seed it first",
        )


@dataclass(frozen=True)
class Recalled:
    """A roadmap's life as it was last seen.

    Args:
        today: the owner's day of the last sync; before the first one, of the seed.
        synced: when the last sync succeeded, None when there was none.
    """

    roadmap: Roadmap
    choices: Choices
    record: Record
    today: date
    synced: datetime | None


def recall(state: State, settings: Settings, clock: Clock, roadmap: Roadmap) -> Recalled:
    """What is remembered. Raises NothingRemembered, StateError."""
    applied = state.all()
    if ROOT not in applied:
        raise NothingRemembered(roadmap.key)
    zone, told = settings.roadmap_timezone, state.fact(SYNCED)
    choices = remembered_choices(state, settings, local_date(clock, zone))
    databases = build(roadmap, choices, first_life(roadmap, choices)).databases
    rows = {one.key: _rows(one.key, state, applied) for one in databases}
    known = Known(
        steering=steering_of(state.fact(MEMORY), wishes_of(rows.get("settings", ()), zone), choices, zone),
        entries=entries_of(state.fact(ENTRIES)),
        events=state.events(),
        forecasts=state.forecasts(),
        missing=_missing(databases, state, applied),
    )
    record = with_removed(record_of(roadmap, rules_of(roadmap, choices), rows, known), state.fact(REMOVED_WEEKS))
    synced = datetime.fromisoformat(told) if isinstance(told, str) else None
    return Recalled(
        roadmap, choices, record, synced.astimezone(zone).date() if synced is not None else choices.today, synced
    )


def _rows(database: str, state: State, applied: Mapping[str, Applied]) -> tuple[CachedRow, ...]:
    """As they were last seen; those that we wrote and never saw again, as we wrote them."""
    seen = state.cached(database)
    written = (one for one in applied.values() if one.kind is Kind.ROW and one.key.startswith(f"{database}/"))
    ours = (CachedRow(one.id, database, one.key, _values(one)) for one in written if one.id not in seen)
    return (*seen.values(), *ours)


def _values(one: Applied) -> dict[str, JSON]:
    prefix = f"{one.key.partition('/')[0]}."
    return {name: value for name, value in one.fields.items() if name.startswith(prefix) and "@" not in name}


def _missing(databases: Iterable[Database], state: State, applied: Mapping[str, Applied]) -> frozenset[str]:
    """Keys of the properties that rows showed no more, or that cannot be read, when they were last looked at."""
    shown = state.fact(COLUMNS)
    lost: set[str] = set()
    for database in databases:
        told = shown.get(database.key) if isinstance(shown, dict) else None
        if not isinstance(told, dict):
            continue
        for prop in database.properties:
            if prop.type in COMPUTED or prop.key not in applied:
                continue
            there = told.get(prop.key)
            if not isinstance(there, list) or not reads(str(there[1]), prop.type):
                lost.add(prop.key)
    return frozenset(lost)
