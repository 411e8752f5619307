"""Resources, books, statistics, timeline, principles, mantras, competencies, questions, mappings, pillars, the goal."""

import pytest

from importer.recognising import parts_of, seed


def test_the_resources_of_the_career_roadmap() -> None:
    data = seed("002").data

    assert [(t["title"], len(t["resources"])) for t in data["resources"]] == [
        ("Coursera (University-Backed, Professional Certificates)", 5),
        ("Udemy (Practical, Project-Based)", 5),
        ("YouTube (Free, Comprehensive)", 5),
    ]
    assert data["resources"][1]["columns"] == ["Course", "Focus Area", "Instructor", "Cost", "Priority"]
    assert data["resources"][1]["resources"][3] == {
        "title": "[Docker & Kubernetes: The Practical Guide]"
        "(https://www.udemy.com/course/docker-kubernetes-the-practical-guide/)",
        "focus": "Containers",
        "instructor": "Maximilian Schwarzmüller",
        "cost": "$50-100",
        "priority": "🟡 MEDIUM",
    }
    assert data["titles"]["resources"] == "🎓 Primary Course Resources by Platform"
    assert [r["title"] for r in data["practice_platforms"]["resources"]] == [
        "StrataScratch",
        "LeetCode",
        "DataLemur",
        "Databricks Community",
        "AWS Free Tier",
    ]


def test_the_books_of_the_career_roadmap() -> None:
    books = seed("002").data["books"]

    assert books[0] == {
        "title": "Designing Data-Intensive Applications",
        "author": "Martin Kleppmann",
        "note": "System Design",
    }
    assert books[4] == {"title": "Clean Code", "author": "Robert Martin"}


def test_the_resources_of_the_architect() -> None:
    data = seed("004").data

    assert [book["author"] for book in data["books"]] == [
        "Martin Kleppmann",
        "Ali Aminian & Alex Xu",
        "Chip Huyen",
        "Emmanuel Ameisen",
        "Todd Underwood et al.",
    ]
    assert [(t["title"], len(t["resources"])) for t in data["resources"]] == [
        ("Online Courses", 4),
        ("Engineering Blogs (Must Read)", 8),
    ]
    assert data["resources"][0]["resources"] == [
        {"title": "[Full Stack Deep Learning](https://fullstackdeeplearning.com/)"},
        {"title": "[Made With ML](https://madewithml.com/)", "instructor": "Goku Mohandas"},
        {"title": "MLOps Specialization on Coursera"},
        {"title": "AWS/GCP/Azure ML Certification paths"},
    ]
    assert data["practice_platforms"]["resources"][0] == {"title": "LeetCode", "focus": "system design section"}


@pytest.mark.parametrize(
    ("line", "resource"),
    [
        ("- [Kurs](https://a.example) – gut erklärt", {"title": "[Kurs](https://a.example)", "focus": "gut erklärt"}),
        (
            "- [Kurs](https://a.example/b_(c)) von Ada",
            {"title": "[Kurs](https://a.example/b_(c))", "instructor": "Ada"},
        ),
        ("- **Docs:** [Manual](https://a.example)", {"title": "[Manual](https://a.example)", "focus": "Docs"}),
        ("- Manual: https://a.example/x", {"title": "[Manual](https://a.example/x)"}),
        ("- Node.js (node.js)", {"title": "Node.js", "focus": "node.js"}),
        ("- Forum", {"title": "Forum"}),
        ("- Forum\n  - ask\n  - answer", {"title": "Forum", "focus": "ask\nanswer"}),
        ("- Videos\n  - [A](https://a.example)", {"title": "[A](https://a.example)", "usage": "Videos"}),
        ("- [x] Read once", {"title": "Read once", "usage": "✅"}),
    ],
)
@pytest.mark.parametrize("heading", ["🔗 Nützliche Links", "Recursos", "Enlaces útiles", "参考资料", "Further Reading"])
def test_resources_in_other_words(heading: str, line: str, resource: dict[str, str]) -> None:
    parts = parts_of(f"## {heading}\n{line}\n")

    assert parts.data["resources"][0]["resources"] == [resource]
    assert parts.left == []


