"""What the talker brings back from Notion, in our words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from notion_roadmap.workspace.blocks import Block
from notion_roadmap.workspace.canonical import JSON
from notion_roadmap.workspace.columns import Column
from notion_roadmap.workspace.observed import Seen
from notion_roadmap.workspace.text import EMPTY, Text


@dataclass(frozen=True, slots=True)
class Me:
    """Whose token it is.

    Args:
        kind: "bot" for a connection, "person" for a personal token.
        workspace_id: "" when Notion did not say.
    """

    bot_id: str
    name: str
    workspace_id: str
    workspace_name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Created:
    """A page that now exists."""

    id: str
    url: str
    refs: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CreatedDatabase:
    """A database that now exists, with its one data source."""

    id: str
    source_id: str
    url: str


@dataclass(frozen=True, slots=True)
class SeenBlock:
    """One block on a page.

    Args:
        type: Notion's name.
        text: its words; EMPTY for blocks without any.
        title: of a child page or child database.
        block: the block in our words, without its children; None for kinds that we never write.
    """

    id: str
    type: str
    text: Text = EMPTY
    has_children: bool = False
    trashed: bool = False
    title: str = ""
    edited_by_us: bool = True
    block: Block | None = None


@dataclass(frozen=True, slots=True)
class SeenDatabase:
    """A database.

    Args:
        description: in full, the marker included.
        sources: ids of its data sources; the first one is not always ours.
    """

    id: str
    title: str
    description: str
    parent: str
    sources: tuple[str, ...]
    trashed: bool = False
    inline: bool = False
    icon: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class SeenSchema:
    """The columns of a data source, ours and the owner's."""

    id: str
    database_id: str
    title: str
    columns: tuple[Column, ...]
    trashed: bool = False

    def named(self, name: str) -> Column | None:
        """The column of that name."""
        return next((column for column in self.columns if column.name == name), None)

    def with_id(self, identifier: str) -> Column | None:
        """The column of that id."""
        return next((column for column in self.columns if column.id == identifier), None)


@dataclass(frozen=True, slots=True)
class SeenRows:
    """The rows of a query.

    Args:
        complete: whether this is all there is. When False, a row that is absent here need not be gone.
        columns: of the columns that were asked for, those that the rows show, with the name and type that they have
            now; None when there was no row to show any.
    """

    rows: tuple[Seen, ...]
    complete: bool
    columns: Mapping[str, Column] | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """Notion answered "done" and kept something else."""

    field: str
    asked: JSON
    got: JSON


@dataclass(frozen=True, slots=True)
class SeenView:
    """A view.

    Args:
        database_id: of the database it is a tab of; a linked view has one of its own.
        source_id: of the data source it shows, "" for dashboards.
        layout: Notion's name of its type.
        shown: a digest of all that it shows and how: equal as long as nobody changed it.
        widgets: of a dashboard, the ids of the views in it, in reading order.
        differences: against what was asked for, empty when nothing was.
        made_by_us, edited_by_us: created, last edited by our connection, as far as was looked.
    """

    id: str
    database_id: str
    name: str
    layout: str
    source_id: str = ""
    dashboard_id: str = ""
    shown: str = ""
    widgets: tuple[str, ...] = ()
    differences: tuple[Difference, ...] = ()
    made_by_us: bool = False
    edited_by_us: bool = False
