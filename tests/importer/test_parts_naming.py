"""What the parts of a roadmap are called for good."""

from importer.recognising import SEEDS
from notion_roadmap.importer import import_markdown


def keys_of(text: str, *path: str) -> list[str]:
    """The keys of the entries below a path, of a document with one task."""
    found = import_markdown(f"# Plan\n## Phase 1: a\n- [ ] b\n{text}\n".encode(), name="plan").data
    for name in path:
        found = found[name]
    return [entry["key"] for entry in found]  # type: ignore[union-attr]


def test_habits_and_requirements_are_called_without_their_amounts() -> None:
    habits = (
        "## Daily Habits\n- 4 SQL problems\n- 30 min of reading\n- **2.5 hours** of work\n- 7\n- Read\n- read a book\n"
    )

    assert keys_of(habits, "habits") == ["sql-problems", "reading", "2-5-hours", "7", "read", "read-a-book"]
    assert keys_of("## Must Haves\n- 3+ talks\n- 5 talks\n", "requirements") == ["talks", "talks-2"]


def test_resources_are_called_without_their_notes() -> None:
    assert keys_of("## Courses (free)\n- a\n## Online Courses\n- b\n", "resources") == ["courses", "online-courses"]


def test_steps_of_a_funnel_are_called_by_their_ends() -> None:
    funnel = "## Funnel\n- **A → B:** 10%\n- **B -> C:** 20%\n- **Overall:** 2%\n"

    assert keys_of(funnel, "funnel", "steps") == ["a-to-b", "b-to-c", "overall"]


def test_what_the_product_looks_after_is_called_as_it_knows_it() -> None:
    rules = (
        "## Risks\n- If behind in learning → practise\n- If the quality of projects drops → review\n- If ill → rest\n"
    )

    assert keys_of(rules, "risk_rules") == ["technical-skills", "project-quality", "ill"]


def test_lines_of_the_review_are_called_by_what_they_ask_for() -> None:
    data = import_markdown(next(SEEDS.glob("002_*")).read_bytes(), name="002").data

    assert [[field["key"] for field in section["fields"]] for section in data["weekly_review"]["sections"]] == [
        ["tasks-completed", "projects-advanced", "skills-practiced", "network-growth"],
        ["sql-problems-solved", "github-commits", "course-hours", "applications-sent"],
        ["priority-1", "priority-2", "priority-3"],
        ["issue-1", "issue-2"],
    ]
    assert data["weekly_review"]["sections"][0]["fields"][3]["kpi"] == "network-growth"
