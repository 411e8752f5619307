"""What stands in Notion is what stands in document 002: read back over plain HTTP, decoded here, and compared field by
field with a reading of the document that knows nothing of the project."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

import pytest

from acceptance.ground import Person, Seeded
from templates.document_002 import Item, phases, text, urls

TYPES = {"Multi-select": "multi_select", "Text": "rich_text"}
OPTIONS = ["Phase 1", "Phase 2", "Phase 3", "Phase 4", "Phase 5", "Lottery", "Multiplier"]
PROPERTIES = {"Task", "Task 11A", "Task 11B", "Priority", "Hours", "Deliverable", "Deliverables", "Proof", "Skills"}
"""Labels whose words are in a property, or are the task itself."""


@dataclass(frozen=True)
class Live:
    """The workspace as its owner finds it: databases by their titles, everything else asked for."""

    reader: Person
    root: dict[str, Any]
    blocks: list[Any]
    databases: dict[str, Any]
    sources: dict[str, Any]

    def rows(self, title: str) -> list[Any]:
        return self.reader.rows(self.sources[title]["id"])

    def views(self, title: str) -> list[Any]:
        listed = self.reader.pages("GET", f"/views?database_id={self.databases[title]['id']}")
        return [self.reader.get(f"/views/{one['id']}") for one in listed]


@pytest.fixture(scope="module")
def live(seeded: Seeded) -> Live:
    """Found from the owner's own page downwards, without anything that the seeder remembers."""
    reader = seeded.ground.reader
    (root,) = [b for b in reader.children(seeded.ground.workspace.root_page_id) if b["type"] == "child_page"]
    blocks = reader.children(root["id"])
    inner = [b for page in blocks if page["type"] == "child_page" for b in reader.children(page["id"])]
    databases, sources = {}, {}
    for block in (*blocks, *inner):
        if block["type"] == "child_database" and block["child_database"]["title"]:
            found = reader.get(f"/databases/{block['id']}")
            if found["data_sources"]:
                databases[plain(found["title"])] = found
                sources[plain(found["title"])] = reader.get(f"/data_sources/{found['data_sources'][0]['id']}")
    return Live(reader, reader.get(f"/pages/{root['id']}"), blocks, databases, sources)


@pytest.fixture(scope="module")
def tasks(live: Live) -> dict[tuple[str, str], Any]:
    """Rows of the main database by phase and title."""
    rows = live.rows("Data Engineering Roadmap")
    found = {(value(row, "Phase"), value(row, "Task Name")): row for row in rows}
    assert len(found) == len(rows)
    return found


@pytest.fixture(scope="module")
def bodies(live: Live, tasks: dict[tuple[str, str], Any]) -> dict[str, list[Any]]:
    """All blocks of each task's page, all levels, by the id of its row."""
    return {row["id"]: list(walk(live.reader.tree(row["id"]))) for row in tasks.values()}


def documented() -> Iterator[tuple[str, Item]]:
    for option, phase in zip(OPTIONS, phases(), strict=True):
        for item in phase.items:
            yield option, item


def plain(runs: Iterable[Any]) -> str:
    return "".join(run["plain_text"] for run in runs)


def links(runs: Iterable[Any]) -> list[str]:
    return [run["href"] for run in runs if run["href"]]


def value(row: Any, name: str) -> Any:
    prop = row["properties"][name]
    told = prop[prop["type"]]
    match prop["type"]:
        case "title" | "rich_text":
            return plain(told)
        case "select":
            return told["name"] if told else None
        case "multi_select":
            return [option["name"] for option in told]
        case "date":
            return (told["start"], told["end"]) if told else None
        case "relation":
            return [one["id"] for one in told]
    return told


def walk(blocks: Iterable[Any]) -> Iterator[Any]:
    for block in blocks:
        yield block
        yield from walk(block["children"])


def words_of(block: Any) -> str:
    return plain(block[block["type"]].get("rich_text", []))


def said(written: str) -> str:
    """A text of the document as a reader sees it: link texts without addresses."""
    return re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", written).strip()


def section_of(start: str, end: str) -> str:
    return text().split(start)[1].split(end)[0]


