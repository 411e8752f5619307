"""The service as it is really run: a process that gets signals, of which there is one, whose `.env` changes."""

from __future__ import annotations

import json
import shutil
import signal
import socket
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from notion_roadmap.cli import exits
from schedule.processes import Place, Sandbox, ended, sandbox, until

LIVED = Path(__file__).parent.parent / "data" / "lived-roadmap.yaml"
CREATE = {"method": "POST", "path": "/v1/pages", "nth": 1}
LONG_AFTER = "2026-12-01T09:00:00Z"
"""A second week has begun: a sync has pages to make."""


@pytest.fixture(scope="module")
def served() -> Iterator[Sandbox]:
    with sandbox() as one:
        yield one


@pytest.fixture(scope="module")
def begun(served: Sandbox, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Any]:
    """A roadmap just after its seed, on both sides."""
    place = Place(tmp_path_factory.mktemp("begun"), served)
    shutil.copy(LIVED, place.folder / "lived.yaml")
    place.is_on("2026-11-23T09:00:00Z")
    told = place.call("seed", "lived.yaml", "--json")
    assert told.returncode == exits.DONE, told.stdout
    return place.folder, served.control("export")


@pytest.fixture
def place(served: Sandbox, begun: tuple[Path, Any], tmp_path: Path) -> Place:
    """The same beginning for each test."""
    folder, export = begun
    served.control("faults", [])
    served.control("import", export)
    shutil.copytree(folder, tmp_path, dirs_exist_ok=True)
    return Place(tmp_path, served)


def nothing_twice(place: Place) -> None:
    """A sync goes on where the last one was cut short; then each page has its key, and nothing is left to do."""
    told = json.loads(place.call("sync", "--json").stdout)
    assert (told["outcome"], told["skipped"]) == ("done", [])
    assert place.call("plan", "lived.yaml").returncode == exits.DONE
    known = place.known()
    assert "reviews/2026-W49" in known
    pages = {page["id"] for page in place.served.pages()} - {place.served.root_page_id}
    assert pages == {identifier for identifier in known.values() if identifier in pages}


@pytest.mark.parametrize("how", [signal.SIGINT, pytest.param(signal.SIGTERM, marks=pytest.mark.slow)])
def test_told_to_end_it_waits_for_the_request_in_hand(place: Place, how: signal.Signals) -> None:
    place.is_on(LONG_AFTER)
    before = len(place.served.pages())
    place.served.control("faults", [{**CREATE, "action": {"type": "stall", "seconds": 1}}])
    with place.running("lived.yaml", "--json") as process:
        until(lambda: len(place.served.pages()) > before)
        seconds, code = ended(process, how)
        assert process.stdout is not None
        said = json.loads(process.stdout.read())
    assert (code, said["outcome"]) == (exits.DONE, "done")
    assert 0.3 < seconds < 8
    assert "cut short" not in place.log
    assert all(json.loads(line)["at"] for line in place.log.splitlines())
    nothing_twice(place)


@pytest.mark.slow
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_what_does_not_end_in_time_is_cut_short_and_the_next_run_repairs_it(place: Place, how: signal.Signals) -> None:
    place.is_on(LONG_AFTER)
    before = len(place.served.pages())
    place.served.control("faults", [{**CREATE, "action": {"type": "stall", "seconds": 60}}])
    with place.running("lived.yaml") as process:
        until(lambda: len(place.served.pages()) > before)
        assert json.loads(place.call("status", "--json").stdout)["unfinished"] >= 1, "the intent is on record"
        seconds, code = ended(process, how)
    assert (code, 6 <= seconds < 8) == (exits.DONE, True), seconds
    assert "was cut short; it goes on from there next time" in place.log
    place.served.control("faults", [])
    nothing_twice(place)


@pytest.mark.slow
def test_there_is_one_service_for_each_state_and_status_never_waits(place: Place) -> None:
    place.is_on(LONG_AFTER)
    place.served.control("faults", [{"method": "POST", "nth": 1, "action": {"type": "stall", "seconds": 30}}])
    with place.running("lived.yaml"):
        until(lambda: place.health.get("at_work") == "reconcile")
        second = place.call("run", "lived.yaml")
        assert second.returncode == exits.FAILED
        assert second.stderr.startswith("Another `notion-roadmap run` keeps the roadmaps of ")
        assert place.call("status").returncode == exits.DONE, "there was no sync yet, so none is too long ago"
    place.served.control("faults", [])
    assert place.call("run", "lived.yaml", "--once").returncode == exits.DONE
    assert json.loads(place.call("status", "--json").stdout)["stale"] is False
    place.writes_env(ROADMAP_NOW="2026-12-01T11:00:01Z")
    late = place.call("status")
    assert late.returncode == exits.FAILED
    assert "too long ago" in late.stdout


@pytest.mark.slow
def test_a_revoked_token_is_visible_and_a_new_env_is_enough(place: Place) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]

    def healthz() -> tuple[int, dict[str, Any]]:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as error:
            return error.code, json.load(error)

    place.is_on(LONG_AFTER, NOTION_TOKEN="ntn_" + "w8" * 21, ROADMAP_HEALTH_PORT=str(port))
    with place.running("lived.yaml", hasty=True) as process:
        until(lambda: set(place.health.get("failing", ())) == {"reconcile", "sync"})
        code, told = healthz()
        assert (code, told["healthy"], told["jobs"]["sync"]["failures"] >= 3) == (503, False, True)
        assert "token" in told["jobs"]["sync"]["why"]
        shown = place.call("status")
        assert "The service's sync failed" in shown.stdout
        place.is_on(LONG_AFTER, NOTION_TOKEN="")
        until(lambda: "NOTION_TOKEN is not set" in place.health["jobs"]["sync"]["why"])
        place.is_on(LONG_AFTER)
        until(lambda: healthz()[0] == 200)
        assert ended(process, signal.SIGTERM)[1] == exits.DONE
    assert "The service's" not in place.call("status").stdout
    assert "ntn_" not in place.log + json.dumps(place.health)
    nothing_twice(place)
