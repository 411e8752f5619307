"""The file: whole after a kill, never silently empty, set aside when damaged, one process at a time."""

from __future__ import annotations

import os
import signal
import sqlite3
import stat
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Connection

from notion_roadmap.roadmap.record import StatusEvent
from notion_roadmap.store import open_state
from notion_roadmap.store.opening import _migrate
from notion_roadmap.store.port import (
    OpenedState,
    State,
    StateDamaged,
    StateLocked,
    StateTooNew,
    StateUnwritable,
)
from notion_roadmap.store.sql import SqlState
from notion_roadmap.workspace.cached import CachedRow
from notion_roadmap.workspace.items import Kind
from notion_roadmap.workspace.observed import Applied

ROW = Applied(Kind.ROW, "tasks/a", "id-a", {"tasks.hours": 2})


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data folder" / "state.sqlite"


@pytest.fixture
def filled(path: Path) -> Path:
    """A closed, sound file with a row in it."""
    state = open_state(path, "ours").state
    state.record(ROW)
    state.close()
    return path


def test_a_first_opening_makes_folder_and_file_for_the_owner_alone(path: Path) -> None:
    opened = open_state(path, "ours")
    assert (opened.state.all(), opened.set_aside) == ({}, None)
    opened.state.record(ROW)
    modes = {one.name: stat.S_IMODE(one.stat().st_mode) for one in path.parent.iterdir()}
    assert set(modes.values()) == {0o600}
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    opened.state.close()


def test_a_second_opening_finds_everything(filled: Path) -> None:
    opened = open_state(filled, "ours")
    assert opened.state.all() == {ROW.key: ROW}
    opened.state.close()


def test_another_roadmap_of_the_same_file_is_empty(filled: Path) -> None:
    opened = open_state(filled, "theirs")
    assert opened.state.all() == {}
    opened.state.close()


