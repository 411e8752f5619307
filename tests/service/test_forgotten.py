"""What is known of the owner's choices where the state was lost."""

from __future__ import annotations

from notion_roadmap.service.sync import Syncer, SyncResult
from notion_roadmap.store import MemoryState
from service.living import Living, living


async def syncs(one: Living) -> SyncResult:
    result = await Syncer(one.house).sync(one.roadmap)
    assert result.outcome == "done", (result.skipped, result.warnings)
    return result


def test_what_is_opened_again_after_a_lost_state_no_longer_counts_as_done() -> None:
    """The share of 1 that came with the completion was taken for the owner's, and its hours stayed done."""

    async def story(one: Living) -> None:
        await syncs(one)
        await one.edits("tasks/phase-1/two", done=True)
        assert (await syncs(one)).numbers.progress.hours_completed == 12
        assert await one.holds("tasks/phase-1/two", "percent_done") == 1
        one.state = MemoryState(one.roadmap.key)
        object.__setattr__(one.house, "state", one.state)
        assert (await syncs(one)).numbers.progress.hours_completed == 12
        await one.edits("tasks/phase-1/two", done=False)
        assert (await syncs(one)).numbers.progress.hours_completed == 0
        assert await one.holds("tasks/phase-1/two", "percent_done") == 0

    living().does(story)
