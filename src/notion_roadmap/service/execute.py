"""Running steps: as many at once as the talker lets through, the most urgent first, and none before its needs.

What fails takes only what needs it along; everything else goes on.
"""

from __future__ import annotations

import asyncio
import heapq
import math
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

from notion_roadmap.errors import BlocksUsedUp, RunStopped, StateError, UserError
from notion_roadmap.plan.steps import Step

Perform = Callable[[Step], Awaitable[None]]
Report = Callable[[Step], None]

WIDTH = 16
"""Steps in hand at once: the most that the talker sends at once. What is in hand goes in order of arrival, so with more
of them a step that becomes possible would wait behind others that are less urgent, each link of a chain anew."""


@dataclass
class Execution:
    """What became of the steps.

    Args:
        skipped: by step key, why it was not done, as a sentence.
        stopped: the failure that ended the run before its time, if one did.
    """

    done: list[Step] = field(default_factory=list)
    skipped: dict[str, str] = field(default_factory=dict)
    stopped: UserError | None = None


class Executor:
    """Runs one list of steps, once. What a step needs and is not in the list was done before.

    Args:
        left: how many requests may still go before Notion's window must be waited for.
    """

    def __init__(self, steps: Sequence[Step], perform: Perform, report: Report, left: Callable[[], int]) -> None:
        self._steps = {s.key: s for s in steps}
        self._perform = perform
        self._report = report
        self._left = left
        self._queue = {s.key for s in steps if s.alone}
        self._waits = {s.key: set(s.needs & self._steps.keys()) for s in steps}
        self._waited_for: dict[str, list[str]] = {}
        for key, needs in self._waits.items():
            for need in needs:
                self._waited_for.setdefault(need, []).append(key)
        self._ready = [(s.urgency, s.key) for s in steps if not self._waits[s.key]]
        heapq.heapify(self._ready)
        self._alone: set[str] = set()
        self._no_blocks = ""
        self._result = Execution()

    async def run(self) -> Execution:
        """Run until nothing is left that could be done. A cancellation ends what is in hand and is passed on."""
        in_hand: dict[asyncio.Task[None], Step] = {}
        try:
            while True:
                self._start(in_hand)
                if not in_hand:
                    break
                ended, _ = await asyncio.wait(in_hand, return_when=asyncio.FIRST_COMPLETED)
                for task in sorted(ended, key=lambda t: in_hand[t].key):
                    self._settle(in_hand.pop(task), task)
        finally:
            for task in in_hand:
                task.cancel()
            await asyncio.gather(*in_hand, return_exceptions=True)
        for key in self._steps.keys() - self._result.skipped.keys() - {s.key for s in self._result.done}:
            self._result.skipped[key] = "the run ended before its turn"
        return self._result

    def _start(self, in_hand: dict[asyncio.Task[None], Step]) -> None:
        self._fill(in_hand, self._left())
        if not in_hand:  # there is no queue to keep anything for
            self._fill(in_hand, math.inf)

    def _fill(self, in_hand: dict[asyncio.Task[None], Step], left: float) -> None:
        put_back = []
        while self._ready and len(in_hand) < WIDTH and self._result.stopped is None:
            urgency, key = heapq.heappop(self._ready)
            step = self._steps[key]
            if self._no_blocks and step.blocks:  # the free plan's blocks are used up: not even tried
                self._skip(step, self._no_blocks)
                continue
            if step.alone in self._alone or (left <= len(self._queue) and self._can_wait(step)):
                put_back.append((urgency, key))
                continue
            if step.alone:
                self._alone.add(step.alone)
            left -= step.requests
            in_hand[asyncio.create_task(self._one(step), name=key)] = step
        for entry in put_back:
            heapq.heappush(self._ready, entry)

    def _can_wait(self, step: Step) -> bool:
        """Whether the rest of the window is better kept for steps that can only go one after the other: many that
        nothing waits for can go at once when the next window opens."""
        return not step.alone and step.key not in self._waited_for

    async def _one(self, step: Step) -> None:
        await self._perform(step)

    def _settle(self, step: Step, task: asyncio.Task[None]) -> None:
        self._alone.discard(step.alone)
        self._queue.discard(step.key)
        error = task.exception()
        if error is None:
            self._result.done.append(step)
            self._release(step.key)
        elif isinstance(error, RunStopped | StateError):
            # Without a state no intent can be recorded, so nothing may be made.
            self._result.stopped = self._result.stopped or error
            self._result.skipped[step.key] = str(error)
        elif isinstance(error, UserError):
            self._skip(step, str(error))
            if isinstance(error, BlocksUsedUp):
                self._no_blocks = str(error)
        else:
            raise error
        self._report(step)

    def _release(self, key: str) -> None:
        for waiting in self._waited_for.get(key, ()):
            self._waits[waiting].discard(key)
            if not self._waits[waiting] and waiting not in self._result.skipped:
                heapq.heappush(self._ready, (self._steps[waiting].urgency, waiting))

    def _skip(self, step: Step, why: str) -> None:
        if step.key in self._result.skipped:
            return
        self._result.skipped[step.key] = why
        self._queue.discard(step.key)
        for waiting in self._waited_for.get(step.key, ()):
            self._skip(self._steps[waiting], f"{step.key} was not done: {why}" if " was not done: " not in why else why)
