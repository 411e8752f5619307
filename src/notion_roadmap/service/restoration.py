"""What a backup would bring back: which of its rows are missing or differ from what is there now. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from notion_roadmap.plan.changes import Action, Change, FieldChange, Plan
from notion_roadmap.plan.rulings import Ruled, with_rulings
from notion_roadmap.service.backup import OWN, Backup, KeptDatabase, KeptRow
from notion_roadmap.workspace.blocks import STRANGER, Block
from notion_roadmap.workspace.canonical import JSON
from notion_roadmap.workspace.items import Database, Kind, Row, Workspace
from notion_roadmap.workspace.properties import COMPUTED, Foreign, Owner, Property, PropertyType, Value
from notion_roadmap.workspace.text import Text
from notion_roadmap.workspace.thaw import value_of

Whereabouts = Literal["trash", "elsewhere", "gone"]
"""Where a row is that its database does not show: in the trash, moved by its owner, or nowhere to be seen."""

MISSING = "missing, in the trash"
LOST = "missing, and no longer in the trash: made again"
MOVED = "moved elsewhere by its owner: it stays there"
NEWER = "differs from the backup: what is there now stays (--overwrite takes the backup's)"
OLDER = "differs from the backup, which is to win"
TIED = "points again at rows that are made again"
DROPPED = "missing, and no longer in the template: it stays away"


def _by_keys(database: KeptDatabase, keys: Mapping[str, str]) -> KeptDatabase:
    """With related rows by their keys, also those of which a restore that was cut short had recorded nothing."""

    def named(value: JSON) -> JSON:
        return list[JSON](sorted(keys.get(str(one), str(one)) for one in value)) if isinstance(value, list) else value

    rows = (replace(row, values={key: named(value) for key, value in row.values.items()}) for row in database.rows)
    return replace(database, rows=tuple(rows))


def name_of(row: KeptRow) -> str:
    """What a row is called in a plan, and by relations."""
    return row.key or f"id:{row.id}"


@dataclass(frozen=True)
class Restoration:
    """What would be done.

    Args:
        plan: rows alone.
        notes: what cannot be brought back whole, each a sentence.
    """

    plan: Plan
    notes: tuple[str, ...]


@dataclass
class Comparison:
    """A backup beside what is there now.

    Args:
        workspace: whose databases and owners of fields hold.
        whereabouts: by name, of the rows that are missing; see `missing`.
        trashed: by name, those of them that are in the trash, as they are there.
        overwrite: values of the backup win over those that are there. Fields that are computed never do.
    """

    backup: Backup
    live: Backup
    workspace: Workspace
    whereabouts: Mapping[str, Whereabouts] = field(default_factory=dict)
    trashed: Mapping[str, KeptRow] = field(default_factory=dict)
    overwrite: bool = False
    _notes: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        keys = {f"id:{row.id}": row.key for database in self.live.databases for row in database.rows if row.key}
        self._databases = {one.key: _by_keys(one, keys) for one in self.live.databases}
        rows = [row for database in self._databases.values() for row in database.rows]
        self._there = {**{row.id: row for row in rows}, **{row.key: row for row in rows if row.key}}
        saved = [row for database in self.backup.databases for row in database.rows]
        self._saved = {row.id for row in saved}
        self._remade = {row.key for row in saved if row.key in self._there and self._there[row.key].id != row.id}

    def missing(self) -> Iterator[tuple[KeptDatabase, KeptRow]]:
        """The rows of the backup that are not there, in databases that are."""
        for database in self.backup.databases:
            if database.key in self._databases:
                yield from ((database, row) for row in database.rows if self._found(database, row) is None)

    def _found(self, database: KeptDatabase, row: KeptRow) -> KeptRow | None:
        """The row as it is now; one of the owner's own that an earlier restore made anew is known by all it says."""
        found = self._there.get(row.key or row.id)
        if found is not None or row.key:
            return found
        said = self._writable(database, row)
        others = (one for one in self._databases[database.key].rows if not one.key and one.id not in self._saved)
        return next((one for one in others if said and all(one.values.get(k) == v for k, v in said.items())), None)

    def restoration(self) -> Restoration:
        """The plan, once the whereabouts of what is missing are known."""
        changes: list[Change] = []
        ruled: list[Ruled] = []
        tied: list[Ruled] = []
        pages = 0
        for database in self.backup.databases:
            if database.key not in self._databases:
                self._notes.append(f"{database.title} is gone, and its {len(database.rows)} rows with it.")
                continue
            for row in database.rows:
                there = self._found(database, row)
                if there is None:
                    changes.append(self._bring_back(database, row))
                    tied += self._ties_of_trashed(database, row)
                    continue
                differing, ties = self._differing(database, row, there), self._lost_ties(database, row, there)
                if differing and not self.overwrite:
                    changes.append(self._kept(database, row, there, differing))
                if written := {**ties, **(differing if self.overwrite else {})}:
                    why = OLDER if self.overwrite and differing else TIED
                    ruled.append(self._ruled(database, row, there, written, why))
                pages += _made(row.body) != _made(there.body)
        if pages:
            words = f"The words on {pages} pages differ from the backup"
            self._notes.append(f"{words}: they stay, and the backup's are in its Markdown files.")
        changes += with_rulings(Plan(()), tied).changes
        plan = Plan(tuple(sorted(changes, key=lambda change: change.place)))
        return Restoration(with_rulings(plan, ruled), tuple(sorted(self._notes)))

    def _ties_of_trashed(self, database: KeptDatabase, row: KeptRow) -> Iterator[Ruled]:
        """What comes out of the trash points again at what was made again meanwhile."""
        trashed = self.trashed.get(name_of(row))
        if trashed is not None and (ties := self._lost_ties(database, row, trashed)):
            yield self._ruled(database, row, trashed, ties, TIED)

    def _bring_back(self, database: KeptDatabase, row: KeptRow) -> Change:
        name = name_of(row)
        place = self.whereabouts[name]
        if place == "elsewhere":
            return Change(Action.KEEP, Kind.ROW, name, MOVED, id=row.id)
        if place == "trash":
            return Change(Action.RESTORE, Kind.ROW, name, MISSING, id=row.id)
        if row.key and not self._is_wanted(row.key):
            return Change(Action.KEEP, Kind.ROW, name, DROPPED)
        item = Row(name, database.key, self._values(database, row), _made(row.body), row.icon)
        return Change(Action.CREATE, Kind.ROW, name, LOST, item=item)

    def _is_wanted(self, key: str) -> bool:
        """A row that the template no longer has would be an orphan at once."""
        grows = tuple(database.grows for database in self.workspace.databases if database.grows)
        return key.startswith(grows) or any(row.key == key for row in self.workspace.rows)

    def _kept(self, database: KeptDatabase, row: KeptRow, there: KeptRow, differing: Mapping[str, JSON]) -> Change:
        told = tuple(FieldChange(key, None, there.values.get(key), value) for key, value in sorted(differing.items()))
        return Change(
            Action.KEEP, Kind.ROW, name_of(row), f"{NEWER}: {self._names(database, differing)}", told, there.id
        )

    def _ruled(
        self, database: KeptDatabase, row: KeptRow, there: KeptRow, differing: Mapping[str, JSON], why: str
    ) -> Ruled:
        old = {key: there.values.get(key) for key in differing}
        name = row.key or f"id:{there.id}"
        return Ruled(there.id, name, database.key, differing, old, f"{why}: {self._names(database, differing)}")

    def _names(self, database: KeptDatabase, keys: Iterable[str]) -> str:
        names = {one.key: one.column.name for one in database.columns}
        return ", ".join(sorted(names[key] for key in keys))

    def _differing(self, database: KeptDatabase, row: KeptRow, there: KeptRow) -> dict[str, JSON]:
        """What somebody changed since; not what computing changes, nor what went with the rows that are missing."""
        computed = {key for key, column in self._columns(database).items() if column.owner is Owner.OURS}
        said = self._writable(database, row)
        return {
            key: value
            for key, value in said.items()
            if key not in computed and there.values.get(key) != value and not self._lost(value, there.values.get(key))
        }

    def _lost_ties(self, database: KeptDatabase, row: KeptRow, there: KeptRow) -> dict[str, JSON]:
        """Relations that lost nothing but rows that are made again, by this restore or by one that was cut short."""
        said = self._writable(database, row)
        anew = self._remade | {name for name, place in self.whereabouts.items() if place == "gone"}
        return {key: value for key, value in said.items() if anew & self._lost(value, there.values.get(key))}

    def _lost(self, value: JSON, held: JSON) -> set[str]:
        """Which rows a relation no longer names, where it lost nothing but rows that are missing or were made anew."""
        if not isinstance(value, list) or not isinstance(held, list | None):
            return set()
        names, left = set(map(str, value)), set(map(str, held or ()))
        lost = names - left
        return lost if left <= names and lost <= self._remade | self.whereabouts.keys() else set()

    def _writable(self, database: KeptDatabase, row: KeptRow) -> dict[str, JSON]:
        """The values that can be written, by their keys of today."""
        columns = self._columns(database)
        known = {one.key for one in self._databases[database.key].columns}
        wanted = {key: v for key, v in row.values.items() if key in columns and key in known}
        mirrors = {key for key, column in columns.items() if column.relation is not None and column.relation.mirrors}
        return {
            key: self._there_only(value) if isinstance(value, list) and columns[key].type == "relation" else value
            for key, value in wanted.items()
            if key not in mirrors and not isinstance(value_of(value), Foreign)
        }

    def _there_only(self, names: list[JSON]) -> JSON:
        """Related rows that are there, or come back."""
        back = {name for name, place in self.whereabouts.items() if place == "trash" or not name.startswith("id:")}
        return [one for one in names if str(one).removeprefix("id:") in self._there or one in back] or None

    def _columns(self, database: KeptDatabase) -> dict[str, Property]:
        ours = self.workspace.database(database.key)
        return {
            prop.key: prop for prop in ours.properties if prop.type not in COMPUTED and prop.key != ours.key_property
        }

    def _values(self, database: KeptDatabase, row: KeptRow) -> dict[str, Value]:
        said = self._writable(database, row)
        lost = sorted(
            one.column.name
            for one in database.columns
            if one.key in row.values and one.key not in said and _is_owners(one.key, row.values[one.key])
        )
        if lost:
            self._notes.append(f"{self._title(database, row)} comes back without {', '.join(lost)}.")
        values = {key: value_of(value) for key, value in said.items()}
        return values | ({self.workspace.database(database.key).key_property: Text.of(row.key)} if row.key else {})

    def _title(self, database: KeptDatabase, row: KeptRow) -> str:
        return f"{database.title}, {row.key or row.id}"


