"""A workspace to plan for."""

from __future__ import annotations

import pytest

from plan.material import World
from plan.seeded import (
    DESIRED,
)


@pytest.fixture
def world() -> World:
    """A workspace that was just seeded."""
    world = World()
    world.run(DESIRED)
    return world
