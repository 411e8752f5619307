"""The columns of a live database: which of Notion's properties stands for which of ours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from notion_roadmap.workspace.properties import Option, PropertyType


@dataclass(frozen=True, slots=True)
class Column:
    """A property as it is in Notion.

    Args:
        id: URL-decoded; Notion's answers encode it.
        type: Notion's name of the type, which may be one that we never create.
        back_id: of a two-way relation, the id of the property that Notion made on the other side; "" otherwise.
        target_source: of a relation, the data source that it points at; "" otherwise.
        detail: canonical rest of the definition (number format, roll-up function), for comparison.
    """

    id: str
    name: str
    type: str
    description: str = ""
    options: tuple[Option, ...] = ()
    back_id: str = ""
    target_source: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Columns:
    """Of one database, our property keys and the live columns that stand for them."""

    by_key: Mapping[str, Column]

    def id(self, key: str) -> str:
        """The id of a property; KeyError when the owner removed it."""
        return self.by_key[key].id

    def keys_by_id(self) -> dict[str, str]:
        """Our key of each property id."""
        return {column.id: key for key, column in self.by_key.items()}

    def is_still(self, key: str, type_: PropertyType) -> bool:
        """Whether the property exists and has kept its type."""
        column = self.by_key.get(key)
        return column is not None and column.type == type_
