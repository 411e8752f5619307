"""The weekly review, the transition, rules, the emergency, routines."""

import pytest

from importer.recognising import parts_of, seed


def test_the_weekly_review_of_the_career_roadmap() -> None:
    review = seed("002").data["weekly_review"]

    assert review["title"] == "Week of [Date]"
    assert [(s["title"], s["style"], len(s["fields"])) for s in review["sections"]] == [
        ("Completed This Week", "checklist", 4),
        ("Metrics", "list", 4),
        ("Next Week Priorities", "numbered", 3),
        ("Blockers/Challenges", "list", 2),
    ]
    assert review["sections"][1]["fields"][3] == {
        "text": "Applications sent: [X]",
        "active_in": "Phase 5",
        "note": "if in Phase 5",
        "kpi": "Applications Sent",
    }
    assert review["sections"][0]["fields"][3]["kpi"] == "Network Growth"


def test_a_review_without_a_fence() -> None:
    parts = parts_of("## Wochenrückblick\n### Rückblick\n- Was lief gut?\n### Ausblick\n1. Ziel eins\n")

    assert parts.data["weekly_review"] == {
        "title": "Wochenrückblick – [Date]",
        "sections": [
            {"title": "Rückblick", "style": "list", "fields": [{"text": "Was lief gut?"}]},
            {"title": "Ausblick", "style": "numbered", "fields": [{"text": "Ziel eins"}]},
        ],
    }
    assert parts.left == []


def test_the_title_of_a_review_says_its_week() -> None:
    parts = parts_of("## Weekly Review\n```\n# Semana del [fecha]\n## Hecho\n- [ ] algo\n```\n")

    assert parts.data["weekly_review"]["title"] == "Semana del [Date]"
    assert parts.left == []


def test_a_review_in_words_alone_is_no_form() -> None:
    parts = parts_of("## Weekly Review\nWe meet on Fridays.\n")

    assert "weekly_review" not in parts.data
    assert len(parts.left) == 2


def test_the_transition_of_the_career_roadmap() -> None:
    assert seed("002").data["transition"] == {
        "title": "Phase [X] → Phase [Y] Transition",
        "criteria_title": "All Success Criteria Met",
        "placeholders": ["Criterion 1", "Criterion 2", "Criterion 3"],
        "items": ["Portfolio updated", "LinkedIn profile updated", "Resume updated with new skills"],
        "ready": "Ready for Next Phase: ✅/❌",
    }


def test_a_transition_as_a_list() -> None:
    parts = parts_of("## Phase Gate\n- [ ] Notes filed\n- [ ] Demo given\n")

    assert parts.data["transition"] == {
        "title": "Phase Gate",
        "criteria_title": "Phase Gate",
        "items": ["Notes filed", "Demo given"],
    }


def test_the_four_rules_of_the_career_roadmap() -> None:
    rules = seed("002").data["risk_rules"]

    assert [rule["condition"] for rule in rules] == [
        "behind on technical skills",
        "project quality concerns",
        "interview performance issues",
        "job market changes",
    ]
    assert [len(rule["actions"]) for rule in rules] == [3, 3, 3, 3]


@pytest.mark.parametrize(
    "text",
    [
        "- If ill → rest\n- If tired → sleep",
        "- If ill, then rest\n- if tired then sleep",
        "- **Ill:** rest\n- **Tired:** sleep",
        "- ill\n  - rest\n- tired\n  - sleep",
        "| Risk | Mitigation |\n|---|---|\n| ill | rest |\n| tired | sleep |",
        "**If ill:**\n- rest\n\n**If tired:**\n- sleep",
        "```\nIF ill:\n- rest\n\nIF tired:\n- sleep\n```",
    ],
)
def test_rules_in_other_shapes(text: str) -> None:
    rules = parts_of(f"## Risks\n\n{text}\n").data["risk_rules"]

    assert [(rule["condition"].lower(), rule["actions"]) for rule in rules] == [
        ("ill", ["rest"]),
        ("tired", ["sleep"]),
    ]


def test_what_lies_between_risk_and_remedy_is_kept() -> None:
    text = "## Riesgos\n| Riesgo | Impacto | Plan |\n|--|--|--|\n| Falta tiempo | alto | menos alcance |\n"

    assert parts_of(text).data["risk_rules"] == [
        {"condition": "Falta tiempo · Impacto: alto", "actions": ["menos alcance"]}
    ]


