"""`notion-roadmap run`: the scheduled service."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from notion_roadmap.cli import exits
from notion_roadmap.cli.caller import Caller
from notion_roadmap.cli.command import roadmap_command
from notion_roadmap.cli.living import sources_of
from notion_roadmap.cli.logs import log_as_json
from notion_roadmap.cli.output import emit_json, say
from notion_roadmap.errors import UserError

if TYPE_CHECKING:
    from notion_roadmap.schedule.jobs import Task
    from notion_roadmap.schedule.service import Report, Service


class EmbeddedNotMeant(UserError):
    """A service without a token would live in the embedded workspace, which nobody opens by mistake."""

    def __init__(self) -> None:
        super().__init__(
            "NOTION_TOKEN is not set, so the service would keep the embedded workspace alive",
            hint="Set the token in .env, or say that it is meant: notion-roadmap run --embedded",
        )


class StateChanged(UserError):
    """ROADMAP_STATE names another file than when the service began: its lock and its record are with the first.

    Args:
        before: the file that the service began with.
        now: the file that is set.
    """

    def __init__(self, before: Path, now: Path) -> None:
        self.before = before
        self.now = now
        super().__init__(
            f"The service keeps its record in {before}, and now {now} is set",
            hint="Start notion-roadmap run again, or set ROADMAP_STATE to the first file",
        )


@roadmap_command("run")
@click.argument("template", metavar="[TEMPLATE]", required=False)
@click.option("--embedded", is_flag=True, help="Keep the embedded local workspace alive, on purpose.")
@click.option("--once", is_flag=True, help="Do what is due now, and end.")
def command(caller: Caller, template: str | None, embedded: bool, once: bool) -> int:
    """Sync for months: often while you are at it, seldom while nothing happens, with a backup every night.

    Ends within eight seconds when it is told to (Ctrl+C, SIGTERM). How it goes is in the health file beside the state.
    """
    from notion_roadmap.places import state_file

    settings = caller.settings()
    watched = Watched(caller, template, embedded=embedded, state=state_file(settings))
    task = watched.read()
    logging.getLogger("notion_roadmap.schedule").setLevel(logging.INFO)  # a line for each run is the least
    if caller.as_json:
        log_as_json()
    else:
        say(f"Keeping {', '.join(task.sources)} alive." + ("" if once else " Stop with Ctrl+C."))
    return asyncio.run(_run(caller, watched, once=once))


@dataclass(frozen=True)
class Watched:
    """What the service is about, read anew whenever it is asked for.

    Args:
        state: the file that the service keeps its record in for as long as it runs.
    """

    caller: Caller
    template: str | None
    embedded: bool
    state: Path

    def read(self) -> Task:
        """Raises SettingInvalid, EmbeddedNotMeant, StateChanged, NoRoadmapKnown, StateError."""
        from notion_roadmap.places import state_file
        from notion_roadmap.schedule.jobs import Task

        settings = self.caller.settings()
        if settings.embedded and not self.embedded:
            raise EmbeddedNotMeant
        if state_file(settings) != self.state:
            raise StateChanged(self.state, state_file(settings))
        return Task(settings, sources_of(settings, self.template))


async def _run(caller: Caller, watched: Watched, *, once: bool) -> int:
    from notion_roadmap.clock import SystemClock
    from notion_roadmap.compose import open_house
    from notion_roadmap.schedule.health import write_health
    from notion_roadmap.schedule.healthz import answering
    from notion_roadmap.schedule.jobs import runs, timetable
    from notion_roadmap.schedule.ledger import StateLedger, alone
    from notion_roadmap.schedule.service import Service

    with alone(watched.state):
        service = Service(
            lambda: timetable(caller.settings()),
            runs(watched.read, open_house),
            StateLedger(watched.state),
            SystemClock(),
            partial(write_health, Path(f"{watched.state}.health.json")),
        )
        if once:
            reports = await service.tick()
            if not reports and not caller.as_json:
                say("Nothing is due.")
            return _tell(caller, service, reports)
        async with answering(caller.settings().roadmap_health_port, service.how_it_goes):
            await service.run()
        return _tell(caller, service, {})


def _tell(caller: Caller, service: Service, reports: dict[str, Report]) -> int:
    """At the end, what was done; the exit code is that of the worst."""
    outcomes = {one.outcome for one in reports.values()}
    worst = next((outcome for outcome in ("failed", "partial") if outcome in outcomes), "done")
    if caller.as_json:
        emit_json({"outcome": worst, **service.how_it_goes().as_dict()})
    return exits.OF_OUTCOME[worst]
