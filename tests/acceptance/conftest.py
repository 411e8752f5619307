"""What the tests of this folder share: document 002 seeded once, and a copy of it for each test that changes it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from acceptance.editions import MINI_FILE
from acceptance.ground import Ground, Seeded, new_ground
from notion_roadmap.roadmap import Roadmap
from notion_roadmap.templates import load_template

NAME = "data-engineering-career"


@pytest.fixture(scope="session")
def career() -> Roadmap:
    """The bundled template of document 002."""
    return load_template(NAME)


@pytest.fixture(scope="session")
def seeded(career: Roadmap) -> Seeded:
    """Document 002, seeded into an empty workspace."""
    ground = new_ground()
    prepared, result = ground.seed_with_plan(career)
    return Seeded(ground, prepared, result, tuple(ground.recorder.exchanges))


@pytest.fixture(scope="session")
def mini() -> Roadmap:
    """A template with one of everything and a third of the requests: where it is not the document that matters."""
    return load_template(MINI_FILE)


@pytest.fixture(scope="session")
def seeded_mini(mini: Roadmap) -> Seeded:
    """The small template, seeded into an empty workspace."""
    ground = new_ground()
    prepared, result = ground.seed_with_plan(mini)
    return Seeded(ground, prepared, result, tuple(ground.recorder.exchanges))


@pytest.fixture
def small(seeded_mini: Seeded) -> Iterator[Ground]:
    """A copy of the small workspace and its state, to be changed at will."""
    fork = seeded_mini.ground.fork()
    yield fork
    fork.workspace.close()


@pytest.fixture
def ground(seeded: Seeded) -> Iterator[Ground]:
    """A copy of the seeded workspace and its state, to be changed at will."""
    fork = seeded.ground.fork()
    yield fork
    fork.workspace.close()


@pytest.fixture
def empty() -> Iterator[Ground]:
    """A workspace in which nothing was seeded yet."""
    ground = new_ground()
    yield ground
    ground.workspace.close()
