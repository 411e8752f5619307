"""The port, second half: what a state knows of a workspace that lives. Rows, events, forecasts, runs of jobs."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from notion_roadmap.workspace.cached import CachedRow

if TYPE_CHECKING:  # these take long to import, and `status` answers at once
    from notion_roadmap.roadmap.record import PastForecast, StatusEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class JobRun:
    """How a scheduled job has fared; times are aware.

    Args:
        slot: the last turn that it took, in the words of the schedule; "" when its turns have no names.
        succeeded: when its last success began, None when there was none.
        failed: when its last failure began.
        why: what was said of that failure, one sentence; "" when there was none.
        failures: how many in a row, 0 after a success.
        runs: how many there were in all.
    """

    slot: str = ""
    succeeded: datetime | None = None
    failed: datetime | None = None
    why: str = ""
    failures: int = 0
    runs: int = 0


class Lived(Protocol):
    """Part of `State`; as there, every method is one transaction."""

    def cached(self, database: str) -> dict[str, CachedRow]:
        """The rows of a database as they were last seen, by their ids; what is gone is among them."""
        ...

    def watermark(self, database: str) -> datetime | None:
        """The newest edit up to which all rows of the database were seen; None when they never were."""
        ...

    def absorb(
        self,
        database: str,
        rows: Iterable[CachedRow],
        gone: Collection[str] = (),
        events: Iterable[StatusEvent] = (),
        watermark: datetime | None = None,
    ) -> None:
        """Take in what a look at a database brought, all of it or nothing.

        Args:
            rows: each in place of the earlier one with its id. A row that was trashed is told from it by `gone`; it
                counts in the weeks in which it was worked on.
            gone: ids of rows to be forgotten altogether. Ids that are not known do no harm.
            events: what was drawn from the rows. An event that is kept already is not kept twice.
            watermark: None leaves it where it is; one that is older than the present one too.
        """
        ...

    def events(self, since: datetime | None = None) -> tuple[StatusEvent, ...]:
        """What happened to tasks, oldest first.

        Args:
            since: only those observed at or after this moment.
        """
        ...

    def forecasts(self) -> tuple[PastForecast, ...]:
        """What was forecast on earlier days, oldest first."""
        ...

    def note_forecasts(self, *forecasts: PastForecast) -> None:
        """Keep forecasts, each in place of an earlier one of the same day and subject."""
        ...

    def runs(self) -> dict[str, JobRun]:
        """How the scheduled jobs have fared, by their names."""
        ...

    def note_run(self, job: str, run: JobRun) -> None:
        """Keep how a job fared, in place of what was known of it."""
        ...
