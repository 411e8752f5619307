"""Looking: what is there now, by what we remember, and by markers and keys where we remember nothing.

Absence is never guessed: a row that a whole scan did not show is asked for by its id, and a scan that was cut short
means nothing at all.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from notion_roadmap.errors import NotFound, UserError
from notion_roadmap.service.context import Context
from notion_roadmap.service.find import Root, find_root, recover
from notion_roadmap.service.house import House
from notion_roadmap.service.look import look_at_databases, look_at_dropped, look_at_pages, look_at_views
from notion_roadmap.service.read import read_in_full
from notion_roadmap.service.settle import learn, settle_intents
from notion_roadmap.workspace.answers import SeenBlock
from notion_roadmap.workspace.items import ROOT, Workspace


class ParentUnreachable(UserError):
    """The page that everything is put on cannot be used."""


@dataclass(frozen=True)
class Arrival:
    """What is known before anything is wished for.

    Args:
        root: the root page that was found because nothing here remembers one; None otherwise.
        parent_blocks: ids of what stands on the owner's page, () when there was no need to look.
        latency_seconds: how long Notion took to answer.
    """

    root: Root | None
    parent_blocks: tuple[str, ...]
    latency_seconds: float


NOWHERE = Arrival(None, (), 0.0)
"""Where the state knows the workspace, nothing has to be found."""


async def arrive(house: House, roadmap: str, title: str) -> Arrival:
    """Check token and page, bind the state to the workspace, and look for what it does not remember.

    Raises ParentUnreachable, NotionError, StateOfAnotherWorkspace.
    """
    began = house.clock.monotonic()
    is_known = ROOT in house.state.all()
    me, parent, standing = await asyncio.gather(
        house.gateway.me(), house.gateway.page(house.parent_page_id), _standing(house, is_known)
    )
    latency = house.clock.monotonic() - began
    if parent is None or parent.trashed:
        await _explain_parent(house, me.name, trashed=parent is not None)
    house.state.claim({"place": house.place, "workspace": me.workspace_id, "parent": house.parent_page_id})
    if is_known:
        return Arrival(None, (), latency)
    blocks = standing if standing is not None else await house.gateway.blocks(house.parent_page_id)
    root = None if any(i.key == ROOT for i in house.state.intents()) else await find_root(house, roadmap, title, blocks)
    return Arrival(root, tuple(b.id for b in blocks), latency)


async def _standing(house: House, is_known: bool) -> tuple[SeenBlock, ...] | None:
    """What stands on the owner's page; None when there is no need to look, or when the page is not to be seen."""
    try:
        return None if is_known else await house.gateway.blocks(house.parent_page_id)
    except NotFound:
        return None


Wish = Callable[[Context], Awaitable[Workspace]]
"""What is wished for once it is known what is there."""


async def observe(house: House, workspace: Workspace, arrival: Arrival, wish: Wish | None = None) -> Context:
    """Look at everything that the plan must know. Sends reads only.

    Args:
        workspace: which pages, databases and columns there are to look at.
        wish: the workspace that is wished for where something stands already: its numbers follow from what is there.
    """
    seen = Context(house, workspace, house.state.all(), latency_seconds=arrival.latency_seconds)
    seen.siblings[""] = arrival.parent_blocks
    learn(seen.addresses, seen.applied.values())
    await settle_intents(seen)
    if arrival.root is not None:
        found = await recover(house, workspace, arrival.root)
        seen.addresses, seen.sections = found.addresses, found.sections
        seen.manifest, seen.rungs = found.manifest, found.rungs
    if not seen.addresses.knows(ROOT):
        return seen
    await look_at_pages(seen)
    await look_at_databases(seen)
    if wish is not None:
        seen.workspace = await wish(seen)
    await look_at_views(seen)
    await look_at_dropped(seen)
    await read_in_full(seen, seen.workspace)
    return seen


async def _explain_parent(house: House, integration: str, *, trashed: bool) -> None:
    page = house.parent_page_id
    if trashed:
        raise ParentUnreachable(f"The parent page {page} is in the trash", hint="Restore it in Notion, then run again")
    if await house.gateway.database(page) is not None:
        raise ParentUnreachable(
            f"NOTION_PARENT_PAGE {page} is a database, and a roadmap is put on a page",
            hint="Give the URL of a page",
        )
    raise ParentUnreachable(
        f"Notion does not show the page {page} to the connection {integration!r}",
        hint="Open the page in Notion, choose ••• > Connections and add the connection, then run again",
    )
