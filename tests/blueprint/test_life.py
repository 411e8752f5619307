"""The workspace of a roadmap that is lived: every field of ours as computed, what the owner chose left to them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from blueprint.material import CHOICES, FRIDAY_BEFORE, MONDAY, career, career_workspace, changed, lived, rows_of
from notion_roadmap.blueprint import check, first_record, open_weeks
from notion_roadmap.roadmap.record import (
    ApplicationRecord,
    Boxes,
    CriterionRecord,
    DayRecord,
    HabitEntry,
    HistoryPoint,
    PhaseRecord,
    Record,
    WeekRecord,
)
from notion_roadmap.workspace.properties import DateSpan, Value
from notion_roadmap.workspace.text import Text

FIRST = first_record(career(), CHOICES)
DAY = timedelta(days=1)
WEDNESDAY = MONDAY + 2 * DAY


def done(on: date, **more: object) -> dict[str, object]:
    return {"status": "completed", "completed_on": on, **more}


def value(record: Record, today: date, row: str, name: str) -> Value:
    return rows_of(lived(record, today))[row].values[f"{row.partition('/')[0]}.{name}"]


def callout(record: Record, today: date) -> str:
    return lived(record, today).pages[0].body[0].text.plain


def test_phases_tell_how_far_they_are() -> None:
    record = changed(FIRST, phase_1__task_1=done(WEDNESDAY), phase_1__project_1=done(WEDNESDAY))

    phase = rows_of(lived(record, WEDNESDAY))["phases/phase-1"].values

    assert (phase["phases.completed"], phase["phases.required_progress"]) == (2, 0.2)
    assert phase["phases.hours_progress"] == round(100 / 545, 4)
    assert phase["phases.gate"] == "🔒 Locked"
    assert isinstance(phase["phases.gate_reason"], Text)
    assert phase["phases.gate_reason"].plain.startswith(
        "0 of 5 success criteria met, 2 of 10 required tasks done. Wait"
    )


def test_what_is_not_available_is_empty_and_never_zero() -> None:
    record = replace(FIRST, missing=frozenset({"tasks.status", "applications.stage", "tasks.hours"}))
    workspace = lived(record, WEDNESDAY)
    made = rows_of(workspace)

    assert made["phases/phase-1"].values["phases.completed"] is None
    assert made["phases/phase-1"].values["phases.gate"] is None
    assert made["kpis/applications-sent"].values["kpis.value"] is None
    assert made["kpis/applications-sent"].values["kpis.display"] == Text.of("– of 15")
    assert "progress is n/a" in workspace.pages[0].body[0].text.plain
    assert check(workspace) == ()


def test_phases_have_forecasts_once_there_is_a_pace() -> None:
    days = [MONDAY + 7 * n * DAY for n in range(6)]
    keys = ("phase_1__task_1", "phase_1__task_2", "phase_1__task_3", "phase_1__task_4", "phase_1__task_5")
    record = changed(FIRST, **{key: done(day) for key, day in zip(keys, days, strict=False)})
    today = MONDAY + 37 * DAY

    phase = rows_of(lived(record, today))["phases/phase-1"].values

    first, late = phase["phases.forecast"], phase["phases.forecast_late"]
    assert isinstance(first, DateSpan)
    assert isinstance(late, DateSpan)
    assert today <= first.start <= late.start
    assert phase["phases.on_track"] in {"On Track", "Tight", "Behind"}
    window = phase["phases.window"]
    assert isinstance(window, DateSpan)
    assert window.end is not None
    assert phase["phases.buffer"] == (window.end - first.start).days


def test_kpis_count_what_happened() -> None:
    sent = tuple(
        ApplicationRecord(key=f"id:{n}", stage="Phone Screen" if n < 3 else "Application",
                          reached={"Application": MONDAY, **({"Phone Screen": MONDAY + DAY} if n < 3 else {})})
        for n in range(12)
    )  # fmt: skip
    made = rows_of(lived(replace(FIRST, applications=sent), MONDAY + 20 * DAY))

    assert made["kpis/applications-sent"].values["kpis.total"] == 12
    assert made["kpis/applications-sent"].values["kpis.value"] == 0
    assert made["kpis/response-rate"].values["kpis.display"] == Text.of("25 % of 25 % (n = 12)")
    assert made["kpis/response-rate"].values["kpis.attainment"] == 1
    assert made["kpis/funnel/application-to-phone-screen"].values["kpis.value"] == 25


def test_criteria_tick_themselves_and_the_owner_s_tick_is_left_alone() -> None:
    projects = {f"phase_1__project_{n}": done(WEDNESDAY) for n in (1, 2, 3)}
    record = changed(FIRST, **projects)
    key = "criteria/phase-1/projects-deployed"
    unticked = tuple(replace(c, chosen=False) if c.key == "phase-1/projects-deployed" else c for c in record.criteria)

    by_itself = rows_of(lived(record, WEDNESDAY))[key].values
    by_owner = rows_of(lived(replace(record, criteria=unticked), WEDNESDAY))[key].values

    assert (by_itself["criteria.met"], by_itself["criteria.current"]) == (True, 3)
    assert "criteria.met" not in by_owner
    assert by_owner["criteria.current"] == 3


def test_requirements_count_too() -> None:
    record = changed(FIRST, phase_1__project_1=done(WEDNESDAY))

    assert value(record, WEDNESDAY, "criteria/requirements/production-projects", "current") == 1


def test_tasks_tell_their_share_and_their_boxes() -> None:
    record = changed(
        FIRST,
        phase_1__task_1={"status": "in_progress", "boxes": Boxes(1, 4)},
        phase_1__task_2={"percent_done": 0.7, "status": "in_progress"},
        phase_1__task_3=done(WEDNESDAY),
    )
    made = rows_of(lived(record, WEDNESDAY))

    assert made["tasks/phase-1/task-1"].values["tasks.percent_done"] == 0.25
    assert made["tasks/phase-1/task-1"].values["tasks.checklist"] == Text.of("1/4")
    assert "tasks.percent_done" not in made["tasks/phase-1/task-2"].values
    assert made["tasks/phase-1/task-3"].values["tasks.percent_done"] == 1


def test_what_the_owner_does_with_a_task_is_no_change_of_the_template() -> None:
    record = changed(FIRST, phase_1__task_1=done(WEDNESDAY, due=date(2030, 1, 1), hours=3.0, title="Mine", phase=None))

    now = rows_of(lived(record, WEDNESDAY))["tasks/phase-1/task-1"].values
    then = rows_of(career_workspace())["tasks/phase-1/task-1"].values

    ours = {"tasks.percent_done", "tasks.focus", "tasks.checklist"}
    assert {k: v for k, v in now.items() if k not in ours} == {k: v for k, v in then.items() if k not in ours}


def test_focus_is_proposed_anew_and_the_owner_s_choice_is_left_alone() -> None:
    record = changed(
        FIRST,
        phase_1__task_1=done(WEDNESDAY),
        phase_1__task_5={"focus": "now", "focus_chosen": True},
    )
    made = rows_of(lived(record, WEDNESDAY))
    focus = {key: row.values.get("tasks.focus", "theirs") for key, row in made.items() if key.startswith("tasks/")}

    assert [key for key, level in focus.items() if level == "Now"] == ["tasks/phase-1/task-2", "tasks/phase-1/task-3"]
    assert focus["tasks/phase-1/task-5"] == "theirs"
    assert focus["tasks/phase-1/task-1"] is None


def test_starting_the_alternative_makes_it_required_and_its_twin_the_alternative() -> None:
    record = changed(FIRST, phase_2__task_11b={"status": "in_progress"})
    made = rows_of(lived(record, WEDNESDAY))

    assert made["tasks/phase-2/task-11b"].values["tasks.scope"] == "Required"
    assert made["tasks/phase-2/task-11a"].values["tasks.scope"] == "Alternative"


def test_a_scope_that_the_owner_chose_is_no_change_of_the_template() -> None:
    record = changed(FIRST, phase_1__task_1={"scope": "dropped"})

    assert value(record, WEDNESDAY, "tasks/phase-1/task-1", "scope") == "Required"


@pytest.mark.parametrize("today", [FRIDAY_BEFORE, MONDAY, MONDAY + 40 * DAY, date(2027, 1, 1)])
def test_today_and_six_days_ahead_always_stand_ready(today: date) -> None:
    days = [key for key in rows_of(lived(FIRST, today)) if key.startswith("days/")]

    first = max(today, MONDAY)
    assert days == [f"days/{(first + n * DAY).isoformat()}" for n in range(7)]


def test_recent_days_show_streak_and_strength() -> None:
    habits = {habit.key: HabitEntry(ticked=True) for habit in career().habits}
    days = tuple(
        DayRecord(day=MONDAY + n * DAY, habits=habits, key=f"days/{(MONDAY + n * DAY).isoformat()}") for n in range(40)
    )
    made = rows_of(lived(replace(FIRST, days=days), MONDAY + 39 * DAY))
    shown = {key: row.values["days.streak"] for key, row in made.items() if key.startswith("days/")}

    assert shown[f"days/{(MONDAY + 39 * DAY).isoformat()}"] == 40
    assert shown[f"days/{(MONDAY + 12 * DAY).isoformat()}"] == 13
    assert len(shown) == 27 + 7
    assert made[f"days/{(MONDAY + 20 * DAY).isoformat()}"].values["days.strength"] == 1


def test_a_day_that_the_owner_made_gets_no_second_row() -> None:
    own = DayRecord(day=MONDAY + 2 * DAY, key="id:1234")

    days = [key for key in rows_of(lived(replace(FIRST, days=(own,)), MONDAY)) if key.startswith("days/")]

    assert len(days) == 6
    assert "days/2026-11-25" not in days


def test_history_keeps_the_weeks_that_are_over_and_makes_up_those_that_nobody_wrote() -> None:
    written = tuple(HistoryPoint(MONDAY, series, 77.0, 7) for series in ("done", "scope", "plan"))
    record = replace(changed(FIRST, phase_1__task_1=done(MONDAY + 8 * DAY)), history=written)
    made = rows_of(lived(record, MONDAY + 15 * DAY))
    hours = {key: row.values["history.hours"] for key, row in made.items() if key.startswith("history/")}

    assert len(hours) == 9
    assert hours["history/2026-W48/done"] == 77
    assert hours["history/2026-W49/done"] == hours["history/2026-W50/done"] == 40
    assert made["history/2026-W49/done"].values["history.date"] == DateSpan(MONDAY + 7 * DAY)


def test_the_callout_tells_where_one_stands() -> None:
    record = changed(FIRST, phase_1__task_1=done(WEDNESDAY))
    words = callout(record, WEDNESDAY)

    assert "Phase 1: Foundation Mastery, 1 of 69 required tasks (1.45 %)" in words
    assert "Next up: Task 2: Data Manipulation with Pandas" in words
    assert "Forecast: Not enough data: 0 of 4 weeks are over." in words
    assert "Last synced: 2026-11-25" in words
    assert "Emergency" not in words


def test_far_behind_the_callout_says_what_to_drop() -> None:
    words = callout(FIRST, MONDAY + 60 * DAY)

    assert "Emergency Acceleration Protocol: " in words
    assert "weeks behind. Drop lowest priority tasks: " in words
    assert " more\n" in words, "what is not named is counted"


def test_a_risk_rule_that_holds_is_told_with_what_it_advises() -> None:
    """The rules were watched, and nothing anywhere told their owner."""
    words = callout(FIRST, MONDAY + 60 * DAY)

    assert "⚠️ behind on technical skills: Learning is " in words
    assert "Increase daily practice to 6 SQL problems\n" in words
    assert "⚠️" not in callout(FIRST, MONDAY)


def test_last_sync_is_the_day_of_it_and_sync_now_unticks_itself() -> None:
    made = rows_of(lived(FIRST, WEDNESDAY))["settings/roadmap"].values

    assert made["settings.last_sync"] == DateSpan(WEDNESDAY)
    assert made["settings.sync_now"] is made["settings.replan"] is False
    assert rows_of(career_workspace())["settings/roadmap"].values["settings.last_sync"] is None


def opened(record: Record) -> Record:
    """With everything that the gate of the first phase waits for."""
    tasks = tuple(replace(t, **done(WEDNESDAY)) if t.phase == "Phase 1" else t for t in record.tasks)  # type: ignore[arg-type]
    criteria = tuple(replace(c, chosen=True) if c.phase == "Phase 1" else c for c in record.criteria)
    return replace(record, tasks=tasks, criteria=criteria)


def test_a_gate_that_opens_brings_its_checklist() -> None:
    made = rows_of(lived(opened(FIRST), WEDNESDAY))

    assert made["phases/phase-1"].values["phases.gate"] == "🟢 Open"
    (key,) = [key for key in made if key.startswith("criteria/transitions/")]
    row = made[key]
    assert row.title == "Phase 1 → Phase 2 Transition"
    assert (row.values["criteria.phase"], row.values["criteria.kind"]) == ("Phase 1", "Transition")
    assert [(block.text.plain, block.checked) for block in row.body][-4:] == [
        ("Portfolio updated", False),
        ("LinkedIn profile updated", False),
        ("Resume updated with new skills", False),
        ("Ready for Next Phase: ✅", False),
    ]
    assert sum(block.checked for block in row.body) == 5
    assert len({block.anchor for block in row.body}) == len(row.body)


def test_who_goes_on_anyway_gets_the_checklist_with_what_is_missing() -> None:
    anyway = tuple(replace(p, advance_anyway=True) if p.option == "Phase 1" else p for p in FIRST.phases)
    made = rows_of(lived(replace(FIRST, phases=anyway), WEDNESDAY))

    assert made["phases/phase-1"].values["phases.gate"] == "⏭️ Advanced Anyway"
    body = made["criteria/transitions/phase-1"].body
    assert not any(block.checked for block in body)
    assert body[-1].text.plain == "Ready for Next Phase: ❌"


def test_a_locked_gate_has_no_checklist() -> None:
    assert not [key for key in rows_of(lived(FIRST, WEDNESDAY)) if "transitions" in key]


@pytest.mark.parametrize("first", [date(2026, 12, 28), date(2027, 12, 27), date(2024, 12, 30)])
def test_weeks_around_new_year_have_names_of_their_own(first: date) -> None:
    choices = replace(CHOICES, start=first, today=first)
    record = first_record(career(), choices)
    keys = rows_of(lived(record, first + 15 * DAY, choices=choices))
    weeks = sorted(key.removeprefix("reviews/") for key in keys if key.startswith("reviews/"))

    expected = [f"{y}-W{w:02d}" for y, w, _ in ((first + 7 * n * DAY).isocalendar() for n in range(3))]
    assert weeks == sorted(expected)
    assert len(set(weeks)) == 3


def test_weeks_are_open_from_the_first_day_on_until_they_are_closed() -> None:
    closed = replace(FIRST, weeks=(WeekRecord(first=MONDAY + 7 * DAY, closed=True), WeekRecord(first=MONDAY)))

    assert open_weeks(FIRST, CHOICES, FRIDAY_BEFORE) == (MONDAY,)
    assert open_weeks(closed, CHOICES, MONDAY + 16 * DAY) == (MONDAY, MONDAY + 14 * DAY)


def test_weeks_may_begin_on_another_day() -> None:
    sunday = replace(FIRST, steering=replace(FIRST.steering, week_start=6))

    assert open_weeks(sunday, CHOICES, MONDAY + 6 * DAY) == (MONDAY - DAY, MONDAY + 6 * DAY)


def test_a_criterion_of_the_owner_s_own_changes_no_row_of_ours() -> None:
    own = CriterionRecord(key="id:77", title="Sleep", phase="Phase 1")
    keys = set(rows_of(lived(replace(FIRST, criteria=(*FIRST.criteria, own)), MONDAY)))

    assert keys == set(rows_of(lived(FIRST, MONDAY)))


def test_a_phase_of_the_owner_s_own_changes_no_row_of_ours() -> None:
    record = replace(FIRST, phases=(*FIRST.phases, PhaseRecord(option="Mine")))

    assert set(rows_of(lived(record, MONDAY))) == set(rows_of(lived(FIRST, MONDAY)))
