"""A Monday after an eventful week, to be synced under any circumstances, again and again from the same beginning."""

from __future__ import annotations

import contextlib
import copy
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import replace
from functools import cache
from random import Random
from typing import Any, Final

from living.life import LIVED, START
from notion_roadmap.errors import UserError
from notion_roadmap.service.sync import Syncer, SyncResult
from notion_roadmap.workspace.observed import Applied
from service.living import Living, Seeded, seeded
from simulation.exported import Facts, facts
from simulation.mortal import Killed, MortalState, MortalTransport
from simulation.mortal import Life as Lifetime
from simulation.virtual import run
from simulation.weather import Weather

QUIET: Final = 4
"""Syncs after which, with nothing in their way, nothing may be left to do."""

TIMES: Final = {("settings/roadmap", "settings.last_sync"), ("root", "body")}
"""What tells when it was synced."""


class Monday(Living):
    """One run through it."""

    def __init__(self, begun: Seeded, *, zone: str = "UTC") -> None:
        super().__init__(LIVED, zone=zone, seeded=begun)
        self.results: list[SyncResult] = []

    async def syncs_all(self) -> SyncResult:
        result = await Syncer(self.house).sync(self.roadmap)
        self.results.append(result)
        return result

    async def dies(self, moments: int) -> bool:
        """Sync, killed after so many requests and commits, sent or answered; whether it was."""
        state, transport, life = self.house.state, self.wire.inner, Lifetime(moments)
        object.__setattr__(self.house, "state", MortalState(state, life))
        self.wire.inner = MortalTransport(transport, life)
        died = False
        try:
            await self.syncs_all()
        except Killed:
            died = True
        object.__setattr__(self.house, "state", state)
        self.wire.inner = transport
        return died

    async def endures(self, weather: Weather) -> None:
        """Sync while Notion is not itself."""
        self.sandbox.faults, fair = weather, self.sandbox.faults
        with contextlib.suppress(UserError):
            await self.syncs_all()
        self.sandbox.faults = fair
        await self._restarts()
        await self.passes(minutes=5)

    async def _restarts(self) -> None:
        """A new process: what one run learnt of Notion's troubles ends with it."""
        await self.gateway.aclose()
        self.gateway = self.new_gateway()
        object.__setattr__(self.house, "gateway", self.gateway)

    async def calms_down(self, named: Iterable[Applied] = ()) -> Facts:
        """Sync until nothing is left to do; what is there then.

        Args:
            named: what an earlier state knew, where this one was lost: weeks that are closed are not taken up again.
        """
        for _ in range(QUIET):
            result = await self.syncs_all()
            assert result.outcome == "done", (result.skipped, result.stopped, result.warnings)
            if result.written == 0:
                there = facts(
                    self.sandbox.store.docs,
                    tuple(named) or self.state.all().values(),
                    self.sandbox.root_page_id,
                    self.sandbox.bot_id,
                )
                return {key: value for key, value in there.items() if key not in TIMES}
            await self.passes(minutes=1)
        raise AssertionError(f"still writing {self.results[-1].created} {self.results[-1].updated}")

    def told(self) -> dict[str, Any]:
        """The numbers, without the forecasts that other runs of the same day may have noted."""
        return {key: one for key, one in self.results[-1].numbers.as_dict().items() if key != "forecast_score"}


async def _week(monday: Monday) -> None:
    await monday.passes(days=(START - monday.clock.now().date()).days)
    await monday.syncs_all()
    monday.ids |= {key: one.id for key, one in monday.state.all().items()}
    await monday.edits("days/2026-11-23", problems=True)
    await monday.edits("tasks/phase-1/two", status="Doing")
    await monday.passes(days=2)
    await monday.syncs_all()
    await monday.edits("days/2026-11-24", problems_exactly=5, notes="Five")
    await monday.edits("tasks/phase-1/two", done=True)
    await monday.edits("settings/roadmap", weekly_hours=5)
    await monday.edits("tasks/phase-1/project", status="Stuck", notes="Who knows?")
    mine = await monday.adds("tasks", title="Mine", status="Done", hours=3, phase="Phase 1")
    await monday.adds("applications", title="Company", stage="Interview")
    await monday.edits("kpis/talks", own_entry=2)
    await monday.edits("criteria/phase-2/shown", met=True)
    text = [{"type": "text", "text": {"content": "I was ill."}}]
    block = {"type": "paragraph", "paragraph": {"rich_text": text}}
    await monday.says("PATCH", f"blocks/{monday.ids['reviews/2026-W48']}/children", {"children": [block]})
    assert mine
    await monday.passes(days=5)


@cache
def begun() -> Seeded:
    """The Monday, not synced yet."""
    first = seeded(LIVED)
    made = Monday(first)

    async def main() -> Seeded:
        await _week(made)
        await made.gateway.aclose()
        state = copy.deepcopy(made.state)
        return replace(first, export=made.sandbox.control("export"), state=state)

    try:
        return run(made.loop, main())
    finally:
        made.loop.close()


def monday(story: Callable[[Monday], Awaitable[Any]]) -> Monday:
    """Live through it once more."""
    one = Monday(begun())

    async def main(_: Living) -> None:
        await one.passes(days=(START - one.clock.now().date()).days + 7)
        await story(one)

    one.does(main)
    return one


@cache
def undisturbed() -> tuple[Facts, dict[str, Any], int]:
    """What is there after an undisturbed Monday, its numbers, and how many moments its first sync has."""
    found: list[Facts] = []
    life = Lifetime()

    async def story(one: Monday) -> None:
        state, transport = one.house.state, one.wire.inner
        object.__setattr__(one.house, "state", MortalState(state, life))
        one.wire.inner = MortalTransport(transport, life)
        await one.syncs_all()
        object.__setattr__(one.house, "state", state)
        one.wire.inner = transport
        found.append(await one.calms_down())

    one = monday(story)
    return found[0], one.told(), life.spent


def weather(seed: int) -> Weather:
    """Drawn from a number."""
    drawn = Weather.drawn(Random(seed))
    drawn.rate = max(drawn.rate, 0.05)
    return drawn
