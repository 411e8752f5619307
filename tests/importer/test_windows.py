"""Words about time become windows, in several languages and calendars."""

from __future__ import annotations

from typing import Any

import pytest

from importer.making import imported
from notion_roadmap.importer.headings import read_heading
from notion_roadmap.importer.windows import find_window, whole_window


def months(start: str, end: str | None = None) -> dict[str, Any]:
    return {"unit": "months", "start": start} | ({"end": end} if end else {})


def counted(unit: str, start: int, end: int | None = None) -> dict[str, Any]:
    return {"unit": unit, "start": start} | ({"end": end} if end else {})


@pytest.mark.parametrize(
    ("words", "window"),
    [
        ("Weeks 1-12", counted("weeks", 1, 12)),
        ("Week 5", counted("weeks", 5, 5)),
        ("Weeks 10+", counted("weeks", 10)),
        ("Week 10 and beyond", counted("weeks", 10)),
        ("Wochen 3 bis 5", counted("weeks", 3, 5)),
        ("Semanas 5-8", counted("weeks", 5, 8)),
        ("недели 1–2", counted("weeks", 1, 2)),
        ("第1-4周", counted("weeks", 1, 4)),
        ("1주차", counted("weeks", 1, 1)),
        ("सप्ताह 3-6", counted("weeks", 3, 6)),
        ("Days 16-30", counted("days", 16, 30)),
        ("Day 7", counted("days", 7, 7)),
        ("Month 3-4", counted("months_from_start", 3, 4)),
        ("Months 1-2", counted("months_from_start", 1, 2)),
        ("2〜3ヶ月目", counted("months_from_start", 2, 3)),
        ("Semester 2", counted("months_from_start", 7, 12)),
        ("Année 2", counted("months_from_start", 13, 24)),
        ("Primo trimestre", counted("months_from_start", 1, 3)),
        ("Q3-Q4", counted("months_from_start", 7, 12)),
        ("Q1 2026", months("2026-01", "2026-03")),
        ("2026 Q2", months("2026-04", "2026-06")),
        ("Q4 2025 - Q1 2026", months("2025-10", "2026-03")),
        ("2026 H2 and beyond", months("2026-07")),
        ("Dec 2025 – Feb 2026", months("2025-12", "2026-02")),
        ("Mar – Jun 2026", months("2026-03", "2026-06")),
        ("Nov – Jan 2027", months("2026-11", "2027-01")),
        ("janvier – mars 2026", months("2026-01", "2026-03")),
        ("à partir de juillet 2026", months("2026-07")),
        ("2026年3月", months("2026-03", "2026-03")),
        ("2028+", months("2028-01")),
        ("2026", months("2026-01", "2026-12")),
        ("2026-01-05 to 2026-02-01", {"unit": "dates", "start": "2026-01-05", "end": "2026-02-01"}),
        ("05.01.2026 – 01.02.2026", {"unit": "dates", "start": "2026-01-05", "end": "2026-02-01"}),
        ("Jan 5 – Feb 1, 2026", {"unit": "dates", "start": "2026-01-05", "end": "2026-02-01"}),
        ("5 January 2026 – 1 February 2026", {"unit": "dates", "start": "2026-01-05", "end": "2026-02-01"}),
    ],
)
def test_words_are_windows(words: str, window: dict[str, Any]) -> None:
    found = whole_window(words)

    assert found is not None
    assert found.window == window
    assert found.words == words


@pytest.mark.parametrize(
    "words", ["", "may be", "Part 1", "2026-02-31", "Week", "Weeks 9-3", "1.5", "Q7 2026", "for 3 people"]
)
def test_other_words_are_none(words: str) -> None:
    found = whole_window(words)

    assert found is None or found.window is None


@pytest.mark.parametrize(("words", "days"), [("3 weeks", 21), ("2-3 weeks", 21), ("~10 days", 10), ("4 semanas", 28)])
def test_a_length_is_no_window(words: str, days: float) -> None:
    found = whole_window(words)

    assert found is not None
    assert (found.window, found.length) == (None, days)


