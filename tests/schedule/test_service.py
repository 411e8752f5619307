"""The service: runs what is due, survives every failure, and stops in time."""

from __future__ import annotations

import asyncio
import itertools
import os
import signal
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from notion_roadmap.clock import SystemClock
from notion_roadmap.errors import RunStopped
from notion_roadmap.schedule.due import Daily, Every, Job, Past
from notion_roadmap.schedule.health import Health
from notion_roadmap.schedule.service import GRACE_SECONDS, Report, Service
from notion_roadmap.store.port import StateLocked
from simulation.virtual import VirtualClock, VirtualLoop, run

ZONE = ZoneInfo("Europe/Amsterdam")
JOBS = (Job("sync", Every(timedelta(minutes=1))), Job("reconcile", Daily(time(3, 30))))


@dataclass
class Notes:
    """A ledger in memory."""

    known: dict[str, Past] = field(default_factory=dict)
    reports: list[tuple[str, str]] = field(default_factory=list)

    def past(self) -> Mapping[str, Past]:
        return dict(self.known)

    def note(self, job: str, began: datetime, report: Report) -> None:
        self.reports.append((job, report.outcome))
        before = self.known.get(job, Past())
        good = report.outcome != "failed"
        self.known[job] = Past(
            began if good else before.succeeded, None if good else began, 0 if good else before.failures + 1
        )


async def good() -> Report:
    return Report("done", "all well")


async def revoked() -> Report:
    raise RunStopped("The token was revoked")


async def broken() -> Report:
    raise ZeroDivisionError


def lived(hours: float, service_of: object) -> Notes:
    """What the ledger holds after so many hours of ticking every 15 seconds on a virtual clock."""
    loop, notes = VirtualLoop(), Notes()
    clock = VirtualClock(loop)

    async def live() -> None:
        service: Service = service_of(notes, clock)  # type: ignore[operator]
        while loop.time() < hours * 3600:
            await service.tick()
            await clock.sleep(15)

    with closing(loop):
        run(loop, live())
    return notes


def test_a_quiet_day_costs_at_most_300_requests_at_nine_a_sync() -> None:
    notes = lived(48, lambda n, c: Service(JOBS, {"sync": good, "reconcile": good}, n, c, ZONE))
    syncs = [job for job, _ in notes.reports].count("sync")
    assert syncs - 41 <= 33  # the first day begins at the short interval
    assert [job for job, _ in notes.reports].count("reconcile") == 3


def test_an_active_owner_is_seen_within_two_minutes() -> None:
    starts: list[float] = []

    def service_of(notes: Notes, clock: VirtualClock) -> Service:
        async def sync() -> Report:
            starts.append(clock.monotonic())
            return Report("done", "", edited=clock.now())

        return Service(JOBS[:1], {"sync": sync}, notes, clock, ZONE)

    lived(2, service_of)
    assert max(b - a for a, b in itertools.pairwise(starts)) <= 120


def test_a_failing_job_never_stops_the_others_and_backs_off() -> None:
    for failing in (revoked, broken):
        notes = lived(24, lambda n, c, f=failing: Service(JOBS, {"sync": f, "reconcile": good}, n, c, ZONE))
        assert ("reconcile", "done") in notes.reports
        assert 40 <= notes.reports.count(("sync", "failed")) <= 60


def test_a_ledger_that_a_seed_holds_ends_nothing() -> None:
    class Held(Notes):
        def note(self, job: str, began: datetime, report: Report) -> None:
            super().note(job, began, report)
            raise StateLocked(Path("state.sqlite"))

    held, told = Held(), list[Health]()
    clock = VirtualClock(loop := VirtualLoop())
    service = Service(JOBS, {"sync": good, "reconcile": good}, held, clock, ZONE, told.append)
    with closing(loop):
        run(loop, service.tick())
    assert [job for job, _ in held.reports] == ["sync", "reconcile"]
    assert len(told) == 1


def test_the_health_says_which_job_fails_since_when() -> None:
    told: list[Health] = []
    lived(2, lambda n, c: Service(JOBS, {"sync": revoked, "reconcile": good}, n, c, ZONE, told.append))
    assert told[0].healthy
    assert not told[-1].healthy
    assert told[-1].as_dict()["jobs"]["sync"]["failures"] >= 3  # type: ignore[index]


async def ticking(seconds_of_work: float) -> tuple[float, bool]:
    """A real service that gets SIGTERM in the middle of its work: how long it took to end, and whether it finished."""
    finished, began = False, asyncio.Event()

    async def slow() -> Report:
        nonlocal finished
        began.set()
        await asyncio.sleep(seconds_of_work)
        finished = True
        return Report("done", "")

    service = Service(JOBS[:1], {"sync": slow}, Notes(), SystemClock(), ZONE)
    running = asyncio.ensure_future(service.run())
    await began.wait()
    clock = asyncio.get_running_loop().time
    told = clock()
    os.kill(os.getpid(), signal.SIGTERM)
    await running
    return clock() - told, finished


def test_sigterm_lets_the_work_in_hand_end() -> None:
    seconds, finished = asyncio.run(ticking(0.3))
    assert finished
    assert seconds < GRACE_SECONDS


def test_sigterm_cuts_endless_work_short_in_time() -> None:
    seconds, finished = asyncio.run(ticking(600))
    assert not finished
    assert seconds < 8
