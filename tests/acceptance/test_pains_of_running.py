"""What users of other tools suffer from while a seed runs; the others of these pains are in `test_pains`."""

from __future__ import annotations

import json
from typing import Any

import pytest

from acceptance.census import census
from acceptance.editions import MINI_FILE, edition, task
from acceptance.ground import Ground, Seeded, new_ground
from acceptance.owner import NEW_TASK
from acceptance.test_equals_document import value
from acceptance.test_lost_state import seed_until_the_cut
from notion_roadmap.roadmap import Roadmap


def respond(status: int, **more: Any) -> dict[str, Any]:
    return {"type": "respond", "status": status, **more}


def test_pain_1_seeding_dies_on_rate_limits(mini: Roadmap, seeded_mini: Seeded) -> None:
    """The workspace allows far less than it is said to: Retry-After is obeyed and everything arrives, once."""
    ground = new_ground(plan="plus", rate_limit=True)
    ground.per_minute = 180
    ground.workspace.control("switches", {"requests_per_minute": 30})

    result = ground.seed(mini)

    assert (result.outcome, result.skipped) == ("done", [])
    assert result.retries > 0
    assert census(ground) == census(seeded_mini.ground)


def test_pain_1_nobody_knows_how_far_it_is(empty: Ground, mini: Roadmap) -> None:
    prepared, _ = empty.seed_with_plan(mini)

    shares = [step.done / step.total for step in empty.progress]
    assert shares == sorted(shares)
    assert {step.total for step in empty.progress} == {prepared.price.requests}
    assert 0.98 <= shares[-1] <= 1


TRANSIENT: dict[str, Any] = {
    "409": respond(409),
    "500": respond(500),
    "502 as a page": respond(502, html="<html>Bad gateway</html>"),
    "503": respond(503),
    "529": respond(529),
    "dropped": "drop",
    "garbage": "garbage",
}


@pytest.mark.parametrize("names", [["409"], ["502 as a page"], list(TRANSIENT)], ids=["409", "502", "all of them"])
def test_pain_2_transient_failures_end_the_run(
    empty: Ground, mini: Roadmap, seeded_mini: Seeded, names: list[str]
) -> None:
    rules = [
        {"every": 17 + 4 * n, "times": 25, "when": "before", "action": TRANSIENT[name]} for n, name in enumerate(names)
    ]
    empty.workspace.control("faults", rules)

    result = empty.seed(mini)
    while result.outcome == "partial" and empty.clock.seconds < 3600:  # as the result says: run it again
        result = empty.seed(mini)

    assert (result.outcome, result.skipped) == ("done", [])
    assert len(empty.recorder.exchanges) > len(seeded_mini.exchanges)
    assert census(empty) == census(seeded_mini.ground)


@pytest.mark.parametrize(
    ("path", "action"),
    [
        ("/v1/pages", respond(504)),
        ("/v1/pages", {"type": "drop", "mid_body": True}),
        ("/v1/databases", respond(503, saved=True)),
        ("/v1/databases", "drop"),
        ("/v1/views", respond(504)),
        ("/v1/views", "truncated"),
        ("/v1/blocks/*/children", respond(503, saved=True)),
        ("/v1/blocks/*/children", "empty"),
    ],
)
def test_pain_3_duplicates_after_an_answer_was_lost(
    empty: Ground, mini: Roadmap, seeded_mini: Seeded, path: str, action: dict[str, Any] | str
) -> None:
    """Saved, but nobody said so: what was made is looked up, and never sent again in blind faith."""
    methods = {"/v1/blocks/*/children": "PATCH"}
    rule = {"method": methods.get(path, "POST"), "path": path, "every": 2, "times": 6, "when": "after"}
    empty.workspace.control("faults", [{**rule, "action": action}])

    result = empty.seed(mini)

    assert (result.outcome, result.skipped) == ("done", [])
    assert census(empty) == census(seeded_mini.ground)
    with empty.no_writes():
        assert empty.seed(mini).outcome == "done"


def test_pain_3_duplicates_where_queries_lag_behind_creates(empty: Ground, mini: Roadmap, seeded_mini: Seeded) -> None:
    empty.workspace.control("switches", {"query_lag_requests": 3})
    rule = {"method": "POST", "path": "/v1/pages", "every": 5, "times": 6, "when": "after", "action": respond(504)}
    empty.workspace.control("faults", [rule])

    assert empty.seed(mini).outcome in ("done", "partial")
    empty.workspace.control("faults", [])
    empty.workspace.control("switches", {"query_lag_requests": 0})
    empty.seed(mini)
    assert census(empty) == census(seeded_mini.ground)


def test_pain_3_duplicates_after_a_half_failed_run(empty: Ground, mini: Roadmap, seeded_mini: Seeded) -> None:
    """Some items are refused for good, the rest stands; the next run makes just those."""
    refusal = {"object": "error", "status": 400, "code": "validation_error", "message": "Not today."}
    rule = {"method": "POST", "path": "/v1/pages", "every": 7, "action": respond(400, json=refusal)}
    empty.workspace.control("faults", [rule])
    first = empty.seed(mini)
    empty.workspace.control("faults", [])

    second = empty.seed(mini)

    assert first.outcome == "partial"
    assert all("Not today" in skipped["why"] or "was not done" in skipped["why"] for skipped in first.skipped)
    assert (second.outcome, second.skipped) == ("done", [])
    assert census(empty) == census(seeded_mini.ground)


