"""A service that lives on a virtual clock over an embedded workspace: days of it take seconds."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from notion_roadmap.errors import UserError
from notion_roadmap.schedule.jobs import Task, runs, timetable
from notion_roadmap.schedule.service import Service
from notion_roadmap.service.house import House
from notion_roadmap.settings import Settings
from schedule.test_service import Notes
from service.living import Living, seeded

LIVED = str(Path(__file__).parent.parent / "data" / "lived-roadmap.yaml")
TICK = 15


class Days(Living):
    """One history of a service. Make it, then `does(story)`.

    `away`: while set, opening the house fails with it, as with a token that is revoked.
    """

    def __init__(self, folder: Path, template: str = LIVED, *, zone: str = "Europe/Amsterdam", **settings: Any) -> None:
        super().__init__(template, zone=zone, seeded=seeded(template))
        self.template = template
        told = {"roadmap_timezone": zone, "roadmap_backup_folder": str(folder), **settings}
        self.house = replace(self.house, settings=Settings.model_validate(told))
        self.folder = folder / "nightly"
        self.notes = Notes()
        self.away: UserError | None = None
        self.starts()

    def starts(self) -> None:
        """A process of its own: it knows what the ledger knows."""
        self.task = Task(self.house.settings, (self.template,))
        jobs = runs(lambda: self.task, self._opens)
        self.service = Service(lambda: timetable(self.task.settings), jobs, self.notes, self.clock)

    @asynccontextmanager
    async def _opens(self, _settings: Settings, _roadmap: str) -> AsyncIterator[House]:
        if self.away is not None:
            raise self.away
        yield self.house

    async def lives(self, *, hours: float, meanwhile: Callable[[], Awaitable[None]] | None = None) -> int:
        """Tick for so long; how many requests it cost."""
        before, until = len(self.wire.sent), self.clock.monotonic() + hours * 3600
        while self.clock.monotonic() < until:
            await self.service.tick()
            if meanwhile is not None:
                await meanwhile()
            await self.clock.sleep(TICK)
        return len(self.wire.sent) - before

    @property
    def backups(self) -> list[str]:
        return sorted(one.name for one in self.folder.iterdir()) if self.folder.exists() else []
