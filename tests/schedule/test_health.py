"""How the service is doing: what a monitor is told, in the file and on loopback."""

from __future__ import annotations

import asyncio
import json
import socket
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import httpx
import pytest

from notion_roadmap.schedule.due import Daily, Every, Job, Past, Timetable
from notion_roadmap.schedule.health import Health, write_health
from notion_roadmap.schedule.healthz import HealthPortTaken, answering, app_of

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
TABLE = Timetable(
    (Job("sync", Every(timedelta(minutes=1.5))), Job("reconcile", Daily(time(3, 30)))),
    ZoneInfo("Europe/Amsterdam"),
    timedelta(hours=2),
)


def health(*, synced: timedelta | None, up: timedelta = timedelta(days=9), failures: int = 0) -> Health:
    """Of a service that is up for so long and synced so long ago."""
    past = Past(None if synced is None else NOW - synced, NOW if failures else None, failures, "Revoked" * failures)
    return Health.of(TABLE, {"sync": past}, NOW, since=NOW - up)


def test_it_is_fresh_up_to_two_hours_after_the_last_sync_and_stale_from_then_on() -> None:
    assert health(synced=timedelta(hours=2)).healthy
    told = health(synced=timedelta(hours=2, seconds=1))
    assert (told.stale, told.healthy) == (True, False)


def test_a_service_that_never_synced_has_two_hours_to_do_so() -> None:
    assert health(synced=None, up=timedelta(minutes=1)).healthy
    assert health(synced=None, up=timedelta(hours=3)).stale


def test_one_failure_may_pass_and_three_in_a_row_are_failing() -> None:
    minute = timedelta(minutes=1)
    assert health(synced=minute, failures=2).healthy
    told = health(synced=minute, failures=3)
    assert (told.failing, told.healthy, told.stale) == (("sync",), False, False)


def test_the_file_says_what_went_wrong_and_is_never_half_written(tmp_path: Path) -> None:
    path = tmp_path / "there" / "health.json"
    write_health(path, health(synced=None, failures=1))
    write_health(path, health(synced=timedelta(minutes=1), failures=1))
    told = json.loads(path.read_text("utf-8"))
    assert told.keys() == {"at", "since", "healthy", "stale", "failing", "at_work", "jobs"}
    assert told["jobs"]["sync"] == {
        "succeeded": "2026-11-20T08:59:00+00:00",
        "failed": "2026-11-20T09:00:00+00:00",
        "failures": 1,
        "why": "Revoked",
        "next": "2026-11-20T09:01:00+00:00",
    }
    assert list(path.parent.iterdir()) == [path]


def test_a_full_disk_leaves_no_half_written_files_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Told once a minute, a disk that is full for a night had hundreds of them, for ever."""

    def full(_: int) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_health(tmp_path / "health.json", health(synced=None))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("synced", "code"), [(timedelta(minutes=1), 200), (timedelta(hours=3), 503)])
def test_healthz_answers_200_while_nobody_needs_to_look(synced: timedelta, code: int) -> None:
    one = health(synced=synced)

    async def ask(path: str, **headers: str) -> httpx.Response:
        transport = httpx.ASGITransport(app_of(lambda: one))
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:1") as client:
            return await client.get(path, headers=headers)

    answer = asyncio.run(ask("/healthz"))
    assert (answer.status_code, answer.json()) == (code, one.as_dict())
    assert asyncio.run(ask("/")).status_code == 404
    assert asyncio.run(ask("/healthz", Host="elsewhere.example")).status_code == 400


def test_it_listens_on_loopback_and_lets_go_of_the_port() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]

    async def ask() -> int:
        async with httpx.AsyncClient() as client:
            for _ in range(100):
                try:
                    return (await client.get(f"http://localhost:{port}/healthz")).status_code
                except httpx.ConnectError:
                    await asyncio.sleep(0.02)
        raise AssertionError("nobody answers")

    async def twice() -> list[int]:
        codes = []
        for _ in range(2):
            async with answering(port, lambda: health(synced=timedelta(minutes=1))):
                codes.append(await ask())
        return codes

    assert asyncio.run(twice()) == [200, 200]


def test_a_port_that_is_taken_is_said_in_a_sentence() -> None:
    async def enter(port: int) -> None:
        async with answering(port, lambda: health(synced=None)):
            raise AssertionError("it listens where somebody else does")

    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(HealthPortTaken, match=f"127.0.0.1:{port}.*ROADMAP_HEALTH_PORT"):
            asyncio.run(enter(port))
