"""A sync that is killed anywhere, lied to, or hurried past by its owner: nothing doubled, nothing missed."""

from __future__ import annotations

import pytest

from living.eventful import Monday, monday, undisturbed, weather
from notion_roadmap.store import MemoryState


def agrees(one: Monday, there: object) -> None:
    facts, numbers, _ = undisturbed()
    assert there == facts
    assert one.told() == numbers


def killed_at(moment: int) -> None:
    async def story(one: Monday) -> None:
        assert await one.dies(moment)
        agrees(one, await one.calms_down())

    monday(story)


@pytest.mark.parametrize("share", [0.02, 0.15, 0.3, 0.45, 0.6, 0.75, 0.835, 0.855, 0.95])
def test_a_sync_killed_at_some_moment_is_made_up_by_the_next(share: float) -> None:
    killed_at(int(undisturbed()[2] * share))


@pytest.mark.slow
def test_a_sync_killed_at_any_moment_is_made_up_by_the_next() -> None:
    for moment in range(undisturbed()[2]):
        killed_at(moment)


def endures(seed: int) -> None:
    undisturbed()

    async def story(one: Monday) -> None:
        for run in range(3):
            await one.endures(weather(seed + run))
        agrees(one, await one.calms_down())

    monday(story)


@pytest.mark.parametrize("seed", range(103, 108))
def test_whatever_notion_answers_the_same_comes_of_it(seed: int) -> None:
    endures(seed)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(200, 400))
def test_whatever_notion_answers_the_same_comes_of_it_for_long(seed: int) -> None:
    endures(seed)


@pytest.mark.parametrize("moment", [0, 3, 8, 20])
def test_an_edit_in_the_minute_of_a_sync_is_never_missed(moment: int) -> None:
    """Just before it, at some request of it, and just after it, all within one minute of Notion's clock."""

    async def story(one: Monday) -> None:
        left = [moment]

        async def meanwhile(method: str, path: str) -> None:
            if left and (left[0] == 0 or "/blocks/" in path):
                left.clear()
                await one.edits("tasks/phase-2/one", done=True)
            elif left:
                left[0] -= 1

        await one.edits("tasks/phase-1/project", status="Done")
        one.wire.meanwhile = meanwhile
        await one.syncs_all()
        one.wire.meanwhile = None
        await one.edits("tasks/phase-2/project", status="Done")
        await one.passes(days=1)
        await one.syncs_all()
        numbers = one.results[-1].numbers
        assert numbers.progress.completed == 5  # with phase-1/two and the owner's own one
        assert numbers.kpis["built"].total == 2

    monday(story)


def test_a_lost_state_is_rebuilt_in_the_middle_of_a_life() -> None:
    undisturbed()

    async def story(one: Monday) -> None:
        await one.calms_down()
        before, named = one.told(), tuple(one.state.all().values())
        one.state = MemoryState(one.roadmap.key)
        object.__setattr__(one.house, "state", one.state)
        there = await one.calms_down(named)
        assert there == undisturbed()[0]
        after = one.told()
        for name in ("progress", "kpis", "habits", "criteria", "gates", "next_up"):
            assert after[name] == before[name], name

    monday(story)
