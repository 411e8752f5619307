"""The executor: needs first, urgent soonest, one failure takes only what needs it along."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notion_roadmap.errors import BlocksUsedUp, ItemRefused, RunStopped
from notion_roadmap.plan.steps import Step, Work
from notion_roadmap.service.execute import WIDTH, Execution, Executor


def step(key: str, *needs: str, urgency: int = 0, alone: str = "", blocks: int = 0) -> Step:
    return Step(key, Work.UPDATE, None, (), frozenset(needs), (urgency, 0, key), alone, 1, blocks)


def run(
    steps: list[Step], fail: dict[str, Exception] | None = None, log: list[str] | None = None, left: int = 1_000
) -> Execution:
    log = log if log is not None else []

    async def perform(one: Step) -> None:
        log.append(f"start {one.key}")
        await asyncio.sleep(0)
        if fail and one.key in fail:
            raise fail[one.key]
        log.append(f"end {one.key}")

    return asyncio.run(Executor(steps, perform, lambda _: None, lambda: left).run())


@st.composite
def graphs(draw: st.DrawFn) -> list[Step]:
    size = draw(st.integers(1, 25))
    steps = []
    for number in range(size):
        needs = draw(st.sets(st.integers(0, number - 1), max_size=3)) if number else set()
        alone = draw(st.sampled_from(["", "", "a", "b"]))
        steps.append(step(f"s{number:02}", *(f"s{n:02}" for n in needs), urgency=draw(st.integers(0, 3)), alone=alone))
    return draw(st.permutations(steps))


@given(graphs(), st.integers(0, 30))
def test_nothing_starts_before_what_it_needs_has_ended_and_everything_is_done(steps: list[Step], left: int) -> None:
    log: list[str] = []
    result = run(steps, log=log, left=left)
    assert {s.key for s in result.done} == {s.key for s in steps}
    for one in steps:
        for need in one.needs:
            assert log.index(f"end {need}") < log.index(f"start {one.key}")


@given(graphs(), st.data())
def test_a_failure_skips_exactly_what_needs_it(steps: list[Step], data: st.DataObject) -> None:
    broken = data.draw(st.sampled_from([s.key for s in steps]))
    result = run(steps, {broken: ItemRefused("No")})
    expected = {broken}
    while more := {s.key for s in steps if s.needs & expected} - expected:
        expected |= more
    assert set(result.skipped) == expected
    assert {s.key for s in result.done} == {s.key for s in steps} - expected
    assert all("No" in why for why in result.skipped.values())


def test_steps_that_must_be_alone_never_run_at_the_same_time() -> None:
    at_once = 0
    most = 0

    async def perform(_: Step) -> None:
        nonlocal at_once, most
        at_once += 1
        most = max(most, at_once)
        await asyncio.sleep(0)
        at_once -= 1

    steps = [step(f"s{n}", alone="options of tasks") for n in range(5)]
    assert len(asyncio.run(Executor(steps, perform, lambda _: None, lambda: 1_000).run()).done) == 5
    assert most == 1


def test_the_end_of_a_window_is_kept_for_what_can_only_go_one_after_the_other() -> None:
    queue = [step(f"queue{n}", alone="options of tasks", urgency=n) for n in range(3)]
    steps = [*queue, step("base", urgency=9), step("on it", "base"), step("leaf", urgency=1)]
    log: list[str] = []
    result = run(steps, log=log, left=1)
    assert len(result.done) == len(steps)
    assert log.index("start leaf") > log.index("start queue2")
    assert log.index("start base") < log.index("start queue1"), "what others wait for is not held back"

    log.clear()
    run(steps, log=log, left=100)
    assert log.index("start leaf") < log.index("start queue1")


def test_the_urgent_goes_first_and_no_more_than_the_width_is_in_hand() -> None:
    log: list[str] = []
    steps = [step(f"s{n:03}", urgency=n % 2) for n in range(3 * WIDTH)]
    run(steps, log=log)
    first = log[:WIDTH]
    assert all(line.startswith("start") for line in first)
    assert all(int(line[-3:]) % 2 == 0 for line in first)


@pytest.mark.parametrize("kind", [RunStopped])
def test_a_revoked_token_stops_the_run_and_everything_left_is_named(kind: Callable[[str], RunStopped]) -> None:
    steps = [step("a"), step("b", "a"), step("c", "b")]
    result = run(steps, {"b": kind("The token was revoked")})
    assert [s.key for s in result.done] == ["a"]
    assert set(result.skipped) == {"b", "c"}
    assert result.stopped is not None


def test_when_the_free_blocks_are_used_up_creating_stops_and_updates_go_on() -> None:
    steps = [step("create 1", blocks=1), *(step(f"create {n}", urgency=9, blocks=1) for n in range(2, 2 * WIDTH))]
    updates = [step(f"update {n}", urgency=8) for n in range(2 * WIDTH)]
    result = run([*steps, *updates], {"create 1": BlocksUsedUp("All blocks are used up")})
    assert {s.key for s in result.done} == {s.key for s in updates}
    assert len(result.skipped) == len(steps)


def test_a_mistake_of_ours_is_not_swallowed() -> None:
    with pytest.raises(ZeroDivisionError):
        run([step("a")], {"a": ZeroDivisionError()})
