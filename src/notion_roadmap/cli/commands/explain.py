"""`notion-roadmap explain`: from which rows a number comes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from notion_roadmap.cli import exits
from notion_roadmap.cli.caller import Caller
from notion_roadmap.cli.command import roadmap_command
from notion_roadmap.cli.living import one_source, sources_of
from notion_roadmap.cli.output import emit_json, say, some

if TYPE_CHECKING:
    from notion_roadmap.service.explain import Explained
    from notion_roadmap.service.recall import Recalled


@roadmap_command("explain")
@click.argument("number", metavar="[NUMBER]", required=False)
@click.argument("template", metavar="[TEMPLATE]", required=False)
def command(caller: Caller, number: str | None, template: str | None) -> int:
    """Show from which rows a number comes, and by which formula; without NUMBER, which there are.

    A name is as in `status --json`, with dots, such as progress.percent or "gates.Phase 1". From the local state
    alone: as of the last sync. TEMPLATE is only needed when several roadmaps were seeded from here.
    """
    from notion_roadmap.progress import names
    from notion_roadmap.service.explain import explained

    if template is None and number in sources_of(caller.settings(), None):
        number, template = None, number
    recalled = _recalled(caller, template)
    if number is None:
        _list(caller, names(recalled.roadmap, recalled.record))
        return exits.DONE
    found = explained(number, recalled)
    if caller.as_json:
        emit_json(found.as_dict())
    else:
        _show(found)
    return exits.DONE


def _recalled(caller: Caller, template: str | None) -> Recalled:
    from notion_roadmap.clock import SystemClock
    from notion_roadmap.places import state_file
    from notion_roadmap.service.recall import recall
    from notion_roadmap.store import open_state
    from notion_roadmap.templates import load_template

    settings = caller.settings()
    roadmap = load_template(one_source(settings, template))
    state = open_state(state_file(settings), "", read_only=True).state
    try:
        return recall(state.of(roadmap.key), settings, SystemClock(settings.roadmap_now), roadmap)
    finally:
        state.close()


def _list(caller: Caller, known: list[str]) -> None:
    if caller.as_json:
        emit_json({"names": known})
        return
    for name in known:
        say(name)


def _show(found: Explained) -> None:
    told = found.explanation
    say(f"{told.name} on {found.as_of}: {_value(told.value)}")
    say(f"  {told.formula}")
    some("From", (f"{one.title or one.key}: {one.says}" for one in found.lines))


def _value(value: object) -> str:
    match value:
        case None:
            return "n/a"
        case bool():
            return "yes" if value else "no"
        case float():
            return f"{value:g}"
    return str(value)
