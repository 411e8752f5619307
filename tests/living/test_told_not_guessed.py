"""What cannot be known is told as such: never counted as nothing, and never made up."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import unquote

from living.life import LIVED, START
from notion_roadmap.service.sync import Syncer, SyncResult
from notion_roadmap.store import MemoryState
from service.living import Living, living


async def sync(one: Living) -> SyncResult:
    result = await Syncer(one.house).sync(one.roadmap)
    assert result.outcome == "done", (result.skipped, result.warnings)
    return result


def test_a_removed_stage_is_missed_before_there_is_any_application() -> None:
    """Columns were known by the rows that show them, and where there was none the funnel of a removed Stage was 0."""

    async def story(one: Living) -> None:
        assert (await sync(one)).numbers.kpis["sent"].total == 0
        source = one.state.all()["applications"].refs["data_source"]
        await one.says("PATCH", f"data_sources/{source}", {"properties": {one.ids["applications.stage"]: None}})
        for _ in range(2):
            told = await sync(one)
            assert (told.numbers.kpis["sent"].week, told.numbers.kpis["sent"].total) == (None, None)
            assert told.warnings == ["The property Stage of Applications was removed: the funnel cannot be told (n/a)."]
        assert told.written == 0

    living(LIVED).does(story)


def test_a_stage_that_became_words_is_missed_before_there_is_any_application_and_found_again() -> None:
    async def story(one: Living) -> None:
        source, stage = one.state.all()["applications"].refs["data_source"], one.ids["applications.stage"]
        await sync(one)
        await one.says("PATCH", f"data_sources/{source}", {"properties": {stage: {"rich_text": {}}}})
        for _ in range(2):
            told = await sync(one)
            assert told.numbers.kpis["sent"].total is None
            assert len(told.warnings) == 1
            assert "Stage of Applications has another type" in told.warnings[0]
        await one.says("PATCH", f"data_sources/{source}", {"properties": {stage: {"select": {}}}})
        again = await sync(one)
        assert (again.numbers.kpis["sent"].total, again.warnings) == (0, [])

    living(LIVED).does(story)


def forgets(one: Living) -> None:
    one.state = MemoryState(one.roadmap.key)
    object.__setattr__(one.house, "state", one.state)


async def reviews(one: Living) -> list[str]:
    """The keys of the reviews that stand in Notion."""
    rows = (await one.says("POST", f"data_sources/{one.state.all()['reviews'].refs['data_source']}/query"))["results"]
    texts = (
        run["plain_text"] for row in rows for held in row["properties"].values() for run in held.get("rich_text", ())
    )
    return sorted(text for text in texts if text.startswith("reviews/"))


async def arrives(one: Living, *, week: int) -> None:
    """At the Tuesday of that week of the roadmap."""
    await one.passes(days=(START + timedelta(weeks=week - 1, days=1) - one.clock.now().date()).days)


def test_a_review_that_the_owner_threw_away_does_not_come_back_where_no_state_is_kept() -> None:
    """The trash cannot be searched: each run of a job that keeps no state made the page again."""

    async def story(one: Living) -> None:
        for week in (1, 2, 3):
            await arrives(one, week=week)
            await sync(one)
        await one.trashes(one.state.all()["reviews/2026-W48"].id)
        left = ["reviews/2026-W49", "reviews/2026-W50"]
        for _ in range(2):
            forgets(one)
            assert (await sync(one)).created == []
            assert (await sync(one)).written == 0
            assert await reviews(one) == left
        await arrives(one, week=4)
        forgets(one)
        assert "reviews/2026-W51" in (await sync(one)).created
        assert await reviews(one) == [*left, "reviews/2026-W51"]

    living(LIVED).does(story)


def test_weeks_that_were_missed_are_made_up_once_where_no_state_is_kept() -> None:
    async def story(one: Living) -> None:
        await arrives(one, week=1)
        await sync(one)
        await arrives(one, week=4)
        forgets(one)
        made = [key for key in (await sync(one)).created if key.startswith("reviews/")]
        assert made == ["reviews/2026-W49", "reviews/2026-W50", "reviews/2026-W51"]
        forgets(one)
        assert (await sync(one)).created == []
        assert await reviews(one) == ["reviews/2026-W48", *made]

    living(LIVED).does(story)


async def renames_option(one: Living, key: str, name: str, to: str) -> None:
    """As Notion's app does it, which keeps the id."""
    one.sandbox.control("switches", {"option_rename": "honoured"})
    source, column = one.state.all()[key.partition(".")[0]].refs["data_source"], one.ids[key]
    schema = (await one.says("GET", f"data_sources/{source}"))["properties"]
    (held,) = [prop["select"]["options"] for prop in schema.values() if unquote(prop["id"]) == column]
    options = [{"id": option["id"], "name": to if option["name"] == name else option["name"]} for option in held]
    await one.says("PATCH", f"data_sources/{source}", {"properties": {column: {"select": {"options": options}}}})


def test_a_renamed_status_does_not_count_as_in_progress_without_a_word() -> None:
    async def story(one: Living) -> None:
        await one.edits("tasks/phase-1/one", status="Done")
        await one.edits("tasks/phase-1/two", status="Done")
        assert (await sync(one)).warnings == []
        await renames_option(one, "tasks.status", "Done", "Shipped")
        await one.edits("tasks/phase-1/project", status="Shipped")
        for _ in range(2):
            told = await sync(one)
            assert told.numbers.progress.completed == 2
            (words,) = told.warnings
            assert words == (
                "“Shipped” of Status in Mini Tasks has no meaning here: 3 rows carry it, and without a tick in Done "
                "they count as in progress. Rename it back in Notion if it was one of Open, Doing, Stuck, Done, or "
                "choose one of these."
            )
        await renames_option(one, "tasks.status", "Shipped", "Done")
        told = await sync(one)
        assert (told.numbers.progress.completed, told.warnings) == (3, [])

    living(LIVED).does(story)


def test_a_stage_of_the_owner_s_own_is_told_of() -> None:
    async def story(one: Living) -> None:
        await one.adds("applications", title="Company", stage="Ghosted")
        (told,) = (await sync(one)).warnings
        assert told.startswith("“Ghosted” of Stage in Applications has no meaning here: 1 row carries it, and they")

    living(LIVED).does(story)
