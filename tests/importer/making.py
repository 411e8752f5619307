"""Documents for tests, imported."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent
from typing import Any

from notion_roadmap.importer import Imported, import_markdown
from notion_roadmap.roadmap import Roadmap

SEEDS = Path(__file__).parents[1] / "data" / "seeds"


def imported(text: str, **more: Any) -> Imported:
    """What a text becomes; it is always a roadmap."""
    found = import_markdown(dedent(text).encode(), name="plan", **more)
    Roadmap.model_validate(found.data)
    return found


def tasks_of(text: str) -> list[dict[str, Any]]:
    """The tasks of a document in order, whatever phase they stand in."""
    return [task for phase in imported(text).data["phases"] for task in phase["tasks"]]


def titles_of(text: str) -> dict[str, list[str]]:
    """The titles of the tasks by the titles of the phases."""
    return {phase["title"]: [task["title"] for task in phase["tasks"]] for phase in imported(text).data["phases"]}


def seed(number: str) -> Imported:
    """One of the five documents, imported."""
    (path,) = SEEDS.glob(f"{number}_*.txt")
    return import_markdown(path.read_bytes(), name=number)
