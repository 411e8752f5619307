"""Each action, with the story that leads to it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from notion_roadmap.plan.changes import Action, Change, Plan
from notion_roadmap.plan.compare import to_read
from notion_roadmap.plan.fields import GOT, base, with_answer
from notion_roadmap.workspace.blocks import Block, BlockType
from notion_roadmap.workspace.items import Database, Kind, Page, Row, Section, Workspace
from notion_roadmap.workspace.limits import OPTIONS
from notion_roadmap.workspace.observed import Seen
from notion_roadmap.workspace.properties import Option, Owner, Property, PropertyType, Relation, Rollup
from notion_roadmap.workspace.text import Text
from notion_roadmap.workspace.views import GroupBy, Layout, OnPage, Sort, View, ladder
from plan.material import World

HELLO = Block(BlockType.PARAGRAPH, Text.of("Hello"))
TITLE = Property("tasks.title", "Task Name", PropertyType.TITLE)
STATUS = Property("tasks.status", "Status", PropertyType.SELECT, options=(Option("Open"), Option("Done")))
HOURS = Property("tasks.hours", "Hours", PropertyType.NUMBER)
PROGRESS = Property("tasks.progress", "% Done", PropertyType.NUMBER, Owner.OURS)
PROOF = Property("tasks.proof", "Proof", PropertyType.URL, Owner.THEIRS)
BLOCKED = Property("tasks.blocked", "Blocked By", PropertyType.RELATION, relation=Relation("tasks"))
TASKS = Database("tasks", "root", "Tasks", (TITLE, STATUS, HOURS, PROGRESS, PROOF, BLOCKED), "tasks.key")
A = Row(
    "tasks/a",
    "tasks",
    {"tasks.title": Text.of("Learn SQL"), "tasks.status": "Open", "tasks.hours": 2.0, "tasks.progress": 0.0},
    (HELLO,),
)
B = Row("tasks/b", "tasks", {"tasks.title": Text.of("Learn Spark"), "tasks.blocked": ("tasks/a",)}, rank=1)
BOARD = View("view:tasks/board", "tasks", "Board", Layout.BOARD, group_by=GroupBy("tasks.status"))
ROOT = Page("root", "", "Career", "🎯", (HELLO,))
GOAL = Section("section:goal", "root", (HELLO,))
DESIRED = Workspace("career", "Career", "1", (ROOT,), (GOAL,), (TASKS,), (BOARD,), (A, B))


@pytest.fixture
def world() -> World:
    """A workspace that was just seeded."""
    world = World()
    world.run(DESIRED)
    return world


def changed(**what: object) -> Workspace:
    """The next version of the template."""
    return replace(DESIRED, **what)  # type: ignore[arg-type]


def columns(*properties: Property) -> Workspace:
    """The next version, with these properties in place of those of the same key."""
    by_key = {one.key: one for one in (*TASKS.properties, *properties)}
    return changed(databases=(replace(TASKS, properties=tuple(by_key.values())),))


def told(plan: Plan) -> list[tuple[Action, str, str]]:
    return [(one.action, one.key, one.why) for one in plan.changes]


def only(plan: Plan) -> Change:
    (change,) = plan.changes
    return change


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
    ROLLUP = Property("tasks.sum", "Sum", PropertyType.ROLLUP, rollup=Rollup("tasks.blocked", "tasks.hours", "sum"))

    def test_a_formula_in_notions_words_is_no_edit(self, world: World) -> None:
        desired = columns(self.FORMULA)
        world.run(desired)
        world.owner_edits(self.FORMULA.key, formula="{{notion:block_property:x:y:z}}")
        assert world.plan(desired).changes == ()
        again = columns(replace(self.FORMULA, formula='prop("Hours") + 1'))
        assert only(world.plan(again)).names == ("definition",)

    def test_a_rollup_is_compared_when_the_template_changed(self, world: World) -> None:
        world.run(columns(self.ROLLUP))
        again = columns(replace(self.ROLLUP, rollup=Rollup("tasks.blocked", "tasks.hours", "average")))
        assert only(world.plan(again)).names == ("definition",)
        world.owner_edits(self.ROLLUP.key, rollup=Rollup("tasks.blocked", "tasks.hours", "max"))
        assert world.plan(columns(self.ROLLUP)).changes == ()
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
        plan = world.plan(columns(TestDefinition.ROLLUP))
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
        assert only(world.plan(changed(rows=(A,)))).why == "orphan: it was not read"

    def test_one_that_the_owner_removed_is_not_spoken_of(self, world: World) -> None:
        world.owner_trashes(B.key)
        assert world.plan(changed(rows=(A,))).changes == ()

    def test_what_may_hold_the_owners_things_stays_unless_somebody_looked(self, world: World) -> None:
        desired = changed(databases=(replace(TASKS, properties=(TITLE, STATUS, HOURS, PROGRESS, BLOCKED)),))
        assert only(world.plan(desired)).why == "orphan: it may hold what is not ours"
        assert only(world.plan(desired, occupied={PROOF.key})).why == "orphan: it holds what is not ours"
        assert only(world.plan(desired, occupied=())).action is Action.TRASH

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
