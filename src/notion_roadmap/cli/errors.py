"""The one place where an error becomes a sentence, the next command to type, and an exit code."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
import traceback
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import click

from notion_roadmap import errors
from notion_roadmap.cli import exits
from notion_roadmap.cli.output import emit_json
from notion_roadmap.cli.secrecy import keep_secret, redact


@dataclass(frozen=True, slots=True)
class Failure:
    """What is said about an error.

    Args:
        error: what happened, whole sentences.
        hint: what to do next.
        problems: for a wrong template, all that is wrong with it (`templates.Problem`).
    """

    exit_code: int
    error: str
    hint: str = ""
    problems: tuple[Any, ...] = ()


_NEXT: tuple[tuple[type[Exception], str], ...] = (
    (errors.SettingInvalid, "notion-roadmap doctor"),
    (errors.NotionError, "notion-roadmap doctor"),
)
"""What to type next, by kind of error; the first that fits."""


def run(app: click.Command, arguments: list[str]) -> int:
    """Run the command line and return its exit code. Nothing but a `SystemExit` of Python itself gets out."""
    _forgive_narrow_terminals()
    keep_secret((os.environ.get("NOTION_TOKEN") or "").strip().strip("\"'"))
    try:
        result = app.main(arguments, prog_name="notion-roadmap", standalone_mode=False)
        sys.stdout.flush()
    except BrokenPipeError:
        return _reader_left()
    except (Exception, KeyboardInterrupt) as error:
        failure = explain(error, arguments)
        if "--json" in arguments:
            emit_json(failure_json(failure))
        else:
            tell(failure)
        return failure.exit_code
    return result if isinstance(result, int) else exits.DONE


def explain(error: BaseException, arguments: Sequence[str] = ()) -> Failure:
    """What to say about an error, and the exit code."""
    error = _first_of_group(error)
    if isinstance(error, click.UsageError):
        path = error.ctx.command_path if error.ctx else "notion-roadmap"
        return Failure(exits.WRONG_USAGE, error.format_message(), f"See: {path} --help")
    if isinstance(error, click.ClickException):
        return Failure(exits.FAILED, error.format_message())
    if isinstance(error, click.Abort | KeyboardInterrupt):
        return Failure(exits.STOPPED, "Stopped.", "Run it again to continue: nothing is made twice.")
    if isinstance(error, errors.UserError):
        return _user_error(error)
    if isinstance(error, OSError) and error.errno is not None:
        return _machine_error(error)
    return _unexpected(error, arguments)


def _first_of_group(error: BaseException) -> BaseException:
    """Of several that came at once, the one that says most: an interrupt, else a known error, else the first."""
    if not isinstance(error, BaseExceptionGroup):
        return error
    inner = [_first_of_group(e) for e in error.exceptions]
    ranked = (KeyboardInterrupt, errors.RunStopped, errors.UserError, BaseException)
    return next(e for kind in ranked for e in inner if isinstance(e, kind))


def _user_error(error: errors.UserError) -> Failure:
    problems: tuple[Any, ...] = getattr(error, "problems", ())
    if problems:
        count = "a problem" if len(problems) == 1 else f"{len(problems)} problems"
        noun = getattr(error, "noun", "file")
        return Failure(exits.FAILED, f"The {noun} {problems[0].path} has {count}.", error.hint, problems)
    what = error.what if error.what.endswith((".", "!", "?")) else f"{error.what}."
    hint = error.hint
    command = next((command for kind, command in _NEXT if isinstance(error, kind)), "")
    if command and "notion-roadmap" not in hint:
        hint = f"{hint.rstrip('.')}. Then: {command}" if hint else f"Next: {command}"
    return Failure(exits.FAILED, what, hint)


def _machine_error(error: OSError) -> Failure:
    where = f" ({error.filename})" if error.filename else ""
    hints = {
        errno.ENOSPC: "Make room on the disk, then run it again: nothing is made twice.",
        errno.EDQUOT: "Make room on the disk, then run it again: nothing is made twice.",
        errno.EACCES: "Give yourself the right to it, or name another place.",
        errno.EROFS: "Name a place that can be written to, for instance with ROADMAP_STATE.",
        errno.EADDRINUSE: "Choose another port with --port, or 0 for any free one.",
    }
    said = error.strerror or type(error).__name__
    return Failure(exits.FAILED, f"The machine says: {said}{where}.", hints.get(error.errno or 0, ""))


def _unexpected(error: BaseException, arguments: Sequence[str]) -> Failure:
    what = f"Something unexpected happened ({type(error).__name__})."
    details = redact("".join(traceback.format_exception(error)))
    if "--debug" in arguments:
        click.echo(details, err=True)
        return Failure(exits.FAILED, what, "The traceback is above; nothing is made twice when it is run again.")
    again = "notion-roadmap " + " ".join(["--debug", *arguments])
    with contextlib.suppress(OSError):
        return Failure(exits.FAILED, what, f"The details are in {_write_log(details)}; or see them with: {again}")
    return Failure(exits.FAILED, what, f"See the details with: {again}")


def _write_log(details: str) -> Path:
    import platformdirs

    log = platformdirs.user_log_path("notion-roadmap", ensure_exists=True) / "last-error.log"
    log.write_text(details, encoding="utf-8")
    log.chmod(0o600)
    return log


def tell(failure: Failure) -> None:
    """Say it on standard error."""
    for line in filter(None, (failure.error, *(f"  {p}" for p in failure.problems), failure.hint)):
        click.echo(redact(line), err=True)


def failure_json(failure: Failure) -> dict[str, Any]:
    """What a `--json` answer says about an error."""
    said: dict[str, Any] = {"outcome": "failed", "error": redact(failure.error), "hint": redact(failure.hint)}
    return said | ({"problems": [asdict(p) for p in failure.problems]} if failure.problems else {})


def _forgive_narrow_terminals() -> None:
    """A terminal that cannot show an emoji shows a question mark, not a traceback."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError, ValueError):
            stream.reconfigure(errors="replace")  # type: ignore[union-attr]


def _reader_left() -> int:
    """`notion-roadmap … | head`: whoever read us has enough. Python must not complain about it at its end."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return exits.DONE
