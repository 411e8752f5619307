"""What a state in a database knows of a workspace that lives. See store.lived."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Collection, Iterable, Mapping
from contextlib import AbstractContextManager
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, Connection, Table, and_, delete, select
from sqlalchemy.dialects.sqlite import insert

from notion_roadmap.store.codec import (
    dump_cached,
    dump_event,
    dump_forecast,
    dump_moment,
    dump_run,
    forecast_key,
    load_cached,
    load_event,
    load_forecast,
    load_moment,
    load_run,
)
from notion_roadmap.store.lived import JobRun
from notion_roadmap.store.schema import CACHED, EVENTS, FORECASTS, RUNS, WATERMARKS
from notion_roadmap.workspace.cached import CachedRow

if TYPE_CHECKING:  # these take long to import, and `status` answers at once
    from notion_roadmap.roadmap.record import PastForecast, StatusEvent


class LivedSql:
    """The second half of the port over an engine."""

    roadmap: str

    @abstractmethod
    def _transaction(self) -> AbstractContextManager[Connection]: ...

    @abstractmethod
    def _rows(self, table: Table) -> dict[str, str]: ...

    @abstractmethod
    def _put(self, connection: Connection, table: Table, told: Mapping[str, str]) -> None: ...

    def cached(self, database: str) -> dict[str, CachedRow]:
        ours = select(CACHED.c.key, CACHED.c.told).where(self._of(database))
        with self._transaction() as connection:
            found = connection.execute(ours).all()
        return {id_: load_cached(database, id_, text) for id_, text in found}

    def watermark(self, database: str) -> datetime | None:
        with self._transaction() as connection:
            return self._watermark(connection, database)

    def absorb(
        self,
        database: str,
        rows: Iterable[CachedRow],
        gone: Collection[str] = (),
        events: Iterable[StatusEvent] = (),
        watermark: datetime | None = None,
    ) -> None:
        told = [self._row(database, one) for one in rows]
        happened = {dump_event(one): "" for one in events}
        with self._transaction() as connection:
            if told:
                new = insert(CACHED)
                place = ["roadmap", "database", "key"]
                connection.execute(
                    new.on_conflict_do_update(index_elements=place, set_={"told": new.excluded.told}), told
                )
            for identifier in gone:
                connection.execute(delete(CACHED).where(self._of(database), CACHED.c.key == identifier))
            self._put(connection, EVENTS, happened)
            before = self._watermark(connection, database)
            if watermark is not None and (before is None or watermark > before):
                self._put(connection, WATERMARKS, {database: dump_moment(watermark) or ""})

    def events(self, since: datetime | None = None) -> tuple[StatusEvent, ...]:
        every = (load_event(text) for text in sorted(self._rows(EVENTS)))
        return tuple(one for one in every if since is None or one.observed >= since)

    def forecasts(self) -> tuple[PastForecast, ...]:
        return tuple(load_forecast(key, text) for key, text in sorted(self._rows(FORECASTS).items()))

    def note_forecasts(self, *forecasts: PastForecast) -> None:
        with self._transaction() as connection:
            self._put(connection, FORECASTS, {forecast_key(one): dump_forecast(one) for one in forecasts})

    def runs(self) -> dict[str, JobRun]:
        return {job: load_run(text) for job, text in self._rows(RUNS).items()}

    def note_run(self, job: str, run: JobRun) -> None:
        with self._transaction() as connection:
            self._put(connection, RUNS, {job: dump_run(run)})

    def _of(self, database: str) -> ColumnElement[bool]:
        return and_(CACHED.c.roadmap == self.roadmap, CACHED.c.database == database)

    def _row(self, database: str, one: CachedRow) -> dict[str, str]:
        return {"roadmap": self.roadmap, "database": database, "key": one.id, "told": dump_cached(one)}

    def _watermark(self, connection: Connection, database: str) -> datetime | None:
        one = select(WATERMARKS.c.told).where(WATERMARKS.c.roadmap == self.roadmap, WATERMARKS.c.key == database)
        return load_moment(connection.execute(one).scalar())
