"""Databases, columns and rows, through the embedded workspace and through every fault."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date

import pytest

from notion.embedded import PHASES, STATUS, TASKS, Embedded
from notion_roadmap.errors import ItemRefused, OutcomeUnknown
from notion_roadmap.notion.gateway import Gateway
from notion_roadmap.wire.errors import CannotSend
from notion_roadmap.workspace.blocks import Block, BlockType
from notion_roadmap.workspace.items import Row
from notion_roadmap.workspace.properties import DateSpan, Option, Property, PropertyType, Relation
from notion_roadmap.workspace.text import Text

GATEWAY_TIMEOUT = {"type": "respond", "status": 504, "html": "<html>"}


def task(number: int, **values: object) -> Row:
    key = f"tasks/{number}"
    named = {f"tasks.{name}": value for name, value in values.items()}
    return Row(key, "tasks", {"tasks.title": Text.of(f"T{number}"), "tasks.key": Text.of(key), **named})  # type: ignore[dict-item]


async def create(embedded: Embedded, gateway: Gateway, row: Row) -> str:
    database = TASKS if row.database == "tasks" else PHASES
    there = embedded.addresses
    seen = await gateway.create_row(there.sources[row.database], database, row, embedded.columns[row.database], there)
    there.learn(row.key, seen.id)
    return seen.id


FULL = task(
    1,
    status="Not Started",
    skills=("SQL", "Never heard of"),
    hours=12.5,
    start=DateSpan(date(2026, 11, 1), date(2026, 12, 1)),
    due=DateSpan(date(2026, 12, 1)),
    link="https://a.example/b",
    done=False,
    notes=None,
)


def test_a_database_holds_the_columns_that_were_asked_for(embedded: Embedded) -> None:
    async def story(gateway: Gateway) -> None:
        schema = await gateway.schema(embedded.addresses.sources["tasks"])
        assert schema is not None
        assert schema.title == "Tasks"
        live = {p.key: embedded.columns["tasks"][p.key].as_property(p, embedded.addresses) for p in TASKS.properties}
        assert live == {p.key: p for p in TASKS.properties}
        database = await gateway.database(embedded.addresses.ids["tasks"])
        assert database is not None
        assert (database.title, database.icon, database.description) == ("Tasks", "📚", "words")
        assert database.sources == (embedded.addresses.sources["tasks"],)
        await gateway.update_database(database.id, title="New", description="other", icon="✅")
        changed = await gateway.database(database.id)
        assert changed is not None
        assert changed == replace(database, title="New", description="other", icon="✅", url=changed.url)

    embedded.with_databases(story)


def test_a_two_way_relation_gets_its_other_side_named_and_described(embedded: Embedded) -> None:
    twin = Property("tasks.twin", "Twin", PropertyType.RELATION, relation=Relation("phases", back="phases.tasks"))

    async def story(gateway: Gateway) -> None:
        tasks, phases = (embedded.addresses.sources[key] for key in ("tasks", "phases"))
        schema = await gateway.change_schema(tasks, add=(twin,), addresses=embedded.addresses)
        back = schema.named("Twin").back_id  # type: ignore[union-attr]
        seen = await gateway.change_schema(
            phases, rename={back: "Tasks"}, describe={back: "its tasks"}, addresses=embedded.addresses
        )
        column = seen.with_id(back)
        assert column is not None
        assert (column.name, column.description, column.target) == ("Tasks", "its tasks", tasks)
        assert len(seen.columns) == 3

    embedded.with_databases(story)


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_two_way_relation_is_made_once_whatever_happens(embedded: Embedded, when: str) -> None:
    twin = Property("tasks.twin", "Twin", PropertyType.RELATION, relation=Relation("phases", back="phases.tasks"))
    rule = {"method": "PATCH", "path": "/v1/data_sources/*", "nth": 1, "when": when}
    embedded.faults({**rule, "action": GATEWAY_TIMEOUT})

    async def story(gateway: Gateway) -> None:
        schema = await gateway.change_schema(
            embedded.addresses.sources["tasks"], add=(twin,), addresses=embedded.addresses
        )
        assert schema.named("Twin") is not None
        phases = await gateway.schema(embedded.addresses.sources["phases"])
        assert phases is not None
        assert len(phases.columns) == 3

    embedded.with_databases(story)
    assert embedded.witness.count("PATCH") == (2 if when == "before" else 1)


def test_options_are_added_beside_the_owners_and_colours_stay(embedded: Embedded) -> None:
    async def story(gateway: Gateway) -> None:
        source, id_ = embedded.addresses.sources["tasks"], embedded.columns["tasks"].id("tasks.status")
        wanted = (*STATUS, Option("Blocked", "red"))
        recoloured = tuple(replace(option, color="pink") for option in STATUS)
        mine = {id_: (Option("My own", "brown"),)}
        own = await gateway.change_schema(source, options=mine, addresses=embedded.addresses)
        row = await create(embedded, gateway, task(1, status="My own"))
        after = await gateway.change_schema(source, options={id_: wanted}, addresses=embedded.addresses)
        assert [o.name for o in after.with_id(id_).options] == ["Not Started", "Done", "My own", "Blocked"]  # type: ignore[union-attr]
        assert after.with_id(id_).options[:3] == own.with_id(id_).options  # type: ignore[union-attr]
        writes = embedded.witness.count("PATCH")
        await gateway.change_schema(source, options={id_: recoloured}, describe={}, addresses=embedded.addresses)
        assert embedded.witness.count("PATCH") == writes
        seen = await gateway.rows(source, embedded.columns["tasks"], embedded.addresses)
        assert [(r.id, r.item.values["tasks.status"]) for r in seen.rows if isinstance(r.item, Row)] == [
            (row, "My own")
        ]

    embedded.with_databases(story)


def test_a_row_holds_what_was_asked_and_nothing_else_changes(embedded: Embedded) -> None:
    async def story(gateway: Gateway) -> None:
        there = embedded.addresses
        await create(embedded, gateway, Row("phases/1", "phases", {"phases.title": Text.of("P")}))
        wanted = replace(FULL, values={**FULL.values, "tasks.phase": ("phases/1",)}, icon="📦")
        seen = await gateway.create_row(there.sources["tasks"], TASKS, wanted, embedded.columns["tasks"], there)
        assert isinstance(seen.item, Row)
        assert seen.item.values == wanted.values
        assert (seen.item.key, seen.item.icon) == ("tasks/1", "📦")
        change = {"tasks.status": "Done", "tasks.due": None, "tasks.phase": None}
        after = await gateway.update_row(seen.id, change, embedded.columns["tasks"], there, database=TASKS, icon="")
        assert isinstance(after.item, Row)
        assert after.item.values == {**wanted.values, **change}
        assert after.item.icon == ""
        columns = embedded.columns["tasks"]
        assert (await gateway.update_row(seen.id, {}, columns, there, database=TASKS, in_trash=True)).trashed
        assert (await gateway.rows(there.sources["tasks"], embedded.columns["tasks"], there)).rows == ()

    embedded.with_databases(story)


def test_renamed_columns_are_still_ours(embedded: Embedded) -> None:
    async def story(gateway: Gateway) -> None:
        there = embedded.addresses
        names = {
            embedded.columns["tasks"].id(key): f"Renamed {key}" for key in ("tasks.status", "tasks.key", "tasks.title")
        }
        await gateway.change_schema(there.sources["tasks"], rename=names, addresses=there)
        identifier = await create(embedded, gateway, FULL)
        found = await gateway.rows(there.sources["tasks"], embedded.columns["tasks"], there, key="tasks/1")
        assert [row.id for row in found.rows] == [identifier]

    embedded.with_databases(story)


@pytest.mark.parametrize(
    ("action", "when"),
    [
        (GATEWAY_TIMEOUT, "before"),
        (GATEWAY_TIMEOUT, "after"),
        ("drop", "before"),
        ("drop", "after"),
        ("garbage", "after"),
    ],
    ids=str,
)
def test_a_row_whose_creation_is_unknown_is_found_by_its_key(embedded: Embedded, action: object, when: str) -> None:
    embedded.faults({"method": "POST", "path": "/v1/pages", "nth": 1, "when": when, "action": action})

    async def story(gateway: Gateway) -> None:
        with pytest.raises(OutcomeUnknown):
            await create(embedded, gateway, FULL)
        found = await gateway.rows(
            embedded.addresses.sources["tasks"], embedded.columns["tasks"], embedded.addresses, key="tasks/1"
        )
        assert [row.item.key for row in found.rows if row.item] == ([] if when == "before" else ["tasks/1"])  # type: ignore[union-attr]

    embedded.with_databases(story)


def test_a_saved_row_that_was_answered_with_503_is_taken_up_and_finished(embedded: Embedded) -> None:
    body = tuple(Block(BlockType.PARAGRAPH, Text.of(f"{n}")) for n in range(150))

    async def story(gateway: Gateway) -> None:
        row = await create(embedded, gateway, FULL)
        saved = {"code": "service_unavailable", "message": "saved", "additional_data": {"committed_resource_id": row}}
        embedded.faults(
            {
                "method": "POST",
                "path": "/v1/pages",
                "nth": 1,
                "action": {"type": "respond", "status": 503, "json": saved},
            }
        )
        taken = await create(embedded, gateway, replace(FULL, body=()))
        assert taken == row
        assert await gateway.finish_body(row, body)
        assert await gateway.tree(row) == body

    embedded.with_databases(story)


def test_a_saved_row_that_cannot_be_read_just_now_is_unknown_and_not_refused(embedded: Embedded) -> None:
    """Found by the simulation: taken for a refusal, the row was created a second time by the next run."""

    async def story(gateway: Gateway) -> None:
        saved = {"type": "respond", "status": 503, "saved": True}
        trouble = {"type": "respond", "status": 500}
        embedded.faults(
            {"method": "POST", "path": "/v1/pages", "nth": 1, "when": "after", "action": saved},
            {"method": "GET", "path": "/v1/pages/*", "action": trouble},
        )
        with pytest.raises(OutcomeUnknown):
            await create(embedded, gateway, FULL)

    embedded.with_databases(story)


def test_a_row_whose_body_could_not_be_finished_is_unknown_and_not_refused(embedded: Embedded) -> None:
    body = tuple(Block(BlockType.PARAGRAPH, Text.of(f"{n}")) for n in range(150))

    async def story(gateway: Gateway) -> None:
        refusal = {"type": "respond", "status": 400}
        embedded.faults({"method": "PATCH", "path": "/v1/blocks/*", "action": refusal})
        with pytest.raises(OutcomeUnknown) as told:
            await create(embedded, gateway, replace(FULL, body=body))
        assert told.value.committed_id

    embedded.with_databases(story)


def test_all_rows_are_read_over_pages_and_minutes(embedded: Embedded) -> None:
    async def story(gateway: Gateway) -> None:
        for number in range(230):
            await create(embedded, gateway, task(number))
        await embedded.clock.sleep(600)
        await create(embedded, gateway, task(230))
        seen = await gateway.rows(embedded.addresses.sources["tasks"], embedded.columns["tasks"], embedded.addresses)
        assert seen.complete
        assert len({row.id for row in seen.rows}) == len(seen.rows) == 231

    embedded.with_databases(story)


@pytest.mark.parametrize(("minutes", "complete"), [(3, True), (1, False)])
def test_beyond_the_cap_of_a_query_nothing_is_lost_silently(embedded: Embedded, minutes: int, complete: bool) -> None:
    async def story(gateway: Gateway) -> None:
        for number in range(12):
            await create(embedded, gateway, task(number))
            if minutes > 1 and number % 4 == 3:
                await embedded.clock.sleep(120)
        embedded.workspace.switches.set({"query_cap": 5})
        seen = await gateway.rows(embedded.addresses.sources["tasks"], embedded.columns["tasks"], embedded.addresses)
        assert seen.complete is complete
        assert not complete or len({row.id for row in seen.rows}) == 12

    embedded.with_databases(story)


@pytest.mark.parametrize(("lives", "complete"), [(2, True), (1, True)])
def test_cursors_that_expire_begin_the_listing_anew(embedded: Embedded, lives: int, complete: bool) -> None:
    async def story(gateway: Gateway) -> None:
        for number in range(120):
            await create(embedded, gateway, task(number))
        embedded.workspace.switches.set({"cursor_ttl_requests": lives})
        seen = await gateway.rows(embedded.addresses.sources["tasks"], embedded.columns["tasks"], embedded.addresses)
        assert seen.complete is complete
        assert len({row.id for row in seen.rows}) == len(seen.rows) == 120

    embedded.with_databases(story)


def test_a_relation_of_many_rows_is_read_whole(embedded: Embedded) -> None:
    async def story(gateway: Gateway) -> None:
        phases = [Row(f"phases/{n}", "phases", {"phases.title": Text.of(f"{n}")}) for n in range(40)]
        await asyncio.gather(*(create(embedded, gateway, phase) for phase in phases))
        keys = tuple(phase.key for phase in phases)
        await create(embedded, gateway, task(1, phase=keys))
        seen = await gateway.rows(embedded.addresses.sources["tasks"], embedded.columns["tasks"], embedded.addresses)
        (only,) = seen.rows
        assert isinstance(only.item, Row)
        related = only.item.values["tasks.phase"]
        assert isinstance(related, tuple)
        assert set(related) == set(keys)

    embedded.with_databases(story)


def test_the_owners_own_rows_and_columns_are_read_without_a_key(embedded: Embedded) -> None:
    async def story(gateway: Gateway) -> None:
        own = Row("tasks/own", "tasks", {"tasks.title": Text.of("mine")})
        there = embedded.addresses
        seen = await gateway.create_row(there.sources["tasks"], TASKS, own, embedded.columns["tasks"], there)
        rows = (await gateway.rows(there.sources["tasks"], embedded.columns["tasks"], there)).rows
        assert [(row.id, row.item.key) for row in rows if isinstance(row.item, Row)] == [(seen.id, "")]

    embedded.with_databases(story)


def test_conflicts_slow_down_and_lose_nothing(embedded: Embedded) -> None:
    embedded.workspace.switches.set({"conflict_every": 3})

    async def story(gateway: Gateway) -> None:
        await asyncio.gather(*(create(embedded, gateway, task(number)) for number in range(30)))
        seen = await gateway.rows(embedded.addresses.sources["tasks"], embedded.columns["tasks"], embedded.addresses)
        keys = sorted(row.item.key for row in seen.rows if isinstance(row.item, Row))
        assert keys == sorted(f"tasks/{number}" for number in range(30))
        assert gateway.traffic.retries > 5

    embedded.with_databases(story)


def test_what_cannot_be_said_costs_no_request(embedded: Embedded) -> None:
    async def story(gateway: Gateway) -> None:
        for row in (task(1, hours=float("nan")), task(1, status="A, B"), task(1, phase=("phases/9",))):
            with pytest.raises(CannotSend):
                await create(embedded, gateway, row)
        assert embedded.witness.seen == []

    embedded.with_databases(story)


def test_one_refused_row_leaves_the_others(embedded: Embedded) -> None:
    refusal = {"type": "respond", "status": 400, "json": {"code": "validation_error", "message": "no"}}
    embedded.faults({"method": "POST", "path": "/v1/pages", "nth": 4, "action": refusal})

    async def story(gateway: Gateway) -> None:
        results = await asyncio.gather(
            *(create(embedded, gateway, task(number)) for number in range(10)), return_exceptions=True
        )
        assert [type(one) for one in results if not isinstance(one, str)] == [ItemRefused]

    embedded.with_databases(story)
