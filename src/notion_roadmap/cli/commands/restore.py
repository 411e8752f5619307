"""`notion-roadmap restore`: bring back what a backup holds and Notion has not."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

import click

from notion_roadmap.cli import exits
from notion_roadmap.cli.caller import Caller
from notion_roadmap.cli.command import roadmap_command
from notion_roadmap.cli.errors import explain, failure_json, tell
from notion_roadmap.cli.living import source_for
from notion_roadmap.cli.output import emit_json, say, some, table
from notion_roadmap.cli.progress import looking
from notion_roadmap.cli.results import agree, someone_watches
from notion_roadmap.plan.render import rows, summary

if TYPE_CHECKING:
    from notion_roadmap.roadmap import Roadmap
    from notion_roadmap.service.backup import Backup
    from notion_roadmap.service.restore import Prepared, Restored
    from notion_roadmap.settings import Settings


@roadmap_command("restore")
@click.argument("folder", metavar="FOLDER", type=click.Path(path_type=Path))
@click.argument("template", metavar="[TEMPLATE]", required=False)
@click.option("--plan", "only_plan", is_flag=True, help="Show what would come back, and write nothing.")
@click.option("--overwrite", is_flag=True, help="Let values of the backup win over those that are there.")
@click.option("--yes", is_flag=True, help="Do not ask before writing.")
def command(caller: Caller, folder: Path, template: str | None, only_plan: bool, overwrite: bool, yes: bool) -> int:
    """Bring back the rows that a backup holds and Notion has not.

    FOLDER is the dated folder of a backup. What is there stays as it is unless you say --overwrite.
    """
    from notion_roadmap.service.unpack import read_archive
    from notion_roadmap.templates import load_template

    backup, settings = read_archive(folder), caller.settings()
    roadmap = load_template(source_for(settings, template, backup.roadmap))
    ask = not (yes or only_plan or caller.as_json) and someone_watches()
    prepared, result = asyncio.run(
        _restore(caller, settings, roadmap, backup, overwrite=overwrite, ask=ask, only_plan=only_plan)
    )
    if result is None:
        _show_plan(caller, prepared)
        return exits.CHANGES if prepared.changes else exits.DONE
    if caller.as_json:
        emit_json(result.as_dict() | (failure_json(explain(result.stopped)) if result.stopped else {}))
    else:
        _show(result)
    return exits.OF_OUTCOME[result.outcome]


async def _restore(
    caller: Caller,
    settings: Settings,
    roadmap: Roadmap,
    backup: Backup,
    *,
    overwrite: bool,
    ask: bool,
    only_plan: bool,
) -> tuple[Prepared, Restored | None]:
    from notion_roadmap.compose import open_house
    from notion_roadmap.service.restore import Restorer

    async with open_house(settings, roadmap.key, read_only=only_plan) as house:
        restorer = Restorer(house)
        with looking(caller):
            prepared = await restorer.prepare(roadmap, backup, overwrite=overwrite)
        if only_plan:
            return prepared, None
        if ask and prepared.changes:
            say(f"In {house.place}: {summary(prepared.restoration.plan)}")
            agree("Go on?", default=True)
        return prepared, await restorer.apply(prepared)


def _show_plan(caller: Caller, prepared: Prepared) -> None:
    plan, notes = prepared.restoration.plan, prepared.restoration.notes
    listed = rows(plan)
    if caller.as_json:
        changes = [{"action": action, "kind": kind, "key": key, "why": why} for action, kind, key, why in listed]
        emit_json({"changes": changes, "notes": list(notes)})
        return
    if listed:
        table(("Action", "Kind", "Key", "Why"), listed)
    say(summary(plan) if listed else "Nothing is missing, and nothing differs.")
    some("Note", notes)


def _show(result: Restored) -> None:
    say(f"{len(result.restored)} rows restored, {len(result.overwritten)} overwritten, {len(result.kept)} kept.")
    some("Kept", (f"{one['key']}: {one['why']}" for one in result.kept))
    some("Not done", (f"{one['key']}: {one['why']}" for one in result.skipped))
    some("Note", result.notes)
    if result.stopped:
        tell(explain(result.stopped))
