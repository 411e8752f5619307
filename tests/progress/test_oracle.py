"""The same numbers once more, written plainly and day by day from the definitions, sharing nothing with the room."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import given

from notion_roadmap.progress import numbers
from notion_roadmap.roadmap.record import ApplicationRecord, Record, TaskRecord
from progress.material import MONDAY, STAGES, TODAYS, event, mini, record, records, task

ORDER = {"completed": 3, "in_progress": 2, "blocked": 2, "not_started": 1}


def percent(part: float, whole: float) -> float | None:
    return None if whole == 0 else round(part / whole * 100, 2)


def same(one: float | None, other: float | None) -> bool:
    return one == other or (one is not None and other is not None and abs(one - other) < 0.02)


def required_tasks(whole: Record) -> list[TaskRecord]:
    there = [one for one in whole.tasks if not one.removed]
    chosen = []
    for one in there:
        twins = [t for t in there if t.pick_one and t.pick_one == one.pick_one and (t.phase or "") == (one.phase or "")]
        if one.pick_one is None or sum(t.scope == "required" for t in twins) > 1:
            needed = one.scope == "required"
        else:
            able = [t for t in twins if t.scope in ("required", "alternative")]
            able.sort(key=lambda t: (-stage(t), t.scope == "alternative", number(t.key)))
            needed = bool(able) and able[0].key == one.key
        chosen += [one] if needed else []
    return chosen


def stage(one: TaskRecord) -> int:
    if one.status == "not_started" and (
        (one.boxes and one.boxes[0] > 0) or (one.percent_done and one.percent_done > 0)
    ):
        return 2
    return ORDER[one.status]


def number(key: str) -> int:
    return int(key.split("-")[1])


def share(one: TaskRecord) -> float:
    if one.status == "completed":
        return 1
    if one.percent_done is not None:
        return 0 if one.percent_done < 0 else min(one.percent_done, 1)
    return one.boxes[0] / one.boxes[1] if one.boxes else 0


def completion(whole: Record, one: TaskRecord) -> date | None:
    if one.status != "completed" or one.completed_on is not None:
        return one.completed_on if one.status == "completed" else None
    seen = [e for e in whole.events if e.task == one.key and e.after == "completed"]
    seen.sort(key=lambda e: e.observed)
    return seen[-1].observed.astimezone(whole.steering.zone).date() if seen else None


def is_paused(whole: Record, day: date) -> bool:
    return any(p.first <= day and not (p.last is not None and p.last < day) for p in whole.steering.pauses)


def solved_on(whole: Record, day: date) -> float:
    rows = [one for one in whole.days if one.day == day]
    exact = [one.habits["problems"].exactly for one in rows if one.habits["problems"].exactly is not None]
    if exact:
        return max(exact)
    return 2.0 if any(one.habits["problems"].ticked for one in rows) else 0.0


@given(records(), TODAYS)
def test_progress_equals_a_plain_calculation(whole: Record, today: date) -> None:
    found = numbers(mini(), whole, today).progress
    there = [one for one in whole.tasks if not one.removed]
    done = [one for one in there if one.status == "completed"]
    needed = required_tasks(whole)
    hours = sum(one.hours for one in needed if one.hours)

    assert found.percent == percent(len(done), len(there))
    assert found.proof_percent == percent(sum(one.has_proof for one in done), len(there))
    assert found.required_percent == percent(sum(one.status == "completed" for one in needed), len(needed))
    assert same(found.hours_percent, percent(sum(one.hours * share(one) for one in needed if one.hours), hours))


@given(records(), TODAYS)
def test_throughput_equals_a_plain_calculation(whole: Record, today: date) -> None:
    found = {one.week: (one.hours or 0, one.tasks) for one in numbers(mini(), whole, today).throughput}
    expected: dict[date, tuple[float, int]] = {}
    day = MONDAY
    while day <= today:
        first = day
        while first.weekday() != whole.steering.week_start:
            first -= timedelta(days=1)
        hours, count = expected.get(first, (0.0, 0))
        finished = [one for one in whole.tasks if completion(whole, one) == day]
        expected[first] = (hours + sum(one.hours or 0 for one in finished), count + len(finished))
        day += timedelta(days=1)

    assert found.keys() == expected.keys()
    assert all(abs(found[w][0] - expected[w][0]) < 1e-6 and found[w][1] == expected[w][1] for w in found)


@given(records(), TODAYS)
def test_habits_equal_a_plain_calculation(whole: Record, today: date) -> None:
    found = numbers(mini(), whole, today).habits.habits["problems"]
    first = min([MONDAY, *(one.day for one in whole.days if one.day <= today)])
    if today < first:
        assert found.streak is None
        return
    streak, shares, day = 0, [], today
    running = True
    while day >= first:
        much = solved_on(whole, day)
        spared = is_paused(whole, day) or any(one.day_off for one in whole.days if one.day == day)
        counts = much >= 2 or not (spared or day == today)
        if counts and running:
            running = much >= 2
            streak += running
        if counts and (today - day).days < (28 if solved_on(whole, today) >= 2 else 29):
            shares.append(min(1.0, much / 2))
        day -= timedelta(days=1)

    assert found.streak == streak
    assert same(found.strength, sum(shares) / len(shares) if shares else None)


@given(records(), TODAYS)
def test_counts_and_conversions_equal_a_plain_calculation(whole: Record, today: date) -> None:
    kpis = numbers(mini(), whole, today).kpis
    solved = sum(solved_on(whole, day) for day in {one.day for one in whole.days} if day <= today)
    done = [one for one in whole.tasks if not one.removed and one.status == "completed" and one.category == "Project"]
    days = [completion(whole, one) for one in done]
    old, passed = 0, 0
    for one in whole.applications:
        furthest = place(one)
        since = list(one.reached.values())
        if furthest >= 0 and (not since or min(since) + timedelta(days=14) <= today):
            old += 1
            called = one.reached.get("Call")
            passed += furthest >= 1 and (called is None or called <= today)

    assert same(kpis["problems"].total, solved)
    assert kpis["projects"].total == sum(day is None or day <= today for day in days)
    assert (kpis["funnel/call"].n, kpis["funnel/call"].value) == (old, percent(passed, old))


def place(application: ApplicationRecord) -> int:
    been = {name for name in (application.stage, *application.reached) if name in STAGES}
    return max((STAGES.index(name) for name in been), default=-1)


@given(records(), TODAYS)
def test_gates_equal_a_plain_calculation(whole: Record, today: date) -> None:
    found = numbers(mini(), whole, today)
    for option in ("Phase 1", "Phase 2"):
        left = {one.key for one in required_tasks(whole) if one.phase == option and one.status != "completed"}
        unmet = set()
        for one in whole.criteria:
            counted: Any = found.kpis[one.kpi].total if one.kpi else None
            met = one.chosen if one.chosen is not None else counted is not None and counted >= 3
            unmet |= {one.key} if one.phase == option and not met else set()
        gate = found.gates[option]

        assert (set(gate.waiting_tasks), set(gate.waiting_criteria)) == (left, unmet)
        assert gate.state == ("locked" if left or unmet else "open")


@given(records(), TODAYS)
def test_the_burn_up_equals_a_plain_calculation(whole: Record, today: date) -> None:
    needed = required_tasks(whole)
    for point in numbers(mini(), whole, today).burn_up:
        end = point.week + timedelta(days=6)
        if point.series == "done":
            finished = [one for one in needed if one.status == "completed"]
            expected = [one for one in finished if (completion(whole, one) or date.min) <= end]
        elif point.series == "scope":
            expected = needed
        else:
            expected = [one for one in needed if one.baseline_due and one.baseline_due <= end]
            undated = [one for one in needed if one.baseline_due is None and one.status == "completed"]
            expected += [one for one in undated if (completion(whole, one) or date.min) <= end]

        assert point.tasks == len(expected)
        assert abs(point.hours - sum(one.hours or 0 for one in expected)) < 0.02
        assert point.week.weekday() == 0


def test_the_burn_up_keeps_what_was_written_of_weeks_that_are_over() -> None:
    week = timedelta(weeks=1)
    whole = record(task("a", hours=10, status="completed", completed_on=MONDAY), task("b", hours=20))
    written = numbers(mini(), whole, MONDAY).burn_up

    grown = record(*whole.tasks, task("c", hours=5), history=written)
    points = {(p.week, p.series): p.hours for p in numbers(mini(), grown, MONDAY + week).burn_up}

    assert (points[MONDAY, "scope"], points[MONDAY + week, "scope"]) == (30, 35)
    assert (points[MONDAY, "done"], points[MONDAY + week, "done"]) == (10, 10)


def test_the_burn_up_of_the_running_week_is_not_what_was_written_yesterday() -> None:
    later = MONDAY + timedelta(weeks=2)
    whole = record(task("a", hours=10, baseline_due=later))
    written = numbers(mini(), whole, MONDAY).burn_up

    done = record(replace(whole.tasks[0], status="completed", completed_on=MONDAY), history=written)

    assert [point.hours for point in numbers(mini(), done, MONDAY + timedelta(days=1)).burn_up] == [10, 10, 0]


def test_the_day_that_the_owner_gave_wins_over_the_day_on_which_it_was_seen() -> None:
    later = timedelta(weeks=1)
    seen = (event("a", "in_progress", "completed", MONDAY + later),)
    whole = record(task("a", status="completed"), events=seen)
    given = record(task("a", status="completed", completed_on=MONDAY), events=seen)

    assert [one.tasks for one in numbers(mini(), whole, MONDAY + later).throughput] == [0, 1]
    assert [one.tasks for one in numbers(mini(), given, MONDAY + later).throughput] == [1, 0]
