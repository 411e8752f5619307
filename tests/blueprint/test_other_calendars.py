"""Documents by dates, months and days: when everything is, and how the load is told."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blueprint.material import CHOICES, FRIDAY_BEFORE, MONDAY, build, document, roadmaps, small
from blueprint.test_build import shuffled
from notion_roadmap.blueprint import Choices, check, honest_end
from notion_roadmap.blueprint.calendar import calendar_of, windows_of
from notion_roadmap.blueprint.order import scopes_of
from notion_roadmap.roadmap import Roadmap
from notion_roadmap.workspace.canonical import digest


def test_dates_and_months_move_as_one() -> None:
    tasks = [
        {"key": "a/task-1", "title": "One", "window": {"unit": "dates", "start": "2025-03-05", "end": "2025-03-07"}}
    ]
    phases = [
        {"key": "a", "title": "A", "option": "A", "tasks": tasks,
         "window": {"unit": "dates", "start": "2025-03-03", "end": "2025-03-30"}},
        {"key": "b", "title": "B", "option": "B", "tasks": [{"key": "b/x", "title": "X"}],
         "window": {"unit": "months", "start": "2025-04"}},
    ]  # fmt: skip
    roadmap = small(phases=phases)

    windows = windows_of(roadmap, CHOICES)
    dates = calendar_of(roadmap, CHOICES, scopes_of(roadmap, frozenset())).dates

    assert windows["a"] == (MONDAY, MONDAY + timedelta(days=27))
    assert windows["b"] == (MONDAY + timedelta(days=29), None)
    assert dates["a/task-1"] == (MONDAY + timedelta(days=2), MONDAY + timedelta(days=4))
    assert dates["b/x"] == (windows["b"].first, None)
    written = Choices(date(2025, 3, 3), date(2025, 3, 3), 40, as_written=True)
    assert calendar_of(roadmap, written, scopes_of(roadmap, frozenset())).dates["a/task-1"].due == date(2025, 3, 7)


def test_months_are_counted_from_the_start() -> None:
    windows = windows_of(document("path"), CHOICES)

    assert windows["foundation"] == (MONDAY, MONDAY + timedelta(days=83))
    assert windows["integration"] == (date(2027, 2, 23), date(2027, 4, 22))


def test_days_that_are_over_are_laid_over_what_is_left_of_their_phase() -> None:
    late = Choices(start=MONDAY, today=MONDAY + timedelta(days=9), weekly_hours=40)
    dates = calendar_of(document("day"), late, scopes_of(document("day"), frozenset())).dates

    assert dates["phase-1/day-12"].due == MONDAY + timedelta(days=11)
    assert dates["phase-1/day-2"].start == late.today
    assert all(one.due is None or one.due >= late.today for one in dates.values())
    by_day = [one.due for key, one in dates.items() if key.startswith("phase-1/") and one.due]
    assert max(by_day.count(day) for day in set(by_day)) <= 3


@pytest.mark.parametrize(
    ("name", "words"),
    [
        (
            "day",
            "59 required tasks until 2027-01-21 are 7.0 a week, 7 in the fullest one (2026-W49).",
        ),
        (
            "pillar",
            "7 required tasks until 2026-12-27 are 1.0 a week, 2 in the fullest one (2026-W49); 2 have no end.",
        ),
    ],
)
def test_the_load_is_said_in_tasks(name: str, words: str) -> None:
    assert honest_end(document(name), CHOICES).words == f"The document names no hours: {words}"


def test_nothing_left_and_nothing_dated_are_said_as_such() -> None:
    every = frozenset(task.key for _, task in document("path").tasks())
    assert honest_end(document("path"), replace(CHOICES, done=every)).words == "Nothing required is left."
    open_ended = {"unit": "weeks", "start": 3}
    phase = {"key": "o", "title": "O", "option": "O", "window": open_ended, "tasks": [{"key": "o/x", "title": "X"}]}
    said = honest_end(small(phases=[phase]), CHOICES).words
    assert said == "The document gives 1 required task neither hours nor an end, so nobody can say when they are done."


WINDOWS = st.one_of(
    st.none(),
    st.tuples(st.sampled_from(["weeks", "days", "months_from_start"]), st.integers(1, 30), st.integers(0, 9)).map(
        lambda told: {"unit": told[0], "start": told[1], "end": told[1] + told[2]}
    ),
    st.tuples(st.dates(date(2024, 1, 1), date(2028, 1, 1)), st.integers(0, 30)).map(
        lambda told: {"unit": "dates", "start": told[0], "end": told[0] + timedelta(days=told[1])}
    ),
)


@st.composite
def rich_roadmaps(draw: st.DrawFn) -> Roadmap:
    """Roadmaps whose tasks have windows, pillars, weeks, steps, notes, and may be done."""
    plain = draw(roadmaps())
    phases = []
    for phase in plain.phases:
        tasks = []
        for task in phase.tasks:
            told = task.model_dump(mode="json") | {
                "window": draw(WINDOWS),
                "pillar": draw(st.sampled_from([None, "Rope", "Rock"])),
                "week": draw(st.sampled_from([None, "Week 1", "Week 2", "Week 10"])),
                "steps": draw(
                    st.lists(st.sampled_from(["a", {"text": "b", "done": True, "steps": ["c"]}]), max_size=3)
                ),
                "notes": draw(st.sampled_from([None, "- [ ] box\n\n```\ncode\n```"])),
                "completed": draw(st.booleans()),
            }
            tasks.append({**told, "hours": draw(st.sampled_from([None, task.hours]))})
        phases.append({**phase.model_dump(mode="json"), "tasks": tasks})
    return Roadmap.model_validate({**plain.model_dump(mode="json"), "phases": phases})


@settings(max_examples=25)
@given(rich_roadmaps(), st.dates(date(2024, 1, 1), date(2028, 12, 31)), st.booleans(), st.integers(0, 99))
def test_any_of_them_keeps_to_the_rules_in_any_order(roadmap: Roadmap, start: date, lean: bool, seed: int) -> None:
    choices = Choices(start, FRIDAY_BEFORE, 20, lean=lean, workdays=frozenset({1, 2, 5}))

    made = build(roadmap, choices)

    assert check(made) == ()
    assert digest(build(shuffled(roadmap, random.Random(seed)), choices)) == digest(made)
    dates = calendar_of(roadmap, choices, scopes_of(roadmap, frozenset())).dates
    assert all(one.due is None or one.due >= choices.today for one in dates.values())
