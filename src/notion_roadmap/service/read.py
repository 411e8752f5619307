"""Reading in full what no listing shows: bodies and view configurations, of those few that could have to change."""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from dataclasses import replace

from notion_roadmap.plan.compare import to_read
from notion_roadmap.plan.weave import is_woven
from notion_roadmap.service.bodies import body_of, known_blocks, lived_of, section_of
from notion_roadmap.service.context import Context
from notion_roadmap.service.stand_ins import stand_ins
from notion_roadmap.service.unfinished import WRITING, added_since, as_left
from notion_roadmap.service.woven import compared
from notion_roadmap.workspace.canonical import JSON
from notion_roadmap.workspace.items import Kind, Page, Row, Section, Workspace
from notion_roadmap.workspace.observed import Applied, Seen


async def read_in_full(seen: Context, wished: Workspace, *, known: Collection[str] = ()) -> None:
    """Read what `wished` makes worth reading, if it is there; what is `known`, by key, is not asked for again."""
    sections = {s.key: s for s in seen.workspace.sections}
    bodies = {**{page.key: page.body for page in wished.pages}, **{row.key: row.body for row in wished.rows}}
    woven = {key: body for key, body in bodies.items() if is_woven(body)}

    async def read(key: str) -> None:
        there = seen.live[key]
        if seen.applied[key].kind is Kind.VIEW:
            seen.live[key] = await _view_as_left(seen, key, there)
        elif isinstance(there.item, Row | Page) and key in woven:
            live = seen.lived[key] = seen.lived.get(key) or await lived_of(seen, there.id)
            seen.applied[key], seen.live[key] = compared(seen.applied[key], there, live, woven[key])
        elif isinstance(there.item, Row | Page):
            placed = await body_of(seen, there.id)
            body = tuple(one.block for one in placed)
            seen.live[key] = replace(there, item=replace(there.item, body=body))
            if WRITING in seen.applied[key].refs and there.edited_by_us and all(one.by_us for one in placed):
                seen.applied[key] = as_left(seen.applied[key], "body", body)
        elif key in sections:
            seen.live[key] = await _section(seen, sections[key], there)

    # What a run that was cut short was writing may be anything by now, whatever the state says of it.
    wanted = to_read(wished, seen.applied) | {key for key, one in seen.applied.items() if WRITING in one.refs}
    wanted -= {key for key in known if key not in seen.lived}
    await asyncio.gather(*(read(k) for k in sorted(wanted) if k in seen.live and not seen.live[k].trashed))


async def _section(seen: Context, section: Section, there: Seen) -> Seen:
    one, on_page = seen.applied[section.key], await seen.house.gateway.blocks(seen.page_id(section.page))
    own = set(one.refs.get("blocks", "").split())
    untouched = True
    if WRITING in one.refs:
        own |= added_since(one, on_page, known_blocks(seen))
        one = replace(one, refs={**one.refs, "blocks": " ".join(b.id for b in on_page if b.id in own)})
        untouched = all(b.edited_by_us for b in on_page if b.id in own)
    blocks = tuple(placed.block for placed in await section_of(seen, on_page, own))
    if WRITING in one.refs and untouched:
        seen.applied[section.key] = as_left(one, "blocks", blocks)
    return replace(there, item=replace(section, blocks=blocks))


async def _view_as_left(seen: Context, key: str, there: Seen) -> Seen:
    """Notion tells a view in more words than we wish one in, so it is compared with the answer that we got then."""
    live = await seen.house.gateway.view(there.id, seen.addresses)
    if live is None:
        return replace(there, trashed=True)
    before = seen.applied[key]
    as_left = before.refs.get("shown") == live.shown
    edited: JSON = {"is": "edited", "shown": live.shown}
    configuration = before.fields.get("configuration") if as_left else edited
    return replace(there, fields={"name": live.name, "configuration": configuration})


async def untouched_stand_ins(seen: Context) -> frozenset[str]:
    """Keys of the views that Notion granted less of, and that the owner left as they are; those that they changed stay,
    and it is said."""
    there = [one for one in stand_ins(seen.applied.values()) if one.key in seen.live]
    left = await asyncio.gather(*(_is_left(seen, one) for one in there))
    edited = [one.key for one, is_left in zip(there, left, strict=True) if not is_left]
    seen.warnings += [f"{key} is not tried again: you changed what stands in its place." for key in edited]
    return frozenset(one.key for one in there).difference(edited)


async def _is_left(seen: Context, one: Applied) -> bool:
    """Whether a view is as we left it. Where the state was lost: whether nobody changed it after us."""
    live = await seen.house.gateway.view(one.id, seen.addresses)
    if live is None or live.name != one.fields.get("name"):
        return False
    return live.shown == one.refs["shown"] if "shown" in one.refs else live.edited_by_us
