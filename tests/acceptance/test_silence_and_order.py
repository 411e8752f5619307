"""A clean workspace is left in peace, a plan only looks, and the order of inputs changes nothing."""

from __future__ import annotations

import random
from collections import Counter
from typing import Any

import pytest

from acceptance.editions import edition, shuffled, task
from acceptance.ground import Exchange, Ground, Seeded, WriteSent
from notion_roadmap.errors import NotionError
from notion_roadmap.plan.changes import Action
from notion_roadmap.plan.checksum import PlanChanged, checksum, demand, short
from notion_roadmap.plan.render import as_json
from notion_roadmap.roadmap import Roadmap


def test_the_second_seed_sends_no_write(ground: Ground, career: Roadmap, seeded: Seeded) -> None:
    with ground.no_writes():
        prepared, result = ground.seed_with_plan(career)

    assert prepared.plan.changes == ()
    assert (result.outcome, result.created, result.updated, result.kept) == ("done", 0, 0, [])
    assert result.unchanged == seeded.result.created


def test_a_seed_months_later_moves_no_date(ground: Ground, career: Roadmap) -> None:
    """Dates were spread from the day of the first seed, not from today; only what belongs to a day or week is new."""
    dates = _dates(ground)
    ground.clock.seconds += 100 * 86_400

    assert ground.seed(career).outcome == "done"

    assert _dates(ground) == dates
    with ground.no_writes():
        assert ground.seed(career).outcome == "done"


def test_a_seed_on_another_machine_sends_no_write_once_it_has_looked(ground: Ground, career: Roadmap) -> None:
    ground.forget()

    with ground.no_writes():
        assert ground.seed(career).outcome == "done"
        assert ground.seed(career).outcome == "done"


def test_no_write_means_that_one_would_have_been_noticed(ground: Ground) -> None:
    """The guard of the tests above lets nothing through."""
    with ground.no_writes(), pytest.raises(WriteSent):
        ground.seed(edition(lambda data: task(data, "phase-4/task-26").update(title="Task 26: Renamed")))


@pytest.mark.parametrize("kept", ["state", "no state"])
def test_a_plan_writes_nothing_to_notion_and_nothing_to_the_state(ground: Ground, kept: str) -> None:
    if kept == "no state":
        ground.forget()
    newer = edition(lambda data: task(data, "phase-4/task-26").update(title="Task 26: Renamed"))
    before, applied = ground.content(), ground.state.all()

    with ground.no_writes():
        prepared = ground.plan(newer)

    assert ground.content() == before
    assert ground.state.all() == applied
    if kept == "state":
        assert [c.key for c in prepared.plan.writes] == ["tasks/phase-4/task-26"]


def test_a_plan_for_an_empty_workspace_writes_nothing(empty: Ground, career: Roadmap, seeded: Seeded) -> None:
    before = empty.content()

    with empty.no_writes():
        prepared = empty.plan(career)

    assert len(prepared.plan.of(Action.CREATE)) == seeded.result.created
    assert empty.content() == before
    assert not [e for e in empty.recorder.exchanges if e.writes]


def test_the_talker_itself_refuses_writes_while_a_plan_is_made(ground: Ground) -> None:
    """Even a plan that forgot itself could not write: the transport of a plan has no way out for it."""
    import asyncio

    async def write() -> None:
        house = ground.house(read_only=True)
        await house.gateway.update_page(ground.id("root"), title="Oops")

    before = ground.content()
    with pytest.raises((NotionError, Exception)) as refused:
        asyncio.run(write())

    assert not isinstance(refused.value, WriteSent)
    assert ground.content() == before
    assert ground.recorder.exchanges == []


@pytest.mark.parametrize("number", range(2))
def test_shuffling_the_template_changes_neither_plan_nor_checksum(
    empty: Ground, career: Roadmap, seeded: Seeded, number: int
) -> None:
    usual, mixed = empty.plan(career), empty.plan(edition(shuffled(number)))

    assert checksum(mixed.plan) == checksum(usual.plan) == checksum(seeded.prepared.plan)
    assert as_json(mixed.plan, mixed.price.as_dict()) == as_json(usual.plan, usual.price.as_dict())


def test_a_shuffled_template_finds_nothing_to_do_in_a_workspace_that_stands(ground: Ground) -> None:
    with ground.no_writes():
        assert ground.plan(edition(shuffled(9))).plan.changes == ()


