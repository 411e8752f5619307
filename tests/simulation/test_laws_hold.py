"""A sample of what scripts/simulate does for as long as one likes: whatever happens, the laws hold in the end."""

from __future__ import annotations

from random import Random

import pytest

from simulation.laws import check, play
from simulation.mortal import Life
from simulation.plot import Plot
from simulation.weather import KINDS, Weather
from simulation.world import World

SEEDS = range(8)
STRIDE = 71
"""Moments between two kills of the sample, prime, so that all kinds of moment have their turn."""


@pytest.mark.parametrize("seed", SEEDS)
def test_a_history_ends_as_if_nothing_had_happened(seed: int) -> None:
    """Again with `scripts/simulate --seed N`."""
    play(Plot.drawn(seed))


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_one_kind_of_fault_alone_leaves_no_trace(kind: str) -> None:
    with World(Plot(1, runs=0)) as world:
        kinds = [kind, "504"] if KINDS[kind].queries else [kind]  # a first seed only queries where an answer was lost
        world.weather = world.workspace.faults = Weather(Random(kind), kinds, rate=0.3)  # type: ignore[assignment]
        world.run(Life())
        assert world.weather.hits[kind]
        world.live()
        check(world)


def test_a_process_killed_at_any_moment_is_finished_by_the_next() -> None:
    whole = Life()
    _lived(whole)
    for moment in range(0, whole.spent, STRIDE):
        _lived(Life(moment))


def _lived(life: Life) -> None:
    with World(Plot(2, runs=0)) as world:
        world.run(life)
        world.live()
        check(world)
