"""What the service does: sync, reconcile, back up. Each run reads its settings anew and reports what it came to.

One roadmap that fails never keeps the others of the same state from their turn.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from notion_roadmap.errors import UserError
from notion_roadmap.places import backup_folder
from notion_roadmap.roadmap import Roadmap
from notion_roadmap.schedule.due import Daily, Every, Job, Timetable
from notion_roadmap.schedule.service import Report, Run
from notion_roadmap.service.archive import FILE, prepare_folder, prune_archives, write_archive
from notion_roadmap.service.backup import back_up
from notion_roadmap.service.house import House
from notion_roadmap.service.status import EDITED
from notion_roadmap.service.sync import Syncer
from notion_roadmap.settings import Settings
from notion_roadmap.templates import load_template

BACKED_UP: Final = "backed_up"
"""Name of the fact that holds when the last nightly backup began."""

NIGHTLY: Final = "nightly"
"""The folder of the nightly backups, within that of all backups: what you made yourself is never removed."""


@dataclass(frozen=True, slots=True)
class Task:
    """What the service is about, as it is set now.

    Args:
        sources: the templates of the roadmaps that are kept alive.
    """

    settings: Settings
    sources: tuple[str, ...]


Read = Callable[[], Task]
"""Reads it anew. Raises UserError."""

Opening = Callable[[Settings, str], AbstractAsyncContextManager[House]]
"""Opens the house of a roadmap, by its key."""


def timetable(settings: Settings) -> Timetable:
    """What is done when. The night begins with a full sync, so that a backup has what it found."""
    jobs = [
        Job("reconcile", Daily(settings.roadmap_night)),
        Job("sync", Every(timedelta(minutes=settings.roadmap_sync_minutes))),
    ]
    if settings.roadmap_backup_keep:
        jobs.append(Job("backup", Daily(settings.roadmap_night)))
    return Timetable(tuple(jobs), settings.roadmap_timezone, settings.stale_after)


def runs(read: Read, open_house: Opening) -> dict[str, Run]:
    """How each job is run, by its name."""

    async def sync() -> Report:
        return await _for_each(read(), open_house, lambda house, roadmap: _sync(house, roadmap, full=False))

    async def reconcile() -> Report:
        return await _for_each(read(), open_house, lambda house, roadmap: _sync(house, roadmap, full=True))

    async def backup() -> Report:
        return await _for_each(read(), open_house, _back_up)

    return {"sync": sync, "reconcile": reconcile, "backup": backup}


async def _for_each(task: Task, open_house: Opening, do: Callable[[House, Roadmap], Awaitable[Report]]) -> Report:
    reports = [await _of_one(task.settings, source, open_house, do) for source in task.sources]
    outcomes = {one.outcome for one in reports}
    edits = [one.edited for one in reports if one.edited is not None]
    return Report(
        outcomes.pop() if len(outcomes) == 1 else "partial",
        "; ".join(one.words for one in reports),
        max(edits, default=None),
        sum(one.requests for one in reports),
    )


async def _of_one(
    settings: Settings, source: str, open_house: Opening, do: Callable[[House, Roadmap], Awaitable[Report]]
) -> Report:
    name = source
    try:
        roadmap = load_template(source)
        name = roadmap.key
        async with open_house(settings, roadmap.key) as house:
            before = house.gateway.traffic.requests
            report = await do(house, roadmap)
            report = replace(report, requests=house.gateway.traffic.requests - before)
    except UserError as error:
        report = Report("failed", str(error))
    return replace(report, words=f"{name}: {report.words}")


async def _sync(house: House, roadmap: Roadmap, *, full: bool) -> Report:
    result = await Syncer(house).sync(roadmap, full=full)
    words = f"{result.changed} changed, {result.written} written"
    if result.stopped is not None:
        words = str(result.stopped)
    elif result.skipped:
        first = result.skipped[0]
        words += f", {len(result.skipped)} not done, first {first['key']}: {first['why']}"
    return Report(result.outcome, words, house.clock.now() if result.changed else None)


async def _back_up(house: House, roadmap: Roadmap) -> Report:
    """A backup, unless nobody edited anything since the last: on a quiet day it would cost more than all syncs."""
    began, folder = house.clock.now(), backup_folder(house.settings) / NIGHTLY
    if not _worth_it(house, folder):
        return Report("done", "nothing was edited since the last backup")
    prepare_folder(folder)
    backup = await back_up(house, roadmap)
    made = write_archive(backup, folder, house.settings.roadmap_timezone)
    house.state.remember(BACKED_UP, began.isoformat())
    gone = prune_archives(folder, roadmap.key, house.settings.roadmap_backup_keep)
    words = f"{made.name} with {backup.rows} rows" + (f", {gone} older removed" if gone else "")
    if backup.unread:
        return Report("partial", f"{words}, is not whole: {backup.unread[0]}")
    return Report("done", words)


def _worth_it(house: House, folder: Path) -> bool:
    """Whether a backup would hold anything that the last one has not."""
    last, edited = house.state.fact(BACKED_UP), house.state.fact(EDITED)
    if not isinstance(last, str) or not any(folder.glob(f"{house.state.roadmap}-*/{FILE}")):
        return True
    return isinstance(edited, str) and datetime.fromisoformat(edited) >= datetime.fromisoformat(last)
