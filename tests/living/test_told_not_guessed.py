"""What cannot be known is told as such: never counted as nothing, and never made up."""

from __future__ import annotations

from living.life import LIVED
from notion_roadmap.service.sync import Syncer, SyncResult
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
