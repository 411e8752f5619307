"""Stories that the simulation told, so short that they are told again in every run of the tests."""

from __future__ import annotations

import httpx

from simulation.exported import differences
from simulation.mortal import Life
from simulation.virtual import run
from simulation.world import Plot, World


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
