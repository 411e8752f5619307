"""Writing down what is about to be made, before it is sent."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from notion_roadmap.store.port import State
from notion_roadmap.workspace.observed import Intent


@dataclass
class _Batch:
    intents: list[Intent] = field(default_factory=list)
    written: bool = False
    error: BaseException | None = None


class Intents:
    """Notes intents: those of creates that begin in the same moment in one transaction.

    Each transaction waits for the disk, 20 ms on a busy one, and with it everything else that goes on.
    """

    def __init__(self, state: State) -> None:
        self._state = state
        self._batch = _Batch()

    async def note(self, intent: Intent) -> None:
        """Return when the intent is on the disk. Raises StateError."""
        batch = self._batch
        batch.intents.append(intent)
        await asyncio.sleep(0)  # whoever begins in the same moment gets to write down theirs
        if not batch.written:
            batch.written, self._batch = True, _Batch()
            try:
                self._state.intend(*batch.intents)
            except BaseException as error:
                batch.error = error
        if batch.error is not None:
            raise batch.error
