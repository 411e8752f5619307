"""Roadmaps that are not the first one: by pillars, by days, by months. Seeded, kept silent, lived in, read back."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from acceptance.ground import Ground, new_ground
from acceptance.inside import request_problems
from notion_roadmap.roadmap import Roadmap
from notion_roadmap.templates import load_template

DATA = Path(__file__).parents[1] / "data"


def begin(name: str, **options: Any) -> tuple[Ground, Roadmap]:
    roadmap = load_template(str(DATA / f"{name}-roadmap.yaml"))
    ground = new_ground().beside(roadmap)
    ground.settings = ground.settings.model_copy(update=options)
    return ground, roadmap


def value(page: Any, name: str) -> Any:
    told = page["properties"][name]
    held = told[told["type"]]
    return held["name"] if told["type"] == "select" and held else held


def row(ground: Ground, key: str) -> Any:
    return ground.reader.get(f"/pages/{ground.id(key)}")


@pytest.mark.parametrize("lean", [False, True], ids=["whole", "lean"])
@pytest.mark.parametrize("name", ["pillar", "day", "path"])
def test_it_seeds_whole_and_stays_silent(name: str, lean: bool) -> None:
    ground, roadmap = begin(name)

    planned, first = ground.seed_with_plan(roadmap, lean=lean)

    assert (first.outcome, first.skipped, first.differences) == ("done", [], [])
    assert first.requests == planned.price.requests
    assert request_problems(ground.recorder.exchanges) == []
    with ground.no_writes():
        assert ground.seed(roadmap, lean=lean).outcome == "done"
    synced = ground.sync(roadmap)  # says when it was
    assert (synced.outcome, synced.skipped, synced.differences) == ("done", [], [])
    with ground.no_writes():
        assert ground.sync(roadmap).outcome == "done"
        assert ground.seed(roadmap, lean=lean).outcome == "done"


def test_a_lost_state_of_a_day_plan_makes_nothing_twice() -> None:
    ground, roadmap = begin("day")
    ground.seed(roadmap)
    ground.forget()

    with ground.no_writes():
        again = ground.seed(roadmap)

    assert (again.outcome, again.created, again.updated) == ("done", 0, 0)


def test_a_day_plan_is_lived_in() -> None:
    ground, roadmap = begin("day")
    ground.seed(roadmap)
    told = ground.sync(roadmap).numbers
    assert (told.progress.percent, told.next_up[0]) == (1.67, "phase-1/day-2")

    ground.clock.seconds += timedelta(days=4).total_seconds()  # the second day
    ground.owner.patch(f"/pages/{ground.id('tasks/phase-1/day-2')}", {"properties": {"Done": {"checkbox": True}}})
    steps = [one for one in ground.owner.children(ground.id("tasks/phase-1/day-3")) if one["type"] == "to_do"]
    ground.owner.patch(f"/blocks/{steps[0]['id']}", {"to_do": {"checked": True}})
    today = ground.id("days/2026-11-24")
    ground.owner.patch(f"/pages/{today}", {"properties": {"Morning Session": {"checkbox": True}}})
    told = ground.sync(roadmap).numbers

    assert (told.progress.completed, told.progress.percent) == (2, 3.33)
    assert told.weeks["Week 1"].completed == 2
    assert round(told.shares["phase-1/day-3"], 2) == 0.33
    week = row(ground, "groups/week/week-1")
    assert (value(week, "Completed"), value(week, "Tasks"), value(week, "Progress %")) == (2, 7, 0.2857)
    assert value(row(ground, "tasks/phase-1/day-2"), "Status") == "Completed"
    assert value(row(ground, "tasks/phase-1/day-3"), "% Done") == 0.3333
    assert told.habits.habits["morning"].streak is not None
    words = [one[one["type"]]["rich_text"][0]["plain_text"] for one in ground.reader.children(today)]
    assert words == [
        "Morning Session (2-3 hours)", "Read", "Take notes", "Draw", "Practise", "Write code",
        "Evening Session (1 hour)", "Read", "Take notes", "Draw", "Practise", "Write code",
    ]  # fmt: skip
    with ground.no_writes():
        assert ground.sync(roadmap).outcome == "done"


def test_pillars_add_up_and_stand_on_the_root_page() -> None:
    ground, roadmap = begin("pillar")
    ground.seed(roadmap)
    for key in ("phase-1/objective-1", "phase-2/objective-2"):
        done = {"properties": {"Status": {"select": {"name": "Completed"}}}}
        ground.owner.patch(f"/pages/{ground.id(f'tasks/{key}')}", done)

    told = ground.sync(roadmap).numbers

    assert told.pillars["Pillar 1"].percent == 100.0
    pillar = row(ground, "groups/pillar/pillar-1")
    assert (value(pillar, "Required Progress"), value(pillar, "Completed")) == (1, 2)
    headings = [one for one in ground.reader.children(ground.id("root")) if one["type"] == "heading_2"]
    assert "🏛️ The 3 Pillars" in [one["heading_2"]["rich_text"][0]["plain_text"] for one in headings]
    review = ground.reader.children(ground.id("reviews/2026-W48"))
    said = {one["type"]: one for one in review if one["type"] == "to_do"}
    assert said, "the weekly loop is there to tick"


def test_each_phase_of_a_job_hunt_has_its_own_number() -> None:
    ground, roadmap = begin("pillar")
    ground.seed(roadmap)
    kpis = ground.sync(roadmap).numbers.kpis

    assert {key: (one.target, one.active) for key, one in kpis.items()} == {
        "jobs-1": (5, True), "jobs-2": (10, False),
    }  # fmt: skip


def test_a_path_keeps_its_code_its_tables_and_what_is_done() -> None:
    ground, roadmap = begin("path")
    ground.seed(roadmap)

    page = ground.reader.tree(ground.id("tasks/foundation/task-1"))
    kinds = [one["type"] for one in page]
    assert kinds == [
        "heading_2", "paragraph", "numbered_list_item", "numbered_list_item", "quote", "table", "divider", "code",
    ]  # fmt: skip
    assert page[-1]["code"]["language"] == "python"
    cells = [[cell[0]["plain_text"] for cell in one["table_row"]["cells"]] for one in page[5]["children"]]
    assert cells == [["Skill", "Hours"], ["Python", "10"], ["SQL | more", "20"]]
    assert value(row(ground, "tasks/foundation/task-3"), "Done") is True
    assert value(row(ground, "criteria/foundation/first"), "Met") is True
    assert ground.sync(roadmap).numbers.progress.percent == 20.0

    ground.owner.patch(f"/pages/{ground.id('criteria/foundation/first')}", {"properties": {"Met": {"checkbox": False}}})
    ground.sync(roadmap)
    ground.seed(roadmap)
    assert value(row(ground, "criteria/foundation/first"), "Met") is False, "the owner's word holds"


def test_work_is_planned_on_working_days_and_stays_so() -> None:
    ground, roadmap = begin("day", roadmap_workdays=frozenset(range(5)), roadmap_holidays="DE")
    ground.seed(roadmap)

    due = value(row(ground, "tasks/phase-1/day-6"), "Due Date")["start"]
    christmas = value(row(ground, "tasks/phase-2/day-25"), "Due Date")["start"]
    assert (due, christmas) == ("2026-11-30", "2026-12-28")

    ground.settings = new_ground().settings.model_copy(
        update={"notion_parent_page": ground.settings.notion_parent_page}
    )
    ground.forget()
    with ground.no_writes():
        assert ground.seed(roadmap).outcome == "done", "remembered in the manifest"
