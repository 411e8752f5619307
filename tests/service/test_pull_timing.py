"""No edit is ever missed: those within the minute before, during and after a look, and rows that move meanwhile."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from random import Random

import pytest

from notion_roadmap.service import pull as pulling
from service.living import Living
from service.living import living as begin

ROWS = ("tasks/phase-1/one", "tasks/phase-1/two", "tasks/phase-1/project", "tasks/phase-2/one")


@pytest.fixture(params=["whole", "incremental"])
def kind(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    if request.param == "incremental":
        monkeypatch.setattr(pulling, "ONE_PAGE", 3)
    return str(request.param)


class Owner:
    """Edits a row's hours to one more each time, and remembers when."""

    def __init__(self, living: Living) -> None:
        self.living = living
        self.done: dict[str, list[tuple[datetime, int]]] = {row: [] for row in ROWS}
        self.number = 100

    async def edits(self, row: str) -> None:
        self.number += 1
        await self.living.edits(row, hours=self.number)
        self.done[row].append((self.living.clock.now(), self.number))

    def at_least(self, row: str, moment: datetime) -> int:
        """What a look that began at this moment must have seen, or something later."""
        return max((number for at, number in self.done[row] if at < moment), default=0)


def seen(living: Living, row: str) -> float:
    (hours,) = [one.values["tasks.hours"] for one in living.state.cached("tasks").values() if one.key == row]
    assert isinstance(hours, int | float)
    return hours


@pytest.mark.usefixtures("kind")
@pytest.mark.parametrize("second", [0.0, 0.5, 20.0, 59.0, 59.9])
def test_edits_in_the_minute_of_a_look_are_seen_by_it_or_by_the_next(second: float) -> None:
    async def story(living: Living) -> None:
        owner = Owner(living)
        living.sandbox.control("latency", {"ms": 300})
        await living.takes_in()
        await living.passes(minutes=1 - living.clock.now().second / 60, seconds=second)
        looks = asyncio.ensure_future(living.takes_in())
        await owner.edits(ROWS[0])  # before the query is answered
        await living.passes(seconds=0.2)
        await owner.edits(ROWS[1])
        await looks
        await owner.edits(ROWS[2])  # after it, in the same minute
        await owner.edits(ROWS[0])
        began = living.clock.now()
        await living.takes_in()
        for row in ROWS[:3]:
            assert seen(living, row) >= owner.at_least(row, began)
        await living.passes(minutes=10)
        await living.takes_in()
        assert [seen(living, row) for row in ROWS[:3]] == [owner.done[row][-1][1] for row in ROWS[:3]]

    begin().does(story)


@pytest.mark.usefixtures("kind")
@pytest.mark.parametrize("seed", range(4))
def test_whenever_people_edit_and_we_look_nothing_is_missed(seed: int) -> None:
    dice = Random(seed)

    async def story(living: Living) -> None:
        owner = Owner(living)
        living.sandbox.control("latency", {"ms": dice.choice((10, 300, 20_000))})

        async def edits() -> None:
            while True:
                await asyncio.sleep(dice.expovariate(1 / dice.choice((1, 20, 200))))
                await owner.edits(dice.choice(ROWS))

        editing = asyncio.ensure_future(edits())
        for _ in range(25):
            began = living.clock.now()
            await living.takes_in(full=dice.random() < 0.1)
            for row in ROWS:
                assert seen(living, row) >= owner.at_least(row, began), f"{row} at {began}"
            await living.passes(seconds=dice.expovariate(1 / dice.choice((1, 30, 300))))
        editing.cancel()

    begin().does(story)


