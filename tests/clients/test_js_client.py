"""@notionhq/client from npm, unmodified, with its pagination and full-query helpers."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest


@pytest.mark.parametrize("version", ["2026-03-11", "2025-09-03"])
def test_the_official_js_client_uses_it_without_noticing(server: dict[str, Any], js_folder: Path, version: str) -> None:
    script = Path(__file__).parent / "js/client.mjs"
    command = ["node", str(script), server["url"], server["token"], server["root_page_id"], version]
    done = subprocess.run(command, cwd=js_folder, capture_output=True, text=True, check=False, timeout=120)
    assert done.stdout == "done\n", done.stdout + done.stderr