def test_columns_of_other_names_and_a_column_of_links() -> None:
    head = "## Tools\n\n| Name | URL | Level | Description |\n|--|--|--|--|\n"
    text = f"{head}| Git | https://git.example | basic | keeps |\n"

    (table,) = parts_of(text).data["resources"]

    assert table["columns"] == ["Name", "URL", "Level", "Description"]
    assert table["resources"] == [{"title": "[Git](https://git.example/)", "usage": "basic", "focus": "keeps"}]


def test_a_priority_that_is_no_option_is_still_said() -> None:
    text = "## Resources\n\n| What | Priority |\n|--|--|\n| Git | soon |\n"

    assert parts_of(text).data["resources"][0]["resources"] == [{"title": "Git", "usage": "soon"}]


def test_books_in_other_words() -> None:
    text = "## 📖 Livres\n1. *Le Style* de Ada Dupont (court)\n2. [Code](https://a.example) - Bob\n3. „Technik“\n"
    text += "4. „Zahlen“ von Emil\n5. Stand by Me by Ann Low (film)\n6. Lost by a mile\n"

    assert parts_of(text).data["books"] == [
        {"title": "Le Style", "author": "Ada Dupont", "note": "court"},
        {"title": "Code", "author": "Bob", "note": "[Code](https://a.example)"},
        {"title": "Technik"},
        {"title": "Zahlen", "author": "Emil"},
        {"title": "Stand by Me", "author": "Ann Low", "note": "film"},
        {"title": "Lost by a mile"},
    ]


def test_a_table_of_books() -> None:
    text = "## Textbooks\n\n| Title | Author | Why |\n|--|--|--|\n| A Course | N. N. | gentle |\n"

    assert parts_of(text).data["books"] == [{"title": "A Course", "author": "N. N.", "note": "gentle"}]


def test_the_resources_of_a_phase_are_a_line_of_it() -> None:
    parts = parts_of("## Phase 1: a\n- learn\n### Resources\n- [ ] [Kurs](https://a.example)\n")

    assert parts.data["phases"][0]["lines"] == [{"label": "Resources", "items": ["[Kurs](https://a.example)"]}]
    assert parts.left == ["- learn"]


@pytest.mark.parametrize(
    "text",
    ["### Books\n- [ ] Read one", "### Tools\n- Learn Git", "### Week 1\n#### Resources\n- a", "### Resources\nNone."],
)
def test_what_may_be_work_of_a_phase_is_left_to_it(text: str) -> None:
    parts = parts_of(f"## Phase 1: a\n{text}\n")

    assert set(parts.data) == {"phases"}
    assert "lines" not in parts.data["phases"][0]


def test_a_chapter_about_resources_of_another_kind_is_left_alone() -> None:
    assert set(parts_of("## Resource management\n- plan\n## Human resources\nNobody.\n").data) == {"phases"}


def test_statistics_timeline_principles_and_mantras_of_the_career_roadmap() -> None:
    data = seed("002").data

    assert data["statistics"]["title"] == "📊 MARKET STATISTICS - Your Success Foundation"
    assert data["statistics"]["subtitle"] == "Employment Reality"
    assert data["statistics"]["lines"][2] == {
        "label": "SQL: 79.4%",
        "text": "of data engineering jobs (HIGHEST PRIORITY)",
    }
    assert data["statistics"]["closing"].startswith("Success Formula = High-Demand Skills")
    assert [line["label"] for line in data["timeline"]["lines"]] == ["March 2027", "2028", "2029", "2030+"]
    assert [topic["title"] for topic in data["principles"]] == ["The 90/10 Rule for Data Engineering"]
    assert [mantra[:9] for mantra in data["mantras"]] == ["Remember:", "The data "]


