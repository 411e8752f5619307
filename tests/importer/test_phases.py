"""Which sections a reader would take for phases."""

from __future__ import annotations

import pytest

from importer.making import imported, seed, titles_of
from notion_roadmap.importer import NothingToDo, import_markdown


@pytest.mark.parametrize(
    ("number", "phases"),
    [
        ("000", [("Foundation Phase", 3), ("Integration Phase", 3), ("Innovation Phase", 3), ("Scale Phase", 3)]),
        ("001", [("The Foundation", 3), ("The Builder", 3), ("The Architect", 3), ("The Apex", 2)]),
        (
            "002",
            [
                ("Foundation Mastery", 10),
                ("Big Data & Cloud Mastery", 14),
                ("Streaming & Infrastructure", 12),
                ("ML Integration & System Design", 12),
                ("Interview Domination & Job Search", 13),
                ("Senior Acceleration", 5),
                ("Leadership & Entrepreneurship", 6),
            ],
        ),
        (
            "003",
            [
                ("Modeling and Advanced SQL", 12),
                ("dbt Core Deep Dive", 12),
                ("Airflow Orchestration", 12),
                ("Ingestion and CDC", 11),
                ("Quality, Contracts, Lineage, Governance", 9),
                ("Capstone and Job Readiness", 10),
            ],
        ),
        (
            "004",
            [
                ("ML/AI TECHNICAL FOUNDATIONS", 15),
                ("SYSTEM DESIGN & ARCHITECTURE", 15),
                ("PRINCIPAL-LEVEL SKILLS", 15),
                ("INTERVIEW MASTERY", 15),
            ],
        ),
    ],
)
def test_the_five_documents_have_their_phases_and_tasks(number: str, phases: list[tuple[str, int]]) -> None:
    found = seed(number)

    assert [(phase["title"], len(phase["tasks"])) for phase in found.data["phases"]] == phases
    assert [account for account in found.lines if account.kind == "not_understood"] == []


def test_documented_options_name_the_phases() -> None:
    phases = seed("002").data["phases"]

    assert [phase["option"] for phase in phases][4:] == ["Phase 5", "Lottery", "Multiplier"]
    assert phases[5]["heading"] == "🎰 PHASE 6 - LOTTERY: Senior Acceleration (Apr – Dec 2027)"


def test_the_head_of_a_phase_becomes_its_fields() -> None:
    phase = seed("002").data["phases"][1]

    assert phase["goal"] == "Master enterprise-scale technologies"
    assert phase["market"]["label"] == "Market Focus"
    assert phase["timeline"] == "16 weeks"
    assert phase["success_metric"] == "Process 10M+ records + Cloud certification earned"
    assert seed("004").data["phases"][0]["lines"] == [
        {"label": "Focus", "text": "Bridge from Data Engineering to ML Engineering"}
    ]


def test_the_outer_level_is_the_phase_unless_it_is_alone() -> None:
    nested = "# P\n## Phase 1\n### Week 1\n- a\n### Week 2\n- b\n## Phase 2\n### Week 3\n- c\n"
    alone = "# P\n## Phase 1\n### Week 1\n- a\n### Week 2\n- b\n"

    assert titles_of(nested) == {"Phase 1": ["a", "b"], "Phase 2": ["c"]}
    assert titles_of(alone) == {"Week 1": ["a"], "Week 2": ["b"]}


def test_a_few_weeks_are_phases_and_many_are_one_course() -> None:
    def weeks(count: int) -> str:
        return "# Course\n" + "".join(f"## Week {n}\n- task {n}\n" for n in range(1, count + 1))

    assert len(titles_of(weeks(12))) == 12
    (phase,) = imported(weeks(20)).data["phases"]
    assert phase["title"] == "Course"
    assert [task["week"] for task in phase["tasks"]][:2] == ["Week 1", "Week 2"]


def test_sections_around_the_work_are_no_phases() -> None:
    text = """
        # Path
        ## Introduction
        - hello
        ## Basics
        - [ ] a
        ## Advanced topics
        - [ ] b
        ## Resources
        - [ ] [Book](https://example.org)
        ## FAQ
        - why
        ## Lizenz
        - frei
        """

    assert titles_of(text) == {"Basics": ["a"], "Advanced topics": ["b"]}


def test_a_readme_is_read_for_its_plan() -> None:
    text = "# Tool\n## Features\n- fast\n## Usage\n- run it\n## Roadmap\n- Plug-ins\n- Themes\n"

    assert list(titles_of(text).values()) == [["Plug-ins", "Themes"]]


def test_horizons_join_and_what_is_shipped_is_done() -> None:
    phases = imported("# R\n## v1.0\n- [ ] a\n## v1.1\n- [ ] b\n## Backlog\n- [ ] c\n").data["phases"]
    shipped = imported("# R\n## Now\n- a\n## Shipped\n- b\n").data["phases"]

    assert [phase["title"] for phase in phases] == ["v1.0", "v1.1", "Backlog"]
    assert [task.get("completed", False) for phase in shipped for task in phase["tasks"]] == [False, True]


def test_a_document_without_phases_is_one_phase() -> None:
    assert titles_of("# To do\n- [ ] a\n- [x] b\n") == {"To do": ["a", "b"]}
    assert titles_of("- a\n- b\n") == {"plan": ["a", "b"]}


def test_phases_may_stand_in_a_list() -> None:
    assert titles_of("# P\n- **Phase 1: A** (Weeks 1-2)\n  - a\n- **Phase 2: B**\n  - b\n  - c\n") == {
        "A": ["a"],
        "B": ["b", "c"],
    }


@pytest.mark.parametrize(
    "text", ["", "# Title\n", "Only words.\n", "# A\n\nWords.\n\n> quoted\n", "```\n- [ ] no\n```\n"]
)
def test_where_nothing_is_to_be_done_it_is_said(text: str) -> None:
    with pytest.raises(NothingToDo, match="notes") as refused:
        import_markdown(text.encode(), name="notes")

    assert refused.value.name == "notes"


def test_options_are_short_have_no_comma_and_are_told_apart() -> None:
    long = "Quality, contracts and " + "very " * 40 + "long"
    text = f"# P\n## {long} one\n- [ ] a\n## {long} two\n- [ ] b\n## Phase 1\n- [ ] c\n## Phase 1\n- [ ] d\n"

    options = [phase["option"] for phase in imported(text).data["phases"]]

    assert len(set(options)) == len(options)
    assert all("," not in option and len(option) <= 100 for option in options)
