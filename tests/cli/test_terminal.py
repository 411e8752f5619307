"""On a terminal: colours unless NO_COLOR is set, a bar with the time left, a question before anything is written."""

from __future__ import annotations

import json
import os
import pty
import re
import select
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from cli.test_served import environment, served
from notion_roadmap.cli import exits
from templates.small import SMALL

__all__ = ["environment", "served"]

_COLOUR = re.compile(r"\x1b\[[0-9;]*3[1-6]m")


def _at_terminal(*arguments: str, cwd: Path, answers: Iterator[str] | None = None, **extra: str) -> tuple[int, str]:
    """Run a command at a terminal, typing an answer whenever it asks; its exit code and what the screen got."""
    screen, terminal = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "notion_roadmap", *arguments],
        cwd=cwd,
        env={**os.environ, "TERM": "xterm-256color", **extra},
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
        start_new_session=True,
    )
    os.close(terminal)
    said = b""
    with os.fdopen(screen, "rb", buffering=0) as reader, process:
        while select.select([reader], [], [], 30)[0]:
            try:
                piece = reader.read(4096)
            except OSError:  # Linux says EIO when the last writer has gone
                break
            if not piece:
                break
            said += piece
            if answers is not None and said.endswith(b": "):
                os.write(screen, f"{next(answers)}\n".encode())
                said += b"\n"
        process.kill()  # at its end already, unless it waits for an answer that nobody gives
    return process.returncode, said.decode()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ROADMAP_STATE", str(tmp_path / "state" / "state.sqlite"))
    (tmp_path / "small.yaml").write_text(SMALL.replace("«", ""), "utf-8")
    return tmp_path


def test_colours_on_a_terminal_only_and_not_against_ones_wish(folder: Path) -> None:
    assert _COLOUR.search(_at_terminal("doctor", cwd=folder)[1])
    assert not _COLOUR.search(_at_terminal("doctor", cwd=folder, NO_COLOR="1")[1])
    piped = subprocess.run(
        [sys.executable, "-m", "notion_roadmap", "doctor"], cwd=folder, capture_output=True, text=True
    )
    assert "\x1b" not in piped.stdout


def test_a_seed_shows_a_bar_with_the_time_left(folder: Path) -> None:
    code, said = _at_terminal("seed", "small.yaml", cwd=folder)
    assert code == exits.DONE
    assert "━" in said
    assert re.search(r"about \d+ s left", said)
    assert "Done: " in said


def test_json_at_a_terminal_is_json_alone(folder: Path) -> None:
    code, said = _at_terminal("status", "--json", cwd=folder)
    assert code == exits.DONE
    assert json.loads(said) == {"roadmaps": [], "jobs": {}}


def test_no_is_taken_for_an_answer(environment: Path) -> None:
    code, said = _at_terminal("seed", "small.yaml", cwd=environment, answers=iter(["n"]))
    assert code == exits.FAILED
    assert "Go on in Notion?" in said
    assert "Nothing was changed." in said
    assert "Done: " not in said


def test_yes_seeds_and_remove_asks_too(environment: Path) -> None:
    code, said = _at_terminal("seed", "small.yaml", cwd=environment, answers=iter(["y"]))
    assert code == exits.DONE, said
    code, said = _at_terminal("remove", "small.yaml", cwd=environment, answers=iter(["n", "n"]))
    assert code == exits.FAILED
    assert "into the trash?" in said
    assert "Nothing was changed." in said


def test_init_asks_at_a_terminal_and_the_token_is_not_echoed(environment: Path, served: dict[str, str]) -> None:
    answers = iter([served["token"], served["root_page_id"], "2026-11-30", "15"])
    plain = dict.fromkeys(("NOTION_TOKEN", "NOTION_PARENT_PAGE"), "")
    code, said = _at_terminal("init", cwd=environment, answers=answers, **plain)
    assert code == exits.DONE, said
    assert served["token"] not in said
    assert f"NOTION_TOKEN={served['token']}" in (environment / ".env").read_text("utf-8")
