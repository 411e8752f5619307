"""State in a database, by way of SQLAlchemy Core."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, Table, delete, select, union
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.exc import DBAPIError

from notion_roadmap.store.codec import (
    IDENTITY,
    claimed,
    dump,
    dump_applied,
    dump_intent,
    load,
    load_applied,
    load_intent,
)
from notion_roadmap.store.failures import failure
from notion_roadmap.store.lived_sql import LivedSql
from notion_roadmap.store.schema import APPLIED, FACTS, INTENTS, LIVED, SPENDING
from notion_roadmap.workspace.canonical import JSON
from notion_roadmap.workspace.observed import Applied, Intent


class SqlState(LivedSql):
    """The port over an engine. See store.port.State.

    Args:
        path: the file, for messages.
        release: called when the state is closed.
        check: called before every transaction; raises when the file is no longer in its place.
    """

    def __init__(
        self, engine: Engine, roadmap: str, path: Path, release: Callable[[], None], check: Callable[[], None]
    ) -> None:
        self.roadmap = roadmap
        self._engine = engine
        self._path = path
        self._release = release
        self._check = check

    def of(self, roadmap: str) -> SqlState:
        return SqlState(self._engine, roadmap, self._path, self._release, self._check)

    def roadmaps(self) -> tuple[str, ...]:
        every = union(*(select(table.c.roadmap) for table in (APPLIED, INTENTS, FACTS)))
        with self._transaction() as connection:
            return tuple(sorted(connection.execute(every).scalars()))

    def all(self) -> dict[str, Applied]:
        return {key: load_applied(key, text) for key, text in self._rows(APPLIED).items()}

    def record(self, *items: Applied) -> None:
        with self._transaction() as connection:
            self._put(connection, APPLIED, {one.key: dump_applied(one) for one in items})

    def forget(self, *keys: str) -> None:
        with self._transaction() as connection:
            self._remove(connection, APPLIED, keys)

    def clear(self) -> None:
        with self._transaction() as connection:
            for table in (APPLIED, INTENTS, FACTS, *LIVED):
                connection.execute(delete(table).where(table.c.roadmap == self.roadmap))

    def intents(self) -> tuple[Intent, ...]:
        found = (load_intent(key, text) for key, text in self._rows(INTENTS).items())
        return tuple(sorted(found, key=lambda one: (one.at, one.key)))

    def intend(self, *intents: Intent) -> None:
        with self._transaction() as connection:
            self._put(connection, INTENTS, {one.key: dump_intent(one) for one in intents})

    def drop(self, *keys: str) -> None:
        with self._transaction(durable=False) as connection:
            self._remove(connection, INTENTS, keys)

    def settle(self, *items: Applied) -> None:
        with self._transaction(durable=False) as connection:
            self._put(connection, APPLIED, {one.key: dump_applied(one) for one in items})
            self._remove(connection, INTENTS, [one.key for one in items])

    def fact(self, name: str) -> JSON:
        with self._transaction() as connection:
            return self._fact(connection, name)

    def remember(self, name: str, value: JSON) -> None:
        with self._transaction() as connection:
            if value is None:
                self._remove(connection, FACTS, [name])
            else:
                self._put(connection, FACTS, {name: dump(value)})

    def claim(self, identity: Mapping[str, str]) -> None:
        with self._transaction() as connection:
            before = self._fact(connection, IDENTITY)
            now = claimed(self.roadmap, before, identity)
            if now != before:
                self._put(connection, FACTS, {IDENTITY: dump(now)})

    def spending(self) -> tuple[datetime, ...]:
        with self._transaction() as connection:
            found = connection.execute(select(SPENDING.c.at).order_by(SPENDING.c.place)).scalars()
            return tuple(datetime.fromisoformat(at) for at in found)

    def save_spending(self, times: Sequence[datetime]) -> None:
        kept = [{"place": place, "at": at.astimezone(UTC).isoformat()} for place, at in enumerate(sorted(times))]
        with self._transaction(durable=False) as connection:
            connection.execute(delete(SPENDING))
            if kept:
                connection.execute(insert(SPENDING), kept)

    def close(self) -> None:
        self._engine.dispose()
        self._release()

    @contextmanager
    def _transaction(self, *, durable: bool = True) -> Iterator[Connection]:
        """One transaction. Every one survives a killed process; one that is `durable` survives a power cut too, with
        all before it, and waits for the disk (a millisecond, or twenty on a busy one). What comes after an answer need
        not: while the intent stands, what it was for is looked up.
        https://www.sqlite.org/pragma.html#pragma_synchronous
        """
        self._check()
        try:
            with self._engine.connect() as connection:
                raw = connection.connection.driver_connection
                assert raw is not None
                raw.execute(f"PRAGMA synchronous={'FULL' if durable else 'NORMAL'}")
                with connection.begin():
                    yield connection
        except DBAPIError as error:
            raise failure(error, self._path) from error

    def _rows(self, table: Table) -> dict[str, str]:
        ours = select(table.c.key, table.c.told).where(table.c.roadmap == self.roadmap)
        with self._transaction() as connection:
            return {row.key: row.told for row in connection.execute(ours)}

    def _fact(self, connection: Connection, name: str) -> JSON:
        one = select(FACTS.c.told).where(FACTS.c.roadmap == self.roadmap, FACTS.c.key == name)
        text = connection.execute(one).scalar()
        return None if text is None else load(text)

    def _put(self, connection: Connection, table: Table, told: Mapping[str, str]) -> None:
        if told:
            new = insert(table)
            replacing = new.on_conflict_do_update(index_elements=["roadmap", "key"], set_={"told": new.excluded.told})
            rows = [{"roadmap": self.roadmap, "key": key, "told": text} for key, text in told.items()]
            connection.execute(replacing, rows)

    def _remove(self, connection: Connection, table: Table, keys: Sequence[str]) -> None:
        for key in keys:
            connection.execute(delete(table).where(table.c.roadmap == self.roadmap, table.c.key == key))
