"""Calling the command line in this process, in a folder of its own."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from notion_roadmap.cli.app import app
from notion_roadmap.cli.errors import run


@dataclass(frozen=True)
class Called:
    """What one call gave."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Standard output, which must be one JSON object and nothing else."""
        return json.loads(self.out)


Call = Callable[..., Called]


@pytest.fixture
def call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Call:
    """Call `notion-roadmap` with these arguments."""
    monkeypatch.chdir(tmp_path)

    def run_it(*arguments: str) -> Called:
        code = run(app, list(arguments))
        said = capsys.readouterr()
        return Called(code, said.out, said.err)

    return run_it
