"""How many requests each step sends: what stands there decides it, and a plan alone does not know it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from notion_roadmap.plan.bodies import BodyEdit, body_edits
from notion_roadmap.plan.changes import Change
from notion_roadmap.plan.steps import Step, Work
from notion_roadmap.plan.weave import is_woven, weave
from notion_roadmap.service.context import Context
from notion_roadmap.service.edit import ids_of
from notion_roadmap.service.woven import written_in
from notion_roadmap.workspace.blocks import Block, children_along, requests_to_append
from notion_roadmap.workspace.items import Kind, Page, Row, Section
from notion_roadmap.workspace.limits import CHILDREN
from notion_roadmap.workspace.properties import Property
from notion_roadmap.workspace.views import View


def priced(steps: Iterable[Step], context: Context) -> tuple[Step, ...]:
    """The steps, with the requests that each of them sends when nothing goes wrong, or a few more."""
    return tuple(replace(step, requests=step.requests + _more(step, context)) for step in steps)


def _more(step: Step, context: Context) -> int:
    """Requests beyond those that the plan knows of."""
    match step.work:
        case Work.UPDATE:
            return _changing(step.changes[0], context) - step.requests
        case Work.TRASH:
            return len(ids_of(context, step.changes[0])) - 1
        case Work.TAKE_DEFAULT_VIEW | Work.CREATE_VIEW if isinstance(step.subject, View):
            rung = context.applied[step.subject.key].rung if step.subject.key in context.live else 0
            if rung:  # as often as it may be refused, and once for what goes when it is granted
                return rung
            return _unclaimed(step.subject, context) if step.work is Work.TAKE_DEFAULT_VIEW else 0
        case Work.CREATE_PAGE | Work.CREATE_ROW if isinstance(step.subject, Page | Row):
            body = step.subject.body
            return _looks(body) + (requests_to_append(body) > _arrays(body))  # no answer tells a new page's blocks
        case Work.APPEND_SECTION if isinstance(step.subject, Section):
            return _looks(step.subject.blocks)
    return 0


def _changing(change: Change, context: Context) -> int:
    names = set(change.names)
    match change.item:
        case Property():  # options and descriptions are added to what is there, which is read before
            return 2 if names & {"options", "description"} else 1
        case Page(body=wanted) | Row(body=wanted) if "body" in names:
            return _body(change, wanted, context) + (names != {"body"})
        case Section(blocks=wanted):  # what stands there is noted before anything is written
            return 1 + _rewriting(_live(change.key, context), wanted)
    return 1


def _body(change: Change, wanted: tuple[Block, ...], context: Context) -> int:
    if is_woven(wanted) and change.key in context.lived:
        lived = context.lived[change.key]
        woven = weave(written_in(context.applied[change.key]), lived, wanted)
        return _reading(tuple(one.block for one in lived if one.block is not None)) + _sending(woven.edits)
    return _rewriting(_live(change.key, context), wanted)


def _rewriting(live: tuple[Block, ...], wanted: tuple[Block, ...]) -> int:
    edits = body_edits([(str(number), block) for number, block in enumerate(live)], wanted)
    return _reading(live) + _sending(edits)


def _live(key: str, context: Context) -> tuple[Block, ...]:
    """The body that was read when the plan was made."""
    match context.live[key].item:
        case Page(body=body) | Row(body=body) | Section(blocks=body):
            return tuple(body)
    return ()


def _arrays(blocks: Sequence[Block]) -> int:
    return -(-len(blocks) // CHILDREN)


def _reading(blocks: Sequence[Block]) -> int:
    """100 of each array, one level at a time. https://developers.notion.com/reference/get-block-children"""
    return max(1, _arrays(blocks)) + sum(_reading(block.children) for block in blocks if block.children)


def _sending(edits: Iterable[BodyEdit]) -> int:
    added = sum(requests_to_append(one.insert) + _looks(one.insert) for one in edits if not one.change)
    return added + sum(bool(one.change) + bool(one.delete) for one in edits)


def _looks(blocks: Sequence[Block]) -> int:
    """A request puts two levels: before a third can be put below them the ids of the second are looked up. What goes
    below a block in a request of its own needs no look: its place is known."""
    return sum(_looks_below(block) for block in blocks)


def _looks_below(block: Block) -> int:
    along = children_along(block)
    now, after = block.children[:along], block.children[along:]
    deep = any(child.children for child in now)
    return deep + sum(_looks(child.children) for child in now) + _looks(after)


def _unclaimed(view: View, context: Context) -> int:
    """In a database that stands, each view that is not ours may be the table that Notion made: it is looked at."""
    claimed = {one.id for one in context.applied.values() if one.kind is Kind.VIEW}
    return len(set(context.siblings.get(view.database, ())) - claimed)