def test_the_ten_principles_of_the_architect() -> None:
    (topic,) = seed("004").data["principles"]

    assert len(topic["lines"]) == 10
    assert topic["lines"][2] == {"label": "Scale Thinking", "text": "Design for 10x, build for 2x"}


def test_topics_in_other_words() -> None:
    text = (
        "## Grundsätze\n- Wenig, aber täglich\n- **Fragen:** früh\n"
        "## Zeitleiste\n| Wann | Was |\n|--|--|\n| Mai 2026 | Prüfung |\n"
        "## Mantras\n- Ruhig bleiben\n"
    )

    data = parts_of(text).data

    assert data["principles"][0]["lines"] == [
        {"label": "Wenig, aber täglich"},
        {"label": "Fragen", "text": "früh"},
    ]
    assert data["timeline"]["lines"] == [{"label": "Mai 2026", "text": "Was: Prüfung"}]
    assert data["mantras"] == ["Ruhig bleiben"]


def test_topics_within_a_phase_or_with_chapters_of_their_own_are_left_alone() -> None:
    assert set(parts_of("## Timeline\n### May\n- a\n### June\n- b\n").data) == {"phases"}
    assert set(parts_of("## Phase 1: a\n### Design principles\n- SOLID\n").data) == {"phases"}


def test_the_levels_of_the_architect_know_their_phases() -> None:
    data = seed("004").data

    assert [(c.get("phase"), len(c["skills"])) for c in data["competencies"]] == [
        (None, 4),
        ("Phase 1", 4),
        ("Phase 2", 4),
        ("Phase 3", 4),
        ("Phase 4", 4),
    ]
    assert data["competencies"][3]["skills"][3] == {"level": "⚠️ Mastering", "text": "Principal-level scope and impact"}


def test_what_one_has_and_what_one_needs() -> None:
    have, need = seed("000").data["competencies"]

    assert (have["title"], need["title"]) == ("What You'll Have", "What You'll Still Need")
    assert [skill["level"] for skill in have["skills"] + need["skills"]] == ["✅"] * 5 + ["❌"] * 5
    assert need["skills"][0]["text"] == "Lakehouse architecture expertise"


def test_a_matrix_of_levels() -> None:
    text = "## Kompetenzen\n\n| Thema | Anfang | Ende |\n|--|--|--|\n| SQL | lesen | schreiben |\n| Git | | mergen |\n"

    assert parts_of(text).data["competencies"] == [
        {"title": "SQL", "skills": [{"level": "Anfang", "text": "lesen"}, {"level": "Ende", "text": "schreiben"}]},
        {"title": "Git", "skills": [{"level": "Ende", "text": "mergen"}]},
    ]


def test_two_lists_that_are_not_have_and_need_are_left_alone() -> None:
    assert set(parts_of("## Me\n### What I have\n- a dog\n### What I like\n- dogs\n").data) == {"phases"}


def test_the_questions_of_the_architect() -> None:
    sets = seed("004").data["questions"]

    assert [[kind["percent"] for kind in found["types"]] for found in sets] == [[40, 30, 20, 10]] * 2
    assert [[len(kind["questions"]) for kind in found["types"]] for found in sets] == [[3, 3, 3, 2], [3, 3, 3, 3]]
    assert sets[0]["types"][0]["title"] == "System Design"


def test_questions_in_other_shapes() -> None:
    flat = parts_of("## Interviewfragen\n- Was ist ein Index?\n")
    kinds = parts_of("## Interview Questions\n### Design (200%)\n- Why?\n### Code\n- How?\n")

    assert flat.data["questions"] == [
        {"title": "Interviewfragen", "types": [{"title": "Interviewfragen", "questions": ["Was ist ein Index?"]}]}
    ]
    assert kinds.data["questions"][0]["types"] == [
        {"title": "Design (200%)", "questions": ["Why?"]},
        {"title": "Code", "questions": ["How?"]},
    ]


