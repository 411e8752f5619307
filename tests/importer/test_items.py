"""Tasks from wherever a reader takes them, with everything that stands below them."""

from __future__ import annotations

from typing import Any

import pytest

from importer.making import imported, seed, tasks_of, titles_of
from notion_roadmap.importer import Aliases


def one(text: str) -> dict[str, Any]:
    (task,) = tasks_of(text)
    task.pop("key")
    return task


def test_a_task_of_the_main_document_has_all_its_fields() -> None:
    task = seed("002").data["phases"][0]["tasks"][4]

    assert task == {
        "key": "phase-1/task-5",
        "title": "Task 5: Advanced SQL Fundamentals",
        "description": "Master complex queries (JOINs, CTEs, window functions)",
        "section": "💾 SQL Mastery (HIGHEST EMPLOYMENT PRIORITY)",
        "category": "Learning",
        "priority": "🔴 HIGH",
        "priority_note": "appears in 79.4% of DE jobs",
        "hours": 60,
        "hours_as_written": "60",
        "deliverables": ["200+ solved SQL problems"],
        "expected_proof": "Platform profiles showing top 10% performance",
        "course_resource": "[Databases and SQL for Data Science with Python - IBM (Coursera)]"
        "(https://www.coursera.org/learn/sql-data-science)",
        "skills": ["sql", "databases", "query-optimization"],
        "lines": [
            {
                "label": "Practice Platforms",
                "items": [
                    "StrataScratch (focus on data engineering problems)",
                    "LeetCode SQL (interview preparation)",
                    "HackerRank SQL",
                ],
            },
            {
                "label": "YouTube",
                "text": "[SQL Full Course - FreeCodeCamp](https://www.youtube.com/watch?v=HXV3zeQKqGY)",
            },
        ],
    }


def test_the_counts_of_the_main_document_are_those_of_its_inventory() -> None:
    tasks = [task for phase in seed("002").data["phases"] for task in phase["tasks"]]

    assert sum(task.get("hours", 0) for task in tasks) == 4000
    assert [sum(task["priority"].endswith(level) for task in tasks) for level in ("HIGH", "MEDIUM", "LOW")] == [
        42,
        28,
        2,
    ]
    assert [task["hours_as_written"] for task in tasks if "hours" not in task] == [
        "200+", "100+", "Ongoing", "Ongoing", "1000+", "500+",
    ]  # fmt: skip
    skills = [skill for task in tasks for skill in task["skills"]]
    assert (len(skills), len(set(skills))) == (205, 152)
    assert sum("course_resource" in task for task in tasks) == 59
    assert sum("expected_proof" in task for task in tasks) == 61
    assert sum(len(task["deliverables"]) for task in tasks if len(task.get("deliverables", ())) > 1) == 86
    assert sum("priority_note" in task for task in tasks) == 11
    assert not any("completed" in task for task in tasks)


def test_of_two_tracks_one_is_enough() -> None:
    phase = seed("002").data["phases"][1]

    assert phase["choices"] == [{"key": "primary-platform", "title": "Choose Your Primary Platform"}]
    assert [
        (t["key"], t["scope"], t["track"][:5]) for t in phase["tasks"] if t.get("pick_one") == "primary-platform"
    ] == [
        ("phase-2/task-11a", "required", "AWS T"),
        ("phase-2/task-11b", "alternative", "Azure"),
    ]
    assert [task["key"] for task in phase["tasks"] if task.get("scope") == "stretch"] == ["phase-2/project-4"]


def test_bullets_below_weeks_are_tasks_of_their_week() -> None:
    tasks = seed("003").data["phases"][1]["tasks"]

    assert len(tasks) == 12
    assert {name: value for name, value in tasks[1].items() if name != "key"} == {
        "title": "Build `stg_*` models with source tests.",
        "section": "Week 5",
        "week": "Week 5",
        "window": {"unit": "weeks", "start": 5, "end": 5, "as_written": "Week 5"},
    }


def test_bold_days_are_tasks_and_their_bullets_are_steps() -> None:
    phases = seed("004").data["phases"]
    days = [task for phase in phases for task in phase["tasks"]]

    assert [task["window"]["start"] for task in days] == list(range(1, 61))
    assert [task["title"] for task in days if task.get("completed")] == ["Day 1: ML Fundamentals for Data Engineers"]
    assert (days[0]["week"], days[0]["section"]) == ("Week 1", "Week 1: Core ML & Deep Learning (Days 1-7)")
    labels = [line["label"] for task in days for line in task.get("lines", ())]
    assert [labels.count(name) for name in ("Interview Focus", "Practice Interview", "Topic")] == [45, 7, 3]
    assert sum(len(task["steps"]) for task in days) + len(labels) == 425


