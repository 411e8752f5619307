"""Running a program by itself, and what that took."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


class ChildFailed(Exception):
    """A measured program did not end well; its last words are the message."""


@dataclass(frozen=True, slots=True)
class Child:
    """A program that has ended.

    Args:
        began: `time.perf_counter()` before it was started; the same clock in every process of a machine.
        seconds: until it had ended, its start included.
        cpu_seconds: of user and system together.
    """

    began: float
    seconds: float
    cpu_seconds: float
    output: str


def run_child(
    arguments: Sequence[str], folder: Path, environment: Mapping[str, str], python: str = sys.executable
) -> Child:
    """Run a Python program in a folder of its own, with no settings but the given ones.

    Raises ChildFailed unless it exits with 0.
    """
    inherited = {n: v for n, v in os.environ.items() if not n.startswith(("NOTION_", "ROADMAP_"))}
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        began = time.perf_counter()
        process = subprocess.Popen(
            [python, *arguments], cwd=folder, env={**inherited, **environment}, stdout=output, stderr=errors
        )
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        errors.seek(0)
        if process.returncode != 0:
            last = (output.read() + errors.read()).decode(errors="replace")[-2_000:]  # `--json` tells on the former
            raise ChildFailed(f"{' '.join(arguments)} ended with {process.returncode}:\n{last}")
        return Child(began, seconds, usage.ru_utime + usage.ru_stime, output.read().decode())
