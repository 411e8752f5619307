"""The templates are found from the wheel, from an editable install and from a bare checkout alike."""

from __future__ import annotations

import importlib.metadata
import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

_WHERE = (
    "import notion_roadmap, json; from notion_roadmap.templates import load_template;"
    "r = load_template('data-engineering-career');"
    "print(json.dumps([notion_roadmap.__file__, sum(1 for _ in r.tasks())]))"
)


def _run(*command: str, path: Path, cwd: Path) -> str:
    environment = {**os.environ, "PYTHONPATH": str(path)}
    return subprocess.run(command, env=environment, cwd=cwd, capture_output=True, text=True, check=True).stdout


def _loaded_from(path: Path, cwd: Path) -> Path:
    file, tasks = json.loads(_run(sys.executable, "-P", "-c", _WHERE, path=path, cwd=cwd))
    assert tasks == 72
    return Path(file)


@pytest.fixture(scope="module")
def wheel(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built by the locked back end, offline."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=repository, capture_output=True, check=True)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, installed into a folder of its own."""
    folder = tmp_path_factory.mktemp("installed")
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", str(folder)]
    subprocess.run([*pip, str(wheel)], capture_output=True, check=True)
    return folder


def test_the_wheel_holds_types_and_templates_and_nothing_of_the_checkout(wheel: Path, repository: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    assert "notion_roadmap/py.typed" in names
    assert {f"notion_roadmap/bundled/{p.name}" for p in (repository / "templates").glob("*.yaml")} <= names
    tops = {name.partition("/")[0] for name in names}
    assert tops == {"notion_roadmap", next(t for t in tops if t.endswith(".dist-info"))}


def test_an_installed_wheel_brings_its_templates(installed: Path, tmp_path: Path) -> None:
    assert _loaded_from(installed, tmp_path).is_relative_to(installed)


def test_an_installed_wheel_brings_the_command(installed: Path, repository: Path, tmp_path: Path) -> None:
    script = installed / "bin" / "notion-roadmap"
    listed = json.loads(_run(sys.executable, str(script), "template", "list", "--json", path=installed, cwd=tmp_path))
    assert [t["name"] for t in listed["templates"]] == sorted(path.stem for path in repository.glob("templates/*.yaml"))
    begun = _run(sys.executable, str(script), "template", "new", "Mine", "-o", "-", path=installed, cwd=tmp_path)
    assert begun.startswith("# A roadmap of your own.")
    version = _run(sys.executable, str(script), "--version", path=installed, cwd=tmp_path)
    assert importlib.metadata.version("notion-roadmap") in version


def test_a_bare_checkout_has_its_templates(repository: Path, tmp_path: Path) -> None:
    shutil.copytree(repository / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(repository / "templates", tmp_path / "templates")
    assert _loaded_from(tmp_path / "src", tmp_path).is_relative_to(tmp_path / "src")


def test_the_environment_of_the_scripts_is_an_editable_install(repository: Path, tmp_path: Path) -> None:
    told = importlib.metadata.distribution("notion-roadmap").read_text("direct_url.json")
    assert told is not None
    assert json.loads(told)["dir_info"]["editable"] is True
    assert _loaded_from(tmp_path, tmp_path).is_relative_to(repository / "src")
