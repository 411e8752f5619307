"""Restoring: what a backup has and Notion has not comes back, by the same steps as in a seed.

What is in the trash is taken out of it, as it was when it got there; what is not is made again as the backup says. What
is there stays as it is, unless the backup is asked to win.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace

from notion_roadmap.blueprint import build
from notion_roadmap.errors import UserError
from notion_roadmap.plan.changes import WRITES, Action
from notion_roadmap.plan.steps import Step, Work, steps_of
from notion_roadmap.roadmap import Roadmap
from notion_roadmap.service.backup import Backup, KeptRow, back_up, kept_row
from notion_roadmap.service.choose import Asked, choose
from notion_roadmap.service.context import Context
from notion_roadmap.service.execute import Execution, Executor
from notion_roadmap.service.house import House
from notion_roadmap.service.life import first_life
from notion_roadmap.service.lookup import Found
from notion_roadmap.service.observe import NOWHERE
from notion_roadmap.service.perform import Performer
from notion_roadmap.service.restoration import Comparison, Restoration, Whereabouts, name_of, with_own_columns
from notion_roadmap.service.seed import Outcome
from notion_roadmap.service.settle import learn
from notion_roadmap.service.whereabouts import whereabouts
from notion_roadmap.workspace.columns import Columns
from notion_roadmap.workspace.items import Item, Row
from notion_roadmap.workspace.observed import Applied
from notion_roadmap.workspace.properties import COMPUTED


class AnotherRoadmap(UserError):
    """The backup is of another roadmap than the one that was named."""

    def __init__(self, roadmap: str, backup: str) -> None:
        self.roadmap, self.backup = roadmap, backup
        super().__init__(f"The backup is of {backup}, not of {roadmap}", hint="Name the template that it was made of")


@dataclass(frozen=True)
class Prepared:
    """What a restore would do."""

    restoration: Restoration
    context: Context
    steps: tuple[Step, ...]
    wished: Mapping[str, Row]

    @property
    def changes(self) -> int:
        """How many rows would be written."""
        return len(self.restoration.plan.writes)


@dataclass
class Restored:
    """What a restore did. `as_dict` is the contract of `restore --json`.

    Args:
        restored: names of the rows that came back, `overwritten` of those whose values did.
        kept: of those that stay as they are although the backup has them otherwise, with the reason.
    """

    outcome: Outcome
    stopped: UserError | None = None
    restored: list[str] = field(default_factory=list)
    overwritten: list[str] = field(default_factory=list)
    kept: list[dict[str, str]] = field(default_factory=list)
    skipped: list[dict[str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def as_dict(self) -> dict[str, object]:
        """For JSON."""
        return {
            "outcome": self.outcome,
            "restored": self.restored,
            "overwritten": self.overwritten,
            "kept": self.kept,
            "skipped": self.skipped,
            "notes": self.notes,
        }


class Restorer:
    """Brings back what a backup holds."""

    def __init__(self, house: House) -> None:
        self._house = house

    async def prepare(self, roadmap: Roadmap, backup: Backup, *, overwrite: bool = False) -> Prepared:
        """Look and compare. Sends reads only. Raises AnotherRoadmap, and what a backup raises."""
        if backup.roadmap != roadmap.key:
            raise AnotherRoadmap(roadmap.key, backup.roadmap)
        live = await back_up(self._house, roadmap)
        choices = choose(self._house, NOWHERE, Asked())
        wished = build(roadmap, choices, first_life(roadmap, choices))
        workspace = with_own_columns(wished, live)
        context = Context(self._house, workspace, self._house.state.all())
        learn(context.addresses, context.applied.values())
        for database in live.databases:
            there = {one.key: one.column for one in database.columns if one.column.type not in COMPUTED}
            context.columns[database.key] = Columns(there)
            for row in (row for row in database.rows if row.key):
                context.addresses.learn(row.key, row.id)
        comparison = Comparison(backup, live, workspace, overwrite=overwrite)
        places = await self._whereabouts(comparison, context)
        trashed = await self._trashed(comparison, places, context)
        restoration = replace(comparison, whereabouts=places, trashed=trashed).restoration()
        steps = steps_of(restoration.plan, workspace)
        return Prepared(restoration, context, steps, {row.key: row for row in wished.rows})

    async def _whereabouts(self, comparison: Comparison, context: Context) -> dict[str, Whereabouts]:
        async def find(database: str, row: KeptRow) -> tuple[str, Whereabouts]:
            homes = (context.addresses.sources[database], context.addresses.ids[database])
            gone = await whereabouts(self._house.gateway, row.id, homes)
            return name_of(row), _PLACES.get(gone, "gone")

        missing = list(comparison.missing())
        return dict(await asyncio.gather(*(find(database.key, row) for database, row in missing)))

    async def _trashed(
        self, comparison: Comparison, places: Mapping[str, Whereabouts], context: Context
    ) -> dict[str, KeptRow]:
        """The missing rows that are in the trash, as they are there."""

        async def look(database: str, row: KeptRow) -> tuple[str, Item | None]:
            columns, key = context.columns[database], f"{database}.key"
            seen = await self._house.gateway.row(row.id, columns, context.addresses, key)
            return name_of(row), seen.item if seen is not None else None

        missing = [(database.key, row) for database, row in comparison.missing() if places[name_of(row)] == "trash"]
        found = await asyncio.gather(*(look(database, row) for database, row in missing))
        ids = {name_of(row): row.id for _, row in missing}
        return {name: kept_row(ids[name], item) for name, item in found if isinstance(item, Row)}

    async def apply(self, prepared: Prepared, *, report: Callable[[Step], None] = lambda _: None) -> Restored:
        """Carry it out. Never raises for one item: what could not be done is in the result, with its reason."""
        performer = _Maker(prepared.context, prepared.wished)
        whole = Execution()
        try:
            for works in _WAVES:
                steps = [step for step in prepared.steps if step.work in works]
                one = await Executor(steps, performer, report, self._house.gateway.left).run()
                whole.done += one.done
                whole.skipped |= one.skipped
                if one.stopped is not None:
                    whole.stopped = one.stopped
                    break
        finally:
            self._house.state.save_spending(self._house.gateway.spent())
        return _result(prepared, whole)


_PLACES: Mapping[str, Whereabouts] = {"trashed": "trash", "moved": "elsewhere"}

_WAVES = (frozenset({Work.RESTORE}), frozenset({Work.CREATE_ROW}), frozenset({Work.UPDATE}))
"""What others point at comes first."""


class _Maker(Performer):
    """Makes rows as the backup says, and records them as the template does: what the owner had made of a value is the
    owner's from the first moment on. Of rows of the owner's own nothing is recorded.
    """

    def __init__(self, context: Context, wished: Mapping[str, Row]) -> None:
        super().__init__(context, {})
        self._wished = wished

    async def create(self, item: Item, place: str, send: Callable[[], Awaitable[Found]]) -> Found:
        before = self._context.applied.get(item.key)
        if item.key.startswith("id:"):
            return await send()
        found = await super().create(self._wished.get(item.key, item), place, send)
        self._forget(before, found)
        return found

    def _forget(self, before: Applied | None, found: Found) -> None:
        """The row that it was made in place of does not count beside it."""
        if before is not None and before.id != found.id:
            self._state.absorb(before.key.partition("/")[0], (), gone=(before.id,))


def _result(prepared: Prepared, execution: Execution) -> Restored:
    done = [change for step in execution.done for change in step.changes]
    told = {step.key: [change.key for change in step.changes] for step in prepared.steps}
    skipped = [
        {"key": key, "why": why} for step, why in sorted(execution.skipped.items()) for key in told.get(step, [step])
    ]
    return Restored(
        "failed" if execution.stopped else "partial" if skipped else "done",
        execution.stopped,
        restored=sorted(change.key for change in done if change.action in (Action.RESTORE, Action.CREATE)),
        overwritten=sorted(change.key for change in done if change.action is Action.UPDATE),
        kept=[{"key": c.key, "why": c.why} for c in prepared.restoration.plan.changes if c.action not in WRITES],
        skipped=skipped,
        notes=list(prepared.restoration.notes),
    )
