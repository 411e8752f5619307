"""kill -9 of the real process at any of its requests, before and after it took effect. See scripts/kill."""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import httpx

from notion_roadmap.store import open_state
from simulation.exported import Facts, differences, facts
from simulation.plot import MINI
from simulation.world import roadmap_of

STALL_SECONDS: Final = 60
"""How long the server keeps the answer back; the process does not live to see it."""

PATIENCE_SECONDS: Final = 30

MORNING: Final = "09:00"

LATER: Final = "10:00"
"""When the run after the killed one is: so much later that one look is enough for what may be there."""


@dataclass
class Bench:
    """A served sandbox and a folder for the state."""

    url: str
    token: str
    root: str
    folder: Path
    template: str

    def control(self, name: str, value: Any = None) -> Any:
        """A control of the sandbox: read without a value, set with one."""
        path = f"{self.url}/_sandbox/{name}"
        answer = httpx.get(path) if value is None else httpx.post(path, json=value)
        answer.raise_for_status()
        return answer.json()

    def clear(self) -> None:
        """An empty workspace, no faults, no state."""
        self.control("reset", {})
        for file in self.folder.iterdir():
            file.unlink()

    def seed(self, now: str = MORNING) -> subprocess.Popen[bytes]:
        """Start the real command at this time of the day."""
        environment = {
            **os.environ,
            "NOTION_TOKEN": self.token,
            "NOTION_BASE_URL": self.url,
            "NOTION_PARENT_PAGE": self.root,
            "NOTION_REQUESTS_PER_MINUTE": "6000",
            "ROADMAP_STATE": str(self.folder / "state.sqlite"),
            "ROADMAP_TIMEZONE": "UTC",
            "ROADMAP_START": "2026-11-23",
            "ROADMAP_NOW": f"2026-11-20T{now}:00+00:00",
        }
        command = [sys.executable, "-m", "notion_roadmap", "seed", self.template, "--yes", "--json"]
        return subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)

    def finish(self, now: str = MORNING) -> None:
        """Seed to the end. Raises AssertionError with what the command said when it did not get there."""
        process = self.seed(now)
        _, said = process.communicate(timeout=4 * PATIENCE_SECONDS)
        assert process.returncode == 0, f"exit code {process.returncode}: {said.decode()}"

    def facts(self) -> Facts:
        """What is there now."""
        exported = self.control("export")
        docs = {doc["id"]: doc for doc in exported["objects"]}
        state = open_state(self.folder / "state.sqlite", roadmap_of(self.template).key, read_only=True).state
        try:
            return facts(docs, state.all().values(), self.root, exported["meta"]["bot_id"])
        finally:
            state.close()

    def requests(self) -> int:
        """How many have arrived."""
        return len(self.control("journal"))


@contextmanager
def bench(template: str = MINI) -> Iterator[Bench]:
    """A sandbox of our own, ended with the block."""
    command = [sys.executable, "-m", "notion_roadmap.sandbox", "--port", "0", "--rate-limit", "off", "--seed", "1"]
    with (
        tempfile.TemporaryDirectory() as folder,
        subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server,
    ):
        try:
            assert server.stdout is not None
            told = json.loads(server.stdout.readline())
            yield Bench(told["url"], told["token"], told["root_page_id"], Path(folder), template)
        finally:
            server.kill()


def undisturbed(place: Bench) -> tuple[Facts, int]:
    """What a seed makes that nobody kills, and in how many requests."""
    place.clear()
    place.finish()
    return place.facts(), place.requests()


def killed(place: Bench, number: int, when: str) -> Facts:
    """What there is after a seed that was killed at its request of this number, and another one to the end.

    Args:
        when: the request took effect or not: "before" or "after".
    """
    place.clear()
    stall = {"nth": number, "when": when, "action": {"type": "stall", "seconds": STALL_SECONDS}}
    place.control("faults", [stall])
    process = place.seed()
    deadline = time.perf_counter() + PATIENCE_SECONDS
    while place.requests() < number and process.poll() is None:
        assert time.perf_counter() < deadline, f"request {number} never came"
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    place.control("faults", [])
    place.finish(LATER)
    return place.facts()


def main() -> int:
    """Kill at every request in the range; 1 when a workspace differs from the undisturbed one."""
    parser = argparse.ArgumentParser(prog="scripts/kill", description=__doc__)
    parser.add_argument("--template", default=MINI, help="a bundled name or a file (a small one of its own)")
    parser.add_argument("--first", type=int, default=1, help="the first request (1)")
    parser.add_argument("--last", type=int, help="the last request (the last there is)")
    parser.add_argument("--step", type=int, default=1, help="every how many requests (1)")
    asked = parser.parse_args()
    failed = []
    with bench(asked.template) as place:
        wanted, total = undisturbed(place)
        numbers = range(asked.first, min(asked.last or total, total) + 1, asked.step)
        for number in numbers:
            for when in ("before", "after"):
                print(f"\rkill -9 at request {number} of {total}, {when} it took effect ", end="", file=sys.stderr)
                try:
                    found = differences(wanted, killed(place, number, when))
                    why = ", ".join(" ".join(fact) for fact in list(found)[:3])
                except AssertionError as error:
                    why = str(error)
                if why:
                    failed.append(f"request {number}, {when}: {why}")
    print(file=sys.stderr)
    print("\n".join([f"{2 * len(numbers)} kills, {len(failed)} of them left another workspace", *failed]))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