def test_rows_that_change_while_pages_are_turned_slowly_are_seen_by_the_next_look(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The watermark must not pass an edit behind the page that was being read: a later row, edited even later, is seen
    on the last page. Without overlap, so that turning a page takes long enough."""
    monkeypatch.setattr(pulling, "LAG", timedelta(0))

    async def story(living: Living) -> None:
        owner = Owner(living)
        for number in range(150):
            await living.adds("tasks", title=f"{number}")
        await living.passes(minutes=2)
        last = await living.adds("tasks", title="last")
        await living.takes_in()
        await living.passes(minutes=30)
        for one in [row for row in living.state.cached("tasks").values() if not row.key]:
            await living.edits(one.id, hours=1)
        await living.passes(seconds=(50 - living.clock.now().second) % 60)
        pages = 0

        async def turning(method: str, path: str) -> None:
            nonlocal pages
            if path.endswith("/query") and living.state.all()["tasks"].refs["data_source"] in path:
                pages += 1
                if pages == 2:
                    await owner.edits(ROWS[0])  # on the first page, which was read already
                    await living.passes(seconds=20)
                    await living.edits(last, hours=2)

        living.wire.meanwhile = turning
        await living.takes_in()
        living.wire.meanwhile = None
        assert pages == 2
        assert living.state.cached("tasks")[last].values["tasks.hours"] == 2
        await living.takes_in()
        assert seen(living, ROWS[0]) == owner.number

    begin().does(story)


def test_rows_trashed_while_pages_are_turned_hide_no_other_row() -> None:
    async def story(living: Living) -> None:
        mine = [await living.adds("tasks", title=f"{number}") for number in range(150)]
        await living.takes_in()
        pages = 0

        async def turning(method: str, path: str) -> None:
            nonlocal pages
            if path.endswith("/query") and living.state.all()["tasks"].refs["data_source"] in path:
                pages += 1
                if pages == 2:
                    for one in mine[:3]:
                        await living.trashes(one)

        living.wire.meanwhile = turning
        taken = await living.takes_in(full=True)
        living.wire.meanwhile = None
        assert not set(taken.pulled.sources["tasks"].gone) - set(mine[:3])
        again = await living.takes_in(full=True)
        assert {i for i, row in again.pulled.sources["tasks"].rows.items() if row.gone} == set(mine[:3])

    begin().does(story)


@pytest.mark.parametrize("lives", [1, 2])
def test_cursors_that_are_lost_lose_no_row(lives: int) -> None:
    async def story(living: Living) -> None:
        for number in range(120):
            await living.adds("tasks", title=f"{number}")
        living.sandbox.control("switches", {"cursor_ttl_requests": lives})
        taken = await living.takes_in()
        assert taken.pulled.complete
        assert len(taken.record.tasks) == 126
        assert (await living.takes_in(full=True)).pulled.sources["tasks"].gone == {}

    begin().does(story)


def test_beyond_what_one_query_gives_every_row_is_seen() -> None:
    async def story(living: Living) -> None:
        for _ in range(6):
            for number in range(4):
                await living.adds("tasks", title=f"{number}")
            await living.passes(minutes=2)
        living.sandbox.control("switches", {"query_cap": 8})
        taken = await living.takes_in()
        assert taken.pulled.sources["tasks"].complete
        assert len(taken.record.tasks) == 30

    begin().does(story)


BOXES = "tasks/phase-1/one"


def ticked(living: Living) -> tuple[int, int] | None:
    (boxes,) = [one.boxes for one in living.state.cached("tasks").values() if one.key == BOXES]
    return boxes


def looks_at_bodies(living: Living) -> int:
    return sum(method == "GET" and path.endswith("/children") for method, path, _ in living.wire.sent)


def test_boxes_are_counted_only_where_the_owner_may_have_ticked_one() -> None:
    async def story(living: Living) -> None:
        await living.takes_in()
        assert looks_at_bodies(living) == 0
        assert next(t for t in (await living.takes_in()).record.tasks if t.key == "phase-1/one").boxes == (0, 2)
        await living.ticks(BOXES, 1)
        taken = await living.takes_in()
        assert next(t for t in taken.record.tasks if t.key == "phase-1/one").boxes == (1, 2)
        assert taken.pulled.changed == 1
        await living.edits("tasks/phase-2/one", hours=9)  # a page without boxes
        assert looks_at_bodies(living) == 1
        await living.takes_in()
        assert looks_at_bodies(living) == 1

    begin().does(story)


def test_a_box_ticked_in_the_minute_in_which_its_page_was_read_is_counted_later() -> None:
    async def story(living: Living) -> None:
        await living.takes_in()
        await living.ticks(BOXES, 0)
        await living.takes_in()
        assert ticked(living) == (1, 2)
        await living.passes(seconds=5)
        await living.ticks(BOXES, 1)
        await living.takes_in()
        assert ticked(living) == (1, 2), "nothing tells that it was ticked"
        await living.passes(minutes=2)
        await living.takes_in()
        assert ticked(living) == (2, 2)
        looks = looks_at_bodies(living)
        await living.passes(minutes=30)
        await living.takes_in()
        assert looks_at_bodies(living) == looks == 2

    begin().does(story)


def test_a_box_that_our_own_edit_hid_is_counted_by_the_next_full_look() -> None:
    async def story(living: Living) -> None:
        await living.takes_in()
        await living.edits(BOXES, phase="Phase 2")
        await living.takes_in()
        await living.passes(minutes=5)
        taken = await living.takes_in()
        await living.ticks(BOXES, 0)
        await living.writes(taken)
        await living.passes(minutes=5)
        await living.takes_in()
        assert ticked(living) == (0, 2)
        await living.takes_in(full=True)
        assert ticked(living) == (1, 2)
        looks = looks_at_bodies(living)
        await living.takes_in(full=True)
        assert looks_at_bodies(living) == looks

    begin().does(story)


def test_a_box_ticked_by_another_program_with_our_token_is_counted_at_once() -> None:
    """It was taken for an edit of our own, and seen in the night."""

    async def story(living: Living) -> None:
        await living.syncs()
        await living.edits(BOXES, phase="Phase 2")
        await living.syncs()
        for _ in range(3):
            await living.passes(minutes=15)
            await living.syncs()
        looks = looks_at_bodies(living)
        await living.syncs()
        assert looks_at_bodies(living) == looks, "our own edit woke us up"
        blocks = (await living.says("GET", f"blocks/{living.ids[BOXES]}/children"))["results"]
        box = next(one for one in blocks if one["type"] == "to_do")
        body = {"to_do": {"checked": True}}
        await living.says("PATCH", f"blocks/{box['id']}", body, token=living.sandbox.token)
        await living.syncs()
        assert ticked(living) == (1, 2)

    begin().does(story)


def test_a_row_that_another_program_adds_with_our_token_is_news() -> None:
    """The service slept on, and made no backup of it."""

    async def story(living: Living) -> None:
        await living.syncs()
        source = living.state.all()["tasks"].refs["data_source"]
        body = {"parent": {"type": "data_source_id", "data_source_id": source}, "properties": {}}
        await living.says("POST", "pages", body, token=living.sandbox.token)
        assert (await living.syncs()).pulled.changed == 1
        assert (await living.syncs()).pulled.changed == 0

    begin().does(story)


def test_pages_that_are_read_once_more_are_read_one_at_a_look() -> None:
    """Some minutes after a busy hour a sync of a workspace in which nothing happened sent a request for each page."""

    async def story(living: Living) -> None:
        await living.takes_in()
        for page in ("tasks/phase-1/task-1", "tasks/phase-1/task-2"):
            await living.ticks(page, 0)
        await living.takes_in()
        assert looks_at_bodies(living) == 2
        for count in (3, 4, 4):
            await living.passes(minutes=5)
            await living.takes_in()
            assert looks_at_bodies(living) == count

    begin("data-engineering-career").does(story)


def test_boxes_of_completed_tasks_are_nobodys_business() -> None:
    async def story(living: Living) -> None:
        await living.takes_in()
        await living.edits(BOXES, done=True)
        await living.takes_in()
        assert looks_at_bodies(living) == 0

    begin().does(story)


def test_a_page_that_cannot_be_read_just_now_is_read_by_the_next_look() -> None:
    async def story(living: Living) -> None:
        await living.takes_in()
        await living.ticks(BOXES, 0)
        rule = {"method": "GET", "path": "/v1/blocks/*", "times": 1, "action": {"type": "respond", "status": 404}}
        living.sandbox.control("faults", [rule])
        await living.takes_in()
        assert ticked(living) is None
        await living.takes_in()
        assert ticked(living) == (1, 2)

    begin().does(story)
