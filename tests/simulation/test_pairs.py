"""Law 8, both answers: whatever Notion turns out to do where nobody can say, the laws hold."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest

from notion_roadmap.sandbox.switches import Switches
from simulation.exported import differences
from simulation.laws import things
from simulation.mortal import Life
from simulation.pairwise import combos
from simulation.plot import Plot
from simulation.world import World

RIGHTS = ("token_state", "can_read", "can_update", "can_insert", "can_comment", "can_see_users")
"""What an owner can take away, and give back."""

MATRIX = combos(Switches.choices())


def test_every_pair_of_answers_is_in_the_matrix() -> None:
    choices = Switches.choices()
    for one, other in combinations(sorted(choices), 2):
        wanted = {(a, b) for a in choices[one] for b in choices[other]}
        assert {(row[one], row[other]) for row in MATRIX} == wanted


@pytest.mark.parametrize("row", MATRIX, ids=[f"{number:02d}" for number in range(len(MATRIX))])
def test_any_two_answers_of_notion_lead_to_the_same_end(row: dict[str, Any]) -> None:
    """Without rights nothing is broken and everything is said; with rights again, nothing shows that they lacked."""
    rights = {name: Switches().values()[name] for name in RIGHTS}
    granted = {**row, **rights}
    with World(Plot(5, runs=0, switches=granted)) as untroubled:
        untroubled.run(Life())
        wanted = untroubled.facts()
    with World(Plot(5, runs=0, switches=granted)) as world:
        world.run(Life(moments=120))
        world.workspace.control("switches", {name: row[name] for name in RIGHTS})
        world.run(Life())
        world.workspace.control("switches", rights)
        world.live()
        found = world.facts()
    assert not [thing for thing in things(found) if thing.startswith("extra ")]
    assert not differences(wanted, found)
