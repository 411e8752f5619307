"""Taking in what people did: pulled, kept in step by our rules, drawn into history, and told as a record.

Everything that a pull brought is recorded at once with what was drawn from it and with the watermark. What the rules
ask for is noted on the rows until Notion shows it, so a run that is cut short after this has lost nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from notion_roadmap.blueprint.choices import Choices
from notion_roadmap.blueprint.daily_log import day_key
from notion_roadmap.clock import local_date
from notion_roadmap.plan.fields import BODIES, GOT
from notion_roadmap.plan.rulings import Ruled
from notion_roadmap.roadmap import Roadmap
from notion_roadmap.roadmap.record import DayRecord, Record, StatusEvent
from notion_roadmap.service.chosen import with_choices
from notion_roadmap.service.facts import FACTS, Known, entries_noted, entries_of, record_of
from notion_roadmap.service.happened import events_of
from notion_roadmap.service.house import House
from notion_roadmap.service.pairs import Ruling, rule_applications, rule_tasks
from notion_roadmap.service.pull import COLUMNS, pull
from notion_roadmap.service.pulled import Pulled, PulledSource
from notion_roadmap.service.removed_weeks import REMOVED_WEEKS, found_removed, with_removed
from notion_roadmap.service.rules import Rules, rules_of
from notion_roadmap.service.status import EDITED
from notion_roadmap.service.steering import MEMORY, Wishes, remembered, steering_of, wishes_of
from notion_roadmap.service.strange_options import strange_options
from notion_roadmap.workspace.addresses import Addresses
from notion_roadmap.workspace.cached import CachedRow
from notion_roadmap.workspace.canonical import JSON
from notion_roadmap.workspace.items import Database, Kind
from notion_roadmap.workspace.observed import Applied, Seen
from notion_roadmap.workspace.thaw import words_of

ENTRIES: Final = "entries"
"""Name of the fact that holds what the owner entered for KPIs, and when."""

TRACKED: Final = ("tasks", "phases", "criteria", "kpis", "days", "applications", "reviews", "settings")
"""The databases that people edit."""

HISTORY: Final = "history"

OWN: Final = (HISTORY,)
"""What is ours alone, and read back when nothing here remembers it."""

_NEEDED_FOR: Final[Mapping[str, str]] = {
    "tasks.phase": "the progress of each phase",
    "tasks.pillar": "the progress of each pillar",
    "tasks.week": "the progress of each week of the document",
    "tasks.category": "KPIs that count a category",
    "tasks.status": "all progress",
    "tasks.priority": "the order of what is next",
    "tasks.hours": "hours and forecast",
    "tasks.hours_spent": "estimates against hours spent",
    "tasks.due_date": "what is due",
    "tasks.baseline_due": "planned against actual",
    "tasks.completed_on": "throughput and forecast",
    "tasks.proof": "proven progress",
    "tasks.skills": "the skills practised",
    "tasks.scope": "required progress, gates and forecast",
    "criteria.met": "criteria and gates",
    "days.date": "habits and streaks",
    "applications.stage": "the funnel",
    "kpis.own_entry": "KPIs that you enter",
}


@dataclass(frozen=True)
class Intake:
    """What was taken in.

    Args:
        pulled: with what the rules made of the rows.
        ruled: what is to be written because of our rules, earlier ones that were not written yet included.
        wishes: the Settings row.
        warnings: sentences for the owner.
    """

    pulled: Pulled
    record: Record
    ruled: tuple[Ruled, ...]
    events: tuple[StatusEvent, ...]
    wishes: Wishes
    warnings: tuple[str, ...]

    def live(self, applied: Mapping[str, Applied]) -> dict[str, Seen]:
        """All rows, for the plan: those of the databases that were looked at as they are there, the others as we left
        them: nobody but us edits them."""
        rows = {key: one for key, one in applied.items() if one.kind is Kind.ROW}
        unlooked = {key: one for key, one in rows.items() if key.partition("/")[0] not in self.pulled.sources}
        left = {key: Seen(one.id, fields=_as_left(one)) for key, one in unlooked.items()}
        for source in self.pulled.sources.values():
            left |= source.live(rows)
        return left


async def take_in(
    house: House,
    roadmap: Roadmap,
    choices: Choices,
    databases: Iterable[Database],
    addresses: Addresses,
    applied: Mapping[str, Applied],
    *,
    full: bool = False,
) -> Intake:
    """Look at the databases that people edit and record what they did. Sends reads only.

    Args:
        databases: of the workspace; those that nobody edits are left alone.
        full: see `pull`.

    Raises NotionError where nothing more can be done in this run, and what the state raises.
    """
    unknown = not any(key.startswith(f"{HISTORY}/") for key in applied)
    tracked = [one for one in databases if one.key in TRACKED or (one.key == HISTORY and unknown)]
    pulled = await pull(house, addresses, tracked, applied, full=full)
    now, zone = house.clock.now(), house.settings.roadmap_timezone
    today, rules = local_date(house.clock, zone), rules_of(roadmap, choices)
    chosen = {key: _with_choices(source, applied) for key, source in pulled.sources.items()}
    rulings = _rulings(rules, chosen, today)
    sources = {key: _with_rulings(source, rulings.get(key, {})) for key, source in chosen.items()}
    tasks = sources.get("tasks")
    events = tuple(events_of(rules, tasks.before, tasks.rows, now, zone)) if tasks is not None else ()
    pulled = replace(pulled, sources=sources)
    wishes = wishes_of(pulled.rows("settings"), zone)
    _remember(house, pulled, {
        MEMORY: remembered(house.state.fact(MEMORY), wishes, choices, today),
        ENTRIES: entries_noted(house.state.fact(ENTRIES), pulled.rows("kpis"), today),
        **({EDITED: now.isoformat()} if pulled.changed else {}),
    })  # fmt: skip
    _absorb(house, pulled, events)
    known = Known(
        steering=steering_of(house.state.fact(MEMORY), wishes, choices, zone),
        entries=entries_of(house.state.fact(ENTRIES)),
        events=house.state.events(),
        forecasts=house.state.forecasts(),
        missing=pulled.missing,
    )
    rows: dict[str, Iterable[CachedRow]] = {HISTORY: _history(applied)}
    rows |= {key: (*source.rows.values(), *_not_reached(source, applied)) for key, source in sources.items()}
    record = record_of(roadmap, rules, rows, known)
    if unknown and pulled.complete and (found := found_removed(record, today)):
        house.state.remember(REMOVED_WEEKS, found)
    record = with_removed(record, house.state.fact(REMOVED_WEEKS))
    return Intake(
        pulled,
        _with_today(record, roadmap, choices, today),
        tuple(ruled_of(sources.values(), rulings)),
        events,
        wishes,
        (*pulled.warnings, *_conflicts(rulings), *_removed(pulled), *strange_options(rules, pulled)),
    )


def _with_today(record: Record, roadmap: Roadmap, choices: Choices, today: date) -> Record:
    """With a row for today, which this run makes if nobody did: it is numbered at once, not by the next run."""
    if not roadmap.daily_habits or today < choices.first_day or any(one.day == today for one in record.days):
        return record
    return replace(record, days=(*record.days, DayRecord(day=today, key=day_key(today))))


def _as_left(one: Applied) -> dict[str, JSON]:
    return {name: value for name, value in one.fields.items() if name not in BODIES and not name.endswith(GOT)}


def _history(applied: Mapping[str, Applied]) -> list[CachedRow]:
    """The points of the burn-up as we wrote them."""
    ours = (one for key, one in applied.items() if key.startswith(f"{HISTORY}/"))
    return [CachedRow(one.id, HISTORY, one.key, _as_left(one)) for one in ours]


def _not_reached(source: PulledSource, applied: Mapping[str, Applied]) -> Iterable[CachedRow]:
    """Of a listing that was cut short, the rows that it does not show: as we wrote them. They are not gone."""
    prefix = f"{source.database.key}/"
    for key, one in applied.items() if not source.complete else ():
        if one.kind is Kind.ROW and key.startswith(prefix) and one.id not in source.rows:
            yield CachedRow(one.id, source.database.key, key, _as_left(one))


def _with_choices(source: PulledSource, applied: Mapping[str, Applied]) -> PulledSource:
    rows = {i: with_choices(source.before.get(i), row, applied) for i, row in source.rows.items()}
    return replace(source, rows=rows)


def _rulings(rules: Rules, sources: Mapping[str, PulledSource], today: date) -> dict[str, dict[str, Ruling]]:
    found: dict[str, dict[str, Ruling]] = {}
    if (tasks := sources.get("tasks")) is not None:
        phases = sources.get("phases")
        absent = {row.key for row in phases.rows.values() if row.gone} if phases is not None else set()
        found["tasks"] = rule_tasks(rules, tasks.before, tasks.rows, today, absent)
    if (applications := sources.get("applications")) is not None:
        found["applications"] = rule_applications(rules, applications.before, applications.rows, today)
    return found


def _with_rulings(source: PulledSource, rulings: Mapping[str, Ruling]) -> PulledSource:
    rows = {i: rulings[i].row if i in rulings else row for i, row in source.rows.items()}
    return replace(source, rows=rows)


def _remember(house: House, pulled: Pulled, facts: Mapping[str, JSON]) -> None:
    """Before the rows are recorded: found again it is the same, but a watermark must not pass what is lost."""
    shown = house.state.fact(COLUMNS)
    columns = dict(shown) if isinstance(shown, dict) else {}
    for key, source in pulled.sources.items():
        if source.complete:
            columns[key] = {name: [one.name, one.type] for name, one in sorted(source.columns.by_key.items())}
    for name, value in {**facts, COLUMNS: columns}.items():
        if house.state.fact(name) != value:
            house.state.remember(name, value)


def _absorb(house: House, pulled: Pulled, events: Iterable[StatusEvent]) -> None:
    for key, source in pulled.sources.items():
        watermark = pulled.watermark if source.complete else None
        before = house.state.watermark(key)
        moves = watermark is not None and (before is None or watermark > before)
        news, forgotten = source.news, source.before.keys() - source.rows.keys()
        happened = tuple(events) if key == "tasks" else ()
        if news or forgotten or happened or moves:
            house.state.absorb(key, news, gone=forgotten, events=happened, watermark=watermark)


def ruled_of(sources: Iterable[PulledSource], rulings: Mapping[str, Mapping[str, Ruling]]) -> Iterable[Ruled]:
    """What our rules ask to be written."""
    for source in sources:
        for identifier, row in sorted(source.rows.items()):
            ruling = rulings.get(source.database.key, {}).get(identifier)
            if ruling is None or not row.due:
                continue
            reasons = sorted({ruling.why.get(key, "decided earlier and not written yet") for key in row.due})
            old = {key: row.values[key] for key in row.due}
            yield Ruled(row.id, row.name, row.database, dict(row.due), old, "; ".join(reasons))


def _conflicts(rulings: Mapping[str, Mapping[str, Ruling]]) -> Iterable[str]:
    for by_id in rulings.values():
        for _, ruling in sorted(by_id.items()):
            title = words_of(ruling.row.values.get("tasks.title")) or ruling.row.name
            yield from (f"{title}: {words}." for words in ruling.conflicts)


def _removed(pulled: Pulled) -> Iterable[str]:
    """Columns that numbers are made from and that are gone or cannot be read, each with what is "n/a" for it."""
    for source in pulled.sources.values():
        names = {prop.key: prop.name for prop in source.database.properties}
        for key in sorted(source.missing):
            habit = key.startswith("days.") and key.endswith("_exactly") is False and key not in _OF_DAYS
            if key in FACTS or habit:
                state = "has another type" if key in source.columns else "was removed"
                lost = _NEEDED_FOR.get(key, f"the habit {names[key]}")
                yield f"The property {names[key]} of {source.database.title} {state}: {lost} cannot be told (n/a)."


_OF_DAYS: Final = frozenset(f"days.{name}" for name in ("title", "key", "notes", "day_off", "streak", "strength"))