def _truncated(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def _scribbled(path: Path) -> None:
    told = bytearray(path.read_bytes())
    told[4096 : 4096 * 3] = b"\xff" * 8192
    path.write_bytes(bytes(told))


def _without_sentinel(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("DELETE FROM sentinel")
    connection.close()


def _without_table(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("DROP TABLE intent")
    connection.close()


DAMAGES = {
    "no bytes": lambda path: path.write_bytes(b""),
    "garbage": lambda path: path.write_bytes(os.urandom(5000)),
    "text": lambda path: path.write_text("hello"),
    "truncated": _truncated,
    "scribbled over": _scribbled,
    "without its sentinel": _without_sentinel,
    "without a table": _without_table,
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_file_is_set_aside_and_the_state_is_empty(filled: Path, damage: str) -> None:
    DAMAGES[damage](filled)
    before = filled.read_bytes()
    opened = open_state(filled, "ours")
    assert opened.state.all() == {}
    assert opened.set_aside == filled.with_name("state.sqlite.damaged-1")
    assert opened.set_aside.read_bytes() == before
    opened.state.record(ROW)
    assert opened.state.all() == {ROW.key: ROW}
    opened.state.close()


def test_every_damaged_file_is_kept(filled: Path) -> None:
    for number in (1, 2, 3):
        filled.write_bytes(b"damage %d" % number)
        opened = open_state(filled, "ours")
        opened.state.close()
        assert opened.set_aside is not None
        assert opened.set_aside.read_bytes() == b"damage %d" % number
    assert len(list(filled.parent.glob("*.damaged-*"))) == 3


def test_the_journal_of_a_damaged_file_goes_with_it(filled: Path) -> None:
    filled.write_bytes(b"garbage")
    journal = filled.with_name("state.sqlite-wal")
    journal.write_bytes(b"journal")
    opened = open_state(filled, "ours")
    opened.state.close()
    assert filled.with_name("state.sqlite.damaged-1-wal").read_bytes() == b"journal"


def test_a_file_of_a_later_version_is_refused_and_left_as_it_is(filled: Path) -> None:
    with sqlite3.connect(filled) as connection:
        connection.execute("PRAGMA user_version=99")
    connection.close()
    with pytest.raises(StateTooNew) as told:
        open_state(filled, "ours")
    assert told.value.version == 99
    assert not list(filled.parent.glob("*.damaged-*"))


def test_a_database_of_another_program_is_refused_and_left_as_it_is(path: Path) -> None:
    path.parent.mkdir()
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE recipes(name)")
    connection.close()
    with pytest.raises(StateUnwritable, match="another program"):
        open_state(path, "ours")
    assert not list(path.parent.glob("*.damaged-*"))


def test_a_refusal_lets_go_of_the_lock(filled: Path) -> None:
    sound = filled.read_bytes()
    with sqlite3.connect(filled) as connection:
        connection.execute("PRAGMA user_version=99")
    connection.close()
    with pytest.raises(StateTooNew):
        open_state(filled, "ours")
    filled.write_bytes(sound)
    open_state(filled, "ours").state.close()


def test_a_folder_in_its_place_is_said(tmp_path: Path) -> None:
    with pytest.raises(StateUnwritable, match="it is a folder"):
        open_state(tmp_path, "ours")
    with pytest.raises(StateUnwritable, match="it is a folder"):
        open_state(tmp_path, "ours", read_only=True)


def test_a_file_in_place_of_its_folder_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StateUnwritable):
        open_state(tmp_path / "file" / "state.sqlite", "ours")


def _cannot_grow(opened: OpenedState) -> State:
    state = opened.state
    assert isinstance(state, SqlState)
    with state._engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")
    return state


def test_a_full_disk_is_said_and_nothing_of_the_transaction_stays(path: Path) -> None:
    state = _cannot_grow(open_state(path, "ours"))
    large = Applied(Kind.ROW, "tasks/large", "id", {"body": "x" * 100_000})
    with pytest.raises(StateUnwritable, match="no space"):
        state.settle(ROW, large)
    assert state.all() == {}
    state.close()


def test_a_file_that_was_deleted_while_in_use_is_said(path: Path) -> None:
    state = open_state(path, "ours").state
    path.unlink()
    with pytest.raises(StateUnwritable, match="moved or deleted"):
        state.record(ROW)
    state.close()


def test_a_file_that_was_replaced_while_in_use_is_said(filled: Path) -> None:
    state = open_state(filled, "ours").state
    filled.rename(filled.with_name("backup"))
    filled.write_bytes(filled.with_name("backup").read_bytes())
    with pytest.raises(StateUnwritable, match="moved or deleted"):
        state.all()
    state.close()


def test_damage_that_comes_while_in_use_is_said(path: Path) -> None:
    state = open_state(path, "ours").state
    state.record(*(Applied(Kind.ROW, f"tasks/{number}", "id", {"body": "x" * 4000}) for number in range(1500)))
    state.close()  # more than SQLite keeps in memory, and all of it in the file
    state = open_state(path, "ours").state
    path.write_bytes(path.read_bytes()[:4096] + b"\xff" * (path.stat().st_size - 4096))
    with pytest.raises(StateDamaged):
        state.all()
    state.close()


def test_reading_needs_no_lock_and_sees_what_is_written(filled: Path) -> None:
    writer = open_state(filled, "ours").state
    reader = open_state(filled, "ours", read_only=True)
    writer.record(Applied(Kind.ROW, "tasks/b", "id-b", {}))
    assert set(reader.state.all()) == {"tasks/a", "tasks/b"}
    with pytest.raises(StateUnwritable):
        reader.state.forget("tasks/a")
    reader.state.close()
    writer.close()


def test_reading_makes_nothing(path: Path) -> None:
    assert open_state(path, "ours", read_only=True).state.all() == {}
    assert not path.parent.exists()


def test_reading_a_damaged_file_says_so_and_leaves_it(filled: Path) -> None:
    filled.write_bytes(b"")
    with pytest.raises(StateDamaged):
        open_state(filled, "ours", read_only=True)
    assert filled.exists()


HOLDER = """
import sys, time
from pathlib import Path
from notion_roadmap.store import open_state
state = open_state(Path(sys.argv[1]), "ours").state
print("open", flush=True)
time.sleep(60)
"""


def test_a_second_process_is_turned_away_until_the_first_is_gone(path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", HOLDER, str(path)], stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"open\n"
        with pytest.raises(StateLocked) as told:
            open_state(path, "ours")
        assert str(path) in str(told.value)
        holder.send_signal(signal.SIGKILL)
    open_state(path, "ours").state.close()


def test_the_same_process_cannot_open_it_twice_either(path: Path) -> None:
    state = open_state(path, "ours").state
    with pytest.raises(StateLocked):
        open_state(path, "ours")
    state.close()
    open_state(path, "ours").state.close()


WRITER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from notion_roadmap.store import open_state
from notion_roadmap.workspace.cached import CachedRow
from notion_roadmap.workspace.items import Kind
from notion_roadmap.workspace.observed import Applied, Intent
state = open_state(Path(sys.argv[1]), "ours").state
for number in range(100_000):
    key = f"tasks/{number:06}"
    state.intend(Intent(Kind.ROW, key, datetime(2026, 1, 1, tzinfo=UTC)))
    print("i", key, flush=True)
    state.settle(Applied(Kind.ROW, key, key, {"body": "x" * 2000}))
    print("s", key, flush=True)
"""


@pytest.mark.parametrize("after", [1, 2, 37, 150])
def test_a_killed_process_loses_nothing_that_it_had_been_told_is_kept(path: Path, after: int) -> None:
    with subprocess.Popen([sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        told = [writer.stdout.readline().split() for _ in range(after)]
        writer.send_signal(signal.SIGKILL)
        told += [line.split() for line in writer.stdout if line.endswith("\n")]
    opened = open_state(path, "ours")
    assert opened.set_aside is None
    kept, waiting = opened.state.all(), {one.key for one in opened.state.intents()}
    settled = {key for word, key in told if word == "s"}
    intended = {key for word, key in told if word == "i"}
    assert settled <= kept.keys()
    assert intended <= kept.keys() | waiting
    assert not kept.keys() & waiting
    assert len((kept.keys() | waiting) - intended) <= 1
    opened.state.close()


def _as_of_version_1(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        for table in ("cached", "watermark", "event", "forecast", "run"):
            connection.execute(f"DROP TABLE {table}")
        connection.execute("PRAGMA user_version=1")
    connection.close()


def test_a_file_of_version_1_is_brought_up_to_date_and_loses_nothing(filled: Path) -> None:
    _as_of_version_1(filled)
    opened = open_state(filled, "ours")
    assert opened.set_aside is None
    assert opened.state.all() == {ROW.key: ROW}
    opened.state.absorb("tasks", [CachedRow("id-a", "tasks", "tasks/a", {})])
    opened.state.close()
    again = open_state(filled, "ours").state
    assert set(again.cached("tasks")) == {"id-a"}
    again.close()


def test_a_file_of_version_1_can_be_looked_at_without_being_changed(filled: Path) -> None:
    _as_of_version_1(filled)
    before = filled.read_bytes()
    state = open_state(filled, "ours", read_only=True).state
    assert (state.all(), state.cached("tasks"), state.events()) == ({ROW.key: ROW}, {}, ())
    state.close()
    assert filled.read_bytes() == before


def test_a_migration_that_fails_leaves_version_1(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _as_of_version_1(filled)

    def breaks_off(connection: Connection, *, read_only: bool) -> None:
        _migrate(connection, read_only=read_only)
        raise StateUnwritable(filled, "the machine stopped")

    monkeypatch.setattr("notion_roadmap.store.opening._migrate", breaks_off)
    with pytest.raises(StateUnwritable, match="the machine stopped"):
        open_state(filled, "ours")
    with sqlite3.connect(filled) as connection:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    connection.close()
    assert version == 1
    assert "cached" not in tables


def test_a_version_1_file_without_one_of_its_own_tables_is_damaged(filled: Path) -> None:
    _as_of_version_1(filled)
    _without_table(filled)
    assert open_state(filled, "ours").set_aside is not None


def test_absorbing_is_all_or_nothing(path: Path) -> None:
    state = _cannot_grow(open_state(path, "ours"))
    large = CachedRow("id", "tasks", "", {"tasks.notes": "x" * 100_000})
    event = StatusEvent(task="a", before=None, after="completed", observed=datetime(2026, 11, 20, tzinfo=UTC))
    with pytest.raises(StateUnwritable, match="no space"):
        state.absorb("tasks", [large], events=[event], watermark=datetime(2026, 11, 20, tzinfo=UTC))
    assert (state.cached("tasks"), state.events(), state.watermark("tasks")) == ({}, (), None)
    state.close()
