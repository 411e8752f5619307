"""Views of every layout at every place, as the embedded workspace keeps, changes or refuses them."""

from __future__ import annotations

import pytest

from notion.embedded import Embedded
from notion_roadmap.errors import ItemRefused
from notion_roadmap.notion.gateway import Gateway
from notion_roadmap.workspace.answers import SeenView
from notion_roadmap.workspace.blocks import Block, BlockType
from notion_roadmap.workspace.text import Text
from notion_roadmap.workspace.views import (
    AllOf,
    AnyOf,
    Chart,
    Condition,
    GroupBy,
    Layout,
    OnPage,
    Sort,
    View,
    Widget,
    ladder,
)

NOW = AllOf(
    (
        AnyOf((Condition("tasks.status", "equals", "Done"), Condition("tasks.due", "on_or_before", "today"))),
        Condition("tasks.done", "equals", False),
    )
)


def view(name: str, layout: Layout, **parts: object) -> View:
    return View(f"view:tasks/{name}", "tasks", name, layout, **parts)  # type: ignore[arg-type]


SHOWN = ("tasks.status",)
BURN_UP = Chart("line", GroupBy("tasks.due", by="week"), "sum", "tasks.hours", GroupBy("tasks.status"), cumulative=True)
WISHES = (
    view("Today", Layout.LIST, filter=NOW, sorts=(Sort("tasks.due"),), shown=("tasks.status", "tasks.due")),
    view("Board", Layout.BOARD, group_by=GroupBy("tasks.status", hide_empty=True), shown=("tasks.hours",)),
    view("Skills", Layout.BOARD, group_by=GroupBy("tasks.skills", hide_empty=True)),
    view("Calendar", Layout.CALENDAR, date="tasks.due", shown=("tasks.status",)),
    view("Timeline", Layout.TIMELINE, date="tasks.start", end="tasks.due", arrows="tasks.phase", shown=SHOWN),
    view("Gallery", Layout.GALLERY, filter=Condition("tasks.status", "equals", "Done"), shown=("tasks.status",)),
    view("All", Layout.TABLE, sorts=(Sort("tasks.hours", True),), shown=("tasks.status", "tasks.hours")),
    view("Burn-up", Layout.CHART, chart=BURN_UP),
    view("Number", Layout.CHART, chart=Chart("number")),
    view("Dashboard", Layout.DASHBOARD),
)


@pytest.mark.parametrize("wish", WISHES, ids=lambda wish: wish.name)
def test_a_view_shows_what_was_asked(embedded: Embedded, wish: View) -> None:
    async def story(gateway: Gateway) -> None:
        there, columns = embedded.addresses, embedded.columns
        created = await gateway.create_view(wish, there, columns)
        assert created.differences == ()
        assert (created.name, created.layout, created.database_id) == (wish.name, wish.layout, there.ids["tasks"])
        again = await gateway.update_view(created.id, wish, there, columns)
        assert again.differences == ()
        read = await gateway.view(created.id, there, asked=wish, columns=columns["tasks"])
        assert read is not None
        assert read.shown == created.shown
        assert read.differences == ()
        assert created.id in await gateway.view_ids(there.ids["tasks"])
        await gateway.delete_view(created.id)
        assert await gateway.view(created.id) is None

    embedded.with_databases(story)


@pytest.mark.parametrize("wish", WISHES, ids=lambda wish: wish.name)
def test_every_rung_of_every_ladder_can_be_stood_on(embedded: Embedded, wish: View) -> None:
    async def story(gateway: Gateway) -> None:
        for rung in ladder(wish):
            assert (await gateway.create_view(rung, embedded.addresses, embedded.columns)).differences == ()

    embedded.with_databases(story)


def test_tabs_stand_where_they_were_asked_for(embedded: Embedded) -> None:
    async def story(gateway: Gateway) -> None:
        left = ""
        created = []
        for wish in WISHES[:4]:
            made = await gateway.create_view(wish, embedded.addresses, embedded.columns, after_view=left)
            created.append(left := made.id)
        tabs = await gateway.view_ids(embedded.addresses.ids["tasks"])
        assert [id_ for id_ in tabs if id_ in created] == created
        (default,) = set(tabs) - set(created)
        await gateway.delete_view(default)
        for id_ in created[:-1]:
            await gateway.delete_view(id_)
        with pytest.raises(ItemRefused):
            await gateway.delete_view(created[-1])

    embedded.with_databases(story)


def test_linked_views_and_widgets(embedded: Embedded) -> None:
    linked = view("Linked", Layout.LIST, place=OnPage("root", "today"), filter=NOW)
    widget = view("Widget", Layout.TABLE, place=Widget("view:tasks/Dashboard", 0))

    async def story(gateway: Gateway) -> None:
        there, columns = embedded.addresses, embedded.columns
        body = tuple(Block(BlockType.PARAGRAPH, Text.of(text)) for text in "ab")
        page = await gateway.create_page(embedded.root, "T", "", body)
        first, second = await gateway.blocks(page.id)
        made = await gateway.create_view(linked, there, columns, page_id=page.id, after_block=first.id)
        assert made.differences == ()
        assert [block.id for block in await gateway.blocks(page.id)] == [first.id, made.database_id, second.id]
        dashboard = await gateway.create_view(WISHES[-1], there, columns)
        parts = [
            await gateway.create_view(widget, there, columns, dashboard_view_id=dashboard.id, first_in_row=number == 0)
            for number in range(2)
        ]
        read = await gateway.view(dashboard.id)
        assert read is not None
        assert read.widgets == tuple(part.id for part in parts)

    embedded.with_databases(story)


@pytest.mark.parametrize(
    ("switch", "value", "field"),
    [("view_filters", "dropped", "filter"), ("view_configuration", "dropped", "shown")],
)
def test_a_view_that_was_answered_with_200_and_not_kept_is_told(
    embedded: Embedded, switch: str, value: str, field: str
) -> None:
    embedded.workspace.switches.set({switch: value})

    async def story(gateway: Gateway) -> SeenView:
        return await gateway.create_view(WISHES[0], embedded.addresses, embedded.columns)

    assert [difference.field for difference in embedded.with_databases(story).differences] == [field]


@pytest.mark.parametrize("status", ["400", "403"])
def test_a_view_that_the_plan_has_not_is_refused_and_others_are_made(embedded: Embedded, status: str) -> None:
    embedded.workspace.switches.set({"chart_views": status})

    async def story(gateway: Gateway) -> None:
        with pytest.raises(ItemRefused):
            await gateway.create_view(WISHES[-2], embedded.addresses, embedded.columns)
        await gateway.create_view(WISHES[0], embedded.addresses, embedded.columns)

    embedded.with_databases(story)
