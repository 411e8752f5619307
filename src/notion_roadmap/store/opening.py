"""Opening the state: one process at a time, never silently empty, nothing ever deleted."""

from __future__ import annotations

import itertools
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from filelock import FileLock, Timeout
from sqlalchemy import Connection, Engine, StaticPool, create_engine, event, insert, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.schema import CreateTable

from notion_roadmap.store.failures import failure
from notion_roadmap.store.memory import MemoryState
from notion_roadmap.store.port import OpenedState, State, StateDamaged, StateLocked, StateTooNew, StateUnwritable
from notion_roadmap.store.schema import APPLICATION, LIVED, METADATA, SENTINEL, SENTINELS, VERSION
from notion_roadmap.store.sql import SqlState

COMPANIONS: Final = ("-wal", "-shm")
"""What SQLite keeps beside a file: https://www.sqlite.org/wal.html"""


def open_state(path: Path, roadmap: str, *, read_only: bool = False) -> OpenedState:
    """Open the state in a file, made with its folder where there is none.

    A damaged file is renamed to `<name>.damaged-<n>` and an empty state opened in its place.

    Args:
        roadmap: key of the roadmap whose state is wanted.
        read_only: look only: without the lock, so also beside a run, and without making anything. A file that does
            not exist is an empty state then, and a damaged one raises StateDamaged.

    Raises StateLocked, StateTooNew, StateUnwritable.
    """
    if read_only:
        return OpenedState(_look(path, roadmap))
    lock = _lock(path)
    try:
        set_aside = None
        try:
            engine = _engine(path)
        except StateDamaged:
            set_aside = _set_aside(path)
            engine = _engine(path)
        return OpenedState(SqlState(engine, roadmap, path, lock.release, _watch(path)), set_aside)
    except BaseException:
        lock.release()
        raise


def _watch(path: Path) -> Callable[[], None]:
    """Raises StateUnwritable once the file is another one than now: what is written would be lost without a word."""
    now = path.stat()

    def check() -> None:
        try:
            same = os.path.samestat(path.stat(), now)
        except OSError:
            same = False
        if not same:
            raise StateUnwritable(path, "it was moved or deleted while in use")

    return check


def _look(path: Path, roadmap: str) -> State:
    if not path.exists():
        return MemoryState(roadmap)
    _refuse_what_is_no_file(path)
    engine = _connected(path, read_only=True)
    _prepare(engine, path, lambda connection: _check(connection, path, read_only=True))
    return SqlState(engine, roadmap, path, lambda: None, _watch(path))


@contextmanager
def only_one(path: Path) -> Iterator[None]:
    """Hold the lock of something that may run once only. Raises StateLocked, StateUnwritable."""
    lock = _lock(path)
    try:
        yield
    finally:
        lock.release()


def _lock(path: Path) -> FileLock:
    lock = FileLock(path.with_name(f"{path.name}.lock"), timeout=0, mode=0o600, is_singleton=False)
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _refuse_what_is_no_file(path)
        lock.acquire()
    except Timeout as error:
        raise StateLocked(path) from error
    except OSError as error:
        raise StateUnwritable(path, error.strerror or str(error)) from error
    return lock


def _refuse_what_is_no_file(path: Path) -> None:
    """Raise StateUnwritable for what is no file: a damaged file is renamed, and a device must never be."""
    if path.is_dir():
        raise StateUnwritable(path, "it is a folder")
    if path.exists() and not path.is_file():
        raise StateUnwritable(path, "it is not an ordinary file")


def _engine(path: Path) -> Engine:
    """The engine over a sound file, made where there is none."""
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        is_new = True
    except FileExistsError:
        is_new = False
    except OSError as error:
        raise StateUnwritable(path, error.strerror or str(error)) from error
    engine = _connected(path, read_only=False)
    if not is_new:
        _prepare(engine, path, lambda connection: _check(connection, path))
        return engine
    try:
        with engine.connect() as connection:
            _pragma(connection.execution_options(isolation_level="AUTOCOMMIT"), "journal_mode=WAL")
        _prepare(engine, path, _make)
    except BaseException:
        path.unlink(missing_ok=True)  # nothing was in it, and empty it would be taken for a damaged state
        raise
    return engine


