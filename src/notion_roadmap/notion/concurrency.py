"""How many requests at once: additive increase, multiplicative decrease.

Nobody knows what Notion bears, and parallel writes to one data source are refused with 409 by some and welcome by
others, so the number starts small, grows with success and halves with trouble.
"""

from __future__ import annotations

import asyncio
from collections import deque
from typing import Final

START: Final = 4
MOST: Final = 16


class Slots:
    """Places for requests under way, given in order of arrival."""

    def __init__(self, start: int = START, most: int = MOST) -> None:
        self._size = start
        self._most = most
        self._taken = 0
        self._generation = 0
        self._waiting: deque[asyncio.Future[None]] = deque()

    @property
    def size(self) -> int:
        """How many may be under way now."""
        return self._size

    async def take(self) -> int:
        """Wait for a place. The answer is to be given back with what came of it."""
        if self._taken >= self._size or self._waiting:
            turn = asyncio.get_running_loop().create_future()
            self._waiting.append(turn)
            try:
                await turn
            except asyncio.CancelledError:
                if turn.done() and not turn.cancelled():  # the place was given in the same moment
                    self._taken -= 1
                    self._wake()
                raise
        else:
            self._taken += 1
        return self._generation

    def give_back(self, taken: int, *, trouble: bool | None) -> None:
        """Leave the place.

        Args:
            taken: what `take` answered. Of many requests that ran into the same trouble, only the first counts.
            trouble: True halves, False grows by one, None changes nothing.
        """
        self._taken -= 1
        if trouble is False:
            self._size = min(self._most, self._size + 1)
        elif trouble and taken == self._generation:
            self._size = max(1, self._size // 2)
            self._generation += 1
        self._wake()

    def _wake(self) -> None:
        while self._waiting and self._taken < self._size:
            turn = self._waiting.popleft()
            if not turn.done():
                self._taken += 1
                turn.set_result(None)
