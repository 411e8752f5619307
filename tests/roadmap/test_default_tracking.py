"""The tracking of a document that describes none."""

from __future__ import annotations

import yaml

from notion_roadmap.roadmap import default_tracking

DAYS = yaml.safe_load(
    """
    - option: Phase 1
      tasks:
        - {title: Day 1, week: Week 1, hours: 3, skills: [sql, go], category: Learning}
        - {title: Day 2, week: Week 1, skills: [go]}
    - option: Phase 2
      tasks:
        - {title: Day 8, week: Week 2, priority: HIGH, pillar: Rope}
    """
)


def test_a_column_for_what_tasks_have_and_no_other() -> None:
    tracking = default_tracking("Plan", DAYS, [{"option": "Rock"}])

    assert [(one.role, [option.name for option in one.options]) for one in tracking.properties] == [
        ("task", []),
        ("phase", ["Phase 1", "Phase 2"]),
        ("pillar", ["Rock", "Rope"]),
        ("week", ["Week 1", "Week 2"]),
        ("status", ["⏸️ Not Started", "🟡 In Progress", "🔴 Blocked", "✅ Completed"]),
        ("category", ["Learning"]),
        ("priority", ["HIGH"]),
        ("hours", []),
        ("skills", ["sql", "go"]),
        ("due_date", []),
        ("notes", []),
    ]
    assert [view.group_by for view in tracking.views] == ["Week", "Pillar", "Phase", "Status", None, None]


def test_a_list_without_anything_has_the_least() -> None:
    tracking = default_tracking("List", [{"option": "All", "tasks": [{"title": "One"}]}])

    assert [one.role for one in tracking.properties] == ["task", "phase", "status", "due_date", "notes"]
    assert [view.key for view in tracking.views] == ["status-kanban", "calendar", "all-tasks"]
    assert {option.means for option in tracking.property("status").options} == {  # type: ignore[union-attr]
        "not_started", "in_progress", "blocked", "completed",
    }  # fmt: skip