def _connected(path: Path, *, read_only: bool) -> Engine:
    """One connection, whose transactions are SQLite's own and take the write lock at their start.

    A transaction that only later wants to write fails at once when another wrote in between, whatever the timeout.
    https://www.sqlite.org/lang_transaction.html
    """
    uri = f"{path.absolute().as_uri()}?mode={'ro' if read_only else 'rw'}"

    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(uri, uri=True, isolation_level=None, check_same_thread=False)
        if not read_only:
            # Every mode survives a killed process; FULL survives a power cut too. See SqlState._transaction.
            connection.execute("PRAGMA synchronous=FULL")
        return connection

    engine = create_engine("sqlite://", creator=connect, poolclass=StaticPool)
    begin = "BEGIN" if read_only else "BEGIN IMMEDIATE"
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql(begin) and None)
    return engine


def _prepare(engine: Engine, path: Path, prepare: Callable[[Connection], None]) -> None:
    try:
        with engine.begin() as connection:
            prepare(connection)
    except DBAPIError as error:
        engine.dispose()
        raise failure(error, path) from error
    except BaseException:
        engine.dispose()
        raise


def _make(connection: Connection) -> None:
    METADATA.create_all(connection)
    connection.execute(insert(SENTINELS).values(words=SENTINEL))
    connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION}")
    connection.exec_driver_sql(f"PRAGMA user_version={VERSION}")


def _check(connection: Connection, path: Path, *, read_only: bool = False) -> None:
    """See that a file is sound, and bring one of an earlier version up to date.

    Raises StateDamaged, StateTooNew, and StateUnwritable for a database of another program.
    """
    application = _pragma(connection, "application_id")
    tables = {name for (name,) in connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if application != APPLICATION:
        if tables:
            raise StateUnwritable(path, "it is a database of another program")
        raise StateDamaged(path, "it is empty")
    version = _pragma(connection, "user_version")
    if isinstance(version, int) and version > VERSION:
        raise StateTooNew(path, version, VERSION)
    found = _pragma(connection, "quick_check")
    if found != "ok":
        raise StateDamaged(path, str(found))
    later = {table.name for table in LIVED} if version == _FIRST else set()
    if not set(METADATA.tables) - later <= tables or connection.execute(select(SENTINELS.c.words)).scalar() != SENTINEL:
        raise StateDamaged(path, "parts of it are gone")
    if version == _FIRST:
        _migrate(connection, read_only=read_only)


_FIRST: Final = 1
"""The version before anything was synced."""


def _migrate(connection: Connection, *, read_only: bool) -> None:
    """Make what version 2 added; of a file that is only looked at, beside it and for as long as we look."""
    if read_only:
        for table in LIVED:
            words = str(CreateTable(table).compile(connection))
            connection.exec_driver_sql(words.replace("CREATE TABLE", "CREATE TEMPORARY TABLE", 1))
        return
    METADATA.create_all(connection, tables=LIVED)
    connection.exec_driver_sql(f"PRAGMA user_version={VERSION}")


def _pragma(connection: Connection, name: str) -> object:
    return connection.exec_driver_sql(f"PRAGMA {name}").scalar()


def _set_aside(path: Path) -> Path:
    """Rename a damaged file and what belongs to it; nothing is deleted."""
    free = (path.with_name(f"{path.name}.damaged-{number}") for number in itertools.count(1))
    aside = next(one for one in free if not one.exists())
    try:
        for companion in COMPANIONS:
            beside = path.with_name(path.name + companion)
            if beside.exists():
                beside.rename(aside.with_name(aside.name + companion))
        return path.rename(aside)
    except OSError as error:
        raise StateUnwritable(path, error.strerror or str(error)) from error
