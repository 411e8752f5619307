"""Each rule of `check` notices its own breach."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from blueprint.material import career_workspace
from notion_roadmap.blueprint import check
from notion_roadmap.workspace.blocks import Block, BlockType
from notion_roadmap.workspace.items import Database, Row, Workspace
from notion_roadmap.workspace.properties import Option, Property, PropertyType, Relation, Rollup
from notion_roadmap.workspace.text import Text
from notion_roadmap.workspace.views import Layout, OnPage, Tab, View, Widget


def with_database(change: Callable[[Database], Database]) -> Workspace:
    workspace = career_workspace()
    return replace(workspace, databases=tuple(change(d) if d.key == "settings" else d for d in workspace.databases))


def with_property(**changes: object) -> Workspace:
    added = replace(Property("settings.more", "More", PropertyType.TEXT), **changes)  # type: ignore[arg-type]
    return with_database(lambda database: replace(database, properties=(*database.properties, added)))


def with_view(**changes: object) -> Workspace:
    added = replace(View("view:tasks/more", "tasks", "More", Layout.TABLE, OnPage("root", "today")), **changes)  # type: ignore[arg-type]
    return replace(career_workspace(), views=(*career_workspace().views, added))


def with_row(**changes: object) -> Workspace:
    values = {"tasks.key": Text.of("tasks/more"), **changes.pop("values", {})}  # type: ignore[dict-item]
    added = replace(Row("tasks/more", "tasks", values), **changes)  # type: ignore[arg-type]
    return replace(career_workspace(), rows=(*career_workspace().rows, added))


def tabled(*widths: int) -> Block:
    rows = (Block(BlockType.TABLE_ROW, cells=(Text.of("x"),) * width) for width in widths)
    return Block(BlockType.TABLE, children=tuple(rows))


BREACHES = {
    "settings/roadmap is used 2 times": lambda: replace(
        career_workspace(), rows=(*career_workspace().rows, career_workspace().rows[-1])
    ),
    "settings has not exactly one title": lambda: with_property(type=PropertyType.TITLE),
    "settings has no key property": lambda: with_database(lambda d: replace(d, key_property="settings.other")),
    "settings has 2 properties called name": lambda: with_property(name="NAME"),
    "the description of settings.more is too long": lambda: with_property(description="x" * 281),
    "settings.more has 101 options": lambda: with_property(options=tuple(Option(f"o{n}") for n in range(101))),
    "the option 'a, b' of settings.more is not possible": lambda: with_property(options=(Option("a, b"),)),
    "settings.more points at nowhere, which does not exist": lambda: with_property(relation=Relation("nowhere")),
    "settings.more is shown as tasks.nothing, which does not exist": lambda: with_property(
        relation=Relation("tasks", back="tasks.nothing")
    ),
    "settings.more rolls up what does not exist": lambda: with_property(rollup=Rollup("settings.no", "x.y", "count")),
    "tasks has 9 tabs": lambda: with_view(place=Tab("view:tasks/timeline")),
    "the tabs of tasks do not stand in a row": lambda: with_view(place=Tab("view:tasks/today")),
    "view:tasks/more uses kpis.value, which its database does not have": lambda: with_view(shown=("kpis.value",)),
    "view:tasks/more shows 11 fields on a card": lambda: with_view(layout=Layout.LIST, shown=("tasks.phase",) * 11),
    "view:tasks/more has nothing to group by": lambda: with_view(layout=Layout.BOARD),
    "view:tasks/more has no date to go by": lambda: with_view(layout=Layout.CALENDAR),
    "view:tasks/more stands below roof, which is not on root": lambda: with_view(place=OnPage("root", "roof")),
    "the dashboard view:tasks/none does not exist": lambda: with_view(place=Widget("view:tasks/none", 0)),
    "tasks/more does not carry its key": lambda: with_row(values={"tasks.key": Text.of("tasks/less")}),
    "tasks/more has a value for kpis.value, which it cannot have": lambda: with_row(values={"kpis.value": 1.0}),
    "tasks/more points by tasks.roadmap_phase at what does not exist": lambda: with_row(
        values={"tasks.roadmap_phase": ("phases/phase-8",)}
    ),
    "tasks/more has 101 values in tasks.skills": lambda: with_row(
        values={"tasks.skills": tuple(f"s{n}" for n in range(101))}
    ),
    "tasks/more has 'Phase 8' in tasks.phase, which is no option": lambda: with_row(values={"tasks.phase": "Phase 8"}),
    "tasks.deliverable of tasks/more is an empty text": lambda: with_row(values={"tasks.deliverable": Text()}),
    "tasks.deliverable of tasks/more is too long": lambda: with_row(
        values={"tasks.deliverable": Text.of("x" * 200_001)}
    ),
    "a block of tasks/more is an empty text": lambda: with_row(body=(Block(BlockType.BULLET),)),
    "a table of tasks/more is not one": lambda: with_row(body=(tabled(2, 1),)),
    "a table of tasks/more has 101 rows": lambda: with_row(body=(tabled(*(1,) * 101),)),
}


@pytest.mark.parametrize("sentence", BREACHES)
def test_a_breach_is_said(sentence: str) -> None:
    assert sentence in check(BREACHES[sentence]())


def test_a_database_without_a_table_is_said() -> None:
    views = tuple(v for v in career_workspace().views if not v.key.startswith("view:settings/"))

    assert check(replace(career_workspace(), views=views)) == ("settings has no table among its tabs",)


def test_too_many_widgets_are_said() -> None:
    workspace = career_workspace()
    widget = next(v for v in workspace.views if isinstance(v.place, Widget) and v.place.row == 0)
    more = tuple(replace(widget, key=f"{widget.key}-{n}") for n in range(2))

    assert check(replace(workspace, views=(*workspace.views, *more))) == (
        "view:history/dashboard has too many widgets",
    )
