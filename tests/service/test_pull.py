"""Pulling: what people did is seen, and nothing that was not seen for certain is taken for gone."""

from __future__ import annotations

import pytest

from notion_roadmap.service import pull as pulling
from notion_roadmap.workspace.cached import CachedRow
from service.living import Counting, Living
from service.living import living as begin

ONE, TWO, PROJECT = "tasks/phase-1/one", "tasks/phase-1/two", "tasks/phase-1/project"


@pytest.fixture
def incremental(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let databases of more than three rows count as large."""
    monkeypatch.setattr(pulling, "ONE_PAGE", 3)


def cached(living: Living, key: str) -> CachedRow:
    database = key.partition("/")[0]
    (row,) = [row for row in living.state.cached(database).values() if row.key == key]
    return row


def queries(wire: Counting) -> list[object]:
    return [body.get("filter") for method, path, body in wire.sent if path.endswith("/query")]


def test_a_quiet_look_sends_one_query_for_each_tracked_database_and_finds_nothing() -> None:
    async def story(living: Living) -> None:
        first = await living.takes_in()
        assert (first.pulled.changed, first.ruled, first.events, first.warnings) == (0, (), (), ())
        living.wire.sent.clear()
        second = await living.takes_in()
        tracked = len(second.pulled.sources)
        assert tracked == 7
        assert len(living.wire.sent) == len(queries(living.wire)) == tracked
        assert second.pulled.changed == 0
        assert all(source.news == () for source in second.pulled.sources.values())

    begin().does(story)


def test_pulling_alone_records_nothing() -> None:
    async def story(living: Living) -> None:
        await living.edits(ONE, hours=77)
        assert (await living.pulls()).changed == 1
        assert living.state.cached("tasks") == {}
        assert living.state.watermark("tasks") is None

    begin().does(story)


def test_what_only_we_edited_is_no_news() -> None:
    async def story(living: Living) -> None:
        await living.takes_in()
        await living.edits(ONE, done=True)
        assert (await living.syncs()).pulled.changed == 1
        after = await living.takes_in()
        assert (after.pulled.changed, after.events, after.ruled) == (0, (), ())

    begin().does(story)


def test_rows_that_the_owner_added_by_hand_count_even_with_nothing_in_them() -> None:
    async def story(living: Living) -> None:
        await living.takes_in()
        empty, full = await living.adds("tasks"), await living.adds("tasks", title="Mine", hours=3, phase="Phase 1")
        record = (await living.takes_in()).record
        mine = {task.key: task for task in record.tasks if task.key.startswith("id:")}
        assert set(mine) == {f"id:{empty}", f"id:{full}"}
        assert (mine[f"id:{full}"].hours, mine[f"id:{full}"].phase) == (3, "Phase 1")
        assert (mine[f"id:{empty}"].title, mine[f"id:{empty}"].status, mine[f"id:{empty}"].hours) == (
            "",
            "not_started",
            None,
        )

    begin().does(story)


def test_empty_rows_of_the_owner_break_nothing_in_any_database() -> None:
    async def story(living: Living) -> None:
        for database in ("tasks", "phases", "criteria", "kpis", "days", "settings"):
            await living.adds(database)
        before = await living.takes_in()
        assert len(before.record.tasks) == 7
        assert len(before.record.phases) == 2
        assert not (await living.syncs()).ruled

    begin().does(story)


def test_trashed_and_moved_rows_are_told_apart_and_no_longer_count() -> None:
    async def story(living: Living) -> None:
        await living.takes_in()
        await living.trashes(ONE)
        parent = {"type": "page_id", "page_id": living.sandbox.root_page_id}
        await living.says("POST", f"pages/{living.ids[TWO]}/move", {"parent": parent})
        taken = await living.takes_in()
        assert taken.pulled.sources["tasks"].gone == {living.ids[ONE]: "trashed", living.ids[TWO]: "moved"}
        assert {task.key for task in taken.record.tasks if task.removed} == {"phase-1/one", "phase-1/two"}
        live = taken.pulled.sources["tasks"].live(living.state.all())
        assert live[ONE].trashed
        assert not live[PROJECT].trashed
        living.wire.sent.clear()
        again = await living.takes_in()
        assert again.pulled.sources["tasks"].gone == {}
        assert len(living.wire.sent) == len(again.pulled.sources)

    begin().does(story)


def test_a_row_that_comes_back_counts_again() -> None:
    async def story(living: Living) -> None:
        await living.takes_in()
        await living.trashes(ONE)
        await living.takes_in()
        await living.says("PATCH", f"pages/{living.ids[ONE]}", {"in_trash": False})
        taken = await living.takes_in()
        assert not any(task.removed for task in taken.record.tasks)
        assert cached(living, ONE).gone == ""
        assert taken.events == ()

    begin().does(story)


def test_a_row_that_is_hidden_from_us_is_gone_as_unshared() -> None:
    async def story(living: Living) -> None:
        await living.takes_in()
        await living.trashes(ONE)
        hidden = {"method": "GET", "path": f"/v1/pages/{living.ids[ONE]}", "action": {"type": "respond", "status": 404}}
        living.sandbox.control("faults", [hidden])
        gone = (await living.takes_in()).pulled.sources["tasks"].gone
        assert gone == {living.ids[ONE]: "unshared"}

    begin().does(story)


def test_a_mass_of_absent_rows_is_kept_and_warned_of_until_a_full_look_has_asked_for_each() -> None:
    async def story(living: Living) -> None:
        mine = [await living.adds("tasks", title=f"{n}") for n in range(10)]
        await living.takes_in()
        for one in mine[:7]:
            await living.trashes(one)
        living.wire.sent.clear()
        taken = await living.takes_in()
        assert taken.pulled.sources["tasks"].gone == {}
        assert "7 of 16 rows of Mini Tasks are not shown any more" in taken.warnings[0]
        assert len(living.wire.sent) == len(taken.pulled.sources)
        full = await living.takes_in(full=True)
        assert set(full.pulled.sources["tasks"].gone.values()) == {"trashed"}
        assert len(full.pulled.sources["tasks"].gone) == 7

    begin().does(story)


def test_a_listing_that_was_cut_short_makes_nothing_gone_and_moves_no_watermark() -> None:
    async def story(living: Living) -> None:
        await living.takes_in()
        marks = living.state.watermark("tasks"), living.state.watermark("phases")
        await living.passes(minutes=30)
        await living.edits(PROJECT, hours=21)
        await living.adds("phases", title="Mine")
        living.sandbox.control("switches", {"query_cap": 2})
        living.wire.sent.clear()
        taken = await living.takes_in()
        assert not taken.pulled.complete
        assert not taken.pulled.sources["tasks"].complete
        assert taken.pulled.sources["tasks"].gone == {}
        assert any("short" in sentence for sentence in taken.warnings)
        assert living.state.watermark("tasks") == marks[0]
        assert not [path for method, path, _ in living.wire.sent if method == "GET"]
        assert not any(task.removed for task in taken.record.tasks)

    begin().does(story)


def test_the_recorded_one_of_two_rows_with_one_key_stays_and_the_copy_is_the_owners() -> None:
    async def story(living: Living) -> None:
        await living.takes_in()
        copy = await living.adds("tasks", title="A copy", key=ONE, status="Doing")
        taken = await living.takes_in()
        assert any("was duplicated" in sentence for sentence in taken.warnings)
        assert living.state.cached("tasks")[copy].key == ""
        assert taken.pulled.sources["tasks"].live(living.state.all())[ONE].id == living.ids[ONE]
        assert sum(task.key == "phase-1/one" for task in taken.record.tasks) == 1
        assert {task.title for task in taken.record.tasks} >= {"A copy", "Learn the one tool"}
        assert (await living.takes_in()).warnings == ()

    begin().does(story)


def test_a_copy_whose_original_is_gone_takes_its_place() -> None:
    async def story(living: Living) -> None:
        await living.takes_in()
        copy = await living.adds("tasks", title="A copy", key=ONE)
        await living.trashes(ONE)
        await living.takes_in()
        taken = await living.takes_in()
        assert taken.pulled.sources["tasks"].live(living.state.all())[ONE].id == copy

    begin().does(story)


def test_a_twin_of_our_own_making_is_left_to_the_plan() -> None:
    async def story(living: Living) -> None:
        await living.takes_in()
        source = living.state.all()["tasks"].refs["data_source"]
        body = {"parent": {"type": "data_source_id", "data_source_id": source}, "properties": {}}
        body["properties"] = living._properties(ONE, {"title": "Twin", "key": ONE})
        made = await living.gateway._say("POST", "pages", body)
        taken = await living.takes_in()
        assert [one.id for one in taken.pulled.sources["tasks"].twins[ONE]] == [made["id"]]
        assert len(taken.record.tasks) == 6

    begin().does(story)


def test_renamed_columns_are_followed() -> None:
    async def story(living: Living) -> None:
        await living.takes_in()
        source = living.state.all()["tasks"].refs["data_source"]
        await living.says(
            "PATCH", f"data_sources/{source}", {"properties": {living.ids["tasks.hours"]: {"name": "Effort"}}}
        )
        await living.edits(ONE, hours=5)
        taken = await living.takes_in()
        assert taken.warnings == ()
        assert next(t for t in taken.record.tasks if t.key == "phase-1/one").hours == 5
        assert taken.pulled.sources["tasks"].columns["tasks.hours"].name == "Effort"

    begin().does(story)


@pytest.mark.usefixtures("incremental")
def test_a_removed_column_is_named_with_its_number_and_stays_missing() -> None:
    async def story(living: Living) -> None:
        await living.takes_in()
        source = living.state.all()["tasks"].refs["data_source"]
        await living.says("PATCH", f"data_sources/{source}", {"properties": {living.ids["tasks.hours"]: None}})
        await living.edits(ONE, category="Project")
        taken = await living.takes_in()
        assert taken.record.missing == {"tasks.hours"}
        assert taken.warnings == (
            "The property Hours of Mini Tasks was removed: hours and forecast cannot be told (n/a).",
        )
        await living.passes(minutes=30)
        await living.takes_in()
        living.wire.sent.clear()
        quiet = await living.takes_in()
        assert quiet.record.missing == {"tasks.hours"}

    begin().does(story)


@pytest.mark.usefixtures("incremental")
def test_a_column_that_comes_back_is_read_in_every_row() -> None:
    async def story(living: Living) -> None:
        await living.takes_in()
        source = living.state.all()["tasks"].refs["data_source"]
        doc = living.sandbox.store.edit(source)
        props = doc["props"]
        doc["props"] = {key: one for key, one in props.items() if one["id"] != living.ids["tasks.hours"]}
        living.sandbox.store.commit()
        await living.passes(minutes=30)
        await living.edits(ONE, category="Project")
        await living.takes_in()
        living.sandbox.store.edit(source)["props"] = props
        living.sandbox.store.commit()
        await living.edits(TWO, category="Project")
        taken = await living.takes_in()
        assert taken.record.missing == frozenset()
        assert {t.key: t.hours for t in taken.record.tasks}["phase-1/one"] == 10

    begin().does(story)


def test_a_retyped_column_is_named_and_its_values_are_not_read_as_something_else() -> None:
    async def story(living: Living) -> None:
        await living.takes_in()
        source = living.state.all()["tasks"].refs["data_source"]
        column = living.ids["tasks.status"]
        await living.edits(ONE, status="Doing")
        await living.edits(TWO, status="Done")
        await living.syncs()
        await living.says("PATCH", f"data_sources/{source}", {"properties": {column: {"rich_text": {}}}})
        taken = await living.takes_in()
        assert taken.record.missing == {"tasks.status"}
        assert "has another type: all progress cannot be told (n/a)" in taken.warnings[0]
        assert not taken.ruled
        assert taken.events == ()

    begin().does(story)


def test_a_habit_without_its_box_is_missing() -> None:
    async def story(living: Living) -> None:
        await living.takes_in()
        source = living.state.all()["days"].refs["data_source"]
        await living.says("PATCH", f"data_sources/{source}", {"properties": {living.ids["days.problems"]: None}})
        taken = await living.takes_in()
        assert taken.record.missing_habits == {"problems"}
        assert "the habit 2 problems cannot be told" in taken.warnings[0]

    begin().does(story)


def test_a_database_that_is_gone_still_counts_as_it_was_last_seen() -> None:
    async def story(living: Living) -> None:
        before = await living.takes_in()
        source = living.state.all()["tasks"].refs["data_source"]
        gone = {"method": "POST", "path": f"/v1/data_sources/{source}/query"}
        living.sandbox.control("faults", [{**gone, "action": {"type": "respond", "status": 404}}])
        taken = await living.takes_in()
        assert not taken.pulled.complete
        assert len(taken.record.tasks) == len(before.record.tasks)
        assert any("Mini Tasks" in sentence for sentence in taken.warnings)

    begin().does(story)


@pytest.mark.usefixtures("incremental")
def test_of_a_large_database_only_what_was_edited_is_asked_for() -> None:
    async def story(living: Living) -> None:
        await living.takes_in()
        await living.passes(minutes=30)
        await living.edits(ONE, hours=11)
        living.wire.sent.clear()
        taken = await living.takes_in()
        assert taken.pulled.changed == 1
        asked = [one for one in queries(living.wire) if one]
        assert len(asked) == 2, "tasks and days have more than three rows"
        assert all("last_edited_time" in str(one) for one in asked)
        assert len(taken.record.tasks) == 6
        living.wire.sent.clear()
        await living.takes_in(full=True)
        assert not any(queries(living.wire))

    begin().does(story)


@pytest.mark.usefixtures("incremental")
def test_a_row_trashed_in_a_large_database_is_noticed_by_the_next_full_look() -> None:
    async def story(living: Living) -> None:
        await living.takes_in()
        await living.passes(minutes=30)
        await living.trashes(ONE)
        assert not any(task.removed for task in (await living.takes_in()).record.tasks)
        assert {t.key for t in (await living.takes_in(full=True)).record.tasks if t.removed} == {"phase-1/one"}

    begin().does(story)


@pytest.mark.usefixtures("incremental")
def test_many_edits_of_one_minute_are_not_asked_for_for_ever() -> None:
    async def story(living: Living) -> None:
        await living.takes_in()
        await living.passes(minutes=30)
        taken = await living.takes_in()
        await living.passes(minutes=1)
        await living.edits("settings/roadmap", weekly_hours=10)
        await living.gateway.update_row(
            living.ids["days/2026-11-23"],
            {"days.streak": 1},
            taken.pulled.sources["days"].columns,
            living.addresses(),
            database=living.workspace.database("days"),
        )
        pulling.pass_time(living.house, taken.pulled)
        assert living.state.watermark("tasks") is not None
        assert living.state.watermark("tasks") <= living.clock.now()  # type: ignore[operator]
        living.wire.sent.clear()
        found = await living.pulls()
        assert found.changed == 2
        (asked,) = [one for one in queries(living.wire) if one and "last_edited_time" in str(one)][:1]
        assert "09:38" in str(asked), "two minutes before what is known to have been seen"

    begin().does(story)
