"""What a run that was cut short was about to make: found, or free to be made again."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import replace

from notion_roadmap.service.context import Context
from notion_roadmap.service.lookup import look_up
from notion_roadmap.service.stand_ins import REPLACES, removable
from notion_roadmap.service.unfinished import half_made, takes_several
from notion_roadmap.workspace.addresses import Addresses
from notion_roadmap.workspace.items import Database, Item, Page, Row, Section
from notion_roadmap.workspace.observed import Applied, Intent, Seen
from notion_roadmap.workspace.views import View


def learn(addresses: Addresses, applied: Iterable[Applied]) -> None:
    """Take the ids of what was applied."""
    for one in applied:
        addresses.learn(one.key, one.id)
        if "data_source" in one.refs:
            addresses.sources[one.key] = one.refs["data_source"]
        for name, value in one.refs.items():
            if name.startswith("block:"):
                addresses.anchors[f"{one.key}#{name.removeprefix('block:')}"] = value


async def settle_intents(seen: Context) -> None:
    """Settle the intents of everything but rows, what holds others first."""
    items = {i.key: i for i in seen.workspace.items() if not isinstance(i, Row)}
    for kinds in ((Page,), (Database,), (View, Section)):
        pending = [(i, items[i.key]) for i in seen.house.state.intents() if isinstance(items.get(i.key), kinds)]
        await asyncio.gather(*(_settle(intent, item, seen) for intent, item in pending if _home_is_known(item, seen)))


async def _settle(intent: Intent, item: Item, seen: Context) -> None:
    state = seen.house.state
    found = await look_up(seen, item, intent.siblings, sent=intent.at)
    if found is None:
        state.drop(intent.key)
        return
    applied = Applied(intent.kind, intent.key, found.id, intent.fields, found.refs, found.rung)
    applied = half_made(applied) if takes_several(item) else applied
    before = seen.applied.get(intent.key)
    if before is not None and before.rung and before.id != found.id:  # its stand-in is there still
        applied = replace(applied, refs={**applied.refs, REPLACES: removable(before)})
    state.settle(applied)
    seen.applied[intent.key] = applied
    learn(seen.addresses, [applied])


def _home_is_known(item: Item, seen: Context) -> bool:
    """Whether the place that the item was to be made in exists; else the item cannot exist either."""
    match item:
        case Page(parent=place) | Section(page=place) | Database(page=place):
            return place == "" or seen.addresses.knows(place)
        case View(database=database):
            return seen.addresses.knows(database)
    return False


async def settle_row_intents(database: Database, seen: Context) -> None:
    """Rows that were about to be made: shown by the scan, or looked up again, because a query may lag."""
    rows = {r.key: r for r in seen.workspace.rows if r.database == database.key}
    pending = [(intent, rows[intent.key]) for intent in seen.house.state.intents() if intent.key in rows]
    await asyncio.gather(*(_settle_row(intent, row, seen) for intent, row in pending))


async def _settle_row(intent: Intent, row: Row, seen: Context) -> None:
    state = seen.house.state
    if intent.key not in seen.live:
        found = await look_up(seen, row, (), sent=intent.at)
        if found is None:
            state.drop(intent.key)
            return
        seen.live[intent.key] = Seen(found.id)
        seen.addresses.learn(intent.key, found.id)
    applied = Applied(intent.kind, intent.key, seen.live[intent.key].id, intent.fields)
    seen.applied[intent.key] = half_made(applied) if takes_several(row) else applied
    state.settle(seen.applied[intent.key])
