"""`notion-roadmap status`: how far the roadmap has come, from the local state alone."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from notion_roadmap.cli import exits
from notion_roadmap.cli.caller import Caller
from notion_roadmap.cli.command import roadmap_command
from notion_roadmap.cli.output import emit_json, look, say

if TYPE_CHECKING:
    from notion_roadmap.service.status import Seeded, Status
    from notion_roadmap.settings import Settings


@roadmap_command("status")
def command(caller: Caller) -> int:
    """Show how far the roadmap has come and what was seeded, from the local state alone.

    Needs no network and answers at once. Exit code 1 says that the last sync is too long ago.
    """
    from notion_roadmap.clock import SystemClock
    from notion_roadmap.places import state_file
    from notion_roadmap.service.status import status

    settings = caller.settings()
    found = status(state_file(settings), SystemClock(settings.roadmap_now).now(), settings.stale_after)
    if caller.as_json:
        emit_json(found.as_dict())
    else:
        for one in found.roadmaps:
            _show(one, settings)
        _show_troubles(found, settings)
        if not found.roadmaps:
            say("Nothing was seeded yet. Next: notion-roadmap plan data-engineering-career")
    return exits.FAILED if any(one.stale for one in found.roadmaps) else exits.DONE


def _show_troubles(found: Status, settings: Settings) -> None:
    """What the service could not do; nothing when all went well."""
    for name, run in sorted(found.jobs.items()):
        if run.failures and run.failed is not None:
            times = "once" if run.failures == 1 else f"{run.failures} times in a row"
            last = run.failed.astimezone(settings.roadmap_timezone)
            say(f"The service's {name} failed {times}, last on {last:%Y-%m-%d %H:%M}. {run.why}")
        elif run.why:
            say(f"The service's {name} was not whole. {run.why}")


def _show(one: Seeded, settings: Settings) -> None:
    from notion_roadmap.plan.render import how_many
    from notion_roadmap.workspace.items import Kind

    version = f", version {one.version}" if one.version else ", not finished yet"
    say(f"{one.roadmap}{version}")
    counted = ", ".join(how_many(Kind(kind), number) for kind, number in one.items.items())
    say(f"  Stands: {counted or 'nothing yet'}")
    if one.start:
        say(f"  Starts {one.start}, {one.weekly_hours} hours a week")
    if one.unfinished:
        say(f"  {one.unfinished} creates were cut short: run `notion-roadmap seed {one.roadmap}` again")
    progress, forecast = one.numbers.get("progress"), one.numbers.get("forecast")
    if isinstance(progress, dict) and isinstance(forecast, dict):
        percent = "n/a" if progress["percent"] is None else f"{progress['percent']:g} %"
        say(f"  Progress: {percent}, {progress['completed']} of {progress['total']}. {forecast['words']}")
    if one.last_sync:
        last = datetime.fromisoformat(one.last_sync).astimezone(settings.roadmap_timezone)
        say(f"  Last sync: {last:%Y-%m-%d %H:%M}{', too long ago: is the service running?' if one.stale else ''}")
    if one.url:
        look(one.url, served=not settings.embedded, heading="  Look")
