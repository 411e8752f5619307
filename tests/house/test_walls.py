"""The walls between the rooms cover every room: a new one must be given its floor, and the sandbox kept from it."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

_APART = {"sandbox", "__init__", "__main__", "__pycache__"}


@pytest.fixture(scope="module")
def contracts(repository: Path) -> list[dict[str, Any]]:
    pyproject = tomllib.loads((repository / "pyproject.toml").read_text("utf-8"))
    found: list[dict[str, Any]] = pyproject["tool"]["importlinter"]["contracts"]
    return found


@pytest.fixture(scope="module")
def rooms(repository: Path) -> set[str]:
    inside = (repository / "src/notion_roadmap").iterdir()
    return {p.stem for p in inside if p.is_dir() or p.suffix == ".py"} - _APART


def test_every_room_has_its_floor(contracts: list[dict[str, Any]], rooms: set[str]) -> None:
    (floors,) = (c for c in contracts if c["type"] == "layers")
    assert {room for floor in floors["layers"] for room in floor.split(" | ")} == rooms
    assert floors["exhaustive"] is True


def test_the_sandbox_is_kept_from_every_room(contracts: list[dict[str, Any]], rooms: set[str]) -> None:
    (wall,) = (c for c in contracts if c["type"] == "forbidden" and c["source_modules"] == ["notion_roadmap.sandbox"])
    assert set(wall["forbidden_modules"]) == {f"notion_roadmap.{room}" for room in rooms}


def test_names_of_walls_read_as_sentences(contracts: list[dict[str, Any]]) -> None:
    assert all(c["name"][0].isupper() and len(c["name"].split()) >= 4 for c in contracts)


def test_the_architecture_names_every_room(repository: Path, rooms: set[str]) -> None:
    page = (repository / "ARCHITECTURE.md").read_text("utf-8")
    assert [room for room in sorted(rooms) if f"`{room}/`" not in page and f"`{room}.py`" not in page] == []
