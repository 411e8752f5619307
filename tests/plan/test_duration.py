"""How long a run will take: played through beforehand, never formulas that guess what waits for what."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notion_roadmap.notion.concurrency import MOST, START
from notion_roadmap.notion.throttle import WINDOW
from notion_roadmap.plan import duration
from notion_roadmap.plan.duration import AT_ONCE, OWN_WORK, seconds_of
from notion_roadmap.plan.steps import Step, Work
from notion_roadmap.service.execute import WIDTH


def step(number: int, *needs: int, alone: str = "", requests: int = 1) -> Step:
    names = frozenset(f"s{need:03}" for need in needs)
    return Step(f"s{number:03}", Work.UPDATE, None, (), names, (0, 0, f"s{number:03}"), alone, requests)


def seconds(steps: list[Step], *, spent: int = 0, per_minute: int = 1_000, latency: float = 0.3) -> float:
    return seconds_of(steps, spent=spent, per_minute=per_minute, latency=latency)


def test_it_is_told_the_talkers_and_the_executors_own_figures() -> None:
    assert (duration.AT_FIRST, AT_ONCE, AT_ONCE) == (START, MOST, WIDTH)
    assert WINDOW < duration.WINDOW <= WINDOW + 2


def test_nothing_to_do_takes_no_time() -> None:
    assert seconds([]) == 0


def test_a_chain_takes_an_answer_for_each_link() -> None:
    chain = [step(n, *([n - 1] if n else [])) for n in range(10)]
    assert seconds(chain) == pytest.approx(10 * (0.3 + OWN_WORK))


def test_what_goes_one_at_a_time_takes_as_long_as_a_chain() -> None:
    assert seconds([step(n, alone="options") for n in range(10)]) == pytest.approx(10 * (0.3 + OWN_WORK))


def test_a_step_of_several_requests_takes_them_one_after_the_other() -> None:
    assert seconds([step(0, requests=3)]) == pytest.approx(3 * (0.3 + OWN_WORK))


def test_what_waits_for_nothing_goes_at_once() -> None:
    assert seconds([step(n) for n in range(160)], latency=1) == pytest.approx(12, abs=1.5)


def test_more_than_a_window_waits_for_the_next() -> None:
    assert seconds([step(n) for n in range(181)], per_minute=180) == pytest.approx(duration.WINDOW + 0.6, abs=0.1)
    assert seconds([step(n) for n in range(180)], per_minute=180) < 10
    assert seconds([step(n) for n in range(178)], per_minute=180, spent=3) > 60


def test_the_end_of_a_window_is_kept_for_a_queue() -> None:
    """A queue of ten that has to wait for the next window would take its three seconds there."""
    queue = [step(n, alone="options") for n in range(10)]
    taken = seconds([*queue, *(step(n) for n in range(10, 200))], per_minute=180)
    assert taken == pytest.approx(duration.WINDOW + 1, abs=1)


@given(st.integers(1, 60), st.integers(1, 20), st.floats(0, 2), st.data())
def test_it_is_never_less_than_the_chain_or_the_windows(
    n: int, limit: int, latency: float, data: st.DataObject
) -> None:
    parents = [data.draw(st.integers(0, number)) for number in range(n)]
    steps = [step(number, *([parents[number]] if parents[number] < number else [])) for number in range(n)]
    depth: list[int] = []
    for number in range(n):
        depth.append(1 + (depth[parents[number]] if parents[number] < number else 0))
    taken = seconds(steps, per_minute=limit, latency=latency)
    assert taken >= max(depth) * latency - 1e-9
    assert taken >= ((n - 1) // limit) * 60
