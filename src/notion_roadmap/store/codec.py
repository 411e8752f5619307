"""Records as JSON, the same for every kind of state, so that all of them forget the same things: none."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, Final

from notion_roadmap.store.lived import JobRun
from notion_roadmap.store.port import StateOfAnotherWorkspace
from notion_roadmap.workspace.cached import CachedRow
from notion_roadmap.workspace.canonical import JSON
from notion_roadmap.workspace.items import Kind
from notion_roadmap.workspace.observed import Applied, Intent

if TYPE_CHECKING:  # these take long to import, and `status` answers at once
    from notion_roadmap.roadmap.record import PastForecast, StatusEvent

IDENTITY: Final = "identity"
"""Name of the fact that binds a state to its workspace."""


def dump(value: object) -> str:
    """JSON, the same for equal values. ASCII, so that half a character cut by somebody else cannot stop a write."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), allow_nan=False)


def load(text: str) -> Any:
    """What `dump` was given."""
    return json.loads(text)


def dump_applied(one: Applied) -> str:
    """An applied item, without its key."""
    told = {"kind": one.kind, "id": one.id, "fields": dict(one.fields), "refs": dict(one.refs), "rung": one.rung}
    return dump(told)


def load_applied(key: str, text: str) -> Applied:
    """What `dump_applied` was given."""
    told = load(text)
    return Applied(Kind(told["kind"]), key, told["id"], told["fields"], told["refs"], told["rung"])


def dump_intent(one: Intent) -> str:
    """An intent, without its key."""
    at = one.at.astimezone(UTC).isoformat()
    return dump({"kind": one.kind, "at": at, "fields": dict(one.fields), "siblings": one.siblings})


def load_intent(key: str, text: str) -> Intent:
    """What `dump_intent` was given."""
    told = load(text)
    at = datetime.fromisoformat(told["at"])
    return Intent(Kind(told["kind"]), key, at, told["fields"], tuple(told["siblings"]))


def dump_moment(at: datetime | None) -> str | None:
    """A moment, so that the texts of two are in the order of the moments."""
    return None if at is None else at.astimezone(UTC).isoformat(timespec="microseconds")


def load_moment(text: str | None) -> datetime | None:
    """What `dump_moment` was given."""
    return None if text is None else datetime.fromisoformat(text)


_SELDOM: Final = ("boxes", "ruled", "chosen")
"""Fields of a cached row that most rows leave empty."""


def dump_cached(one: CachedRow) -> str:
    """A cached row, without its id and database."""
    moments = [dump_moment(at) for at in (one.created, one.edited, one.counted, one.look_again)]
    seldom = {name: value for name in _SELDOM if (value := getattr(one, name))}
    return dump([one.key, dict(one.values), moments, one.edited_by_us, one.gone, seldom])


def load_cached(database: str, identifier: str, text: str) -> CachedRow:
    """What `dump_cached` was given."""
    key, values, moments, by_us, gone, seldom = load(text)
    created, edited, counted, again = map(load_moment, moments)
    if "boxes" in seldom:
        seldom["boxes"] = tuple(seldom["boxes"])
    row = CachedRow(identifier, database, key, values, created, edited, by_us, gone, **seldom)
    return replace(row, counted=counted, look_again=again) if counted or again else row


def dump_event(one: StatusEvent) -> str:
    """An event. Equal events have equal texts, and those of later ones come later."""
    return dump([dump_moment(one.observed), one.task, one.before, one.after])


def load_event(text: str) -> StatusEvent:
    """What `dump_event` was given."""
    from notion_roadmap.roadmap.record import StatusEvent

    at, task, before, after = load(text)
    return StatusEvent(task=task, before=before, after=after, observed=datetime.fromisoformat(at))


def forecast_key(one: PastForecast) -> str:
    """What tells forecasts apart: day and subject."""
    return f"{one.made_on.isoformat()} {one.subject}"


def dump_forecast(one: PastForecast) -> str:
    """A forecast, without its key."""
    return dump([one.p50.isoformat(), one.p85.isoformat()])


def load_forecast(key: str, text: str) -> PastForecast:
    """What `dump_forecast` was given."""
    from notion_roadmap.roadmap.record import PastForecast

    day, _, subject = key.partition(" ")
    p50, p85 = map(date.fromisoformat, load(text))
    return PastForecast(made_on=date.fromisoformat(day), subject=subject, p50=p50, p85=p85)


def dump_run(one: JobRun) -> str:
    """How a job fared."""
    times = [dump_moment(one.succeeded), dump_moment(one.failed)]
    return dump([one.slot, *times, one.why, one.failures, one.runs])


def load_run(text: str) -> JobRun:
    """What `dump_run` was given."""
    slot, succeeded, failed, why, failures, runs = load(text)
    moments = {"succeeded": load_moment(succeeded), "failed": load_moment(failed)}
    return JobRun(slot=slot, why=why, failures=failures, runs=runs, **moments)


def claimed(roadmap: str, before: JSON, identity: Mapping[str, str]) -> dict[str, JSON]:
    """The identity to keep; raises StateOfAnotherWorkspace."""
    known = before if isinstance(before, dict) else {}
    now: dict[str, JSON] = {name: value for name, value in identity.items() if value}
    differing = sorted(name for name in known.keys() & now.keys() if known[name] != now[name])
    if differing:
        raise StateOfAnotherWorkspace(roadmap, differing)
    return {**known, **now}
