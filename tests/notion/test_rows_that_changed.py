"""Rows since a moment, and columns as rows show them: what a look at a living workspace is made of."""

from __future__ import annotations

from datetime import timedelta

from notion.embedded import TASKS, Embedded
from notion.test_databases_and_rows import create, task
from notion_roadmap.notion.gateway import Gateway
from notion_roadmap.workspace.answers import SeenRows
from notion_roadmap.workspace.items import Row


async def _since(embedded: Embedded, gateway: Gateway, minutes_ago: float | None, **how: bool) -> SeenRows:
    there = embedded.addresses
    since = None if minutes_ago is None else embedded.clock.now() - timedelta(minutes=minutes_ago)
    return await gateway.rows(there.sources["tasks"], embedded.columns["tasks"], there, edited_since=since, **how)


def test_rows_edited_since_a_moment_include_its_whole_minute(embedded: Embedded) -> None:
    async def story(gateway: Gateway) -> None:
        await embedded.clock.sleep(70)
        ids = [await create(embedded, gateway, task(number)) for number in range(3)]
        await embedded.clock.sleep(600)
        there = embedded.addresses
        await gateway.update_row(ids[1], {"tasks.hours": 9}, embedded.columns["tasks"], there, database=TASKS)
        await embedded.clock.sleep(50)
        seen = await _since(embedded, gateway, 0.5)
        assert [row.id for row in seen.rows] == [ids[1]]
        assert seen.rows[0].edited is not None
        assert seen.rows[0].edited.second == 0
        assert len((await _since(embedded, gateway, 30)).rows) == 3
        assert (await _since(embedded, gateway, -10)).rows == ()

    embedded.with_databases(story)


def test_rows_show_the_columns_as_they_are_now(embedded: Embedded) -> None:
    async def story(gateway: Gateway) -> None:
        columns, there = embedded.columns["tasks"], embedded.addresses
        assert (await _since(embedded, gateway, None)).columns is None
        await create(embedded, gateway, task(1))
        await gateway.change_schema(
            there.sources["tasks"], rename={columns.id("tasks.hours"): "Effort"}, addresses=there
        )
        source = embedded.workspace.store.edit(there.sources["tasks"])
        source["props"] = {k: p for k, p in source["props"].items() if p["id"] != columns.id("tasks.notes")}
        embedded.workspace.store.commit()
        shown = (await _since(embedded, gateway, None)).columns
        assert shown is not None
        assert (shown["tasks.hours"].name, shown["tasks.hours"].type) == ("Effort", "number")
        assert set(columns) - set(shown) == {"tasks.notes"}

    embedded.with_databases(story)


def test_long_relations_cost_nothing_where_nobody_needs_them(embedded: Embedded) -> None:
    async def story(gateway: Gateway) -> None:
        for number in range(27):
            await create(embedded, gateway, Row(f"phases/{number}", "phases", {}))
        await create(embedded, gateway, task(1, phase=tuple(f"phases/{n}" for n in range(27))))
        embedded.witness.seen.clear()
        (cut,) = (await _since(embedded, gateway, None, whole=False)).rows
        assert isinstance(cut.item, Row)
        assert "tasks.phase" not in cut.item.values
        assert len(embedded.witness.seen) == 1
        (whole,) = (await _since(embedded, gateway, None)).rows
        assert isinstance(whole.item, Row)
        assert len(whole.item.values["tasks.phase"]) == 27  # type: ignore[arg-type]

    embedded.with_databases(story)
