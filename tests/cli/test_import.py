"""`notion-roadmap import`: a document becomes a template that seeds, and nothing of the user's is overwritten."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from notion_roadmap.cli import exits
from notion_roadmap.cli.commands import import_
from notion_roadmap.importer.encoding import MAX_BYTES

PLAN = """\
# My plan

## Phase 1: Basics

- [ ] Read the book
- [x] Build a parser

## Phase 2: More

- Tell others
"""


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "plan.md"
    path.write_text(PLAN, encoding="utf-8")
    return path


def test_a_document_becomes_a_template_that_seeds(call, plan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROADMAP_STATE", str(plan.parent / "state.sqlite"))
    said = call("import", "plan.md", "-o", "plan.yaml")
    assert said.code == exits.DONE
    assert said.out.splitlines()[0] == "plan.md: 2 phases with 3 tasks, from 10 lines."
    assert said.out.rstrip().endswith("Wrote plan.yaml. Next: notion-roadmap plan plan.yaml")
    assert call("template", "validate", "plan.yaml").code == exits.DONE
    assert call("seed", "plan.yaml", "--yes", "--json").json["outcome"] == "done"
    assert call("plan", "plan.yaml").code == exits.DONE


def test_the_json_tells_all(call, plan: Path) -> None:
    told = call("import", "plan.md", "-o", "plan.yaml", "--json").json
    assert told["template"] == "plan.yaml"
    assert told["lines"].keys() == {"total", "blank", "field", "content", "note", "structure", "not_understood"}
    assert (told["lines"]["total"], told["lines"]["blank"]) == (10, 4)
    assert (told["phases"], told["tasks"]) == (2, 3)
    assert (told["not_understood"], told["changes"], told["problems"]) == ([], [], [])


def test_a_template_can_be_printed(call, plan: Path) -> None:
    said = call("import", "plan.md", "-o", "-")
    assert said.out.startswith("# Imported from plan.md")
    assert "plan.md: 2 phases with 3 tasks" in said.err
    assert call("import", "plan.md", "-o", "-", "--json").json["text"] == said.out
    assert [path.name for path in plan.parent.iterdir()] == ["plan.md"]


@pytest.mark.parametrize("order", [("plan.md", "--report"), ("--report", "plan.md")])
def test_a_look_writes_nothing(call, plan: Path, order: tuple[str, ...]) -> None:
    said = call("import", *order)
    assert said.code == exits.DONE
    assert said.out.startswith("# What was understood of plan.md\n")
    assert [path.name for path in plan.parent.iterdir()] == ["plan.md"]


def test_a_report_can_be_written(call, plan: Path) -> None:
    assert call("import", "plan.md", "-o", "plan.yaml", "--report", "report.md").code == exits.DONE
    assert (plan.parent / "report.md").read_text(encoding="utf-8").startswith("# What was understood of plan.md\n")


def test_a_pipe_is_read(call, plan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(PLAN.encode())))
    assert call("import", "-", "-o", "mine.yaml", "--json").json["tasks"] == 3


def test_what_is_there_is_not_overwritten(call, plan: Path) -> None:
    (plan.parent / "plan.yaml").write_text("mine", encoding="utf-8")
    refused = call("import", "plan.md", "-o", "plan.yaml")
    assert refused.code == exits.FAILED
    assert refused.err == (
        "plan.yaml is there already.\n"
        "Keep its keys and what you changed with --into plan.yaml, or overwrite it with --force.\n"
    )
    assert (plan.parent / "plan.yaml").read_text(encoding="utf-8") == "mine"
    assert call("import", "plan.md", "-o", "plan.yaml", "--force").code == exits.DONE


class TestInto:
    """An edited document."""

    @pytest.fixture(autouse=True)
    def edited(self, call, plan: Path) -> None:
        call("import", "plan.md", "-o", "plan.yaml")
        plan.write_text(f"{PLAN}- Tell everybody\n", encoding="utf-8")

    def test_nobody_to_ask(self, call, plan: Path) -> None:
        before = (plan.parent / "plan.yaml").read_text(encoding="utf-8")
        refused = call("import", "plan.md", "--into", "plan.yaml")
        assert refused.code == exits.FAILED
        assert "Add --yes" in refused.err
        assert "added phase-2/" in refused.out
        assert (plan.parent / "plan.yaml").read_text(encoding="utf-8") == before

    @pytest.mark.parametrize("answer", [True, False])
    def test_somebody_is_asked(self, call, plan: Path, answer: bool, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(import_, "someone_watches", lambda: True)
        monkeypatch.setattr("click.confirm", lambda *_, **__: answer)
        before = (plan.parent / "plan.yaml").read_text(encoding="utf-8")
        assert call("import", "plan.md", "--into", "plan.yaml").code == (exits.DONE if answer else exits.FAILED)
        assert ((plan.parent / "plan.yaml").read_text(encoding="utf-8") != before) is answer

    def test_yes(self, call, plan: Path) -> None:
        told = call("import", "plan.md", "--into", "plan.yaml", "--yes", "--json").json
        assert (told["template"], told["tasks"]) == ("plan.yaml", 4)
        assert [change["action"] for change in told["changes"]] == ["added"]
        again = call("import", "plan.md", "--into", "plan.yaml")
        assert again.code == exits.DONE
        assert "nothing was written" in again.out

    def test_elsewhere(self, call, plan: Path) -> None:
        before = (plan.parent / "plan.yaml").read_text(encoding="utf-8")
        assert call("import", "plan.md", "--into", "plan.yaml", "-o", "new.yaml").code == exits.DONE
        assert (plan.parent / "plan.yaml").read_text(encoding="utf-8") == before
        assert call("template", "show", "new.yaml", "--json").json["version"] == 2
        again = call("import", "plan.md", "--into", "new.yaml", "-o", "newer.yaml")
        assert again.code == exits.DONE
        assert (plan.parent / "newer.yaml").read_text(encoding="utf-8") == (plan.parent / "new.yaml").read_text("utf-8")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "holds no list"),
        (b"only words\n", "holds no list"),
        (bytes(range(256)) * 40, "is not text"),
        (b"x" * (MAX_BYTES + 1), "more than the 10,000,000 that can be imported"),
    ],
)
def test_what_is_no_roadmap_is_said_in_a_sentence(call, plan: Path, content: bytes, said: str) -> None:
    plan.write_bytes(content)
    refused = call("import", "plan.md", "-o", "plan.yaml")
    assert (refused.code, refused.out) == (exits.FAILED, "")
    assert said in refused.err
    assert refused.err.startswith("plan.md "), "the file is called as it was given"
    assert not (plan.parent / "plan.yaml").exists()


def test_one_is_not_said_as_many(call, plan: Path) -> None:
    plan.write_text("# Plan\n\n- [ ] Begin\n", encoding="utf-8")
    assert call("import", "plan.md", "-o", "plan.yaml").out.startswith("plan.md: 1 phase with 1 task, from 3 lines.")


@pytest.mark.parametrize(
    "arguments", [(), ("plan.md",), ("-o", "plan.yaml"), ("a.md", "b.md", "-o", "c.yaml"), ("--nope",)]
)
def test_wrong_usage(call, plan: Path, arguments: tuple[str, ...]) -> None:
    assert call("import", *arguments).code == exits.WRONG_USAGE


def test_what_cannot_be_read(call, plan: Path) -> None:
    assert call("import", "none.md", "-o", "plan.yaml").err.startswith(
        "none.md cannot be read: no such file or directory."
    )
    (plan.parent / "over.yaml").write_text("titel: x\n", encoding="utf-8")
    wrong = call("import", "plan.md", "-o", "plan.yaml", "--overlay", "over.yaml")
    assert wrong.code == exits.FAILED
    assert wrong.err.splitlines()[0] == "The overlay over.yaml has a problem."
    assert "over.yaml:1:1: titel: unknown key; did you mean 'title'?" in wrong.err


LABELLED = """\
# My plan

