"""Places for requests: growing with success, halving with trouble, in order of arrival."""

from __future__ import annotations

import asyncio

from hypothesis import given
from hypothesis import strategies as st

from notion_roadmap.notion.concurrency import MOST, START, Slots
from simulation.virtual import VirtualLoop, run


def played(outcomes: list[bool | None]) -> int:
    slots = Slots()

    async def main() -> None:
        for trouble in outcomes:
            slots.give_back(await slots.take(), trouble=trouble)

    loop = VirtualLoop()
    run(loop, main())
    loop.close()
    return slots.size


def test_it_starts_small_and_grows_to_a_bound() -> None:
    assert played([]) == START == 4
    assert played([False] * 3) == 7
    assert played([False] * 50) == MOST == 16


def test_trouble_halves_and_nothing_goes_below_one() -> None:
    assert played([True]) == 2
    assert played([True] * 9) == 1
    assert played([None] * 9) == START


def test_one_trouble_of_many_under_way_counts_once() -> None:
    async def main() -> int:
        slots = Slots()
        places = [await slots.take() for _ in range(4)]
        for place in places:
            slots.give_back(place, trouble=True)
        return slots.size

    loop = VirtualLoop()
    assert run(loop, main()) == 2
    loop.close()


@given(st.lists(st.sampled_from([True, False, None]), max_size=40), st.sets(st.integers(0, 39), max_size=10))
def test_never_more_under_way_than_there_are_places_and_nobody_is_forgotten(
    outcomes: list[bool | None], cancelled: set[int]
) -> None:
    slots, under_way, done = Slots(), 0, 0

    async def one(number: int, trouble: bool | None) -> None:
        nonlocal under_way, done
        place = await slots.take()
        under_way += 1
        assert under_way <= MOST
        try:
            await asyncio.sleep(1 + number % 3)
            done += 1
        finally:
            under_way -= 1
            slots.give_back(place, trouble=trouble)

    async def main() -> None:
        tasks = [asyncio.create_task(one(number, trouble)) for number, trouble in enumerate(outcomes)]
        await asyncio.sleep(0)
        for number, task in enumerate(tasks):
            if number in cancelled:
                task.cancel()
                await asyncio.sleep(0)
        await asyncio.gather(*tasks, return_exceptions=True)

    loop = VirtualLoop()
    run(loop, main())
    loop.close()
    assert under_way == 0
    assert done == len([number for number in range(len(outcomes)) if number not in cancelled])


def test_whoever_came_first_goes_first() -> None:
    order: list[int] = []

    async def one(slots: Slots, number: int) -> None:
        place = await slots.take()
        order.append(number)
        await asyncio.sleep(1)
        slots.give_back(place, trouble=None)

    async def main() -> None:
        slots = Slots(start=1)
        await asyncio.gather(*(one(slots, number) for number in range(6)))

    loop = VirtualLoop()
    run(loop, main())
    loop.close()
    assert order == list(range(6))