def list_a() -> list[tuple[str, str, str]]:
    """(name, type, what follows) of the documented properties."""
    found = re.findall(
        r"^- \*\*(.+?)\*\* \(([\w-]+)(?:: (.*))?\)$",
        section_of("### Database Properties to Create:", "###"),
        re.MULTILINE,
    )
    return [(name, TYPES.get(kind, kind.lower()), rest) for name, kind, rest in found]


def test_the_main_database_has_its_documented_name_and_stands_on_the_root_page(live: Live) -> None:
    titles = [b["child_database"]["title"] for b in live.blocks if b["type"] == "child_database"]

    assert "Data Engineering Roadmap" in titles
    title = plain(live.root["properties"]["title"]["title"])
    assert f"# {live.root['icon']['emoji']} {title}" == text().splitlines()[0].strip()


def test_properties_have_their_documented_names_and_types_first_and_in_order(live: Live, seeded: Seeded) -> None:
    """Answers list properties in no order, so the order is that of the create, and that of the plain table."""
    columns = live.sources["Data Engineering Roadmap"]["properties"]
    documented_names = [name for name, _, _ in list_a()]

    assert [(name, columns[name]["type"]) for name in documented_names] == [(n, kind) for n, kind, _ in list_a()]
    created = next(e.request for e in seeded.exchanges if e.path == "/v1/databases" and "Proof" in str(e.request))
    assert list(created["initial_data_source"]["properties"])[:12] == documented_names
    (table,) = [view for view in live.views("Data Engineering Roadmap") if view["name"] == "All Tasks"]
    names = {unquote(prop["id"]): name for name, prop in columns.items()}
    shown = [names[unquote(p["property_id"])] for p in table["configuration"]["properties"] if p.get("visible", True)]
    assert shown == documented_names


def test_options_are_documented_ones_first_in_order_and_at_most_a_hundred_were_sent(live: Live) -> None:
    columns = live.sources["Data Engineering Roadmap"]["properties"]
    for name, kind, rest in list_a():
        if kind in ("select", "multi_select"):
            names = [option["name"] for option in columns[name][kind]["options"]]
            assert names[: len(rest.split(", "))] == rest.split(", "), name
    used = {skill for _, item in documented() for skill in (item.value("Skills") or "").split(", ")}
    skills = {option["name"] for option in columns["Skills"]["multi_select"]["options"]}
    assert skills == used | {"gcp"}
    assert len(skills) == 153


def test_descriptions_are_the_words_of_the_document(live: Live) -> None:
    columns = live.sources["Data Engineering Roadmap"]["properties"]
    for name, kind, rest in list_a():
        if rest and kind not in ("select", "multi_select"):
            assert columns[name]["description"] == rest
        assert columns[name]["description"]


def test_all_72_items_are_there_and_no_other(tasks: dict[tuple[str, str], Any]) -> None:
    assert len(tasks) == 72
    assert set(tasks) == {(option, item.title) for option, item in documented()}


def test_every_item_equals_the_document_field_by_field(tasks: dict[tuple[str, str], Any]) -> None:
    for option, item in documented():
        row = tasks[option, item.title]
        hours = item.value("Hours") or ""
        deliverables = item.bullets("Deliverables") or [item.value("Deliverable") or ""]
        course = f"{item.value('Course Resource') or ''} {' '.join(item.bullets('Course Resource'))}"
        expected = {
            "Task Name": item.title,
            "Phase": option,
            "Status": "⏸️ Not Started",
            "Priority": re.sub(r" \(.*", "", item.value("Priority") or ""),
            "Hours": int(hours) if hours.isdigit() else None,
            "Deliverable": "\n".join(said(one) for one in deliverables),
            "Proof": None,
            "Skills": (item.value("Skills") or "").split(", "),
            "Course Resource": urls(course)[0] if urls(course) else None,
            "Notes": "",
            "Expected Proof": said(item.value("Proof") or ""),
            "Done": False,
        }
        assert {name: value(row, name) for name in expected} == expected


def test_categories_are_as_counted(tasks: dict[tuple[str, str], Any]) -> None:
    counts = Counter(value(row, "Category") for row in tasks.values())

    assert counts == {"Learning": 41, "Project": 18, "Portfolio": 11, "Certification": 2}
    for (_, title), row in tasks.items():
        if title.startswith(("Project", "Capstone")):
            assert value(row, "Category") == "Project"


