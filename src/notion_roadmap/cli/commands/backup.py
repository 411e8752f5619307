"""`notion-roadmap backup`: the whole workspace of ours into a dated folder."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

import click

from notion_roadmap.cli import exits
from notion_roadmap.cli.caller import Caller
from notion_roadmap.cli.command import roadmap_command
from notion_roadmap.cli.living import one_source
from notion_roadmap.cli.output import emit_json, note, say, some

if TYPE_CHECKING:
    from notion_roadmap.roadmap import Roadmap
    from notion_roadmap.service.backup import Backup
    from notion_roadmap.settings import Settings

_EVERY = 50
"""Pages between two lines of progress."""


@roadmap_command("backup")
@click.argument("template", metavar="[TEMPLATE]", required=False)
@click.option(
    "--to",
    "into",
    metavar="FOLDER",
    type=click.Path(file_okay=False, path_type=Path),
    help="Where the dated folder is put, instead of ROADMAP_BACKUP_FOLDER.",
)
def command(caller: Caller, template: str | None, into: Path | None) -> int:
    """Back up the whole workspace into a dated folder: JSON for programs, Markdown for people.

    Reads only. TEMPLATE is only needed when several roadmaps were seeded from here, or where nothing here remembers
    one.
    """
    from notion_roadmap.places import backup_folder
    from notion_roadmap.service.archive import prepare_folder, write_archive
    from notion_roadmap.templates import load_template

    settings = caller.settings()
    roadmap = load_template(one_source(settings, template))
    into = into or backup_folder(settings)
    prepare_folder(into)
    backup = asyncio.run(_read(caller, settings, roadmap))
    folder = write_archive(backup, into, settings.roadmap_timezone)
    outcome = "partial" if backup.unread else "done"
    if caller.as_json:
        emit_json({"outcome": outcome, "folder": str(folder), **_counts(backup), "unread": list(backup.unread)})
    else:
        counts = _counts(backup)
        say(f"Backed up {counts['rows']} rows of {counts['databases']} databases and {counts['pages']} pages.")
        some("Not read", backup.unread)
        say(f"Look: {folder / 'README.md'}")
    return exits.OF_OUTCOME[outcome]


async def _read(caller: Caller, settings: Settings, roadmap: Roadmap) -> Backup:
    from notion_roadmap.compose import open_house
    from notion_roadmap.service.backup import back_up

    def report(done: int, total: int) -> None:
        if not caller.as_json and done and done % _EVERY == 0:
            note(f"{done} of {total} pages read")

    async with open_house(settings, roadmap.key) as house:
        return await back_up(house, roadmap, report=report)


def _counts(backup: Backup) -> dict[str, int]:
    return {
        "pages": len(backup.pages),
        "databases": len(backup.databases),
        "rows": backup.rows,
        "views": len(backup.views),
    }
