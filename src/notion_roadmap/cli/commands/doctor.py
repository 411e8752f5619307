"""`notion-roadmap doctor`: what is wrong with the set-up, and the clicks that mend it."""

from __future__ import annotations

import asyncio

from notion_roadmap.cli import exits
from notion_roadmap.cli.caller import Caller
from notion_roadmap.cli.command import roadmap_command
from notion_roadmap.cli.errors import explain
from notion_roadmap.cli.findings import ask_connection, failed, findings_json, show_findings
from notion_roadmap.cli.output import emit_json, say
from notion_roadmap.errors import SettingInvalid, UserError
from notion_roadmap.places import embedded_file, state_file
from notion_roadmap.service.doctor import Finding, Verdict, examine_settings, examine_state
from notion_roadmap.settings import Settings


@roadmap_command("doctor")
def command(caller: Caller) -> int:
    """Find out what is wrong with the set-up, and how to mend it.

    Looks at the settings, the token, the API version, the parent page, the connection's capabilities and the local
    state. Changes nothing.
    """
    findings = _examine(caller)
    bad = failed(findings)
    if caller.as_json:
        emit_json({"outcome": "failed" if bad else "done", "findings": findings_json(findings)})
    else:
        show_findings(findings)
        say("Mend what is marked ✗, then: notion-roadmap doctor" if bad else "All is well.")
    return exits.FAILED if bad else exits.DONE


def _examine(caller: Caller) -> tuple[Finding, ...]:
    try:
        settings = caller.settings()
    except SettingInvalid as error:
        return (_bad("settings", error),)
    alone = examine_settings(settings)
    return (*alone, examine_state(state_file(settings), settings), *([] if failed(alone) else _connection(settings)))


def _connection(settings: Settings) -> tuple[Finding, ...]:
    if settings.embedded and not embedded_file(settings).exists():
        words = f"The embedded workspace will be made in {embedded_file(settings)}."
        return (Finding("connection", Verdict.GOOD, words),)
    try:
        return asyncio.run(ask_connection(settings))
    except UserError as error:
        return (_bad("connection", error),)


def _bad(name: str, error: UserError) -> Finding:
    failure = explain(error)
    return Finding(name, Verdict.BAD, failure.error, (error.hint,) if error.hint else ())
