"""What was last applied, what was about to be, and what is there now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from notion_roadmap.workspace.canonical import JSON
from notion_roadmap.workspace.items import Item, Kind


@dataclass(frozen=True, slots=True)
class Applied:
    """An item as we last left it in Notion: the base of every three-way comparison.

    Args:
        id: Notion's id of the page, database, property, view, or of a section's first block.
        fields: by field name, the canonical form of the value that we last wished for.
        refs: further ids that belong to it: "data_source" of a database, "block:<anchor>" of a page's blocks,
            "database" of a linked view, "blocks" of a section (joined by spaces).
        rung: for views, which rung of the ladder Notion took; 0 is the wish in full.
    """

    kind: Kind
    key: str
    id: str
    fields: Mapping[str, JSON]
    refs: Mapping[str, str] = field(default_factory=dict)
    rung: int = 0


@dataclass(frozen=True, slots=True)
class Intent:
    """A create that was about to be sent: recorded before, removed with the result.

    Args:
        fields: as in Applied: what was about to be written, the base of the item if it turns out to exist.
        siblings: ids that stood beside it before (views of the database, blocks of the page), for kinds that carry
            no key: what is new since then and looks like ours is ours.
    """

    kind: Kind
    key: str
    at: datetime
    fields: Mapping[str, JSON] = field(default_factory=dict)
    siblings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Seen:
    """An item as it is in Notion now, in our words.

    Args:
        item: None when it exists but was not read (nothing about it could have to change).
        trashed: in the trash, or no longer where we put it: the owner removed it.
        made_by_us: created by our connection.
        edited_by_us: last edited by our connection.
        created, edited: cut to the minute by Notion.
        fields: what stands instead of fields of `item` where comparing is not decoding: the canonical live value by
            field name.
        rung: of a view: see Applied.
    """

    id: str
    item: Item | None = None
    trashed: bool = False
    made_by_us: bool = True
    edited_by_us: bool = True
    created: datetime | None = None
    refs: Mapping[str, str] = field(default_factory=dict)
    fields: Mapping[str, JSON] = field(default_factory=dict)
    edited: datetime | None = None
    rung: int = 0
