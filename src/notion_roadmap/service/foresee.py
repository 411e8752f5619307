"""What the record will be once a plan is carried out, and the plan that counts it.

Some of what a sync writes is a fact for the next one: a pause moves the windows of phases, a week gets its points. Were
the numbers drawn without it, the next sync would find other ones, and write although nobody did anything.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import replace

from notion_roadmap.blueprint.build import build
from notion_roadmap.blueprint.choices import Choices
from notion_roadmap.plan.changes import Action, Change, Plan
from notion_roadmap.roadmap import Roadmap
from notion_roadmap.roadmap.life import Life
from notion_roadmap.roadmap.record import Record
from notion_roadmap.service.context import Context
from notion_roadmap.service.facts import Known, record_of
from notion_roadmap.service.intake import HISTORY, TRACKED, Intake
from notion_roadmap.service.life import life_of
from notion_roadmap.service.rules import rules_of
from notion_roadmap.workspace.cached import CachedRow
from notion_roadmap.workspace.items import Kind, Workspace
from notion_roadmap.workspace.observed import Applied

COUNTED = frozenset({*TRACKED, HISTORY} - {"reviews"})
"""Databases whose rows numbers are made from. Reviews are no facts yet: what a week is for is proposed while its row is
made, and a week that is about to be closed is written once more."""

ROUNDS = 3
"""How often numbers are drawn anew from what would be written. Two are enough for all that is known."""


async def settled(
    roadmap: Roadmap,
    choices: Choices,
    intake: Intake,
    context: Context,
    drawn: tuple[Plan, Life],
    plan_for: Callable[[Workspace], Awaitable[Plan]],
) -> tuple[Plan, Life]:
    """The plan whose numbers count what it writes itself, and what they were drawn from.

    Args:
        drawn: the plan without them, and what it was drawn from.
        plan_for: the plan that brings a workspace about. Sends reads only.
    """
    plan, life = drawn
    for _ in range(ROUNDS):
        record = foreseen(roadmap, choices, intake, context.applied, plan)
        if record is life.record:
            break
        ahead = life_of(roadmap, choices, record, life.today, now=life.now, replans=life.replans)
        if (ahead.numbers, ahead.weeks) == (life.numbers, life.weeks):
            break
        life, plan = ahead, await plan_for(build(roadmap, choices, ahead))
    return plan, life


def foreseen(roadmap: Roadmap, choices: Choices, intake: Intake, applied: Mapping[str, Applied], plan: Plan) -> Record:
    """The record with what the plan writes; the very one that was taken in where it writes no fact."""
    facts = [change for change in plan.of(*_FACTS) if _is_fact(change)]
    if not facts or not intake.pulled.complete:
        return intake.record  # it knows how many rows were not reached, and the rows do not
    rows = {key: dict(source.rows) for key, source in intake.pulled.sources.items()}
    if HISTORY not in rows:
        ours = (a for a in applied.values() if a.kind is Kind.ROW and a.key.startswith(f"{HISTORY}/"))
        rows[HISTORY] = {a.id: CachedRow(a.id, HISTORY, a.key, a.fields) for a in ours}
    for change in facts:
        database = change.key.partition("/")[0]
        _write(rows.setdefault(database, {}), change, database)
    now = intake.record
    known = Known(
        steering=now.steering,
        entries=now.entries,
        events=now.events,
        forecasts=now.forecasts,
        missing=intake.pulled.missing,
    )
    ahead = record_of(roadmap, rules_of(roadmap, choices), {key: some.values() for key, some in rows.items()}, known)
    return replace(ahead, weeks=(*ahead.weeks, *(week for week in now.weeks if week.removed)))


_FACTS = (Action.CREATE, Action.UPDATE, Action.RESTORE, Action.TRASH)


def _is_fact(change: Change) -> bool:
    return change.kind is Kind.ROW and change.key.partition("/")[0] in COUNTED


def with_unmade(record: Record, first: Record, made: Collection[str]) -> Record:
    """The record with the template's tasks that no run made yet: without its twin, an alternative would count as the
    required one, and be written as that.

    Args:
        first: of the same roadmap: see `first_record`.
        made: keys of the rows that are or were there. What of them is gone was removed by the owner.
    """
    there = {task.key for task in record.tasks}
    unmade = (task for task in first.tasks if task.key not in there and f"tasks/{task.key}" not in made)
    return replace(record, tasks=(*record.tasks, *unmade))


def _write(rows: dict[str, CachedRow], change: Change, database: str) -> None:
    """Do to the rows what the change does to the database."""
    written = {one.name: one.new for one in change.fields}
    row = rows.get(change.id)
    if change.action is Action.TRASH and row is not None:
        rows[row.id] = replace(row, gone="trashed")
    elif change.action is Action.RESTORE and row is not None:
        rows[row.id] = replace(row, gone="")
    elif change.action is Action.UPDATE and row is not None:
        rows[row.id] = replace(row, values={**row.values, **{k: v for k, v in written.items() if k in row.values}})
    elif not change.id:
        rows[change.key] = CachedRow(change.key, database, change.key, written)
