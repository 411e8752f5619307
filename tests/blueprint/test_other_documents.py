"""Documents by pillars, by days and by months: each becomes what it says, and nothing that would stand empty."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import cache

import pytest

from blueprint.material import CHOICES, MONDAY, build, document, rows_of, small, words_of
from notion_roadmap.blueprint import build as build_from
from notion_roadmap.blueprint import check, first_record
from notion_roadmap.blueprint.order import in_reading_order
from notion_roadmap.plan.price import price_of
from notion_roadmap.roadmap import Note
from notion_roadmap.roadmap.life import Life
from notion_roadmap.service.life import life_of
from notion_roadmap.workspace.blocks import Block, BlockType, walk
from notion_roadmap.workspace.items import Workspace
from notion_roadmap.workspace.text import Run, Text
from notion_roadmap.workspace.views import Layout, OnPage, Tab


@cache
def workspace(name: str) -> Workspace:
    return build(document(name), CHOICES)


def tabs(made: Workspace, database: str) -> list[str]:
    return [view.name for view in made.views if view.database == database and isinstance(view.place, Tab)]


def columns(made: Workspace, database: str) -> list[str]:
    return [prop.name for prop in made.database(database).properties]


def folds(made: Workspace) -> dict[str, Block]:
    return {block.text.plain: block for section in made.sections for block in section.blocks}


@pytest.mark.parametrize("lean", [False, True])
@pytest.mark.parametrize("name", ["pillar", "day", "path"])
def test_it_keeps_to_the_rules(name: str, lean: bool) -> None:
    assert check(build(document(name), replace(CHOICES, lean=lean))) == ()


def test_tabs_are_those_of_its_grouping() -> None:
    assert tabs(workspace("pillar"), "tasks") == ["Today", "Pillar Board", "All Tasks", "Timeline"]
    assert tabs(workspace("day"), "tasks") == ["Today", "Week Board", "All Tasks", "Timeline"]
    assert tabs(workspace("path"), "tasks") == ["Today", "All Tasks", "Timeline"]
    week = next(view for view in workspace("day").views if view.key == "view:tasks/week-board")
    assert (week.layout, week.group_by and week.group_by.property) == (Layout.BOARD, "tasks.week")


def test_options_stand_in_the_order_of_the_document() -> None:
    properties = {
        prop.key: prop for made in ("pillar", "day") for d in workspace(made).databases for prop in d.properties
    }

    assert [one.name for one in properties["tasks.week"].options] == [f"Week {n}" for n in range(1, 9)]
    assert [(one.name, one.color) for one in properties["tasks.pillar"].options][:2] == [
        ("Pillar 1", "red"), ("Pillar 2", "default"),
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["pillar", "day", "path"])
def test_no_column_says_hours_where_nobody_named_any(name: str) -> None:
    made = workspace(name)

    assert not [
        prop.name for d in made.databases for prop in d.properties if "Hours" in prop.name and d.key != "settings"
    ]
    charts = {view.chart.of for view in made.views if view.chart is not None and view.chart.of}
    assert charts == {"history.tasks"}


def test_no_column_stands_empty_for_ever() -> None:
    assert columns(workspace("path"), "phases")[:4] == ["Name", "Order", "Window", "As Written"]
    assert "Measure" not in columns(workspace("path"), "criteria")
    assert "Group" not in columns(workspace("path"), "criteria")
    assert "Benchmark" not in columns(workspace("pillar"), "kpis")
    assert "Active In" in columns(workspace("pillar"), "kpis")
    assert "Checklist" in columns(workspace("day"), "tasks")


def test_criteria_keep_the_headings_they_stand_under() -> None:
    made = workspace("day")

    assert "By Group" in tabs(made, "criteria")
    groups = {row.values["criteria.group"] for row in made.rows if row.database == "criteria"}
    assert len(groups) == 8
    assert "Week 1 (Days 1-7)" in groups


def test_pillars_and_weeks_have_a_row_each_with_their_progress() -> None:
    rows = rows_of(workspace("day"))

    week = rows["groups/week/week-1"].values
    assert (week["groups.completed"], week["groups.total"], week["groups.progress"]) == (1, 7, 0.1429)
    pillars = rows_of(workspace("pillar"))
    assert pillars["groups/pillar/pillar-1"].values["groups.title"] == Text.of("Pillar 1: Rope & Knots")
    assert pillars["groups/pillar/pillar-1"].values["groups.about"] == Text.of("figure eight, belaying")
    below = [view.place.below for view in workspace("pillar").views if isinstance(view.place, OnPage)]
    assert below == ["today", "this-week", "pillars", "burn-up"]


def test_steps_are_boxes_those_within_a_step_below_it() -> None:
    body = rows_of(workspace("pillar"))["tasks/phase-1/objective-3"].body

    boxes = [block for block in body if block.type is BlockType.TO_DO]
    assert [(one.text.plain, one.checked) for one in boxes] == [
        ("Portrait V1: a photograph that shows the wall", False),
        ("A page with two parts", True),
    ]
    assert [(one.text.plain, one.checked) for one in boxes[1].children] == [("the story", True), ("the routes", True)]
    values = rows_of(workspace("pillar"))["tasks/phase-1/objective-3"].values
    assert (values["tasks.checklist"], values["tasks.percent_done"]) == (Text.of("1/2"), 0.5)


def test_boxes_among_the_notes_count_too() -> None:
    task = {"key": "only/one", "title": "One", "steps": ["walk"], "notes": "- [x] ran\n- [ ] swim\n- sing"}
    made = build(small(phases=[{"key": "only", "title": "Only", "option": "Only", "tasks": [task]}]), CHOICES)

    values = rows_of(made)["tasks/only/one"].values

    assert (values["tasks.checklist"], values["tasks.percent_done"]) == (Text.of("1/3"), 0.3333)


def test_what_the_document_ticked_starts_ticked() -> None:
    rows = rows_of(workspace("path"))

    assert rows["criteria/foundation/first"].values["criteria.met"] is True
    assert rows["criteria/foundation/second"].values["criteria.met"] is False
    assert rows["tasks/foundation/task-3"].values["tasks.done"] is True
    assert rows_of(workspace("day"))["tasks/phase-1/day-1"].values["tasks.checklist"] == Text.of("3/3")


def test_daily_routines_are_ticked_in_the_log_and_make_a_streak() -> None:
    made = workspace("day")

    assert columns(made, "days")[2:4] == ["Morning Session", "Evening Session"]
    day = next(row for row in made.rows if row.database == "days")
    boxes = [block.text.plain for block in day.body if block.type is BlockType.TO_DO]
    assert boxes == ["Take notes", "Draw", "Write code"] * 2
    lean = build(document("day"), replace(CHOICES, lean=True))
    assert all(not row.body for row in lean.rows if row.database == "days")
    assert "Take notes" in " ".join(words_of(lean.sections[0].blocks))


def test_what_living_costs_counts_the_boxes_of_each_day() -> None:
    prices = {lean: build(document("day"), replace(CHOICES, lean=lean)) for lean in (False, True)}
    told = {
        lean: price_of((), made, reads=0, per_minute=180, latency_seconds=0.1).blocks_per_week
        for lean, made in prices.items()
    }

    assert told[False] - told[True] == 7 * 12, "two sessions of two blocks with three boxes, each day"


def lived(name: str, today: date) -> Workspace:
    record = first_record(document(name), CHOICES)
    life: Life = life_of(document(name), CHOICES, record, today)
    return build_from(document(name), CHOICES, life)


def test_each_week_has_a_page_with_its_routine_and_its_plan() -> None:
    made = lived("pillar", MONDAY + timedelta(days=8))

    over, this = (row for row in made.rows if row.database == "reviews")
    assert this.values["reviews.title"] == Text.of("2026-W49 · Week of 2026-11-30")
    words = words_of(this.body)
    assert words[:8] == [
        "🗓️ Plan",
        "Planned: Climb a slab without hands. · Pillar 3 (Name)",
        "The Weekly Loop",
        "Standard procedure for every week:",
        "Monday-Wednesday: Deep work (climbing)",
        "Friday: Write and apply",
        "Update the page",
        "Send applications",
    ]
    assert "Phase 1: 0/3, 0 of them this week tasks completed" in words
    assert "Apply to 5 jobs a week: 0 of 5" in words
    assert not [line for line in words if "hours" in line.casefold()]
    assert "🏁 How it went" in words_of(over.body)
    assert len({block.anchor for block in this.body}) == len(this.body), "each can be found again"


def test_subjects_and_passages_are_folds_under_their_own_headings() -> None:
    made = folds(workspace("path"))

    assert list(made) == [
        "Competencies", "Skill Mapping", "Interview Questions", "🏁 Maintain Edge", "Technical Excellence",
        "Conclusion",
    ]  # fmt: skip
    assert words_of(made["Competencies"].children) == [
        "What You'll Have · Foundation", "✅ Patterns", "✅ Basic skills", "What You'll Still Need", "Modelling",
    ]  # fmt: skip
    assert words_of(made["Interview Questions"].children)[1:3] == ["System Design (40 %)", "Design it for ten million"]
    table = next(block for block in walk(made["Skill Mapping"].children) if block.type is BlockType.TABLE)
    assert [[cell.plain for cell in row.cells] for row in table.children] == [
        ["Foundation Skills", "Lakehouse Application"],
        ["Error handling", "ACID compliance"],
        ["Validation", "Governance"],
    ]
    (code,) = made["Technical Excellence"].children
    assert (code.type, code.language) == (BlockType.CODE, "python")
    about = folds(workspace("pillar"))
    assert "Identity Shift: From walker to climber." in words_of(about["🎯 Goal"].children)
    assert words_of(about["The 3 Pillars"].children)[0] == "Pillar 1: Rope & Knots (figure eight, belaying)"


def test_what_introduces_a_document_stands_beside_its_name_and_not_under_a_goal_that_it_has_not() -> None:
    plain = document("pillar").model_copy(update={"goal": None, "about": (), "source": "climbing.md"})
    introduction = Note(key="note-1", title=f"🧗 {plain.title}", body="For those who come from hiking.")

    made = folds(build(plain.model_copy(update={"notes": (introduction,)}), CHOICES))

    assert "🎯 Goal" not in made
    assert words_of(made["📄 About this roadmap"].children) == [
        "Document: climbing.md",
        "For those who come from hiking.",
    ]


def test_phases_keep_their_lines_and_passages() -> None:
    phase = rows_of(workspace("pillar"))["phases/phase-1"]
    assert words_of(phase.body) == [
        "Phase 1: The Foundation (Weeks 1-2)",
        'Target: "Belayer", "Second"',
        "Resume Keyword:",
        "knots",
        "belaying",
    ]
    path = rows_of(workspace("path"))["phases/foundation"]
    assert path.values["phases.title"] == Text.of("Foundation")
    assert words_of(path.body) == ["The first stage.", "one", "deep", "deeper"]


@pytest.mark.parametrize(("lines", "apart"), [(20, False), (70, True)])
def test_long_passages_are_pages_of_their_own(lines: int, apart: bool) -> None:
    body = "\n".join(f"- line {n}" for n in range(lines))
    roadmap = small(notes=[{"key": "long", "title": "Long", "body": body}])

    for lean in (False, True):
        made = build(roadmap, replace(CHOICES, lean=lean))

        assert check(made) == ()
        assert ("notes/long" in rows_of(made)) is (apart and not lean)
        everything = [
            *words_of(b for row in made.rows for b in row.body),
            *words_of(b for s in made.sections for b in s.blocks),
        ]
        assert f"line {lines - 1}" in "\n".join(everything)


def test_a_passage_of_megabytes_is_no_single_block() -> None:
    bodies = [{"key": f"n-{n}", "title": f"Part {n}", "body": "word " * 39_000} for n in range(20)]
    made = build(small(notes=bodies), CHOICES)

    assert check(made) == ()
    assert max(len(block.text.plain) for row in made.rows for block in walk(row.body)) <= 60_000
    assert sum(len(block.text.plain) for row in made.rows for block in walk(row.body)) >= 20 * 39_000 * 5 - 100


def test_more_weeks_than_notion_takes_at_once_come_with_their_rows() -> None:
    tasks = [{"key": f"p/day-{n}", "title": f"Day {n}", "week": f"Week {n}"} for n in range(1, 131)]
    made = build(small(phases=[{"key": "p", "title": "P", "option": "P", "tasks": tasks}]), CHOICES)

    assert check(made) == ()
    week = next(prop for prop in made.database("tasks").properties if prop.key == "tasks.week")
    assert len(week.options) == 100
    assert sum(row.database == "groups" for row in made.rows) == 130


def test_names_without_numbers_stand_as_listed() -> None:
    tasks = [{"key": f"p/{name}", "title": name} for name in ("walk", "run", "crawl-2", "fly")]
    roadmap = small(phases=[{"key": "p", "title": "P", "option": "P", "tasks": tasks}])

    assert [task.title for task in in_reading_order(roadmap)] == ["walk", "run", "crawl-2", "fly"]


def test_what_stands_between_backticks_is_code_in_a_title_and_plain_in_every_record() -> None:
    roadmap = document("pillar")
    phase = roadmap.phases[0]
    task = phase.tasks[0].model_copy(update={"title": "Run `make check` twice"})
    told = roadmap.model_copy(
        update={"phases": (phase.model_copy(update={"tasks": (task, *phase.tasks[1:])}), *roadmap.phases[1:])}
    )

    title = next(row for row in build(told, CHOICES).rows if row.key == f"tasks/{task.key}").values["tasks.title"]

    assert title == Text.of("Run ", Run("make check", code=True), " twice")
    assert "Run make check twice" in {known.title for known in first_record(told, CHOICES).tasks}
