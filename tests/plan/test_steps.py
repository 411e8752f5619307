"""Steps: what waits for what, and that nothing is sent twice or left out."""

from __future__ import annotations

import random
from dataclasses import replace

from notion_roadmap.plan.changes import Action, Change, FieldChange, Plan
from notion_roadmap.plan.compare import compare
from notion_roadmap.plan.price import price_of
from notion_roadmap.plan.steps import Step, Work, in_tab_order, steps_of
from notion_roadmap.workspace.blocks import Block, BlockType
from notion_roadmap.workspace.items import Database, Kind, Page, Row, Section, Workspace
from notion_roadmap.workspace.properties import Option, Property, PropertyType, Relation, Rollup
from notion_roadmap.workspace.text import Text
from notion_roadmap.workspace.views import GroupBy, Layout, OnPage, Tab, View, Widget

TASKS = Database(
    "tasks",
    "root",
    "Tasks",
    (
        Property("tasks.title", "Task Name", PropertyType.TITLE),
        Property("tasks.skills", "Skills", PropertyType.MULTI_SELECT, options=(Option("python"),)),
        Property("tasks.done", "Done", PropertyType.CHECKBOX),
        Property("tasks.blocked", "Blocked By", PropertyType.RELATION, relation=Relation("tasks")),
        Property(
            "tasks.phase", "Phase", PropertyType.RELATION, relation=Relation("phases", "phases.tasks", mirrors=True)
        ),
        Property("tasks.key", "Key", PropertyType.TEXT),
    ),
    "tasks.key",
    rank=1,
)
PHASES = Database(
    "phases",
    "data",
    "Phases",
    (
        Property("phases.title", "Name", PropertyType.TITLE),
        Property("phases.tasks", "Tasks", PropertyType.RELATION, relation=Relation("tasks", "tasks.phase")),
        Property("phases.all", "All", PropertyType.ROLLUP, rollup=Rollup("phases.tasks", "tasks.title", "count")),
        Property("phases.key", "Key", PropertyType.TEXT),
    ),
    "phases.key",
    rank=1,
)
PAGES = (
    Page("root", "", "Roadmap", body=(Block(BlockType.HEADING_2, Text.of("Today"), anchor="today"),)),
    Page("data", "root", "Data", rank=2),
)
VIEWS = (
    View("view:tasks/board", "tasks", "Board", Layout.BOARD, Tab(), group_by=GroupBy("tasks.skills")),
    View("view:tasks/all", "tasks", "All", Layout.TABLE, Tab("view:tasks/board")),
    View("view:tasks/list", "tasks", "List", Layout.LIST, Tab("view:tasks/all")),
    View("view:phases/all", "phases", "All", Layout.TABLE, Tab()),
    View("view:phases/dash", "phases", "Dashboard", Layout.DASHBOARD, Tab("view:phases/all")),
    View("view:phases/w1", "phases", "One", Layout.TABLE, Widget("view:phases/dash", 0)),
    View("view:tasks/today", "tasks", "Today", Layout.LIST, OnPage("root", "today")),
)
ROWS = (
    Row("phases/1", "phases", {"phases.title": Text.of("One"), "phases.key": Text.of("phases/1")}, rank=0),
    Row(
        "tasks/a",
        "tasks",
        {"tasks.title": Text.of("A"), "tasks.skills": ("python",), "tasks.phase": ("phases/1",)},
        rank=1,
    ),
    *(
        Row(f"tasks/{n}", "tasks", {"tasks.title": Text.of(n), "tasks.skills": ("rust", "python")}, rank=2)
        for n in "bc"
    ),
)
SECTION = Section("section:extras", "root", (Block(BlockType.TOGGLE, Text.of("Goal")),), rank=3)
WORKSPACE = Workspace("career", "Roadmap", "1", PAGES, (SECTION,), (TASKS, PHASES), VIEWS, ROWS)


def steps(workspace: Workspace = WORKSPACE) -> dict[str, Step]:
    return {s.key: s for s in steps_of(compare(workspace, {}, {}), workspace)}


def waits_for(key: str, earlier: str) -> bool:
    """Whether a step comes after another one, directly or not."""
    all_steps = steps()
    needs = all_steps[key].needs
    return earlier in needs or any(waits_for(n, earlier) for n in needs)


def test_every_item_is_made_by_exactly_one_step() -> None:
    made = [c.key for s in steps().values() for c in s.changes]
    assert sorted(made) == sorted(i.key for i in WORKSPACE.items())


def test_a_relation_to_a_later_database_or_to_itself_comes_in_one_later_request() -> None:
    later = steps()["change schema:tasks:0"]
    assert {c.key for c in later.changes} == {"tasks.blocked", "tasks.phase"}
    assert waits_for("change schema:tasks:0", "read schema:phases")


