"""Hours from words: a number where one is said, a guess where one is meant, none where none is."""

from __future__ import annotations

import pytest

from importer.making import imported, tasks_of
from notion_roadmap.importer.hours import hours_behind, read_hours


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("40", 40),
        ("40h", 40),
        ("5.5 hours", 5.5),
        ("2,5 Std.", 2.5),
        ("90 min", 1.5),
        ("1h30", 1.5),
        ("1:30", 1.5),
        ("3 時間", 3),
    ],
)
def test_a_plain_number_is_no_guess(words: str, number: float) -> None:
    assert read_hours(words) == (number, None)


@pytest.mark.parametrize(
    ("words", "number"), [("~10 hours", 10), ("2-3 h", 2.5), ("1.5 days", 12), ("ca. 4 Std.", 4), ("10–20", 15)]
)
def test_what_is_meant_is_a_guess(words: str, number: float) -> None:
    found = read_hours(words)

    assert found.number == number
    assert found.guessed


@pytest.mark.parametrize("words", ["200+", "Ongoing", "", "0", "3 weeks", "1000+ h", "a lot", "-5", "999999"])
def test_what_is_no_number_is_none(words: str) -> None:
    assert read_hours(words).number is None


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("Read (2-3 h)", "2-3 h"),
        ("Üben (2 Std.)", "2 Std."),
        ("test run, ~3 hours", "~3 hours"),
        ("Albums (1.8)", None),
        ("Portal (beta)", None),
    ],
)
def test_hours_stand_behind_titles(title: str, words: str | None) -> None:
    assert hours_behind(title) == words


def test_a_task_keeps_the_words_and_the_report_says_what_was_guessed() -> None:
    text = "## Phase 1\n### Task 1: A\n- **Hours:** 2-3 h\n### Task 2: B\n- **Hours:** 200+\n"

    first, second = tasks_of(text)

    assert (first["hours"], first["hours_as_written"]) == (2.5, "2-3 h")
    assert "hours" not in second
    assert second["hours_as_written"] == "200+"
    assert [(guess.path, guess.line) for guess in imported(text).guesses] == [("phases/0/tasks/0/hours", 3)]
