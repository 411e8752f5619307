"""Every error is a sentence, the next thing to do, and the right exit code; never a traceback, never a token."""

from __future__ import annotations

import errno
import json
import subprocess
import sys
from pathlib import Path

import click
import platformdirs
import pytest

from notion_roadmap import errors
from notion_roadmap.cli import exits
from notion_roadmap.cli.commands import template as template_commands
from notion_roadmap.cli.errors import explain
from notion_roadmap.cli.secrecy import keep_secret

TOKEN = "ntn_" + "q7" * 21


def _raising(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    def fail() -> None:
        raise error

    monkeypatch.setattr("notion_roadmap.templates.bundled", fail)
    assert template_commands.command.name == "template"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("plam",), "No such command 'plam'. Did you mean 'plan'?"),
        (("xyzzy",), "No such command 'xyzzy'. There are: init, plan,"),
        (("template", "show"), "Missing argument 'TEMPLATE'."),
        (("template", "list", "--jsn"), "No such option '--jsn'."),
        (("sandbox", "server"), "No such command 'server'."),
    ],
)
def test_wrong_usage_is_64_with_the_way_to_help(call, arguments: tuple[str, ...], sentence: str) -> None:
    said = call(*arguments)
    assert said.code == 64
    assert said.out == ""
    assert said.err.startswith(sentence)
    assert "See: notion-roadmap" in said.err
    assert "--help" in said.err


def test_wrong_usage_is_one_json_object_too(call) -> None:
    said = call("template", "show", "--json")
    assert said.code == 64
    assert said.json == {
        "outcome": "failed",
        "error": "Missing argument 'TEMPLATE'.",
        "hint": "See: notion-roadmap template show --help",
    }
    assert said.err == ""


def test_without_a_command_the_help_is_shown_as_wrong_usage(call) -> None:
    said = call()
    assert said.code == 64
    assert "Commands:" in said.err


def test_an_interrupt_is_one_sentence_and_130(call, monkeypatch: pytest.MonkeyPatch) -> None:
    _raising(monkeypatch, KeyboardInterrupt())
    said = call("template", "list")
    assert said.code == 130
    assert said.err.strip().splitlines()[0] == "Stopped."
    assert "Run it again to continue" in said.err


def test_something_unexpected_is_a_sentence_and_a_log_without_the_token(call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NOTION_TOKEN", "my own secret")
    _raising(monkeypatch, RuntimeError(f"bad header: Bearer {TOKEN} / my own secret"))
    said = call("template", "list")
    log = Path(platformdirs.user_log_path("notion-roadmap")) / "last-error.log"
    assert said.code == 1
    assert said.out == ""
    assert "Traceback" not in said.err
    assert str(log) in said.err
    assert "notion-roadmap --debug template list" in said.err
    kept = log.read_text(encoding="utf-8")
    assert "RuntimeError" in kept
    assert "raise error" in kept
    assert log.stat().st_mode & 0o777 == 0o600
    for text in (said.err, kept):
        assert TOKEN not in text
        assert "my own secret" not in text


def test_debug_shows_the_traceback_without_the_token(call, monkeypatch: pytest.MonkeyPatch) -> None:
    _raising(monkeypatch, RuntimeError(f"Bearer {TOKEN}"))
    said = call("template", "list", "--debug")
    assert said.code == 1
    assert "Traceback" in said.err
    assert TOKEN not in said.err


def test_an_unexpected_error_of_a_json_call_is_json(call, monkeypatch: pytest.MonkeyPatch) -> None:
    _raising(monkeypatch, RuntimeError("x"))
    assert call("template", "list", "--json").json["error"] == "Something unexpected happened (RuntimeError)."


def test_a_wrong_setting_names_itself_and_never_shows_the_token(call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NOTION_TOKEN", f"{TOKEN} {TOKEN}")
    said = call("status")
    assert said.code == 1
    assert said.err.startswith("NOTION_TOKEN holds characters that no token has")
    assert TOKEN not in said.err


@pytest.mark.parametrize(
    ("error", "code", "words"),
    [
        (errors.SettingInvalid("ROADMAP_START", "is not a date"), 1, "Next: notion-roadmap doctor"),
        (errors.NotionError("Notion is away", hint="Wait"), 1, "Wait. Then: notion-roadmap doctor"),
        (errors.PlanRefused("Too much", hint="Look at it"), 1, "Look at it"),
        (errors.StateError("The state is locked", hint="Run notion-roadmap doctor"), 1, "Run notion-roadmap doctor"),
        (click.Abort(), 130, "Run it again to continue: nothing is made twice."),
    ],
)
def test_each_kind_of_error_says_what_to_do_next(error: Exception, code: int, words: str) -> None:
    failure = explain(error)
    assert (failure.exit_code, failure.hint) == (code, words)
    assert failure.error.endswith(".")


def test_of_several_errors_at_once_the_most_telling_is_said() -> None:
    group = ExceptionGroup("x", [ValueError("y"), ExceptionGroup("z", [errors.RunStopped("The token was revoked")])])
    assert explain(group).error == "The token was revoked."
    assert explain(BaseExceptionGroup("x", [ValueError("y"), KeyboardInterrupt()])).exit_code == exits.STOPPED


@pytest.mark.parametrize(
    ("number", "hint"), [(errno.ENOSPC, "Make room on the disk"), (errno.EACCES, "Give yourself the right")]
)
def test_what_the_machine_refuses_is_said_with_the_place(number: int, hint: str) -> None:
    failure = explain(OSError(number, "It says no", "some/file"))
    assert failure.error == "The machine says: It says no (some/file)."
    assert failure.hint.startswith(hint)


def test_all_problems_of_a_template_are_listed(call, tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text("title: [\n", encoding="utf-8")
    said = call("template", "validate", "mine.yaml")
    assert said.code == 1
    assert said.err.startswith("The template mine.yaml has a problem.\n  mine.yaml:2:1: not YAML")
    assert said.err.endswith("notion-roadmap template validate mine.yaml\n")
    problem = call("template", "validate", "mine.yaml", "--json").json["problems"][0]
    assert {"path", "line", "column", "field", "message", "allowed"} == problem.keys()


def test_a_reader_that_has_enough_ends_it_quietly() -> None:
    command = f"{sys.executable} -m notion_roadmap template schema | head -c 10"
    done = subprocess.run(["bash", "-c", f"set -o pipefail; {command}"], capture_output=True, text=True)
    assert done.stdout == '{\n  "$sche'[:10]
    assert done.stderr == ""
    assert done.returncode == 0


def test_a_narrow_terminal_gets_question_marks_not_a_traceback() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "notion_roadmap", "template", "show", "data-engineering-career"],
        capture_output=True,
        env={"PYTHONIOENCODING": "ascii", "PATH": ""},
    )
    assert done.returncode == 0
    assert done.stderr == b""


def test_known_tokens_are_hidden_wherever_they_stand() -> None:
    keep_secret("hunter2hunter2")
    assert "hunter2" not in json.dumps(explain(errors.UserError("x")).error)
    from notion_roadmap.cli.secrecy import redact

    assert redact("a hunter2hunter2 b secret_abcdefgh12 c Bearer zzz") == "a [token] b [token] c Bearer [token]"
