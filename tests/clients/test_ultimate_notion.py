"""ultimate-notion from PyPI, unmodified: a schema with relations both ways, pages, queries, every block."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import Any


def test_ultimate_notion_uses_it_without_noticing(
    server: dict[str, Any], ultimate_python: Path, tmp_path: Path
) -> None:
    script = Path(__file__).parent / "ultimate.py"
    command = [str(ultimate_python), str(script), server["url"], server["root_page_id"]]
    environment = {**os.environ, "NOTION_TOKEN": server["token"], "ULTIMATE_NOTION_CONFIG": str(tmp_path / "uno.toml")}
    done = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False, timeout=180
    )
    assert done.stdout.endswith("done\n"), done.stdout + done.stderr[-4_000:]
