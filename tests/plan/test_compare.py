"""What becomes of the fields of what is there: updates, and everything that stays the owner's."""

from __future__ import annotations

from dataclasses import replace

import pytest

from notion_roadmap.plan.changes import Action
from notion_roadmap.plan.compare import to_read
from notion_roadmap.plan.fields import GOT, base
from notion_roadmap.workspace.items import Kind, Row
from notion_roadmap.workspace.limits import OPTIONS
from notion_roadmap.workspace.observed import Seen
from notion_roadmap.workspace.properties import Option, Owner, Property, PropertyType, Rollup
from notion_roadmap.workspace.text import Text
from notion_roadmap.workspace.views import GroupBy, Sort, ladder
from plan.material import World
from plan.seeded import (
    BOARD,
    DESIRED,
    GOAL,
    HOURS,
    ROLLUP,
    STATUS,
    TASKS,
    A,
    B,
    changed,
    columns,
    only,
    told,
)


class TestCreate:
    def test_everything_is_made_and_properties_come_with_their_database(self) -> None:
        plan = World().plan(DESIRED)
        assert {one.action for one in plan.changes} == {Action.CREATE}
        assert len(plan.changes) == len(list(DESIRED.items()))
        assert {one.key: one.within for one in plan.changes if one.within} == {p.key: "tasks" for p in TASKS.properties}
        assert (plan.existing, plan.unchanged) == (0, 0)

    def test_the_order_is_that_of_reading(self) -> None:
        assert [one.kind for one in World().plan(DESIRED).changes] == sorted(
            (one.kind for one in World().plan(DESIRED).changes), key=list(Kind).index
        )

    def test_a_new_property_stands_for_itself_in_an_old_database(self, world: World) -> None:
        new = Property("tasks.new", "New", PropertyType.CHECKBOX)
        change = only(world.plan(columns(new)))
        assert (change.action, change.key, change.within, change.item) == (Action.CREATE, new.key, "", new)

    @pytest.mark.parametrize("owner", Owner)
    def test_rows_get_their_first_value_in_a_new_property_whoever_owns_it(self, world: World, owner: Owner) -> None:
        new = Property("tasks.new", "New", PropertyType.NUMBER, owner)
        row = replace(A, values={**A.values, new.key: 3.0})
        desired = replace(columns(new), rows=(row, B))
        created, update = world.run(desired).changes
        assert (created.action, update.action, update.key) == (Action.CREATE, Action.UPDATE, A.key)
        assert update.names == (new.key,)
        assert world.plan(desired).changes == ()


class TestUpdate:
    def test_the_template_changed(self, world: World) -> None:
        desired = changed(rows=(replace(A, values={**A.values, "tasks.hours": 5.0}), B))
        change = only(world.plan(desired))
        assert (change.action, change.why) == (Action.UPDATE, "changed in the template: Hours")
        ((name, before, old, new),) = [(f.name, f.base, f.old, f.new) for f in change.fields]
        assert (name, before, old, new) == ("tasks.hours", 2, 2, 5)
        assert change.id == world.live[A.key].id

    def test_the_template_gives_a_value_where_it_had_none(self, world: World) -> None:
        desired = changed(rows=(A, replace(B, values={**B.values, "tasks.hours": 5.0})))
        assert only(world.plan(desired)).action is Action.UPDATE

    def test_what_is_proposed_until_the_owner_changes_it_was_not_changed_in_the_template(self, world: World) -> None:
        """A due date follows from the hours a week, and was called a change of the template."""
        tasks = replace(TASKS, properties=tuple(replace(p, proposed=p == HOURS) for p in TASKS.properties))
        desired = changed(databases=(tasks,), rows=(replace(A, values={**A.values, "tasks.hours": 5.0}), B))
        assert told(world.plan(desired)) == [(Action.UPDATE, A.key, "computed anew: Hours")]
        world.owner_edits(A.key, values={**world.live[A.key].item.values, "tasks.hours": 3.0})  # type: ignore[union-attr]
        assert told(world.plan(desired)) == [(Action.CONFLICT, A.key, "changed by the owner, and computed anew: Hours")]

    def test_rows_that_time_adds_are_not_new_in_the_template(self, world: World) -> None:
        tasks = replace(TASKS, grows="tasks/2026-")
        desired = changed(databases=(tasks,), rows=(A, B, Row("tasks/2026-W48", "tasks", {})))
        assert told(world.plan(desired)) == [(Action.CREATE, "tasks/2026-W48", "its time has come")]

    def test_a_computed_number_moved_on(self, world: World) -> None:
        desired = changed(rows=(replace(A, values={**A.values, "tasks.progress": 0.5}), B))
        assert told(world.plan(desired)) == [(Action.UPDATE, A.key, "computed anew: % Done")]

    def test_a_hand_edit_of_a_computed_number_is_set_back_and_said(self, world: World) -> None:
        world.owner_edits(A.key, values={**A.values, "tasks.progress": 1.0})
        why = "edited by hand, set back to what is computed: % Done"
        assert told(world.run(DESIRED)) == [(Action.UPDATE, A.key, why)]
        assert world.plan(DESIRED).changes == ()

    def test_what_is_the_owners_is_left_though_the_template_changed(self, world: World) -> None:
        desired = changed(rows=(replace(A, values={**A.values, "tasks.proof": "https://example.org"}), B))
        assert world.plan(desired).changes == ()

    def test_bodies_and_views_change_once_they_were_read(self, world: World) -> None:
        desired = changed(
            rows=(replace(A, body=()), B), views=(replace(BOARD, group_by=GroupBy("tasks.hours")),), sections=()
        )
        assert to_read(desired, world.applied) == {A.key, BOARD.key, GOAL.key}
        assert [(c.key, c.names) for c in world.plan(desired).of(Action.UPDATE)] == [
            (BOARD.key, ("configuration",)),
            (A.key, ("body",)),
        ]

    def test_a_body_that_was_not_asked_for_is_not_compared(self, world: World) -> None:
        world.owner_edits(A.key, body=())
        assert to_read(DESIRED, world.applied) == frozenset()
        assert world.plan(DESIRED).changes == ()


