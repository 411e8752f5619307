"""Nothing is imported that a command does not need: `--help` and `status` answer at once."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = ("pydantic", "rich", "sqlalchemy", "httpx", "notion_client", "starlette", "uvicorn", "yaml", "tenacity")


def _imported(*arguments: str) -> set[str]:
    script = (
        "import sys\n"
        "from notion_roadmap.cli import main\n"
        f"try: main({list(arguments)!r})\n"
        "except SystemExit: pass\n"
        "print(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return set(done.stderr.split())


@pytest.mark.parametrize("arguments", [("--help",), ("--version",), ("plan", "--help"), ("status", "--help")])
def test_help_needs_none_of_the_heavy_packages(arguments: tuple[str, ...]) -> None:
    assert _imported(*arguments) & set(HEAVY) == set()


def test_status_needs_nothing_but_the_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It took a third of its time to build the models of roadmaps, and shows none."""
    monkeypatch.setenv("ROADMAP_STATE", str(tmp_path / "state.sqlite"))
    needless = {*HEAVY, "notion_roadmap.roadmap", "notion_roadmap.blueprint", "notion_roadmap.notion"}
    assert _imported("status") & (needless - {"pydantic", "sqlalchemy"}) == set()
