"""A sandbox in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def served(*options: str) -> Iterator[dict[str, Any]]:
    """Start `python -m notion_roadmap.sandbox` on a free port; gives its first line and the process, kills it after."""
    command = [sys.executable, "-m", "notion_roadmap.sandbox", "--port", "0", "--rate-limit", "off", *options]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        assert line, process.stderr and process.stderr.read()
        yield {**json.loads(line), "process": process}
    finally:
        process.kill()
        process.communicate()