class TestOwner:
    def test_renames_are_followed(self, world: World) -> None:
        world.owner_edits("root", title="My way")
        world.owner_edits("tasks", title="Aufgaben")
        world.owner_edits(HOURS.key, name="Stunden")
        world.owner_edits(BOARD.key, name="Brett")
        plan = world.run(DESIRED)
        assert told(plan) == [
            (Action.FOLLOW, "root", "renamed by the owner to 'My way'"),
            (Action.FOLLOW, "tasks", "renamed by the owner to 'Aufgaben'"),
            (Action.FOLLOW, HOURS.key, "renamed by the owner to 'Stunden'"),
            (Action.FOLLOW, BOARD.key, "renamed by the owner to 'Brett'"),
        ]
        assert plan.writes == ()

    def test_a_value_is_kept(self, world: World) -> None:
        world.owner_edits(A.key, values={**A.values, "tasks.status": "Done"})
        assert told(world.plan(DESIRED)) == [(Action.KEEP, A.key, "changed by the owner: Status is 'Done'")]

    def test_several_values_are_one_line(self, world: World) -> None:
        world.owner_edits(A.key, values={**A.values, "tasks.status": "Done", "tasks.hours": 9.0})
        assert only(world.plan(DESIRED)).why == "changed by the owner: Hours, Status"

    def test_both_changed_it(self, world: World) -> None:
        world.owner_edits(A.key, values={**A.values, "tasks.hours": 9.0})
        desired = changed(rows=(replace(A, values={**A.values, "tasks.hours": 5.0}), B))
        why = "changed by the owner and by the template: Hours"
        assert told(world.run(desired)) == [(Action.CONFLICT, A.key, why)]
        assert told(world.run(desired)) == [(Action.KEEP, A.key, "changed by the owner: Hours is 9")]

    def test_both_changed_it_to_the_same(self, world: World) -> None:
        world.owner_edits(A.key, values={**A.values, "tasks.hours": 5.0})
        desired = changed(rows=(replace(A, values={**A.values, "tasks.hours": 5.0}), B))
        plan = world.run(desired)
        assert plan.changes == ()
        assert set(plan.records) == {A.key}
        again = changed(rows=(replace(A, values={**A.values, "tasks.hours": 6.0}), B))
        assert only(world.plan(again)).action is Action.UPDATE

    def test_columns_rows_and_options_of_their_own_are_not_seen(self, world: World) -> None:
        mine = (*STATUS.options, Option("Paused", "red"))
        world.owner_edits(STATUS.key, options=tuple(reversed(mine)))
        world.owner_edits(A.key, values={**A.values, "their column": "x"})
        assert world.plan(DESIRED).changes == ()


