"""Finding what is ours when nothing here remembers it: by the manifest, by markers, by names last.

Search is never used for identity: its index lags (https://developers.notion.com/reference/search-optimizations-and-limitations).
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass

from notion_roadmap.service.house import House
from notion_roadmap.service.manifest import MANIFEST, Manifest, read_manifest
from notion_roadmap.service.strays import moved_pages
from notion_roadmap.workspace.addresses import Addresses
from notion_roadmap.workspace.answers import SeenBlock
from notion_roadmap.workspace.items import ROOT, Database, Page, Workspace, marker
from notion_roadmap.workspace.views import OnPage, Tab, View, Widget, rung_of


@dataclass(frozen=True, slots=True)
class Root:
    """The root page, and what Notion remembers of how it was made."""

    id: str
    manifest: Manifest | None


async def find_root(house: House, roadmap: str, title: str, candidates: Iterable[SeenBlock]) -> Root | None:
    """The root page of a roadmap among the child pages of the owner's page, by its marker.

    Pages of the right title are looked into first; the others too, because the owner may have renamed it. Where the
    marker on the page itself is gone, one on a page that stands on it will do.

    Args:
        roadmap: the roadmap's key.
        candidates: the blocks of the owner's page.
    """
    pages = [b for b in candidates if b.type == "child_page" and not b.trashed]
    for page in sorted(pages, key=lambda b: b.title != title):
        blocks = await house.gateway.blocks(page.id)
        inner = [b.id for b in blocks if b.type == "child_page" and not b.trashed]
        if _carries(roadmap, blocks):
            return Root(page.id, await _manifest_on(house, inner))
        for child in inner:
            if _carries(roadmap, await house.gateway.blocks(child)):
                return Root(page.id, await _manifest_on(house, inner))
    return None


def _carries(roadmap: str, blocks: Iterable[SeenBlock]) -> bool:
    """Whether one of these blocks carries a marker of this roadmap."""
    return any(marker(roadmap, "") in b.text.plain for b in blocks)


async def _manifest_on(house: House, pages: Iterable[str]) -> Manifest | None:
    for page in pages:
        code = [b.text.plain for b in await house.gateway.blocks(page) if b.type == "code"]
        if (manifest := read_manifest(code)) is not None:
            return manifest
    return None


@dataclass(frozen=True, slots=True)
class Recovered:
    """What Notion itself remembers of us.

    Args:
        sections: ids of the blocks of each section that was found, by its key.
        manifest: as it stands there; None when there is none.
        rungs: of views that are plainer than wished, which rung of their ladder stands there.
    """

    addresses: Addresses
    sections: dict[str, tuple[str, ...]]
    manifest: Manifest | None
    rungs: dict[str, int]


async def recover(house: House, workspace: Workspace, root: Root) -> Recovered:
    """The ids of pages, databases, views and properties of ours below a root page that was just found."""
    found, sections = Addresses(), dict[str, tuple[str, ...]]()
    found.learn(ROOT, root.id)
    containers: list[str] = []
    manifest: Manifest | None = None
    waiting = [ROOT]
    while waiting:
        key = waiting.pop(0)
        blocks = await house.gateway.blocks(found.ids[key])
        for block in blocks:
            told = read_manifest([block.text.plain]) if block.type == "code" else None
            if told is not None and manifest is None:
                manifest = told
                found.learn(MANIFEST, block.id)
        page = next(p for p in workspace.pages if p.key == key)
        found.anchors.update({f"{key}#{name}": i for name, i in anchors_of(page, blocks).items()})
        sections |= _sections(workspace, key, blocks)
        containers += [b.id for b in blocks if b.type == "child_database"]
        waiting += await _child_pages(house, workspace, key, blocks, found)
        if not waiting and not all(found.knows(p.key) for p in workspace.pages):
            await _by_marker(house, workspace, containers, found)
            waiting += await moved_pages(house, workspace, found)
    if manifest is not None:
        await _trust(house, workspace, manifest, found)
    await _by_marker(house, workspace, containers, found)
    rungs = dict(manifest.stand_ins) if manifest is not None else {}
    rungs |= await _views_by_name(house, workspace, containers, found)
    for key, ids in sections.items():
        found.learn(key, ids[0])
    return Recovered(found, sections, manifest, rungs)


def anchors_of(page: Page, blocks: Iterable[SeenBlock]) -> dict[str, str]:
    """The ids of a page's anchored blocks, known by kind and words; those that the owner changed stay unknown."""
    there = list(blocks)
    found: dict[str, str] = {}
    for wish in page.body:
        match = next((b for b in there if b.type == wish.type and b.text.plain == wish.text.plain), None)
        if wish.anchor and match is not None:
            found[wish.anchor] = match.id
    return found


