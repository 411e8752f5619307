"""The commands of an author: begin a template, look at what would look bad."""

from __future__ import annotations

from pathlib import Path

import pytest

from notion_roadmap.cli import exits
from templates.small import SMALL


def test_a_new_template_is_sound_clean_and_can_be_seeded(call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROADMAP_STATE", str(tmp_path / "state.sqlite"))
    made = call("template", "new", "My sabbatical: 2026", "--json")
    assert made.json == {"outcome": "done", "written": "my-sabbatical-2026.yaml"}
    shown = call("template", "show", "my-sabbatical-2026.yaml", "--json").json
    assert (shown["key"], shown["title"]) == ("my-sabbatical-2026", "My sabbatical: 2026")
    assert call("template", "lint", "my-sabbatical-2026.yaml").code == exits.DONE
    assert call("seed", "my-sabbatical-2026.yaml", "--yes", "--json").json["outcome"] == "done"
    assert call("plan", "my-sabbatical-2026.yaml").code == exits.DONE


@pytest.mark.parametrize("name", ["No", "日本語", "# x", "a: b", "---", "🚀", "-", "Été", "\\", '"', "x" * 3_000])
def test_any_name_gives_a_sound_template(name: str, call) -> None:
    made = call("template", "new", "-o", "out.yaml", "--", name)
    assert made.code == exits.DONE
    assert call("template", "validate", "out.yaml").code == exits.DONE


def test_what_is_there_is_not_overwritten(call, tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text("mine", encoding="utf-8")
    refused = call("template", "new", "-o", "mine.yaml")
    assert refused.code == exits.FAILED
    assert refused.err.startswith("mine.yaml is there already.")
    assert (tmp_path / "mine.yaml").read_text(encoding="utf-8") == "mine"
    assert call("template", "new", "-o", "mine.yaml", "--force").code == exits.DONE
    assert "title: mine\n" in (tmp_path / "mine.yaml").read_text(encoding="utf-8")


def test_a_new_template_can_be_printed(call, tmp_path: Path) -> None:
    printed = call("template", "new", "Mine", "-o", "-")
    assert printed.out.startswith("# A roadmap of your own.")
    assert call("template", "new", "Mine", "-o", "-", "--json").json["template"] == printed.out
    assert list(tmp_path.iterdir()) == []


def test_a_new_template_needs_a_name(call) -> None:
    assert call("template", "new").code == exits.WRONG_USAGE


def test_lint_names_its_findings(call, tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(SMALL.replace("title: Two", "title: One"), encoding="utf-8")
    said = call("template", "lint", "mine.yaml")
    assert said.code == exits.FAILED
    assert said.out.startswith("mine.yaml:68:16: title-twice: phases[0].tasks[1].title: phase-1/one has the same title")
    assert said.out.endswith("mine.yaml: 1 finding\n")
    (found,) = call("template", "lint", "mine.yaml", "--json").json["findings"]
    assert (found["rule"], found["line"], found["column"]) == ("title-twice", 68, 16)
