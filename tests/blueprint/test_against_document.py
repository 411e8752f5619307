"""The workspace of the bundled template says what the document says, by an independent reading of it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from blueprint.material import career_workspace, links_of, words_of
from notion_roadmap.workspace.blocks import BlockType, walk
from notion_roadmap.workspace.items import Row, Workspace
from notion_roadmap.workspace.properties import Owner, Property
from notion_roadmap.workspace.text import Text
from notion_roadmap.workspace.views import Condition, Layout, Tab
from templates.document_002 import Item, phases, text, urls

TYPES = {"Multi-select": "multi_select", "Text": "rich_text"}
IN_PROPERTIES = {"Task", "Task 11A", "Task 11B", "Priority", "Hours", "Deliverable", "Deliverables", "Proof", "Skills"}


@pytest.fixture(scope="module")
def workspace() -> Workspace:
    return career_workspace()


def documented_columns() -> list[tuple[str, str, str]]:
    """(name, type, rest) of list A."""
    block = text().split("### Database Properties to Create:")[1].split("###")[0]
    found = re.findall(r"^- \*\*(.+?)\*\* \(([\w-]+)(?:: (.*))?\)$", block, re.MULTILINE)
    return [(name, TYPES.get(kind, kind.lower()), rest) for name, kind, rest in found]


def items() -> Iterator[tuple[Item, Row]]:
    """Every item of the document with its row, both in the order of the document."""
    rows = [row for row in career_workspace().rows if row.database == "tasks"]
    by_title: dict[str, list[Row]] = {}
    for row in sorted(rows, key=lambda row: row.key):
        by_title.setdefault(row.title, []).append(row)
    for phase in phases():
        for item in phase.items:
            yield item, by_title[item.title].pop(0)


def plain(row: Row, name: str) -> str:
    value = row.values[f"tasks.{name}"]
    return value.plain if isinstance(value, Text) else ""


def shown(written: str) -> str:
    """A text of the document without its addresses."""
    return re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", written).strip()


def test_the_documented_columns_come_first_and_to_the_letter(workspace: Workspace) -> None:
    columns = workspace.database("tasks").properties
    documented = documented_columns()

    assert len(documented) == 12
    assert [(p.name, str(p.type)) for p in columns[:12]] == [(name, kind) for name, kind, _ in documented]
    assert workspace.database("tasks").title == "Data Engineering Roadmap"


def test_documented_options_come_in_order_and_documented_words_describe(workspace: Workspace) -> None:
    columns = {p.name: p for p in workspace.database("tasks").properties}
    for name, kind, rest in documented_columns():
        if kind in ("select", "multi_select"):
            options = rest.split(", ")
            assert [option.name for option in columns[name].options[: len(options)]] == options
        elif rest:
            assert columns[name].description == rest
        assert columns[name].description


def test_skills_are_the_documented_eight_then_the_most_used(workspace: Workspace) -> None:
    skills = next(p for p in workspace.database("tasks").properties if p.name == "Skills")
    names = [option.name for option in skills.options]

    used = [skill for item, _ in items() for skill in (item.value("Skills") or "").split(", ")]
    assert len(names) == len(set(names)) == 100
    assert names[:8] == ["python", "sql", "spark", "airflow", "kafka", "docker", "aws", "gcp"]
    counts = [used.count(name) for name in names[8:]]
    assert counts == sorted(counts, reverse=True)
    assert min(counts) >= max(used.count(skill) for skill in set(used) - set(names))


def test_few_rows_bring_skills_of_their_own_because_such_rows_go_one_at_a_time(workspace: Workspace) -> None:
    skills = next(p for p in workspace.database("tasks").properties if p.name == "Skills")
    known = {option.name for option in skills.options}
    carried = [set(row.values["tasks.skills"] or ()) for row in workspace.rows if row.database == "tasks"]  # type: ignore[arg-type]

    assert sum(not names <= known for names in carried) <= 20


def test_the_documented_views_stand_under_their_names(workspace: Workspace) -> None:
    block = text().split("### Views to Create:")[1].split("###")[0]
    documented = re.findall(r"^\d\. \*\*(.+?)\*\*", block, re.MULTILINE)
    tabs = [v for v in workspace.views if v.database == "tasks" and isinstance(v.place, Tab)]
    order = {v.place.after: v for v in tabs if isinstance(v.place, Tab)}
    names, at = [], ""
    while at in order:
        names.append(order[at].name)
        at = order[at].key

    assert names == ["Today", *documented, "All Tasks", "Timeline"]
    by_name = {v.name: v for v in tabs}
    assert [by_name[name].layout for name in documented] == ["board", "board", "calendar", "board", "gallery"]
    assert [v.group_by.property for v in tabs if v.group_by] == ["tasks.phase", "tasks.status", "tasks.skills"]
    assert by_name["📅 Calendar View"].date == "tasks.due_date"
    assert by_name["📂 Project Gallery"].filter == Condition("tasks.category", "equals", "Project")
    assert by_name["🎯 Skills Matrix"].group_by is not None
    assert by_name["🎯 Skills Matrix"].group_by.hide_empty
    assert by_name["All Tasks"].layout is Layout.TABLE
    timeline = by_name["Timeline"]
    assert (timeline.date, timeline.end, timeline.arrows) == ("tasks.start", "tasks.due_date", "tasks.blocked_by")


def test_every_item_is_a_row_with_its_fields() -> None:
    seen = 0
    for item, row in items():
        seen += 1
        hours = item.value("Hours") or ""
        assert row.values["tasks.hours"] == (int(hours) if hours.isdigit() else None)
        assert str(row.values["tasks.priority"]) in (item.value("Priority") or "")
        assert row.values["tasks.status"] == "⏸️ Not Started"
        assert row.values["tasks.skills"] == tuple((item.value("Skills") or "").split(", "))
        assert plain(row, "expected_proof") == (item.value("Proof") or "").strip()
        deliverables = item.bullets("Deliverables") or [item.value("Deliverable") or ""]
        assert plain(row, "deliverable") == "\n".join(deliverables).strip()
        resources = urls(f"{item.value('Course Resource')} {' '.join(item.bullets('Course Resource'))}")
        assert row.values["tasks.course_resource"] == (resources[0] if resources else None)
        assert "tasks.proof" not in row.values
        assert "tasks.notes" not in row.values
    assert seen == 72


def test_rows_stand_in_their_phases(workspace: Workspace) -> None:
    options = ["Phase 1", "Phase 2", "Phase 3", "Phase 4", "Phase 5", "Lottery", "Multiplier"]
    rows = {row.key: row for row in workspace.rows}
    sizes = [sum(row.values.get("tasks.phase") == option for row in rows.values()) for option in options]

    assert sizes == [len(phase.items) for phase in phases()]
    for row in rows.values():
        if row.database == "tasks":
            (phase,) = row.values["tasks.roadmap_phase"]  # type: ignore[misc]
            assert rows[phase].title.startswith(f"{row.values['tasks.phase']}: ")


def test_every_other_labelled_line_and_link_is_on_the_page() -> None:
    for item, row in items():
        words = "\n".join(words_of(row.body))
        links = [link for block in walk(row.body) for link in links_of(block.text)]
        for label, value, bullets in item.lines:
            if label in IN_PROPERTIES:
                continue
            assert f"{label}:" in words, (row.key, label)
            for piece in (value, *bullets):
                assert shown(piece) in words, (row.key, label)
                assert set(urls(piece)) <= set(links), (row.key, label)
        note = re.search(r"\((.*)\)", item.value("Priority") or "")
        assert note is None or note[1] in words
        hours = item.value("Hours") or ""
        assert hours.isdigit() or f"Hours: {hours}" in words
        if item.value("Task"):
            assert (item.value("Task") or "").strip() in words
        boxes = [block.text.plain for block in row.body if block.type is BlockType.TO_DO]
        assert "\n".join(boxes) == plain(row, "deliverable")


def test_criteria_habits_resources_and_funnel_are_rows(workspace: Workspace) -> None:
    criteria = [(row.values["criteria.phase"], row.title) for row in workspace.rows if row.database == "criteria"]
    options = ["Phase 1", "Phase 2", "Phase 3", "Phase 4", "Phase 5"]
    assert [c for c in criteria if c[0]] == [
        (option, criterion) for option, phase in zip(options, phases(), strict=False) for criterion in phase.criteria
    ]
    assert len([c for c in criteria if c[0]]) == 25
    habits = re.findall(
        r"^- \[ \] \*\*(.+?)\*\* \(", text().split("### Daily Non-Neg")[1].split("###")[0], re.MULTILINE
    )
    boxes = [p.name for p in workspace.database("days").properties if p.type == "checkbox"]
    assert boxes == [*habits, "Day Off"]
    tables = text().split("# 📊 COMPLETE RESOURCE DATABASE")[1].split("# 🎯 WEEKLY")[0]
    found = [row.values.get("resources.link") for row in workspace.rows if row.database == "resources"]
    assert [link for link in found if link] == urls(tables)
    assert len(found) == 25
    funnel = [row for row in workspace.rows if row.key.startswith("kpis/funnel/")]
    assert [(row.values["kpis.target"], row.values["kpis.benchmark"]) for row in funnel] == [
        (25, 12), (70, 50), (60, 40), (50, 25), (5, 2),
    ]  # fmt: skip


def test_progress_is_a_roll_up_as_documented(workspace: Workspace) -> None:
    phases_database = workspace.database("phases")
    progress = next(p for p in phases_database.properties if p.name == "Progress %")

    assert progress.rollup is not None
    assert (progress.rollup.function, progress.rollup.target) == ("percent_checked", "tasks.done")
    assert "(Completed Tasks / Total Tasks) × 100" in progress.description


def everything(workspace: Workspace) -> str:
    """All words of a workspace."""
    said: list[str] = [page.title for page in workspace.pages]
    for database in workspace.databases:
        said += [database.title, database.description]
        for prop in database.properties:
            said += [prop.name, prop.description, *(option.name for option in prop.options)]
    said += [view.name for view in workspace.views]
    for row in workspace.rows:
        for value in row.values.values():
            if isinstance(value, Text):
                said += [value.plain, *links_of(value)]
            elif isinstance(value, tuple):
                said += value
            elif value is not None:
                said.append(f"{value:g}" if isinstance(value, float | int) else str(value))
    bodies = [row.body for row in workspace.rows] + [section.blocks for section in workspace.sections]
    for block in walk(block for body in bodies for block in body):
        said += [block.text.plain, *links_of(block.text)]
    return _bare("\n".join(said))


def _bare(words: str) -> str:
    return re.sub(r"[^\w%$+:/.\n]+", " ", words)


SETTING_UP = (
    "How to Set Up in Notion", "Database Properties to Create", "Views to Create", "Progress Tracking Formula",
    "Quick Copy-Paste", "Choose Your Primary", "Success Tracking", "COMPLETE RESOURCE", "WEEKLY EXECUTION",
    "SUCCESS GUARANTEES", "Your Multipliers", "FINAL SUCCESS",
)  # fmt: skip
"""Headings over parts that are databases, columns and views here."""


def fragments() -> Iterator[str]:
    """The document in pieces that must be found again: without marks, templates' brackets and table rules."""
    copy_paste = text().index("## 📲 Quick Copy-Paste")
    for line in (
        text()[: text().index("### Database Properties")].splitlines()
        + text()[text().index("## 📊 MARKET") : copy_paste].splitlines()
    ):
        if any(heading in line for heading in SETTING_UP) or re.fullmatch(r"[|\-` ]*", line):
            continue
        bare = re.sub(r"\[([^\]]*)\]\(([^)\s]*)\)", r"\1\n\2", re.sub(r"^[#\s>]*(- \[ \]|-|\d\.)?", "", line))
        for piece in re.split(r"\n|\*\*|\||, |: |\. |=> | \(| - ", bare):
            words = _bare(piece).strip(" :.+)")
            if words:
                yield words


@pytest.mark.parametrize("lean", [False, True])
def test_nothing_of_the_document_is_lost(lean: bool) -> None:
    haystack = everything(career_workspace(lean=lean))

    lost = [piece for piece in fragments() if piece not in haystack]

    assert lost == []


def test_owners_are_as_the_document_lets_them_be(workspace: Workspace) -> None:
    owners = {p.key: p.owner for p in workspace.database("tasks").properties}
    ours = {key for key, owner in owners.items() if owner is Owner.OURS}
    theirs = {key for key, owner in owners.items() if owner is Owner.THEIRS}

    assert ours == {"tasks.baseline_due", "tasks.checklist", "tasks.key"}
    assert theirs == {"tasks.proof", "tasks.notes", "tasks.hours_spent", "tasks.blocked_by"}


def test_every_column_is_explained(workspace: Workspace) -> None:
    silent: list[Property] = [p for d in workspace.databases for p in d.properties if not p.description]

    assert silent == []