def _sections(workspace: Workspace, key: str, blocks: tuple[SeenBlock, ...]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for section in workspace.sections:
        first = section.blocks[0]
        for place, block in enumerate(blocks):
            if section.page == key and block.type == first.type and block.text.plain == first.text.plain:
                found[section.key] = tuple(b.id for b in blocks[place : place + len(section.blocks)])
                break
    return found


async def _child_pages(
    house: House, workspace: Workspace, key: str, blocks: tuple[SeenBlock, ...], found: Addresses
) -> list[str]:
    """Keys of our pages on this page: by their title, or by their marker where the owner renamed them."""
    children = [b for b in blocks if b.type == "child_page" and not b.trashed]
    wishes = [p for p in workspace.pages if p.parent == key]
    for wish in wishes:
        match = next((b for b in children if b.title == wish.title), None)
        if match is None:
            match = await _by_page_marker(house, marker(workspace.key, wish.key), children)
        if match is not None:
            found.learn(wish.key, match.id)
            children.remove(match)
    return [w.key for w in wishes if found.knows(w.key)]


async def _by_page_marker(house: House, wanted: str, pages: Iterable[SeenBlock]) -> SeenBlock | None:
    for page in pages:
        if any(wanted in b.text.plain for b in await house.gateway.blocks(page.id)):
            return page
    return None


async def _trust(house: House, workspace: Workspace, manifest: Manifest, addresses: Addresses) -> None:
    """Take what the manifest says of what still exists, databases wherever the owner moved them."""

    async def look(key: str, identifier: str) -> None:
        if await house.gateway.database(identifier) is not None:
            addresses.learn(key, identifier)
            if key in manifest.sources:
                addresses.sources[key] = manifest.sources[key]

    await asyncio.gather(*(look(key, identifier) for key, identifier in manifest.databases.items()))
    gone = await _gone(house, workspace, manifest, addresses)
    for key, identifier in {**manifest.views, **manifest.properties}.items():
        if key not in gone:
            addresses.learn(key, identifier)


async def _gone(house: House, workspace: Workspace, manifest: Manifest, addresses: Addresses) -> frozenset[str]:
    """Keys of views that are not there any more: another one may bear their name since, made by a run that was cut
    short before it told the manifest."""
    databases = [addresses.ids[key] for key in manifest.databases if addresses.knows(key)]
    listed = await asyncio.gather(*(house.gateway.view_ids(identifier) for identifier in databases))
    tabs = {identifier for ids in listed for identifier in ids}

    async def is_gone(view: View) -> bool:
        identifier = manifest.views[view.key]
        if isinstance(view.place, Tab):
            return identifier not in tabs
        return await house.gateway.view(identifier, addresses) is None

    told = [view for view in workspace.views if view.key in manifest.views]
    return frozenset(v.key for v, gone in zip(told, await asyncio.gather(*map(is_gone, told)), strict=True) if gone)


async def _by_marker(house: House, workspace: Workspace, containers: list[str], addresses: Addresses) -> None:
    missing = [d for d in workspace.databases if not addresses.knows(d.key)]
    if not missing:
        return
    known = set(addresses.ids.values())

    async def look(identifier: str) -> None:
        database = await house.gateway.database(identifier)
        if database is None or database.trashed:
            return
        for wish in missing:
            if marker(workspace.key, wish.key) in database.description and not addresses.knows(wish.key):
                addresses.learn(wish.key, identifier)
                addresses.sources[wish.key] = database.sources[0]

    await asyncio.gather(*(look(i) for i in containers if i not in known))


async def _views_by_name(
    house: House, workspace: Workspace, containers: list[str], addresses: Addresses
) -> dict[str, int]:
    """Views that no manifest names: the tabs of our databases and the linked views on our pages, by their names; the
    rungs that they stand on."""
    rungs: dict[str, int] = {}
    missing = [v for v in workspace.views if not addresses.knows(v.key)]
    if not missing:
        return rungs
    known = set(addresses.ids.values())
    of_database: dict[str, Database] = {addresses.ids[d.key]: d for d in workspace.databases if addresses.knows(d.key)}

    async def look(container: str) -> None:
        for identifier in await house.gateway.view_ids(container):
            if identifier in known:
                continue
            view = await house.gateway.view(identifier, addresses)
            own = of_database.get(container)
            fits = (w for w in missing if view is not None and not addresses.knows(w.key) and w.name == view.name)
            for wish in fits:
                # Views of several databases may bear one name ("Today").
                is_tab = own is not None and own.key == wish.database and isinstance(wish.place, Tab)
                shows = view is not None and view.source_id == addresses.sources.get(wish.database)
                if is_tab or (own is None and isinstance(wish.place, OnPage) and shows):
                    addresses.learn(wish.key, identifier)
                    rungs[wish.key] = rung_of(wish, view.layout) if view is not None else 0
                    break

    await asyncio.gather(*(look(c) for c in containers))
    await _widgets_by_name(house, missing, addresses)
    return rungs


async def _widgets_by_name(house: House, missing: Iterable[View], addresses: Addresses) -> None:
    """The widgets of our dashboards: no list of views has them, only the dashboard itself."""
    wishes = [(v, v.place.dashboard) for v in missing if isinstance(v.place, Widget) and not addresses.knows(v.key)]
    for dashboard in sorted({dashboard for _, dashboard in wishes if addresses.knows(dashboard)}):
        there = await house.gateway.view(addresses.ids[dashboard], addresses)
        for identifier in there.widgets if there is not None else ():
            widget = await house.gateway.view(identifier, addresses)
            names = {v.name: v for v, home in wishes if home == dashboard and not addresses.knows(v.key)}
            if widget is not None and widget.name in names:
                addresses.learn(names[widget.name].key, identifier)
