"""`notion-roadmap remove`: put what was made for a roadmap into Notion's trash."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import click

from notion_roadmap.cli import exits
from notion_roadmap.cli.caller import Caller
from notion_roadmap.cli.command import roadmap_command, template_argument
from notion_roadmap.cli.output import emit_json, note, say, some
from notion_roadmap.cli.progress import Meter, looking
from notion_roadmap.cli.results import agree, someone_watches
from notion_roadmap.cli.wishes import settings_with

if TYPE_CHECKING:
    from notion_roadmap.roadmap import Roadmap
    from notion_roadmap.service.remove import Removal
    from notion_roadmap.settings import Settings


@roadmap_command("remove")
@template_argument
@click.option("--parent", metavar="PAGE", help="Another page than NOTION_PARENT_PAGE, by URL or id.")
@click.option("--yes", is_flag=True, help="Do not ask before trashing.")
@click.option("--including-edited", is_flag=True, help="Trash what you edited as well.")
def command(caller: Caller, template: str, parent: str | None, yes: bool, including_edited: bool) -> int:
    """Put what was made for a roadmap into the trash.

    TEMPLATE is the name of a bundled template, or the path of a YAML file. What you edited, and pages of your own, stay
    where they are; Notion keeps its trash for 30 days.
    """
    from notion_roadmap.templates import load_template

    if not yes and not someone_watches():
        raise click.UsageError("remove asks before it trashes anything, and nobody is at a terminal: give --yes.")
    roadmap, settings = load_template(template), settings_with(caller, parent=parent)
    result = asyncio.run(_remove(caller, roadmap, settings, ask=not yes, including_edited=including_edited))
    if caller.as_json:
        emit_json(result)
    else:
        _show(result)
    return exits.OF_OUTCOME[str(result["outcome"])]


async def _remove(
    caller: Caller, roadmap: Roadmap, settings: Settings, *, ask: bool, including_edited: bool
) -> dict[str, object]:
    from notion_roadmap.compose import open_house
    from notion_roadmap.service.remove import Remover

    async with open_house(settings, roadmap.key) as house:
        remover = Remover(house)
        with looking(caller):
            removal = await remover.prepare(roadmap, including_edited=including_edited)
        if ask and removal.edited and _also_edited(removal):
            removal = await remover.prepare(roadmap, including_edited=True)
        if ask and removal.steps:
            agree(f"Put {len(removal.plan.writes)} items in {house.place} into the trash?", default=False)
        with Meter(0.0, house.clock.monotonic) as meter:
            return await remover.apply(removal, progress=meter)


def _also_edited(removal: Removal) -> bool:
    some("Edited by you, and kept", removal.edited, say=note)
    return click.confirm("Trash these as well?", default=False, err=True)


def _show(result: dict[str, Any]) -> None:
    trashed = len(result["trashed"])
    say(f"{trashed} items are in the trash." if trashed else "Nothing to do: nothing of ours and untouched is there.")
    some("Kept", result["kept"])
    some("Not done", (f"{one['key']}: {one['why']}" for one in result["skipped"]))
