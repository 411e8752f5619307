"""What a sync costs: nothing to write means nothing written, and no more is read than what may have changed."""

from __future__ import annotations

from datetime import date

from living.life import LIVED, START
from notion_roadmap.service.intake import TRACKED
from notion_roadmap.service.sync import Syncer, SyncResult
from service.living import MINI, Living, living

MOVES_WITH_THE_DATE = ("root", "settings/", "days/", "kpis/")
"""Where I stand, the heartbeat, streaks, days of buffer."""


async def sync(one: Living, *, full: bool = False) -> SyncResult:
    result = await Syncer(one.house).sync(one.roadmap, full=full)
    assert result.outcome == "done", (result.skipped, result.warnings)
    one.ids |= {key: item.id for key, item in one.state.all().items()}
    return result


async def settled(one: Living) -> None:
    """On the first Wednesday, after a sync."""
    await one.passes(days=(START - one.clock.now().date()).days + 2)
    await sync(one)


def databases(one: Living) -> int:
    return sum(database.key in TRACKED for database in one.workspace.databases)


def whole_day(template: str) -> None:
    async def story(one: Living) -> None:
        await settled(one)
        for hours in (0, 1, 9):
            await one.passes(minutes=60 * hours)
            again = await sync(one)
            assert (again.written, again.changed) == (0, 0)
        await sync(one)
        one.wire.sent.clear()
        last = await sync(one)
        assert not one.wire.writes
        assert last.requests <= databases(one) + 1

    living(template).does(story)


def test_the_bundled_roadmap_is_silent_on_the_same_day() -> None:
    whole_day("data-engineering-career")


def test_the_mini_roadmap_is_silent_on_the_same_day() -> None:
    whole_day(MINI)


def test_the_next_day_only_what_moves_with_the_date_is_written() -> None:
    async def story(one: Living) -> None:
        await settled(one)
        await one.passes(days=1)
        result = await sync(one)
        assert result.created == ["days/2026-12-02"]
        assert all(key.startswith(MOVES_WITH_THE_DATE) for key in result.updated), result.updated
        assert (await sync(one)).written == 0

    living(LIVED).does(story)


def test_of_a_thousand_tasks_the_twenty_that_changed_are_read() -> None:
    """And a log of two hundred days, likewise."""

    async def story(one: Living) -> None:
        mine = [await one.adds("tasks", title=f"Mine {n}", hours=1, phase="Phase 1") for n in range(1_000)]
        for n in range(200):
            day = date.fromordinal(START.toordinal() - 300 + n)
            await one.adds("days", title=f"{day}", date=day.isoformat(), problems=True)
        await settled(one)
        whole = await sync(one, full=True)
        assert whole.pulled > 1_200
        await one.passes(days=1)
        await sync(one)  # it writes what moves with the date, and so learns that the minute of the thousand is over
        await one.passes(minutes=10)
        for row in mine[:20]:
            await one.edits(row, status="Done")
        one.wire.sent.clear()
        result = await sync(one)
        assert result.changed == 20
        queries = [(path, body) for _, path, body in one.wire.sent if path.endswith("/query")]
        assert len(queries) <= databases(one) + 1
        assert sum("last_edited_time" in str(body.get("filter")) for _, body in queries) == 2
        assert result.numbers.progress.completed == 20
        one.wire.sent.clear()
        again = await sync(one)
        assert again.written == 0
        assert again.requests <= databases(one) + 1

    living(LIVED).does(story)
