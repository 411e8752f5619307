"""A new plan: asked for by a tick, shown as a page, accepted by another, undone by a third."""

from __future__ import annotations

from datetime import timedelta

from notion_roadmap.service.sync import Syncer, SyncResult
from service.living import Living
from service.living import living as begin

TASK = "tasks/phase-1/one"


async def syncs(living: Living) -> SyncResult:
    living.wire.sent.clear()
    result = await Syncer(living.house).sync(living.roadmap)
    assert result.outcome == "done", (result.skipped, result.stopped)
    living.ids |= {key: one.id for key, one in living.state.all().items()}
    return result


async def is_silent(living: Living) -> None:
    await syncs(living)
    assert living.wire.writes == []


async def asks(living: Living) -> str:
    """Days later the owner asks for a new plan; its key."""
    await living.passes(days=40)
    await syncs(living)
    await living.edits("settings/roadmap", replan=True)
    result = await syncs(living)
    (key,) = [key for key in result.created if key.startswith("settings/replan/")]
    return key


async def due(living: Living, row: str = TASK) -> tuple[str, str]:
    return await living.holds(row, "start"), await living.holds(row, "due_date")


def test_a_plan_is_proposed_accepted_and_undone_by_a_tick_each() -> None:
    async def story(living: Living) -> None:
        before = await due(living)
        baseline = await living.holds(TASK, "baseline_due")
        key = await asks(living)
        today = (living.clock.now()).date()

        assert key == f"settings/replan/{today}"
        assert await living.holds("settings/roadmap", "replan") is False
        assert await living.holds(key, "state") == "Proposed"
        assert await due(living) == before
        await is_silent(living)

        await living.edits(key, accept=True)
        await syncs(living)
        assert await living.holds(key, "state") == "Accepted"
        assert (await due(living))[0] == today.isoformat()
        assert await living.holds(TASK, "baseline_due") == baseline
        await is_silent(living)
        await living.passes(days=1)
        await syncs(living)
        assert (await due(living))[0] == today.isoformat()

        await living.edits(key, undo=True)
        await syncs(living)
        assert await living.holds(key, "state") == "Undone"
        assert await due(living) == before
        await is_silent(living)

    begin().does(story)


def test_the_page_shows_what_would_move() -> None:
    async def story(living: Living) -> None:
        key = await asks(living)
        blocks = (await living.says("GET", f"blocks/{living.ids[key]}/children"))["results"]
        words = "\n".join(run["plain_text"] for block in blocks for run in block[block["type"]]["rich_text"])

        assert "would move" in words
        assert "Tick Accept above" in words
        assert " days)" in words

    begin().does(story)


def test_what_the_owner_dated_by_hand_does_not_move() -> None:
    async def story(living: Living) -> None:
        mine = (living.clock.now() + timedelta(days=400)).date().isoformat()
        await living.edits(TASK, due_date=mine)
        key = await asks(living)
        await living.edits(key, accept=True)
        await syncs(living)

        assert (await due(living))[1] == mine
        assert (await due(living, "tasks/phase-1/two"))[0] == living.clock.now().date().isoformat()

    begin().does(story)


def test_a_later_plan_moves_what_an_earlier_one_dated() -> None:
    async def story(living: Living) -> None:
        await living.edits(await asks(living), accept=True)
        await syncs(living)
        await living.edits(await asks(living), accept=True)
        await syncs(living)

        assert (await due(living))[0] == living.clock.now().date().isoformat()

    begin().does(story)


def test_asking_twice_a_day_gives_one_proposal() -> None:
    async def story(living: Living) -> None:
        key = await asks(living)
        await living.edits("settings/roadmap", replan=True)
        result = await syncs(living)

        assert not [one for one in result.created if one.startswith("settings/replan/")]
        assert await living.holds(key, "state") == "Proposed"
        assert await living.holds("settings/roadmap", "replan") is False

    begin().does(story)


def test_a_plan_that_was_tidied_away_still_holds() -> None:
    async def story(living: Living) -> None:
        key = await asks(living)
        await living.edits(key, accept=True)
        await syncs(living)
        dated = await due(living)
        await living.trashes(key)
        await syncs(living)

        assert await due(living) == dated
        await is_silent(living)

    begin().does(story)
