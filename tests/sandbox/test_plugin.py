"""The pytest fixture that the package registers for any project."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import entry_points
from pathlib import Path

PROJECT = """
import asyncio
import httpx

def test_mine(notion_sandbox):
    async def run():
        headers = {"Authorization": f"Bearer {notion_sandbox.token}", "Notion-Version": "2026-03-11"}
        async with httpx.AsyncClient(transport=notion_sandbox.transport, headers=headers) as client:
            return (await client.get(f"{notion_sandbox.url}/v1/pages/{notion_sandbox.root_page_id}")).json()
    assert asyncio.run(run())["id"] == notion_sandbox.root_page_id
"""


def test_any_project_gets_the_fixture(tmp_path: Path) -> None:
    (tmp_path / "test_project.py").write_text(PROJECT)
    registered = [
        one.name for one in entry_points(group="pytest11") if one.value == "notion_roadmap.sandbox.pytest_plugin"
    ]
    named = [] if registered else ["-p", "notion_roadmap.sandbox.pytest_plugin"]
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *named, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_plugin_loads_no_server() -> None:
    code = (
        "import sys, notion_roadmap.sandbox.pytest_plugin; print('starlette' in sys.modules, 'jinja2' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]
