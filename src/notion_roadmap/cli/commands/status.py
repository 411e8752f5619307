"""`notion-roadmap status`: what was seeded and where, from the local state alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notion_roadmap.cli.caller import Caller
from notion_roadmap.cli.command import roadmap_command
from notion_roadmap.cli.output import emit_json, say

if TYPE_CHECKING:
    from notion_roadmap.service.status import Seeded


@roadmap_command("status")
def command(caller: Caller) -> None:
    """Show what was seeded and where, from the local state alone.

    Needs no network and answers at once.
    """
    from notion_roadmap.places import state_file
    from notion_roadmap.service.status import status

    found = status(state_file(caller.settings()))
    if caller.as_json:
        emit_json({"roadmaps": [one.as_dict() for one in found]})
        return
    for one in found:
        _show(one)
    if not found:
        say("Nothing was seeded yet. Next: notion-roadmap plan data-engineering-career")


def _show(one: Seeded) -> None:
    version = f", version {one.version}" if one.version else ", not finished yet"
    say(f"{one.roadmap}{version}")
    counted = ", ".join(f"{number} {kind}" for kind, number in one.items.items())
    say(f"  Stands: {counted or 'nothing yet'}")
    if one.start:
        say(f"  Starts {one.start}, {one.weekly_hours} hours a week")
    if one.unfinished:
        say(f"  {one.unfinished} creates were cut short: run `notion-roadmap seed {one.roadmap}` again")
    if one.url:
        say(f"  Look: {one.url}")
