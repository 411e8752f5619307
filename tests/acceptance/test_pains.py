"""What users of other tools suffer from, each pain that touches seeding as a test: the numbers are those of the study
of their issue trackers, where each is linked to who reported it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from acceptance.census import census, keys
from acceptance.editions import MINI_FILE, edition, task
from acceptance.ground import Exchange, Ground, Seeded, Weightless, new_ground
from acceptance.inside import request_problems
from acceptance.owner import NEW_TASK
from acceptance.test_equals_document import plain, value
from acceptance.test_lost_state import seed_until_the_cut
from notion_roadmap.roadmap import Roadmap
from notion_roadmap.service.observe import ParentUnreachable
from notion_roadmap.settings import Settings


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


def test_pain_11_a_roll_up_of_a_roll_up_is_not_possible(seeded: Seeded) -> None:
    for database, applied in seeded.ground.state.all().items():
        if "data_source" not in applied.refs:
            continue
        columns = seeded.ground.reader.get(f"/data_sources/{applied.refs['data_source']}")["properties"]
        for name, column in columns.items():
            if column["type"] == "rollup":
                relation = columns[column["rollup"]["relation_property_name"]]["relation"]
                target = seeded.ground.reader.get(f"/data_sources/{relation['data_source_id']}")["properties"]
                kind = target[column["rollup"]["rollup_property_name"]]["type"]
                assert kind not in ("rollup", "formula"), (database, name)


@pytest.mark.parametrize("answer", ["related_to", "honoured"])
def test_pain_12_two_way_relations_get_ugly_names(empty: Ground, mini: Roadmap, answer: str) -> None:
    empty.workspace.control("switches", {"back_relation_name": answer})

    result = empty.seed(mini)

    names = set(empty.reader.get(f"/data_sources/{empty.source('tasks')}")["properties"])
    assert (result.outcome, result.differences) == ("done", [])
    assert "Roadmap Phase" in names
    assert not [name for name in names if name.startswith("Related to")]


def test_pain_13_status_groups_come_out_wrong(seeded: Seeded) -> None:
    """Selects hold every state, as the document asks for: no property is of the type whose groups cannot be set."""
    types = {
        kind
        for e in seeded.exchanges
        for prop in _properties_sent(e)
        for kind in prop
        if kind not in ("name", "description")
    }

    assert "status" not in types
    assert "select" in types


@pytest.mark.parametrize(
    ("switch", "told"),
    [
        ({"view_filters": "dropped"}, "filter"),
        ({"view_configuration": "dropped"}, ""),
        ({"chart_views": "403", "dashboard_views": "403"}, "a chart in full"),
        ({"chart_views": "400", "dashboard_views": "400", "linked_views": "400"}, "a chart in full"),
        ({"property_names_in_views": "accepted"}, None),
    ],
    ids=["filters dropped with 200", "configuration dropped with 200", "no charts (403)", "no charts (400)", "names"],
)
def test_pain_14_views_are_silently_something_else(
    empty: Ground, mini: Roadmap, switch: dict[str, str], told: str | None
) -> None:
    """What Notion made of a view is compared with what it was asked for, and said; the next best is made instead."""
    empty.workspace.control("switches", switch)

    result = empty.seed(mini)

    views = [difference for difference in result.differences if difference.key.startswith("view:")]
    if told is None:
        assert views == []
    else:
        assert [d for d in views if told in d.asked]
    if "linked_views" not in switch:
        assert (result.outcome, result.skipped) == ("done", [])
    else:
        assert {"view:tasks/root-today"} <= {skipped["key"] for skipped in result.skipped}
        assert all(skipped["key"].startswith("view:") for skipped in result.skipped)
    names = [v["name"] for v in empty.workspace.control("export")["objects"] if v["object"] == "view"]
    assert {"Today", "Board", "Projects", "All Tasks"} <= set(names)
    if "linked_views" not in switch:
        with empty.no_writes():
            empty.seed(mini)


def test_pain_15_requests_are_in_the_words_of_an_older_version(seeded: Seeded) -> None:
    retired = re.compile(r'"(archived|after|archived_time)":')
    for exchange in seeded.exchanges:
        assert not retired.search(json.dumps(exchange.request)), exchange.path
        if exchange.path == "/v1/pages" and exchange.method == "POST":
            assert exchange.request["parent"]["type"] in ("page_id", "data_source_id")


def test_pain_15_a_second_data_source_breaks_it(ground: Ground, career: Roadmap) -> None:
    """An owner adds a data source of their own to our database: ours is still known for ours."""
    own = {
        "parent": {"type": "database_id", "database_id": ground.id("tasks")},
        "title": [{"text": {"content": "Mine"}}],
        "properties": {"Name": {"title": {}}},
    }
    identifier = ground.owner.post("/data_sources", own)["id"]
    before = ground.content()
    with ground.no_writes():
        assert ground.seed(career).outcome == "done"
    ground.forget()
    with ground.no_writes():
        assert ground.seed(career).outcome == "done"

    assert ground.content()[identifier] == before[identifier]


def test_pain_16_changing_options_wipes_values(ground: Ground) -> None:
    """An author adds options: whatever a row holds by then, the owner's own options included, it holds afterwards."""
    source = ground.source("tasks")
    own = {"Status": {"select": {"name": "My own state"}}, "Category": {"select": {"name": "My own kind"}}}
    ground.owner.patch(f"/pages/{ground.id('tasks/phase-1/task-1')}", {"properties": own})
    before = {row["id"]: (value(row, "Status"), value(row, "Skills")) for row in ground.reader.rows(source)}

    def newer(data: dict[str, Any]) -> None:
        for column in data["tracking"]["properties"]:
            if column["role"] in ("status", "category"):
                column["options"].insert(1, {"name": f"New {column['role']}", "color": "pink"})

    result = ground.seed(edition(newer))

    assert (result.outcome, result.skipped) == ("done", [])
    assert {row["id"]: (value(row, "Status"), value(row, "Skills")) for row in ground.reader.rows(source)} == before
    columns = ground.reader.get(f"/data_sources/{source}")["properties"]
    assert {"New status", "My own state"} <= {o["name"] for o in columns["Status"]["select"]["options"]}


