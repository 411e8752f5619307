"""`notion-roadmap review`: make or show the review of a week."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import click

from notion_roadmap.cli import exits
from notion_roadmap.cli.caller import Caller
from notion_roadmap.cli.command import roadmap_command
from notion_roadmap.cli.errors import explain, failure_json, tell
from notion_roadmap.cli.living import one_source
from notion_roadmap.cli.output import emit_json, look, say
from notion_roadmap.cli.progress import looking

if TYPE_CHECKING:
    from notion_roadmap.service.review import Review
    from notion_roadmap.service.sync import SyncResult
    from notion_roadmap.settings import Settings


@roadmap_command("review")
@click.argument("template", metavar="[TEMPLATE]", required=False)
@click.option("--week", metavar="WEEK", help="An ISO week such as 2026-W47; the current one without it.")
def command(caller: Caller, template: str | None, week: str | None) -> int:
    """Make or show the review of a week, by a sync.

    A week has one page, made once; a page that you removed stays removed. TEMPLATE is only needed when several roadmaps
    were seeded from here, or where nothing here remembers one.
    """
    from notion_roadmap.service.review import thursday_of

    if week is not None:
        try:
            thursday_of(week)
        except ValueError as error:
            raise click.UsageError(f"--week {error}.") from error
    settings = caller.settings()
    result, review = asyncio.run(_review(caller, settings, template, week))
    made = f"reviews/{review.facts.label}" in result.created
    if caller.as_json:
        failure = failure_json(explain(result.stopped)) if result.stopped else {}
        emit_json({"outcome": result.outcome, "made": made, **review.as_dict(), **failure})
    else:
        _show(review, made=made, served=not settings.embedded)
        if result.stopped:
            tell(explain(result.stopped))
    return exits.OF_OUTCOME[result.outcome]


async def _review(
    caller: Caller, settings: Settings, template: str | None, week: str | None
) -> tuple[SyncResult, Review]:
    from notion_roadmap.compose import open_house
    from notion_roadmap.service.recall import recall
    from notion_roadmap.service.review import review_of
    from notion_roadmap.service.sync import Syncer
    from notion_roadmap.templates import load_template

    roadmap = load_template(one_source(settings, template))
    async with open_house(settings, roadmap.key) as house:
        with looking(caller):
            result = await Syncer(house).sync(roadmap)
        return result, await review_of(house, recall(house.state, settings, house.clock, roadmap), week)


def _show(review: Review, *, made: bool, served: bool) -> None:
    say(review.text)
    if not review.stands:
        say("Its page is not there: you removed it, or it could not be made.")
    elif review.url:
        look(review.url, served=served, heading="Made" if made else "Stands")
    else:
        say("Its page was made." if made else "Its page stands in Notion, among the weekly reviews.")