def test_a_shuffled_template_makes_the_same_workspace(empty: Ground, seeded: Seeded) -> None:
    empty.seed(edition(shuffled(5)))

    assert _titles(empty) == _titles(seeded.ground)


@pytest.mark.parametrize("number", range(2))
def test_shuffling_the_answers_changes_neither_plan_nor_checksum(ground: Ground, number: int) -> None:
    """Rows in another order, properties in another order, lists of views in another order."""
    _live_a_little(ground)
    newer = edition(lambda data: task(data, "phase-3/task-18").update(hours=77))
    usual = ground.plan(newer)
    assert usual.plan.writes
    dice = random.Random(number)
    ground.workspace.control("switches", {"unsorted_order": "shuffled"})
    ground.recorder.mend = lambda exchange: _mixed(exchange, dice)

    mixed = ground.plan(newer)

    assert checksum(mixed.plan) == checksum(usual.plan)
    assert mixed.plan.changes == usual.plan.changes


def test_shuffled_answers_after_the_state_was_lost_change_nothing_either(ground: Ground, career: Roadmap) -> None:
    ground.forget()
    usual = ground.plan(career)
    ground.workspace.control("switches", {"unsorted_order": "shuffled"})
    dice = random.Random(3)
    ground.recorder.mend = lambda exchange: _mixed(exchange, dice)

    assert checksum(ground.plan(career).plan) == checksum(usual.plan)


def test_a_plan_that_was_reviewed_is_applied_and_no_other(ground: Ground) -> None:
    newer = edition(lambda data: task(data, "phase-1/task-1").update(hours=41))
    reviewed = short(ground.plan(newer).plan)
    demand(ground.plan(newer).plan, reviewed)
    ground.owner.patch(
        f"/pages/{ground.id('tasks/phase-1/task-1')}", {"properties": {"Hours": {"number": 5}, "Proof": {"url": None}}}
    )

    with pytest.raises(PlanChanged) as refused:
        demand(ground.plan(newer).plan, reviewed)

    assert reviewed in str(refused.value)


def test_a_template_of_another_version_has_another_checksum(ground: Ground) -> None:
    one = edition(lambda data: task(data, "phase-1/task-1").update(hours=41))
    other = edition(lambda data: task(data, "phase-1/task-1").update(hours=42))

    assert checksum(ground.plan(one).plan) != checksum(ground.plan(other).plan)


def _live_a_little(ground: Ground) -> None:
    """An owner who ticked, renamed, added and threw away."""
    owner = ground.owner
    owner.patch(f"/pages/{ground.id('tasks/phase-1/task-1')}", {"properties": {"Done": {"checkbox": True}}})
    owner.patch(f"/pages/{ground.id('tasks/phase-1/task-2')}", {"properties": {"Priority": {"select": {"name": "!"}}}})
    owner.patch(f"/pages/{ground.id('tasks/phase-1/task-3')}", {"in_trash": True})
    owner.patch(f"/data_sources/{ground.source('tasks')}", {"properties": {"Notes": {"name": "My notes"}}})


def _mixed(exchange: Exchange, dice: random.Random) -> Any:
    """The answer with everything in another order whose order means nothing."""
    told = exchange.response
    if isinstance(told, dict) and (exchange.path.endswith("/query") or exchange.path == "/v1/views"):
        dice.shuffle(told["results"])
    return _keys_mixed(told, dice)


def _keys_mixed(value: Any, dice: random.Random) -> Any:
    if isinstance(value, dict):
        pairs = [(key, _keys_mixed(one, dice)) for key, one in value.items()]
        dice.shuffle(pairs)
        return dict(pairs)
    return [_keys_mixed(one, dice) for one in value] if isinstance(value, list) else value


def _dates(ground: Ground) -> dict[str, Any]:
    """The dates of every task and phase."""
    rows = [row for database in ("tasks", "phases") for row in ground.reader.rows(ground.source(database))]
    names = ("Start", "Due Date", "Baseline Due", "Window")
    return {row["id"]: {name: row["properties"].get(name, {}).get("date") for name in names} for row in rows}


def _titles(ground: Ground) -> Counter[str]:
    return Counter(
        f"{row['properties']['Phase']['select']['name']} {row['properties']['Task Name']['title'][0]['plain_text']} "
        f"{row['properties']['Due Date']['date'] and row['properties']['Due Date']['date']['start']}"
        for row in ground.reader.rows(ground.source("tasks"))
    )
