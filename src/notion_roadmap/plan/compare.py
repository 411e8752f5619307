"""Desired × last applied × live → the plan."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from notion_roadmap.plan import words
from notion_roadmap.plan.changes import Action, Change, FieldChange, Plan
from notion_roadmap.plan.fields import GOT, NAMES, Field, fields, owners_of, values_of
from notion_roadmap.plan.merge import PROPOSED, UNKNOWN, Decision, Outcome, merge
from notion_roadmap.plan.orphans import Orphans, added_by_time, home, past
from notion_roadmap.plan.presence import MADE, Fate, Presence
from notion_roadmap.plan.properties import merge_property
from notion_roadmap.plan.readings import Reading, Readings
from notion_roadmap.plan.twins import choose, twin_changes
from notion_roadmap.plan.weave import is_woven
from notion_roadmap.workspace.canonical import JSON
from notion_roadmap.workspace.items import Item, Kind, Page, Row, Workspace, kind_of
from notion_roadmap.workspace.observed import Applied, Seen
from notion_roadmap.workspace.properties import Owner

READ_APART: Final[Mapping[Kind, tuple[str, ...]]] = {
    Kind.PAGE: ("body",),
    Kind.ROW: ("body",),
    Kind.SECTION: ("blocks",),
    Kind.VIEW: ("name", "configuration"),
}
"""Fields that listings do not show."""


def to_read(desired: Workspace, applied: Mapping[str, Applied]) -> frozenset[str]:
    """Keys of the items that must be read in full for `compare`, if they are there.

    These are the pages, rows, sections and views whose template changed in a field that no listing shows, and those
    that the template no longer has: nothing goes to the trash unread.
    """
    wanted = values_of(desired)
    dropped = {
        key for key, one in applied.items() if key not in wanted and one.kind in READ_APART and not past(one, desired)
    }
    return frozenset(dropped | {key for key in wanted.keys() & applied.keys() if _differs(wanted[key], applied[key])})


def _differs(wanted: Mapping[str, JSON], one: Applied) -> bool:
    return any(one.fields.get(name) != wanted[name] for name in READ_APART.get(one.kind, ()))


def compare(
    desired: Workspace,
    applied: Mapping[str, Applied],
    live: Mapping[str, Seen],
    *,
    twins: Mapping[str, tuple[Seen, ...]] | None = None,
    restore: bool = False,
    occupied: Collection[str] | None = None,
    trash_edited: bool = False,
    again: Collection[str] = (),
) -> Plan:
    """The plan that brings Notion to what is desired, as far as it is ours.

    Args:
        applied: what the state holds, by key.
        live: what was found, by key. A recorded key that is not in it was removed by the owner, so an incomplete
            scan must not come here: what was not reached is given as a Seen without an item. The body of a page or
            row counts as read if `to_read` asked for it; it comes without the blocks that other items are.
        twins: further live objects with the key of a desired item.
        restore: bring back what the owner removed.
        occupied: keys of pages, databases and properties that hold something that is not ours; None when nobody
            looked: then none of them is ever trashed.
        trash_edited: trash what is no longer desired although the owner edited it.
        again: keys of views that Notion granted less of, to be tried in full.
    """
    chosen, rest = dict(live), dict[str, tuple[Seen, ...]]()
    for key, others in (twins or {}).items():
        one, rest[key] = choose(live.get(key), others, applied[key].id if key in applied else "")
        if one is not None:
            chosen[key] = one
    comparison = _Comparison(desired, applied, chosen, rest, restore, again)
    comparison.run()
    wanted = values_of(desired)
    dropped = {k: one for k, one in applied.items() if k not in wanted and k in live and not live[k].trashed}
    dropped = {k: one for k, one in dropped.items() if not past(one, desired)}
    homes = {item.key: home(kind_of(item), wanted[item.key]) for item in desired.items()}
    orphans = Orphans(dropped, live, homes, occupied, trash_edited)
    changes = (*comparison.changes, *orphans.changes())
    ordered = tuple(sorted(changes, key=lambda change: change.place))
    return Plan(ordered, comparison.unchanged, comparison.existing + len(dropped), comparison.records)


def _is_kept_up(item: Item) -> bool:
    """Whether the words of a page are kept up block by block: a callout of numbers, a week's review."""
    return isinstance(item, Page | Row) and is_woven(item.body)


