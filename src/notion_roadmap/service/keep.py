"""Keeping the manifest: written last, when all ids are known, and changed in place when one of them changes."""

from __future__ import annotations

from notion_roadmap.errors import ItemRefused, NotFound
from notion_roadmap.plan.fields import base
from notion_roadmap.service.context import Context
from notion_roadmap.service.lookup import Found
from notion_roadmap.service.manifest import MANIFEST, manifest_block, manifest_of, read_manifest
from notion_roadmap.service.perform import Performer
from notion_roadmap.workspace.items import ROOT, Section, Workspace


def manifest_page(workspace: Workspace) -> str:
    """Key of the page that the manifest stands on: the data page, or the root page where there is none."""
    return "data" if any(p.key == "data" for p in workspace.pages) else ROOT


async def keep_manifest(context: Context, performer: Performer, *, append: bool = True) -> None:
    """Bring the manifest up to date. Sends nothing when it is.

    Args:
        append: whether it may be added where there is none yet.
    """
    manifest = manifest_of(context.workspace, context.applied)
    section = Section(MANIFEST, manifest_page(context.workspace), (manifest_block(manifest),))
    before = context.applied.get(MANIFEST)
    if before is not None and before.fields == base(section):
        return
    page = context.live.get(section.page)
    if page is not None and page.trashed:
        return
    if page is not None and not context.addresses.knows(MANIFEST):
        await _find(context, section.page)
    if context.addresses.knows(MANIFEST):
        identifier = context.addresses.ids[MANIFEST]
        if before is None and context.manifest == manifest:  # the state was lost, and what it says there still holds
            performer.settle(section, Found(identifier, {"blocks": identifier}))
            return
        try:
            await context.house.gateway.update_block(identifier, section.blocks[0])
        except ItemRefused as refusal:  # the owner removed it, or the page that it stood on
            if not isinstance(refusal, NotFound) and "archived" not in refusal.what:
                raise
        else:
            performer.settle(section, Found(identifier, {"blocks": identifier}))
            return
    if append:
        await performer.append_section(section)


async def _find(context: Context, page: str) -> None:
    """A run that was cut short, or that found everything anew, may have left it unrecorded."""
    for block in await context.house.gateway.blocks(context.addresses.ids[page]):
        if block.type == "code" and read_manifest([block.text.plain]) is not None:
            context.addresses.learn(MANIFEST, block.id)
