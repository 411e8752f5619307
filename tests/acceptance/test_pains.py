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

from acceptance.census import keys
from acceptance.editions import edition
from acceptance.ground import Exchange, Ground, Seeded, Weightless, new_ground
from acceptance.inside import request_problems
from acceptance.owner import NEW_TASK
from acceptance.test_equals_document import plain, value
from notion_roadmap.roadmap import Roadmap
from notion_roadmap.service.observe import ParentUnreachable
from notion_roadmap.settings import Settings


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
