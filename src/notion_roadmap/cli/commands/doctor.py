"""`notion-roadmap doctor`: what is wrong with the set-up, and the clicks that mend it."""

from __future__ import annotations

from notion_roadmap.cli import exits
from notion_roadmap.cli.caller import Caller
from notion_roadmap.cli.command import roadmap_command
from notion_roadmap.cli.findings import failed, findings_json, show_findings
from notion_roadmap.cli.output import emit_json, say


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
