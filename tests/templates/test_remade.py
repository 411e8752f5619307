"""The bundled templates are what their documents and overlays give."""

from __future__ import annotations

import sys
from pathlib import Path

import bundling.__main__ as script
import pytest
from bundling.remake import DOCUMENTS, TEMPLATES, remade

from notion_roadmap.roadmap import Roadmap
from notion_roadmap.service.lint import lint_template
from notion_roadmap.templates import bundled, load_template


def test_every_bundled_template_has_its_document() -> None:
    assert [info.name for info in bundled()] == sorted(DOCUMENTS)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_bundled_template_is_what_its_document_and_its_overlay_give(name: str) -> None:
    assert remade(name) == (TEMPLATES / f"{name}.yaml").read_text("utf-8"), "run scripts/templates"


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_bundled_template_says_who_it_is(name: str) -> None:
    roadmap: Roadmap = load_template(name)
    assert roadmap.key == name


KNOWN = {
    "analytics-engineer-32-weeks": {"title-long", "title-twice"},
    "apex-engineer": {"title-long"},
    "data-engineering-career": {"options-many", "groups-many"},
}
"""What the documents ask for although it looks bad: whole sentences as tasks, 152 skills, and a board of them."""


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_bundled_template_looks_good(name: str) -> None:
    assert {finding.rule for finding in lint_template(name)} == KNOWN.get(name, set())


def test_the_script_tells_and_mends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(script, "TEMPLATES", tmp_path)
    monkeypatch.setattr(sys, "argv", ["scripts/templates", "--check", "apex-engineer"])
    assert script.main() == 1
    assert "+key: apex-engineer\n" in capsys.readouterr().out
    assert list(tmp_path.iterdir()) == []
    monkeypatch.setattr(sys, "argv", ["scripts/templates", "apex-engineer"])
    assert script.main() == 0
    assert (tmp_path / "apex-engineer.yaml").read_text("utf-8") == remade("apex-engineer")
    monkeypatch.setattr(sys, "argv", ["scripts/templates", "--check", "apex-engineer"])
    assert script.main() == 0
    assert capsys.readouterr().out.endswith("The templates are in step.\n")
