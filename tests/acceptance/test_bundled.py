"""Each bundled template but the first: seeded whole and in contract, silent, lived in for a day, counted right."""

from __future__ import annotations

import pytest

from acceptance.ground import Ground, new_ground
from acceptance.inside import request_problems
from notion_roadmap.roadmap import Roadmap
from notion_roadmap.templates import load_template

DOCUMENTS = [
    "apex-engineer",
    "foundation-to-elite",
    pytest.param("analytics-engineer-32-weeks", marks=pytest.mark.slow),
    pytest.param("principal-ai-architect-60-days", marks=pytest.mark.slow),
]


def begin(name: str) -> tuple[Ground, Roadmap]:
    roadmap = load_template(name)
    ground = new_ground().beside(roadmap)
    assert ground.seed(roadmap).outcome == "done"
    return ground, roadmap


def complete(ground: Ground, *keys: str) -> None:
    for key in keys:
        ground.owner.patch(f"/pages/{ground.id(f'tasks/{key}')}", {"properties": {"Done": {"checkbox": True}}})


@pytest.mark.parametrize("name", DOCUMENTS)
def test_it_seeds_in_contract_and_is_silent_then(name: str) -> None:
    roadmap = load_template(name)
    ground = new_ground().beside(roadmap)

    first = ground.seed(roadmap)

    assert (first.outcome, first.skipped, first.differences, first.warnings) == ("done", [], [], [])
    assert request_problems(ground.recorder.exchanges) == []
    with ground.no_writes():
        assert ground.seed(roadmap).outcome == "done"


@pytest.mark.parametrize("name", DOCUMENTS)
def test_its_views_are_there_and_what_is_completed_is_counted(name: str) -> None:
    ground, roadmap = begin(name)
    listed = ground.reader.pages("GET", f"/views?database_id={ground.id('tasks')}")
    views = {ground.reader.get(f"/views/{one['id']}")["name"] for one in listed}
    tasks = [task for _, task in roadmap.tasks()]
    before = sum(task.completed for task in tasks)

    complete(ground, *(task.key for task in tasks[-3:]))
    told = ground.sync(roadmap).numbers

    assert {view.name for view in roadmap.tracking.views} | {"Today"} <= views
    assert (told.progress.completed, told.progress.total) == (before + 3, len(tasks))
    assert told.phases[roadmap.phases[-1].option].completed == min(3, len(roadmap.phases[-1].tasks))


def test_the_jobs_applied_for_are_counted_in_the_week_of_their_phase() -> None:
    ground, roadmap = begin("apex-engineer")
    source = ground.source("applications")
    for company in ("Acme", "Globex"):
        ground.owner.post(
            "/pages",
            {
                "parent": {"type": "data_source_id", "data_source_id": source},
                "properties": {
                    "Company": {"title": [{"text": {"content": company}}]},
                    "Stage": {"select": {"name": "Applied"}},
                    "Applied On": {"date": {"start": "2026-11-24"}},
                },
            },
        )
    ground.clock.seconds += 5 * 86_400  # the Wednesday of the first week

    told = ground.sync(roadmap).numbers

    assert told.kpis["the-job-hunt-loop-the-foundation"].value == 2
    assert (
        told.kpis["the-job-hunt-loop-the-foundation"].active,
        told.kpis["the-job-hunt-loop-the-builder"].active,
    ) == (
        True,
        False,
    )
