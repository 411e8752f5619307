"""What is committed knows no machine and no package registry, so that it works on every other one."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

# Put together here, so that this file does not hold what it looks for.
_FORBIDDEN = re.compile(
    "|".join((r"/home/\w+/", r"/Users/\w+/", r"\.pythonhosted\.", r"\bpypi\." + "org", r"extra-index" + "-url"))
)
_DATA = ("tests/data/", "tests/contract/")


def test_no_committed_file_names_a_home_folder_or_a_registry(repository: Path) -> None:
    if shutil.which("git") is None or not (repository / ".git").exists():
        pytest.skip("not a git checkout")
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=repository, capture_output=True, text=True, check=True)
    found = []
    for name in filter(None, listed.stdout.split("\0")):
        path = repository / name
        if name.startswith(_DATA) or not path.is_file() or path == Path(__file__):
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        found += [f"{name}: {match.group()}" for match in _FORBIDDEN.finditer(text)]
    assert found == []
