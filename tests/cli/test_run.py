"""`run`: once, on the embedded workspace; what it says, and how it ends."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from notion_roadmap.cli import exits
from notion_roadmap.cli.logs import JsonFormatter
from notion_roadmap.cli.secrecy import keep_secret


@pytest.fixture(autouse=True)
def logs_as_before() -> Iterator[None]:
    """The command sets how the process logs."""
    logger = logging.getLogger("notion_roadmap.schedule")
    level = logger.level
    yield
    logger.setLevel(level)


@pytest.fixture
def seeded(call, tmp_path: Path, repository: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a state that knows a roadmap."""
    (tmp_path / "mini.yaml").write_text((repository / "tests/data/mini-roadmap.yaml").read_text("utf-8"), "utf-8")
    monkeypatch.setenv("ROADMAP_STATE", str(tmp_path / "state" / "state.sqlite"))
    assert call("seed", "mini.yaml", "--json").code == exits.DONE
    return tmp_path / "state"


def test_once_does_what_is_due_and_then_nothing_is(call, seeded: Path) -> None:
    said = call("run", "--embedded", "--once")
    assert said.code == exits.DONE
    assert "Keeping" in said.out
    assert [line.split(":")[1].split()[0] for line in said.err.splitlines()] == ["reconcile", "sync", "backup"]
    assert len(list((seeded / "backups" / "nightly").glob("mini-*/backup.json"))) == 1
    assert call("run", "--embedded", "--once").out.endswith("Nothing is due.\n")
    assert call("status", "--json").json["jobs"].keys() == {"reconcile", "sync", "backup"}


def test_for_programs_the_log_is_json_and_so_is_the_end(call, seeded: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROADMAP_BACKUP_KEEP", "0")
    said = call("run", "--embedded", "--once", "--json")
    assert said.json["outcome"] == "done"
    assert said.json["jobs"].keys() == {"reconcile", "sync"}
    lines = [json.loads(line) for line in said.err.splitlines()]
    assert [(line["job"], line["outcome"], line["level"]) for line in lines] == [
        ("reconcile", "done", "info"),
        ("sync", "done", "info"),
    ]


def test_a_job_that_fails_is_in_the_exit_code_in_status_and_in_the_health_file(call, seeded: Path) -> None:
    (seeded.parent / "mini.yaml").unlink()
    assert call("run", "--embedded", "--once").code == exits.FAILED
    told = json.loads((seeded / "state.sqlite.health.json").read_text("utf-8"))
    assert (told["jobs"]["sync"]["failures"], told["failing"]) == (1, [])
    assert "The service's sync failed once, last on " in call("status").out


def test_without_a_token_it_is_not_started_by_mistake(call, seeded: Path) -> None:
    said = call("run", "--once")
    assert said.code == exits.FAILED
    assert "notion-roadmap run --embedded" in said.err


def test_a_line_of_the_log_holds_no_token_and_all_of_a_traceback() -> None:
    keep_secret("tkn_" + "w8" * 21)
    try:
        raise ValueError("tkn_" + "w8" * 21)
    except ValueError as error:
        record = logging.LogRecord("x", logging.ERROR, "", 1, "It broke: %s", (error,), (ValueError, error, None))
    told = json.loads(JsonFormatter().format(record))
    assert told["message"] == "It broke: [token]"
    assert told["traceback"] == "ValueError: [token]"
