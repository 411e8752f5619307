"""What we once made and the template no longer has: to the trash when it is untouched, otherwise it stays."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from notion_roadmap.plan import words
from notion_roadmap.plan.alike import alike
from notion_roadmap.plan.changes import Action, Change
from notion_roadmap.plan.fields import GOT, PLACES, seen_values
from notion_roadmap.workspace.canonical import JSON
from notion_roadmap.workspace.items import Kind, Workspace
from notion_roadmap.workspace.observed import Applied, Seen

HOLDERS = frozenset({Kind.PAGE, Kind.DATABASE, Kind.PROPERTY})
"""Kinds that may hold what is not ours: pages, rows, entries in a column."""

UNREAD = "nobody looked whether the owner edited it"
"""Of rows whose database the template dropped: what it says of the database is enough."""

PARTS = frozenset({Kind.PROPERTY, Kind.VIEW})
"""Kinds that stay with their database, and never are a reason to keep it."""


def home(kind: Kind, fields: Mapping[str, JSON]) -> str:
    """Key of what an item stands on, "" for the page that the owner gave us, or when it is not known."""
    if kind is Kind.VIEW:
        place = fields.get("place")
        on = place if isinstance(place, dict) else {}
        found = on.get("page") or on.get("dashboard") or fields.get("database")
    else:
        found = fields.get("parent") or fields.get("page") or fields.get("database")
    return found if isinstance(found, str) else ""


def past(one: Applied, desired: Workspace) -> bool:
    """Whether it is a row to which time added others since: no longer desired, and yet no orphan."""
    return one.kind is Kind.ROW and one.key.startswith(added_by_time(desired))


def added_by_time(desired: Workspace) -> tuple[str, ...]:
    """How the keys of rows begin that time adds."""
    return tuple(database.grows for database in desired.databases if database.grows)


@dataclass
class Orphans:
    """Recorded items that are alive and no longer desired.

    Args:
        applied: these items alone.
        live: what was seen, all of it.
        homes: by key, what each desired item stands on.
        occupied: keys of pages, databases and properties that hold something that is not ours; None when nobody
            looked, which keeps them all.
        trash_edited: trash what the owner edited too. What holds things that are not ours stays all the same.
    """

    applied: Mapping[str, Applied]
    live: Mapping[str, Seen]
    homes: Mapping[str, str]
    occupied: Collection[str] | None
    trash_edited: bool
    _reasons: dict[str, str] = field(default_factory=dict)
    _held: dict[str, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for key, one in self.applied.items():
            self._held.setdefault(home(one.kind, one.fields), []).append(key)

    def changes(self) -> Iterator[Change]:
        """A change for each, in no order: trash, or keep with the reason."""
        for key, one in self.applied.items():
            above = home(one.kind, one.fields)
            reason = self._reason(key)
            if not reason:
                within = above if above in self.applied and not self._reason(above) else ""
                yield Change(Action.TRASH, one.kind, key, words.ORPHAN, id=self.live[key].id, within=within)
            elif above not in self.applied or not (one.kind in PARTS or reason == UNREAD):
                yield Change(Action.KEEP, one.kind, key, f"orphan: {reason}", id=self.live[key].id)

    def _reason(self, key: str) -> str:
        if key not in self._reasons:
            self._reasons[key] = self._why_kept(key)
        return self._reasons[key]

    def _why_kept(self, key: str) -> str:
        one, seen = self.applied[key], self.live[key]
        above = home(one.kind, one.fields)
        if one.kind in PARTS and above in self.applied:
            return self._reason(above)
        if one.kind in HOLDERS:
            if self.occupied is None:
                return "it may hold what is not ours"
            if key in self.occupied:
                return "it holds what is not ours"
            if key in self.homes.values():
                return "other items stand on it"
        held = [other for other in self._held.get(key, ()) if self.applied[other].kind not in PARTS]
        if stays := sum(1 for other in held if self._reason(other)):
            return f"it holds {words.count(stays, 'item')} that may be the owner's"
        return "" if self.trash_edited else _touched(one, seen, self.applied.keys())


def _touched(one: Applied, seen: Seen, leaving: Collection[str]) -> str:
    """Why it counts as the owner's; "" when nobody touched it since we did.

    Args:
        leaving: keys of what goes too. The other side of a relation to these rows was written by nobody.
    """
    if not seen.made_by_us:
        return "the owner made it"
    if not seen.edited_by_us:
        return "the owner edited it"
    live = seen_values(seen)
    if not live:
        return UNREAD
    edited = [n for n, value in live.items() if not (_as_left(n, value, one.fields) or _only_of(value, leaving))]
    return f"the owner edited it: {', '.join(sorted(map(words.called, edited)))}" if edited else ""


def _as_left(name: str, value: JSON, base: Mapping[str, JSON]) -> bool:
    if name in PLACES:
        return True
    known = [base[side] for side in (name, name + GOT) if side in base]
    if name == "blocks" and isinstance(value, list) and isinstance(base.get(name), list):
        return all(block in base[name] for block in value)  # type: ignore[operator]  # what is gone keeps no rest here
    return any(alike(value, side) for side in known) if known else value in (None, False, "", [])


def _only_of(value: JSON, keys: Collection[str]) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(one, str) and one in keys for one in value)
