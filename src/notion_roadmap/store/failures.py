"""What went wrong with the file, from what SQLite says."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from notion_roadmap.errors import StateError
from notion_roadmap.store.port import StateDamaged, StateLocked, StateUnwritable

# https://www.sqlite.org/rescode.html; the low byte is the primary code.
_DAMAGED = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_FORMAT})
_BUSY = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
_WORDS = {
    sqlite3.SQLITE_FULL: "there is no space left",
    sqlite3.SQLITE_IOERR: "reading or writing it failed",
    sqlite3.SQLITE_READONLY: "it cannot be written",
    sqlite3.SQLITE_CANTOPEN: "it cannot be opened",
    sqlite3.SQLITE_PERM: "you have no right to it",
}


def failure(error: DBAPIError | sqlite3.Error, path: Path) -> StateError:
    """The error to raise for one of SQLite's."""
    told = error.orig if isinstance(error, DBAPIError) else error
    code = getattr(told, "sqlite_errorcode", None)
    primary = code & 0xFF if isinstance(code, int) else None
    if primary in _DAMAGED or (primary is None and isinstance(told, sqlite3.DatabaseError)):
        return StateDamaged(path, str(told))
    if primary in _BUSY:
        return StateLocked(path)
    return StateUnwritable(path, _WORDS.get(primary or 0, str(told)))
