"""What a run did, as a person reads it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from notion_roadmap.cli.output import look, say, some
from notion_roadmap.errors import UserError

if TYPE_CHECKING:
    from notion_roadmap.service.seed import SeedResult


def someone_watches() -> bool:
    """Whether there is a person to ask."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def agree(question: str, *, default: bool) -> None:
    """Ask; raise UserError when the answer is no."""
    if not click.confirm(question, default=default, err=True):
        raise UserError("Nothing was changed")


def show_result(result: SeedResult, *, served: bool) -> None:
    """The result of a seed on standard output. `served`: see `look`."""
    retries = f", {result.retries} of them again" if result.retries else ""
    counts = (
        f"{result.created} created, {result.updated} updated, {result.unchanged} unchanged "
        f"({result.requests} requests{retries}, {result.seconds:.1f} s)."
    )
    opening = {"done": "Done", "partial": "Done in part", "failed": "Stopped"}[result.outcome]
    nothing = result.outcome == "done" and not (result.created or result.updated)
    say(f"Nothing to do: {counts}" if nothing else f"{opening}: {counts}")
    some("Kept as you have it", result.kept)
    some(
        "Notion holds something else than was asked",
        (f"{d.key}: asked {d.asked}, got {d.got}" for d in result.differences),
    )
    some("Not done", (f"{one['key']}: {one['why']}" for one in result.skipped))
    some("Note", result.warnings)
    if result.url:
        look(result.url, served=served)
