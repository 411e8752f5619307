"""KPIs, the funnel, the job hunt, habits, the chances that a document claims."""

import pytest

from importer.recognising import parts_of, seed
from notion_roadmap.importer.parts.kpis import target_of


def test_the_five_kpis_of_the_career_roadmap() -> None:
    data = seed("002").data

    assert [kpi["name"] for kpi in data["kpis"]] == [
        "Applications Sent",
        "Response Rate",
        "Interview Conversion",
        "Technical Performance",
        "Network Growth",
    ]
    assert data["kpis"][0] == {
        "name": "Applications Sent",
        "words": "Target 15/week (total 60+)",
        "counted": {"kind": "own"},
        "target": 15,
        "period": "week",
        "total_target": 60,
        "active_in": "Phase 5",
    }
    assert data["kpis"][1]["display"] == "percent"
    assert (data["kpis"][4]["target"], data["kpis"][4]["unit"]) == (15, "connections")
    assert data["titles"]["kpis"] == "Weekly KPIs (Track in Notion dashboard)"


@pytest.mark.parametrize(
    ("words", "target"),
    [
        ("Target 15/week (total 60+)", {"target": 15, "period": "week", "total_target": 60}),
        ("Target 25%+ (15+ interview invitations)", {"target": 25, "unit": "%", "display": "percent"}),
        ("at least 1,000 visits per week", {"target": 1000, "period": "week", "unit": "visits"}),
        ("5 Bewerbungen pro Woche", {"target": 5, "period": "week", "unit": "Bewerbungen"}),
        ("3 entretiens par semaine", {"target": 3, "period": "week", "unit": "entretiens"}),
        ("10K users", {"target": 10_000}),
        ("2.5 hours", {"target": 2.5}),
        ("Mock interview scores", {}),
        ("the B2B funnel", {}),
        ("0 incidents", {}),
        ("9" * 400 + "/week", {}),
        ("p95 below 200 ms", {}),
        ("weniger als 5 Fehler pro Woche", {}),
        ("< 3 bugs", {}),
    ],
)
def test_what_a_text_says_is_to_be_reached(words: str, target: dict[str, object]) -> None:
    assert target_of(words) == target


def test_a_table_of_kpis() -> None:
    rows = "| Metric | Target | Source |\n|---|---|---|\n| Uptime | 99.9% | monitor |\n| Posts | 2/week | |\n"

    parts = parts_of(f"## Key Metrics\n\n{rows}")

    assert parts.data["kpis"] == [
        {
            "name": "Uptime",
            "words": "Target: 99.9% · Source: monitor",
            "counted": {"kind": "own"},
            "target": 99.9,
            "unit": "%",
            "display": "percent",
        },
        {"name": "Posts", "words": "Target: 2/week", "counted": {"kind": "own"}, "target": 2, "period": "week"},
    ]
    assert parts.left == []


def test_without_a_column_of_targets_the_last_number_is_the_target() -> None:
    table = "| Metric | Month 3 | Month 12 | How |\n|--|--|--|--|\n| Labs | 10 | 60 | log |\n| Mood | | | ask |\n"

    parts = parts_of(f"## Key Metrics\n\n{table}## KPIs\n- **Talks:** 3\n")

    assert [(kpi["name"], kpi.get("target")) for kpi in parts.data["kpis"]] == [
        ("Labs", 60),
        ("Mood", None),
        ("Talks", 3),
    ]
    assert parts.left == []


def test_boxes_and_sentences_are_no_kpis() -> None:
    boxes = parts_of("## Phase 1: a\n### KPIs\n- [ ] Define 3 KPIs\n- [ ] Learn 2 charts\n")
    sentences = parts_of("## KPIs\n- What a number tells\n- How to ask for one\n- Good: 5\n")

    assert "kpis" not in boxes.data
    assert "kpis" not in sentences.data


def test_the_funnel_of_the_career_roadmap() -> None:
    funnel = seed("002").data["funnel"]

    assert funnel["stages"] == ["Application", "Phone Screen", "Technical", "Final Round", "Offer"]
    assert [(s["target"], s["benchmark"]) for s in funnel["steps"]] == [(25, 12), (70, 50), (60, 40), (50, 25), (5, 2)]
    assert (funnel["steps"][4]["from_stage"], funnel["steps"][4]["to_stage"]) == ("Application", "Offer")
    assert funnel["active_in"] == "Phase 5"