def test_pain_16_a_list_of_more_than_a_hundred_options_is_never_sent_again(ground: Ground) -> None:
    ground.seed(edition(lambda data: data["phases"][1]["tasks"].append(NEW_TASK)))

    changed = [e.request for e in ground.recorder.writes if e.path.startswith("/v1/data_sources/")]
    assert "multi_select" not in json.dumps(changed)
    assert request_problems(ground.recorder.exchanges) == []


@pytest.mark.parametrize(
    ("zone", "at", "start"),
    [
        ("Pacific/Kiritimati", "2026-11-22T12:00:00+00:00", "2026-11-23"),
        ("Pacific/Kiritimati", "2026-11-23T11:00:00+00:00", "2026-11-30"),
        ("America/Los_Angeles", "2026-11-24T05:00:00+00:00", "2026-11-23"),
        ("America/Los_Angeles", "2026-11-23T07:59:00+00:00", "2026-11-23"),
        ("Europe/Amsterdam", "2027-03-28T01:30:00+00:00", "2027-03-29"),
        ("UTC", "2026-11-23T00:00:00+00:00", "2026-11-23"),
    ],
)
def test_pain_17_dates_are_off_by_one(mini: Roadmap, zone: str, at: str, start: str) -> None:
    """The first day is a day of the owner's calendar, whatever day it is elsewhere, and a date has no time."""
    ground = new_ground()
    ground.clock = Weightless(datetime.fromisoformat(at).astimezone(UTC))
    told = {**ground.settings.model_dump(exclude_unset=True), "roadmap_timezone": zone}
    ground = replace(ground, settings=Settings(**told))
    prepared, _ = ground.seed_with_plan(mini)

    assert prepared.choices.start.isoformat() == start
    days = [
        date
        for row in ground.reader.rows(ground.source("tasks"))
        for prop in row["properties"].values()
        if prop["type"] == "date" and prop["date"]
        for date in (prop["date"]["start"], prop["date"]["end"])
        if date
    ]
    assert min(days) == start
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\d", day) for day in days)


