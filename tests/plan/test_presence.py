"""What becomes of what is not there, is there twice, or is no longer wished for."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from notion_roadmap.plan.changes import Action
from notion_roadmap.plan.compare import to_read
from notion_roadmap.plan.fields import GOT, base, with_answer
from notion_roadmap.workspace.items import Row, Workspace
from notion_roadmap.workspace.observed import Seen
from notion_roadmap.workspace.text import Text
from notion_roadmap.workspace.views import Layout, OnPage, View
from plan.material import World
from plan.seeded import (
    BLOCKED,
    BOARD,
    DESIRED,
    GOAL,
    HELLO,
    HOURS,
    PROGRESS,
    PROOF,
    ROLLUP,
    STATUS,
    TASKS,
    TITLE,
    A,
    B,
    changed,
    columns,
    only,
    told,
)


class TestMissing:
    def test_a_removed_row_stays_away_and_comes_back_when_asked(self, world: World) -> None:
        world.owner_trashes(A.key)
        assert told(world.run(DESIRED)) == [(Action.MISSING, A.key, "removed by the owner")]
        change = only(world.plan(DESIRED, restore=True))
        assert (change.action, change.id) == (Action.RESTORE, world.live[A.key].id)

    def test_what_left_the_trash_too_is_made_again(self, world: World) -> None:
        del world.live[A.key]
        assert only(world.plan(DESIRED)).action is Action.MISSING
        change = only(world.run(DESIRED, restore=True))
        assert (change.action, change.id, change.item) == (Action.RESTORE, "", A)
        assert world.plan(DESIRED).changes == ()

    def test_a_removed_database_is_one_line(self, world: World) -> None:
        world.owner_trashes("tasks")
        assert told(world.plan(DESIRED)) == [(Action.MISSING, "tasks", "removed by the owner, with 9 items in it")]

    def test_nothing_new_is_put_into_it(self, world: World) -> None:
        world.owner_trashes("tasks")
        new = Row("tasks/c", "tasks", {"tasks.title": Text.of("c")})
        linked = View("view:tasks/today", "tasks", "Today", Layout.LIST, OnPage("root", "today"))
        assert world.plan(changed(rows=(A, B, new), views=(BOARD, linked))).writes == ()

    def test_what_it_holds_comes_back_with_it_and_is_looked_at_the_next_time(self, world: World) -> None:
        world.owner_trashes("tasks")
        assert [(c.action, c.key) for c in world.run(DESIRED, restore=True).changes] == [(Action.RESTORE, "tasks")]
        assert world.plan(DESIRED).changes == ()

    def test_a_database_deleted_for_good_is_made_again_with_what_it_held(self, world: World) -> None:
        world.owner_trashes("tasks")
        world.hidden.clear()
        del world.live["tasks"]
        plan = world.run(DESIRED, restore=True)
        assert {c.action for c in plan.changes} == {Action.RESTORE}
        assert len(plan.changes) == 10
        assert world.plan(DESIRED).changes == ()

    def test_a_removed_property_takes_its_cells_along(self, world: World) -> None:
        del world.live[HOURS.key]
        world.owner_edits(A.key, values={k: v for k, v in A.values.items() if k != HOURS.key})
        desired = changed(rows=(replace(A, values={**A.values, "tasks.hours": 5.0}), B))
        assert told(world.run(desired)) == [(Action.MISSING, HOURS.key, "removed by the owner")]
        plan = world.run(desired, restore=True)
        assert [(c.action, c.key) for c in plan.changes] == [(Action.RESTORE, HOURS.key), (Action.UPDATE, A.key)]
        assert world.plan(desired).changes == ()

    @pytest.mark.parametrize("still_shown", [True, False])
    def test_a_removed_row_is_no_change_of_the_rows_that_name_it(self, world: World, still_shown: bool) -> None:
        world.owner_trashes(A.key)
        if not still_shown:
            item = replace(B, values={**B.values, "tasks.blocked": ()})
            world.live[B.key] = replace(world.live[B.key], item=item)
        assert [one.key for one in world.plan(DESIRED).changes] == [A.key]

    def test_a_rollup_is_not_made_over_a_removed_property(self, world: World) -> None:
        del world.live[BLOCKED.key]
        plan = world.plan(columns(ROLLUP))
        assert [(c.action, c.key) for c in plan.changes] == [(Action.MISSING, BLOCKED.key)]


class TestLostState:
    def test_what_is_there_is_adopted_and_the_owners_if_in_doubt(self, world: World) -> None:
        world.owner_edits(A.key, values={**A.values, "tasks.hours": 9.0, "tasks.progress": 1.0})
        world.applied.clear()
        plan = world.run(DESIRED)
        assert {c.key for c in plan.of(Action.ADOPT)} == {item.key for item in DESIRED.items()}
        assert [(c.action, c.key, c.names) for c in plan.changes if c.action is not Action.ADOPT] == [
            (Action.UPDATE, A.key, ("tasks.progress",)),
            (Action.KEEP, A.key, ("tasks.hours",)),
        ]
        assert set(plan.records) == set(world.live)
        assert [c.action for c in world.plan(DESIRED).changes] == [Action.KEEP]

    def test_what_is_found_in_the_trash_stays_there(self, world: World) -> None:
        world.owner_trashes(A.key)
        world.applied.clear()
        plan = world.plan(DESIRED)
        assert [c.key for c in plan.of(Action.MISSING)] == [A.key]
        assert plan.writes == ()

    def test_the_references_of_what_is_found_are_recorded(self, world: World) -> None:
        world.applied.clear()
        world.live["tasks"] = replace(world.live["tasks"], refs={"data_source": "source"})
        assert world.plan(DESIRED).records["tasks"].refs == {"data_source": "source"}

    def test_another_object_with_the_key_takes_the_place_of_one_that_is_gone(self, world: World) -> None:
        world.live[A.key] = replace(world.live[A.key], id="copy")
        plan = world.run(DESIRED)
        assert told(plan) == [(Action.ADOPT, A.key, "another object in Notion now carries this key")]
        assert world.applied[A.key].id == "copy"
        assert world.plan(DESIRED).changes == ()


class TestTwins:
    def twin(self, world: World, **what: object) -> Seen:
        """A second one of A, a minute younger."""
        at = datetime(2026, 1, 1, tzinfo=UTC)
        world.live[A.key] = replace(world.live[A.key], created=at)
        return replace(
            world.live[A.key], id="twin", created=at + timedelta(minutes=1), **what  # type: ignore[arg-type]
        )  # fmt: skip

    def test_an_untouched_twin_goes_to_the_trash(self, world: World) -> None:
        change = only(world.plan(DESIRED, twins={A.key: (self.twin(world),)}))
        assert (change.action, change.key, change.id) == (Action.TWIN, A.key, "twin")

    def test_its_age_and_its_computed_numbers_do_not_matter(self, world: World) -> None:
        row = replace(A, values={**A.values, "tasks.progress": 0.7}, body=())
        change = only(world.plan(DESIRED, twins={A.key: (self.twin(world, item=row),)}))
        assert change.action is Action.TWIN

    def test_a_copy_that_the_owner_made_is_reported(self, world: World) -> None:
        change = only(world.plan(DESIRED, twins={A.key: (self.twin(world, made_by_us=False),)}))
        assert (change.action, change.id) == (Action.KEEP, "twin")

    def test_the_one_that_the_owner_edited_stays(self, world: World) -> None:
        edited = replace(A, values={**A.values, "tasks.status": "Done"})
        recorded = world.live[A.key].id
        twin = self.twin(world, item=edited, edited_by_us=False)
        plan = world.plan(DESIRED, twins={A.key: (twin,)})
        assert [(c.action, c.id) for c in plan.changes] == [
            (Action.ADOPT, "twin"),
            (Action.KEEP, "twin"),
            (Action.TWIN, recorded),
        ]

    def test_both_stay_when_the_owner_edited_both(self, world: World) -> None:
        world.owner_edits(A.key, values={**A.values, "tasks.hours": 3.0})
        twin = self.twin(world, edited_by_us=False)
        assert world.plan(DESIRED, twins={A.key: (twin,)}).writes == ()

    def test_an_entry_of_the_owners_keeps_a_twin(self, world: World) -> None:
        row = replace(A, values={**A.values, "tasks.proof": "https://example.org"})
        assert world.plan(DESIRED, twins={A.key: (self.twin(world, item=row),)}).writes == ()

    def test_without_a_state_the_older_stays(self, world: World) -> None:
        twin = self.twin(world)
        first = world.live[A.key]
        world.applied.clear()
        for one, other in ((first, twin), (twin, first)):
            world.live[A.key] = one
            plan = world.plan(DESIRED, twins={A.key: (other,)})
            assert [c.id for c in plan.of(Action.TWIN)] == ["twin"]
            assert plan.records[A.key].id == first.id

    def test_a_twin_in_the_trash_is_no_twin(self, world: World) -> None:
        assert world.plan(DESIRED, twins={A.key: (self.twin(world, trashed=True),)}).changes == ()


class TestOrphans:
    NOTHING = Workspace("career", "Career", "1", (), (), (), (), ())

    def test_an_untouched_row_goes_to_the_trash(self, world: World) -> None:
        assert told(world.run(changed(rows=(A,)))) == [(Action.TRASH, B.key, "no longer in the template, untouched")]
        assert world.plan(changed(rows=(A,))).changes == ()

    @pytest.mark.parametrize(
        "edit",
        [
            {"values": {**B.values, "tasks.proof": "https://example.org"}},
            {"values": {**B.values, "tasks.title": Text.of("Mine")}},
            {"body": (HELLO,)},
            {"icon": "🦄"},
        ],
    )
    def test_a_touched_one_stays_and_is_reported(self, world: World, edit: dict[str, object]) -> None:
        world.owner_edits(B.key, **edit)
        world.live[B.key] = replace(world.live[B.key], edited_by_us=True)
        change = only(world.plan(changed(rows=(A,))))
        assert change.action is Action.KEEP
        assert change.why.startswith("orphan: the owner edited it: ")

    def test_one_that_was_not_read_stays(self, world: World) -> None:
        world.live[B.key] = Seen(world.live[B.key].id)
        assert only(world.plan(changed(rows=(A,)))).why == "orphan: nobody looked whether the owner edited it"

    def test_the_rows_of_a_database_that_was_dropped_are_told_with_it(self, world: World) -> None:
        """Each of its rows was listed, as if the owner had done something to it."""
        for row in (A, B):
            world.live[row.key] = Seen(world.live[row.key].id)
        plan = world.plan(changed(databases=(), views=(), rows=()))
        assert told(plan) == [(Action.KEEP, "tasks", "orphan: it may hold what is not ours")]

    def test_one_that_the_owner_removed_is_not_spoken_of(self, world: World) -> None:
        world.owner_trashes(B.key)
        assert world.plan(changed(rows=(A,))).changes == ()

    def test_what_may_hold_the_owners_things_stays_unless_somebody_looked(self, world: World) -> None:
        desired = changed(databases=(replace(TASKS, properties=(TITLE, STATUS, HOURS, PROGRESS, BLOCKED)),))
        assert only(world.plan(desired)).why == "orphan: it may hold what is not ours"
        assert only(world.plan(desired, occupied={PROOF.key})).why == "orphan: it holds what is not ours"
        assert only(world.plan(desired, occupied=())).action is Action.TRASH

    def test_rows_that_time_added_are_the_past_and_no_orphans(self, world: World) -> None:
        growing = changed(rows=(A,), databases=(replace(TASKS, grows=B.key),))
        assert not {c.key for c in world.plan(growing).changes} & {B.key}
        assert B.key not in to_read(growing, world.applied)
        elsewhere = changed(rows=(A,), databases=(replace(TASKS, grows="days/"),))
        assert [c.action for c in world.plan(elsewhere).changes if c.key == B.key] == [Action.TRASH]
        assert B.key in {c.key for c in world.plan(self.NOTHING, occupied=()).of(Action.TRASH)}

    def test_removing_all_is_one_thing_to_do(self, world: World) -> None:
        plan = world.plan(self.NOTHING, occupied=())
        assert {c.action for c in plan.changes} == {Action.TRASH}
        assert [c.key for c in plan.changes if not c.within] == ["root"]
        assert len(plan.changes) == len(list(DESIRED.items()))

    def test_removing_goes_around_what_the_owner_edited(self, world: World) -> None:
        world.owner_edits(B.key, icon="🦄")
        plan = world.plan(self.NOTHING, occupied=())
        assert {c.key: c.within for c in plan.of(Action.TRASH)} == {A.key: "", GOAL.key: ""}
        assert {c.key for c in plan.of(Action.KEEP)} == {B.key, "tasks", "root"}

    @pytest.mark.parametrize(("related", "goes"), [((B.key,), True), ((B.key, "id:theirs"), False)])
    def test_the_other_side_of_a_relation_is_nobodys_edit(
        self, world: World, related: tuple[str, ...], goes: bool
    ) -> None:
        world.owner_edits(A.key, values={**A.values, BLOCKED.key: related})
        world.live[A.key] = replace(world.live[A.key], edited_by_us=True)
        kept = world.plan(self.NOTHING, occupied=()).of(Action.KEEP)
        assert (A.key not in {c.key for c in kept}) is goes

    def test_removing_what_was_edited_too_leaves_what_is_not_ours(self, world: World) -> None:
        world.owner_edits(B.key, icon="🦄")
        everything = world.plan(self.NOTHING, occupied=(), trash_edited=True)
        assert [c.key for c in everything.changes if not c.within] == ["root"]
        plan = world.plan(self.NOTHING, occupied={"tasks"}, trash_edited=True)
        assert {c.key for c in plan.of(Action.TRASH)} == {A.key, B.key, GOAL.key}
        assert {c.key for c in plan.of(Action.KEEP)} == {"tasks", "root"}


class TestRecords:
    def test_the_answer_is_noted_where_it_differs_from_what_was_asked(self) -> None:
        got = replace(A, values={**A.values, "tasks.title": Text.of("Learn")}, body=())
        fields = base(A, got)
        assert {name for name in fields if name.endswith(GOT)} == {"tasks.title" + GOT}

    def test_only_of_what_was_written(self) -> None:
        got = replace(A, values={**A.values, "tasks.title": Text.of("Mine"), "tasks.hours": 7.0})
        fields = with_answer(base(A), got, {"tasks.hours"})
        assert {name for name in fields if name.endswith(GOT)} == {"tasks.hours" + GOT}

    def test_a_later_answer_takes_the_place_of_the_earlier_one(self) -> None:
        fields = base(A, replace(A, icon="🦄"))
        assert "icon" + GOT in fields
        assert with_answer(fields, A, {"icon"}) == base(A)
