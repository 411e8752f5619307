"""Success criteria, requirements."""

from importer.recognising import parts_of, seed


def test_each_phase_of_the_career_roadmap_has_its_five() -> None:
    phases = seed("002").data["phases"]

    assert [len(phase.get("criteria", ())) for phase in phases] == [5, 5, 5, 5, 5, 0, 0]
    assert phases[0]["criteria_title"] == "🏆 Phase 1 Success Criteria (Must Complete 100% Before Phase 2)"
    assert phases[0]["criteria"][0] == {"text": "250+ SQL problems solved (LeetCode/StrataScratch top 10%)"}


def test_weekly_criteria_go_to_the_phase_of_their_days() -> None:
    phases = seed("004").data["phases"]

    assert [[c["group"] for c in phase["criteria"]][::3] for phase in phases] == [
        ["Week 1 (Days 1-7)", "Week 2 (Days 8-15)"],
        ["Week 3 (Days 16-22)", "Week 4 (Days 23-30)"],
        ["Week 5 (Days 31-37)", "Week 6 (Days 38-45)"],
        ["Week 7 (Days 46-52)", "Week 8 (Days 53-60)"],
    ]
    assert {phase["criteria_title"] for phase in phases} == {"✅ Success Criteria"}
    assert not any("met" in criterion for phase in phases for criterion in phase["criteria"])


def test_the_requirements_of_the_career_roadmap() -> None:
    data = seed("002").data

    assert data["titles"]["requirements"] == "Non-Negotiable Success Requirements"
    assert data["requirements"][0] == {"text": "500+ SQL problems solved", "note": "interview readiness"}
    assert len(data["requirements"]) == 5


def test_boxes_of_a_stranger_say_what_is_met() -> None:
    parts = parts_of("## Phase 1: Start\n\n**Erfolgskriterien:**\n- [x] Erster Dienst läuft\n- [ ] Tests grün\n")

    assert parts.data["phases"][0]["criteria"] == [
        {"text": "Erster Dienst läuft", "met": True},
        {"text": "Tests grün"},
    ]
    assert parts.left == []


def test_signs_that_differ_say_what_is_met() -> None:
    parts = parts_of("## Phase 1: Start\n\n### Definition of Done\n- ✅ Deployed\n- ❌ Documented\n")

    assert parts.data["phases"][0]["criteria"] == [{"text": "Deployed", "met": True}, {"text": "Documented"}]


def test_criteria_at_the_end_name_their_phases() -> None:
    text = "## Phase 1: Walk\n- a\n## Phase 2: Run\n- b\n## Critères de réussite\n### Phase 2\n- Dix kilomètres\n"

    phases = parts_of(text).data["phases"]

    assert "criteria" not in phases[0]
    assert phases[1]["criteria"] == [{"text": "Dix kilomètres", "group": "Phase 2"}]


def test_criteria_of_no_phase_are_requirements_of_the_whole() -> None:
    parts = parts_of("## Phase 1: Walk\n- a\n\n## Success Criteria\n- Five users (real ones)\n")

    assert parts.data["requirements"] == [{"text": "Five users", "note": "real ones"}]
    assert parts.data["titles"] == {"requirements": "Success Criteria"}


def test_criteria_within_a_week_are_grouped_by_it() -> None:
    parts = parts_of("## Phase 1: Walk\n### Week 2\n- do\n#### Success criteria\n- done\n")

    assert parts.data["phases"][0]["criteria"] == [{"text": "done", "group": "Week 2"}]
    assert parts.left == ["### Week 2", "- do"]


def test_criteria_of_a_task_are_left_to_it() -> None:
    parts = parts_of("## Phase 1: Walk\n### Task: parser\n**Acceptance criteria:**\n- parses\n")

    assert "criteria" not in parts.data["phases"][0]
    assert len(parts.left) == 3


def test_a_heading_that_tells_more_is_left_alone() -> None:
    parts = parts_of("## Phase 1: Walk\n### Learn success\n- criteria of tests\n## Requirements engineering\n- x\n")

    assert set(parts.data) == {"phases"}
    assert parts.data["phases"][0].keys() == {"title", "option"}
