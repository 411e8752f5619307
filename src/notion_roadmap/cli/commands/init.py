"""`notion-roadmap init`: token, page, start and hours, asked once and kept in `.env`."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Mapping
from datetime import date

import click
from dotenv import dotenv_values

from notion_roadmap.cli import exits
from notion_roadmap.cli.caller import Caller
from notion_roadmap.cli.command import roadmap_command
from notion_roadmap.cli.env_file import write_env
from notion_roadmap.cli.errors import explain
from notion_roadmap.cli.findings import ask_connection, failed, findings_json, show_findings
from notion_roadmap.cli.output import emit_json, note, say
from notion_roadmap.cli.secrecy import keep_secret
from notion_roadmap.cli.wishes import check_options
from notion_roadmap.clock import SystemClock, local_date
from notion_roadmap.errors import SettingInvalid
from notion_roadmap.service.choose import next_monday
from notion_roadmap.service.doctor import Finding, Verdict, examine_settings
from notion_roadmap.settings import Settings, load_settings

NEXT = "notion-roadmap plan data-engineering-career"


@roadmap_command("init")
@click.option(
    "--token", help="The connection's secret; safer: be asked, or set NOTION_TOKEN. Empty: no Notion, all local."
)
@click.option("--parent", help="URL or id of the Notion page that the roadmap is put on.")
@click.option("--start", help="First day of the roadmap, YYYY-MM-DD. Default: the next Monday.")
@click.option("--weekly-hours", help="Hours a week for the roadmap. Default: 40.")
@click.option("--yes", is_flag=True, help="Ask nothing: take options, what is set already, and defaults.")
def command(
    caller: Caller, token: str | None, parent: str | None, start: str | None, weekly_hours: str | None, yes: bool
) -> int:
    """Say which token, page, start and hours, once.

    Checks them with Notion where it can, and writes them to `.env`, which only you can read. Other lines of that file
    stay as they are.
    """
    if not yes and not _someone_is_there():
        raise click.UsageError(
            "init asks questions, and nobody is at a terminal: give --yes, and what it needs as options."
        )
    check_options(token=token, parent=parent, start=start, weekly_hours=weekly_hours)
    given = {
        "NOTION_TOKEN": token,
        "NOTION_PARENT_PAGE": parent,
        "ROADMAP_START": start,
        "ROADMAP_WEEKLY_HOURS": weekly_hours,
    }
    current = _current(caller, given)
    values = {name: current[name] if value is None else value for name, value in given.items()}
    if yes:
        findings = _check(load_settings(values | _where(current)))
    else:
        findings = _ask(values, {n for n, v in given.items() if v is None}, current)
    values["NOTION_TOKEN"] = _token(load_settings(values))
    if any(f.name == "token" and f.verdict is Verdict.BAD for f in findings):
        return _answer(caller, findings, written=False, shown=not yes)
    write_env(caller.env_file, values)
    for name in (n for n, value in values.items() if os.environ.get(n, value) != value):
        note(f"{name} is also set in the environment, and that wins over {caller.env_file}.")
    return _answer(caller, findings, written=True, shown=not yes)


def _someone_is_there() -> bool:
    return sys.stdin.isatty()


def _current(caller: Caller, names: Mapping[str, object]) -> dict[str, str]:
    """What is set now, with defaults; a token that cannot be one is not refused before it can be replaced."""
    load_settings({}, caller.env_file if caller.env_file.is_dir() else None)
    from_file = dotenv_values(caller.env_file, interpolate=False) if caller.env_file.exists() else {}
    found = {name: value for name, value in {**from_file, **os.environ}.items() if value}
    keep_secret(found.get("NOTION_TOKEN", ""))
    defaults = {**dict.fromkeys(names, ""), "ROADMAP_START": _next_monday().isoformat(), "ROADMAP_WEEKLY_HOURS": "40"}
    return defaults | found


def _next_monday() -> date:
    return next_monday(local_date(SystemClock(), load_settings({}).roadmap_timezone))


def _token(settings: Settings) -> str:
    """The token without the blanks and quotes that come with copying."""
    return settings.notion_token.get_secret_value() if settings.notion_token else ""


def _where(current: Mapping[str, str]) -> dict[str, str]:
    return {name: current[name] for name in ("NOTION_BASE_URL",) if name in current}


def _check(settings: Settings) -> tuple[Finding, ...]:
    """What there is to say about the settings: all that Notion says, of the rest what needs mending or thought."""
    own = tuple(f for f in examine_settings(settings) if f.verdict is not Verdict.GOOD)
    if settings.embedded or failed(own):
        return own
    return own + asyncio.run(ask_connection(settings))


def _ask(values: dict[str, str], open_questions: set[str], current: Mapping[str, str]) -> tuple[Finding, ...]:
    """Fill `values` by asking, until Notion agrees or the person has had enough."""
    findings: tuple[Finding, ...] = ()
    if "NOTION_TOKEN" in open_questions:
        kept = ", Enter keeps the one that is set" if values["NOTION_TOKEN"] else ", Enter for none: all stays local"
        values["NOTION_TOKEN"] = _valid(
            "NOTION_TOKEN", f"Token of your Notion connection (hidden{kept})", values, hide=True
        )
    while values["NOTION_TOKEN"]:
        if "NOTION_PARENT_PAGE" in open_questions:
            values["NOTION_PARENT_PAGE"] = _valid("NOTION_PARENT_PAGE", "URL of the page to put the roadmap on", values)
        findings = _check(load_settings(values | _where(current)))
        show_findings(findings, err=True)
        if not failed(findings) or not click.confirm("Try again?", default=True, err=True):
            break
        if any(f.name == "token" for f in findings):
            values["NOTION_TOKEN"] = _valid("NOTION_TOKEN", "Token (hidden)", values, hide=True)
        open_questions.add("NOTION_PARENT_PAGE")
    for name, words in (("ROADMAP_START", "First day, YYYY-MM-DD"), ("ROADMAP_WEEKLY_HOURS", "Hours a week")):
        if name in open_questions:
            values[name] = _valid(name, words, values)
    return findings


def _valid(name: str, words: str, values: Mapping[str, str], *, hide: bool = False) -> str:
    while True:
        answer: str = click.prompt(
            words, default=values[name], hide_input=hide, show_default=not hide and bool(values[name]), err=True
        )
        if hide:
            keep_secret(answer.strip())
        try:
            load_settings({name: answer})
        except SettingInvalid as error:
            note(explain(error).error)
        else:
            return answer.strip()


def _answer(caller: Caller, findings: tuple[Finding, ...], *, written: bool, shown: bool) -> int:
    code = exits.FAILED if failed(findings) else exits.DONE
    after = "notion-roadmap init" if not written else "notion-roadmap doctor" if code else NEXT
    if caller.as_json:
        emit_json(
            {
                "outcome": "failed" if code else "done",
                "written": str(caller.env_file) if written else None,
                "findings": findings_json(findings),
                "next": after,
            }
        )
        return code
    if not shown:
        show_findings(findings)
    say(f"Written: {caller.env_file}, readable by you alone." if written else "Nothing was written.")
    say(f"Next: {after}")
    return code
