"""Gates, and criteria that tick themselves."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from notion_roadmap.progress import numbers
from notion_roadmap.roadmap.record import CriterionRecord, Fact, PhaseRecord, Record
from notion_roadmap.roadmap.results import CriterionState, Gate
from progress.material import MONDAY, days, mini, record, task

SHOWN = CriterionRecord(key="phase-1/shown", title="Shown", phase="Phase 1")


def gate(whole: Record) -> Gate:
    return numbers(mini(), whole, MONDAY).gates["Phase 1"]


def criterion(**said: Any) -> CriterionRecord:
    return CriterionRecord(**{"key": "phase-1/solved", "title": "4 solved", "phase": "Phase 1", **said})


def state(one: CriterionRecord, whole: Record) -> CriterionState:
    return numbers(mini(), Record(steering=whole.steering, days=whole.days, criteria=(one,)), MONDAY).criteria[one.key]


def test_a_gate_waits_for_required_tasks_and_criteria_and_says_for_which() -> None:
    whole = record(task("b"), task("a", status="completed"), task("c", scope="stretch"), criteria=(SHOWN,))

    found = gate(whole)

    assert found == Gate(
        state="locked",
        reason="0 of 1 success criteria met, 1 of 2 required tasks done. Waiting for: Shown, B.",
        waiting_tasks=("b",),
        waiting_criteria=("phase-1/shown",),
    )


def test_a_gate_names_three_and_counts_the_others() -> None:
    found = gate(record(*map(task, ("task-2", "task-10", "task-1", "task-3", "task-4"))))

    assert found.reason.endswith("Waiting for: Task-1, Task-2, Task-3 and 2 more.")


def test_titles_that_end_in_a_full_stop_do_not_stop_the_sentence_of_a_gate() -> None:
    whole = record(replace(task("a"), title="Read it all."), task("b"))

    assert gate(whole).reason.endswith("Waiting for: Read it all, B.")


def test_a_gate_opens_when_everything_is_there() -> None:
    shown = CriterionRecord(key="phase-1/shown", title="Shown", phase="Phase 1", chosen=True)

    found = gate(record(task("a", status="completed"), criteria=(shown,)))

    assert (found.state, found.reason) == ("open", "1 of 1 success criteria met, 1 of 1 required tasks done.")
    assert gate(record()).state == "open"


def test_a_phase_without_criteria_still_waits_for_its_tasks() -> None:
    assert gate(record(task("a"))).reason == ("It has no success criteria, 0 of 1 required tasks done. Waiting for: A.")


def test_its_owner_may_go_on_anyway_and_is_told_what_was_left() -> None:
    anyway = (PhaseRecord(option="Phase 1", advance_anyway=True),)
    whole = record(task("a"), task("b", phase="Phase 2"), phases=anyway)

    assert (gate(whole).state, gate(whole).reason[:17]) == ("advanced", "Advanced anyway. ")
    assert numbers(mini(), whole, MONDAY).current_phase == "Phase 2"
    assert gate(record(task("a", status="completed"), phases=anyway)).state == "open"


@pytest.mark.parametrize("fact", ["tasks.status", "tasks.phase", "tasks.scope", "criteria.met"])
def test_a_gate_whose_columns_are_gone_is_unknown(fact: Fact) -> None:
    assert gate(record(task("a"), missing=frozenset({fact}))).state == "unknown"


def test_a_countable_criterion_ticks_itself() -> None:
    for marks, met in (("x", False), ("xx", True)):
        whole = record(days=days(MONDAY.replace(day=MONDAY.day - 1), marks))
        found = state(criterion(kpi="problems", target=4), whole)

        assert (found.met, found.chosen, found.current) == (met, False, 4.0 if met else 2.0)


@pytest.mark.parametrize("chosen", [True, False])
def test_the_owners_tick_wins(chosen: bool) -> None:
    solved = record(days=days(MONDAY, "x"))

    assert state(criterion(kpi="problems", target=1, chosen=chosen), solved).met is chosen
    assert state(criterion(kpi="problems", target=99, chosen=chosen), solved).met is chosen


def test_what_nobody_can_count_is_not_met_until_its_owner_says_so() -> None:
    assert not state(criterion(), record()).met
    assert not state(criterion(kpi="score", target=0), record()).met
    assert not state(criterion(kpi="removed", target=0), record()).met


def test_a_requirement_belongs_to_no_gate() -> None:
    need = CriterionRecord(key="problems", title="500 problems", kpi="problems", target=1)

    found = numbers(mini(), record(days=days(MONDAY, "x"), criteria=(need,)), MONDAY)

    assert found.requirements["problems"].met
    assert found.criteria == {}
    assert found.gates["Phase 1"].state == "open"
