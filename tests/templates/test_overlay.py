"""Overlays: decisions made by hand, laid over what an import gave."""

from __future__ import annotations

from contextlib import suppress
from copy import deepcopy
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings

from notion_roadmap.roadmap import Roadmap
from notion_roadmap.templates import Problem, TemplateInvalid
from notion_roadmap.templates.overlay import merged, read_overlay, renamed
from notion_roadmap.templates.write import write_template
from templates.roadmaps import of_model, roadmap_data
from templates.small import SMALL

DATA: dict[str, Any] = yaml.safe_load(SMALL)

slow_data = settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def laid(overlay: str, data: dict[str, Any] = DATA) -> dict[str, Any]:
    return merged(data, read_overlay("over.yaml", overlay.encode()))


def problems_of(overlay: str) -> tuple[Problem, ...]:
    with pytest.raises(TemplateInvalid) as caught:
        laid(overlay)
    return caught.value.problems


def keys(entries: list[dict[str, Any]]) -> list[str]:
    return [entry["key"] for entry in entries]


@pytest.mark.parametrize("nothing", ["", "\n", "# only words\n", "  # indented\n\n"])
def test_an_empty_overlay_changes_nothing(nothing: str) -> None:
    assert laid(nothing) == DATA


@slow_data
@given(roadmap_data)
def test_an_empty_overlay_changes_nothing_of_any_roadmap(data: dict[str, Any]) -> None:
    assert laid("", data) == data


@slow_data
@given(roadmap_data, of_model(Roadmap))
def test_laid_twice_it_is_as_laid_once(data: dict[str, Any], over: dict[str, Any]) -> None:
    before = deepcopy(data)
    overlay = read_overlay("over.yaml", write_template(over).encode())
    with suppress(TemplateInvalid):  # a name that stands twice by chance
        once = merged(data, overlay)
        assert merged(once, overlay) == once
    assert data == before


def test_mappings_merge_deep_and_values_replace() -> None:
    result = laid("title: Other\nfunnel:\n  title: Applying\n  active_in: phase-1\nicon: 🚀\n")
    assert result["title"] == "Other"
    assert result["icon"] == "🚀"
    assert result["funnel"] == {**DATA["funnel"], "title": "Applying", "active_in": "phase-1"}


def test_entries_merge_by_their_name() -> None:
    result = laid(
        """
tracking:
  properties:
    - role: category
      options:
        - name: Project
          color: red
phases:
  - key: phase-1
    tasks:
      - key: phase-1/two
        hours: 3
        skills: [go]
"""
    )
    category = next(one for one in result["tracking"]["properties"] if one["role"] == "category")
    assert category["options"] == [{"name": "Learning"}, {"name": "Project", "color": "red"}]
    assert result["phases"][0]["tasks"][0] == DATA["phases"][0]["tasks"][0]
    assert result["phases"][0]["tasks"][1] == {**DATA["phases"][0]["tasks"][1], "hours": 3, "skills": ["go"]}


def test_lists_without_names_replace() -> None:
    result = laid("phases: [{key: phase-1, tasks: [{key: phase-1/one, skills: [go], lines: [{label: A, text: b}]}]}]")
    assert result["phases"][0]["tasks"][0]["skills"] == ["go"]


def test_null_takes_a_field_away() -> None:
    result = laid("funnel: null\nphases: [{key: phase-1, tasks: [{key: phase-1/one, hours: null}]}]")
    assert "funnel" not in result
    assert "hours" not in result["phases"][0]["tasks"][0]


