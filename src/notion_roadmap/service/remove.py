"""Removing a roadmap: the same movement with nothing wished for.

What is ours and untouched goes to the trash; what the owner edited goes only when that is asked for; what is theirs
stays, and so does whatever holds it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from notion_roadmap.blueprint.build import build
from notion_roadmap.plan.changes import Action, Plan
from notion_roadmap.plan.compare import compare
from notion_roadmap.plan.steps import Step, steps_of
from notion_roadmap.roadmap import Roadmap
from notion_roadmap.service.bodies import body_of
from notion_roadmap.service.choose import Asked, choose
from notion_roadmap.service.context import Context
from notion_roadmap.service.execute import Executor
from notion_roadmap.service.house import House
from notion_roadmap.service.life import first_life
from notion_roadmap.service.observe import arrive, observe
from notion_roadmap.service.perform import Performer
from notion_roadmap.service.read import read_in_full
from notion_roadmap.service.seed import Progress
from notion_roadmap.workspace.canonical import canonical
from notion_roadmap.workspace.items import ROOT


@dataclass(frozen=True)
class Removal:
    """What would go to the trash, and what would stay and why."""

    context: Context
    plan: Plan
    steps: tuple[Step, ...]

    @property
    def edited(self) -> tuple[str, ...]:
        """Keys of what stays because the owner edited it, with the reason."""
        return tuple(f"{c.key}: {c.why}" for c in self.plan.of(Action.KEEP))


class Remover:
    """Takes one roadmap out of a workspace."""

    def __init__(self, house: House) -> None:
        self._house = house

    async def prepare(self, roadmap: Roadmap, *, including_edited: bool = False) -> Removal:
        """Look and plan. Sends reads only."""
        arrival = await arrive(self._house, roadmap.key, roadmap.title)
        choices = choose(self._house, arrival, Asked())
        workspace = build(roadmap, choices, first_life(roadmap, choices))
        context = await observe(self._house, workspace, arrival)
        known = compare(workspace, context.applied, context.live, twins=context.twins)
        for key, found in known.records.items():  # what was recorded stays: numbers have moved on since the first day
            before = context.applied.get(key)
            context.applied[key] = replace(before, id=found.id, refs=found.refs) if before is not None else found
        nothing = replace(workspace, pages=(), sections=(), databases=(), views=(), rows=())
        await read_in_full(context, nothing)
        occupied = await _occupied(context)
        plan = compare(nothing, context.applied, context.live, occupied=occupied, trash_edited=including_edited)
        return Removal(context, plan, steps_of(plan, nothing))

    async def apply(self, removal: Removal, *, progress: Callable[[Progress], None]) -> dict[str, object]:
        """Put it into the trash; the shape of `remove --json`."""
        done = 0

        def report(step: Step) -> None:
            nonlocal done
            done += 1
            progress(Progress(done, len(removal.steps), step.key))

        performer = Performer(removal.context, {})
        execution = await Executor(removal.steps, performer, report, self._house.gateway.left).run()
        gone = _with_what_they_hold(removal.plan, {c.key for s in execution.done for c in s.changes})
        self._house.state.forget(*gone)
        if ROOT in gone:  # a later seed begins anew, on a day of its own, also with what the owner had removed before
            self._house.state.clear()
        return {
            "outcome": "failed" if execution.stopped else "partial" if execution.skipped else "done",
            "trashed": sorted(gone),
            "kept": list(removal.edited),
            "skipped": [{"key": k, "why": w} for k, w in sorted(execution.skipped.items())],
        }


def _with_what_they_hold(plan: Plan, trashed: set[str]) -> set[str]:
    """These keys, and those of everything that went to the trash with them, at any depth."""
    gone = set(trashed)
    while more := {c.key for c in plan.of(Action.TRASH) if c.within in gone} - gone:
        gone |= more
    return gone


async def _occupied(context: Context) -> frozenset[str]:
    """Keys of our pages and databases that hold something that is not ours: rows, columns, pages, blocks."""
    found = {key for key, rows in context.foreign_rows.items() if rows}
    found |= {key for key, columns in context.foreign_columns.items() if columns}
    for page in context.workspace.pages:
        if page.key in context.live and not context.live[page.key].trashed:
            ours = context.applied[page.key].fields.get("body")
            known = [canonical(block) for block in ours] if isinstance(ours, list) else []
            body = await body_of(context, context.addresses.ids[page.key])
            if any(canonical(replace(block, anchor="")) not in known for block in (placed.block for placed in body)):
                found.add(page.key)
    return frozenset(found)