def test_a_funnel_in_other_words() -> None:
    parts = parts_of(
        "## Bewerbungen\n- **Anschreiben -> Gespräch:** 20 %\n- **Gespräch -> Angebot:** 30 % (Durchschnitt 10 %)\n"
    )

    assert parts.data["funnel"]["stages"] == ["Anschreiben", "Gespräch", "Angebot"]
    assert parts.data["funnel"]["steps"][1] == {
        "name": "Gespräch -> Angebot",
        "from_stage": "Gespräch",
        "to_stage": "Angebot",
        "target": 30,
        "benchmark": 10,
        "words": "30 % (Durchschnitt 10 %)",
    }


def test_a_funnel_as_a_table() -> None:
    rows = "| A → B | 20% | 10% |\n| B → C | 50% | |\n| Overall | 10% | |\n"

    parts = parts_of(f"## Pipeline\n\n| Step | Target | Average |\n|--|--|--|\n{rows}")

    assert [(step["target"], step.get("benchmark")) for step in parts.data["funnel"]["steps"]] == [
        (20, 10),
        (50, None),
        (10, None),
    ]
    assert parts.data["funnel"]["stages"] == ["A", "B", "C"]
    assert parts.left == []


def test_arrows_without_percentages_are_no_funnel() -> None:
    assert "funnel" not in parts_of("## Flow\n- **A → B:** copy\n- **B → C:** paste 3\n").data
    assert "funnel" not in parts_of("## Flow\n- **A → B:** 10%\n- Something\n- Else\n- More\n").data


def test_the_job_hunt_loops_of_the_apex_engineer() -> None:
    data = seed("001").data

    assert [(kpi["target"], kpi["unit"], kpi["period"], kpi["active_in"]) for kpi in data["kpis"]] == [
        (5, "jobs", "week", "Phase 1"),
        (10, "jobs", "week", "Phase 2"),
        (15, "jobs", "week", "Phase 3"),
    ]
    assert [line["label"] for line in data["phases"][0]["lines"]] == ["Target", "Resume Keyword"]
    assert "lines" not in data["phases"][3]


def test_a_job_hunt_without_a_weekly_number_is_left_alone() -> None:
    parts = parts_of("## Phase 1: a\n### Job Search\n- **CV:** rewrite\n- **Target:** three firms\n")

    assert "kpis" not in parts.data
    assert len(parts.left) == 3


def test_the_daily_habits_of_the_career_roadmap() -> None:
    habits = seed("002").data["habits"]

    assert habits == [
        {"title": "4 SQL problems", "target": 4, "unit": "SQL problems", "note": "build 500+ problem base"},
        {"title": "2 hours project work", "target": 2, "unit": "hours", "note": "consistent progress"},
        {"title": "1 GitHub commit", "target": 1, "unit": "GitHub commit", "note": "demonstrate consistency"},
        {"title": "30 min industry reading", "target": 30, "unit": "min", "note": "stay current with trends"},
        {"title": "Progress update", "target": 1, "unit": "times", "note": "what shipped today?"},
    ]


@pytest.mark.parametrize(
    ("line", "habit"),
    [
        ("- Lire 10 pages", {"title": "Lire 10 pages", "target": 10, "unit": "pages"}),
        ("- 20-minute walk", {"title": "20-minute walk", "target": 20, "unit": "minute"}),
        ("- **Anki** – 50 cards", {"title": "Anki", "target": 1, "unit": "times", "note": "50 cards"}),
        ("- [ ] Code for one hour", {"title": "Code for one hour", "target": 1, "unit": "times"}),
    ],
)
def test_habits_in_other_words(line: str, habit: dict[str, object]) -> None:
    assert parts_of(f"## Habitudes quotidiennes\n{line}\n").data["habits"] == [habit]


def test_a_checklist_below_a_phase_is_work_of_that_phase() -> None:
    assert "habits" not in parts_of("## Phase 1: a\n### Daily Tasks\n- [ ] read\n").data


def test_a_habit_that_stands_twice_is_kept_once() -> None:
    parts = parts_of("## Daily Habits\n- Read\n- read\n")

    assert [habit["title"] for habit in parts.data["habits"]] == ["Read"]
    assert parts.left == ["- read"]


def test_the_chances_that_the_career_roadmap_claims() -> None:
    claim = seed("002").data["success_probability"]

    assert (claim["base_percent"], claim["base_words"]) == (57.6, "average internship conversion")
    assert [m["percent"] for m in claim["multipliers"]] == [35, 25, 20, 15, 10]
    assert claim["multipliers"][0]["text"] == "Employment-focused skills (SQL + Python + Spark)"
    assert claim["claim"] == "90%+ with disciplined execution"


def test_chances_need_a_base_and_a_claim() -> None:
    assert "success_probability" not in parts_of("## Success probability\nAbout 50%.\n").data
    assert "success_probability" not in parts_of("## Probability theory\nFrom 10%\n\nto 20%\n").data
