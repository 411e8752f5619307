"""What an owner can choose: what is done already, how much is written, whose dates hold, and a free plan's blocks."""

from __future__ import annotations

from typing import Any

import pytest

from acceptance.census import census
from acceptance.editions import edition, task
from acceptance.ground import Ground, Seeded, new_ground
from acceptance.inside import request_problems
from acceptance.owner import NEW_TASK
from acceptance.test_equals_document import plain, said, value, walk, words_of
from notion_roadmap.roadmap import Roadmap
from templates.document_002 import phases

DONE = frozenset({"phase-1/task-1", "phase-1/project-1"})


def test_what_was_done_before_is_done_from_the_start_and_leaves_the_pace_alone(empty: Ground, career: Roadmap) -> None:
    assert empty.seed(career, done=DONE).outcome == "done"

    rows = empty.reader.rows(empty.source("tasks"))
    done = [row for row in rows if value(row, "Done")]
    assert {value(row, "Task Name") for row in done} == {
        "Task 1: Python Fundamentals",
        "Project 1: Advanced SQL Analytics Engine",
    }
    for row in done:
        assert value(row, "Status") == "✅ Completed"
        assert value(row, "% Done") == 1
        assert value(row, "Completed On") is None
        assert all(b["to_do"]["checked"] for b in empty.reader.children(row["id"]) if b["type"] == "to_do")
    phase = empty.reader.get(f"/pages/{empty.id('phases/phase-1')}")
    assert value(phase, "Completed") == 2
    assert value(phase, "Progress %")["number"] == pytest.approx(0.2)
    callout = empty.reader.children(empty.id("root"))[0]
    assert "2 of 69 required tasks" in plain(callout["callout"]["rich_text"])
    with empty.no_writes():
        assert empty.seed(career).outcome == "done"
    assert request_problems(empty.recorder.exchanges) == []
    assert {e.status for e in empty.recorder.exchanges} == {200}


def test_lean_spends_few_blocks_and_loses_no_word_of_the_tasks(career: Roadmap, seeded: Seeded) -> None:
    ground = new_ground()
    prepared, result = ground.seed_with_plan(career, lean=True)

    assert result.outcome == "done"
    assert prepared.price.blocks <= 0.4 * seeded.prepared.price.blocks
    made = sum(doc["object"] in ("page", "block", "database") for doc in ground.content().values()) - 1
    assert prepared.price.blocks == made
    rows = {(value(r, "Task Name"), value(r, "Hours")): r for r in ground.reader.rows(ground.source("tasks"))}
    for phase in phases():
        for item in phase.items[:2]:
            hours = item.value("Hours") or ""
            row = rows[item.title, int(hours) if hours.isdigit() else None]
            words = "\n".join(words_of(block) for block in walk(ground.reader.tree(row["id"])))
            words += "\n".join(str(value(row, name)) for name in row["properties"])
            for label, first, bullets in item.lines:
                for piece in (first, *bullets) if label not in ("Priority", "Hours", "Skills") else ():
                    assert said(piece) in words, (item.title, label)
    with ground.no_writes():
        assert ground.seed(career).outcome == "done"
    assert request_problems(ground.recorder.exchanges) == []
    assert {e.status for e in ground.recorder.exchanges} == {200}


def test_as_written_keeps_the_dates_of_the_document(empty: Ground, career: Roadmap) -> None:
    empty.seed(career, as_written=True)

    windows = {value(row, "Name"): value(row, "Window") for row in empty.reader.rows(empty.source("phases"))}
    by_option = {name.partition(":")[0]: window for name, window in windows.items()}
    assert by_option["Phase 1"] == ("2025-12-01", "2026-02-28")
    assert by_option["Phase 4"] == ("2026-11-01", "2027-01-31")
    assert by_option["Lottery"] == ("2027-04-01", "2027-12-31")
    with empty.no_writes():
        assert empty.seed(career).outcome == "done"
    assert request_problems(empty.recorder.exchanges) == []
    assert {e.status for e in empty.recorder.exchanges} == {200}


def test_the_free_plans_last_block_stops_creating_while_updates_go_on(career: Roadmap, seeded: Seeded) -> None:
    """The limit is reached in the middle of a first seed: what stands can be used, and the rest is named."""
    ground = new_ground(plan="free")
    ground.workspace.control("switches", {"members": 2, "block_limit": 400, "block_limit_grace_days": 0})

    result = ground.seed(career)

    refused = [e for e in ground.recorder.exchanges if e.status == 403]
    assert result.outcome == "partial"
    assert 1 <= len(refused) <= 16, "only what was in flight already"
    assert {skipped["key"] for skipped in result.skipped} >= {"tasks/phase-7/task-53"}
    assert all("block" in skipped["why"] for skipped in result.skipped)
    assert result.created + len(result.skipped) >= len(seeded.prepared.plan.writes)


def test_a_workspace_out_of_blocks_still_takes_updates(ground: Ground) -> None:
    used_up: dict[str, Any] = {"members": 2, "block_limit": 1, "block_limit_grace_days": 0}
    ground.workspace.limiter.plan = "free"
    ground.workspace.control("switches", used_up)
    ground.workspace.store.set_meta("block_limit_crossed", 0)
    ground.workspace.store.commit()

    def newer(data: dict[str, Any]) -> None:
        data["phases"][1]["tasks"].append(NEW_TASK)
        task(data, "phase-4/task-26").update(hours=41, description="Said otherwise.")

    result = ground.seed(edition(newer))

    row = ground.reader.get(f"/pages/{ground.id('tasks/phase-4/task-26')}")
    assert (result.outcome, [skipped["key"] for skipped in result.skipped]) == ("partial", [f"tasks/{NEW_TASK['key']}"])
    assert "block" in result.skipped[0]["why"]
    assert value(row, "Hours") == 41
    assert "Said otherwise." in [words_of(block) for block in ground.reader.children(row["id"])]


def test_a_run_out_of_blocks_goes_on_after_the_upgrade(mini: Roadmap, seeded_mini: Seeded) -> None:
    ground = new_ground(plan="free")
    ground.workspace.control("switches", {"members": 2, "block_limit": 40, "block_limit_grace_days": 0})
    ground.seed(mini)
    ground.workspace.control("switches", {"members": 1})

    assert ground.seed(mini).outcome == "done"
    assert census(ground) == census(seeded_mini.ground)
