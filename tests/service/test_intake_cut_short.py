"""Killed at any request or commit of taking in and writing, the next run comes to the same end as one undisturbed."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import Any

from notion_roadmap.compose import _copy
from notion_roadmap.service.status import SYNCED
from service.living import Living
from service.living import living as begin
from simulation.mortal import Killed, Life, MortalState, MortalTransport

ONE, TWO, PROJECT = "tasks/phase-1/one", "tasks/phase-1/two", "tasks/phase-1/project"
FIELDS = ("status", "done", "completed_on", "scope", "phase")


async def _lives(living: Living) -> None:
    """What the owner did."""
    await living.edits(PROJECT, done=True)
    await living.edits(TWO, status="Doing")
    await living.edits(ONE, phase="Phase 2")
    await living.edits("kpis/problems", own_entry=3)
    await living.edits("settings/roadmap", weekly_hours=10)
    await living.ticks(ONE, 0)


async def _end(living: Living) -> dict[str, Any]:
    for _ in range(2):
        await living.syncs()
    record = (await living.takes_in()).record
    held = {f"{row} {name}": await living.holds(row, name) for row in (ONE, TWO, PROJECT) for name in FIELDS}
    events = {(one.task, one.before, one.after) for one in living.state.events()}
    assert len(events) == len(living.state.events())
    return {"held": held, "events": events, "tasks": set(record.tasks), "entries": record.entries}


def _undisturbed() -> dict[str, Any]:
    async def story(living: Living) -> dict[str, Any]:
        await living.takes_in()
        await _lives(living)
        return await _end(living)

    return begin().does(story)


async def _dies(living: Living, moments: int) -> int:
    """One run that is killed after so many moments; how many it lived."""
    life, whole, inner = Life(moments), living.house, living.wire.inner
    living.wire.inner = MortalTransport(inner, life)
    mortal: Any = MortalState(living.state, life)
    living.house = replace(whole, state=mortal)
    with suppress(Killed):
        await living.syncs()
    living.house, living.wire.inner = whole, inner
    return life.spent


def test_killed_at_any_moment_it_comes_to_the_same_end() -> None:
    wanted = _undisturbed()
    assert len(wanted["events"]) == 2
    moments = 0
    while True:

        async def story(living: Living, moments: int = moments) -> tuple[int, dict[str, Any]]:
            await living.takes_in()
            await _lives(living)
            spent = await _dies(living, moments)
            return spent, await _end(living)

        spent, found = begin().does(story)
        assert found == wanted, f"killed after {moments} moments"
        if spent <= moments:
            break
        moments += 3
    assert moments > 20


def test_a_copy_for_looking_only_knows_what_the_state_knows() -> None:
    async def story(living: Living) -> None:
        await living.takes_in()
        await _lives(living)
        await living.syncs()
        record = (await living.takes_in()).record
        events, marks = living.state.events(), living.state.watermark("tasks")
        synced = "2026-11-20T09:00:00+00:00"
        living.state.remember(SYNCED, synced)
        copy = _copy(living.state)
        assert (copy.events(), copy.watermark("tasks"), copy.fact(SYNCED)) == (events, marks, synced)
        living.house, living.state = replace(living.house, state=copy), copy  # type: ignore[assignment]
        assert (await living.takes_in()).record == record

    begin().does(story)
