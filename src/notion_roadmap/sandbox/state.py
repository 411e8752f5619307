"""The state: one JSON document an object, cached in memory, written through to SQLite once a request."""

from __future__ import annotations

import json
import marshal
import sqlite3
import weakref
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, cast

from notion_roadmap.sandbox.errors import DataInUseError, SandboxError

Doc = dict[str, Any]

_SCHEMA_VERSION = 1
_APPLICATION_ID = 0x4E525342  # "NRSB": the file is a sandbox's, so a foreign or empty file is never taken for one

_TABLES = """
CREATE TABLE IF NOT EXISTS objects (id TEXT PRIMARY KEY, seq INTEGER NOT NULL, kind TEXT NOT NULL, doc TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
"""


def _prepare(db: sqlite3.Connection, path: str | Path) -> None:
    """Take the file for this process alone, and make it a sandbox's if it is empty."""
    db.execute("PRAGMA locking_mode = EXCLUSIVE")
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = NORMAL")
    mark = db.execute("PRAGMA application_id").fetchone()[0]
    version = db.execute("PRAGMA user_version").fetchone()[0]
    empty = db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0
    if not empty and (mark != _APPLICATION_ID or version != _SCHEMA_VERSION):
        raise SandboxError(f"{path} is not a sandbox's data file of this version; name another file.")
    db.executescript(_TABLES)
    db.execute(f"PRAGMA application_id = {_APPLICATION_ID}")
    db.execute(f"PRAGMA user_version = {_SCHEMA_VERSION}")


def clone(doc: Doc) -> Doc:
    """A deep copy of a JSON document; marshal is several times faster than copy.deepcopy."""
    return cast("Doc", marshal.loads(marshal.dumps(doc)))


