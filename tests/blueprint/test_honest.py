"""How far the hours really take."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blueprint.material import CHOICES, career, choices_for, roadmaps
from notion_roadmap.blueprint import Choices, honest_end
from notion_roadmap.blueprint.choices import LAST_DAY

AS_WRITTEN = Choices(date(2025, 12, 1), date(2025, 12, 1), 40, as_written=True)


def test_the_document_asks_for_more_than_forty_hours() -> None:
    honest = honest_end(career(), AS_WRITTEN)

    # Phases 1 to 6, without 11B and the two stretch goals: 545 + 735 - 70 + 795 - 100 + 910 + 470 + 485.
    assert honest.hours == 3_770
    assert honest.planned == date(2027, 12, 31)
    # Until the end of phase 5: 3,285 hours in 486 days.
    assert honest.needed == round(3_285 / (486 / 7), 1) == 47.3
    assert honest.uncounted == 6


def test_each_phase_says_its_own_load() -> None:
    loads = {load.phase: load for load in honest_end(career(), AS_WRITTEN).phases}

    assert [load.hours for load in loads.values()] == [545, 665, 695, 910, 470, 485, 0]
    assert loads["Phase 4"].weekly_hours == pytest.approx(910 / (92 / 7))
    assert loads["Phase 5"].planned == date(2027, 3, 31)
    assert loads["Phase 5"].late == 89
    assert loads["Multiplier"].planned is None


def test_the_sentence_says_what_is_needed_and_what_is_late() -> None:
    words = honest_end(career(), AS_WRITTEN).words

    assert "3,770 required hours at 40 a week end on 2027-09-21" in words
    assert "takes 47.3 hours a week" in words
    assert "Phase 5 would end on 2027-06-28, 89 days late" in words
    assert "6 required tasks name no number of hours" in words


def test_a_single_task_without_hours_is_told_as_one() -> None:
    told = replace(honest_end(career(), AS_WRITTEN), uncounted=1).words

    assert "(1 required task names no number of hours and is not counted)" in told


def test_enough_hours_are_not_called_late() -> None:
    words = honest_end(career(), replace(AS_WRITTEN, weekly_hours=60)).words

    assert "late" not in words
    assert "takes" not in words


def test_hardly_any_hours_end_on_the_last_day_there_is() -> None:
    assert honest_end(career(), replace(AS_WRITTEN, weekly_hours=0.001)).honest == LAST_DAY


def test_what_is_done_needs_no_hours() -> None:
    done = frozenset(task.key for task in career().phases[0].tasks)

    assert honest_end(career(), replace(CHOICES, done=done)).hours == 3_770 - 545


@given(st.data())
def test_hours_add_up_and_more_of_them_never_end_later(data: st.DataObject) -> None:
    roadmap = data.draw(roadmaps())
    choices = data.draw(choices_for(roadmap))

    slow, fast = honest_end(roadmap, choices), honest_end(roadmap, replace(choices, weekly_hours=168))

    assert fast.honest <= slow.honest
    assert [load.honest for load in slow.phases] == sorted(load.honest for load in slow.phases)
    closed = [load for load in slow.phases if load.planned] or slow.phases
    assert slow.hours == pytest.approx(sum(load.hours for load in closed))
