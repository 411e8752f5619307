"""What is known while a plan is carried out; grows with every answer."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from notion_roadmap.plan.weave import Lived
from notion_roadmap.service.house import House
from notion_roadmap.service.manifest import Manifest
from notion_roadmap.workspace.addresses import Addresses
from notion_roadmap.workspace.columns import Column, Columns
from notion_roadmap.workspace.items import Workspace
from notion_roadmap.workspace.observed import Applied, Seen
from notion_roadmap.workspace.properties import Property


@dataclass(frozen=True, slots=True)
class Difference:
    """Notion answered 200 and holds something else than it was asked for."""

    key: str
    asked: str
    got: str


@dataclass
class Context:
    """One look at a workspace, and what has been learnt since.

    Args:
        workspace: what we wish for.
        applied: what we last wished for, by key; empty when the state was lost.
        live: what is there, by key.
        twins: further rows that carry a key which another row has.
        columns: of each existing database, by its key.
        siblings: ids that stand on a page or in a tab bar, by the key of the page, database or dashboard.
        sections: ids of the blocks of sections that were found by their words, by key.
        foreign_rows: ids of the rows that the owner added, by the key of their database.
        foreign_columns: ids of the columns that the owner added, likewise.
        lived: the blocks of bodies that are kept up one by one, by the key of the page or row.
        manifest: as it was found in Notion, where the local state knew nothing of it.
        rungs: of views that were found plainer than wished, where the local state knew nothing of them.
        warnings: sentences for the owner.
    """

    house: House
    workspace: Workspace
    applied: dict[str, Applied]
    addresses: Addresses = field(default_factory=Addresses)
    live: dict[str, Seen] = field(default_factory=dict)
    twins: dict[str, tuple[Seen, ...]] = field(default_factory=dict)
    columns: dict[str, Columns] = field(default_factory=dict)
    siblings: dict[str, tuple[str, ...]] = field(default_factory=dict)
    sections: dict[str, tuple[str, ...]] = field(default_factory=dict)
    foreign_rows: dict[str, tuple[str, ...]] = field(default_factory=dict)
    foreign_columns: dict[str, tuple[str, ...]] = field(default_factory=dict)
    manifest: Manifest | None = None
    rungs: dict[str, int] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    differences: list[Difference] = field(default_factory=list)
    lived: dict[str, tuple[Lived, ...]] = field(default_factory=dict)
    root_url: str = ""
    latency_seconds: float = 0.0

    def __post_init__(self) -> None:
        if self.house.set_aside is not None:
            words = f"The state file was damaged and is kept as {self.house.set_aside}"
            self.warnings.append(f"{words}; all that it held was looked for in Notion.")

    def page_id(self, key: str) -> str:
        """The id of a page of ours; of the owner's page for ""."""
        return self.addresses.ids[key] if key else self.house.parent_page_id

    def add_sibling(self, place: str, identifier: str) -> None:
        """Note that something now stands there."""
        self.siblings[place] = (*self.siblings.get(place, ()), identifier)


def live_property(wish: Property, column: Column, addresses: Addresses) -> Property:
    """A live column as a property of ours, also where the owner gave it a type that we never make."""
    told = column.as_property(wish, addresses)
    return told or replace(wish, name=column.name, type=column.type)  # type: ignore[arg-type]
