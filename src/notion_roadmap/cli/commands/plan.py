"""`notion-roadmap plan`: what a seed would change, and what it costs."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import click

from notion_roadmap.cli import exits
from notion_roadmap.cli.caller import Caller
from notion_roadmap.cli.command import roadmap_command, template_argument
from notion_roadmap.cli.output import emit_json, say
from notion_roadmap.cli.planning import prepare, show_plan
from notion_roadmap.cli.wishes import Wishes, read_wishes, wish_options

if TYPE_CHECKING:
    from notion_roadmap.service.seed import Prepared


@roadmap_command("plan")
@template_argument
@click.option("--markdown", is_flag=True, help="The plan as Markdown.")
@wish_options
def command(caller: Caller, template: str, markdown: bool, **options: Any) -> int:
    """Show what a seed would change, and what it costs. Writes nothing.

    TEMPLATE is the name of a bundled template, or the path of a YAML file. Exit code 2 says that there are changes.
    """
    from notion_roadmap.plan.render import as_json, as_markdown

    wishes = read_wishes(caller, template, **options)
    prepared, place, honest = asyncio.run(_prepare(caller, wishes))
    plan, price = prepared.plan, prepared.price
    if caller.as_json:
        emit_json(as_json(plan, price.as_dict()))
    elif markdown:
        say(as_markdown(plan, price.as_dict()))
    else:
        show_plan(plan, price, place=place, honest=honest)
        if plan.writes:
            say(f"Next: notion-roadmap seed {template}")
    return exits.CHANGES if plan.writes else exits.DONE


async def _prepare(caller: Caller, wishes: Wishes) -> tuple[Prepared, str, str]:
    from notion_roadmap.compose import open_house

    async with open_house(wishes.settings, wishes.roadmap.key, read_only=True) as house:
        prepared, honest = await prepare(caller, house, wishes)
        return prepared, house.place, honest
