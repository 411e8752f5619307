"""The service: runs what is due, survives every failure, and stops in time."""

from __future__ import annotations

import asyncio
import itertools
import os
import signal
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from notion_roadmap.clock import Clock, SystemClock
from notion_roadmap.errors import RunStopped, SettingInvalid, UserError
from notion_roadmap.schedule.due import Daily, Every, Job, Past, Timetable
from notion_roadmap.schedule.health import Health
from notion_roadmap.schedule.service import GRACE_SECONDS, Report, Run, Service
from notion_roadmap.store.port import StateDamaged, StateLocked
from simulation.virtual import BEGIN, VirtualClock, VirtualLoop, run

ZONE = ZoneInfo("Europe/Amsterdam")
JOBS = (Job("sync", Every(timedelta(minutes=1))), Job("reconcile", Daily(time(3, 30))))


TABLE = Timetable(JOBS, ZONE, timedelta(hours=2))


@dataclass
class Notes:
    """A ledger in memory."""

    known: dict[str, Past] = field(default_factory=dict)
    reports: list[tuple[str, str]] = field(default_factory=list)

    def past(self) -> Mapping[str, Past]:
        return dict(self.known)

    def note(self, job: str, past: Past) -> None:
        self.reports.append((job, "failed" if past.failures else "done"))
        self.known[job] = past


def service(runs: Mapping[str, Run], notes: Notes, clock: Clock, **others: Any) -> Service:
    """Of those jobs that there are runs for."""
    jobs = tuple(job for job in JOBS if job.name in runs)
    return Service(lambda: replace(TABLE, jobs=jobs), runs, notes, clock, **others)


async def good() -> Report:
    return Report("done", "all well", requests=9)


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
    notes = lived(48, lambda n, c: service({"sync": good, "reconcile": good}, n, c))
    syncs = [job for job, _ in notes.reports].count("sync")
    assert syncs * 9 <= 2 * 300
    assert [job for job, _ in notes.reports].count("reconcile") == 3


def test_an_active_owner_is_seen_within_two_minutes() -> None:
    starts: list[float] = []

    def service_of(notes: Notes, clock: VirtualClock) -> Service:
        async def sync() -> Report:
            starts.append(clock.monotonic())
            return Report("done", "", edited=clock.now())

        return service({"sync": sync}, notes, clock)

    lived(2, service_of)
    assert max(b - a for a, b in itertools.pairwise(starts)) <= 120


def test_a_failing_job_never_stops_the_others_and_backs_off() -> None:
    for failing in (revoked, broken):
        notes = lived(24, lambda n, c, f=failing: service({"sync": f, "reconcile": good}, n, c))
        assert ("reconcile", "done") in notes.reports
        assert 40 <= notes.reports.count(("sync", "failed")) <= 60


def test_what_cannot_be_noted_is_remembered_until_it_can() -> None:
    class Held(Notes):
        free = False

        def note(self, job: str, past: Past) -> None:
            if not self.free:
                raise StateLocked(Path("state.sqlite"))
            super().note(job, past)

    held, told = Held(), list[Health]()
    clock = VirtualClock(loop := VirtualLoop())
    one = service({"sync": good, "reconcile": revoked}, held, clock, health=told.append)

    async def live() -> None:
        first, again = await one.tick(), await one.tick()
        assert (set(first), set(again)) == ({"sync", "reconcile"}, set()), "nothing is run twice for want of a note"
        assert told[-1].as_dict()["jobs"]["reconcile"]["failures"] == 1  # type: ignore[index]
        held.free = True
        await clock.sleep(61)
        await one.tick()

    with closing(loop):
        run(loop, live())
    assert held.known["reconcile"].failures == 2
    assert held.known["sync"].succeeded == BEGIN


def test_a_record_that_cannot_be_read_does_not_end_the_service() -> None:
    class Damaged(Notes):
        def past(self) -> Mapping[str, Past]:
            raise StateDamaged(Path("state.sqlite"), "it is empty")

    clock = VirtualClock(loop := VirtualLoop())
    with closing(loop):
        reports = run(loop, service({"sync": good}, Damaged(), clock).tick())
    assert reports["sync"].outcome == "done"


def test_a_health_file_that_cannot_be_written_does_not_end_the_service() -> None:
    def full(_: Health) -> None:
        raise OSError(28, "No space left on device")

    clock = VirtualClock(loop := VirtualLoop())
    with closing(loop):
        reports = run(loop, service({"sync": good}, Notes(), clock, health=full).tick())
    assert reports["sync"].outcome == "done"


def test_a_changed_timetable_counts_from_the_next_tick_and_a_broken_one_not_at_all() -> None:
    first = replace(TABLE, jobs=JOBS[:1])
    tables: list[Timetable | UserError] = [first, first, SettingInvalid("X", "is wrong"), TABLE]
    told: list[Health] = []
    clock = VirtualClock(loop := VirtualLoop())

    def table() -> Timetable:
        one = tables[0] if len(tables) == 1 else tables.pop(0)
        if isinstance(one, UserError):
            raise one
        return one

    one = Service(table, {"sync": good, "reconcile": good}, Notes(), clock, told.append)

    async def live() -> None:
        for _ in range(3):
            await one.tick()
            await clock.sleep(60)

    with closing(loop):
        run(loop, live())
    assert [sorted(health.jobs) for health in told if not health.at_work] == [["sync"], ["sync"], ["reconcile", "sync"]]


def test_a_job_that_takes_longer_than_its_interval_never_overlaps_and_starves_no_other() -> None:
    at_work, most, starts = 0, 0, list[float]()

    def service_of(notes: Notes, clock: VirtualClock) -> Service:
        async def slow() -> Report:
            nonlocal at_work, most
            at_work, most = at_work + 1, max(most, at_work + 1)
            starts.append(clock.monotonic())
            await clock.sleep(600)
            at_work -= 1
            return Report("done", "", edited=clock.now())

        return service({"sync": slow, "reconcile": good}, notes, clock)

    notes = lived(24, service_of)
    assert most == 1
    assert min(b - a for a, b in itertools.pairwise(starts)) >= 600
    assert notes.reports.count(("reconcile", "done")) == 2


def test_the_health_says_which_job_fails_since_when() -> None:
    told: list[Health] = []
    lived(2, lambda n, c: service({"sync": revoked, "reconcile": good}, n, c, health=told.append))
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

    running = asyncio.ensure_future(service({"sync": slow}, Notes(), SystemClock()).run())
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
