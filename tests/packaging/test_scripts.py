"""The scripts work on a machine that has a new enough Python, and say in a sentence when it has not."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

_PROBE = "source scripts/lib/environment.sh; find_python"


def _folder_with(tmp_path: Path, **programs: str) -> Path:
    folder = tmp_path / "bin"
    folder.mkdir()
    for name, answer in programs.items():
        program = folder / name
        program.write_text(f"#!/bin/sh\nexit {answer}\n", "utf-8")
        program.chmod(0o755)
    for name in ("dirname", "sh"):
        (folder / name).symlink_to(shutil.which(name) or name)
    return folder


def _bash(repository: Path, script: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["/bin/bash", "-euc", script], cwd=repository, env=environment, capture_output=True, text=True, check=False
    )


def test_the_first_python_that_is_new_enough_is_taken(repository: Path, tmp_path: Path) -> None:
    folder = _folder_with(tmp_path, **{"python3": "1", "python3.11": "1", "python3.13": "0"})
    done = _bash(repository, _PROBE, PATH=str(folder))
    assert done.stdout.strip() == str(folder / "python3.13")


def test_without_one_it_says_so_in_a_sentence(repository: Path, tmp_path: Path) -> None:
    folder = _folder_with(tmp_path, python3="1")
    done = _bash(repository, _PROBE, PATH=str(folder))
    assert done.returncode != 0
    assert done.stderr.startswith("Python 3.11 or newer is needed and was not found")
    assert done.stderr.count("\n") == 1


def test_a_ready_environment_is_found_again_without_work(repository: Path, tmp_path: Path) -> None:
    script = """
        source scripts/lib/environment.sh
        make_environment() { echo made; mkdir -p "$2/bin"; ln -s /bin/sh "$2/bin/python"; }
        install_into() { echo installed; }
        environment_ready "$FOLDER"
        environment_ready "$FOLDER"
        echo "${PATH%%:*}"
    """
    folder = tmp_path / "venv"
    done = _bash(repository, script, PATH=os.environ["PATH"], FOLDER=str(folder))
    assert done.stdout.split() == ["made", "installed", f"{folder}/bin"]


@pytest.mark.parametrize("script", ["scripts/test", "scripts/check", "scripts/demo", ".ci/run"])
def test_scripts_can_be_run_and_stop_at_the_first_error(repository: Path, script: str) -> None:
    path = repository / script
    assert os.access(path, os.X_OK)
    assert "set -euo pipefail" in path.read_text("utf-8")
