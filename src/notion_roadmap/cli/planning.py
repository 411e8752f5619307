"""From wishes to a plan, and a plan as a person reads it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from notion_roadmap.cli.output import say, table
from notion_roadmap.cli.wishes import Wishes

if TYPE_CHECKING:
    from notion_roadmap.blueprint.choices import Choices
    from notion_roadmap.plan.changes import Plan
    from notion_roadmap.plan.price import Price
    from notion_roadmap.service.house import House
    from notion_roadmap.service.seed import Prepared
    from notion_roadmap.workspace.items import Workspace

LISTED = 40
"""Changes that are listed one by one; more are counted, and `--markdown` and `--json` have them all."""


async def prepare(house: House, wishes: Wishes) -> tuple[Prepared, str]:
    """Look and plan, writing nothing; and the honest end date, a sentence."""
    from notion_roadmap.blueprint import honest_end
    from notion_roadmap.service.seed import Seeder

    prepared = await Seeder(house).prepare(workspace_of(house, wishes), restore=wishes.restore)
    return prepared, honest_end(wishes.roadmap, choices_of(house, wishes)).words


def workspace_of(house: House, wishes: Wishes) -> Workspace:
    """The desired workspace."""
    from notion_roadmap.blueprint import build

    return build(wishes.roadmap, choices_of(house, wishes))


def choices_of(house: House, wishes: Wishes) -> Choices:
    """What the owner chose, now and before."""
    from notion_roadmap.clock import local_date
    from notion_roadmap.service.choose import choose

    today = local_date(house.clock, wishes.settings.roadmap_timezone)
    remembered = house.state.fact("choices")
    was = {k: str(v) for k, v in remembered.items()} if isinstance(remembered, dict) else {}
    return choose(wishes.asked, wishes.settings, today, was)


def show_plan(plan: Plan, price: Price, *, place: str, honest: str) -> None:
    """The plan on standard output."""
    from notion_roadmap.plan.checksum import short
    from notion_roadmap.plan.render import rows, summary

    lines = rows(plan)
    if len(lines) <= LISTED:
        if lines:
            table(("Action", "Kind", "Key", "Why"), lines)
    else:
        counted = Counter((action, kind) for action, kind, _, _ in lines)
        table(("Action", "Kind", "How many"), ((*what, str(number)) for what, number in counted.items()))
    say(f"In {place}: {summary(plan)}")
    if plan.writes:
        _show_price(price)
        say(honest)
        say(f"Checksum: {short(plan)}")


def _show_price(price: Price) -> None:
    seconds = f"{price.seconds:.0f} s" if price.seconds < 90 else f"{price.seconds / 60:.0f} min"
    blocks = f"{price.blocks} blocks, then {price.blocks_per_week} a week"
    say(f"Price: {price.requests} requests, about {seconds}; {blocks}.")
    if price.gated:
        say(f"Your Notion plan may refuse {len(price.gated)} of the views; the next best is made then.")
