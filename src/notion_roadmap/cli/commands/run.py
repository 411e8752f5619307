"""`notion-roadmap run`: the scheduled service."""

from __future__ import annotations

import asyncio
from datetime import time, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from notion_roadmap.cli import exits
from notion_roadmap.cli.caller import Caller
from notion_roadmap.cli.command import roadmap_command
from notion_roadmap.cli.living import sources_of
from notion_roadmap.cli.output import say
from notion_roadmap.errors import UserError

if TYPE_CHECKING:
    from notion_roadmap.settings import Settings

NIGHT = time(3, 30)
"""Local time of the nightly full sync: after midnight everywhere, before anyone is up."""


class EmbeddedNotMeant(UserError):
    """A service without a token would live in the embedded workspace, which nobody opens by mistake."""

    def __init__(self) -> None:
        super().__init__(
            "NOTION_TOKEN is not set, so the service would keep the embedded workspace alive",
            hint="Set the token in .env, or say that it is meant: notion-roadmap run --embedded",
        )


@roadmap_command("run")
@click.argument("template", metavar="[TEMPLATE]", required=False)
@click.option("--embedded", is_flag=True, help="Keep the embedded local workspace alive, on purpose.")
@click.option("--once", is_flag=True, help="Do what is due now, and end.")
def command(caller: Caller, template: str | None, embedded: bool, once: bool) -> int:
    """Sync for months: often while you are at it, seldom while nothing happens, in full every night.

    Ends within eight seconds when it is told to (Ctrl+C, SIGTERM). How it goes is in the health file beside the state.
    """
    settings = caller.settings()
    if settings.embedded and not embedded:
        raise EmbeddedNotMeant
    sources = sources_of(settings, template)
    if not caller.as_json:
        say(f"Keeping {', '.join(sources)} alive. Stop with Ctrl+C.")
    asyncio.run(_run(caller, settings, sources, once=once))
    return exits.DONE


async def _run(caller: Caller, settings: Settings, sources: tuple[str, ...], *, once: bool) -> None:
    from notion_roadmap.clock import SystemClock
    from notion_roadmap.compose import StateLedger, alone, sync_report
    from notion_roadmap.places import state_file
    from notion_roadmap.schedule.due import Daily, Every, Job
    from notion_roadmap.schedule.health import write_health
    from notion_roadmap.schedule.service import Service

    state = state_file(settings)
    jobs = (Job("reconcile", Daily(NIGHT)), Job("sync", Every(timedelta(minutes=settings.roadmap_sync_minutes))))
    runs = {
        "sync": partial(sync_report, caller.settings, sources, full=False),
        "reconcile": partial(sync_report, caller.settings, sources, full=True),
    }
    with alone(state):
        service = Service(
            jobs,
            runs,
            StateLedger(state),
            SystemClock(),
            settings.roadmap_timezone,
            partial(write_health, Path(f"{state}.health.json")),
        )
        await (service.tick() if once else service.run())
