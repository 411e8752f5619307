"""New plans, pauses and the dates that follow from them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blueprint.material import CHOICES, MONDAY, career, changed, lived, rows_of
from notion_roadmap.blueprint import check, first_record, propose
from notion_roadmap.blueprint.replan_rows import read_replan, written_dates
from notion_roadmap.roadmap.life import Dated, Life, Replan
from notion_roadmap.roadmap.record import Capacity, Pause, Record
from notion_roadmap.service.life import life_of
from notion_roadmap.workspace.properties import DateSpan

FIRST = first_record(career(), CHOICES)
DAY = timedelta(days=1)
LATER = MONDAY + 70 * DAY
TASK = "tasks/phase-1/task-1"


def life(record: Record = FIRST, today: date = LATER, replans: Iterable[Replan] = ()) -> Life:
    return life_of(career(), CHOICES, record, today, replans=replans)


def plan(record: Record = FIRST, today: date = LATER, kept: Iterable[str] = ()) -> Replan:
    return propose(career(), CHOICES, life(record, today), frozenset(kept))


def dates(record: Record, today: date, replans: Iterable[Replan] = (), row: str = TASK) -> tuple[object, object]:
    values = rows_of(lived(record, today, replans=replans))[row].values
    start, due = values["tasks.start"], values["tasks.due_date"]
    assert isinstance(start, DateSpan)
    assert isinstance(due, DateSpan)
    return start.start, due.start


def paused(*pauses: Pause, record: Record = FIRST) -> Record:
    return replace(record, steering=replace(record.steering, pauses=pauses))


def test_a_new_plan_begins_today_and_lays_work_end_to_end() -> None:
    found = plan()

    assert found.made_on == LATER
    assert found.dates["phase-1/task-1"] == Dated(LATER, LATER + 6 * DAY)
    assert found.dates["phase-1/task-2"].start == LATER + 7 * DAY
    assert all(new.due is None or new.due >= LATER for new in found.dates.values())
    assert found.before["phase-1/task-1"] == Dated(MONDAY, FIRST.tasks[0].due)
    assert found.end is not None
    assert found.end_before is not None
    assert found.end > found.end_before


def test_no_phase_that_is_not_begun_starts_before_its_window() -> None:
    record = changed(FIRST, **{t.key.replace("/", "__").replace("-", "_"): {"status": "completed"}
                               for t in FIRST.tasks if t.phase == "Phase 1"})  # fmt: skip
    window = next(p.first for p in FIRST.phases if p.option == "Phase 2")

    found = plan(record, MONDAY + 7 * DAY)

    assert window is not None
    moved = {t.key for t in FIRST.tasks if t.phase == "Phase 2"} & found.dates.keys()
    assert all((start := found.dates[key].start) is None or start >= window for key in moved)


def test_what_is_done_of_a_task_is_not_planned_again() -> None:
    half = changed(FIRST, phase_1__task_1={"percent_done": 0.5, "status": "in_progress"})

    assert plan(half).dates["phase-1/task-1"].due == LATER + 3 * DAY


def test_what_is_done_or_dropped_or_dated_by_hand_does_not_move() -> None:
    record = changed(
        FIRST,
        phase_1__task_1={"status": "completed", "completed_on": MONDAY},
        phase_1__task_2={"scope": "dropped"},
    )

    moved = plan(record, kept=("phase-1/task-3",)).dates.keys()

    assert not moved & {"phase-1/task-1", "phase-1/task-2", "phase-1/task-3"}
    assert "phase-1/task-4" in moved


def test_fewer_weekly_hours_take_longer() -> None:
    slower = replace(FIRST, steering=replace(FIRST.steering, capacities=(Capacity(MONDAY, 20),)))

    assert plan(slower).dates["phase-1/task-1"].due == LATER + 13 * DAY


def test_a_plan_leaves_paused_days_out() -> None:
    found = plan(paused(Pause(LATER - 2 * DAY, LATER + 9 * DAY)))

    assert found.dates["phase-1/task-1"] == Dated(LATER + 10 * DAY, LATER + 16 * DAY)


def test_an_alternative_moves_with_the_task_it_stands_for() -> None:
    found = plan()

    assert found.dates["phase-2/task-11a"] == found.dates["phase-2/task-11b"]


def test_a_plan_that_changes_nothing_moves_nothing() -> None:
    found = plan()
    record = changed(FIRST, **{k.replace("/", "__").replace("-", "_"): {"start": d.start, "due": d.due}
                               for k, d in found.dates.items()})  # fmt: skip

    assert plan(record).dates == {}


def test_a_proposal_moves_nothing_until_it_is_accepted_and_is_undone_by_another_tick() -> None:
    found = plan()
    before = dates(FIRST, LATER)

    assert dates(FIRST, LATER, [found]) == before
    assert dates(FIRST, LATER, [replace(found, accepted=True)]) == (LATER, LATER + 6 * DAY)
    assert dates(FIRST, LATER, [replace(found, undone=True)]) == before


def test_the_latest_accepted_plan_holds() -> None:
    first = replace(plan(), accepted=True)
    second = replace(plan(today=LATER + 7 * DAY), accepted=True)

    assert dates(FIRST, LATER + 7 * DAY, [second, first]) == dates(FIRST, LATER + 7 * DAY, [first, second])
    assert dates(FIRST, LATER + 7 * DAY, [first, second])[0] == LATER + 7 * DAY


def test_the_first_due_date_never_moves() -> None:
    record = paused(Pause(MONDAY, MONDAY + 9 * DAY))
    made = rows_of(lived(record, LATER, replans=[replace(plan(), accepted=True)]))

    assert made[TASK].values["tasks.baseline_due"] == rows_of(lived(FIRST, MONDAY))[TASK].values["tasks.due_date"]


def test_a_proposal_is_a_page_that_shows_what_would_move() -> None:
    workspace = lived(FIRST, LATER, replans=[plan()])
    row = rows_of(workspace)[f"settings/replan/{LATER.isoformat()}"]
    words = "\n".join(block.text.plain for block in row.body)

    assert row.title == f"New plan of {LATER.isoformat()}"
    assert row.values["settings.state"] == "Proposed"
    assert row.values["settings.moves"] == len(plan().dates)
    assert row.values["settings.new_end"] == DateSpan(plan().end)  # type: ignore[arg-type]
    assert "tasks would move, and the end from " in words
    due, moved = dates(FIRST, MONDAY)[1], LATER + 6 * DAY
    assert isinstance(due, date)
    assert f"Task 1: Python Fundamentals: {due} → {moved} ({(moved - due).days:+d} days)" in words
    assert "settings.accept" not in row.values
    assert "New plan: " in workspace.pages[0].body[0].text.plain
    assert check(workspace) == ()


@pytest.mark.parametrize(
    ("accept", "undo", "state"), [(False, False, "Proposed"), (True, False, "Accepted"), (True, True, "Undone")]
)
def test_a_proposal_outlives_all_local_state(accept: bool, undo: bool, state: str) -> None:
    found = plan()
    key = f"settings/replan/{LATER.isoformat()}"

    read = read_replan(key, written_dates(found), accept=accept, undo=undo)

    assert read == replace(found, accepted=state == "Accepted", undone=state == "Undone")
    assert rows_of(lived(FIRST, LATER, replans=[read]))[key].values["settings.state"] == state


@pytest.mark.parametrize("dates", ["", "nonsense", "* 2027-01-01", "* - -\nkey 2027-13-01 - - -"])
def test_dates_that_cannot_be_read_propose_nothing(dates: str) -> None:
    assert read_replan("settings/replan/2027-01-01", dates, accept=True, undo=False) is None


def test_a_pause_puts_off_what_lies_in_it_or_behind_it() -> None:
    start, due = dates(FIRST, MONDAY)
    assert isinstance(start, date)
    assert isinstance(due, date)
    record = paused(Pause(start, start + 9 * DAY))

    assert dates(record, MONDAY) == (start + 10 * DAY, due + 10 * DAY)
    window = rows_of(lived(record, MONDAY))["phases/phase-1"].values["phases.window"]
    assert isinstance(window, DateSpan)
    assert window.end == FIRST.phases[0].last + 10 * DAY  # type: ignore[operator]


def test_a_pause_moves_nothing_that_was_done_before_it() -> None:
    record = changed(FIRST, phase_1__task_1={"status": "completed", "completed_on": MONDAY - DAY})

    assert dates(paused(Pause(MONDAY, MONDAY + 9 * DAY), record=record), LATER) == dates(record, LATER)


def test_a_pause_without_an_end_moves_nothing_yet() -> None:
    assert dates(paused(Pause(MONDAY, None)), LATER) == dates(FIRST, LATER)


def test_two_pauses_that_overlap_are_one() -> None:
    two = paused(Pause(MONDAY, MONDAY + 5 * DAY), Pause(MONDAY + 3 * DAY, MONDAY + 9 * DAY))

    assert dates(two, MONDAY) == dates(paused(Pause(MONDAY, MONDAY + 9 * DAY)), MONDAY)


def test_a_plan_knows_the_pause_in_which_it_was_made() -> None:
    record = paused(Pause(LATER - 2 * DAY, LATER + 9 * DAY))
    found = replace(plan(record), accepted=True)

    assert dates(record, LATER, [found]) == tuple(found.dates["phase-1/task-1"])


def test_a_pause_after_a_plan_puts_its_dates_off() -> None:
    found = replace(plan(), accepted=True)
    record = paused(Pause(LATER + DAY, LATER + 10 * DAY))

    assert dates(record, LATER + DAY, [found]) == (LATER, LATER + 16 * DAY)


@settings(max_examples=30, deadline=None)
@given(
    st.integers(0, 500),
    st.sampled_from([1, 7.5, 40, 90]),
    st.lists(st.tuples(st.integers(-30, 400), st.integers(0, 60)), max_size=3),
    st.lists(st.sampled_from([t.key for t in FIRST.tasks]), max_size=6),
)
def test_any_plan_is_ahead_of_today_outside_of_pauses_and_reads_back(
    days: int, hours: float, told: list[tuple[int, int]], kept: list[str]
) -> None:
    today = MONDAY + days * DAY
    pauses = tuple(Pause(today + first * DAY, today + (first + length) * DAY) for first, length in told)
    record = paused(*pauses)
    record = replace(record, steering=replace(record.steering, capacities=(Capacity(MONDAY, hours),)))

    found = plan(record, today, kept)

    assert not found.dates.keys() & set(kept)
    for new in found.dates.values():
        for day in new:
            assert day is None or day >= today
            assert day is None or not any(p.first <= day <= p.last for p in pauses if p.last is not None)
        assert new.start is None or new.due is None or new.start <= new.due
    assert read_replan(f"settings/replan/{today}", written_dates(found), accept=False, undo=False) == found