def test_objectives_belong_to_their_pillars() -> None:
    tasks = [task for phase in seed("001").data["phases"] for task in phase["tasks"]]

    assert [task.get("pillar") for task in tasks] == [
        "Pillar 1", "Pillar 2", "Pillar 7", "Pillar 4", "Pillar 3", "Pillar 6", "Pillar 3", "Pillar 5", "Pillar 7",
        None, None,
    ]  # fmt: skip
    assert tasks[1]["title"] == "Refactor a slow Pandas script to Polars to internalize the speed difference."
    assert tasks[1]["lines"] == [{"label": "Pillar 2", "text": "Polars"}]
    assert tasks[2]["title"] == "Pillar 7 (Brand)"
    assert [len(task.get("steps", ())) for task in tasks] == [0, 0, 2, 0, 0, 0, 0, 0, 2, 0, 0]


def test_nested_lists_are_steps_with_steps_of_their_own() -> None:
    task = one("## Phase 1\n- [ ] Build\n  - [x] plan\n  - [ ] make\n    - saw\n    - [x] glue\n  - paint\n")

    assert task == {
        "title": "Build",
        "steps": [
            {"text": "plan", "done": True},
            {"text": "make", "steps": ["saw", {"text": "glue", "done": True}]},
            "paint",
        ],
    }


@pytest.mark.parametrize(
    ("entries", "done"),
    [
        ("- [x] a\n- [ ] b\n", [True, False]),
        ("- a ✅\n- b\n", [True, False]),
        ("- ✅ a\n- 🚧 b\n", [True, False]),
        ("- ✅ a\n- ✅ b\n", [False, False]),
        ("- a (done)\n- b (beta)\n", [True, False]),
        ("- ~~a~~\n- b ~~old~~\n", [True, False]),
        ("- [ ] ~~a~~\n- [X] b\n", [False, True]),
    ],
)
def test_what_is_done_is_told_from_what_only_has_a_tick_for_a_bullet(entries: str, done: list[bool]) -> None:
    assert [task.get("completed", False) for task in tasks_of(f"## Phase 1\n{entries}")] == done


def test_links_are_kept_and_titles_are_plain() -> None:
    whole, within, code = tasks_of(
        "## Phase 1\n- [ ] [**Learn** HTML](https://example.org)\n- [ ] See [#412](/412) and *go*\n- [ ] Run `make`\n"
    )

    assert (whole["title"], whole["course_resource"]) == ("Learn HTML", "[**Learn** HTML](https://example.org)") or (
        whole["title"],
        whole["course_resource"],
    ) == ("Learn HTML", "[Learn HTML](https://example.org)")
    assert (within["title"], within["lines"]) == ("See #412 and go", [{"label": "Link", "text": "[#412](/412)"}])
    assert code["title"] == "Run `make`"


def test_labels_of_other_languages_and_of_the_user_are_fields() -> None:
    text = (
        "## Phase 1\n### Aufgabe 1: Lesen\n- **Aufwand:** 3 Std.\n- **Priorität:** hoch\n"
        "- **Beweis:** Foto\n- **Wozu:** Spaß\n"
    )

    (task,) = imported(text, aliases=Aliases.of({"expected_proof": ["Beweis"]})).data["phases"][0]["tasks"]

    assert (task["hours"], task["priority"], task["expected_proof"]) == (3, "hoch", "Foto")
    assert task["lines"] == [{"label": "Wozu", "text": "Spaß"}]
    with pytest.raises(KeyError, match="colour"):
        Aliases.of({"colour": ["Farbe"]})


def test_tables_of_tasks_are_read_by_their_header() -> None:
    text = """
        ## Part I
        | Week | Topic | Hours | Resources | Mood | Done |
        |-----:|-------|------:|-----------|------|:----:|
        | 1 | Vectors | 6 | [Notes](/1) | calm | ✅ |
        | 2 | Maps | 5.5 | | | |
        ## Books
        | Title | Author |
        |---|---|
        | A | B |
        """

    first, second = tasks_of(text)

    assert {name: value for name, value in first.items() if name != "key"} == {
        "title": "Vectors",
        "week": "Week 1",
        "window": {"unit": "weeks", "start": 1, "end": 1, "as_written": "Week 1"},
        "hours": 6,
        "hours_as_written": "6",
        "course_resource": "[Notes](/1)",
        "lines": [{"label": "Mood", "text": "calm"}],
        "completed": True,
    }
    assert (second["title"], second["hours"], "completed" in second) == ("Maps", 5.5, False)


