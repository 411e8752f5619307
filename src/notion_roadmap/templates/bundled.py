"""Where the bundled templates are: `notion_roadmap/bundled` in an installed wheel, `templates/` in a checkout."""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

SUFFIX = ".yaml"


def bundled_files() -> dict[str, Traversable]:
    """The files of the bundled templates by name, in alphabetical order."""
    found = {entry.name.removesuffix(SUFFIX): entry for entry in _folder().iterdir() if entry.name.endswith(SUFFIX)}
    return dict(sorted(found.items()))


def _folder() -> Traversable:
    package = files("notion_roadmap")
    installed = package / "bundled"
    if installed.is_dir():
        return installed
    # A checkout or an editable install: the package is src/notion_roadmap, the templates stand beside src.
    return Path(str(package)).parents[1] / "templates"
