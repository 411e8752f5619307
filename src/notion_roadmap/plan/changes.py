"""A plan is a value: sorted changes, each with its reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from notion_roadmap.workspace.canonical import JSON
from notion_roadmap.workspace.items import Item, Kind
from notion_roadmap.workspace.observed import Applied


class Action(StrEnum):
    """What happens to an item, in the order in which a reader wants to know."""

    CREATE = "create"
    UPDATE = "update"
    RESTORE = "restore"
    """Taken out of the trash, or made again where the trash no longer has it."""
    ADOPT = "adopt"
    """Ours is there, but the state does not know it: noted, not written."""
    FOLLOW = "follow"
    """The owner renamed it: the name stays."""
    KEEP = "keep"
    """The owner's value, or an item that the template no longer has, stays."""
    CONFLICT = "conflict"
    """Both changed it: the owner's stays."""
    MISSING = "missing"
    """The owner removed it: it stays away unless restoring is asked for."""
    TRASH = "trash"
    """The template no longer has it and the owner never touched it."""
    TWIN = "twin"
    """A second one of ours, made when an answer was lost and untouched since: to the trash."""


WRITES: Final = frozenset({Action.CREATE, Action.UPDATE, Action.RESTORE, Action.TRASH, Action.TWIN})
"""Actions that write in Notion. The others are reported."""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of a change.

    Args:
        name: see plan.fields.
        base: the value last applied, None when not known.
        old: the live value, None when the item is new.
        new: the desired value; for the options of a property only those to be added.
    """

    name: str
    base: JSON
    old: JSON
    new: JSON


@dataclass(frozen=True, slots=True)
class Change:
    """One thing to do, or to tell.

    Args:
        why: a short clause ("new in the template", "the owner renamed it to 'X'").
        id: Notion's id; "" for what is to be made. A restore with an id takes out of the trash.
        item: the desired item, None for what is no longer desired. A row's values are without those that cannot be
            written (of removed or retyped properties).
        rank: the item's place among its kind.
        within: key of the database or page whose own change carries this one (properties made with their database,
            items trashed with what they stand on); "" when it stands for itself.
        apart: names of fields that are written and of which nothing is recorded: see plan.rulings.
    """

    action: Action
    kind: Kind
    key: str
    why: str
    fields: tuple[FieldChange, ...] = ()
    id: str = ""
    item: Item | None = None
    rank: int = 0
    within: str = ""
    apart: frozenset[str] = frozenset()

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its fields."""
        return tuple(one.name for one in self.fields)

    @property
    def place(self) -> tuple[int, int, str, int, str]:
        """Its place among all changes: the same whatever order the inputs came in."""
        return (_KINDS[self.kind], self.rank, self.key, _ACTIONS[self.action], self.id)


_KINDS: Final = {kind: place for place, kind in enumerate(Kind)}
_ACTIONS: Final = {action: place for place, action in enumerate(Action)}


@dataclass(frozen=True)
class Plan:
    """What a run would do.

    Args:
        changes: sorted by `Change.place`; one item may have several, one for each action.
        unchanged: how many items are there as they should be.
        existing: how many items of ours are there, the changed ones included.
        records: by key, what the state is to hold of every existing item whose record is not up to date. Of items
            with an update: once that succeeded; of the others: at any time.
    """

    changes: tuple[Change, ...]
    unchanged: int = 0
    existing: int = 0
    records: Mapping[str, Applied] = field(default_factory=dict)

    @property
    def writes(self) -> tuple[Change, ...]:
        """The changes that write in Notion."""
        return tuple(change for change in self.changes if change.action in WRITES)

    def of(self, *actions: Action) -> tuple[Change, ...]:
        """The changes with one of these actions."""
        return tuple(change for change in self.changes if change.action in actions)

    @property
    def by_action(self) -> dict[Action, tuple[Change, ...]]:
        """The changes by action, actions that do not occur left out."""
        return {action: found for action in Action if (found := self.of(action))}