def test_fences_quotes_html_and_contents_are_never_tasks() -> None:
    text = """
        # P
        - [Phase 1](#phase-1)

        ## Phase 1
        - [ ] real

        ```
        - [ ] fenced
        # no heading
        ```
        > - [ ] quoted

        <!-- - [ ] hidden -->
        """

    assert titles_of(text) == {"Phase 1": ["real"]}
    assert "- [ ] fenced" in imported(text).data["phases"][0]["notes"]


def test_lists_beside_the_work_are_lines_of_the_phase() -> None:
    phase = imported(
        "## Phase 1\n### Goals\n- know\n- can\n### Topics\n- [ ] a\n### Prerequisites\n- time\n## Phase 2\n- b\n"
    ).data["phases"][0]

    assert [task["title"] for task in phase["tasks"]] == ["a"]
    assert phase["lines"] == [
        {"label": "Goals", "items": ["know", "can"]},
        {"label": "Prerequisites", "items": ["time"]},
    ]


def test_what_is_optional_is_a_guess_with_its_line() -> None:
    found = imported("## Phase 1\n- [ ] a\n- [ ] b (optional)\n### Bonus: more\n- [ ] c\n")

    assert [task.get("scope") for task in found.data["phases"][0]["tasks"]] == [None, "stretch", "stretch"]
    assert [(guess.path, guess.value, guess.line) for guess in found.guesses] == [
        ("phases/0/tasks/1/scope", "stretch", 3),
        ("phases/0/tasks/2/scope", "stretch", 5),
    ]


def test_one_of_a_list_may_be_enough() -> None:
    phase = imported("## Phase 1\n- [ ] a\n### Pick one language:\n- [ ] Go\n- [ ] Rust\n").data["phases"][0]

    assert [choice["title"] for choice in phase["choices"]] == ["Pick one language"]
    assert [task.get("scope") for task in phase["tasks"]] == [None, "required", "alternative"]


def test_numbered_headings_are_tasks_where_they_are_told_like_tasks() -> None:
    steps = "## Phase 1\n### 1.1 Dry run\n### 1.2 Switch\n\nAt night.\n"
    topics = "## Phase 2\n### 1. Sound\n- hear\n### 2. Light\n- see\n"

    assert titles_of(steps + topics) == {"Phase 1": ["1.1 Dry run", "1.2 Switch"], "Phase 2": ["hear", "see"]}


def test_a_title_that_is_too_long_goes_on_in_the_notes() -> None:
    long = "word " * 500 + "end"
    task = one(f"## Phase 1\n- [ ] {long}\n")

    assert len(task["title"]) <= 2000
    assert task["notes"].endswith("end")


def test_a_category_is_guessed_only_where_the_document_has_categories() -> None:
    found = seed("002")
    categories = {guess.path: guess.value for guess in found.guesses if guess.path.endswith("/category")}

    assert len(categories) == 72
    assert sorted(set(categories.values())) == ["Certification", "Learning", "Portfolio", "Project"]
    assert not any("category" in task for task in tasks_of("## Phase 1\n- [ ] Project 1: a\n"))


def test_labels_may_hold_the_tasks_of_a_phase() -> None:
    labels = "- **Goals**: run\n- **Deliverables**:\n  - store\n  - search\n- **Success Metrics**:\n  - fast\n"

    phase = imported(f"## Phase 1\n{labels}## Phase 2\n- x\n").data["phases"][0]

    assert phase["goal"] == "run"
    assert [task["title"] for task in phase["tasks"]] == ["store", "search"]
    assert phase["lines"] == [{"label": "Success Metrics", "items": ["fast"]}]


def test_where_a_phase_has_boxes_bold_lists_without_them_are_its_lines() -> None:
    phase = imported("## Phase 1\n**Work**\n- [ ] a\n\n**Milestones**:\n- freeze\n").data["phases"][0]

    assert [task["title"] for task in phase["tasks"]] == ["a"]
    assert phase["lines"] == [{"label": "Milestones", "items": ["freeze"]}]


def test_tickets_are_tasks_with_what_stands_below_them() -> None:
    first, second = tasks_of(
        "## Phase 1\n### P1.1: Export\n**Why:** asked for\n\n**Scope:**\n- CSV\n### FN-2: Share\n- link\n"
    )

    assert (first["title"], first["lines"]) == ("P1.1: Export", [{"label": "Why", "text": "asked for"}])
    assert (second["title"], second["steps"]) == ("FN-2: Share", ["link"])


def test_a_bold_first_line_is_the_title_and_the_rest_tells_about_it() -> None:
    assert one("## Phase 1\n1. **Learn statistics**\n   Read the [book](/b).\n") == {
        "title": "Learn statistics",
        "description": "Read the [book](/b).",
    }
