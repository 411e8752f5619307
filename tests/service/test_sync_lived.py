"""Whatever the owner does: after a sync the next one writes nothing and asks each tracked database once."""

from __future__ import annotations

from random import Random

import pytest
from pydantic import SecretStr

from notion_roadmap.notion.gateway import Gateway
from notion_roadmap.service.sync import Syncer, SyncResult
from service.living import Living
from service.living import living as begin

TASKS = ("phase-1/one", "phase-1/two", "phase-1/project", "phase-2/one", "phase-2/project", "phase-2/extra")
TRACKED = 6


async def syncs(living: Living, *, full: bool = False) -> SyncResult:
    living.wire.sent.clear()
    result = await Syncer(living.house).sync(living.roadmap, full=full)
    assert result.outcome == "done", (result.skipped, result.stopped)
    return result


class Owner:
    """Does this and that, as the dice fall."""

    def __init__(self, living: Living, dice: Random) -> None:
        self.living, self.dice = living, dice
        self.own: list[str] = []

    async def acts(self) -> None:
        deeds = (
            self.ticks_done, self.sets_status, self.moves, self.chooses, self.adds, self.logs, self.steers,
            self.renames, self.trashes, self.duplicates, self.ticks_a_box, self.meets,
        )  # fmt: skip
        await self.dice.choice(deeds)()

    def row(self) -> str:
        rows = [f"tasks/{key}" for key in TASKS] + self.own
        there = [row for row in rows if not self.living.sandbox.store.docs[self.living.ids.get(row, row)]["in_trash"]]
        return self.dice.choice(there)

    async def ticks_done(self) -> None:
        await self.living.edits(self.row(), done=self.dice.random() < 0.7)

    async def sets_status(self) -> None:
        await self.living.edits(self.row(), status=self.dice.choice(("Open", "Doing", "Done", None, "Waiting")))

    async def moves(self) -> None:
        phase = self.dice.choice(("phase-1", "phase-2"))
        if self.dice.random() < 0.5:
            await self.living.edits(self.row(), phase=phase.replace("phase-", "Phase "))
        else:
            await self.living.edits(self.row(), roadmap_phase=[self.living.ids[f"phases/{phase}"]])

    async def chooses(self) -> None:
        await self.living.edits(self.row(), focus=self.dice.choice(("Now", "Later", None)))
        await self.living.edits(
            self.row(), percent_done=self.dice.choice((0.3, None)), hours_spent=self.dice.choice((2, None))
        )

    async def adds(self) -> None:
        self.own.append(await self.living.adds("tasks", title="Mine", status=self.dice.choice((None, "Done", "Doing"))))

    async def logs(self) -> None:
        days = sorted(key for key in self.living.state.all() if key.startswith("days/"))
        self.living.ids |= {key: one.id for key, one in self.living.state.all().items()}
        await self.living.edits(self.dice.choice(days), problems=True)

    async def steers(self) -> None:
        until = self.dice.choice((None, "2026-12-24"))
        await self.living.edits("settings/roadmap", weekly_hours=self.dice.choice((5, 20, None)), pause_until=until)

    async def renames(self) -> None:
        await self.living.edits(self.row(), title=f"Renamed {self.dice.random()}")

    async def trashes(self) -> None:
        if self.dice.random() < 0.3:
            await self.living.trashes(self.row())

    async def duplicates(self) -> None:
        self.own.append(await self.living.adds("tasks", title="Copy", key="tasks/phase-1/one"))

    async def ticks_a_box(self) -> None:
        row = self.living.sandbox.store.docs[self.living.ids["tasks/phase-1/one"]]
        if row["children"] and not row["in_trash"]:
            await self.living.ticks("tasks/phase-1/one", self.dice.choice((0, 1)))

    async def meets(self) -> None:
        await self.living.edits(
            f"criteria/{self.dice.choice(('phase-1/many', 'phase-2/shown'))}", met=self.dice.random() < 0.5
        )


@pytest.mark.parametrize("seed", range(4))
def test_after_a_sync_there_is_nothing_left_to_do(seed: int) -> None:
    dice = Random(seed)

    async def story(living: Living) -> None:
        owner = Owner(living, dice)
        await syncs(living)
        for _ in range(8):
            for _ in range(dice.choice((0, 1, 3))):
                await owner.acts()
            if dice.random() < 0.4:
                await living.passes(days=dice.choice((0.3, 1, 8, 25)))
            await syncs(living)
            again = await syncs(living, full=dice.random() < 0.1)
            assert living.wire.writes == []
            assert (again.written, again.changed) == (0, 0)
            looks = sum(path.endswith("/children") for _, path, _ in living.wire.sent)
            assert again.requests - looks <= TRACKED + 1

    begin().does(story)


def test_another_token_is_asked_whose_it_is_and_the_same_one_only_once() -> None:
    """The id of the first connection was kept: all that the second one wrote looked like the owner's doing."""

    async def story(living: Living) -> None:
        questions = [
            sum("users/me" in path for _, path, _ in living.wire.sent) for _ in range(2) if await syncs(living)
        ]
        assert questions == [1, 0]
        secret = SecretStr("ntn_of_another_connection")
        living.sandbox.store.set_meta("token", secret.get_secret_value())
        settings = living.house.settings.model_copy(update={"notion_token": secret})
        object.__setattr__(living.house, "settings", settings)
        other = Gateway(secret, clock=living.clock, base_url="http://sandbox.example", inner=living.wire)
        object.__setattr__(living.house, "gateway", other)
        await syncs(living)
        assert sum("users/me" in path for _, path, _ in living.wire.sent) == 1
        assert secret.get_secret_value() not in str(living.state.fact("bot"))
        await other.aclose()

    begin().does(story)