def test_due_dates_lie_in_the_rebased_phases_one_phase_after_the_other(tasks: dict[tuple[str, str], Any]) -> None:
    """Nothing is overdue on the day of the seed, nothing starts before the first Monday after it."""
    ends = []
    for option in OPTIONS[:-1]:
        spans = [
            (value(row, "Start")[0], value(row, "Due Date")[0])
            for (phase, _), row in tasks.items()
            if phase == option and value(row, "Due Date")
        ]
        assert len(spans) == sum(phase == option for phase, _ in tasks)
        assert all("2026-11-23" <= start <= due for start, due in spans)
        ends.append((min(start for start, _ in spans), max(due for _, due in spans)))
    assert all(earlier[1] < later[0] for earlier, later in itertools.pairwise(ends))


def test_page_bodies_hold_every_other_labelled_line_and_every_link(
    tasks: dict[tuple[str, str], Any], bodies: dict[str, list[Any]]
) -> None:
    for option, item in documented():
        blocks = bodies[tasks[option, item.title]["id"]]
        words = "\n".join(words_of(block) for block in blocks)
        there = {link for block in blocks for link in links(block[block["type"]].get("rich_text", []))}
        for label, first, bullets in item.lines:
            if label not in PROPERTIES:
                assert f"{label}:" in words, (item.title, label)
                assert all(said(piece) in words for piece in (first, *bullets)), (item.title, label)
            outside_properties = label not in {"Proof", "Deliverable", "Deliverables"}
            if outside_properties:
                assert set(urls(" ".join((first, *bullets)))) <= there, (item.title, label)
        assert said(item.value("Task") or "") in words
        note = re.search(r"\((.*)\)", item.value("Priority") or "")
        assert note is None or note[1] in words, item.title
        hours = item.value("Hours") or ""
        assert hours.isdigit() or f"Hours: {hours}" in words


def test_every_link_of_every_item_stands_somewhere_on_its_row_or_page(
    tasks: dict[tuple[str, str], Any], bodies: dict[str, list[Any]]
) -> None:
    for option, item in documented():
        row = tasks[option, item.title]
        rich = [prop["rich_text"] for prop in row["properties"].values() if prop["type"] == "rich_text"]
        there = {link for runs in rich for link in links(runs)}
        there |= {link for b in bodies[row["id"]] for link in links(b[b["type"]].get("rich_text", []))}
        wanted = {url for _, first, bullets in item.lines for piece in (first, *bullets) for url in urls(piece)}
        assert wanted <= there, item.title


def test_deliverables_are_boxes_to_tick(tasks: dict[tuple[str, str], Any], bodies: dict[str, list[Any]]) -> None:
    for option, item in documented():
        boxes = [b for b in bodies[tasks[option, item.title]["id"]] if b["type"] == "to_do"]
        single = item.value("Deliverable")
        expected = item.bullets("Deliverables") or ([single] if single else [])
        assert [words_of(box) for box in boxes] == [said(one) for one in expected]
        assert not any(box["to_do"]["checked"] for box in boxes)


def test_documented_views_have_their_names_layouts_grouping_and_filter(live: Live) -> None:
    listed = section_of("### Views to Create:", "###")
    names = dict(re.findall(r"^\d\. \*\*(.+?)\*\* \((.*?)\)", listed, re.MULTILINE))
    views = live.views("Data Engineering Roadmap")
    properties = live.sources["Data Engineering Roadmap"]["properties"]
    columns = {unquote(prop["id"]): name for name, prop in properties.items()} | {name: name for name in properties}
    by_name = {view["name"]: view for view in views}

    order = [view["name"] for view in views]
    assert order == ["Today", *names, "All Tasks", "Timeline"]
    for name, words in names.items():
        view, configuration = by_name[name], by_name[name]["configuration"] or {}
        if words.startswith("Group by"):
            assert view["type"] == "board"
            assert f"Group by {columns[unquote(configuration['group_by']['property_id'])]}" == words
        elif words.startswith("By "):
            assert view["type"] == "calendar"
            assert f"By {columns[unquote(configuration['date_property_id'])]}" == words
        else:
            assert view["type"] == "gallery"
            condition = view["filter"]
            assert f"Filter: {columns[unquote(condition['property'])]} = {condition['select']['equals']}" == words
    assert by_name["All Tasks"]["type"] == "table"
    assert by_name["🎯 Skills Matrix"]["configuration"]["group_by"]["hide_empty_groups"] is True