def test_a_whole_new_entry_is_added_where_it_says() -> None:
    new = "{key: phase-1/new, title: New%s}"
    at_the_end = laid(f"phases: [{{key: phase-1, tasks: [{new % ''}]}}]")
    assert keys(at_the_end["phases"][0]["tasks"]) == ["phase-1/one", "phase-1/two", "phase-1/new"]
    first = laid(f"phases: [{{key: phase-1, tasks: [{new % ', before: phase-1/one'}]}}]")
    assert keys(first["phases"][0]["tasks"]) == ["phase-1/new", "phase-1/one", "phase-1/two"]
    assert first["phases"][0]["tasks"][0] == {"key": "phase-1/new", "title": "New"}
    second = laid(f"phases: [{{key: phase-1, tasks: [{new % ', after: phase-1/one'}]}}]")
    assert keys(second["phases"][0]["tasks"]) == ["phase-1/one", "phase-1/new", "phase-1/two"]


def test_an_entry_can_be_moved_and_removed() -> None:
    assert keys(laid("phases: [{key: phase-2, before: phase-1}]")["phases"]) == ["phase-2", "phase-1"]
    assert keys(laid("kpis: [{key: offers, remove: true}]")["kpis"]) == ["problems"]


def test_everything_wrong_is_named_with_its_line_and_path() -> None:
    found = problems_of(
        """\
titel: Mine
phases:
  - key: phase-1
    tasks:
      - key: phase-1/tow
        hours: 4
      - key: phase-1/one
        huors: 4
      - key: phase-1/two
        after: phase-1/on
  - key: phase-9
    remove: true
"""
    )
    assert [(problem.path, problem.line, problem.column, problem.field) for problem in found] == [
        ("over.yaml", 1, 1, "titel"),
        ("over.yaml", 5, 9, "phases[0].tasks[0]"),
        ("over.yaml", 8, 9, "phases[0].tasks[1].huors"),
        ("over.yaml", 10, 16, "phases[0].tasks[2].after"),
        ("over.yaml", 11, 5, "phases[1]"),
    ]
    assert [problem.message for problem in found] == [
        "unknown key; did you mean 'title'?",
        "no entry has the key 'phase-1/tow'; did you mean 'phase-1/two'?",
        "unknown key; did you mean 'hours'?",
        "no entry 'phase-1/on' is there; did you mean 'phase-1/one'?",
        "no entry has the key 'phase-9'; did you mean 'phase-2'?",
    ]
    assert found[1].allowed == "phase-1/one, phase-1/two; a whole new entry needs title"


def test_a_name_that_stands_twice_cannot_be_addressed() -> None:
    data = {**DATA, "books": [{"title": "A"}, {"title": "A"}]}
    with pytest.raises(TemplateInvalid) as caught:
        laid("books: [{title: A, note: x}]", data)
    assert caught.value.problems[0].message == "2 entries have the title 'A'"


@pytest.mark.parametrize("broken", ["- a", "a: [", "title: *a", "words"])
def test_what_is_no_overlay_is_refused(broken: str) -> None:
    with pytest.raises(TemplateInvalid):
        laid(broken)


def test_a_renamed_thing_is_called_so_wherever_it_is_spoken_of() -> None:
    data = {
        "kpis": [{"key": "a-long-sentence", "name": "a-long-sentence", "active_in": "phase-1"}],
        "requirements": [{"key": "other", "measure": {"kpi": "a-long-sentence", "target": 1}}],
    }
    overlay = read_overlay("over.yaml", b"rename: {a-long-sentence: short}")

    assert renamed(data, overlay) == {
        "kpis": [{"key": "short", "name": "a-long-sentence", "active_in": "phase-1"}],
        "requirements": [{"key": "other", "measure": {"kpi": "short", "target": 1}}],
    }
    assert renamed(renamed(data, overlay), overlay) == renamed(data, overlay)
    assert merged(renamed(data, overlay), overlay) == renamed(data, overlay)


@pytest.mark.parametrize("rename", ["{nobody: someone}", "{phase-1: 3}", "[phase-1]"])
def test_renaming_what_is_not_there_is_refused_with_its_line(rename: str) -> None:
    overlay = read_overlay("over.yaml", f"# words\nrename: {rename}".encode())

    with pytest.raises(TemplateInvalid) as caught:
        renamed(DATA, overlay)
    assert [problem.line for problem in caught.value.problems] == [2]