def test_a_table_with_a_column_of_remedies_stands_below_a_heading_of_its_own() -> None:
    table = "| Dependency | Mitigation |\n|--|--|\n| firmware | second supplier |\n"

    parts = parts_of(f"## Dependencies & Risks\n### External\n{table}### Staff\n| Who | When |\n|--|--|\n| a | b |\n")

    assert parts.data["risk_rules"] == [{"condition": "firmware", "actions": ["second supplier"]}]
    assert parts.left == ["### External", "### Staff", "| Who | When |", "| a | b |"]


def test_sentences_about_risks_and_other_parts_are_no_rules() -> None:
    assert "risk_rules" not in parts_of("## Risks\n- None so far\n- We will see\n").data
    assert "risk_rules" not in parts_of("## Risk\n### Books\n- A\n### Timeline\n- 2027: b\n").data


def test_the_emergency_protocol_of_the_career_roadmap() -> None:
    protocol = seed("002").data["emergency"]

    assert protocol["condition"] == "If behind schedule by >2 weeks"
    assert protocol["threshold_weeks"] == 2
    assert len(protocol["steps"]) == 6


def test_a_protocol_in_days_and_words_of_another_language() -> None:
    text = "## Plan de emergencia\nSi hay más de 14 días de retraso:\n- Dejar lo opcional\n"

    protocol = parts_of(text).data["emergency"]

    assert (protocol["threshold_weeks"], protocol["steps"]) == (2, ["Dejar lo opcional"])


def test_a_protocol_that_names_no_delay_is_left_alone() -> None:
    assert "emergency" not in parts_of("## Emergency\nCall for help:\n- the mentor\n").data


def test_the_weekly_loop_of_the_apex_engineer() -> None:
    (routine,) = seed("001").data["routines"]

    assert (routine["rhythm"], routine["words"]) == ("weekly", "Standard Operating Procedure for every week:")
    assert [block["title"] for block in routine["blocks"]] == ["Monday-Wednesday", "Thursday", "Friday", "Weekend"]
    assert routine["blocks"][0]["text"] == "Deep Work (Building features, coding)."


def test_the_weekly_checklist_of_the_analytics_engineer() -> None:
    parts = seed("003")

    (routine,) = parts.data["routines"]
    assert (routine["title"], routine["rhythm"], len(routine["blocks"])) == ("Weekly Checklist", "weekly", 5)
    assert routine["blocks"][0] == {"title": "Plan", "text": "define scope and target deliverables."}
    assert "For every week:" not in parts.left


def test_the_daily_sessions_of_the_architect() -> None:
    data = seed("004").data
    *daily, after = data["routines"]

    assert [(r["title"], r["rhythm"], r["duration"]) for r in daily] == [
        ("Morning Session", "daily", "2-3 hours"),
        ("Afternoon Session", "daily", "1.5-2 hours"),
        ("Evening Session", "daily", "1 hour"),
    ]
    assert [[len(block["steps"]) for block in r["blocks"]] for r in daily] == [[3, 3]] * 3
    assert daily[0]["blocks"][0]["duration"] == "1.5-2 hours"
    assert data["titles"]["routines"] == "🎯 Daily Study Routine (5-6 hours)"
    assert (after["rhythm"], [len(block["steps"]) for block in after["blocks"]]) == ("afterwards", [4, 4, 4])


@pytest.mark.parametrize(
    ("text", "rhythm", "titles"),
    [
        (
            "## Wochenplan\n| Tag | Was |\n|--|--|\n| Montag | Lesen |\n| Dienstag | Üben |",
            "weekly",
            ["Montag", "Dienstag"],
        ),
        ("## Rutina diaria\n- Leer (20 minutos)\n- Escribir", "daily", ["Leer", "Escribir"]),
        ("## Daily Schedule\n- 09:00-10:00: Read\n- 10:00-11:00: Write", "daily", ["09:00-10:00", "10:00-11:00"]),
        ("## How I study\n- **Mon:** read\n- **Tue:** write", "weekly", ["Mon", "Tue"]),
    ],
)
def test_routines_in_other_words(text: str, rhythm: str, titles: list[str]) -> None:
    (routine,) = parts_of(text).data["routines"]

    assert routine["rhythm"] == rhythm
    assert [block["title"] for block in routine["blocks"]] == titles


def test_a_weekly_checklist_within_a_phase_is_left_to_it() -> None:
    parts = parts_of("## Phase 1: a\n### Weekly Checklist\n- [ ] read\n- [ ] write\n")

    assert "routines" not in parts.data
    assert len(parts.left) == 3
