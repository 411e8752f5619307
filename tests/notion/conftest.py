"""A world for each test, with a clock that jumps."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from notion.embedded import Embedded
from notion.far_end import Fault, World


@pytest.fixture
def world() -> Iterator[Callable[..., World]]:
    """Make worlds; they are closed afterwards."""
    worlds: list[World] = []

    def make(*faults: Fault, **settings: Any) -> World:
        worlds.append(World(faults, **settings))
        return worlds[-1]

    yield make
    for one in worlds:
        one.close()


@pytest.fixture
def embedded() -> Iterator[Embedded]:
    """An embedded workspace. At the end, nothing that was sent is outside the contract."""
    there = Embedded()
    yield there
    there.close()
    assert there.witness.outside == []