def test_the_year_of_the_document_is_a_guess() -> None:
    found = find_window("Mar – Jun", 2026)

    assert found is not None
    assert found.window == months("2026-03", "2026-06")
    assert found.guessed is not None


@pytest.mark.parametrize(
    ("heading", "kind", "label", "name"),
    [
        ("🎯 PHASE 1: Foundation Mastery (Dec 2025 – Feb 2026)", "stretch", "PHASE 1", "Foundation Mastery"),
        ("Phase 1 (Weeks 1-4): Modeling and Advanced SQL", "stretch", "Phase 1", "Modeling and Advanced SQL"),
        ("Étape 1 : Les bases (janvier – mars 2026)", "stretch", "Étape 1", "Les bases"),
        ("第一阶段：网页基础（第1-4周）", "stretch", "第一阶段", "网页基础"),
        ("ステップ1：Linuxの基礎（1ヶ月目）", "stretch", "ステップ1", "Linuxの基礎"),
        ("Part III: Eigenthings", "stretch", "Part III", "Eigenthings"),
        ("1. Foundation Phase (Weeks 1-12)", "stretch", "", "Foundation Phase"),
        ("M2: Tooling", "stretch", "M2", "Tooling"),
        ("Month 1-2: Foundation → Lakehouse", "months", "Month 1-2", "Foundation → Lakehouse"),
        ("Days 16-30", "days", "Days 16-30", ""),
        ("Day 1: ML Fundamentals", "work", "Day 1", "ML Fundamentals"),
        ("Task 11A: AWS", "work", "Task 11A", "AWS"),
        ("v0.1 - MVP", "version", "v0.1", "MVP"),
        ("Now (Q1 2026)", "horizon", "", "Now"),
        ("🚢 Shipped", "finished", "", "Shipped"),
        ("2. Databases", "numbered", "", "Databases"),
        ("Summer 2026", "seasons", "Summer 2026", ""),
        ("2026 Roadmap", "", "", ""),
        ("Step-by-step guide", "", "", ""),
    ],
)
def test_headings_are_read(heading: str, kind: str, label: str, name: str) -> None:
    found = read_heading(heading)

    assert (found.kind, found.label, found.name) == (kind, label, name)


def windows(text: str) -> list[object]:
    found = imported(text).data["phases"]
    return [
        {n: v for n, v in phase.get("window", {}).items() if n != "as_written"} or phase.get("timeline")
        for phase in found
    ]


def test_windows_may_overlap_but_those_that_go_back_are_kept_in_words_only() -> None:
    text = """
        ## Phase 1: A (Weeks 3-6)
        - [ ] a
        ## Phase 2: B (Weeks 1-2)
        - [ ] b
        ## Phase 3: C (Weeks 5+)
        - [ ] c
        ## Phase 4: D (Weeks 7-9)
        - [ ] d
        """

    assert windows(text) == [counted("weeks", 3, 6), "Weeks 1-2", counted("weeks", 5), "Weeks 7-9"]


def test_lengths_are_laid_one_after_another_as_a_guess() -> None:
    text = """
        ## Phase 1: A (3 weeks)
        - [ ] a
        ## Phase 2: B
        **Duration:** 2 weeks
        - [ ] b
        """

    assert windows(text) == [counted("weeks", 1, 3), counted("weeks", 4, 5)]
    assert {guess.path for guess in imported(text).guesses} == {"phases/0/window", "phases/1/window"}


def test_ranges_that_meet_are_windows() -> None:
    text = "## Phase 1: A (0-3 months)\n- [ ] a\n## Phase 2: B (3-6 months)\n- [ ] b\n"

    assert windows(text) == [counted("months_from_start", 1, 3), counted("months_from_start", 4, 6)]


def test_quarters_without_a_year_begin_with_the_first_of_them() -> None:
    text = "## Q3\n- [ ] a\n## Q4\n- [ ] b\n"

    assert windows(text) == [counted("months_from_start", 1, 3), counted("months_from_start", 4, 6)]
