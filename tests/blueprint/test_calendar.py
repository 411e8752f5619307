"""Dates: inside their windows, never overdue on the first day, the same whatever the order of a list."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from blueprint.material import CHOICES, MONDAY, career, choices_for, roadmaps, small
from notion_roadmap.blueprint import Choices
from notion_roadmap.blueprint.calendar import Calendar, calendar_of, windows_of
from notion_roadmap.blueprint.order import scopes_of, working_order
from notion_roadmap.roadmap import Months, Roadmap
from notion_roadmap.roadmap.ordering import natural


def calendar(roadmap: Roadmap, choices: Choices) -> Calendar:
    return calendar_of(roadmap, choices, scopes_of(roadmap, choices.done))


@given(st.data())
def test_nothing_is_overdue_on_the_first_day(data: st.DataObject) -> None:
    roadmap = data.draw(roadmaps())
    choices = data.draw(choices_for(roadmap))

    dates = calendar(roadmap, choices).dates

    assert all(one.due is None or one.due >= choices.today for one in dates.values())


@given(st.data())
def test_tasks_stay_inside_windows_that_are_not_over(data: st.DataObject) -> None:
    roadmap = data.draw(roadmaps())
    choices = data.draw(choices_for(roadmap))

    made = calendar(roadmap, choices)

    for phase, task in roadmap.tasks():
        window, (start, due) = made.windows[phase.key], made.dates[task.key]
        if task.key in choices.done:
            assert (start, due) == (None, None)
            continue
        assert start is not None
        assert start >= window.first
        if window.last is None:
            assert due is None or due >= start
        elif window.last >= choices.today:
            assert due is not None
            assert start <= due <= window.last


@given(st.data())
def test_months_move_as_one(data: st.DataObject) -> None:
    roadmap = data.draw(roadmaps())
    choices = data.draw(choices_for(roadmap))

    moved = windows_of(roadmap, choices)

    written = {p.key: p.window.span(choices.start) for p in roadmap.phases if isinstance(p.window, Months)}
    shifts = {moved[key].first - span.first for key, span in written.items()}
    shifts |= {moved[key].last - span.last for key, span in written.items() if span.last and moved[key].last}
    assert len(shifts) <= 1
    if written and choices.as_written:
        assert shifts == {timedelta()}
    elif written:
        assert min(moved[key].first for key in written) == choices.start


@given(st.data())
def test_required_work_is_laid_end_to_end(data: st.DataObject) -> None:
    roadmap = data.draw(roadmaps())
    choices = data.draw(choices_for(roadmap))
    scopes = scopes_of(roadmap, choices.done)

    made = calendar(roadmap, choices)

    for phase in roadmap.phases:
        worked = [
            made.dates[task.key]
            for task in working_order(roadmap, phase, scopes)
            if scopes[task.key] == "required" and task.hours and task.key not in choices.done
        ]
        for before, after in pairwise(worked):
            assert before.due is not None
            assert after.start is not None
            assert after.start - before.due in (timedelta(0), timedelta(days=1))


def test_weekly_hours_that_suffice_leave_room_at_the_end() -> None:
    roadmap = small(
        phases=[
            {
                "key": "p",
                "title": "P",
                "option": "P",
                "window": {"unit": "weeks", "start": 1, "end": 10},
                "tasks": [
                    {"key": "p/task-1", "title": "One", "hours": 70},
                    {"key": "p/task-2", "title": "Two", "hours": 35},
                    {"key": "p/task-3", "title": "No number", "hours_as_written": "Ongoing"},
                    {"key": "p/task-4", "title": "More", "hours": 10, "scope": "stretch"},
                ],
            }
        ]
    )

    dates = calendar(roadmap, Choices(MONDAY, MONDAY, weekly_hours=35)).dates

    assert dates["p/task-1"] == (MONDAY, MONDAY + timedelta(days=13))
    assert dates["p/task-2"] == (MONDAY + timedelta(days=14), MONDAY + timedelta(days=20))
    assert dates["p/task-3"] == (MONDAY, MONDAY + timedelta(days=69))
    assert dates["p/task-4"] == (MONDAY + timedelta(days=21), MONDAY + timedelta(days=22))


def test_an_alternative_has_the_dates_of_its_twin_and_takes_no_time() -> None:
    dates = calendar(career(), CHOICES).dates

    assert dates["phase-2/task-11b"] == dates["phase-2/task-11a"]
    assert dates["phase-2/task-13"].start == dates["phase-2/task-11a"].due


def test_stretch_goals_come_last_in_their_phase() -> None:
    made = calendar(career(), CHOICES)

    dues = [made.dates[task.key].due for task in career().phases[1].tasks]
    assert made.dates["phase-2/project-4"].due == max(due for due in dues if due)


def test_what_has_no_end_and_no_hours_has_no_due_date() -> None:
    dates = calendar(career(), CHOICES).dates

    assert {key for key, one in dates.items() if one.due is None} == {task.key for task in career().phases[6].tasks}


def test_the_document_s_windows_keep_lengths_and_gaps_from_a_new_start() -> None:
    windows = windows_of(career(), CHOICES)

    assert windows["phase-1"] == (MONDAY, MONDAY + timedelta(days=89))
    assert windows["phase-2"].first == MONDAY + timedelta(days=90)
    assert windows["phase-7"] == (MONDAY + (date(2028, 1, 1) - date(2025, 12, 1)), None)


def test_as_written_keeps_the_months_and_lays_what_is_over_from_today() -> None:
    choices = Choices(start=MONDAY, today=MONDAY, weekly_hours=40, as_written=True)

    made = calendar(career(), choices)

    assert made.windows["phase-1"] == (date(2025, 12, 1), date(2026, 2, 28))
    assert made.windows["phase-4"] == (date(2026, 11, 1), date(2027, 1, 31))
    first = made.dates["phase-1/task-1"]
    assert first.start == MONDAY
    assert made.dates["phase-2/task-8"].start > made.dates["phase-1/project-3"].due  # type: ignore[operator]


def test_a_phase_without_a_window_follows_the_one_before() -> None:
    tasks = [{"key": "b/one", "title": "One", "hours": 41}]
    phases = [
        {
            "key": "a",
            "title": "A",
            "option": "A",
            "window": {"unit": "days", "start": 1, "end": 10},
            "tasks": [{"key": "a/x", "title": "X"}],
        },
        {"key": "b", "title": "B", "option": "B", "tasks": tasks},
    ]

    windows = windows_of(small(phases=phases), CHOICES)

    assert windows["b"] == (MONDAY + timedelta(days=10), MONDAY + timedelta(days=23))


def test_projects_come_after_what_they_build_on_and_high_priority_first() -> None:
    phase = career().phases[0]

    order = [task.key for task in working_order(career(), phase, scopes_of(career(), frozenset()))]

    assert order == [f"phase-1/{name}" for name in (
        "task-1", "task-2", "task-3", "task-5", "task-6", "task-4", "task-7", "project-1", "project-2", "project-3",
    )]  # fmt: skip


def test_numbers_in_keys_are_read_as_numbers() -> None:
    keys = ["p/task-11b", "p/task-9", "p/task-10", "p/task-11a"]

    assert sorted(keys, key=natural) == ["p/task-9", "p/task-10", "p/task-11a", "p/task-11b"]


def test_an_alternative_that_is_done_already_is_the_required_one() -> None:
    scopes = scopes_of(career(), frozenset({"phase-2/task-11b"}))

    assert (scopes["phase-2/task-11a"], scopes["phase-2/task-11b"]) == ("alternative", "required")
