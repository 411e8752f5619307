"""Properties of a database and the values that rows hold in them, in our words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from notion_roadmap.workspace.text import Text


class Owner(StrEnum):
    """Who owns a field, which decides every conflict about it."""

    OURS = "ours"
    """Computed: always brought back to the computed value."""
    SHARED = "shared"
    """The template's until the owner changes it; then theirs."""
    THEIRS = "theirs"
    """Written when the row is made, or never, and never touched again."""


class PropertyType(StrEnum):
    """The types that we create; the values are Notion's names."""

    TITLE = "title"
    TEXT = "rich_text"
    NUMBER = "number"
    SELECT = "select"
    MULTI_SELECT = "multi_select"
    DATE = "date"
    URL = "url"
    CHECKBOX = "checkbox"
    RELATION = "relation"
    ROLLUP = "rollup"
    FORMULA = "formula"


COMPUTED = frozenset({PropertyType.ROLLUP, PropertyType.FORMULA})
"""Types whose values Notion computes: a row never carries them."""


@dataclass(frozen=True, slots=True)
class Option:
    """A choice of a select. Notion refuses commas in the name and never changes a colour once given."""

    name: str
    color: str = "default"
    description: str = ""


@dataclass(frozen=True, slots=True)
class Relation:
    """Rows of another database (or of the same one).

    Args:
        target: key of the database that it points at.
        back: key of the property on the target that shows the relation from there; "" when one-way. Of a two-way
            pair exactly one side is `made_by_us`: Notion makes the other, which is then renamed.
        mirrors: True on the side that Notion makes.
    """

    target: str
    back: str = ""
    mirrors: bool = False


@dataclass(frozen=True, slots=True)
class Rollup:
    """What related rows add up to. `function` is one of Notion's names.

    https://developers.notion.com/reference/property-object#rollup
    """

    relation: str
    target: str
    function: str


@dataclass(frozen=True, slots=True)
class Property:
    """A column.

    Args:
        key: unique in the workspace, `<database>.<name>` ("tasks.status"); survives renames in Notion.
        owner: who owns the values that rows hold in it.
        proposed: whether what rows hold in it is computed as long as the owner has not changed it; the document says
            it otherwise.
        number_format: one of Notion's number formats, for numbers.
        formula: Notion's formula language, naming other properties as `prop("Name")`.
    """

    key: str
    name: str
    type: PropertyType
    owner: Owner = Owner.SHARED
    description: str = ""
    options: tuple[Option, ...] = ()
    number_format: str = "number"
    relation: Relation | None = None
    rollup: Rollup | None = None
    formula: str = ""
    proposed: bool = False

    @property
    def database(self) -> str:
        """Key of the database that it belongs to."""
        return self.key.partition(".")[0]


@dataclass(frozen=True, slots=True)
class DateSpan:
    """A day, or the first and the last day of a span. Times of day are the owner's affair: we write days."""

    start: date
    end: date | None = None


@dataclass(frozen=True, slots=True)
class Foreign:
    """A live value that has no form in our words (a time of day, a person): kept as it is, equal to nothing of ours.

    Args:
        digest: tells two such values apart.
        day: of a time of day, its day.
    """

    digest: str
    day: date | None = None


Value = Text | str | float | bool | tuple[str, ...] | DateSpan | Foreign | None
"""What a row holds, by the property's type: Text (title, rich_text), float (number), str (select, url), tuple of option
names (multi_select), tuple of row keys (relation; `id:<uuid>` for rows that are not ours), bool (checkbox), DateSpan
(date). None is empty, for every type but checkbox; an empty Text and an empty tuple are written as None."""


def empty_as_none(value: Value) -> Value:
    """The one form of an empty value."""
    if isinstance(value, bool):
        return value
    return value if value or isinstance(value, float | int) else None
