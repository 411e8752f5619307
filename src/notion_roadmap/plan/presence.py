"""Which desired items are there, which are to be made, and which the owner removed."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from notion_roadmap.plan.fields import seen_values, values_of
from notion_roadmap.plan.orphans import home
from notion_roadmap.workspace.canonical import JSON
from notion_roadmap.workspace.items import Item, Row, Workspace, kind_of
from notion_roadmap.workspace.observed import Applied, Seen
from notion_roadmap.workspace.properties import Property, PropertyType
from notion_roadmap.workspace.views import View, Widget


class Fate(StrEnum):
    """What is known about a desired item, before its fields are looked at."""

    HERE = "here"
    NEW = "new"
    GONE = "gone"
    """The owner removed it."""
    SHUT = "shut"
    """What it stands on or needs is gone, or comes back in this run: nothing is said or done about it."""
    BACK = "back"
    """To be taken out of the trash. What it holds comes with it, and is looked at in the next run."""
    ANEW = "anew"
    """To be made again: the trash no longer has it, or what stands there is less than it."""


AWAY = frozenset({Fate.GONE, Fate.SHUT, Fate.BACK})
"""Fates of what cannot be written to in this run."""

MADE = frozenset({Fate.NEW, Fate.ANEW})
"""Fates of what this run makes."""


@dataclass
class Presence:
    """The fate of every desired item.

    Args:
        restore: whether removed items are brought back.
        again: keys of the views that stand there plainer than wished, and are to be made in full.
    """

    desired: Workspace
    applied: Mapping[str, Applied]
    live: Mapping[str, Seen]
    restore: bool = False
    again: Collection[str] = ()
    _items: dict[str, Item] = field(init=False)
    _on: dict[str, tuple[str, ...]] = field(init=False)
    _held: dict[str, list[str]] = field(init=False, default_factory=dict)
    _fates: dict[str, Fate] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._items = {item.key: item for item in self.desired.items()}
        told = values_of(self.desired)
        self._on = {key: _stands_on(item, told[key]) for key, item in self._items.items()}
        for key, on in self._on.items():
            for one in on:
                self._held.setdefault(one, []).append(key)

    def fate(self, key: str) -> Fate:
        """The fate of the item of this key; HERE for a key that is not desired, whose fate is not ours to decide."""
        if key not in self._items:
            return Fate.HERE
        if key not in self._fates:
            self._fates[key] = self._decide(key, self._items[key])
        return self._fates[key]

    def _decide(self, key: str, item: Item) -> Fate:
        above = {self.fate(one) for one in self._on[key]}
        seen = self.live.get(key)
        if above & AWAY:
            return Fate.SHUT
        if seen is not None and not seen.trashed:
            return Fate.ANEW if key in self.again else Fate.HERE
        if self._has_no_dashboard(item):
            return Fate.SHUT
        known = key in self.applied or seen is not None
        if known and not self.restore:
            return Fate.GONE
        if seen is not None and Fate.ANEW not in above:
            return Fate.BACK
        if any(self.fate(one) in AWAY for one in _needs(item)):
            return Fate.SHUT
        return Fate.ANEW if known else Fate.NEW

    def _has_no_dashboard(self, item: Item) -> bool:
        """Whether it is a widget, and Notion granted something plainer than the dashboard that it belongs on."""
        dashboard = item.place.dashboard if isinstance(item, View) and isinstance(item.place, Widget) else ""
        there = self.applied.get(dashboard) or self.live.get(dashboard)
        return there is not None and there.rung > 0 and dashboard not in self.again

    def inside(self, key: str) -> int:
        """How many recorded items went away with this one."""
        found, left = set[str](), [key]
        while left:
            held = [one for one in self._held.get(left.pop(), ()) if one not in found]
            found.update(held)
            left += held
        return sum(1 for one in found if one in self.applied)

    def unusable(self) -> frozenset[str]:
        """Keys of the properties that rows cannot be written through."""
        return frozenset(column.key for column in self._columns() if self._closed(column))

    def _closed(self, column: Property) -> bool:
        if self.fate(column.key) is not Fate.HERE:
            return self.fate(column.key) in AWAY
        told = seen_values(self.live[column.key])
        return told.get("type", column.type) != column.type or _leads_elsewhere(column, told)

    def fresh(self) -> dict[str, JSON]:
        """By key, what every row there is holds in a property that this run makes: nothing."""
        made = (column for column in self._columns() if self.fate(column.key) in MADE)
        return {column.key: False if column.type is PropertyType.CHECKBOX else None for column in made}

    def relations(self) -> frozenset[str]:
        """Keys of the properties that hold related rows."""
        return frozenset(column.key for column in self._columns() if column.relation is not None)

    def gone_rows(self) -> frozenset[str]:
        """Keys of rows that relations cannot name in this run."""
        return frozenset(key for key, item in self._items.items() if isinstance(item, Row) and self.fate(key) in AWAY)

    def _columns(self) -> Iterator[Property]:
        return (item for item in self._items.values() if isinstance(item, Property))


def _stands_on(item: Item, told: Mapping[str, JSON]) -> tuple[str, ...]:
    """Keys of what has to be there for the item to be there.

    Args:
        told: its values.
    """
    on = {home(kind_of(item), told), told.get("database") or ""}
    return tuple(sorted(str(one) for one in on if one))


def _needs(item: Item) -> tuple[str, ...]:
    """Keys of what a column refers to: it cannot be made without."""
    if not isinstance(item, Property):
        return ()
    target = (item.relation.target,) if item.relation is not None else ()
    return (*target, item.rollup.relation, item.rollup.target) if item.rollup is not None else target


def _leads_elsewhere(column: Property, told: Mapping[str, JSON]) -> bool:
    """Whether a relation leads to a database that is ours no longer: Notion refuses our rows in it."""
    definition = told.get("definition")
    relation = definition.get("relation") if isinstance(definition, dict) else None
    return column.relation is not None and isinstance(relation, dict) and relation["target"] != column.relation.target
