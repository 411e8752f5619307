"""Never more than the plan allows, whatever the phase of Notion's window; and nobody before Retry-After."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notion_roadmap.notion.throttle import DEFAULT_WAIT, WINDOW, Throttle, retry_after
from simulation.virtual import BEGIN, VirtualClock, VirtualLoop, run

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


def most_in_a_window(times: Iterable[float]) -> int:
    told = sorted(times)
    return max((sum(1 for other in told if at <= other < at + WINDOW) for at in told), default=0)


def sent(limit: int, gaps: list[float], earlier: Sequence[float] = ()) -> list[float]:
    """When requests go out that ask with these gaps, after those of `earlier` (seconds before the start)."""
    loop = VirtualLoop()
    clock = VirtualClock(loop)
    throttle = Throttle(clock, limit, [BEGIN - timedelta(seconds=age) for age in earlier])
    times: list[float] = []

    async def one(start: float) -> None:
        await clock.sleep(start)
        await throttle.admit()
        times.append(clock.monotonic())

    async def main() -> None:
        starts = [sum(gaps[: number + 1]) for number in range(len(gaps))]
        await asyncio.gather(*(one(start) for start in starts))

    run(loop, main())
    loop.close()
    return times


@given(
    st.integers(1, 8),
    st.lists(st.floats(0, 40), min_size=1, max_size=40),
    st.lists(st.floats(0, 100), max_size=12),
)
def test_no_sixty_seconds_ever_hold_more_than_the_limit(limit: int, gaps: list[float], earlier: list[float]) -> None:
    before = sorted(-age for age in earlier)[-limit:]
    times = sent(limit, gaps, earlier)
    assert len(times) == len(gaps)
    kept = before if most_in_a_window(before) <= limit else []
    assert most_in_a_window([*kept, *times]) <= limit


@given(st.integers(1, 8), st.lists(st.tuples(st.floats(0, 3), st.floats(0, 1)), min_size=1, max_size=40))
def test_wherever_notion_counts_a_request_before_it_answers_no_window_holds_too_many(
    limit: int, journeys: list[tuple[float, float]]
) -> None:
    """A journey is the time until the answer, and after which part of it Notion counts the request."""
    loop = VirtualLoop()
    clock = VirtualClock(loop)
    throttle = Throttle(clock, limit)
    counted: list[float] = []

    async def one(seconds: float, part: float) -> None:
        turn = await throttle.admit()
        counted.append(clock.monotonic() + min(1.0, seconds * part))
        await clock.sleep(max(seconds, 1.0) if seconds * part > 1 else seconds)
        throttle.answered(turn)

    async def main() -> None:
        await asyncio.gather(*(one(*journey) for journey in journeys))

    run(loop, main())
    loop.close()
    assert most_in_a_window(counted) <= limit


def test_a_quick_answer_opens_the_next_window_sooner() -> None:
    loop = VirtualLoop()
    clock = VirtualClock(loop)
    throttle = Throttle(clock, 1)

    async def main() -> float:
        turn = await throttle.admit()
        await clock.sleep(0.3)
        throttle.answered(turn)
        await throttle.admit()
        return clock.monotonic()

    assert run(loop, main()) == pytest.approx(WINDOW + 0.3, abs=0.1)
    loop.close()


def test_a_refusal_just_after_a_window_reopened_does_not_teach_to_drip() -> None:
    loop = VirtualLoop()
    clock = VirtualClock(loop)
    throttle = Throttle(clock, 60)
    times: list[float] = []

    async def main() -> None:
        for _ in range(60):
            throttle.answered(await throttle.admit())
        await clock.sleep(WINDOW + 0.2)
        await throttle.admit()
        throttle.refused(overloaded=False)
        for _ in range(5):
            await throttle.admit()
            times.append(clock.monotonic())

    run(loop, main())
    loop.close()
    assert max(gaps_of(times)) < 0.1


def test_a_window_may_be_spent_in_one_burst() -> None:
    times = sent(180, [0.0] * 181)
    assert times[179] == 0
    assert WINDOW <= times[180] <= WINDOW + 2


def test_requests_go_out_in_the_order_in_which_they_came() -> None:
    loop = VirtualLoop()
    clock = VirtualClock(loop)
    throttle = Throttle(clock, 2)
    order: list[int] = []

    async def one(number: int) -> None:
        await throttle.admit()
        order.append(number)

    async def main() -> None:
        await asyncio.gather(*(one(number) for number in range(7)))

    run(loop, main())
    loop.close()
    assert order == list(range(7))


@given(st.floats(0.1, 4_000), st.integers(1, 5))
def test_nobody_goes_before_a_pause_is_over(seconds: float, workers: int) -> None:
    loop = VirtualLoop()
    clock = VirtualClock(loop)
    throttle = Throttle(clock, 100)
    times: list[float] = []

    async def worker() -> None:
        await throttle.admit()
        times.append(clock.monotonic())

    async def main() -> None:
        throttle.pause(seconds)
        throttle.pause(seconds / 2)  # a shorter one does not shorten a longer one
        await asyncio.gather(*(worker() for _ in range(workers)))

    run(loop, main())
    loop.close()
    assert min(times) >= seconds


def dripping(limit: int, spent: int, *, overloaded: bool) -> list[float]:
    loop = VirtualLoop()
    clock = VirtualClock(loop)
    throttle = Throttle(clock, limit)
    times: list[float] = []

    async def main() -> None:
        for _ in range(spent):
            await throttle.admit()
        throttle.refused(overloaded=overloaded)
        for _ in range(5):
            await throttle.admit()
            times.append(clock.monotonic())

    run(loop, main())
    loop.close()
    return times


def gaps_of(times: list[float]) -> list[float]:
    return [after - before for before, after in pairwise(times)]


def test_a_refusal_within_the_window_teaches_to_drip() -> None:
    assert gaps_of(dripping(60, 10, overloaded=False)) == pytest.approx([1.0] * 4)


def test_an_overload_teaches_to_drip_at_once() -> None:
    assert gaps_of(dripping(60, 60, overloaded=True)) == pytest.approx([1.0] * 4)


def test_a_refusal_after_a_spent_window_is_what_was_to_be_expected() -> None:
    assert max(gaps_of(dripping(60, 60, overloaded=False))) < 0.1


def test_what_was_spent_is_told_and_taken_up() -> None:
    loop = VirtualLoop()
    clock = VirtualClock(loop)
    first = Throttle(clock, 3)

    async def spend() -> tuple[datetime, ...]:
        for _ in range(3):
            await first.admit()
            await clock.sleep(5)
        return first.spent()

    told = run(loop, spend())
    assert told == tuple(BEGIN + timedelta(seconds=5 * number) for number in range(3))
    second = Throttle(clock, 3, told)

    async def go_on() -> float:
        await second.admit()
        return clock.monotonic()

    assert WINDOW <= run(loop, go_on()) <= WINDOW + 2
    loop.close()


def test_what_is_left_of_a_window_is_told() -> None:
    loop = VirtualLoop()
    clock = VirtualClock(loop)
    throttle = Throttle(clock, 3, [BEGIN])

    async def main() -> list[int]:
        told = [throttle.left()]
        await throttle.admit()
        told.append(throttle.left())
        await clock.sleep(WINDOW + 2)
        return [*told, throttle.left()]

    assert run(loop, main()) == [2, 1, 3]
    loop.close()


def test_what_was_spent_before_anything_is_sent_is_not_forgotten() -> None:
    loop = VirtualLoop()
    assert Throttle(VirtualClock(loop), 3, [NOW]).spent() == (NOW,)
    loop.close()


def test_when_nothing_is_sent_any_more_nobody_waits() -> None:
    loop = VirtualLoop()
    clock = VirtualClock(loop)
    throttle = Throttle(clock, 1)

    async def main() -> float:
        await throttle.admit()
        throttle.close()
        for _ in range(5):
            await throttle.admit()
        return clock.monotonic()

    assert run(loop, main()) == 0
    loop.close()


@pytest.mark.parametrize(
    ("header", "repeated", "seconds"),
    [
        ("7", "", 7),
        (" 90 ", "", 90),
        ("1.5", "", 1.5),
        ("0", "", 1),
        ("-3", "", 1),
        ("", "12", 12),
        ("soon", "12", 12),
        ("", "", DEFAULT_WAIT),
        ("soon", "later", DEFAULT_WAIT),
        ("nan", "", DEFAULT_WAIT),
        ("inf", "", DEFAULT_WAIT),
        ("Fri, 20 Nov 2026 09:00:30 GMT", "", 30),
        ("Fri, 20 Nov 2026 08:00:00 GMT", "", 1),
        ("Fri, 20 Nov 2026 09:00:30", "", DEFAULT_WAIT),
    ],
)
def test_retry_after_in_any_form_is_a_sane_wait(header: str, repeated: str, seconds: float) -> None:
    assert retry_after(header, repeated, NOW) == seconds


@given(st.text(max_size=12), st.text(max_size=12))
def test_no_header_makes_a_wait_of_nothing(header: str, repeated: str) -> None:
    assert retry_after(header, repeated, NOW) >= 1
