"""What a workspace is made of, in our words. The plan compares these with what was last applied and what is there.

Order never hides in a sequence: what stands above what is `rank`, and which tab stands left of which is `Tab.after`.
A workspace whose items were shuffled is the same workspace.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from notion_roadmap.workspace.blocks import Block
from notion_roadmap.workspace.properties import Property, Value
from notion_roadmap.workspace.text import Text
from notion_roadmap.workspace.views import View

ROOT = "root"
"""Key of the page that everything else stands on."""


class Kind(StrEnum):
    """The kinds of item, in the order in which a reader meets them."""

    PAGE = "page"
    DATABASE = "database"
    PROPERTY = "property"
    VIEW = "view"
    ROW = "row"
    SECTION = "section"


@dataclass(frozen=True, slots=True)
class Page:
    """A page that is not a row.

    Args:
        parent: key of the page it stands on, "" for the page that the owner gave us.
        body: the blocks it is made with. One of them carries the workspace's marker.
        rank: place among what stands on the same page, smaller is higher.
    """

    key: str
    parent: str
    title: str
    icon: str = ""
    body: tuple[Block, ...] = ()
    rank: int = 0


@dataclass(frozen=True, slots=True)
class Section:
    """Blocks appended to a page below what stands there already (a database, a child page)."""

    key: str
    page: str
    blocks: tuple[Block, ...]
    rank: int = 0


@dataclass(frozen=True, slots=True)
class Database:
    """A database with its one data source.

    Args:
        page: key of the page it stands on.
        description: the words below the title; the marker is added to them.
        inline: shown open on its page rather than as a link.
        key_property: the text property that holds each row's key.
        grows: how the keys of rows begin that time adds to it ("days/"), "" for none. Those that are no longer desired
            are its past, and stay.
        rank: as in Page. A relation to a database of a higher rank is added once that one exists.
    """

    key: str
    page: str
    title: str
    properties: tuple[Property, ...]
    key_property: str
    icon: str = ""
    description: str = ""
    inline: bool = False
    rank: int = 0
    grows: str = ""

    @property
    def title_property(self) -> Property:
        """The one property of type title."""
        return next(p for p in self.properties if p.type == "title")


@dataclass(frozen=True, slots=True)
class Row:
    """A row.

    Args:
        key: unique in the workspace, `<database>/<name>` ("tasks/phase-1/task-1"); what the database's key property
            holds, so that the row is found again when all local state is lost.
        values: by property key. A property that is not named is left alone.
        rank: what an owner needs first, smaller is sooner.
    """

    key: str
    database: str
    values: Mapping[str, Value]
    body: tuple[Block, ...] = ()
    icon: str = ""
    rank: int = 0

    @property
    def title(self) -> str:
        """The plain words of its title property (whose key ends in `.title`), for messages."""
        return next((v.plain for k, v in self.values.items() if isinstance(v, Text) and k.endswith(".title")), self.key)


Item = Page | Section | Database | Property | View | Row


@dataclass(frozen=True)
class Workspace:
    """All that we wish for.

    Args:
        key: the roadmap's key; with it the markers are made.
        settings: what shaped the workspace besides the template (start, weekly hours, …), for the manifest.
    """

    key: str
    title: str
    version: str
    pages: tuple[Page, ...]
    sections: tuple[Section, ...]
    databases: tuple[Database, ...]
    views: tuple[View, ...]
    rows: tuple[Row, ...]
    settings: Mapping[str, str] = field(default_factory=dict)

    def database(self, key: str) -> Database:
        """The database of that key; KeyError."""
        return {d.key: d for d in self.databases}[key]

    def items(self) -> Iterable[Item]:
        """Everything, databases followed by their properties."""
        yield from self.pages
        for database in self.databases:
            yield database
            yield from database.properties
        yield from self.views
        yield from self.rows
        yield from self.sections


def kind_of(item: Item) -> Kind:
    """The kind of an item."""
    kinds = {Page: Kind.PAGE, Section: Kind.SECTION, Database: Kind.DATABASE, Property: Kind.PROPERTY}
    kinds |= {View: Kind.VIEW, Row: Kind.ROW}
    return kinds[type(item)]


def marker(workspace: str, item: str) -> str:
    """The words by which an item without a key property is known to be ours, when all local state is lost."""
    return f"notion-roadmap · {workspace} · {item}"