def _is_owners(key: str, value: JSON) -> bool:
    """Whether something is lost with it that nobody computes."""
    return value not in (None, False, "", []) and (f".{OWN}" in key or isinstance(value_of(value), Foreign))


def _made(body: tuple[Block, ...]) -> tuple[Block, ...]:
    """The blocks that can be written."""
    return tuple(replace(one, children=_made(one.children)) for one in body if not _is_stranger(one))


def _is_stranger(block: Block) -> bool:
    return block.text.plain.startswith(STRANGER)


def with_own_columns(workspace: Workspace, live: Backup) -> Workspace:
    """The workspace with the columns that the owner added, as far as we can write their kind."""
    added = {one.key: one for one in live.databases}
    databases = (_widened(database, added.get(database.key)) for database in workspace.databases)
    return replace(workspace, databases=tuple(databases))


_PLAIN = {one.value: one for one in PropertyType} | dict.fromkeys(("relation", *COMPUTED))
"""Types of columns that a row of the owner's own can be made again with."""


def _widened(database: Database, live: KeptDatabase | None) -> Database:
    own = [one for one in (live.columns if live is not None else ()) if f".{OWN}" in one.key]
    more = (
        Property(one.key, one.column.name, type_, Owner.THEIRS)
        for one in own
        if (type_ := _PLAIN.get(one.column.type)) is not None
    )
    return replace(database, properties=(*database.properties, *more))
