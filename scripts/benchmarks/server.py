"""A served sandbox in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx

PLANS = {180: "plus", 600: "business"}
"""The plan that allows so many requests a minute."""


@dataclass(frozen=True, slots=True)
class Served:
    """Where a sandbox is, and the way in."""

    url: str
    token: str
    root_page_id: str

    def control(self, name: str, value: Any = None) -> Any:
        """Set a control, or read it where no value is given."""
        method = "GET" if value is None else "POST"
        answer = httpx.request(method, f"{self.url}/_sandbox/{name}", json=value, trust_env=False)
        answer.raise_for_status()
        return answer.json()

    def refused_429(self) -> int:
        """How many requests were sent away for the sake of the rate."""
        return sum(entry["status"] == 429 for entry in self.control("journal"))


@contextmanager
def served(per_minute: int, latency_ms: int, *, limited: bool = True) -> Iterator[Served]:
    """A fresh, empty workspace with the rate limit of the plan that allows `per_minute`, or with none."""
    options = ["--port", "0", "--plan", PLANS[per_minute], "--rate-limit", "on" if limited else "off"]
    command = [sys.executable, "-m", "notion_roadmap.sandbox", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            if not line:
                raise RuntimeError("The sandbox did not start: see the lines above.")
            sandbox = Served(**json.loads(line))
            sandbox.control("latency", {"ms": latency_ms})
            yield sandbox
        finally:
            process.terminate()
