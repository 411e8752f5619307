"""The bundled templates: found, sound, quick to load, and described by the schema that editors use."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
import yaml

from notion_roadmap.roadmap import Roadmap
from notion_roadmap.templates import bundled, load_template, template_schema, tree
from templates.small import SMALL

FOLDER = Path(__file__).parents[2] / "templates"
NAMES = [path.stem for path in sorted(FOLDER.glob("*.yaml"))]


@pytest.fixture(scope="module")
def schema() -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator(template_schema())


def test_every_template_of_the_folder_is_bundled() -> None:
    assert [info.name for info in bundled()] == NAMES
    assert "data-engineering-career" in NAMES


def test_the_line_about_a_template_says_what_it_holds() -> None:
    (career,) = [info for info in bundled() if info.name == "data-engineering-career"]
    assert (career.version, career.phases, career.tasks) == (1, 7, 72)
    assert career.title == "NOTION-READY Data Engineering Career Roadmap (Dec 2025 → Beyond)"


@pytest.mark.parametrize("name", NAMES)
def test_a_template_survives_being_written_and_read(name: str) -> None:
    roadmap = load_template(name)
    assert Roadmap.model_validate(roadmap.model_dump(mode="json", exclude_none=True)) == roadmap
    assert Roadmap.model_validate_json(roadmap.model_dump_json()) == roadmap


@pytest.mark.parametrize("name", NAMES)
def test_a_bundled_template_fits_the_schema(name: str, schema: jsonschema_rs.Draft202012Validator) -> None:
    data = yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    assert [error.message for error in schema.iter_errors(data)] == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("hours: 10", "huors: 10"),
        ("unit: weeks", "unit: week"),
        ("layout: board", "layout: kanban"),
        ("key: phase-2/one", "key: Phase 2"),
        ("hours: 10", "hours: 200+"),
    ],
)
def test_the_schema_shows_mistakes_in_an_editor(old: str, new: str, schema: jsonschema_rs.Draft202012Validator) -> None:
    assert schema.is_valid(yaml.safe_load(SMALL))
    assert not schema.is_valid(yaml.safe_load(SMALL.replace(old, new, 1)))


def test_the_schema_says_what_each_field_is() -> None:
    definitions: dict[str, Any] = template_schema()["$defs"]
    fields = definitions["Task"]["properties"]
    assert fields["hours_as_written"]["description"].startswith("The hours in the words of the document")
    assert fields["scope"]["enum"] == ["required", "alternative", "stretch"]


def test_a_machine_without_the_fast_parser_reads_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    fast = load_template("data-engineering-career")
    monkeypatch.setattr(tree, "_LOADER", yaml.SafeLoader)
    assert load_template("data-engineering-career") == fast


def test_a_template_has_no_anchors_and_no_tabs() -> None:
    for name in NAMES:
        text = (FOLDER / f"{name}.yaml").read_text(encoding="utf-8")
        assert "\t" not in text
        assert not [token for token in yaml.scan(text) if isinstance(token, yaml.AnchorToken | yaml.AliasToken)]