class Store:
    """All objects of one workspace. Documents from `get` are shared, never to be changed; `edit` gives one to change.

    Everything since the last commit is one transaction: `commit` writes it to the file, `rollback` forgets it.
    """

    def __init__(self, path: str | Path) -> None:
        self.docs: dict[str, Doc] = {}
        self.rows: dict[str, dict[str, None]] = {}
        self._meta: dict[str, Any] = {}
        self._dirty: dict[str, Doc | None] = {}
        self._dirty_meta: set[str] = set()
        self._undo: list[Callable[[], object]] = []
        self.added: list[Doc] = []
        self._sequence = 0
        self._db = self._open(path)
        self._close = weakref.finalize(self, self._db.close)
        self._load()

    @staticmethod
    def _open(path: str | Path) -> sqlite3.Connection:
        if str(path) != ":memory:":
            Path(path).parent.mkdir(parents=True, exist_ok=True)
        try:
            db = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=0.2)
            try:
                _prepare(db, path)
            except BaseException:
                db.close()
                raise
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY:  # the low byte is the primary code
                raise DataInUseError(f"The data file {path} is in use by another process.") from error
            raise SandboxError(f"The data file {path} cannot be opened ({error}).") from error
        except sqlite3.DatabaseError as error:
            raise SandboxError(f"The data file {path} is damaged or no SQLite file ({error}).") from error
        return db

    def _load(self) -> None:
        for key, value in self._db.execute("SELECT key, value FROM meta"):
            self._meta[key] = json.loads(value)
        for id_, sequence, doc in self._db.execute("SELECT id, seq, doc FROM objects ORDER BY seq"):
            self.docs[id_] = json.loads(doc)
            self._sequence = max(self._sequence, sequence)
            self._index(self.docs[id_])

    def get(self, id_: str) -> Doc | None:
        """The document with this id, not to be changed."""
        return self.docs.get(id_)

    def edit(self, id_: str) -> Doc:
        """The document with this id, to be changed within this request."""
        if id_ in self._dirty and self._dirty[id_] is not None:
            return self.docs[id_]
        before = self.docs[id_]
        self.docs[id_] = copy = clone(before)
        self._dirty[id_] = copy
        self._undo.append(lambda: self.docs.__setitem__(id_, before))
        return copy

    def add(self, doc: Doc) -> Doc:
        """Take in a new document; it gets the next place in the order of creation."""
        self._sequence += 1
        doc["seq"] = self._sequence
        id_ = doc["id"]
        self.docs[id_] = doc
        self._dirty[id_] = doc
        self.added.append(doc)
        self._undo.append(lambda: self.docs.pop(id_, None))
        self._index(doc, undoable=True)
        return doc

    def remove(self, id_: str) -> None:
        """Forget a document for good: views, comments and view queries; everything else is trashed."""
        before = self.docs.pop(id_)
        self._dirty[id_] = None
        self._undo.append(lambda: self.docs.__setitem__(id_, before))

    def _index(self, doc: Doc, *, undoable: bool = False) -> None:
        source = doc["parent"].get("data_source_id") if doc["object"] == "page" else None
        if source:
            rows = self.rows.setdefault(source, {})
            rows[doc["id"]] = None
            if undoable:
                self._undo.append(lambda: rows.pop(doc["id"], None))

    def move_row(self, id_: str, before: str | None, after: str | None) -> None:
        """Keep the index of rows when a page's parent changed from one data source (or none) to another (or none)."""
        for source, joins in ((before, False), (after, True)):
            if source:
                rows = self.rows.setdefault(source, {})
                self._undo.append(partial(self.rows.__setitem__, source, dict(rows)))
                if joins:
                    rows[id_] = None
                else:
                    rows.pop(id_, None)

    def of_kind(self, kind: str) -> Iterator[Doc]:
        """Every document of a kind, oldest first."""
        return (doc for doc in list(self.docs.values()) if doc["object"] == kind)

    def meta(self, key: str, default: Any = None) -> Any:
        """A value about the workspace as a whole."""
        return self._meta.get(key, default)

    def set_meta(self, key: str, value: Any) -> None:
        """Set a value about the workspace as a whole, within this request."""
        had, before = key in self._meta, self._meta.get(key)
        self._meta[key] = value
        self._dirty_meta.add(key)
        self._undo.append(lambda: self._meta.__setitem__(key, before) if had else self._meta.pop(key, None))

    @property
    def changed(self) -> bool:
        """Whether this request changed anything yet."""
        return bool(self._dirty or self._dirty_meta)

    @property
    def sequence(self) -> int:
        """How many documents were ever made here."""
        return self._sequence

    def commit(self) -> None:
        """Write what this request changed, in one transaction; SandboxError when the file does not take it."""
        if self.changed:
            gone = [(id_,) for id_, doc in self._dirty.items() if doc is None]
            kept = [
                (id_, doc["seq"], doc["object"], json.dumps(doc, ensure_ascii=False, separators=(",", ":")))
                for id_, doc in self._dirty.items()
                if doc is not None
            ]
            values = [(key, json.dumps(self._meta[key])) for key in self._dirty_meta if key in self._meta]
            try:
                self._db.execute("BEGIN IMMEDIATE")
                self._db.executemany("INSERT OR REPLACE INTO objects VALUES (?, ?, ?, ?)", kept)
                self._db.executemany("DELETE FROM objects WHERE id = ?", gone)
                self._db.executemany("DELETE FROM meta WHERE key = ?", [(key,) for key in self._dirty_meta])
                self._db.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", values)
                self._db.execute("COMMIT")
            except sqlite3.Error as error:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise SandboxError(f"The sandbox cannot write its data file ({error}); nothing was saved.") from error
        self._forget()

    def rollback(self) -> None:
        """Undo what this request changed."""
        for step in reversed(self._undo):
            step()
        self._forget()

    def _forget(self) -> None:
        self._dirty.clear()
        self._dirty_meta.clear()
        self._undo.clear()
        self.added.clear()

    def export(self) -> Doc:
        """The whole state as one JSON value."""
        return {"version": _SCHEMA_VERSION, "meta": dict(self._meta), "objects": [clone(d) for d in self.docs.values()]}

    def replace(self, state: Doc) -> None:
        """Become the exported `state`, at once and durably."""
        if state.get("version") != _SCHEMA_VERSION or not isinstance(state.get("objects"), list):
            raise SandboxError("This is no exported state of a sandbox of this version.")
        for id_ in list(self.docs):
            self.remove(id_)
        self.rows.clear()
        self._undo.clear()
        for doc in sorted(state["objects"], key=lambda one: int(one["seq"])):
            sequence = doc["seq"]
            self.add(clone(doc))
            self.docs[doc["id"]]["seq"] = sequence
            self._sequence = max(self._sequence, sequence)
        self._dirty_meta.update(self._meta)
        self._meta.clear()
        for key, value in state.get("meta", {}).items():
            self.set_meta(key, value)
        self.commit()

    def close(self) -> None:
        """Let go of the file."""
        self._close()
