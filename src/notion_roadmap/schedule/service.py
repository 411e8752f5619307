"""The scheduled service: ticks, runs what is due one after the other, and stops in time.

APScheduler only ticks (https://apscheduler.readthedocs.io/en/3.x/): its own catching up would forget what was missed
while the process was down, so `due` decides from what the state says succeeded.
"""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final, Protocol
from zoneinfo import ZoneInfo

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from notion_roadmap.clock import Clock
from notion_roadmap.errors import UserError
from notion_roadmap.schedule.due import ACTIVE, Every, Job, Past, due, pace
from notion_roadmap.schedule.health import Health

log = logging.getLogger("notion_roadmap.schedule")

TICK_SECONDS: Final = 15
GRACE_SECONDS: Final = 6.0
"""For the work in hand when the service is told to stop; `docker stop` gives ten seconds in all."""


@dataclass(frozen=True, slots=True)
class Report:
    """What one run of a job came to.

    Args:
        outcome: done, partial or failed.
        words: one sentence for the log and the health file.
        edited: when the owner was last seen to have edited something, None when nothing was seen.
    """

    outcome: str
    words: str
    edited: datetime | None = None


class Ledger(Protocol):
    """Our own record of what succeeded; outlives the process."""

    def past(self) -> Mapping[str, Past]:
        """What is known of each job, by name."""
        ...

    def note(self, job: str, began: datetime, report: Report) -> None:
        """Keep what a run came to."""
        ...


Run = Callable[[], Awaitable[Report]]


@dataclass
class Service:
    """Runs jobs for months.

    Args:
        runs: by the job's name, how it is run. Each run reads its settings anew, so a changed `.env` is picked up.
        health: the file that says how it goes, None for none.
    """

    jobs: Sequence[Job]
    runs: Mapping[str, Run]
    ledger: Ledger
    clock: Clock
    zone: ZoneInfo
    health: Callable[[Health], None] | None = None
    _stop: asyncio.Event = field(default_factory=asyncio.Event)
    _pace: timedelta = ACTIVE
    _edited: datetime | None = None
    _at_work: str = ""

    def stop(self) -> None:
        """Begin nothing more, and end soon."""
        self._stop.set()

    async def tick(self) -> None:
        """Run what is due, one after the other. One failing job never stops the others."""
        for job in due(self._paced(), self.ledger.past(), self.clock.now(), self.zone):
            if self._stop.is_set():
                return
            await self._run(job)
        self._tell()

    def _paced(self) -> list[Job]:
        """The jobs, those that go by an interval at the pace of the owner."""
        return [
            Job(job.name, Every(max(job.cadence.interval, self._pace))) if isinstance(job.cadence, Every) else job
            for job in self.jobs
        ]

    async def _run(self, job: Job) -> None:
        began = self.clock.now()
        self._at_work = job.name
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
            self._pace = pace(self._edited, self._pace, self.clock.now())
        level = logging.INFO if report.outcome == "done" else logging.WARNING
        log.log(level, "%s %s: %s", job.name, report.outcome, report.words)
        try:
            self.ledger.note(job.name, began, report)
        except UserError as error:  # a seed beside us holds the state: what is not noted is due again
            log.warning("%s was not noted: %s", job.name, error)

    def _tell(self) -> None:
        if self.health is not None:
            self.health(Health.of(self.clock.now(), self.ledger.past(), self.jobs, self.zone))

    async def run(self) -> None:
        """Tick until told to stop; SIGTERM and SIGINT tell. What is in hand then has six seconds to end."""
        loop = asyncio.get_running_loop()
        for name in (signal.SIGTERM, signal.SIGINT):
            with suppress(NotImplementedError):  # not on every platform; there, the process is simply ended
                loop.add_signal_handler(name, self.stop)
        scheduler = AsyncIOScheduler(timezone=self.zone)
        work: set[asyncio.Task[None]] = set()

        async def tick() -> None:
            task = asyncio.ensure_future(self.tick())
            work.add(task)
            task.add_done_callback(work.discard)
            with suppress(asyncio.CancelledError):
                await asyncio.shield(task)  # the scheduler's end cancels this wait, not the work

        trigger = IntervalTrigger(seconds=TICK_SECONDS, timezone=self.zone)
        at_once = self.clock.now()
        scheduler.add_job(tick, trigger, max_instances=1, coalesce=True, misfire_grace_time=None, next_run_time=at_once)
        scheduler.start()
        try:
            await self._stop.wait()
        finally:
            scheduler.shutdown(wait=False)
            await self._end(work)

    async def _end(self, work: set[asyncio.Task[None]]) -> None:
        """Let the work in hand end, or cut it short: what it was about to make is recorded as an intent."""
        if not work:
            return
        _, late = await asyncio.wait(work, timeout=GRACE_SECONDS)
        for task in late:
            log.warning("%s was cut short; it goes on from there next time", self._at_work or "the work in hand")
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)
