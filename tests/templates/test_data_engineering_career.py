"""The bundled template equals the document, by an independent reading, field by field and line by line."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from notion_roadmap.roadmap import Months, Phase, Roadmap, Task, Text
from notion_roadmap.templates import load_template
from templates.document_002 import Item, PhaseBlock, phases, text, urls

NAME = "data-engineering-career"
FIELDS = {"Task", "Priority", "Hours", "Deliverable", "Deliverables", "Proof", "Course Resource", "Skills"}
WINDOWS = ["2025-12 2026-02", "2026-03 2026-06", "2026-07 2026-10", "2026-11 2027-01", "2027-02 2027-03"]
WINDOWS += ["2027-04 2027-12", "2028-01 "]


@pytest.fixture(scope="module")
def roadmap() -> Roadmap:
    return load_template(NAME)


@pytest.fixture(scope="module")
def pairs(roadmap: Roadmap) -> list[tuple[Task, Item]]:
    items = [item for block in phases() for item in block.items]
    return list(zip((task for _, task in roadmap.tasks()), items, strict=True))


def test_every_item_has_its_title_and_section(pairs: list[tuple[Task, Item]]) -> None:
    assert len(pairs) == 72
    for task, item in pairs:
        assert (task.title, task.section) == (item.title, item.section)


def test_every_field_of_every_item_is_to_the_letter(pairs: list[tuple[Task, Item]]) -> None:
    for task, item in pairs:
        assert _markdown(task.description) == item.value("Task"), task.key
        note = f" ({_markdown(task.priority_note)})" if task.priority_note else ""
        assert f"{task.priority}{note}" == item.value("Priority"), task.key
        assert task.hours_as_written == item.value("Hours"), task.key
        assert ", ".join(task.skills) == item.value("Skills"), task.key
        assert _markdown(task.expected_proof) == item.value("Proof"), task.key
        single = item.value("Deliverable")
        assert [_markdown(each) for each in task.deliverables] == ([single] if single else item.bullets("Deliverables"))
        listed = "\n".join(item.bullets("Course Resource"))
        assert _markdown(task.course_resource) == (item.value("Course Resource") or listed or None), task.key


def test_keys_are_made_of_the_phase_and_the_number(roadmap: Roadmap) -> None:
    others = {"phase-5/capstone", "phase-6/revolutionary-project", "phase-7/industry-changing-innovation"}
    others.add("phase-7/education-platform")
    unnumbered = set()
    for phase, task in roadmap.tasks():
        found = re.match(r"(Task|Project) (\w+)", task.title)
        if found:
            assert task.key == f"{phase.key}/{found[1].lower()}-{found[2].lower()}"
        else:
            unnumbered.add(task.key)
    assert unnumbered == others


def test_hours_are_a_number_only_where_the_document_gives_one(pairs: list[tuple[Task, Item]]) -> None:
    for task, item in pairs:
        written = item.value("Hours") or ""
        assert task.hours == (int(written) if written.isdigit() else None), task.key


def test_every_other_labelled_line_stands_in_the_order_of_the_document(pairs: list[tuple[Task, Item]]) -> None:
    for task, item in pairs:
        expected = [line for line in item.lines if line[0] not in FIELDS]
        lines = [
            (line.label, _markdown(line.text) or "", [_markdown(each) for each in line.items]) for line in task.lines
        ]
        kept = [line for line in expected if not line[0].startswith("Task 11")]
        assert lines == kept, task.key


def test_every_link_of_every_item_is_kept(pairs: list[tuple[Task, Item]]) -> None:
    for task, item in pairs:
        expected = [url for _, first, bullets in item.lines for piece in (first, *bullets) for url in urls(piece)]
        assert Counter(_task_urls(task)) == Counter(expected), task.key
    every = [url for task, _ in pairs for url in _task_urls(task)]
    assert (len(every), len(set(every))) == (80, 77)


def test_the_counts_of_the_inventory(roadmap: Roadmap) -> None:
    tasks = [task for _, task in roadmap.tasks()]
    skills = [skill for task in tasks for skill in task.skills]
    assert [len(phase.tasks) for phase in roadmap.phases] == [10, 14, 12, 12, 13, 5, 6]
    assert [len(phase.criteria) for phase in roadmap.phases] == [5, 5, 5, 5, 5, 0, 0]
    assert [sum(task.hours or 0 for task in phase.tasks) for phase in roadmap.phases] == [
        545,
        795,
        795,
        910,
        470,
        485,
        0,
    ]
    assert Counter(task.category for task in tasks) == {
        "Learning": 41,
        "Project": 18,
        "Portfolio": 11,
        "Certification": 2,
    }
    assert Counter(task.priority for task in tasks) == {"🔴 HIGH": 42, "🟡 MEDIUM": 28, "🟢 LOW": 2}
    assert (len(skills), len(set(skills))) == (205, 152)
    assert sum(1 for task in tasks if task.course_resource) == 59
    assert sum(1 for task in tasks if task.expected_proof) == 61
    assert sum(1 for task in tasks if task.priority_note) == 11
    assert sum(len(task.deliverables) for task in tasks if len(task.deliverables) > 1) == 86


def test_the_two_cloud_tracks_are_a_choice_and_stretch_goals_are_extra(roadmap: Roadmap) -> None:
    tasks = [task for _, task in roadmap.tasks()]
    scopes = {task.key: task.scope for task in tasks if task.scope != "required"}
    assert scopes == {
        "phase-2/task-11b": "alternative",
        "phase-2/project-4": "stretch",
        "phase-3/project-4": "stretch",
    }
    assert [task.key for task in tasks if task.pick_one] == ["phase-2/task-11a", "phase-2/task-11b"]
    assert [choice.title for phase in roadmap.phases for choice in phase.choices] == ["Choose Your Primary Platform"]


def test_every_phase_has_its_header_its_window_and_its_criteria(roadmap: Roadmap) -> None:
    for phase, block, window in zip(roadmap.phases, phases(), WINDOWS, strict=True):
        assert phase.heading == block.heading
        assert _header(phase) == block.header
        assert [criterion.text.markdown for criterion in phase.criteria] == block.criteria
        assert isinstance(phase.window, Months)
        end = f"{phase.window.end:%Y-%m}" if phase.window.end else ""
        assert f"{phase.window.start:%Y-%m} {end}" == window
        assert f"({phase.window.as_written})" in block.heading


def test_properties_and_views_are_the_union_of_both_lists(roadmap: Roadmap) -> None:
    properties = {found.name: found for found in roadmap.tracking.properties}
    first = re.findall(
        r"^- \*\*(.+?)\*\* \((.+?)(?:: (.*))?\)$", _between("### Database Properties", "### Views"), re.MULTILINE
    )
    assert [name for name, _, _ in first] == list(properties)
    for name, kind, words in first:
        found = properties[name]
        assert found.type == kind.lower().replace("-", "_")
        if found.options:
            assert ", ".join(option.name for option in found.options) == words
        else:
            assert (_markdown(found.words) or "") == words
    known = {*properties, *(alias for found in properties.values() for alias in found.also_called)}
    second = re.findall(r"^- (.+?) \(", _between("Database Name:", "Views:"), re.MULTILINE)
    assert len(second) == 11
    assert set(second) <= known


def test_views_are_named_to_the_letter(roadmap: Roadmap) -> None:
    views = {view.name: view for view in roadmap.tracking.views}
    listed = _between("### Views to Create", "### Progress")
    documented = re.findall(r"^\d\. \*\*(.*?)\*\* \((.*?)\)", listed, re.MULTILINE)
    for name, words in documented:
        view = views[name]
        assert _markdown(view.words) == words
        shown = {f"Group by {view.group_by}", f"By {view.date_property}"}
        if view.filter:
            shown.add(f"Filter: {view.filter.property} = {view.filter.equals}")
        assert words in shown
    assert list(views) == [*(name for name, _ in documented), "All Tasks"]
    layouts = {"All Tasks": "table", "📅 Calendar View": "calendar", "📂 Project Gallery": "gallery"}
    assert {name: view.layout for name, view in views.items()} == {name: layouts.get(name, "board") for name in views}


def test_what_surrounds_the_work_is_counted(roadmap: Roadmap) -> None:
    assert [kpi.name for kpi in roadmap.kpis if kpi.words] == re.findall(
        r"^- \*\*(.*):\*\*", _between("#### Weekly KPIs", "#### Interview"), re.MULTILINE
    )
    assert roadmap.funnel
    assert [(step.target, step.benchmark) for step in roadmap.funnel.steps] == [
        (25, 12),
        (70, 50),
        (60, 40),
        (50, 25),
        (5, 2),
    ]
    assert [(habit.target, habit.title) for habit in roadmap.habits] == [
        (4, "4 SQL problems"),
        (2, "2 hours project work"),
        (1, "1 GitHub commit"),
        (30, "30 min industry reading"),
        (1, "Progress update"),
    ]
    assert roadmap.weekly_review
    assert [len(section.fields) for section in roadmap.weekly_review.sections] == [4, 4, 3, 2]
    assert roadmap.transition
    assert (len(roadmap.transition.placeholders), len(roadmap.transition.items)) == (3, 3)
    assert [len(rule.actions) for rule in roadmap.risk_rules] == [3, 3, 3, 3]
    assert roadmap.emergency
    assert (len(roadmap.emergency.steps), roadmap.emergency.threshold_weeks) == (6, 2)
    assert roadmap.success_probability
    assert roadmap.success_probability.base_percent == 57.6
    assert [each.percent for each in roadmap.success_probability.multipliers] == [35, 25, 20, 15, 10]
    assert len(roadmap.requirements) == 5
    assert [len(table.resources) for table in roadmap.resources] == [5, 5, 5]
    assert roadmap.practice_platforms
    assert len(roadmap.practice_platforms.resources) == 5
    assert len(roadmap.books) == 5
    assert roadmap.statistics
    assert (len(roadmap.statistics.lines), bool(roadmap.statistics.closing)) == (6, True)
    assert roadmap.timeline
    assert len(roadmap.timeline.lines) == 4


def test_the_rituals_are_to_the_letter(roadmap: Roadmap) -> None:
    assert roadmap.weekly_review
    assert roadmap.transition
    assert roadmap.emergency
    review = [f"## {roadmap.weekly_review.title}"]
    for section in roadmap.weekly_review.sections:
        review.append(f"### {section.title}:")
        for number, line in enumerate(section.fields, 1):
            mark = {"checklist": "- [ ]", "list": "-", "numbered": f"{number}."}[section.style]
            review.append(f"{mark} {line.text}" + (f" ({line.note})" if line.note else ""))
    transition = [f"## {roadmap.transition.title}", f"### {roadmap.transition.criteria_title}:"]
    transition += [f"- [ ] {each}" for each in (*roadmap.transition.placeholders, *roadmap.transition.items)]
    transition.append(f"### {roadmap.transition.ready}")
    rules = []
    for rule in roadmap.risk_rules:
        rules += [f"IF {rule.condition}:", *(f"- {action}" for action in rule.actions)]
    steps = [f"{number}. {step}" for number, step in enumerate(roadmap.emergency.steps, 1)]
    fences = re.findall(r"^```\n(.*?)^```", text(), re.MULTILINE | re.DOTALL)
    documented = [[line.strip() for line in fence.splitlines() if line.strip()] for fence in fences]
    assert documented[:4] == [review, transition, rules, [f"{roadmap.emergency.condition}:", *steps]]


def test_what_belongs_to_the_job_search_waits_for_its_phase(roadmap: Roadmap) -> None:
    always = {kpi.key for kpi in roadmap.kpis if kpi.active_in is None}
    assert always == {"sql-problems", "projects", "certifications", "github-commits", "system-designs"}
    assert {kpi.active_in for kpi in roadmap.kpis} == {None, "phase-5"}
    assert roadmap.funnel
    assert roadmap.funnel.active_in == "phase-5"


def test_every_resource_stands_in_its_row(roadmap: Roadmap) -> None:
    assert roadmap.practice_platforms
    rows = []
    for table in (*roadmap.resources, roadmap.practice_platforms):
        for each in table.resources:
            cells = (each.title, each.focus, each.duration, each.instructor, each.cost, each.priority, each.usage)
            rows.append([_markdown(cell) if isinstance(cell, Text) else cell for cell in cells if cell])
            assert len(rows[-1]) == len(table.columns)
    documented = [line for line in _between("### 🎓 Primary", "### 📖 Essential").splitlines() if line.startswith("|")]
    body = [[cell.strip() for cell in line.strip("|").split("|")] for line in documented]
    assert rows == [
        row for row in body if row[0] not in ("Course", "Channel/Video", "Platform") and "---" not in row[0]
    ]


def test_no_line_of_the_document_is_dropped(roadmap: Roadmap) -> None:
    words = {"Task", "Priority", "Hours", "Proof", "Skills", "Deliverable", "Deliverables", "Course Resource"}
    words |= {"Goal", "Timeline", "Success Metric", "Title", "Select", "Multi-select", "Number", "Date", "Text", "URL"}
    words |= {
        "Database Name",
        "Base Rate",
        "Your Multipliers",
        "Your Success Probability",
        "IF",
        "average",
        "Board",
        "Table",
    }
    words |= {"Board grouped by Phase", "Board grouped by Status", "Board grouped by Skills", "Calendar by Due Date"}
    comments = re.findall(r"^# (.*)$", _file().read_text(encoding="utf-8"), re.MULTILINE)
    hay = "\n".join([*_strings(roadmap.model_dump(mode="json")), *words, *comments])
    missing = [
        (number, piece)
        for number, line in enumerate(text().splitlines(), 1)
        for piece in _pieces(line)
        if piece not in hay
    ]
    assert missing == []


def _file() -> Path:
    return Path(__file__).parents[2] / "templates" / f"{NAME}.yaml"


def _pieces(line: str) -> Iterator[str]:
    """The parts of a line between the marks that only shape it."""
    line = re.sub(r"^\s*(#+ |- \[ \] |- ✅ |- |\d\. |IF )?", "", line)
    for piece in re.split(r"\*\*|\| |: |:$|\|| - |[()\"]|, | = |\+(?=\d)", line):
        cleaned = re.sub(r"^[^\w$<\[]+|[\s:*`%…🚀🎯📊⏱️📈-]+$", "", piece).strip()
        if cleaned:
            yield cleaned


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for each in value.values():
            yield from _strings(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _strings(each)
    elif value is not None:
        yield str(value)


def _between(start: str, end: str) -> str:
    whole = text()
    begin = whole.index(start)
    return whole[begin : whole.index(end, begin)]


def _markdown(value: Text | None) -> str | None:
    return value.markdown if value else None


def _header(phase: Phase) -> dict[str, str]:
    assert phase.market
    found = {
        "Goal": phase.goal,
        phase.market.label: phase.market.text,
        "Timeline": phase.timeline,
        "Success Metric": phase.success_metric,
    }
    return {label: _markdown(value) or "" for label, value in found.items()}


def _task_urls(task: Task) -> list[str]:
    pieces = [task.description, task.expected_proof, task.course_resource, *task.deliverables]
    for line in task.lines:
        pieces += [line.text, *line.items]
    return [url for piece in pieces if piece for url in piece.urls]


def test_phase_blocks_are_read_whole() -> None:
    """The reading itself: 26 labels, as the inventory counts them."""
    blocks: list[PhaseBlock] = phases()
    labels = {label for block in blocks for item in block.items for label, _, _ in item.lines}
    assert len([label for label in labels if label != "Task"]) == 26
