"""The scheduled service: ticks, runs what is due one after the other, and stops in time.

APScheduler only ticks (https://apscheduler.readthedocs.io/en/3.x/): its own catching up would forget what was missed
while the process was down, so `due` decides from what the state says succeeded.
"""

from __future__ import annotations

import asyncio
import logging
import math
import signal
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final, Protocol

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from notion_roadmap.clock import Clock
from notion_roadmap.errors import UserError
from notion_roadmap.schedule.due import ACTIVE, NEVER, Every, Job, Past, Timetable, due, fared, pace
from notion_roadmap.schedule.health import Health

log = logging.getLogger("notion_roadmap.schedule")

TICK_SECONDS: Final = 15
TELL_SECONDS: Final = 60
"""How often the health is told while nothing happens: a file that is written for months wears a memory card."""
GRACE_SECONDS: Final = 6.0
"""For the work in hand when the service is told to stop; `docker stop` gives ten seconds in all."""


@dataclass(frozen=True, slots=True)
class Report:
    """What one run of a job came to.

    Args:
        outcome: done, partial or failed.
        words: one sentence for the log, and for the health file where it is not done.
        edited: when the owner was last seen to have edited something, None when nothing was seen.
        requests: how many were sent.
    """

    outcome: str
    words: str
    edited: datetime | None = None
    requests: int = 0


class Ledger(Protocol):
    """Our own record of how the jobs have fared; outlives the process. Either may raise UserError."""

    def past(self) -> Mapping[str, Past]:
        """What is known of each job, by name; asked for once."""
        ...

    def note(self, job: str, past: Past) -> None:
        """Keep how a job has fared by now."""
        ...


Run = Callable[[], Awaitable[Report]]


@dataclass
class Service:
    """Runs jobs for months.

    Args:
        timetable: read before each tick. When it cannot be read (UserError) the last one goes on; the jobs read the
            same settings, and fail and say why.
        runs: by the job's name, how it is run. Each run reads its settings anew, so a changed `.env` is picked up.
        health: told when a job begins and ends, and once a minute besides; may raise OSError.
    """

    timetable: Callable[[], Timetable]
    runs: Mapping[str, Run]
    ledger: Ledger
    clock: Clock
    health: Callable[[Health], None] | None = None
    _stop: asyncio.Event = field(default_factory=asyncio.Event)
    _pace: timedelta = ACTIVE
    _edited: datetime | None = None
    _at_work: str = ""

    def __post_init__(self) -> None:
        self._table = self.timetable()
        self._since = self.clock.now()
        self._past = self._read()  # nobody else writes it while this service runs
        self._not_noted: set[str] = set()
        self._told = -math.inf

    def stop(self) -> None:
        """Begin nothing more, and end soon."""
        self._stop.set()

    def how_it_goes(self) -> Health:
        """The health at this moment, also in the middle of a run."""
        table = self._table.at_pace(self._pace)
        return Health.of(table, self._past, self.clock.now(), since=self._since, at_work=self._at_work)

    async def tick(self) -> dict[str, Report]:
        """Run what is due, one after the other; by name what it came to. A failing job never stops the others."""
        with suppress(UserError):
            self._table = self.timetable()
        table, reports = self._table.at_pace(self._pace), dict[str, Report]()
        for job in due(table.jobs, self._past, self.clock.now(), table.zone):
            if self._stop.is_set():
                break
            reports[job.name] = await self._run(job)
        if reports or self.clock.monotonic() - self._told >= TELL_SECONDS:
            self._tell()
        return reports

    def _read(self) -> dict[str, Past]:
        try:
            return dict(self.ledger.past())
        except UserError as error:  # a job that opens the state finds the same, and mends it or says so
            log.warning("How the jobs have fared cannot be read: %s", error)
            return {}

    async def _run(self, job: Job) -> Report:
        began, beginning = self.clock.now(), self.clock.monotonic()
        self._at_work = job.name
        self._tell()
        try:
            report = await self.runs[job.name]()
        except UserError as error:
            report = Report("failed", str(error))
        except Exception as error:  # a mistake of ours must not end a service that nobody looks at
            log.exception("%s broke down", job.name)
            report = Report("failed", f"{type(error).__name__}: {error}")
        finally:
            self._at_work = ""
        if isinstance(job.cadence, Every):
            self._edited = report.edited or self._edited
            self._pace = pace(self._edited, self._pace, self.clock.now(), report.requests)
        self._note(job, began, report)
        _log(job, report, self.clock.monotonic() - beginning, self._past[job.name].failures)
        return report

    def _note(self, job: Job, began: datetime, report: Report) -> None:
        before, why = self._past.get(job.name, NEVER), "" if report.outcome == "done" else report.words
        self._past[job.name] = fared(before, began, failed=report.outcome == "failed", why=why)
        self._not_noted.add(job.name)
        try:
            for name in sorted(self._not_noted):
                self.ledger.note(name, self._past[name])
                self._not_noted.remove(name)
        except UserError as error:  # a seed beside us holds the state: the next run notes it
            log.warning("How %s went could not be noted yet: %s", job.name, error)

    def _tell(self) -> None:
        self._told = self.clock.monotonic()
        if self.health is None:
            return
        try:
            self.health(self.how_it_goes())
        except OSError as error:
            log.warning("The health file cannot be written: %s", error)

    async def run(self) -> None:
        """Tick until told to stop; SIGTERM and SIGINT tell. What is in hand then has six seconds to end."""
        loop = asyncio.get_running_loop()
        for name in (signal.SIGTERM, signal.SIGINT):
            with suppress(NotImplementedError):  # not on every platform; there, the process is simply ended
                loop.add_signal_handler(name, self.stop)
        logging.getLogger("apscheduler").setLevel(logging.ERROR)  # a tick that finds the last one at work is no news
        scheduler = AsyncIOScheduler(timezone=self._table.zone)
        work: set[asyncio.Task[object]] = set()

        async def tick() -> None:
            task: asyncio.Task[object] = asyncio.ensure_future(self.tick())
            work.add(task)
            task.add_done_callback(work.discard)
            with suppress(asyncio.CancelledError):
                await asyncio.shield(task)  # the scheduler's end cancels this wait, not the work

        trigger = IntervalTrigger(seconds=TICK_SECONDS, timezone=self._table.zone)
        at_once = self.clock.now()
        scheduler.add_job(tick, trigger, max_instances=1, coalesce=True, misfire_grace_time=None, next_run_time=at_once)
        scheduler.start()
        try:
            await self._stop.wait()
        finally:
            scheduler.shutdown(wait=False)
            await self._end(work)

    async def _end(self, work: set[asyncio.Task[object]]) -> None:
        """Let the work in hand end, or cut it short: what it was about to make is recorded as an intent."""
        if not work:
            return
        _, late = await asyncio.wait(work, timeout=GRACE_SECONDS)
        for task in late:
            log.warning("%s was cut short; it goes on from there next time", self._at_work or "the work in hand")
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)


def _log(job: Job, report: Report, seconds: float, failures: int) -> None:
    """A line for a person; for programs its parts, in `told`."""
    told = {
        "job": job.name,
        "outcome": report.outcome,
        "requests": report.requests,
        "seconds": round(seconds, 1),
        "failures": failures,
    }
    level = logging.INFO if report.outcome == "done" else logging.WARNING
    log.log(level, "%s %s: %s", job.name, report.outcome, report.words, extra={"told": told})
