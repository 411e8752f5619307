"""`notion-roadmap sync`: take in what was done in Notion, and write the numbers that follow from it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import click

from notion_roadmap.cli import exits
from notion_roadmap.cli.caller import Caller
from notion_roadmap.cli.command import roadmap_command
from notion_roadmap.cli.errors import explain, failure_json, tell
from notion_roadmap.cli.living import sources_of
from notion_roadmap.cli.output import emit_json, say, some
from notion_roadmap.cli.progress import looking

if TYPE_CHECKING:
    from notion_roadmap.service.sync import SyncResult


@roadmap_command("sync")
@click.argument("template", metavar="[TEMPLATE]", required=False)
@click.option("--full", is_flag=True, help="Read every row, and ask for each that is absent.")
def command(caller: Caller, template: str | None, full: bool) -> int:
    """Take in what was done in Notion, and write progress, KPIs, gates, forecasts and reviews.

    Without TEMPLATE all roadmaps are synced that were seeded from here. Where nothing here remembers one, name it: the
    rest is found in Notion.
    """
    results = asyncio.run(_sync(caller, template, full=full))
    worst = max(results.values(), key=lambda one: exits.OF_OUTCOME[one.outcome] % exits.PARTIAL)
    if caller.as_json:
        told = {key: one.as_dict() | _failure(one) for key, one in results.items()}
        emit_json(next(iter(told.values())) if len(told) == 1 else {"outcome": worst.outcome, "roadmaps": told})
    else:
        for key, one in results.items():
            _show(key, one)
    return exits.OF_OUTCOME[worst.outcome]


def _failure(result: SyncResult) -> dict[str, object]:
    return failure_json(explain(result.stopped)) if result.stopped else {}


async def _sync(caller: Caller, template: str | None, *, full: bool) -> dict[str, SyncResult]:
    from notion_roadmap.compose import open_house
    from notion_roadmap.service.sync import Syncer
    from notion_roadmap.templates import load_template

    settings = caller.settings()
    results: dict[str, SyncResult] = {}
    for source in sources_of(settings, template):
        roadmap = load_template(source)
        async with open_house(settings, roadmap.key) as house:
            with looking(caller):
                results[roadmap.key] = await Syncer(house).sync(roadmap, full=full)
    return results


def _show(key: str, result: SyncResult) -> None:
    from notion_roadmap.plan.words import count

    progress, forecast = result.numbers.progress, result.numbers.forecast
    say(
        f"{key}: {count(result.changed, 'change')} taken in, {result.written} written "
        f"({result.requests} requests, {result.seconds:.1f} s)."
    )
    percent = "n/a" if progress.percent is None else f"{progress.percent:g} %"
    say(f"Progress: {percent}, {progress.completed} of {progress.total}. Forecast: {forecast.words}")
    some("Not done", (f"{one['key']}: {one['why']}" for one in result.skipped))
    some("Note", result.warnings)
    if result.stopped:
        tell(explain(result.stopped))
