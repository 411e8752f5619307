"""What a state in memory knows of a workspace that lives. See store.lived."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from notion_roadmap.store.codec import (
    dump_cached,
    dump_event,
    dump_forecast,
    dump_run,
    forecast_key,
    load_cached,
    load_event,
    load_forecast,
    load_run,
)
from notion_roadmap.store.lived import JobRun
from notion_roadmap.workspace.cached import CachedRow

if TYPE_CHECKING:  # these take long to import, and `status` answers at once
    from notion_roadmap.roadmap.record import PastForecast, StatusEvent


@dataclass
class LivedShelf:
    """What is kept for one roadmap, as text."""

    cached: defaultdict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    watermarks: dict[str, datetime] = field(default_factory=dict)
    events: set[str] = field(default_factory=set)
    forecasts: dict[str, str] = field(default_factory=dict)
    runs: dict[str, str] = field(default_factory=dict)


class LivedMemory:
    """The second half of the port in memory."""

    _shelf: LivedShelf

    def cached(self, database: str) -> dict[str, CachedRow]:
        return {id_: load_cached(database, id_, text) for id_, text in self._shelf.cached[database].items()}

    def watermark(self, database: str) -> datetime | None:
        return self._shelf.watermarks.get(database)

    def absorb(
        self,
        database: str,
        rows: Iterable[CachedRow],
        gone: Collection[str] = (),
        events: Iterable[StatusEvent] = (),
        watermark: datetime | None = None,
    ) -> None:
        told = {one.id: dump_cached(one) for one in rows}
        happened = {dump_event(one) for one in events}
        kept = self._shelf.cached[database]
        kept.update(told)
        for identifier in gone:
            kept.pop(identifier, None)
        self._shelf.events |= happened
        before = self._shelf.watermarks.get(database)
        if watermark is not None and (before is None or watermark > before):
            self._shelf.watermarks[database] = watermark

    def events(self, since: datetime | None = None) -> tuple[StatusEvent, ...]:
        every = (load_event(text) for text in sorted(self._shelf.events))
        return tuple(one for one in every if since is None or one.observed >= since)

    def forecasts(self) -> tuple[PastForecast, ...]:
        return tuple(load_forecast(key, text) for key, text in sorted(self._shelf.forecasts.items()))

    def note_forecasts(self, *forecasts: PastForecast) -> None:
        self._shelf.forecasts.update({forecast_key(one): dump_forecast(one) for one in forecasts})

    def runs(self) -> dict[str, JobRun]:
        return {job: load_run(text) for job, text in self._shelf.runs.items()}

    def note_run(self, job: str, run: JobRun) -> None:
        self._shelf.runs[job] = dump_run(run)
