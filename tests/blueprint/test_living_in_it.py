"""How much the workspace asks of its owner: five ticks a day and three typed fields a week, on a phone."""

from __future__ import annotations

import re
from collections import Counter
from datetime import timedelta

import pytest

from blueprint.material import CHOICES, MONDAY, career, lived, rows_of
from notion_roadmap.blueprint import first_record
from notion_roadmap.roadmap import OwnCount
from notion_roadmap.workspace.items import Workspace
from notion_roadmap.workspace.properties import Owner, PropertyType
from notion_roadmap.workspace.views import Layout, Tab

TICKS_A_DAY, TYPED_A_WEEK, TABS, CARD_FIELDS = 5, 3, 8, 10
CARDS = {Layout.BOARD, Layout.GALLERY, Layout.LIST, Layout.CALENDAR, Layout.TIMELINE}
WORKSPACE = lived(first_record(career(), CHOICES), MONDAY + timedelta(days=2))


def boxes_of_a_day(workspace: Workspace) -> list[str]:
    """The boxes of a day that mean something done; a day off is for when nothing is."""
    columns = workspace.database("days").properties
    boxes = [p for p in columns if p.type is PropertyType.CHECKBOX and p.owner is Owner.THEIRS]
    return [p.key for p in boxes if p.key != "days.day_off"]


def typed_in_a_week(workspace: Workspace) -> list[str]:
    """Placeholders that are left for the owner on the page of the week, and KPIs of a week that only they count."""
    pages = [row for row in rows_of(workspace).values() if row.database == "reviews"]
    (page,) = [row for row in pages if not row.values["reviews.closed"]]
    asked = [block.text.plain for block in page.body if re.search(r"\[[^\]]+\]", block.text.plain)]
    own = [kpi.key for kpi in career().kpis if isinstance(kpi.counted, OwnCount) and kpi.period == "week"]
    return [*asked, *own]


def test_at_most_five_ticks_a_day() -> None:
    assert 0 < len(boxes_of_a_day(WORKSPACE)) <= TICKS_A_DAY


def test_at_most_three_typed_fields_a_week() -> None:
    assert 0 < len(typed_in_a_week(WORKSPACE)) <= TYPED_A_WEEK


def test_the_boxes_of_a_day_are_on_the_root_page() -> None:
    view = next(v for v in WORKSPACE.views if v.key == "view:days/root-habits")

    assert set(boxes_of_a_day(WORKSPACE)) <= set(view.shown)


@pytest.mark.parametrize("database", [d.key for d in WORKSPACE.databases])
def test_at_most_eight_tabs(database: str) -> None:
    tabs = Counter(view.database for view in WORKSPACE.views if isinstance(view.place, Tab))

    assert 0 < tabs[database] <= TABS


def test_at_most_ten_fields_on_a_card() -> None:
    crowded = {v.key: len(v.shown) for v in WORKSPACE.views if v.layout in CARDS and len(v.shown) > CARD_FIELDS}

    assert crowded == {}


def test_nothing_that_is_computed_is_asked_for() -> None:
    columns = {p.key: p for d in WORKSPACE.databases for p in d.properties}
    written = {key for row in WORKSPACE.rows for key in row.values}

    ours = {key for key, p in columns.items() if p.owner is Owner.OURS}
    computed = {key for key, p in columns.items() if p.type in (PropertyType.ROLLUP, PropertyType.FORMULA)}
    later = {
        "applications.key",
        "settings.state",
        "settings.moves",
        "settings.new_end",
        "settings.old_end",
        "settings.dates",
    }
    assert ours - computed - later <= written
