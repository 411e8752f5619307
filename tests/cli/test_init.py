"""`init` asks or takes options, checks, writes `.env` for its owner alone, and never shows the token."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from dotenv import dotenv_values

from notion_roadmap.cli.app import app
from notion_roadmap.cli.commands import init
from notion_roadmap.service.doctor import Finding, Verdict
from notion_roadmap.settings import Settings

TOKEN = "ntn_" + "k3" * 21
OTHER = "ntn_" + "z9" * 21
PAGE = "https://www.notion.so/My-page-11111111111141118111111111111111"
REFUSED = Finding("token", Verdict.BAD, "Notion does not know this token (401).", ("Copy it again",))
UNSHARED = Finding("parent page", Verdict.BAD, "Notion does not show the page.", ("Choose Connections",))


@pytest.fixture
def checks(monkeypatch: pytest.MonkeyPatch) -> list[Iterable[Finding]]:
    """What Notion answers to each check in turn; then that all is well."""
    answers: list[Iterable[Finding]] = []

    def check(settings: Settings) -> tuple[Finding, ...]:
        return tuple(answers.pop(0)) if answers and not settings.embedded else ()

    monkeypatch.setattr(init, "_check", check)
    return answers


@pytest.fixture
def ask(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Run init at a terminal with these lines typed."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(init, "_someone_is_there", lambda: True)

    def run(*lines: str) -> Result:
        return CliRunner().invoke(app, ["init"], input="".join(f"{line}\n" for line in lines), standalone_mode=False)

    return run


def test_options_are_written_for_the_owner_alone(call, checks: list[Iterable[Finding]]) -> None:
    said = call("init", "--token", TOKEN, "--parent", PAGE, "--start", "2026-11-23", "--weekly-hours", "20", "--yes")
    assert said.code == 0
    assert "Next: notion-roadmap plan data-engineering-career" in said.out
    assert dotenv_values(".env") == {
        "NOTION_TOKEN": TOKEN,
        "NOTION_PARENT_PAGE": PAGE,
        "ROADMAP_START": "2026-11-23",
        "ROADMAP_WEEKLY_HOURS": "20",
    }
    assert Path(".env").stat().st_mode & 0o777 == 0o600
    assert TOKEN not in said.out + said.err


def test_without_a_token_all_stays_local(call, checks: list[Iterable[Finding]]) -> None:
    said = call("init", "--yes", "--json")
    assert said.code == 0
    assert said.json["outcome"] == "done"
    assert dotenv_values(".env")["NOTION_TOKEN"] == ""


def test_what_comes_with_copying_is_dropped(call, checks: list[Iterable[Finding]]) -> None:
    assert call("init", "--token", f' "{TOKEN}"\n', "--parent", PAGE, "--yes").code == 0
    assert dotenv_values(".env")["NOTION_TOKEN"] == TOKEN


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--token", "ntn_ab cd"), "--token holds characters that no token has"),
        (("--token", TOKEN, "--parent", "nonsense"), "--parent 'nonsense' is neither a page's id nor its URL"),
        (("--start", "tomorrow"), "--start 'tomorrow' is not a date such as 2026-11-23."),
        (("--weekly-hours", "200"), "--weekly-hours '200' is not a number of hours above 0, 168 at most."),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_written(call, checks, options: tuple[str, ...], words: str) -> None:
    said = call("init", *options, "--yes")
    assert said.code == 64
    assert said.err.startswith(words)
    assert "ntn_ab" not in said.err
    assert not Path(".env").exists()


def test_a_token_that_notion_refuses_is_not_written(call, checks: list[Iterable[Finding]]) -> None:
    checks.append([REFUSED])
    said = call("init", "--token", TOKEN, "--parent", PAGE, "--yes", "--json")
    assert said.code == 1
    assert said.json["written"] is None
    assert said.json["findings"][0]["mend"] == ["Copy it again"]
    assert not Path(".env").exists()


def test_a_page_that_is_not_shared_yet_is_written_with_the_clicks(call, checks: list[Iterable[Finding]]) -> None:
    checks.append([UNSHARED])
    said = call("init", "--token", TOKEN, "--parent", PAGE, "--yes")
    assert said.code == 1
    assert "1. Choose Connections" in said.out
    assert "Next: notion-roadmap doctor" in said.out
    assert dotenv_values(".env")["NOTION_PARENT_PAGE"] == PAGE


def test_what_is_set_already_is_kept(call, checks: list[Iterable[Finding]]) -> None:
    Path(".env").write_text(f"MINE=1\nNOTION_TOKEN={TOKEN}\nNOTION_PARENT_PAGE={PAGE}\n", "utf-8")
    assert call("init", "--weekly-hours", "12", "--yes").code == 0
    found = dotenv_values(".env")
    assert (found["MINE"], found["NOTION_TOKEN"], found["ROADMAP_WEEKLY_HOURS"]) == ("1", TOKEN, "12")


def test_a_broken_token_can_be_replaced(call, checks: list[Iterable[Finding]]) -> None:
    Path(".env").write_text("NOTION_TOKEN='two words'\n", "utf-8")
    assert call("init", "--token", TOKEN, "--parent", PAGE, "--yes").code == 0


def test_an_environment_that_says_otherwise_is_pointed_out(call, checks, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NOTION_TOKEN", OTHER)
    said = call("init", "--token", TOKEN, "--parent", PAGE, "--yes")
    assert "NOTION_TOKEN is also set in the environment, and that wins" in said.err
    assert OTHER not in said.err


def test_with_nobody_there_it_wants_yes(call) -> None:
    said = call("init")
    assert said.code == 64
    assert "--yes" in said.err


def test_it_asks_hides_the_token_and_writes(ask, checks: list[Iterable[Finding]]) -> None:
    result = ask(TOKEN, PAGE, "2026-11-30", "15")
    assert result.return_value == 0, result.output
    assert dotenv_values(".env") == {
        "NOTION_TOKEN": TOKEN,
        "NOTION_PARENT_PAGE": PAGE,
        "ROADMAP_START": "2026-11-30",
        "ROADMAP_WEEKLY_HOURS": "15",
    }
    assert TOKEN not in result.output


def test_it_asks_again_what_cannot_be(ask, checks: list[Iterable[Finding]]) -> None:
    result = ask("ntn_ab cd", TOKEN, "nonsense", PAGE, "tomorrow", "2026-11-30", "0", "15")
    assert result.return_value == 0, result.output
    assert "NOTION_TOKEN holds characters" in result.output
    assert dotenv_values(".env")["ROADMAP_WEEKLY_HOURS"] == "15"


def test_it_asks_until_notion_agrees(ask, checks: list[Iterable[Finding]]) -> None:
    checks += [[REFUSED], [UNSHARED]]
    other_page = PAGE.replace("1111", "2222")
    result = ask(TOKEN, PAGE, "y", OTHER, "", "y", other_page, "", "")
    assert result.return_value == 0, result.output
    found = dotenv_values(".env")
    assert (found["NOTION_TOKEN"], found["NOTION_PARENT_PAGE"]) == (OTHER, other_page)


def test_enter_for_the_token_keeps_all_local(ask, checks: list[Iterable[Finding]]) -> None:
    result = ask("", "", "")
    assert result.return_value == 0, result.output
    assert dotenv_values(".env")["NOTION_TOKEN"] == ""
