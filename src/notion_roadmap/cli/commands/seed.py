"""`notion-roadmap seed`: make a roadmap's workspace, or bring it up to date."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import click

from notion_roadmap.cli import exits
from notion_roadmap.cli.caller import Caller
from notion_roadmap.cli.command import roadmap_command, template_argument
from notion_roadmap.cli.errors import explain, failure_json, tell
from notion_roadmap.cli.living import SOURCE, source_of
from notion_roadmap.cli.output import emit_json, say
from notion_roadmap.cli.planning import prepare, show_plan, show_summary
from notion_roadmap.cli.progress import Meter
from notion_roadmap.cli.results import agree, show_result, someone_watches
from notion_roadmap.cli.wishes import Wishes, read_wishes, wish_options

if TYPE_CHECKING:
    from notion_roadmap.plan.changes import Plan
    from notion_roadmap.service.seed import SeedResult


@roadmap_command("seed")
@template_argument
@click.option("--checksum", metavar="SUM", help="Go on only if the plan is the one that was reviewed.")
@click.option("--yes", is_flag=True, help="Do not ask before writing.")
@click.option("--force", is_flag=True, help="Change even an unusually large share of what exists.")
@wish_options
def command(caller: Caller, template: str, checksum: str | None, yes: bool, force: bool, **options: Any) -> int:
    """Make or bring up to date the workspace of a roadmap.

    TEMPLATE is the name of a bundled template, or the path of a YAML file. Stopped at any moment, it goes on when it is
    run again; nothing is made twice, and what you changed stays yours.
    """
    wishes = read_wishes(caller, template, **options)
    ask = not (yes or caller.as_json) and someone_watches()
    result = asyncio.run(_seed(caller, wishes, checksum=checksum, ask=ask, force=force))
    if caller.as_json:
        emit_json(result.as_dict() | (failure_json(explain(result.stopped)) if result.stopped else {}))
    else:
        show_result(result, served=not wishes.settings.embedded)
        if result.outcome == "partial":
            say(f"Next: notion-roadmap seed {template}")
        if result.stopped:
            tell(explain(result.stopped))
    return exits.OF_OUTCOME[result.outcome]


async def _seed(caller: Caller, wishes: Wishes, *, checksum: str | None, ask: bool, force: bool) -> SeedResult:
    from notion_roadmap.compose import open_house
    from notion_roadmap.service.seed import Seeder

    async with open_house(wishes.settings, wishes.roadmap.key) as house:
        prepared, honest = await prepare(caller, house, wishes)
        ask = ask and bool(prepared.plan.writes) and not wishes.settings.embedded
        if ask:
            show_plan(prepared.plan, prepared.price, place=house.place, honest=honest)
        elif not caller.as_json:
            show_summary(prepared.plan, prepared.price, place=house.place)
        _allow(prepared.plan, checksum, force=force)
        if ask:
            agree(f"Go on in {house.place}?", default=True)
        house.state.remember(SOURCE, source_of(wishes.template))
        with Meter(prepared.price.seconds, house.clock.monotonic) as meter:
            return await Seeder(house).apply(prepared, progress=meter)


def _allow(plan: Plan, checksum: str | None, *, force: bool) -> None:
    from notion_roadmap.plan.checksum import demand
    from notion_roadmap.plan.guard import guard

    if checksum is not None:
        demand(plan, checksum)
    guard(plan, force=force)
