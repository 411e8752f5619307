"""Views in our words: what a person sees, and the wishes that can be given up one after the other."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Literal

from notion_roadmap.workspace.properties import Value


class Layout(StrEnum):
    """The view types that we create; the values are Notion's names."""

    TABLE = "table"
    BOARD = "board"
    CALENDAR = "calendar"
    TIMELINE = "timeline"
    GALLERY = "gallery"
    LIST = "list"
    CHART = "chart"
    DASHBOARD = "dashboard"


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition on one property. `operator` is Notion's word for it ("equals", "on_or_before", "is_empty", …).

    https://developers.notion.com/reference/filter-data-source-entries
    """

    property: str
    operator: str
    value: Value | Literal["today"] = True


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every part holds."""

    parts: tuple[Condition | AllOf | AnyOf, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one part holds."""

    parts: tuple[Condition | AllOf | AnyOf, ...]


Filter = Condition | AllOf | AnyOf
"""At most two levels of AllOf and AnyOf."""


@dataclass(frozen=True, slots=True)
class Sort:
    """Rows in the order of a property."""

    property: str
    descending: bool = False


@dataclass(frozen=True, slots=True)
class GroupBy:
    """Rows in groups. `by` is the granularity for dates ("day", "week", "month")."""

    property: str
    hide_empty: bool = False
    by: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """What a chart draws.

    Args:
        kind: column, bar, line, donut or number.
        x: the groups along the axis, None for number charts.
        aggregate: Notion's aggregator ("count", "sum", …) and the property it works on ("" for count).
        stack_by: one line or bar per group of this.
        cumulative: a running total, lines only.
    """

    kind: str
    x: GroupBy | None = None
    aggregate: str = "count"
    of: str = ""
    stack_by: GroupBy | None = None
    cumulative: bool = False


@dataclass(frozen=True, slots=True)
class Tab:
    """A tab of the view's own database. Tabs cannot be moved later: `after` is the key of the tab to its left, "" for
    the first."""

    after: str = ""


@dataclass(frozen=True, slots=True)
class OnPage:
    """A linked database on a page, below the block with this anchor."""

    page: str
    below: str


@dataclass(frozen=True, slots=True)
class Widget:
    """A part of a dashboard. Its place: `row` from 0, in the order of creation within the row."""

    dashboard: str
    row: int


@dataclass(frozen=True, slots=True)
class View:
    """A view that we wish for.

    Args:
        key: unique in the workspace, `view:<database>/<name>` ("view:tasks/phase-board").
        database: key of the database whose rows it shows.
        shown: keys of the properties on a card or as columns, in order; the title is always shown. () leaves the
            choice to Notion.
        date: the property that a calendar or timeline goes by; `end` the timeline's other end.
        arrows: the relation that a timeline draws arrows by.
    """

    key: str
    database: str
    name: str
    layout: Layout
    place: Tab | OnPage | Widget = field(default_factory=Tab)
    filter: Filter | None = None
    sorts: tuple[Sort, ...] = ()
    group_by: GroupBy | None = None
    shown: tuple[str, ...] = ()
    date: str = ""
    end: str = ""
    arrows: str = ""
    chart: Chart | None = None


def ladder(view: View) -> tuple[View, ...]:
    """The wish, then what is left of it after each refusal: in full, only what its layout requires, a plain table.

    No recording of the real API shows a configured board, chart or dashboard, and plans may refuse charts, so each
    rung asks for less. The last rung of a dashboard is a table of the same database.
    """
    rungs = [view]
    bare = replace(view, shown=(), sorts=(), end="", arrows="")
    if bare != view:
        rungs.append(bare)
    if view.layout is not Layout.TABLE:
        rungs.append(
            replace(view, layout=Layout.TABLE, group_by=None, chart=None, date="", end="", arrows="", shown=())
        )
    if rungs[-1].filter is not None:
        rungs.append(replace(rungs[-1], filter=None))
    return tuple(rungs)


def rung_of(view: View, layout: str) -> int:
    """Which rung of the ladder a view that is there stands on, as far as its layout tells."""
    return next((number for number, wish in enumerate(ladder(view)) if wish.layout == layout), 0)
