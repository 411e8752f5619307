"""Intents are on the disk before anything is sent, and what begins together is written together."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import pytest

from notion_roadmap.errors import StateError
from notion_roadmap.service.intents import Intents
from notion_roadmap.store import MemoryState
from notion_roadmap.workspace.items import Kind
from notion_roadmap.workspace.observed import Intent

AT = datetime(2026, 11, 20, tzinfo=UTC)


class Counting(MemoryState):
    """Counts transactions, and may refuse one."""

    def __init__(self) -> None:
        super().__init__("small")
        self.transactions = 0
        self.refuses = False

    def intend(self, *intents: Intent) -> None:
        self.transactions += 1
        if self.refuses:
            raise StateError("The disk is full")
        super().intend(*intents)


def intent(number: int) -> Intent:
    return Intent(Kind.ROW, f"tasks/{number}", AT)


def test_creates_that_begin_together_are_noted_in_one_transaction() -> None:
    state = Counting()
    intents = Intents(state)

    async def create(number: int) -> None:
        await intents.note(intent(number))
        assert any(one.key == f"tasks/{number}" for one in state.intents()), "noted before anything is sent"

    async def main() -> None:
        await asyncio.gather(*(create(n) for n in range(16)))
        await create(16)

    asyncio.run(main())
    assert len(state.intents()) == 17
    assert state.transactions == 2


def test_when_they_cannot_be_noted_none_of_the_creates_goes_on() -> None:
    state = Counting()
    state.refuses = True
    intents = Intents(state)

    async def main() -> list[object]:
        return await asyncio.gather(*(intents.note(intent(n)) for n in range(3)), return_exceptions=True)

    assert all(isinstance(one, StateError) for one in asyncio.run(main()))
    state.refuses = False
    asyncio.run(intents.note(intent(9)))
    assert [one.key for one in state.intents()] == ["tasks/9"]


def test_a_create_that_is_called_off_takes_nobody_along() -> None:
    state = Counting()
    intents = Intents(state)

    async def main() -> None:
        first, second = (asyncio.create_task(intents.note(intent(n))) for n in range(2))
        await asyncio.sleep(0)
        first.cancel()
        with pytest.raises(asyncio.CancelledError):
            await first
        await second

    asyncio.run(main())
    assert "tasks/1" in {one.key for one in state.intents()}
