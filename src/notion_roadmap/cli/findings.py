"""Asking the doctor, and what was found as lines and as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from notion_roadmap.cli.output import console
from notion_roadmap.service.doctor import Finding, Verdict, examine_connection
from notion_roadmap.settings import Settings

_SIGNS = {Verdict.GOOD: ("✓", "green"), Verdict.BAD: ("✗", "red"), Verdict.UNKNOWN: ("?", "yellow")}


async def ask_connection(settings: Settings) -> tuple[Finding, ...]:
    """What Notion says to these settings, or the embedded workspace; soon, since somebody waits.

    Raises SettingInvalid, UserError.
    """
    from notion_roadmap.compose import open_gateway
    from notion_roadmap.notion.terms import Patience

    async with open_gateway(settings, patience=Patience(attempts=2, deadline=30, attempt=15)) as (gateway, page):
        return await examine_connection(gateway, page)


def show_findings(findings: Iterable[Finding], *, err: bool = False) -> None:
    """One line for each finding, the steps that mend it below."""
    from rich.text import Text

    screen = console(err=err)
    for finding in findings:
        sign, colour = _SIGNS[finding.verdict]
        screen.print(Text.assemble((sign, colour), f" {finding.name}: {finding.words}"), soft_wrap=True)
        for number, step in enumerate(finding.mend, 1):
            screen.print(Text(f"    {number}. {step}"), soft_wrap=True)


def findings_json(findings: Iterable[Finding]) -> list[dict[str, object]]:
    """The findings as they stand in `--json` answers."""
    return [{"check": f.name, "verdict": str(f.verdict), "found": f.words, "mend": list(f.mend)} for f in findings]


def failed(findings: Sequence[Finding]) -> bool:
    """Whether any of them has to be mended."""
    return any(f.verdict is Verdict.BAD for f in findings)
