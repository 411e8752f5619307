"""What is imported is a template that seeds: every document of the corpus becomes a workspace, and stays silent."""

from pathlib import Path

import pytest

from acceptance.ground import new_ground
from acceptance.inside import request_problems
from importer.reading import DOCUMENTS
from notion_roadmap.importer import import_markdown
from notion_roadmap.templates import parse_template
from notion_roadmap.templates.write import write_template

QUICK = ("embedded-path", "chinese")
"""Months that overlap; another script."""


def check(document: Path) -> None:
    data = import_markdown(document.read_bytes(), name=document.stem).data
    roadmap = parse_template(f"{document.stem}.yaml", write_template(data).encode())
    ground = new_ground().beside(roadmap)

    first = ground.seed(roadmap)

    assert (first.outcome, first.skipped, first.differences) == ("done", [], [])
    assert request_problems(ground.recorder.exchanges) == []
    with ground.no_writes():
        assert ground.seed(roadmap).outcome == "done"
    assert ground.sync(roadmap).outcome == "done"
    with ground.no_writes():
        assert ground.sync(roadmap).outcome == "done"


@pytest.mark.parametrize("name", QUICK)
def test_an_import_seeds_whole_and_stays_silent(name: str) -> None:
    check(DOCUMENTS / f"{name}.md")


@pytest.mark.slow
@pytest.mark.parametrize("document", sorted(DOCUMENTS.glob("*.md")), ids=lambda path: path.stem)
def test_every_import_seeds_whole_and_stays_silent(document: Path) -> None:
    check(document)