@dataclass
class _Comparison:
    """The walk over all desired items."""

    desired: Workspace
    applied: Mapping[str, Applied]
    live: Mapping[str, Seen]
    twins: Mapping[str, tuple[Seen, ...]]
    restore: bool
    again: Collection[str]
    changes: list[Change] = field(default_factory=list)
    records: dict[str, Applied] = field(default_factory=dict)
    unchanged: int = 0
    existing: int = 0

    def run(self) -> None:
        self._presence = Presence(self.desired, self.applied, self.live, self.restore, self.again)
        self._readings = Readings(self._presence, to_read(self.desired, self.applied))
        self._owners = owners_of(self.desired)
        columns = [column for one in self.desired.databases for column in one.properties]
        self._columns = {column.key: column.name for column in columns}
        self._proposed = frozenset(column.key for column in columns if column.proposed)
        self._growing = added_by_time(self.desired)
        for item in self.desired.items():
            told = list(self._item(item))
            here = self._presence.fate(item.key) is Fate.HERE
            self.existing += here
            self.unchanged += here and not told
            self.changes.extend(told)

    def _item(self, item: Item) -> Iterator[Change]:
        fate = self._presence.fate(item.key)
        wanted = self._fields(item)
        if fate in MADE:
            yield self._made(item, wanted, fate)
        elif fate is Fate.BACK:
            yield self._change(item, Action.RESTORE, words.BROUGHT_BACK, at=self.live[item.key].id)
        elif fate is Fate.GONE:
            seen = self.live.get(item.key)
            why = words.missing(self._presence.inside(item.key))
            yield self._change(item, Action.MISSING, why, at=seen.id if seen else "")
        elif fate is Fate.HERE:
            yield from self._here(item, wanted)

    def _fields(self, item: Item) -> dict[str, Field]:
        writable = self._readings.writable(item)
        known = values_of(self.desired)[item.key] if writable == item else None
        return fields(writable, self._owners, known)

    def _change(
        self, item: Item, action: Action, why: str, told: tuple[FieldChange, ...] = (), *, at: str, within: str = ""
    ) -> Change:
        rank = getattr(item, "rank", 0)
        return Change(action, kind_of(item), item.key, why, told, at, self._readings.writable(item), rank, within)

    def _made(self, item: Item, wanted: Mapping[str, Field], fate: Fate) -> Change:
        told = tuple(FieldChange(name, None, None, wanted[name].value) for name in sorted(wanted))
        grown = bool(self._growing) and item.key.startswith(self._growing) and bool(self.applied)
        new = words.GROWN if grown else words.NEW
        back = words.TRIED_AGAIN if item.key in self.again else words.BROUGHT_BACK
        action, why = (Action.CREATE, new) if fate is Fate.NEW else (Action.RESTORE, back)
        above = home(kind_of(item), values_of(self.desired)[item.key])
        carried = kind_of(item) is Kind.PROPERTY and self._presence.fate(above) in MADE
        return self._change(item, action, why, told, at="", within=above if carried else "")

    def _here(self, item: Item, wanted: Mapping[str, Field]) -> Iterator[Change]:
        seen, known = self.live[item.key], self.applied.get(item.key)
        recorded = known.fields if known is not None else UNKNOWN
        reading = self._readings.of(item, seen, recorded)
        decisions = tuple(self._decide(item, wanted, reading))
        self._record(item, wanted, seen, decisions)
        if known is None or known.id != seen.id:
            yield self._change(item, Action.ADOPT, words.MOVED_ON if known else words.ADOPTED, at=seen.id)
        yield from self._told(item, seen, decisions)
        rank = getattr(item, "rank", 0)
        yield from twin_changes(kind_of(item), item.key, self.twins.get(item.key, ()), wanted, recorded, rank)

    def _decide(self, item: Item, wanted: Mapping[str, Field], reading: Reading) -> Iterator[Decision]:
        if kind_of(item) is Kind.PROPERTY and reading.live:
            yield from merge_property(wanted, reading.base, reading.live, restore=self.restore)
            return
        fresh = {name: Field(one.value, Owner.SHARED) for name, one in wanted.items() if name in reading.fresh}
        for one in merge({**wanted, **fresh}, reading.base, reading.live):
            drawn = one.name in self._proposed or (one.name == "body" and _is_kept_up(item))
            yield replace(one, story=PROPOSED.get(one.story, one.story)) if drawn else one

    def _told(self, item: Item, seen: Seen, decisions: tuple[Decision, ...]) -> Iterator[Change]:
        name = NAMES.get(kind_of(item), "")
        follows = tuple(one for one in decisions if one.outcome is Outcome.KEEP and one.name == name)
        groups = {
            Action.UPDATE: tuple(one for one in decisions if one.outcome is Outcome.UPDATE),
            Action.FOLLOW: follows,
            Action.KEEP: tuple(one for one in decisions if one.outcome is Outcome.KEEP and one not in follows),
            Action.CONFLICT: tuple(one for one in decisions if one.outcome is Outcome.CONFLICT),
        }
        for action, group in groups.items():
            if group:
                why = words.renamed(group[0]) if action is Action.FOLLOW else words.why(group, self._columns)
                told = tuple(FieldChange(one.name, one.base, one.old, one.new) for one in group)
                yield self._change(item, action, why, told, at=seen.id)

    def _record(self, item: Item, wanted: Mapping[str, Field], seen: Seen, decisions: tuple[Decision, ...]) -> None:
        """What the state is to hold from now on: of every field that was looked at the desired value.

        Of an item that the state does not know, fields that were not read count as written: a later difference is
        then taken for the owner's.
        """
        known = self.applied.get(item.key)
        settled = {one.name: wanted[one.name].value for one in decisions if one.settles}
        if known is None:
            told = {name: one.value for name, one in wanted.items()}
            self.records[item.key] = Applied(kind_of(item), item.key, seen.id, told, dict(seen.refs), seen.rung)
            return
        moved = {name for name, value in settled.items() if known.fields.get(name) != value}
        refs = known.refs if known.id == seen.id else dict(seen.refs)
        recorded = {**{n: v for n, v in known.fields.items() if n.removesuffix(GOT) not in moved}, **settled}
        now = replace(known, id=seen.id, refs=refs, fields=recorded)
        if now != known:
            self.records[item.key] = now
