"""From a name or a file to a roadmap, or to everything that is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from notion_roadmap.roadmap import Roadmap
from notion_roadmap.templates.bundled import SUFFIX, bundled_files
from notion_roadmap.templates.checks import check
from notion_roadmap.templates.phase_checks import check_phases
from notion_roadmap.templates.problems import TemplateInvalid, TemplateNotFound, TemplateUnreadable
from notion_roadmap.templates.shape import shape_problems
from notion_roadmap.templates.tree import Tree, read_tree

MAX_BYTES = 20_000_000
"""Bytes in a template file: some ten thousand tasks."""


@dataclass(frozen=True, slots=True)
class TemplateInfo:
    """A bundled template in a line: the name it is asked for by, and what it holds."""

    name: str
    title: str
    version: int
    phases: int
    tasks: int


def load_template(name_or_path: str | Path) -> Roadmap:
    """The roadmap of a bundled template or of a YAML file.

    Args:
        name_or_path: the name of a bundled template, or a path; a bundled name wins over a file of the same name.

    Raises:
        TemplateNotFound: neither a bundled name nor a file.
        TemplateUnreadable: a folder, a file without permission, a file that is too large.
        TemplateInvalid: the file is wrong; `problems` holds everything that is, with its places.
    """
    return parse_template(*read_template(name_or_path))


def parse_template(path: str, content: bytes) -> Roadmap:
    """The roadmap in the content of a YAML file; `path` is how problems call it.

    Raises:
        TemplateInvalid: as `load_template`.
    """
    return roadmap_of(read_tree(path, content))


def roadmap_of(tree: Tree) -> Roadmap:
    """The roadmap in the data of a file. Raises TemplateInvalid, as `load_template`."""
    if tree.data is None:
        raise TemplateInvalid(tree.path, tree.problems)
    problems = [*tree.problems, *check(tree), *check_phases(tree)]
    try:
        roadmap = Roadmap.model_validate(tree.data)
    except ValidationError as error:
        problems.extend(shape_problems(tree, error))
        raise TemplateInvalid(tree.path, problems) from None
    if problems:
        raise TemplateInvalid(tree.path, problems)
    return roadmap


def bundled() -> tuple[TemplateInfo, ...]:
    """The bundled templates, in alphabetical order."""
    return tuple(_info(name) for name in bundled_files())


def template_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a template file, for editors that complete and check YAML."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **Roadmap.model_json_schema()}


def read_template(name_or_path: str | Path) -> tuple[str, bytes]:
    """What problems call the file, and its content. Raises TemplateNotFound and TemplateUnreadable."""
    name = str(name_or_path)
    known = bundled_files()
    if name in known:
        return f"{name}{SUFFIX}", known[name].read_bytes()
    path = Path(name_or_path)
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except (FileNotFoundError, NotADirectoryError, ValueError):
        raise TemplateNotFound(name, known) from None
    except OSError as error:
        raise TemplateUnreadable(name, (error.strerror or "unknown reason").lower()) from None
    if len(content) > MAX_BYTES:
        raise TemplateUnreadable(name, f"it is larger than {MAX_BYTES // 1_000_000} MB")
    return name, content


def _info(name: str) -> TemplateInfo:
    roadmap = load_template(name)
    tasks = sum(len(phase.tasks) for phase in roadmap.phases)
    return TemplateInfo(name, roadmap.title, roadmap.version, len(roadmap.phases), tasks)
