"""Whatever is wrong with what we are given: one clear sentence, the right exit code, the token nowhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from notion_roadmap.cli import exits

TEMPLATE = "data-engineering-career"
TOKEN = "ntn_" + "p4" * 21


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Things that are not what they should be."""
    (tmp_path / "a-folder").mkdir()
    (tmp_path / "a-file").write_text("no state\n", "utf-8")
    (tmp_path / "latin.env").write_bytes(b"NOTION_PARENT_PAGE=\xff\n")
    (tmp_path / "latin.yaml").write_bytes(b"title: \xff\n")
    (tmp_path / "empty.yaml").write_bytes(b"")
    return tmp_path


@pytest.mark.parametrize(
    ("environment", "words"),
    [
        ({"NOTION_TOKEN": f"{TOKEN} {TOKEN}"}, "NOTION_TOKEN holds characters that no token has"),
        ({"NOTION_TOKEN": f"{TOKEN}\n{TOKEN}"}, "NOTION_TOKEN holds characters that no token has"),
        ({"NOTION_TOKEN": f"‘{TOKEN}’"}, "NOTION_TOKEN holds characters that no token has"),
        ({"NOTION_TOKEN": TOKEN}, "NOTION_PARENT_PAGE is not set"),
        (
            {"NOTION_TOKEN": TOKEN, "NOTION_PARENT_PAGE": "My page"},
            "NOTION_PARENT_PAGE is neither a page's id nor its URL",
        ),
        ({"NOTION_BASE_URL": "api.notion.com"}, "NOTION_BASE_URL is not a URL"),
        ({"NOTION_REQUESTS_PER_MINUTE": "0"}, "NOTION_REQUESTS_PER_MINUTE is not a whole number"),
        ({"ROADMAP_TIMEZONE": "Mars/Base"}, "ROADMAP_TIMEZONE 'Mars/Base' is not an IANA time zone"),
        ({"ROADMAP_START": "soon"}, "ROADMAP_START is not a date such as"),
        ({"ROADMAP_WEEKLY_HOURS": "nan"}, "ROADMAP_WEEKLY_HOURS is not a number of hours"),
        ({"ROADMAP_NOW": "2026-11-20T09:00:00"}, "ROADMAP_NOW has no time zone"),
        ({"ROADMAP_STATE": "a-folder"}, "The state file a-folder cannot be used: it is a folder"),
        ({"ROADMAP_STATE": "/dev/null"}, "The state file /dev/null cannot be used: it is not an ordinary file"),
        ({"ROADMAP_STATE": "a-file/state.sqlite"}, "The state file a-file/state.sqlite cannot be used"),
    ],
)
def test_a_setting_that_cannot_be_is_named(
    call, folder: Path, monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], words: str
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    said = call("seed", TEMPLATE, "--json")
    assert said.code == exits.FAILED
    assert said.json["error"].startswith(words)
    assert said.json["error"].endswith(".")
    assert said.json["hint"]
    assert TOKEN not in said.out + said.err
    assert (folder / "a-file").read_text("utf-8") == "no state\n"


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("--env-file", "a-folder", "seed", TEMPLATE), exits.FAILED, "a-folder is a folder, not a settings file."),
        (("--env-file", "latin.env", "seed", TEMPLATE), exits.FAILED, "latin.env cannot be read."),
        (("seed", "a-folder"), exits.FAILED, "The template a-folder cannot be read"),
        (("seed", "data-enginering-career"), exits.FAILED, "There is no template 'data-enginering-career'."),
        (("seed", "latin.yaml"), exits.FAILED, "The template latin.yaml has a problem."),
        (("seed", "empty.yaml"), exits.FAILED, "The template empty.yaml has a problem."),
        (
            ("seed", TEMPLATE, "--start", "2026-13-01"),
            exits.WRONG_USAGE,
            "--start '2026-13-01' is not a date such as 2026-11-23",
        ),
        (("seed", TEMPLATE, "--weekly-hours", "0"), exits.WRONG_USAGE, "--weekly-hours '0' is not a number of hours"),
        (("plan", TEMPLATE, "--parent", "x"), exits.WRONG_USAGE, "--parent 'x' is neither a page's id nor its URL"),
        (("remove", TEMPLATE, "--yes", "--parent", "x"), exits.WRONG_USAGE, "--parent 'x' is neither"),
        (("seed", TEMPLATE, "--done", "Task 999"), exits.WRONG_USAGE, "--done 'Task 999' is neither a task's key"),
        (("seed", TEMPLATE, "--checksum", "abc"), exits.FAILED, "The plan is no longer the one with the checksum abc"),
    ],
)
def test_a_word_on_the_command_line_that_cannot_be_is_named(
    call, folder: Path, arguments: tuple[str, ...], code: int, words: str
) -> None:
    said = call(*arguments, "--json")
    assert said.code == code
    assert said.json["error"].startswith(words)
    assert said.json["hint"]