def test_the_default_view_that_notion_makes_is_none_of_the_tabs(live: Live) -> None:
    for title in live.databases:
        assert "Default view" not in [view["name"] for view in live.views(title)]


def test_phases_say_goal_market_window_and_metric(live: Live) -> None:
    rows = {value(row, "Name"): row for row in live.rows("Phases")}
    assert len(rows) == 7
    for option, block in zip(OPTIONS, phases(), strict=True):
        row = next(r for title, r in rows.items() if title.startswith(f"{option}:"))
        there = "\n".join(str(value(row, name)) for name in row["properties"])
        there += "\n".join(words_of(b) for b in walk(live.reader.tree(row["id"])))
        for label, words in block.header.items():
            assert said(words) in there, (option, label)


def test_all_tasks_hang_on_their_phase_and_roll_up(live: Live) -> None:
    for row in live.rows("Phases"):
        phase = dict(zip(OPTIONS, phases(), strict=True))[value(row, "Name").partition(":")[0]]
        hours = [int(item.value("Hours") or "") for item in phase.items if (item.value("Hours") or "").isdigit()]
        assert value(row, "Total Tasks")["number"] == len(phase.items)
        assert value(row, "Progress %")["number"] == 0
        assert (value(row, "Hours")["number"] or 0) == sum(hours)


def test_criteria_of_the_five_gates(live: Live) -> None:
    rows = live.rows("Success Criteria")
    found = {(value(row, "Phase"), value(row, "Criterion")) for row in rows if value(row, "Phase")}

    assert found == {(o, criterion) for o, phase in zip(OPTIONS, phases(), strict=True) for criterion in phase.criteria}
    assert len(found) == 25


def test_kpis_and_the_funnel_have_target_and_benchmark(live: Live) -> None:
    rows = {next(value(r, n) for n, p in r["properties"].items() if p["type"] == "title"): r for r in live.rows("KPIs")}
    for name in re.findall(r"^- \*\*(.+?):\*\*", section_of("#### Weekly KPIs", "####"), re.MULTILINE):
        assert any(name in title for title in rows), name
    numbers = {(value(row, "Target"), value(row, "Benchmark")) for row in rows.values()}
    assert {(25, 12), (70, 50), (60, 40), (50, 25), (5, 2)} <= numbers


def test_habits_are_boxes_of_the_daily_log(live: Live) -> None:
    habits = re.findall(r"^- \[ \] \*\*(.+?)\*\* \(", section_of("### Daily Non-Neg", "###"), re.MULTILINE)
    columns = live.sources["Daily Log"]["properties"]

    assert len(habits) == 5
    assert [columns[habit]["type"] for habit in habits] == ["checkbox"] * 5
    assert len(live.rows("Daily Log")) == 7


def test_resources_platforms_and_books_are_rows_with_their_links(live: Live) -> None:
    rows = live.rows("Resources")
    tables = section_of("## 📊 COMPLETE RESOURCE DATABASE", "## 🎯 WEEKLY")

    assert len(rows) == 15 + 5 + 5
    assert {value(row, "Link") for row in rows} - {None} == set(urls(tables))


def test_the_folded_extras_hold_what_no_database_does(live: Live) -> None:
    words = "\n".join(words_of(b) for b in walk(live.reader.tree(live.root["id"])) if b["type"] != "unsupported")
    for start, end in (
        ("## 📊 MARKET", "\n---"),
        ("### Weekly Reviews", "### Phase Transition"),
        ("### Risk Mitigation", "### Emergency"),
        ("### Emergency Acceleration Protocol:", "\n---"),
        ("### Non-Negotiable Success", "### Your Success Timeline"),
        ("### Your Success Timeline:", "\n---"),
    ):
        lines = [line for line in section_of(start, end).splitlines()[1:] if line.strip(" `-*|")]
        for line in lines:
            bare = re.sub(r"^(#+ |- \[ \] |- |\d+\. |IF )", "", line.strip())
            for piece in re.split(r"\*\*|: |:$| - | \(|\)", said(bare)):
                assert piece.strip(" `-") in words, line
