"""What a look at the databases that people edit brought, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from notion_roadmap.workspace.cached import CachedRow, Gone
from notion_roadmap.workspace.columns import Columns
from notion_roadmap.workspace.items import Database, Kind
from notion_roadmap.workspace.observed import Applied, Seen


@dataclass(frozen=True)
class PulledSource:
    """One database.

    Args:
        before: its rows as they were seen last, by id.
        rows: its rows as they are now, by id; those that are gone are among them. What was not reached is as before.
        changed: ids of the rows that somebody but us changed since.
        twins: by key, further rows of our making with a key that another row has.
        columns: the columns that are there, with the names and types that they have now.
        missing: keys of properties that the owner removed, or gave a type that we cannot read.
        complete: whether Notion let us read to the end.
    """

    database: Database
    before: Mapping[str, CachedRow]
    rows: Mapping[str, CachedRow]
    changed: frozenset[str] = frozenset()
    twins: Mapping[str, tuple[Seen, ...]] = field(default_factory=dict)
    columns: Columns = field(default_factory=Columns)
    missing: frozenset[str] = frozenset()
    complete: bool = True

    @property
    def gone(self) -> dict[str, Gone]:
        """Why rows are gone since the last look, by id."""
        return {i: row.gone for i, row in self.rows.items() if row.gone and not _was_gone(self.before.get(i))}

    @property
    def news(self) -> tuple[CachedRow, ...]:
        """The rows that are otherwise than they were seen last, in whatever way."""
        return tuple(row for identifier, row in self.rows.items() if self.before.get(identifier) != row)

    def live(self, applied: Mapping[str, Applied]) -> dict[str, Seen]:
        """The rows that carry a key, for the plan: what is there, and what is known to be gone.

        A recorded row that was neither seen nor is known to be gone exists and was not read.
        """
        prefix = f"{self.database.key}/"
        unseen = {k: Seen(a.id) for k, a in applied.items() if a.kind is Kind.ROW and k.startswith(prefix)}
        ours = sorted((row for row in self.rows.values() if row.key), key=lambda row: (not row.gone, row.id))
        return {**unseen, **{row.key: _seen(row) for row in ours}}


def _was_gone(row: CachedRow | None) -> bool:
    return row is not None and row.trashed


def _seen(row: CachedRow) -> Seen:
    if row.gone:
        return Seen(row.id, trashed=True)
    return Seen(row.id, edited_by_us=row.edited_by_us, created=row.created, edited=row.edited, fields=dict(row.values))


@dataclass(frozen=True)
class Pulled:
    """All of them.

    Args:
        sources: by the key of the database.
        warnings: sentences for the owner.
        watermark: a moment before the first query by Notion's clock; None when nothing told it.
        began: the same by our own monotonic clock, in seconds.
    """

    sources: Mapping[str, PulledSource]
    warnings: tuple[str, ...] = ()
    watermark: datetime | None = None
    began: float = 0.0

    @property
    def complete(self) -> bool:
        """Whether everything could be read."""
        return all(source.complete for source in self.sources.values())

    @property
    def changed(self) -> int:
        """How many rows somebody but us changed."""
        return sum(len(source.changed) for source in self.sources.values())

    @property
    def missing(self) -> frozenset[str]:
        """Keys of the properties that are gone or cannot be read."""
        return frozenset().union(*(source.missing for source in self.sources.values()))

    def rows(self, database: str) -> tuple[CachedRow, ...]:
        """The rows of a database, those that are gone included; none when it is not tracked."""
        source = self.sources.get(database)
        return tuple(source.rows.values()) if source is not None else ()
