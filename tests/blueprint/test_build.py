"""What holds for every workspace, whatever the roadmap and the choices."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blueprint.material import CHOICES, MONDAY, build, career, career_workspace, choices_for, roadmaps, small, words_of
from notion_roadmap.blueprint import Choices, UnknownTask, check
from notion_roadmap.roadmap import Roadmap
from notion_roadmap.workspace.blocks import BlockType, count_blocks, walk
from notion_roadmap.workspace.canonical import digest
from notion_roadmap.workspace.items import Row, Workspace
from notion_roadmap.workspace.limits import FREE_BLOCKS
from notion_roadmap.workspace.properties import DateSpan, Owner
from notion_roadmap.workspace.text import Text
from notion_roadmap.workspace.views import Layout, OnPage, Tab, Widget


def rows(workspace: Workspace) -> dict[str, Row]:
    return {row.key: row for row in workspace.rows}


def shuffled(roadmap: Roadmap, dice: random.Random) -> Roadmap:
    """The same roadmap, the tasks of each phase in another order."""
    phases = []
    for phase in roadmap.phases:
        tasks = list(phase.tasks)
        dice.shuffle(tasks)
        phases.append(phase.model_copy(update={"tasks": tuple(tasks)}))
    return roadmap.model_copy(update={"phases": tuple(phases)})


@given(st.data())
def test_every_workspace_keeps_to_the_rules(data: st.DataObject) -> None:
    roadmap = data.draw(roadmaps())
    choices = data.draw(choices_for(roadmap))

    assert check(build(roadmap, choices)) == ()


@given(st.data())
def test_the_order_of_tasks_in_the_template_changes_nothing(data: st.DataObject) -> None:
    roadmap = data.draw(roadmaps())
    choices = data.draw(choices_for(roadmap))
    dice = data.draw(st.randoms(use_true_random=False))

    assert digest(build(shuffled(roadmap, dice), choices)) == digest(build(roadmap, choices))


def test_the_order_of_tasks_in_the_career_template_changes_nothing() -> None:
    other = shuffled(career(), random.Random(7))

    assert other != career()
    assert digest(build(other, CHOICES)) == digest(career_workspace())


@pytest.mark.parametrize("lean", [False, True])
def test_the_career_keeps_to_the_rules(lean: bool) -> None:
    assert check(career_workspace(lean=lean)) == ()


def test_the_databases_stand_in_reading_order() -> None:
    workspace = career_workspace()
    order = sorted(workspace.databases, key=lambda d: (d.page != "root", d.rank))

    assert [d.key for d in order] == [
        "tasks", "phases", "kpis", "criteria", "days", "reviews", "applications", "history", "resources", "settings",
    ]  # fmt: skip
    assert [d.key for d in order if d.page == "root"] == ["tasks"]
    root, data = workspace.pages
    (extras,) = workspace.sections
    assert workspace.database("tasks").rank < data.rank < extras.rank
    assert (root.parent, data.parent, data.title, extras.page) == ("", "root", "⚙️ Data", "root")


def test_each_database_refers_to_earlier_ones_only() -> None:
    workspace = career_workspace()
    ranks = {d.key: d.rank for d in workspace.databases}

    for database in workspace.databases:
        for prop in database.properties:
            if prop.relation is not None and not prop.relation.mirrors:
                assert ranks[prop.relation.target] <= database.rank, prop.key


def test_the_two_way_relation_is_told_from_both_sides() -> None:
    properties = {p.key: p for d in career_workspace().databases for p in d.properties}
    made, mirrored = properties["phases.tasks"].relation, properties["tasks.roadmap_phase"].relation

    assert made is not None
    assert mirrored is not None
    assert (made.target, made.back, made.mirrors) == ("tasks", "tasks.roadmap_phase", False)
    assert (mirrored.target, mirrored.back, mirrored.mirrors) == ("phases", "phases.tasks", True)


def test_what_the_owner_needs_first_comes_first() -> None:
    ordered = sorted(career_workspace().rows, key=lambda row: row.rank)
    keys = [row.key for row in ordered]

    assert keys[:3] == ["phases/phase-1", "tasks/phase-1/task-1", "tasks/phase-1/task-2"]
    assert all("/phase-1" in key for key in keys[:11])
    assert [key.partition("/")[0] for key in keys[11:22]] == ["days"] * 7 + ["reviews"] + ["history"] * 3
    assert keys.index("tasks/phase-2/task-8") < keys.index("tasks/phase-3/task-17")


def test_the_markers_are_on_the_root_page_and_on_data() -> None:
    root, data = career_workspace().pages
    callout = root.body[0]

    assert callout.anchor == "status"
    assert callout.text.runs[-1].text == "notion-roadmap · data-engineering-career · root"
    assert callout.text.runs[-1].color == "gray"
    assert data.body[0].text.plain.endswith("notion-roadmap · data-engineering-career · data")


def test_the_callout_says_where_one_stands() -> None:
    words = career_workspace().pages[0].body[0].text.plain

    assert "Phase 1: Foundation Mastery, 0 of 69 required tasks (0 %)" in words
    assert "Next up: Task 1: Python Fundamentals" in words
    assert "Last synced: not yet" in words


def test_linked_views_stand_below_their_headings() -> None:
    workspace = career_workspace()
    places = {v.place.below: v for v in workspace.views if isinstance(v.place, OnPage)}
    anchors = [block.anchor for block in workspace.pages[0].body]

    assert anchors == ["status", "today", "this-week", "habits", "burn-up"]
    assert [places[anchor].database for anchor in anchors[1:]] == ["tasks", "reviews", "days", "history"]
    assert [places[anchor].layout for anchor in anchors[1:]] == ["list", "list", "list", "chart"]


def test_every_database_has_a_table_and_one_a_dashboard() -> None:
    workspace = career_workspace()
    tabs = [v for v in workspace.views if isinstance(v.place, Tab)]
    dashboards = [v for v in tabs if v.layout is Layout.DASHBOARD]
    widgets = [v for v in workspace.views if isinstance(v.place, Widget)]

    assert {v.database for v in tabs if v.layout is Layout.TABLE} == {d.key for d in workspace.databases}
    assert [v.key for v in dashboards] == ["view:history/dashboard"]
    assert {v.place.dashboard for v in widgets if isinstance(v.place, Widget)} == {dashboards[0].key}
    assert {v.database for v in widgets} == {"tasks", "history", "phases", "kpis"}


def test_a_small_roadmap_has_only_what_it_needs() -> None:
    workspace = build(small(), CHOICES)

    assert check(workspace) == ()
    assert [d.key for d in workspace.databases] == ["tasks", "phases", "reviews", "history", "settings"]
    assert [p.name for p in workspace.database("tasks").properties] == [
        "Thing", "Phase", "Status", "Due Date", "Start", "Baseline Due", "Scope", "Focus", "Done", "% Done",
        "Blocked By", "Completed On", "Roadmap Phase", "Key",
    ]  # fmt: skip
    assert not [p.name for p in workspace.database("phases").properties if "Hours" in p.name]
    assert [block.anchor for block in workspace.pages[0].body] == ["status", "today", "this-week", "burn-up"]


def test_columns_that_would_share_a_name_are_told_apart() -> None:
    habits = [{"key": "rest", "title": "Day Off", "target": 1, "unit": "days"}]

    names = [p.name for p in build(small(habits=habits), CHOICES).database("days").properties]

    assert names.count("Day Off") == 1
    assert "Day Off (2)" in names


def test_three_tasks_are_in_focus_and_three_are_next() -> None:
    tasks = [row for row in career_workspace().rows if row.database == "tasks"]
    focus = {row.key: row.values["tasks.focus"] for row in tasks}

    assert [key for key, value in focus.items() if value == "Now"] == [f"tasks/phase-1/task-{n}" for n in (1, 2, 3)]
    assert list(focus.values()).count("Next") == 3
    assert list(focus.values()).count("Later") == 66


def test_scopes_say_what_is_required() -> None:
    scopes = {r.key: r.values["tasks.scope"] for r in career_workspace().rows if r.database == "tasks"}

    assert {key: scope for key, scope in scopes.items() if scope != "Required"} == {
        "tasks/phase-2/task-11b": "Alternative",
        "tasks/phase-2/project-4": "Stretch",
        "tasks/phase-3/project-4": "Stretch",
    }
    assert scopes["tasks/phase-7/task-52"] == "Required"


def test_core_skill_is_a_documented_one_if_there_is_any() -> None:
    made = rows(career_workspace())

    assert made["tasks/phase-1/project-1"].values["tasks.core_skill"] == "sql"
    assert made["tasks/phase-1/task-4"].values["tasks.core_skill"] == "git"


def test_what_is_done_starts_truthful() -> None:
    done = frozenset({"phase-1/task-1", "phase-1/project-1"})
    made = rows(build(career(), replace(CHOICES, done=done)))
    task = made["tasks/phase-1/task-1"]

    assert task.values["tasks.status"] == "✅ Completed"
    assert task.values["tasks.done"] is True
    assert task.values["tasks.percent_done"] == 1
    assert task.values["tasks.checklist"] == Text.of("1/1")
    assert task.values["tasks.due_date"] is None
    assert "tasks.completed_on" not in task.values
    assert all(block.checked for block in walk(task.body) if block.type is BlockType.TO_DO)
    phase = made["phases/phase-1"].values
    assert (phase["phases.completed"], phase["phases.required_progress"]) == (2, 0.2)
    assert phase["phases.hours_progress"] == round(100 / 545, 4)
    assert made["kpis/projects"].values["kpis.value"] == 1
    assert made["kpis/projects"].values["kpis.display"] == Text.of("1 of 20")
    assert made["history/2026-W48/done"].values["history.hours"] == 100
    assert made["tasks/phase-1/task-2"].values["tasks.focus"] == "Now"


def test_three_projects_done_meet_the_criterion_that_counts_them() -> None:
    done = frozenset(f"phase-1/project-{n}" for n in (1, 2, 3))
    criterion = rows(build(career(), replace(CHOICES, done=done)))["criteria/phase-1/projects-deployed"]

    assert criterion.values["criteria.met"] is True
    assert (criterion.values["criteria.current"], criterion.values["criteria.target"]) == (3, 3)
    assert criterion.values["criteria.measure"] == ("kpis/projects",)


def test_a_finished_phase_makes_the_next_one_current() -> None:
    done = frozenset(task.key for task in career().phases[0].tasks)
    workspace = build(career(), replace(CHOICES, done=done))

    assert min(workspace.rows, key=lambda row: row.rank).key == "phases/phase-2"
    assert "Phase 2: Big Data & Cloud Mastery" in workspace.pages[0].body[0].text.plain


def test_gates_are_locked_with_a_reason() -> None:
    made = rows(career_workspace())

    assert made["phases/phase-1"].values["phases.gate"] == "🔒 Locked"
    assert made["phases/phase-1"].values["phases.gate_reason"] == Text.of(
        "0 of 5 success criteria met, 0 of 10 required tasks done. Waiting for: 250+ SQL problems solved "
        "(LeetCode/StrataScratch top 10%), IBM Certificate earned + LinkedIn optimization, 3 production-quality "
        "projects deployed and 12 more."
    )
    assert made["phases/phase-7"].values["phases.gate"] == "🔒 Locked"


def test_what_cannot_be_known_yet_is_empty() -> None:
    made = rows(career_workspace())

    assert made["phases/phase-1"].values["phases.forecast"] is None
    assert made["kpis/response-rate"].values["kpis.value"] is None
    assert made["kpis/response-rate"].values["kpis.display"] == Text.of("– of 25 %")
    assert made["kpis/applications-sent"].values["kpis.display"] == Text.of("0 of 15")
    assert made["kpis/technical-performance"].values["kpis.display"] == Text.of("–")


def test_unknown_tasks_are_refused_with_the_closest_name() -> None:
    with pytest.raises(UnknownTask, match="Did you mean phase-1/task-1\\?") as caught:
        build(career(), replace(CHOICES, done=frozenset({"phase-1/tsk-1"})))

    assert caught.value.key == "phase-1/tsk-1"


@pytest.mark.parametrize(
    ("start", "today", "first"),
    [
        (MONDAY, MONDAY - timedelta(days=3), MONDAY),
        (MONDAY, MONDAY + timedelta(days=9), MONDAY + timedelta(days=9)),
    ],
)
def test_the_first_week_is_ready(start: date, today: date, first: date) -> None:
    made = rows(build(career(), Choices(start, today, 40)))
    days = [row for row in made.values() if row.database == "days"]

    assert [row.values["days.date"] for row in days] == [DateSpan(first + timedelta(days=n)) for n in range(7)]
    assert days[0].title == f"{first:%a} {first.isoformat()}"
    year, week, _ = first.isocalendar()
    review = made[f"reviews/{year}-W{week}"]
    assert review.title.startswith(f"{year}-W{week} · Week of ")
    assert review.values["reviews.priorities"] == tuple(f"tasks/phase-1/task-{n}" for n in (1, 2, 3))
    assert "Applications sent: [X]" not in "\n".join(words_of(review.body))


def test_the_plan_of_the_first_week_follows_the_calendar() -> None:
    made = rows(build(career(), replace(CHOICES, weekly_hours=45)))

    assert made["history/2026-W48/plan"].values["history.hours"] == 40
    assert made["history/2026-W48/plan"].values["history.tasks"] == 1
    assert made["history/2026-W48/scope"].values["history.hours"] == 3_770


def test_lean_spends_few_blocks_and_keeps_every_word() -> None:
    def price(workspace: Workspace) -> int:
        bodies = [item.body for item in (*workspace.rows, *workspace.pages)]
        blocks = sum(map(count_blocks, bodies)) + sum(count_blocks(s.blocks) for s in workspace.sections)
        return blocks + len(workspace.rows) + len(workspace.pages) + len(workspace.databases)

    lean = career_workspace(lean=True)

    assert price(lean) < 0.3 * FREE_BLOCKS < price(career_workspace())
    assert "resources" not in {d.key for d in lean.databases}
    youtube = "https://www.youtube.com/watch?v=rfscVS0vtbw"
    body = rows(lean)["tasks/phase-1/task-1"].body
    assert len(body) == 1
    assert youtube in [run.link for run in body[0].text.runs]


def test_the_settings_remember_what_shaped_the_workspace() -> None:
    workspace = build(career(), replace(CHOICES, done=frozenset({"phase-1/task-2", "phase-1/task-1"})))

    assert workspace.settings == {
        "start": "2026-11-23",
        "seeded": "2026-11-20",
        "weekly_hours": "40",
        "as_written": "false",
        "lean": "false",
        "done": "phase-1/task-1 phase-1/task-2",
    }
    assert rows(workspace)["settings/roadmap"].values["settings.weekly_hours"] == 40


@pytest.mark.parametrize(("hours", "said"), [(40, "40"), (40.0, "40"), (100 / 3, "33.333333333333336")])
def test_weekly_hours_are_remembered_exactly(hours: float, said: str) -> None:
    assert replace(CHOICES, weekly_hours=hours).remembered()["weekly_hours"] == said
    assert float(said) == hours


def test_hardly_any_hours_still_give_a_workspace() -> None:
    windowless = career().model_copy(
        update={"phases": tuple(p.model_copy(update={"window": None}) for p in career().phases)}
    )

    assert check(build(windowless, replace(CHOICES, weekly_hours=0.001))) == ()


def test_computed_values_of_rows_are_ours_and_the_owner_s_words_are_theirs() -> None:
    workspace = career_workspace()
    owners = {p.key: p.owner for d in workspace.databases for p in d.properties}

    assert owners["phases.required_progress"] == owners["kpis.value"] == owners["days.streak"] == Owner.OURS
    assert owners["criteria.met"] == owners["tasks.status"] == owners["tasks.due_date"] == Owner.SHARED
    assert owners["days.sql_problems"] == owners["applications.stage"] == owners["kpis.own_entry"] == Owner.THEIRS
    written = {key for row in workspace.rows for key in row.values}
    assert not {key for key in written if owners[key] is Owner.THEIRS}


def test_a_task_s_page_reads_well() -> None:
    body = rows(career_workspace())["tasks/phase-1/task-5"].body

    assert [(block.type.value, block.text.plain) for block in body] == [
        ("paragraph", "💾 SQL Mastery (HIGHEST EMPLOYMENT PRIORITY)"),
        ("paragraph", "Master complex queries (JOINs, CTEs, window functions)"),
        ("heading_3", "Deliverable"),
        ("to_do", "200+ solved SQL problems"),
        ("heading_3", "How"),
        ("bulleted_list_item", "Course Resource: Databases and SQL for Data Science with Python - IBM (Coursera)"),
        ("bulleted_list_item", "Practice Platforms:"),
        ("bulleted_list_item", "YouTube: SQL Full Course - FreeCodeCamp"),
        ("bulleted_list_item", "Priority: 🔴 HIGH (appears in 79.4% of DE jobs)"),
    ]
    assert [child.text.plain for child in body[6].children] == [
        "StrataScratch (focus on data engineering problems)",
        "LeetCode SQL (interview preparation)",
        "HackerRank SQL",
    ]
    label, _, link = body[7].text.runs
    assert label.bold
    assert link.link == "https://www.youtube.com/watch?v=HXV3zeQKqGY"
