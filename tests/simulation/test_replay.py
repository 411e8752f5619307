"""One seed number is one history, and the checks of its laws can fail."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator

import httpx
import pytest

from simulation.laws import check
from simulation.mortal import Life
from simulation.plot import Plot
from simulation.virtual import run
from simulation.world import Violation, World

BUSY = Plot(11, runs=2, mortal=True, pause=0.5, losses=0.5)


def test_a_seed_replays_its_history_to_the_last_request() -> None:
    assert _lived() == _lived()


def test_no_order_of_a_set_leaks_into_a_history() -> None:
    words = "from simulation.test_replay import _lived; print(_lived())"
    environment = {**os.environ, "PYTHONHASHSEED": "1", "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", words]
    other = subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout.strip()
    assert other == _lived()


def _lived() -> str:
    with World(BUSY) as world:
        world.live()
        return world.journal_hash()


@pytest.fixture
def seeded() -> Iterator[World]:
    with World(Plot(3, runs=0)) as world:
        world.run(Life())
        yield world


def _say(world: World, token: str, method: str, path: str, body: dict[str, object]) -> None:
    async def say() -> None:
        head = {"Authorization": f"Bearer {token}", "Notion-Version": "2026-03-11"}
        async with httpx.AsyncClient(transport=world.wire, base_url="http://sandbox/v1/", headers=head) as client:
            assert (await client.request(method, path, json=body)).status_code == 200

    run(world.loop, say())


def _row(world: World, key: str) -> dict[str, object]:
    row = world.workspace.store.docs[world.known()[key].id]
    source = world.workspace.store.docs[row["parent"]["data_source_id"]]
    column = next(p["id"] for p in source["props"].values() if p["name"] == "Key")
    words = [{"type": "text", "text": {"content": key}}]
    return {"parent": row["parent"], "properties": {column: {"rich_text": words}}}


def test_a_second_row_with_a_key_is_noticed(seeded: World) -> None:
    _say(seeded, seeded.workspace.token, "POST", "pages", _row(seeded, "tasks/phase-1/one"))
    with pytest.raises(Violation, match="4 Exactly once"):
        check(seeded)


def test_a_row_of_the_owner_with_our_key_is_theirs(seeded: World) -> None:
    _say(seeded, seeded.workspace.owner_token, "POST", "pages", _row(seeded, "tasks/phase-1/one"))
    check(seeded)


def test_a_value_that_nobody_wished_for_is_noticed(seeded: World) -> None:
    row = seeded.known()["tasks/phase-1/one"].id
    hours = seeded.known()["tasks.hours"].id
    _say(seeded, seeded.workspace.token, "PATCH", f"pages/{row}", {"properties": {hours: {"number": 1}}})
    with pytest.raises(Violation, match="2 Agreement"):
        check(seeded)


def test_a_view_that_is_missing_is_noticed(seeded: World) -> None:
    _say(seeded, seeded.workspace.token, "DELETE", f"views/{seeded.known()['view:tasks/board'].id}", {})
    with pytest.raises(Violation, match="2 Agreement"):
        check(seeded)


def test_an_edit_of_the_owner_that_was_undone_is_noticed() -> None:
    with World(Plot(4, runs=0, pause=1.0)) as world:
        world.run(Life())
        assert world.person is not None
        run(world.loop, world.person.rename("tasks"))
        _say(world, world.workspace.token, "PATCH", f"databases/{world.known()['tasks'].id}", {"title": []})
        with pytest.raises(Violation, match="3 Modesty"):
            check(world)
