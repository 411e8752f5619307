"""The page of a week: ours is kept up block by block, and what its owner wrote, moved and removed stays so."""

from __future__ import annotations

import contextlib
from typing import Any

import pytest

from living.life import LIVED, START
from notion_roadmap.service.sync import Syncer, SyncResult
from service.living import Living, seeded
from simulation.mortal import Killed, MortalTransport
from simulation.mortal import Life as Lifetime

WEEK = "reviews/2026-W48"


class Page(Living):
    """A lived-in roadmap in its first week."""

    def __init__(self) -> None:
        super().__init__(LIVED, seeded=seeded(LIVED))

    async def syncs_all(self) -> SyncResult:
        result = await Syncer(self.house).sync(self.roadmap)
        self.ids |= {key: one.id for key, one in self.state.all().items()}
        return result

    async def lines(self, key: str = WEEK) -> list[tuple[str, str]]:
        found = (await self.says("GET", f"blocks/{self.ids[key]}/children"))["results"]
        return [
            (one["id"], "".join(run["plain_text"] for run in one[one["type"]].get("rich_text", ()))) for one in found
        ]

    async def words(self, key: str = WEEK) -> list[str]:
        return [words for _, words in await self.lines(key)]

    async def block(self, beginning: str, key: str = WEEK) -> str:
        (found,) = [identifier for identifier, words in await self.lines(key) if words.startswith(beginning)]
        return found

    async def rewrites(self, beginning: str, words: str, key: str = WEEK) -> None:
        identifier = await self.block(beginning, key)
        kind = (await self.says("GET", f"blocks/{identifier}"))["type"]
        text = [{"type": "text", "text": {"content": words}}]
        await self.says("PATCH", f"blocks/{identifier}", {kind: {"rich_text": text}})

    async def writes_down(self, words: str, *, below: str = "", key: str = WEEK) -> None:
        text: list[dict[str, Any]] = [{"type": "text", "text": {"content": words}}]
        body: dict[str, Any] = {"children": [{"type": "paragraph", "paragraph": {"rich_text": text}}]}
        if below:
            body["position"] = {"type": "after_block", "after_block": {"id": await self.block(below, key)}}
        await self.says("PATCH", f"blocks/{self.ids[key]}/children", body)


async def first_day(page: Page) -> None:
    await page.passes(days=(START - page.clock.now().date()).days)
    assert (await page.syncs_all()).outcome == "done"


async def silent(page: Page) -> None:
    assert (await page.syncs_all()).written == 0


def test_our_lines_follow_between_the_owner_s_own() -> None:
    async def story(_: Living) -> None:
        await first_day(page)
        await page.writes_down("I was ill.", below="Metrics")
        await page.edits("days/2026-11-23", problems=True)
        await page.edits("tasks/phase-1/one", done=True)
        result = await page.syncs_all()
        assert WEEK in result.updated
        words = await page.words()
        assert words[words.index("Metrics") + 1] == "I was ill."
        assert "Problems solved: 2" in words
        assert any(one.startswith("Phase 1 tasks completed: 1/3") for one in words)
        await silent(page)

    page = Page()
    page.does(story)


def test_a_line_that_the_owner_rewrote_is_theirs_and_the_others_go_on() -> None:
    async def story(_: Living) -> None:
        await first_day(page)
        await page.rewrites("Problems solved", "Problems solved: none, but two read")
        for day in ("2026-11-23", "2026-11-24"):
            await page.edits(f"days/{day}", problems=True)
            await page.edits("tasks/phase-1/one", done=day.endswith("23"))
            await page.syncs_all()
            await page.passes(days=1)
        words = await page.words()
        assert "Problems solved: none, but two read" in words
        assert not any(one.startswith("Problems solved: 2") for one in words)
        assert any(one.startswith("Phase 1 tasks completed: 0/3") for one in words)
        await page.syncs_all()
        await silent(page)

    page = Page()
    page.does(story)


def test_a_line_that_the_owner_removed_stays_away_to_the_end_of_the_week() -> None:
    async def story(_: Living) -> None:
        await first_day(page)
        await page.says("DELETE", f"blocks/{await page.block('Problems solved')}")
        await page.edits("days/2026-11-23", problems=True)
        await page.syncs_all()
        await page.passes(days=7)
        await page.syncs_all()
        words = await page.words()
        assert not any(one.startswith("Problems solved") for one in words)
        assert "🏁 How it went" in words
        assert await page.holds(WEEK, "closed") is True
        await silent(page)

    page = Page()
    page.does(story)


def test_the_status_of_the_root_page_goes_on_where_the_owner_rewrote_a_heading() -> None:
    async def story(_: Living) -> None:
        await first_day(page)
        await page.rewrites("🔁 Habits", "My habits", key="root")
        await page.edits("tasks/phase-1/one", done=True)
        await page.syncs_all()
        words = await page.words("root")
        assert "My habits" in words
        assert "🔁 Habits" not in words
        assert any("33" in one or "20" in one for one in words if one.startswith("Where I stand")), words
        await silent(page)

    page = Page()
    page.does(story)


@pytest.mark.parametrize("moments", [26, 38, 40, 44, 52])
def test_a_page_left_half_written_is_ours_to_finish(moments: int) -> None:
    """A run that is cut short at any request has written some of the lines, and recorded none of them."""

    async def story(_: Living) -> None:
        await first_day(page)
        await page.writes_down("I was ill.", below="Metrics")
        await page.edits("days/2026-11-23", problems=True)
        await page.passes(days=7)
        transport = page.wire.inner
        page.wire.inner = MortalTransport(transport, Lifetime(moments))
        with contextlib.suppress(Killed):
            await page.syncs_all()
        page.wire.inner = transport
        await page.passes(days=1)
        await page.syncs_all()
        words = await page.words()
        assert len(words) == len(set(words)), words
        assert "Problems solved: 2" in words
        assert words.count("🏁 How it went") == 1
        assert words.count("I was ill.") == 1
        await silent(page)

    page = Page()
    page.does(story)
