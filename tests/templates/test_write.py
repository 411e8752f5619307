"""Writing: whatever a roadmap holds is read again, and a person finds it where it belongs."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from notion_roadmap.roadmap import Roadmap
from notion_roadmap.templates import load_template, tree
from notion_roadmap.templates.tree import read_tree
from notion_roadmap.templates.write import Comments, template_data, write_template
from templates.roadmaps import NASTY, NASTY_PASSAGES, passages, roadmap_data
from templates.small import SMALL

slow_data = settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def read(text: str) -> Any:
    found = read_tree("mine.yaml", text.encode())
    assert found.problems == []
    return found.data


@slow_data
@given(roadmap_data)
def test_any_roadmap_survives_being_written_and_read(data: dict[str, Any]) -> None:
    roadmap = Roadmap.model_validate(data)
    text = write_template(template_data(roadmap))
    assert Roadmap.model_validate(read(text)) == roadmap
    assert Roadmap.model_validate(yaml.safe_load(text)) == roadmap
    assert write_template(read(text)) == text


@pytest.mark.parametrize("text", [*NASTY, *NASTY_PASSAGES])
@pytest.mark.parametrize("loader", ["CSafeLoader", "SafeLoader"])
def test_a_text_that_yaml_likes_to_misread(text: str, loader: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tree, "_LOADER", getattr(yaml, loader, yaml.SafeLoader))
    data = {"title": text, "mantras": [text, "after"], "phases": [{"notes": text, "tasks": [{"notes": text}]}]}
    assert read(write_template(data, Comments(beside={("title",): "c"}, above={("mantras", 0): ("d",)}))) == data


@given(passages, st.text(max_size=40))
def test_a_comment_changes_nothing(text: str, words: str) -> None:
    data = {"title": text, "phases": [{"notes": text, "tasks": [{"title": text}, {"title": text}]}]}
    places = [("title",), ("phases",), ("phases", 0), ("phases", 0, "notes"), ("phases", 0, "tasks", 1)]
    comments = Comments((words,), dict.fromkeys(places, (words, words)), dict.fromkeys(places, words), (words,))
    assert read(write_template(data, comments)) == data


def test_it_is_laid_out_as_a_person_would() -> None:
    data = {
        "phases": [
            {
                "tasks": [
                    {"skills": ["sql"], "title": "Task 1: SQL", "key": "phase-1/task-1", "hours": 40},
                    {"key": "phase-1/task-2", "title": "No", "description": "many words " * 12 + "end"},
                ],
                "key": "phase-1",
                "title": "First",
                "option": "Phase 1",
                "window": {"as_written": "Weeks 1-4", "end": 4, "unit": "weeks", "start": 1},
                "notes": "# Code\n\n    x = 1\n",
            }
        ],
        "title": "Mine 🚀",
        "key": "mine",
    }
    comments = Comments(
        head=("The roadmap of plan.md.",),
        above={("phases", 0, "tasks", 1): ("added by hand",)},
        beside={("phases", 0, "tasks", 0): "line 12", ("phases", 0, "window", "end"): "guessed: four weeks, line 3"},
    )
    assert write_template(data, comments) == (
        """\
# The roadmap of plan.md.

key: mine
title: Mine 🚀

phases:
  - key: phase-1
    title: First
    option: Phase 1
    window:
      unit: weeks
      start: 1
      end: 4  # guessed: four weeks, line 3
      as_written: Weeks 1-4
    notes: |
      # Code

          x = 1
    tasks:
      - key: phase-1/task-1  # line 12
        title: "Task 1: SQL"
        hours: 40
        skills:
          - sql

      # added by hand
      - key: phase-1/task-2
        title: "No"
        description: >-
          many words many words many words many words many words many words many words many words
          many words many words many words many words end
"""
    )


def test_what_is_as_always_is_left_out() -> None:
    written = write_template(template_data(Roadmap.model_validate(yaml.safe_load(SMALL))))
    assert sorted(filter(None, written.splitlines())) == sorted(SMALL.splitlines())


def test_a_bundled_template_is_written_and_read() -> None:
    roadmap = load_template("data-engineering-career")
    assert Roadmap.model_validate(read(write_template(template_data(roadmap)))) == roadmap


def test_ten_thousand_tasks_are_written_whole() -> None:
    task = {"title": "Task: do it 🚀", "description": "long text " * 20, "skills": ["a", "b"], "hours": 5}
    tasks = [{"key": f"phase-1/task-{number}", **task} for number in range(10_000)]
    text = write_template({"key": "big", "phases": [{"key": "phase-1", "tasks": tasks}]})
    assert text.count("- key: phase-1/task-") == 10_000
