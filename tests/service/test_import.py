"""Importing: a document becomes a template; edited and imported again it changes what it should, and nothing else."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings

from importer.fragments import documents
from notion_roadmap.importer import ImportRefused, NothingToDo
from notion_roadmap.roadmap import Roadmap
from notion_roadmap.service.import_ import AliasesInvalid, FileUnreadable, Outcome, Wishes, import_document, read_source
from notion_roadmap.service.import_report import as_dict, as_markdown, change_line
from notion_roadmap.templates import OverlayInvalid, TemplateInvalid, parse_template

PLAN = """\
# My plan

## Phase 1: Basics (Weeks 1-4)

### Task 1: Read the book

**Hours:** 10
**Skills:** sql, python

### Task 2: Build a parser

**Hours:** 20

## Phase 2: More (Weeks 5-8)

### Task 3: Tell others

**Hours:** 5
"""

Import = Callable[..., Outcome]

SEEDS = Path(__file__).parents[1] / "data" / "seeds"


@pytest.fixture
def imported(tmp_path: Path) -> Import:
    """Import a document with files given as texts; `into` is the template of the import before."""

    def run(source: str = PLAN, **files: str) -> Outcome:
        paths = {name: tmp_path / f"{name}.yaml" for name in files}
        for name, text in files.items():
            paths[name].write_text(text, encoding="utf-8")
        return import_document(Wishes(source.encode("utf-8", "surrogateescape"), "plan.md", **paths))

    return run


def roadmap_of(outcome: Outcome) -> Roadmap:
    return parse_template("plan.yaml", outcome.text.encode())


def task(outcome: Outcome, key: str) -> dict[str, object]:
    return next(one for phase in outcome.data["phases"] for one in phase["tasks"] if one["key"] == key)


def test_a_document_becomes_a_template(imported: Import) -> None:
    outcome = imported()
    roadmap = roadmap_of(outcome)
    assert [one.title for _, one in roadmap.tasks()] == [
        "Task 1: Read the book",
        "Task 2: Build a parser",
        "Task 3: Tell others",
    ]
    assert (outcome.phases, outcome.tasks, outcome.problems, outcome.changes) == (2, 3, (), ())
    assert re.search(r"\n      - key: phase-1/task-1  # line 5 \([0-9a-f]{6}\)\n", outcome.text)
    assert outcome.text.startswith("# Imported from plan.md by notion-roadmap.")


def test_every_line_is_counted_once(imported: Import) -> None:
    counts = imported().counts
    assert counts["total"] == len(PLAN.splitlines())
    assert counts["blank"] == sum(not line.strip() for line in PLAN.splitlines())
    assert sum(counts.values()) == 2 * counts["total"]


def test_guesses_are_marked_where_they_stand_until_the_owner_confirms_or_changes_them(imported: Import) -> None:
    source = PLAN.replace("**Hours:** 10", "**Time:** 1.5 days").replace("**Hours:** 20", "**Time:** 2-3 h")
    first = imported(source)
    one, two = first.guesses
    assert (one.path, one.value, two.path, two.value) == (
        "phases[0].tasks[0].hours",
        12,
        "phases[0].tasks[1].hours",
        2.5,
    )
    marked = f"        hours: 12  # guessed: {one.why}, line {one.line}\n"
    assert first.text.count(marked) == 1
    confirmed = imported(source, into=first.text.replace(marked, "        hours: 12\n"))
    assert not confirmed.differs
    assert confirmed.guesses == (two,)
    changed = imported(source, into=first.text.replace(marked, "        hours: 15\n"))
    assert not changed.differs
    assert list(map(change_line, changed.changes)) == ["kept phase-1/task-1 hours: 15 (the import has 12)"]


def test_the_same_document_again_changes_nothing(imported: Import) -> None:
    first = imported()
    again = imported(into=first.text)
    assert (again.changes, again.differs, again.text) == ((), False, first.text)


def test_an_edited_document_changes_what_it_says(imported: Import) -> None:
    first = imported()
    edited = PLAN.replace("**Hours:** 20", "**Hours:** 25").replace("### Task 3: Tell others\n\n**Hours:** 5\n", "")
    edited += "### Task 4: Tell friends\n\n**Hours:** 6\n"
    again = imported(edited, into=first.text)
    assert [change_line(change) for change in again.changes if change.field != "hours_as_written"] == [
        "changed phase-1/task-2 hours: 20 → 25",
        "added phase-2/task-4: Task 4: Tell friends",
        "removed phase-2/task-3: Task 3: Tell others (the document has it no more)",
    ]
    assert again.data["version"] == 2
    assert roadmap_of(again).version == 2


def test_what_the_owner_added_and_wrote_stays(imported: Import) -> None:
    mine = (
        imported()
        .text.replace("title: My plan\n", "title: My plan # mine\nicon: 🧭\n")
        .replace("      - key: phase-1/task-2", "      # ask first\n      - key: phase-1/task-2")
        .replace("  - key: phase-2  #", "      - key: phase-1/own\n        title: My own\n\n  - key: phase-2  #")
    )
    again = imported(PLAN.replace("**Hours:** 20", "**Hours:** 25"), into=mine)
    assert "title: My plan  # mine\nicon: 🧭\n" in again.text
    assert "\n      # ask first\n      - key: phase-1/task-2  # line 10 (" in again.text
    assert [one.key for one in roadmap_of(again).phases[0].tasks] == [
        "phase-1/task-1",
        "phase-1/task-2",
        "phase-1/own",
    ]
    kept = {change_line(change) for change in again.changes if change.action == "kept"}
    assert kept == {
        "kept icon: 🧭 (only the template has it)",
        "kept phase-1/own: My own (only the template has it)",
    }
    assert again.text == imported(PLAN.replace("**Hours:** 20", "**Hours:** 25"), into=again.text).text


def test_what_the_owner_changed_stays_until_the_document_says_something_else_of_it(imported: Import) -> None:
    mine = imported().text.replace('"Task 2: Build a parser"', '"Task 2: Build a small parser"')
    mine = mine.replace("title: My plan\n", "title: Our plan\n")
    edited = PLAN.replace("**Hours:** 10", "**Hours:** 11")
    again = imported(edited, into=mine)
    assert [change_line(change) for change in again.changes if change.field != "hours_as_written"] == [
        "kept title: Our plan (the import has My plan)",
        "changed phase-1/task-1 hours: 10 → 11",
        "kept phase-1/task-2 title: Task 2: Build a small parser (the import has Task 2: Build a parser)",
    ]
    once_more = imported(edited.replace("**Hours:** 20", "**Hours:** 21"), into=again.text)
    assert task(once_more, "phase-1/task-2")["title"] == "Task 2: Build a parser"
    assert once_more.data["title"] == "Our plan"


BULLETS = (
    "# My plan\n\n## Phase 1: Basics\n\n- Read the book\n- Build a small parser\n\n## Phase 2: More\n\n- Celebrate\n"
)


def test_what_was_moved_and_reworded_keeps_its_key(imported: Import) -> None:
    edited = BULLETS.replace("- Build a small parser\n", "") + "- Build a parser\n"
    again = imported(edited, into=imported(BULLETS).text)
    assert {change_line(change) for change in again.changes} == {
        "moved phase-1/build-a-small-parser: phase-1 → phase-2",
        "changed phase-1/build-a-small-parser title: Build a small parser → Build a parser",
    }


def test_what_the_owner_calls_otherwise_keeps_its_key(imported: Import) -> None:
    mine = imported(BULLETS).text.replace("title: Celebrate\n", "title: Wine and cheese\n")
    again = imported(BULLETS.replace("the book", "a book"), into=mine)
    assert {change_line(change) for change in again.changes} == {
        "changed phase-1/read-the-book title: Read the book → Read a book",
        "kept phase-2/celebrate title: Wine and cheese (the import has Celebrate)",
    }
    assert imported(BULLETS.replace("the book", "a book"), into=again.text).differs is False


def test_words_beside_a_key_stay_with_where_it_came_from(imported: Import) -> None:
    first = imported(BULLETS).text
    mine = first.replace("- key: phase-2/celebrate  #", "- key: phase-2/celebrate # ours #")
    assert mine != first
    again = imported(BULLETS, into=mine).text
    assert again == mine.replace("celebrate # ours", "celebrate  # ours")
    gone = imported(BULLETS.replace("- Celebrate", "- Sleep well"), into=again)
    assert "removed phase-2/celebrate: Celebrate (the document has it no more)" in map(change_line, gone.changes)


def test_columns_that_no_document_states_are_the_owners(imported: Import) -> None:
    mine = imported().text.replace("name: Status\n", "name: State\n").replace("by: Status\n", "by: State\n")
    assert mine != imported().text
    again = imported(into=mine)
    assert "name: State\n" in again.text
    assert not again.differs


def test_an_overlay_decides_and_says_why(imported: Import) -> None:
    overlay = "icon: 🧭 # a compass\nphases:\n  - key: phase-1\n    # three weeks are enough\n    window: {end: 3}\n"
    outcome = imported(overlay=overlay)
    roadmap = roadmap_of(outcome)
    assert roadmap.icon == "🧭"
    assert roadmap.phases[0].window is not None
    assert roadmap.phases[0].window.end == 3
    assert "icon: 🧭  # a compass\n" in outcome.text
    assert "    # three weeks are enough\n    window:\n" in outcome.text


def test_aliases_give_labels_a_meaning(imported: Import) -> None:
    source = PLAN.replace("**Hours:** 20", "**Zeitbudget:** 20")
    assert "hours" not in task(imported(source), "phase-1/task-2")
    assert task(imported(source, aliases="hours: Zeitbudget\n"), "phase-1/task-2")["hours"] == 20
    assert task(imported(source, aliases="hours: [Zeitbudget]\n"), "phase-1/task-2")["hours"] == 20


def test_a_wrong_file_is_named_with_its_lines(imported: Import) -> None:
    with pytest.raises(OverlayInvalid) as overlay:
        imported(overlay="phases:\n  - key: phase-9\n    titel: x\n")
    assert (overlay.value.problems[0].line, overlay.value.noun) == (2, "overlay")
    with pytest.raises(AliasesInvalid) as aliases:
        imported(aliases="huors: Zeit\nskills: 4\ntitle: [a, 1]\n")
    assert [(problem.line, problem.message) for problem in aliases.value.problems] == [
        (1, "there is no field 'huors'; did you mean 'hours'?"),
        (2, "is no list of labels"),
        (3, "is no list of labels"),
    ]
    with pytest.raises(TemplateInvalid):
        imported(into="key: mine\n")


def test_what_cannot_be_read_is_said_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(FileUnreadable, match=r"nowhere\.md cannot be read: no such file or directory\. Give the path"):
        read_source("nowhere.md")
    with pytest.raises(FileUnreadable, match="is a directory"):
        read_source(str(tmp_path))
    with pytest.raises(FileUnreadable, match="it is no path"):
        read_source("\0")
    with pytest.raises(FileUnreadable, match="an overlay"):
        import_document(Wishes(PLAN.encode(), "plan.md", overlay=tmp_path / "none.yaml"))
    with pytest.raises(NothingToDo):
        import_document(Wishes(b"", "plan.md"))


def test_the_report_tells_all(imported: Import) -> None:
    first = imported()
    outcome = imported(PLAN.replace("**Hours:** 20", "**Hours:** 25"), into=first.text)
    page = as_markdown("plan.md", outcome)
    assert page.startswith("# What was understood of plan.md\n\n2 phases with 3 tasks, from 18 lines:\n")
    assert "## Phases (2)\n\n- Phase 1: Basics (Weeks 1-4): 2 tasks\n" in page
    assert "- changed phase-1/task-2 hours: 20 → 25\n" in page
    told = as_dict(outcome)
    assert told["lines"] == outcome.counts
    assert {"action": "changed", "item": "phase-1/task-2", "field": "hours", "before": 20, "after": 25} in told[
        "changes"
    ]


DOCUMENTS = [*sorted(SEEDS.glob("*.txt")), *sorted((SEEDS.parent / "documents").glob("*.md"))]
SOME = [
    pytest.param(path, marks=[pytest.mark.slow] if at % 5 else (), id=path.stem) for at, path in enumerate(DOCUMENTS)
]
"""All of them, every fifth among the usual tests."""


@pytest.mark.parametrize("path", SOME)
def test_whatever_is_imported_is_sound_and_imported_again_it_changes_nothing(path: Path, imported: Import) -> None:
    source = path.read_bytes().decode("utf-8", "surrogateescape")
    with suppress(NothingToDo):  # what the importer must find is held by tests/importer
        first = imported(source)
        assert first.problems == ()
        again = imported(source, into=first.text)
        assert (again.changes, again.differs) == ((), False)


@settings(max_examples=40)
@given(documents())
def test_whatever_a_document_holds_imported_again_it_changes_nothing(text: str) -> None:
    with tempfile.TemporaryDirectory() as folder, suppress(ImportRefused):
        first = import_document(Wishes(text.encode(), "plan.md"))
        assert first.problems == ()
        there = Path(folder) / "plan.yaml"
        there.write_text(first.text, encoding="utf-8", newline="")
        again = import_document(Wishes(text.encode(), "plan.md", into=there))
        assert (again.changes, again.text) == ((), first.text)
