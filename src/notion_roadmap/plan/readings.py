"""What of an item can be compared: only what was read, and only what can be written."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from notion_roadmap.plan.fields import BODIES, GOT, seen_values, values
from notion_roadmap.plan.presence import Presence
from notion_roadmap.workspace.canonical import JSON
from notion_roadmap.workspace.items import Item, Page, Row
from notion_roadmap.workspace.observed import Seen
from notion_roadmap.workspace.properties import Value
from notion_roadmap.workspace.views import View


@dataclass(frozen=True, slots=True)
class Reading:
    """The two known sides of an item.

    Args:
        live: by field, what is there; what was not read is not in it.
        base: by field, what was recorded.
        fresh: fields of columns that this run makes: nobody can have touched them, whoever owns them later.
    """

    live: Mapping[str, JSON]
    base: Mapping[str, JSON]
    fresh: Collection[str] = ()


class Readings:
    """Makes the sides of each item comparable.

    Args:
        presence: the fates of all items.
        in_full: keys of the pages and rows whose body was read.
    """

    def __init__(self, presence: Presence, in_full: Collection[str]) -> None:
        self._in_full = in_full
        self._unusable = presence.unusable()
        self._fresh = presence.fresh()
        self._relations = presence.relations()
        self._gone = presence.gone_rows()

    def of(self, item: Item, seen: Seen, recorded: Mapping[str, JSON]) -> Reading:
        """The sides of a desired item."""
        live = seen_values(seen)
        if not live:
            return Reading({}, recorded)
        if isinstance(item, Page | Row) and item.key not in self._in_full:
            live = {name: value for name, value in live.items() if name not in BODIES}
        if isinstance(item, View) and "configuration" in live:
            live["configuration"] = _as_asked(live["configuration"], values(item), recorded)
        if isinstance(item, Row):
            return self._row(item, live, recorded)
        return Reading(live, recorded)

    def _row(self, item: Row, live: Mapping[str, JSON], recorded: Mapping[str, JSON]) -> Reading:
        fresh = {name: empty for name, empty in self._fresh.items() if name in item.values}
        # What the template never named was left empty by us.
        left = {name: _empty(live[name]) for name in item.values if name in live} if recorded else {}
        return Reading(
            {**{name: self._related(name, value) for name, value in live.items()}, **fresh},
            {**left, **{name: self._related(name, value) for name, value in recorded.items()}, **fresh},
            fresh,
        )

    def _related(self, name: str, value: JSON) -> JSON:
        if name.removesuffix(GOT) in self._relations and isinstance(value, list):
            return [one for one in value if one not in self._gone] or None
        return value

    def writable(self, item: Item) -> Item:
        """The item without what cannot be written in this run: a row's values in columns that the owner removed or
        retyped, and its relations to rows that they removed."""
        if not isinstance(item, Row):
            return item
        kept = {name: value for name, value in item.values.items() if name not in self._unusable}
        return replace(item, values={name: self._possible(name, value) for name, value in kept.items()})

    def _possible(self, name: str, value: Value) -> Value:
        if name in self._relations and isinstance(value, tuple):
            return tuple(one for one in value if one not in self._gone)
        return value


def _empty(live: JSON) -> JSON:
    return False if isinstance(live, bool) else None


def _as_asked(live: JSON, wanted: Mapping[str, JSON], recorded: Mapping[str, JSON]) -> JSON:
    """A view's live configuration, without the columns that Notion chose because we left the choice to it."""
    asked = (wanted["configuration"], recorded.get("configuration", wanted["configuration"]))
    if isinstance(live, dict) and not all(isinstance(one, dict) and "shown" in one for one in asked):
        return {name: value for name, value in live.items() if name != "shown"}
    return live
