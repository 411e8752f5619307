"""The career roadmap: on the day of the seed the numbers are those that the seed wrote, so that the first sync after it
has nothing to change."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from notion_roadmap.progress import numbers
from notion_roadmap.roadmap.numbers import Numbers
from notion_roadmap.workspace.items import Row
from notion_roadmap.workspace.text import Text
from progress.material import MONDAY, career, career_workspace, seeded


@pytest.fixture(scope="module")
def found() -> Numbers:
    return numbers(career(), seeded(), MONDAY)


def rows(database: str) -> list[Row]:
    return [row for row in career_workspace().rows if row.database == database]


def plain(value: Any) -> Any:
    return value.plain if isinstance(value, Text) else value


def test_the_document_is_counted(found: Numbers) -> None:
    assert (found.progress.total, found.progress.percent) == (72, 0.0)
    # Without 11B, an alternative, and the two stretch goals.
    assert found.progress.required_total == 69
    assert sum(phase.total for phase in found.phases.values()) == 72
    assert found.current_phase == "Phase 1"
    assert found.forecast.state == "not_enough_data"


def test_phases_are_as_seeded(found: Numbers) -> None:
    for row in rows("phases"):
        option = plain(row.values["phases.title"]).split(":")[0]
        phase = found.phases[option]
        shares = (row.values["phases.required_progress"], row.values["phases.hours_progress"])

        assert row.values["phases.completed"] == phase.completed
        assert shares == tuple(None if p is None else p / 100 for p in (phase.required_percent, phase.hours_percent))
        assert plain(row.values["phases.gate_reason"]).rstrip(".") in found.gates[option].reason


def test_focus_scope_and_priorities_are_as_seeded(found: Numbers) -> None:
    for row in rows("tasks"):
        key = row.key.removeprefix("tasks/")
        focus = found.focus[key]

        assert row.values["tasks.focus"] == (focus.capitalize() if focus else None)
        assert row.values["tasks.scope"] == found.scopes[key].capitalize()
    (review,) = rows("reviews")
    assert review.values["reviews.priorities"] == tuple(f"tasks/{key}" for key in found.priorities)
    assert review.values["reviews.phase"] == found.current_phase


def test_kpis_and_criteria_are_as_seeded(found: Numbers) -> None:
    for row in rows("kpis"):
        kpi = found.kpis[row.key.removeprefix("kpis/")]

        assert (row.values["kpis.value"], row.values["kpis.attainment"]) == (kpi.value, kpi.attainment)
        assert kpi.trend is None
    for row in rows("criteria"):
        key = row.key.removeprefix("criteria/")
        state = found.criteria.get(key) or found.requirements[key]

        assert (row.values["criteria.met"], row.values["criteria.current"]) == (state.met, state.current)


def test_the_burn_up_begins_as_seeded(found: Numbers) -> None:
    seeded_points = {
        row.values["history.series"].lower(): (row.values["history.hours"], row.values["history.tasks"])  # type: ignore[union-attr]
        for row in rows("history")
    }

    assert {point.series: (point.hours, point.tasks) for point in found.burn_up} == seeded_points


def test_the_numbers_are_json_in_the_documented_shape(found: Numbers) -> None:
    shown: Any = json.loads(json.dumps(found.as_dict()))

    assert {"percent", "completed", "total", "required_percent", "hours_percent", "phases"} <= shown["progress"].keys()
    assert shown["progress"]["phases"]["Phase 1"]["total"] == 10
    assert {"p50", "p85", "state"} <= shown["forecast"].keys()
    assert shown["gates"]["Phase 1"]["state"] == "locked"
    assert shown["today"] == date.isoformat(MONDAY)
