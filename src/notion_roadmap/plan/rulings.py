"""What our own rules ask for, as part of a plan.

The owner ticked Done, so Status is to say the same: such a value is neither the template's nor computed from numbers.
It is written, and nothing of it is recorded: the base of the field stays what the template said, so that the template
never takes the field back.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from notion_roadmap.plan.changes import Action, Change, FieldChange, Plan
from notion_roadmap.workspace.canonical import JSON
from notion_roadmap.workspace.items import Kind, Row
from notion_roadmap.workspace.thaw import value_of


@dataclass(frozen=True, slots=True)
class Ruled:
    """Values of one row that follow from what its owner did.

    Args:
        id: Notion's id of the row.
        key: its key; `id:<uuid>` for a row of the owner's own.
        database: key of its database.
        values: what is to stand there, by property key, in canonical form.
        old: what stands there now.
        why: a short clause.
    """

    id: str
    key: str
    database: str
    values: Mapping[str, JSON]
    old: Mapping[str, JSON]
    why: str


def with_rulings(plan: Plan, ruled: Iterable[Ruled]) -> Plan:
    """The plan with these values written too, in one request a row. A ruled field is nobody else's in this run: what
    the plan would write or report of it is left out.

    A row that is missing or about to be made, restored or trashed is left to the plan: nothing can be ruled on it.
    """
    by_row = {one.key: one for one in ruled}
    touched = (Action.UPDATE, Action.KEEP, Action.CONFLICT)
    away = {one.key for one in plan.of(Action.MISSING, Action.RESTORE, Action.CREATE, Action.TRASH)}
    kept: list[Change] = []
    planned: dict[str, Change] = {}
    for change in plan.changes:
        if change.key not in by_row or change.action not in touched:
            kept.append(change)
        elif change.action is Action.UPDATE:
            planned[change.key] = change
        elif (left := _without(change, by_row[change.key].values)).fields:
            kept.append(left)
    kept += [_ruled(one, planned.get(key)) for key, one in by_row.items() if key not in away]
    return replace(plan, changes=tuple(sorted(kept, key=lambda change: change.place)))


def _without(change: Change, values: Mapping[str, JSON]) -> Change:
    return replace(change, fields=tuple(one for one in change.fields if one.name not in values))


def _ruled(one: Ruled, planned: Change | None) -> Change:
    """An update of the row that writes the ruled values too."""
    told = tuple(FieldChange(name, None, one.old.get(name), one.values[name]) for name in sorted(one.values))
    values = {name: value_of(told) for name, told in one.values.items()}
    if planned is None or not isinstance(planned.item, Row):
        item = Row(one.key, one.database, values)
        return Change(Action.UPDATE, Kind.ROW, one.key, one.why, told, one.id, item, apart=frozenset(one.values))
    item = replace(planned.item, values={**planned.item.values, **values})
    fields = (*_without(planned, one.values).fields, *told)
    why = "; ".join((planned.why, one.why))
    return replace(planned, why=why, fields=fields, item=item, apart=planned.apart | frozenset(one.values))
