"""Progress by pillar and by week, and work that nobody measures in hours."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notion_roadmap.blueprint import Choices, first_record
from notion_roadmap.progress import explain, names, numbers
from notion_roadmap.roadmap import Roadmap
from notion_roadmap.roadmap.record import Record
from notion_roadmap.templates import load_template
from progress.material import MONDAY, mini, record, task

DATA = Path(__file__).parents[1] / "data"
CHOICES = Choices(MONDAY, MONDAY, 40)
FOUR_WEEKS = MONDAY + timedelta(weeks=4)


def day_plan() -> Roadmap:
    return load_template(str(DATA / "day-roadmap.yaml"))


def first(roadmap: Roadmap) -> Record:
    return first_record(roadmap, CHOICES)


def done(whole: Record, count: int, *, per_day: int = 1) -> Record:
    """With the first tasks completed, some each day from the start on."""
    tasks = sorted(whole.tasks, key=lambda one: int(one.key.rpartition("-")[2]))
    days = {one.key: MONDAY + timedelta(days=place // per_day) for place, one in enumerate(tasks[:count])}
    told = (
        replace(one, status="completed", completed_on=days[one.key]) if one.key in days else one for one in whole.tasks
    )
    return replace(whole, tasks=tuple(told))


def test_a_day_plan_whose_first_day_is_done() -> None:
    told = numbers(day_plan(), first(day_plan()), MONDAY)

    assert told.progress.percent == pytest.approx(100 / 60, abs=0.01) == 1.67
    assert told.next_up[0] == "phase-1/day-2"
    assert list(told.weeks) == [f"Week {n}" for n in range(1, 9)]
    assert [one.total for one in told.weeks.values()] == [7, 8, 7, 8, 7, 8, 7, 8]
    assert told.weeks["Week 1"].percent == pytest.approx(100 / 7, abs=0.01)
    assert told.pillars == {}


def test_each_day_has_its_turn() -> None:
    whole = first(day_plan())
    focus = [key for key, one in numbers(day_plan(), whole, MONDAY).focus.items() if one == "now"]
    assert focus == ["phase-1/day-2"]  # the first is done: what comes first is next

    wednesday = numbers(day_plan(), whole, MONDAY + timedelta(days=2))
    assert sorted(key for key, one in wednesday.focus.items() if one == "now") == ["phase-1/day-2", "phase-1/day-3"]
    assert [key for key, one in wednesday.focus.items() if one == "next"] == [f"phase-1/day-{n}" for n in (4, 5, 6)]


def test_pillars_stand_in_the_order_of_the_document_and_own_ones_behind() -> None:
    roadmap = load_template(str(DATA / "pillar-roadmap.yaml"))
    whole = first(roadmap)
    own = replace(whole, tasks=(*whole.tasks, task("mine", pillar="A pillar of mine")))

    told = numbers(roadmap, own, MONDAY)

    assert {option: one.total for option, one in told.pillars.items()} == {
        "Pillar 1": 2, "Pillar 2": 3, "Pillar 3": 1, "A pillar of mine": 1,
    }  # fmt: skip
    assert list(told.pillars)[-1] == "A pillar of mine"
    assert told.progress.total == 8
    assert told.weeks == {}
    assert numbers(roadmap, replace(own, missing=frozenset({"tasks.pillar"})), MONDAY).pillars == {}


@given(st.lists(st.sampled_from(["Pillar 1", "Pillar 2", "Pillar 3", "Own", None]), min_size=7, max_size=7), st.data())
def test_counts_by_pillar_are_those_of_a_plain_count(pillars: list[str | None], data: st.DataObject) -> None:
    roadmap = load_template(str(DATA / "pillar-roadmap.yaml"))
    completed = data.draw(st.sets(st.integers(0, 6)))
    whole = first(roadmap)
    told = [
        replace(one, pillar=pillar, status="completed" if place in completed else "not_started")
        for place, (one, pillar) in enumerate(zip(whole.tasks, pillars, strict=True))
    ]

    found = numbers(roadmap, replace(whole, tasks=tuple(told)), MONDAY).pillars

    every = Counter(one.pillar for one in told if one.pillar)
    ticked = Counter(one.pillar for one in told if one.pillar and one.completed)
    assert {option: one.total for option, one in found.items() if one.total} == dict(every)
    assert {option: one.completed for option, one in found.items() if one.completed} == dict(ticked)
    for option, one in found.items():
        assert one.percent == (round(100 * ticked[option] / every[option], 2) if every[option] else None)


def test_they_are_explained_and_told_in_json() -> None:
    roadmap, whole = day_plan(), first(day_plan())

    told = explain("progress.weeks.Week 1.percent", roadmap, whole, MONDAY)

    assert "progress.weeks.Week 8.required_percent" in names(roadmap, whole)
    assert told.formula == "1 completed / 7 tasks × 100"
    assert [source.key for source in told.sources] == [f"phase-1/day-{n}" for n in range(1, 8)]
    shown = numbers(roadmap, whole, MONDAY).as_dict()["progress"]
    assert isinstance(shown, dict)
    assert shown["weeks"]["Week 1"]["completed"] == 1
    assert "pillars" not in shown


def test_without_hours_the_pace_is_in_tasks() -> None:
    whole = done(first(day_plan()), 28)

    told = numbers(day_plan(), whole, FOUR_WEEKS).forecast

    assert (told.state, told.unit, told.pace, told.hours_left, told.uncounted) == ("ready", "tasks", 7.0, None, 0)
    assert told.overall.p50 is not None
    assert abs((told.overall.p50 - (MONDAY + timedelta(days=59))).days) <= 2
    assert told.phases["Phase 4"].p50 == told.overall.p50
    assert explain("forecast.pace", day_plan(), whole, FOUR_WEEKS).sources[0].says == "7.0 tasks"


def test_tasks_without_hours_among_others_with_hours_are_not_counted() -> None:
    whole = record(task("timed", hours=10), task("other"))

    told = numbers(mini(), whole, MONDAY).forecast

    assert (told.unit, told.hours_left, told.uncounted) == ("hours", 10.0, 1)
