"""A row as it was when we last looked: what a change is told from, and what numbers are made of between two looks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from notion_roadmap.workspace.canonical import JSON

Gone = Literal["", "trashed", "moved", "unshared"]
"""Why a row is no longer in its database; "" while it is. `unshared`: no longer shown to us, or deleted for good."""


@dataclass(frozen=True, slots=True)
class CachedRow:
    """One row of a database that people edit, ours or the owner's.

    Args:
        database: its key.
        key: as in Row; "" for a row that the owner made.
        values: the canonical form of each value by property key. Computed columns, and those that are gone, are not
            in it.
        created, edited: Notion's times, cut to the minute; None when it did not say.
        edited_by_us: whether the last edit was ours.
        boxes: to-dos on its page, ticked and all; None when nobody looked.
        counted: the `edited` for which the boxes were counted.
        look_again: from when on they are to be counted once more: they were while the minute of the last edit may not
            have been over.
        ruled: what our own rules last made of its values (see service.pairs). A value that is not there in Notion yet
            is still to be written.
        chosen: shared values that the owner was seen to set, of those of which it matters that they did.
    """

    id: str
    database: str
    key: str
    values: Mapping[str, JSON]
    created: datetime | None = None
    edited: datetime | None = None
    edited_by_us: bool = True
    gone: Gone = ""
    boxes: tuple[int, int] | None = None
    counted: datetime | None = None
    look_again: datetime | None = None
    ruled: Mapping[str, JSON] = field(default_factory=dict)
    chosen: Mapping[str, JSON] = field(default_factory=dict)

    @property
    def trashed(self) -> bool:
        """Whether it is no longer where it was, whatever became of it."""
        return bool(self.gone)

    @property
    def name(self) -> str:
        """Its key; `id:<uuid>` for a row of the owner's, as relations name it too."""
        return self.key or f"id:{self.id}"

    @property
    def due(self) -> dict[str, JSON]:
        """The ruled values that Notion does not show yet, by property key."""
        if not self.ruled:
            return {}
        return {key: value for key, value in self.ruled.items() if key in self.values and self.values[key] != value}

    @property
    def settled(self) -> Mapping[str, JSON]:
        """Its values as they are meant to be: the ruled ones in place of what Notion still shows."""
        due = self.due
        return {**self.values, **due} if due else self.values
