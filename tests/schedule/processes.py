"""The real command in processes of its own, against a served sandbox."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from notion_roadmap.store import open_state

COMMAND = (sys.executable, "-m", "notion_roadmap")
HASTY = """
from datetime import timedelta
from notion_roadmap.schedule import due, service
due.FIRST_RETRY, service.TICK_SECONDS = timedelta(seconds=0.2), 0.2
from notion_roadmap.cli import main
main()
"""
"""The command, but it looks at the clock five times a second and does not wait long after a failure."""


@contextmanager
def sandbox() -> Iterator[Sandbox]:
    """A served sandbox; what it says of itself."""
    options = ["--port", "0", "--data", ":memory:", "--rate-limit", "off", "--json"]
    with subprocess.Popen(
        [*COMMAND, "sandbox", "serve", *options], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        assert process.stdout is not None
        try:
            yield Sandbox(**json.loads("".join(iter(process.stdout.readline, "}\n")) + "}"))
        finally:
            process.kill()  # it keeps nothing, and may be in the middle of a long stall


@dataclass(frozen=True)
class Sandbox:
    """What it prints."""

    url: str
    token: str
    root_page_id: str

    def control(self, name: str, value: object = None) -> Any:
        data = None if value is None else json.dumps(value).encode()
        request = urllib.request.Request(f"{self.url}/_sandbox/{name}", data, {"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=5) as answer:
            return json.load(answer)

    def pages(self) -> list[dict[str, Any]]:
        """The pages and rows that are there and not in the trash."""
        objects = self.control("export")["objects"]
        return [one for one in objects if one["object"] == "page" and not one.get("in_trash")]


@dataclass(frozen=True)
class Place:
    """A folder with a `.env` and a state."""

    folder: Path
    served: Sandbox

    def writes_env(self, **settings: str) -> None:
        told = {
            "NOTION_BASE_URL": self.served.url,
            "NOTION_TOKEN": self.served.token,
            "NOTION_PARENT_PAGE": self.served.root_page_id,
            "NOTION_REQUESTS_PER_MINUTE": "6000",
            "ROADMAP_STATE": str(self.state),
            "ROADMAP_TIMEZONE": "UTC",
            "ROADMAP_START": "2026-11-23",
            "ROADMAP_BACKUP_KEEP": "0",
            **settings,
        }
        (self.folder / ".env").write_text("".join(f"{name}={value}\n" for name, value in told.items()), "utf-8")

    @property
    def state(self) -> Path:
        return self.folder / "state.sqlite"

    def is_on(self, moment: str, **settings: str) -> None:
        """The calendar stands still there, on both sides."""
        self.served.control("clock", {"now": moment})
        self.writes_env(ROADMAP_NOW=moment, **settings)

    def call(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run([*COMMAND, *arguments], cwd=self.folder, capture_output=True, text=True, timeout=60)

    @contextmanager
    def running(self, *options: str, hasty: bool = False) -> Iterator[subprocess.Popen[str]]:
        """`notion-roadmap run` until the end of the block."""
        command = (sys.executable, "-c", HASTY) if hasty else COMMAND
        with (
            (self.folder / "log").open("w", encoding="utf-8") as log,
            subprocess.Popen(
                [*command, "run", *options],
                cwd=self.folder,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                preexec_fn=_hears_interrupts,
            ) as process,
        ):
            try:
                yield process
            finally:
                process.kill()

    def known(self) -> dict[str, str]:
        """The ids of what the state knows, by key."""
        state = open_state(self.state, "lived", read_only=True).state
        try:
            return {key: one.id for key, one in state.all().items()}
        finally:
            state.close()

    @property
    def log(self) -> str:
        return (self.folder / "log").read_text("utf-8")

    @property
    def health(self) -> dict[str, Any]:
        try:
            return dict(json.loads(Path(f"{self.state}.health.json").read_text("utf-8")))
        except FileNotFoundError:
            return {"jobs": {}}


def _hears_interrupts() -> None:
    """What a shell starts in the background ignores interrupts, and passes that on to its children."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def until(happened: Callable[[], bool], seconds: float = 20) -> None:
    """Wait for it."""
    late = time.perf_counter() + seconds
    while not happened():
        assert time.perf_counter() < late, "it never happened"
        time.sleep(0.05)


def ended(process: subprocess.Popen[str], how: signal.Signals) -> tuple[float, int]:
    """Tell it to end: how many seconds it took, and its exit code."""
    told = time.perf_counter()
    os.kill(process.pid, how)
    code = process.wait(timeout=20)
    return time.perf_counter() - told, code
