"""docs/templates.md names every field of a template, every lint rule and every field that labels can be given to."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from notion_roadmap.importer.aliases import FIELDS, PHASE_FIELDS
from notion_roadmap.roadmap import Roadmap, Task
from notion_roadmap.templates.overlay import read_overlay

_RULE = re.compile(r'"((?:[a-z]+)(?:-[a-z]+)+)", (?:f?"|message)')


@pytest.fixture(scope="module")
def page(repository: Path) -> str:
    return (repository / "docs/templates.md").read_text(encoding="utf-8")


def _part(page: str, heading: str) -> str:
    return re.split(r"^#+ ", page.split(f"# {heading}\n", 1)[1], maxsplit=1, flags=re.MULTILINE)[0]


def _words(part: str) -> set[str]:
    return set(re.findall(r"`([a-z_]+)`", part))


def test_every_field_of_a_roadmap_is_named(page: str) -> None:
    assert set(Roadmap.model_fields) - {"titles"} <= _words(_part(page, "Writing one by hand"))


def test_every_field_of_a_task_is_named(page: str) -> None:
    placed = {"section", "track", "priority_note"}  # where a document has them; nobody needs them by hand
    assert set(Task.model_fields) - placed <= _words(_part(page, "Tasks"))


def test_every_rule_is_named_and_no_other(page: str, repository: Path) -> None:
    sources = (repository / "src/notion_roadmap" / name for name in ("templates/lint.py", "service/lint.py"))
    rules = {rule for source in sources for rule in _RULE.findall(source.read_text(encoding="utf-8"))}
    assert len(rules) > 10
    assert set(re.findall(r"^\| `([a-z-]+)`", _part(page, "What looks bad"), re.MULTILINE)) == rules


def test_every_field_that_can_have_labels_is_named_and_no_other(page: str) -> None:
    (tasks, phases) = re.findall(r"\(([a-z_,\s]+)\)", _part(page, "Aliases: labels of your own"))
    assert set(re.split(r",\s+", tasks)) == set(FIELDS)
    assert set(re.split(r",\s+", phases)) == set(PHASE_FIELDS)


def test_the_examples_are_yaml(page: str) -> None:
    examples = re.findall(r"^```yaml\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    assert len(examples) == 3
    assert all(yaml.safe_load(example) for example in examples)
    overlay = next(example for example in examples if "remove: true" in example)
    assert read_overlay("over.yaml", overlay.encode()).problems == []
