"""Stories that the simulation told, so short that they are told again in every run of the tests."""

from __future__ import annotations

from pathlib import Path

import httpx

from simulation.exported import differences
from simulation.mortal import Life
from simulation.plot import MINI, Plot
from simulation.virtual import run
from simulation.world import World


def _owner(world: World, method: str, path: str) -> None:
    """Something that the owner does in Notion."""

    async def say() -> None:
        head = {"Authorization": f"Bearer {world.workspace.owner_token}", "Notion-Version": "2026-03-11"}
        async with httpx.AsyncClient(transport=world.wire, base_url="http://sandbox/v1/", headers=head) as client:
            assert (await client.request(method, path)).status_code == 200

    run(world.loop, say())


def test_a_view_made_again_and_not_told_to_the_manifest_is_found_by_its_name() -> None:
    """The owner deletes a tab and the state is lost; the run that makes it again is killed before the manifest, and
    its state is lost too."""
    with World(Plot(6, runs=0)) as world:
        world.run(Life())
        _owner(world, "DELETE", f"views/{world.known()['view:phases/timeline'].id}")
        moments = 160
        while world.told[-1].writes != 1:  # until one lives just long enough to make the view
            moments += 2
            world.lose_state()
            world.run(Life(moments))
        world.lose_state()
        world.live()
        assert not [thing for thing, _ in world.facts() if thing.startswith("extra ")]


def test_a_tab_is_placed_although_its_left_neighbour_was_deleted() -> None:
    """The owner deletes a tab before the one to its right was made: it was never made, in run after run."""
    with World(Plot(7, runs=0)) as world:
        moments = 0
        while "view:tasks/board" not in world.known():
            moments += 10
            world.run(Life(moments))
        if "view:tasks/projects" not in world.known():
            _owner(world, "DELETE", f"views/{world.known()['view:tasks/board'].id}")
        world.live()
        assert "view:tasks/projects" in world.known()


def test_a_body_whose_change_was_cut_short_is_brought_to_its_end(tmp_path: Path) -> None:
    """The words were changed and the state did not know: what stood there was taken for wished, or for the owner's."""
    newer = tmp_path / "newer.yaml"
    words = Path(MINI).read_text().replace("A small thing that works.", "Something that works, and is shown.")
    newer.write_text(words.replace("goal: To be seeded", "goal: To be changed"))
    with World(Plot(9, runs=0)) as untroubled:
        untroubled.run(Life())
        untroubled.change_template(str(newer))
        life = Life()
        untroubled.run(life)
        wanted = untroubled.facts()
    for moments in range(life.spent - 13, life.spent - 8):
        with World(Plot(9, runs=0)) as world:
            world.run(Life())
            world.change_template(str(newer))
            world.run(Life(moments))
            world.change_template(MINI)  # and back, which makes the wish what the state says
            world.run(Life(moments))
            world.change_template(str(newer))
            world.live()
            assert not differences(wanted, world.facts()), f"killed at {moments}"


def test_a_killed_adoption_is_taken_up_where_it_was_left() -> None:
    """Records of what was found anew were written one by one: where only the root page's was, all else came twice."""
    with World(Plot(8, runs=0)) as world:
        world.run(Life())
        wanted = world.facts()
        for moments in range(5, 200, 31):
            world.lose_state()
            world.run(Life(moments))
        world.live()
        assert not differences(wanted, world.facts())
