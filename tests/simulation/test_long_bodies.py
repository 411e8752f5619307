"""Bodies that take several requests are finished by the next run."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from simulation.laws import check
from simulation.mortal import Life
from simulation.plot import MINI, Plot
from simulation.weather import Weather
from simulation.world import World

STRIDE = 127


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The mini roadmap with a task of 130 deliverables and 130 mantras."""
    words = Path(MINI).read_text()
    items = "".join(f"          - Deliverable {number}\n" for number in range(130))
    mantras = "".join(f"  - Mantra {number}\n" for number in range(130))
    path = tmp_path_factory.mktemp("templates") / "long.yaml"
    path.write_text(words.replace("          - Notes\n          - A script\n", items) + "mantras:\n" + mantras)
    return str(path)


def test_a_body_that_was_cut_short_is_finished(template: str) -> None:
    whole = Life()
    _lived(template, whole)
    for moment in range(7, whole.spent, STRIDE):
        _lived(template, Life(moment))


@pytest.mark.parametrize("seed", range(2))
def test_a_body_whose_answers_were_lost_is_finished(template: str, seed: int) -> None:
    _lived(template, Life(), Weather(Random(seed), ["504", "reset", "truncated"], rate=0.2))


def _lived(template: str, life: Life, weather: Weather | None = None) -> None:
    with World(Plot(2, template, runs=0)) as world:
        if weather is not None:
            world.weather = world.workspace.faults = weather  # type: ignore[assignment]
        world.run(life)
        world.live()
        check(world)