class TestOptions:
    def test_new_ones_are_added(self, world: World) -> None:
        new = replace(STATUS, options=(*STATUS.options, Option("Blocked", "red")))
        change = only(world.plan(columns(new)))
        assert (change.action, change.names) == (Action.UPDATE, ("options",))
        assert [one["name"] for one in change.fields[0].new] == ["Blocked"]  # type: ignore[union-attr, index]

    def test_removed_ones_stay_away_and_come_back_when_asked(self, world: World) -> None:
        world.owner_edits(STATUS.key, options=(Option("Open"),))
        why = "options removed or renamed by the owner: 'Done'"
        assert told(world.run(DESIRED)) == [(Action.KEEP, STATUS.key, why)]
        assert only(world.run(DESIRED, restore=True)).action is Action.UPDATE
        assert world.plan(DESIRED).changes == ()

    def test_another_spelling_of_the_same_is_the_same(self, world: World) -> None:
        desired = columns(replace(STATUS, options=(Option("⏸️ Open"),)))
        world.run(desired)
        world.owner_edits(STATUS.key, options=(Option("⏸ Open"),))
        assert world.plan(desired).changes == ()

    def test_a_list_too_long_for_one_request_is_left_to_the_rows(self, world: World) -> None:
        many = tuple(Option(f"skill {number}") for number in range(OPTIONS))
        world.owner_edits(STATUS.key, options=(*STATUS.options, *many))
        assert world.plan(columns(replace(STATUS, options=(*STATUS.options, Option("new"))))).changes == ()


class TestType:
    def test_a_retyped_property_is_reported_every_time_and_its_cells_are_left(self, world: World) -> None:
        world.owner_edits(HOURS.key, type=PropertyType.TEXT)
        world.owner_edits(A.key, values={**A.values, "tasks.hours": Text.of("2 h")})
        desired = changed(rows=(replace(A, values={**A.values, "tasks.hours": 5.0}), B))
        for _ in range(2):
            change = only(world.run(desired))
            assert (change.action, change.key) == (Action.CONFLICT, HOURS.key)
            assert change.why == "given another type by the owner: type is 'rich_text'"

    def test_a_type_that_we_do_not_even_know_is_a_type(self, world: World) -> None:
        world.live[HOURS.key] = Seen("id", fields={"type": "people", "name": "Hours"})
        world.applied[HOURS.key] = replace(world.applied[HOURS.key], id="id")
        assert only(world.plan(DESIRED)).action is Action.CONFLICT

    def test_the_template_retypes_and_nothing_is_forced(self, world: World) -> None:
        desired = columns(replace(HOURS, type=PropertyType.TEXT))
        for _ in range(2):
            change = only(world.run(desired))
            assert change.action is Action.CONFLICT
            assert change.why.startswith("given another type by the template: type is 'number'")

    def test_a_new_row_is_made_without_the_cells_of_a_retyped_property(self, world: World) -> None:
        world.owner_edits(HOURS.key, type=PropertyType.TEXT)
        new = Row("tasks/c", "tasks", {"tasks.title": Text.of("c"), "tasks.hours": 2.0})
        (change,) = world.plan(changed(rows=(A, B, new))).of(Action.CREATE)
        assert isinstance(change.item, Row)
        assert set(change.item.values) == {"tasks.title"}


class TestDefinition:
    FORMULA = Property("tasks.left", "Left", PropertyType.FORMULA, formula='prop("Hours")')

    def test_a_formula_in_notions_words_is_no_edit(self, world: World) -> None:
        desired = columns(self.FORMULA)
        world.run(desired)
        world.owner_edits(self.FORMULA.key, formula="{{notion:block_property:x:y:z}}")
        assert world.plan(desired).changes == ()
        again = columns(replace(self.FORMULA, formula='prop("Hours") + 1'))
        assert only(world.plan(again)).names == ("definition",)

    def test_a_rollup_is_compared_when_the_template_changed(self, world: World) -> None:
        world.run(columns(ROLLUP))
        again = columns(replace(ROLLUP, rollup=Rollup("tasks.blocked", "tasks.hours", "average")))
        assert only(world.plan(again)).names == ("definition",)
        world.owner_edits(ROLLUP.key, rollup=Rollup("tasks.blocked", "tasks.hours", "max"))
        assert world.plan(columns(ROLLUP)).changes == ()
        assert only(world.plan(again)).action is Action.CONFLICT


class TestViews:
    def test_the_rung_that_was_taken_is_no_edit(self, world: World) -> None:
        plain = ladder(BOARD)[-1]
        applied = world.applied[BOARD.key]
        fields = base(BOARD, plain)
        assert fields["configuration" + GOT] != fields["configuration"]
        world.applied[BOARD.key] = replace(applied, fields=fields, rung=1)
        world.live[BOARD.key] = replace(world.live[BOARD.key], item=plain)
        assert world.plan(DESIRED).changes == ()
        again = changed(views=(replace(BOARD, sorts=(Sort("tasks.hours"),)),))
        assert only(world.plan(again)).action is Action.UPDATE

    def test_columns_that_notion_chose_are_no_edit(self, world: World) -> None:
        world.owner_edits(BOARD.key, shown=("tasks.hours", "tasks.status"))
        assert world.plan(DESIRED).changes == ()

    def test_a_filter_of_the_owners_is_kept(self, world: World) -> None:
        world.owner_edits(BOARD.key, sorts=(Sort("tasks.hours"),))
        assert only(world.plan(DESIRED)).action is Action.KEEP
