"""A restore that is killed anywhere is finished by running it again: everything is back, and nothing twice."""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from notion_roadmap.service.backup import Backup, KeptRow, back_up
from notion_roadmap.service.restore import Restored, Restorer
from notion_roadmap.service.sync import Syncer
from notion_roadmap.workspace.canonical import JSON
from notion_roadmap.workspace.thaw import words_of
from service.living import MINI, Living, Seeded, seeded
from simulation.mortal import Killed, Life, MortalState, MortalTransport
from simulation.virtual import run

LOST = ("tasks/phase-1/one", "tasks/phase-2/project", "kpis/problems", "days/2026-11-23")
TRASHED = ("tasks/phase-1/two", "criteria/phase-1/many")
OWN = ("First of mine", "Second of mine")
MORE = 160
"""Lines on a page: more than one request can carry."""


class Loss(Living):
    """A workspace some of which is lost: in the trash, or not even there any more."""

    def __init__(self, begun: Seeded) -> None:
        super().__init__(MINI, seeded=begun)

    async def restores(self, backup: Backup, life: Life | None = None) -> Restored | None:
        """What came of it; None when it was killed."""
        state, transport, life = self.house.state, self.wire.inner, life or Life()
        object.__setattr__(self.house, "state", MortalState(state, life))
        self.wire.inner = MortalTransport(transport, life)
        try:
            restorer = Restorer(self.house)
            result = await restorer.apply(await restorer.prepare(self.roadmap, backup))
            assert result.outcome == "done", (result.skipped, result.stopped)
        except Killed:
            return None
        finally:
            object.__setattr__(self.house, "state", state)
            self.wire.inner = transport
        return result

    async def there(self) -> dict[str, tuple[Any, ...]]:
        """What every row says, by its key, or by its title where it is the owner's; each of them once."""
        found = await back_up(self.house, self.roadmap)
        told = [(_name(row, database.key), row) for database in found.databases for row in database.rows]
        assert [name for name, count in Counter(name for name, _ in told).items() if count > 1] == []
        titles = {row.id: name for name, row in told}
        return {name: (_named(row.values, titles), len(row.body)) for name, row in told}


def _name(row: KeptRow, database: str) -> str:
    return row.key or words_of(row.values.get(f"{database}.title"))


def _named(values: Mapping[str, JSON], titles: Mapping[str, str]) -> dict[str, Any]:
    """Related rows of the owner's by their titles: ids are given anew."""
    return {
        key: sorted(titles.get(str(one).removeprefix("id:"), str(one)) for one in value)
        if isinstance(value, list)
        else value
        for key, value in values.items()
    }


async def _begins(loss: Loss) -> Backup:
    """What the owner has, a backup of it, and then most of it is gone."""
    lines = [
        {"type": "paragraph", "paragraph": {"rich_text": [{"text": {"content": f"Line {n}"}}]}} for n in range(MORE)
    ]
    for place, title in enumerate(OWN):
        blocked = {"blocked_by": [loss.ids["tasks/phase-1/one"]]} if place else {}
        loss.ids[title] = await loss.adds("tasks", title=title, hours=3, phase="Phase 1", **blocked)
        for first in range(0, MORE, 100):
            await loss.says("PATCH", f"blocks/{loss.ids[title]}/children", {"children": lines[first : first + 100]})
    await Syncer(loss.house).sync(loss.roadmap)
    backup = await back_up(loss.house, loss.roadmap)
    loss.ids |= {key: one.id for key, one in loss.state.all().items()}
    for name in (*TRASHED, *OWN, *LOST):
        await loss.trashes(name)
    return backup


@cache
def lost() -> tuple[Seeded, Backup, tuple[str, ...]]:
    """The beginning of each history, and the ids of what the trash no longer has."""
    first = seeded(MINI)
    made = Loss(first)

    async def main() -> tuple[Seeded, Backup]:
        backup = await _begins(made)
        await made.gateway.aclose()
        state = copy.deepcopy(made.state)
        return replace(first, export=made.sandbox.control("export"), state=state), backup

    try:
        begun, backup = run(made.loop, main())
        return begun, backup, tuple(made.ids[name] for name in (*OWN, *LOST))
    finally:
        made.loop.close()


def history(story: Callable[[Loss, Backup], Coroutine[Any, Any, None]]) -> None:
    """One more from the same beginning."""
    begun, backup, gone = lost()
    one = Loss(begun)
    one.sandbox.control("faults", [
        {"method": "GET", "path": f"/v1/pages/{identifier}", "action": {"type": "respond", "status": 404}}
        for identifier in gone
    ])  # fmt: skip

    async def main(_: Living) -> None:
        await one.passes(days=1)  # ids of the sandbox are those of a day: none that it gave before may come again
        await story(one, backup)

    one.does(main)


@cache
def undisturbed() -> tuple[dict[str, tuple[Any, ...]], int]:
    """What is there after a restore that nobody kills, and how many moments it has."""
    found: list[dict[str, tuple[Any, ...]]] = []
    life = Life()

    async def story(one: Loss, backup: Backup) -> None:
        await one.restores(backup, life)
        found.append(await one.there())

    history(story)
    return found[0], life.spent


def killed_at(moment: int) -> None:
    wanted, _ = undisturbed()

    async def story(one: Loss, backup: Backup) -> None:
        assert await one.restores(backup, Life(moment)) is None
        await one.passes(minutes=30)
        again = await one.restores(backup)
        assert again is not None
        there = await one.there()
        for name in OWN:  # what nobody knows to be ours is not written on: it is told instead
            if there[name][1] < MORE:
                assert any(words.startswith("The words on 1 pages differ") for words in again.notes), moment
                there[name] = (there[name][0], MORE)
        assert there == wanted, moment
        before = len(one.wire.writes)
        await one.restores(backup)
        assert len(one.wire.writes) == before, moment

    history(story)


def test_everything_comes_back() -> None:
    there, _ = undisturbed()
    assert {*LOST, *TRASHED, *OWN} <= there.keys()
    assert [there[name][1] for name in OWN] == [MORE, MORE]
    assert there["criteria/phase-1/many"][0]["criteria.measure"] == ["kpis/problems"]  # one from the trash, one anew
    assert there[OWN[1]][0]["tasks.blocked_by"] == ["tasks/phase-1/one"]


@pytest.mark.parametrize("share", [0.35, 0.7, 0.95])
def test_a_restore_killed_at_some_moment_is_finished_by_the_next(share: float) -> None:
    killed_at(int(undisturbed()[1] * share))


@pytest.mark.slow
def test_a_restore_killed_at_any_moment_is_finished_by_the_next() -> None:
    for moment in range(undisturbed()[1]):
        killed_at(moment)