def test_relations_and_roll_ups_to_what_exists_go_with_the_create() -> None:
    created = steps()["create database:phases"]
    assert {c.key for c in created.changes} == {"phases", *(p.key for p in PHASES.properties)}
    assert waits_for("create database:phases", "create database:tasks")


def test_a_roll_up_waits_for_the_schema_of_what_it_adds_up() -> None:
    """Found by the simulation: the create alone does not tell the ids, and a slow look at the schema came too late."""
    assert waits_for("create database:phases", "read schema:tasks")


def test_a_row_waits_for_its_columns_and_for_the_rows_that_it_names() -> None:
    assert waits_for("create row:tasks/a", "change schema:tasks:0")
    assert waits_for("create row:tasks/a", "create row:phases/1")


def test_an_update_waits_for_a_column_that_comes_back_and_for_rows_that_are_new() -> None:
    """Rows that were written before their column was there kept it empty, and it was recorded as written."""
    done, phase = TASKS.properties[2], ROWS[0]
    row = replace(ROWS[1], values={**ROWS[1].values, "tasks.done": True})
    written = (FieldChange("tasks.done", None, None, True), FieldChange("tasks.phase", None, None, ["phases/1"]))
    changes = (
        Change(Action.RESTORE, Kind.PROPERTY, "tasks.done", "", item=done),
        Change(Action.CREATE, Kind.ROW, phase.key, "", item=phase),
        Change(Action.UPDATE, Kind.ROW, row.key, "", written, id="a", item=row),
        Change(Action.UPDATE, Kind.ROW, "tasks/b", "", (FieldChange("tasks.title", None, "C", "B"),), "b", ROWS[2]),
    )
    needs = {step.key: step.needs for step in steps_of(Plan(changes), WORKSPACE)}
    assert needs["update:tasks/a"] == {"change schema:tasks:0", "create row:phases/1"}
    assert needs["update:tasks/b"] == frozenset()


def test_rows_that_add_options_to_a_property_are_never_sent_together() -> None:
    assert steps()["create row:tasks/a"].alone == ""
    assert steps()["create row:tasks/b"].alone == steps()["create row:tasks/c"].alone != ""


def test_what_stands_lower_on_a_page_waits_for_what_stands_above_it() -> None:
    assert waits_for("create page:data", "create database:tasks")
    assert waits_for("append section:section:extras", "create page:data")


def test_tabs_are_made_from_left_to_right_and_a_table_takes_over_the_default_view() -> None:
    assert waits_for("create view:view:tasks/list", "take default view:view:tasks/all")
    assert waits_for("take default view:view:tasks/all", "create view:view:tasks/board")
    assert [v.key for v in in_tab_order(VIEWS[:3][::-1])] == [v.key for v in VIEWS[:3]]


def test_a_linked_view_waits_for_the_heading_it_stands_below_and_a_widget_for_its_dashboard() -> None:
    assert waits_for("create view:view:tasks/today", "read anchors:root")
    assert waits_for("create view:view:phases/w1", "create view:view:phases/dash")


def test_shuffling_the_workspace_changes_no_step() -> None:
    dice = random.Random(7)

    def shuffled(items: tuple[object, ...]) -> tuple[object, ...]:
        return tuple(dice.sample(items, len(items)))

    for _ in range(20):
        other = replace(
            WORKSPACE,
            pages=shuffled(PAGES),  # type: ignore[arg-type]
            databases=shuffled((TASKS, PHASES)),  # type: ignore[arg-type]
            views=shuffled(VIEWS),  # type: ignore[arg-type]
            rows=shuffled(ROWS),  # type: ignore[arg-type]
        )
        assert steps(other) == steps()


def test_the_price_counts_each_request_and_each_block() -> None:
    price = price_of(list(steps().values()), WORKSPACE, reads=3, per_minute=180, latency_seconds=0.3)
    # reads, two pages, anchors, two databases with schema, their lists of views, one later schema (two requests, for
    # it names what Notion made), 7 views, 4 rows, the section and the manifest
    assert price.requests == 3 + 2 + 1 + 2 + 2 + 2 + 2 + 7 + 4 + 1 + 1
    # two pages with one block, two databases, four rows, one linked view, the section, the manifest
    assert price.blocks == 3 + 2 + 4 + 1 + 1 + 1
    assert price.gated == ("view:phases/dash",)
    assert price.seconds > 0


def test_an_empty_plan_costs_what_looking_cost() -> None:
    assert price_of([], WORKSPACE, reads=5, per_minute=180, latency_seconds=0.3).requests == 5


def test_works_are_named_once() -> None:
    assert len({w.value for w in Work}) == len(Work)