def test_questions_within_a_phase_are_work() -> None:
    assert set(parts_of("## Phase 1: a\n### Interview questions\n- [ ] solve ten\n").data) == {"phases"}


def test_the_mappings_of_the_foundation() -> None:
    parts = seed("000")

    assert [(m["source"], m["target"], len(m["pairs"])) for m in parts.data["mappings"]] == [
        ("FOUNDATION SKILLS", "LAKEHOUSE APPLICATION", 4),
        ("FOUNDATION SKILLS", "ML/AI APPLICATION", 4),
        ("FOUNDATION SKILLS", "ENTERPRISE SCALE", 4),
    ]
    assert parts.data["mappings"][0]["pairs"][0] == {
        "source": "Python Error Handling",
        "target": "Delta Lake ACID compliance",
    }
    assert parts.data["titles"]["mappings"] == "🚀 Strategic Integration with Monthly Plan"


def test_a_mapping_as_a_table() -> None:
    parts = parts_of("## Skill mapping\n\n| Today | Tomorrow |\n|--|--|\n| Excel | SQL |\n| charts | dashboards |\n")

    assert parts.data["mappings"][0]["pairs"][1] == {"source": "charts", "target": "dashboards"}


def test_arrows_without_two_columns_are_no_mapping() -> None:
    drawing = "## Path\n```\nHere\n  ↓\nThere → done\n```\n"
    program = "## Code\n```haskell\na -> b\n-----\nc -> d\n```\n"

    assert set(parts_of(drawing + program).data) == {"phases"}


def test_the_seven_pillars_of_the_apex_engineer() -> None:
    parts = seed("001")

    assert [pillar["option"] for pillar in parts.data["pillars"]] == [f"Pillar {n}" for n in range(1, 8)]
    assert parts.data["pillars"][5] == {
        "option": "Pillar 6",
        "title": "Business Intelligence",
        "note": 'Tableau/PowerBI - for "Full Stack" value',
    }
    assert any(line.startswith("We will attack") for line in parts.left)


def test_pillars_that_are_known_by_name() -> None:
    parts = parts_of("## Säulen\n- **Kraft:** dreimal, die Woche\n- Ruhe, Schlaf\n")

    assert parts.data["pillars"] == [
        {"option": "Kraft", "title": "Kraft", "note": "dreimal, die Woche"},
        {"option": "Ruhe Schlaf", "title": "Ruhe, Schlaf"},
    ]


def test_pillars_of_one_name_are_told_apart_by_their_place() -> None:
    pillars = parts_of("## Pilares\n- a\n- a\n").data["pillars"]

    assert [pillar["option"] for pillar in pillars] == ["Pilar 1", "Pilar 2"]


def test_one_entry_makes_no_pillars() -> None:
    assert set(parts_of("## Pillars\n- only one\n").data) == {"phases"}


def test_a_goal_and_for_whom_it_is() -> None:
    goal = "## 🎯 Ziel\nEin **Kilometer** am Stück.\n\n---\n\n"

    data = parts_of(f"{goal}## Voraussetzungen\n- Schuhe\n- Zeit\n\n## Durée\n8 semaines\n").data

    assert data["goal"] == "Ein Kilometer am Stück."
    assert data["about"] == [
        {"label": "Voraussetzungen", "items": ["Schuhe", "Zeit"]},
        {"label": "Durée", "text": "8 semaines"},
    ]


def test_a_few_goals_are_one_text() -> None:
    assert parts_of("## Objectifs\n- Courir\n- **Sauter** haut\n").data["goal"] == "Courir · Sauter haut"


def test_a_goal_with_boxes_and_goals_of_a_phase_are_left_alone() -> None:
    assert set(parts_of("## Goal\n- [ ] run\n- [ ] jump\n## Phase 1: a\n### Goal\nRun.\n").data) == {"phases"}
