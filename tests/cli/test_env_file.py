"""`.env` is written whole or not at all, for its owner alone, and keeps what it does not set."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from dotenv import dotenv_values
from hypothesis import given
from hypothesis import strategies as st

from notion_roadmap.cli.env_file import write_env


def test_other_lines_stay_as_they_are(tmp_path: Path) -> None:
    path = tmp_path / ".env"
    path.write_text(
        "# mine\nOTHER='a\nb'\n\nexport NOTION_TOKEN=old # note\nnot a line\nROADMAP_START=2025-01-06\nLAST=1", "utf-8"
    )
    write_env(path, {"NOTION_TOKEN": "new", "ROADMAP_START": "2026-11-23", "ROADMAP_WEEKLY_HOURS": "20"})
    assert path.read_text("utf-8") == (
        "# mine\nOTHER='a\nb'\n\nNOTION_TOKEN=new\nnot a line\nROADMAP_START=2026-11-23\nLAST=1\n"
        "ROADMAP_WEEKLY_HOURS=20\n"
    )


def test_a_name_that_stands_twice_is_left_once(tmp_path: Path) -> None:
    path = tmp_path / ".env"
    path.write_text("NOTION_TOKEN=a\nNOTION_TOKEN=b\n", "utf-8")
    write_env(path, {"NOTION_TOKEN": "c"})
    assert path.read_text("utf-8") == "NOTION_TOKEN=c\n"


def test_only_its_owner_can_read_it_even_if_others_could_before(tmp_path: Path) -> None:
    path = tmp_path / ".env"
    path.write_text("A=1\n", "utf-8")
    path.chmod(0o644)
    write_env(path, {"B": "2"})
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    real = tmp_path / "real"
    real.write_text("A=1\n", "utf-8")
    (tmp_path / ".env").symlink_to(real)
    write_env(tmp_path / ".env", {"B": "2"})
    assert (tmp_path / ".env").is_symlink()
    assert real.read_text("utf-8") == "A=1\nB=2\n"


def test_a_failure_leaves_the_old_file_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / ".env"
    path.write_text("A=1\n", "utf-8")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_env(path, {"B": "2"})
    assert [p.name for p in tmp_path.iterdir()] == [".env"]
    assert path.read_text("utf-8") == "A=1\n"


@given(
    value=st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=40),
    before=st.sampled_from(["", "A=1", "# x\n"]),
)
def test_what_is_written_is_what_is_read(tmp_path_factory: pytest.TempPathFactory, value: str, before: str) -> None:
    path = tmp_path_factory.mktemp("env") / ".env"
    path.write_text(before, "utf-8")
    write_env(path, {"NAME": value})
    assert dotenv_values(path, interpolate=False)["NAME"] == value
