"""From wishes to a plan, and a plan as a person reads it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from notion_roadmap.cli.caller import Caller
from notion_roadmap.cli.output import say, table
from notion_roadmap.cli.progress import looking
from notion_roadmap.cli.wishes import Wishes
from notion_roadmap.plan.checksum import short
from notion_roadmap.plan.render import rows, summary
from notion_roadmap.plan.words import count

if TYPE_CHECKING:
    from notion_roadmap.plan.changes import Plan
    from notion_roadmap.plan.price import Price
    from notion_roadmap.service.house import House
    from notion_roadmap.service.seed import Prepared

LISTED = 40
"""Changes that are listed one by one; more are counted, and `--markdown` and `--json` have them all."""


async def prepare(caller: Caller, house: House, wishes: Wishes) -> tuple[Prepared, str]:
    """Look and plan, writing nothing; and the honest end date, a sentence."""
    from notion_roadmap.blueprint.honest import honest_end
    from notion_roadmap.service.seed import Seeder

    with looking(caller):
        prepared = await Seeder(house).prepare(
            wishes.roadmap, wishes.asked, restore=wishes.restore, retry_views=wishes.retry_views
        )
    return prepared, honest_end(wishes.roadmap, prepared.choices).words


def show_plan(plan: Plan, price: Price, *, place: str, honest: str) -> None:
    """The plan on standard output, with all that somebody who decides about it must know."""
    _show_changes(plan)
    show_summary(plan, price, place=place)
    if plan.writes:
        say(honest)
        say(f"Checksum: {short(plan)}")


def show_summary(plan: Plan, price: Price, *, place: str) -> None:
    """The plan in two lines."""
    say(f"In {place}: {summary(plan)}")
    if plan.writes:
        _show_price(price)


def _show_changes(plan: Plan) -> None:
    lines = rows(plan)
    if len(lines) <= LISTED:
        if lines:
            table(("Action", "Kind", "Key", "Why"), lines)
    else:
        counted = Counter((action, kind) for action, kind, _, _ in lines)
        table(("Action", "Kind", "How many"), ((*what, str(number)) for what, number in counted.items()))


def _show_price(price: Price) -> None:
    seconds = f"{price.seconds:.0f} s" if price.seconds < 90 else f"{price.seconds / 60:.0f} min"
    blocks = f"{count(price.blocks, 'block')}, then {price.blocks_per_week} a week"
    say(f"Price: {count(price.requests, 'request')}, about {seconds}; {blocks}.")
    if price.gated:
        say(f"Your Notion plan may refuse {len(price.gated)} of the views; the next best is made then.")
