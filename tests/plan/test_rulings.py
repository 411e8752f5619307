"""What our own rules ask for joins the plan, and is never recorded."""

from __future__ import annotations

from dataclasses import replace

from notion_roadmap.plan.changes import Action, Plan
from notion_roadmap.plan.checksum import checksum
from notion_roadmap.plan.rulings import Ruled, with_rulings
from notion_roadmap.workspace.items import Row
from plan.material import World
from plan.seeded import DESIRED, A, changed, told

RULED = Ruled("id of a", "tasks/a", "tasks", {"tasks.status": "Done"}, {"tasks.status": "Open"}, "Done was ticked")
OWN = Ruled("id-own", "id:id-own", "tasks", {"tasks.status": "Done"}, {"tasks.status": None}, "Done was ticked")


def seeded() -> World:
    world = World()
    world.run(DESIRED)
    return world


def test_a_ruled_row_is_updated_and_nothing_of_it_is_to_be_recorded() -> None:
    plan = with_rulings(seeded().plan(DESIRED), [RULED])
    (change,) = plan.changes
    assert (change.action, change.key, change.id, change.why) == (
        Action.UPDATE,
        "tasks/a",
        "id of a",
        "Done was ticked",
    )
    assert change.apart == frozenset(change.names) == {"tasks.status"}
    assert isinstance(change.item, Row)
    assert change.item.values == {"tasks.status": "Done"}
    assert plan.records == {}


def test_a_row_of_the_owners_own_can_be_ruled_on() -> None:
    (change,) = with_rulings(Plan(()), [OWN]).changes
    assert (change.key, change.id) == ("id:id-own", "id-own")


def test_what_is_ruled_and_what_is_computed_go_into_one_update() -> None:
    world = seeded()
    next_numbers = changed(rows=(replace(A, values={**A.values, "tasks.progress": 0.5}), *DESIRED.rows[1:]))
    plan = with_rulings(world.plan(next_numbers), [RULED])
    (change,) = plan.writes
    assert change.names == ("tasks.progress", "tasks.status")
    assert change.apart == {"tasks.status"}
    assert isinstance(change.item, Row)
    assert change.item.values["tasks.status"] == "Done"
    assert change.item.values["tasks.progress"] == 0.5
    assert "Done was ticked" in change.why


def test_a_rule_takes_the_place_of_what_the_plan_would_write_or_tell_of_the_field() -> None:
    world = seeded()
    item = world.live["tasks/a"].item
    assert isinstance(item, Row)
    edited = replace(item, values={**item.values, "tasks.status": "Mine", "tasks.hours": 9.0})
    world.live["tasks/a"] = replace(world.live["tasks/a"], item=edited, edited_by_us=False)
    assert [one.action for one in world.plan(DESIRED).changes] == [Action.KEEP]
    plan = with_rulings(world.plan(DESIRED), [RULED])
    assert [(one.action, one.names) for one in plan.changes] == [
        (Action.UPDATE, ("tasks.status",)),
        (Action.KEEP, ("tasks.hours",)),
    ]
    newer = changed(rows=(replace(A, values={**A.values, "tasks.status": "New"}), *DESIRED.rows[1:]))
    assert Action.CONFLICT not in {one.action for one in with_rulings(world.plan(newer), [RULED]).changes}


def test_a_row_that_is_not_there_is_left_to_the_plan() -> None:
    world = seeded()
    world.owner_trashes("tasks/a")
    plan = world.plan(DESIRED)
    assert told(with_rulings(plan, [RULED])) == told(plan)


def test_the_order_of_rulings_means_nothing() -> None:
    plan = seeded().plan(DESIRED)
    assert checksum(with_rulings(plan, [RULED, OWN])) == checksum(with_rulings(plan, [OWN, RULED]))


def test_without_rulings_a_plan_stays_as_it_is() -> None:
    plan = seeded().plan(changed(rows=DESIRED.rows[:1]))
    assert with_rulings(plan, []) == plan