## Phase 1: Basics (Weeks 1-4)

### Task 1: Read the book

**Hours:** 10

### Task 2: Build a parser

**Hours:** 20

## Phase 2: More (Weeks 5-8)

### Task 3: Tell others

**Hours:** 5
"""


def test_an_edited_document_upgrades_a_workspace_that_is_lived_in(
    call, plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ROADMAP_STATE", str(plan.parent / "state.sqlite"))
    plan.write_text(LABELLED, encoding="utf-8")
    call("import", "plan.md", "-o", "plan.yaml")
    call("seed", "plan.yaml", "--yes")
    edited = LABELLED.replace("Build a parser", "Write a parser") + "\n### Task 4: Celebrate\n\n**Hours:** 1\n"
    plan.write_text(edited, encoding="utf-8")
    call("import", "plan.md", "--into", "plan.yaml", "--yes")
    changes = {change["key"]: change["action"] for change in call("plan", "plan.yaml", "--json").json["changes"]}
    assert changes["tasks/phase-1/task-2"] == "update"
    assert [key for key, action in changes.items() if action != "update"] == ["tasks/phase-2/task-4"]
    assert call("seed", "plan.yaml", "--yes", "--json").json["outcome"] == "done"
    assert call("plan", "plan.yaml").code == exits.DONE