def test_pain_6_a_renamed_property_breaks_everything(ground: Ground) -> None:
    columns = {name: {"name": f"My {name}"} for name in ("Task Name", "Status", "Hours", "Key", "Done", "Phase")}
    ground.owner.patch(f"/data_sources/{ground.source('tasks')}", {"properties": columns})

    result = ground.seed(edition(lambda data: task(data, "phase-4/task-26").update(hours=41)))

    assert (result.outcome, result.skipped) == ("done", [])
    row = ground.reader.get(f"/pages/{ground.id('tasks/phase-4/task-26')}")
    assert value(row, "My Hours") == 41
    assert "Hours" not in row["properties"]


def test_pain_6_a_deleted_property_breaks_everything(ground: Ground) -> None:
    gone = dict.fromkeys(("Hours", "Priority", "Expected Proof"))
    ground.owner.patch(f"/data_sources/{ground.source('tasks')}", {"properties": gone})

    def newer(data: dict[str, Any]) -> None:
        task(data, "phase-4/task-26").update(hours=41, title="Task 26: Renamed")
        data["phases"][1]["tasks"].append(NEW_TASK)

    result = ground.seed(edition(newer))

    assert (result.outcome, result.skipped) == ("done", [])
    row = ground.reader.get(f"/pages/{ground.id('tasks/phase-4/task-26')}")
    assert value(row, "Task Name") == "Task 26: Renamed"
    assert not {"Hours", "Priority", "Expected Proof"} & set(row["properties"])
    assert any(line.startswith("tasks.hours: removed by the owner") for line in result.kept)


def test_pain_7_names_are_in_another_language(empty: Ground, mini: Roadmap, seeded_mini: Seeded) -> None:
    """Notion names what it makes in the owner's language; a run that was cut short knows it all the same."""
    empty.recorder.mend = lambda e: json.loads(json.dumps(e.response).replace('"Default view"', '"Standardansicht"'))
    seed_until_the_cut(empty, mini, 13)
    assert empty.seed(mini).outcome == "done"
    assert census(empty) == census(seeded_mini.ground)


def test_pain_7_the_title_column_is_called_otherwise(ground: Ground, career: Roadmap) -> None:
    for database in ("tasks", "phases", "kpis"):
        title = {"properties": {"title": {"name": "名称"}}}
        ground.owner.patch(f"/data_sources/{ground.source(database)}", title)
    ground.forget()

    with ground.no_writes():
        result = ground.seed(career)

    assert result.outcome == "done"
    assert "tasks.title: renamed by the owner to '名称'" in result.kept


def test_pain_8_a_page_in_the_trash_stops_everything(ground: Ground) -> None:
    owner = ground.owner
    for key in ("tasks/phase-1/task-1", "phases/phase-4", "kpis/sql-problems"):
        owner.patch(f"/pages/{ground.id(key)}", {"in_trash": True})
    owner.patch(f"/databases/{ground.id('applications')}", {"in_trash": True})
    owner.call("DELETE", f"/views/{ground.id('view:tasks/calendar')}")

    result = ground.seed(edition(lambda data: task(data, "phase-4/task-27").update(title="Task 27: Renamed")))

    assert (result.outcome, result.skipped) == ("done", [])
    row = ground.reader.get(f"/pages/{ground.id('tasks/phase-4/task-27')}")
    assert value(row, "Task Name") == "Task 27: Renamed"
    for key in ("tasks/phase-1/task-1", "phases/phase-4", "kpis/sql-problems", "applications", "view:tasks/calendar"):
        assert any(line.startswith(f"{key}: removed by the owner") for line in result.kept), key


def test_pain_8_one_item_that_notion_refuses_fails_the_run(ground: Ground) -> None:
    path = f"/v1/pages/{ground.id('tasks/phase-4/task-26')}"
    gone = {"object": "error", "status": 404, "code": "object_not_found", "message": "Could not find page."}
    ground.workspace.control("faults", [{"method": "PATCH", "path": path, "action": respond(404, json=gone)}])

    def newer(data: dict[str, Any]) -> None:
        for key in ("phase-4/task-26", "phase-4/task-27"):
            task(data, key).update(hours=41)

    result = ground.seed(edition(newer))

    assert result.outcome == "partial"
    assert [skipped["key"] for skipped in result.skipped] == ["tasks/phase-4/task-26"]
    assert "Could not find page" in result.skipped[0]["why"]
    assert value(ground.reader.get(f"/pages/{ground.id('tasks/phase-4/task-27')}"), "Hours") == 41


def test_pain_9_values_beyond_the_25th_are_silently_dropped(empty: Ground) -> None:
    """A phase of forty tasks: its page shows 25 of them, and no run takes that for an edit."""

    def many(data: dict[str, Any]) -> None:
        for number in range(200, 240):
            new = {"key": f"phase-1/task-{number}", "title": f"Task {number}", "hours": 1}
            data["phases"][0]["tasks"].append(new)

    roadmap = edition(many, file=MINI_FILE)
    assert empty.seed(roadmap).outcome == "done"

    phase = empty.reader.get(f"/pages/{empty.id('phases/phase-1')}")
    assert phase["properties"]["Tasks"]["has_more"] is True
    assert value(phase, "Total Tasks")["number"] == 43
    with empty.no_writes():
        assert empty.seed(roadmap).kept == []


def test_pain_10_a_listing_that_was_cut_short_is_taken_for_the_whole(ground: Ground, career: Roadmap) -> None:
    ground.workspace.control("switches", {"query_cap": 20})

    with ground.no_writes():
        result = ground.seed(career)

    assert (result.outcome, result.created) == ("done", 0)
    assert not [line for line in result.kept if "removed" in line]