def test_pain_24_could_not_find_page_and_nobody_says_why(career: Roadmap) -> None:
    """The parent page is not shared: the sentence says which page, with whom to share it, and where to click."""
    ground = new_ground()
    told = ground.settings.model_dump(exclude_unset=True)
    told["notion_parent_page"] = "00000000-0000-4000-8000-000000000000"
    ground = replace(ground, settings=Settings(**told))

    with pytest.raises(ParentUnreachable) as refused:
        ground.seed(career)

    assert "00000000-0000-4000-8000-000000000000" in refused.value.what
    assert "'Notion Roadmap'" in refused.value.what
    assert "Connections" in refused.value.hint
    assert ground.recorder.writes == []


def test_pain_25_an_error_without_words(ground: Ground) -> None:
    """Whatever could not be done is named with a sentence that holds more than a status, and says what to do."""
    ground.workspace.control("switches", {"can_insert": False})

    result = ground.seed(edition(lambda data: data["phases"][1]["tasks"].append(NEW_TASK)))

    assert result.outcome == "partial"
    (skipped,) = result.skipped
    assert skipped["key"] == f"tasks/{NEW_TASK['key']}"
    assert "under Capabilities in its settings in Notion" in skipped["why"]


def test_pain_drift_noise_what_notion_writes_otherwise_is_no_change(empty: Ground, mini: Roadmap) -> None:
    """Merged texts, other forms of formulas, options and rows in another order: never a difference, never a write."""
    empty.workspace.control(
        "switches", {"merge_text": True, "formula_readback": "opaque", "unsorted_order": "shuffled"}
    )
    empty.seed(mini)

    with empty.no_writes():
        assert empty.seed(mini).kept == []
    empty.workspace.control("switches", {"merge_text": False, "formula_readback": "names", "unsorted_order": "oldest"})
    with empty.no_writes():
        assert empty.seed(mini).kept == []


def test_pain_owner_edits_are_overwritten_by_a_mere_repetition(ground: Ground, career: Roadmap) -> None:
    row = ground.id("tasks/phase-1/task-2")
    edits = {
        "Task Name": {"title": [{"text": {"content": "My title"}}]},
        "Hours": {"number": 99},
        "Due Date": {"date": {"start": "2030-01-01"}},
        "Priority": {"select": None},
        "Skills": {"multi_select": [{"name": "mine"}]},
        "Notes": {"rich_text": [{"text": {"content": "mine"}}]},
        "Proof": {"url": "https://example.com/mine"},
    }
    ground.owner.patch(f"/pages/{row}", {"properties": edits})
    before = ground.reader.get(f"/pages/{row}")["properties"]

    ground.seed(career)

    after = ground.reader.get(f"/pages/{row}")["properties"]
    assert {name: after[name] for name in edits} == {name: before[name] for name in edits}
    assert plain(before["Task Name"]["title"]) == "My title"


def test_keys_stay_unique_through_all_of_it(seeded: Seeded) -> None:
    assert set(keys(seeded.ground).values()) == {1}


def _properties_sent(exchange: Exchange) -> Iterator[dict[str, Any]]:
    body = exchange.request or {}
    if exchange.path == "/v1/databases":
        yield from body["initial_data_source"]["properties"].values()
    elif exchange.method == "PATCH" and exchange.path.startswith("/v1/data_sources/"):
        yield from (prop for prop in body.get("properties", {}).values() if prop)
