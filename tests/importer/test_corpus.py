"""Roadmaps of the kinds that people keep in their repositories are read as their readers would read them."""

from functools import cache
from pathlib import Path

import pytest

from importer.reading import DOCUMENTS, expected_of, score_of
from notion_roadmap.importer import Imported, import_markdown
from notion_roadmap.roadmap import Roadmap

ALL = sorted(DOCUMENTS.glob("*.md"))


@pytest.fixture(params=ALL, ids=[path.stem for path in ALL])
def document(request: pytest.FixtureRequest) -> Path:
    found: Path = request.param
    return found


@cache
def imported(document: Path) -> Imported:
    return import_markdown(document.read_bytes(), name=document.stem)


def test_every_document_has_a_reading_and_every_reading_a_document() -> None:
    assert [path.stem for path in ALL] == [path.stem for path in sorted(DOCUMENTS.glob("*.yaml"))]
    assert len(ALL) >= 25


def test_phases_and_items_are_those_of_a_reader(document: Path) -> None:
    score = score_of(expected_of(document), imported(document).data)

    assert not score.differences, str(score)


def test_it_is_a_roadmap(document: Path) -> None:
    Roadmap.model_validate(imported(document).data)


def test_every_line_that_is_not_blank_has_an_account(document: Path) -> None:
    text = document.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")

    accounts = [account.line for account in imported(document).lines]

    assert accounts == [number for number, line in enumerate(text.split("\n"), 1) if line.strip()]
