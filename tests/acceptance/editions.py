"""Other editions of the bundled template: the same YAML, edited as its author would."""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from notion_roadmap.roadmap import Roadmap
from notion_roadmap.templates import parse_template

MINI_FILE = Path(__file__).parents[1] / "data" / "mini-roadmap.yaml"
FILE = Path(__file__).parents[2] / "templates" / "data-engineering-career.yaml"
Edit = Callable[[dict[str, Any]], None]


@cache
def _loaded(file: Path) -> dict[str, Any]:
    return yaml.load(file.read_bytes(), getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def source(*edits: Edit, file: Path = FILE) -> bytes:
    """The YAML after the edits."""
    data = apart(_loaded(file))
    for edit in edits:
        edit(data)
    dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
    return yaml.dump(apart(data), Dumper=dumper, allow_unicode=True, sort_keys=False, width=10_000).encode()


def apart(value: Any) -> Any:
    """A copy in which nothing is the same object as anything else: YAML would write it as an alias."""
    if isinstance(value, dict):
        return {key: apart(one) for key, one in value.items()}
    return [apart(one) for one in value] if isinstance(value, list) else value


def edition(*edits: Edit, file: Path = FILE) -> Roadmap:
    """The roadmap after the edits."""
    return parse_template("edition.yaml", source(*edits, file=file))


def task(data: dict[str, Any], key: str) -> dict[str, Any]:
    return next(t for phase in data["phases"] for t in phase["tasks"] if t["key"] == key)


def column(data: dict[str, Any], role: str) -> dict[str, Any]:
    return next(p for p in data["tracking"]["properties"] if p["role"] == role)


def view(data: dict[str, Any], name: str) -> dict[str, Any]:
    return next(v for v in data["tracking"]["views"] if v["name"] == name)


def shuffled(seed: int) -> Edit:
    """The order of whatever has no order: the keys of every mapping, and the tasks of a phase."""
    dice = random.Random(seed)

    def mix(value: Any) -> Any:
        if isinstance(value, dict):
            pairs = [(key, mix(one)) for key, one in value.items()]
            dice.shuffle(pairs)
            return dict(pairs)
        return [mix(one) for one in value] if isinstance(value, list) else value

    def edit(data: dict[str, Any]) -> None:
        for phase in data["phases"]:
            dice.shuffle(phase["tasks"])
        mixed = mix(data)
        data.clear()
        data.update(mixed)

    return edit
