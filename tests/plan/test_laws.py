"""The laws that a plan keeps, for any two versions of a template and any owner."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from notion_roadmap.plan.changes import Action
from notion_roadmap.plan.checksum import checksum
from notion_roadmap.plan.compare import compare
from notion_roadmap.plan.fields import owners_of, values
from notion_roadmap.workspace.items import Kind, Workspace
from notion_roadmap.workspace.observed import Seen
from notion_roadmap.workspace.properties import Owner, Property
from plan.material import World, edit_anything, mixed_mapping, shuffled, workspaces

dice = st.integers(0, 2**32).map(random.Random)


@given(workspaces(), workspaces(), dice)
def test_order_does_not_matter(first: Workspace, second: Workspace, dice: random.Random) -> None:
    world = World()
    world.run(first)
    edit_anything(world, dice)
    plan = world.plan(second)
    mixed = shuffled(second, dice)
    again = compare(mixed, mixed_mapping(world.applied, dice), mixed_mapping(world.live, dice))
    assert [(c.action, c.key, c.why, c.fields, c.id) for c in again.changes] == [
        (c.action, c.key, c.why, c.fields, c.id) for c in plan.changes
    ]
    assert checksum(again) == checksum(plan)
    assert again.records == plan.records
    assert (again.unchanged, again.existing) == (plan.unchanged, plan.existing)


@given(workspaces())
def test_a_run_after_a_clean_run_plans_nothing(desired: Workspace) -> None:
    world = World()
    first = world.run(desired)
    assert {change.action for change in first.changes} == {Action.CREATE}
    second = world.plan(desired)
    assert (second.changes, second.records) == ((), {})
    assert second.unchanged == second.existing == len(first.changes)


@given(workspaces(), workspaces(), dice)
def test_a_run_after_any_run_writes_nothing_and_says_the_same(
    first: Workspace, second: Workspace, dice: random.Random
) -> None:
    world = World()
    world.run(first)
    edit_anything(world, dice)
    world.run(second)
    third = world.run(second)
    assert third.writes == ()
    fourth = world.plan(second)
    assert fourth.changes == third.changes
    assert fourth.records == {}


@given(workspaces(), workspaces(), dice)
def test_what_the_owner_changed_or_removed_stays_so(first: Workspace, second: Workspace, dice: random.Random) -> None:
    world = World()
    world.run(first)
    touched = edit_anything(world, dice)
    before = dict(world.live)
    owners = owners_of(second)
    world.run(second)
    for key, names in touched.items():
        assert key in world.live, "what was touched is never trashed"
        now, then = values(world.live[key].item), values(before[key].item)  # type: ignore[arg-type]
        for name in names:
            if owners.get(name) is not Owner.OURS:
                assert _theirs(key, name, now[name], then[name])
    for key, seen in before.items():
        if seen.trashed:
            assert world.live[key].trashed
    assert not {key for gone in world.hidden.values() for key in gone} & world.live.keys()


def _theirs(key: str, name: str, now: object, then: object) -> bool:
    """Options are added to; everything else stays to the letter."""
    if name == "options":
        return all(one in now for one in then)  # type: ignore[attr-defined, operator]
    return now == then


@given(workspaces(), workspaces(), dice)
def test_what_is_the_owners_is_never_written_after_it_was_made(
    first: Workspace, second: Workspace, dice: random.Random
) -> None:
    world = World()
    world.run(first)
    edit_anything(world, dice)
    fresh = {c.key for c in world.plan(second).of(Action.CREATE, Action.RESTORE)}
    owners = owners_of(second)
    for change in world.plan(second).of(Action.UPDATE):
        theirs = {name for name in change.names if owners.get(name) is Owner.THEIRS}
        assert theirs <= fresh


@given(workspaces(), workspaces())
def test_without_an_owner_everything_becomes_as_desired(first: Workspace, second: Workspace) -> None:
    world = World()
    world.run(first)
    plan = world.run(second)
    stuck = {c.key for c in plan.of(Action.CONFLICT)}
    owners = owners_of(second)
    for item in second.items():
        live = world.live[item.key].item
        assert live is not None
        told = values(live)
        for name, value in values(item).items():
            if owners.get(name) is Owner.THEIRS or name in {"place", "page", "parent", *stuck}:
                continue
            if item.key in stuck and name in ("type", "options", "definition"):
                continue
            if name == "options":
                assert all(one in told[name] for one in value)  # type: ignore[operator, union-attr]
            else:
                assert told[name] == value, (item.key, name)
    for key in stuck:
        assert isinstance(world.live[key].item, Property)


@given(workspaces(), dice)
def test_a_lost_state_makes_nothing_twice_and_writes_only_what_is_ours(desired: Workspace, dice: random.Random) -> None:
    world = World()
    world.run(desired)
    edit_anything(world, dice)
    for key in [key for key, seen in world.live.items() if seen.trashed]:
        world.hidden.pop(key, None)
    there = set(world.live)
    world.applied.clear()
    plan = world.run(desired)
    owners = owners_of(desired)
    assert not {change.key for change in plan.of(Action.CREATE)} & there
    for change in plan.of(Action.UPDATE):
        fresh = {c.key for c in plan.of(Action.CREATE)}
        assert all(owners[name] is Owner.OURS or name in fresh for name in change.names)
    assert {key for key, seen in world.live.items() if not seen.trashed} <= world.applied.keys()
    assert world.plan(desired).writes == ()


@given(workspaces(), st.integers(0, 60), dice)
def test_a_run_that_was_cut_short_is_finished_by_the_next(desired: Workspace, cut: int, dice: random.Random) -> None:
    world = World()
    writes = list(world.plan(desired).writes)
    dice.shuffle(writes)
    writes.sort(key=lambda change: list(Kind).index(change.kind))
    done = {change.key for change in writes[:cut]}
    for change in writes[:cut]:
        world.carry_out(change)
    assert {change.key for change in world.run(desired).writes} == {c.key for c in writes} - done
    whole = World()
    whole.run(desired)
    assert {key: seen.item for key, seen in world.live.items()} == {key: one.item for key, one in whole.live.items()}
    assert world.plan(desired).changes == ()


@given(workspaces(), dice)
def test_what_was_not_read_is_left_alone(desired: Workspace, dice: random.Random) -> None:
    world = World()
    world.run(desired)
    edit_anything(world, dice)
    unread = {key: Seen(seen.id) for key, seen in world.live.items() if not seen.trashed}
    trashed = {key: seen for key, seen in world.live.items() if seen.trashed}
    plan = compare(desired, world.applied, {**unread, **trashed})
    assert plan.writes == ()
    assert plan.records == {}


@given(workspaces(), workspaces(), dice)
def test_restoring_brings_everything_back(first: Workspace, second: Workspace, dice: random.Random) -> None:
    world = World()
    world.run(first)
    edit_anything(world, dice)
    for _ in range(4):  # what stood on something in the trash comes back with it, and is looked at the next time
        world.run(second, restore=True)
    assert world.plan(second, restore=True).writes == ()
    assert world.plan(second, restore=True).of(Action.MISSING) == ()
    assert {item.key for item in second.items()} <= {key for key, seen in world.live.items() if not seen.trashed}
