"""Columns as they are in Notion: the live side of a Property, and the ids that rows and views are written by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from notion_roadmap.workspace.addresses import Addresses
from notion_roadmap.workspace.properties import Option, Property, PropertyType, Relation, Rollup

_OURS = frozenset(type_.value for type_ in PropertyType)


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a data source.

    Args:
        id: URL-decoded; `title` for the title.
        type: Notion's name, also of types that we never create.
        options: of selects, in their order; `option_ids` in the same order.
        target: for relations, the id of the data source that it points at.
        back_id: for two-way relations, the id of the column on the target that shows it from there, URL-decoded.
        back_name: its name.
        rollup: ids in place of our keys.
        formula: as Notion tells it, which is not always as it was sent.
    """

    id: str
    name: str
    type: str
    description: str = ""
    options: tuple[Option, ...] = ()
    option_ids: tuple[str, ...] = ()
    number_format: str = ""
    target: str = ""
    back_id: str = ""
    back_name: str = ""
    rollup: Rollup | None = None
    formula: str = ""

    def as_property(self, wanted: Property, addresses: Addresses) -> Property | None:
        """This column in the words of the property that it stands for; None when its type is none of ours.

        The formula is the wanted one: Notion tells formulas in another form than it was given
        (https://developers.notion.com/reference/property-object#formula).
        """
        if self.type not in _OURS:
            return None
        return Property(
            key=wanted.key,
            name=self.name,
            type=PropertyType(self.type),
            owner=wanted.owner,
            description=self.description,
            options=self.options,
            number_format=self.number_format or wanted.number_format,
            relation=self._relation(wanted, addresses),
            rollup=self._rollup(addresses),
            formula=wanted.formula if self.type == PropertyType.FORMULA else "",
        )

    def _relation(self, wanted: Property, addresses: Addresses) -> Relation | None:
        if self.type != PropertyType.RELATION:
            return None
        database = next(
            (key for key, source in addresses.sources.items() if source == self.target), f"id:{self.target}"
        )
        mirrors = wanted.relation is not None and wanted.relation.mirrors
        return Relation(
            database, back=_key_of(self.back_id, database, addresses) if self.back_id else "", mirrors=mirrors
        )

    def _rollup(self, addresses: Addresses) -> Rollup | None:
        if self.rollup is None:
            return None
        relation = _key_of(self.rollup.relation, "", addresses)
        return Rollup(relation, _key_of(self.rollup.target, "", addresses), self.rollup.function)


def _key_of(identifier: str, database: str, addresses: Addresses) -> str:
    """The key of the property with this id; ids of properties are unique within their database only."""
    for key, known in addresses.ids.items():
        if known == identifier and "." in key and key.startswith(f"{database}." if database else ""):
            return key
    return f"id:{identifier}"


@dataclass(frozen=True, slots=True)
class Columns:
    """Of one database, our property keys and the live columns that stand for them."""

    by_key: Mapping[str, Column] = field(default_factory=dict)

    @property
    def database(self) -> str:
        """Key of the database, "" when no column is known."""
        return next(iter(self.by_key), "").partition(".")[0]

    def id(self, key: str) -> str:
        """The id of a property; KeyError when the owner removed it."""
        return self.by_key[key].id

    def __getitem__(self, key: str) -> Column:
        return self.by_key[key]

    def __contains__(self, key: object) -> bool:
        return key in self.by_key

    def __iter__(self) -> Iterator[str]:
        return iter(self.by_key)

    @property
    def title(self) -> Column | None:
        """The title column, when we know it."""
        return next((column for column in self.by_key.values() if column.type == "title"), None)
