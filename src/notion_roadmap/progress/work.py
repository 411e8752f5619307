"""How far the work has come: counts, shares and percentages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from math import fsum

from notion_roadmap.progress.behind import planned_percent, weeks_behind
from notion_roadmap.progress.scopes import phase_places, required
from notion_roadmap.progress.shares import share_done
from notion_roadmap.roadmap import Roadmap
from notion_roadmap.roadmap.ordering import natural
from notion_roadmap.roadmap.record import Record, TaskRecord
from notion_roadmap.roadmap.results import Estimates, Progress

PLACES = 2
"""Decimals of a percentage: one task in ten thousand still shows."""


def percent(part: float, whole: float) -> float | None:
    """part / whole × 100, rounded to two decimals; None where the whole is nothing. Never above 100 by rounding."""
    return round(100 * part / whole, PLACES) if whole > 0 else None


def progress(record: Record, today: date) -> Progress:
    """How far everything has come. See `Progress` for each number; an empty record gives "n/a" throughout."""
    return _progress(record, record.live, required(record), today)


def progress_by_phase(roadmap: Roadmap, record: Record, today: date) -> dict[str, Progress]:
    """The same for each phase, by its option, those without tasks included. A task without phase is in none.

    Empty when the column of the phases is gone: nobody can say then which task belongs where.
    """
    if record.lacks("tasks.phase"):
        return {}
    return _by_option(record, phase_places(roadmap, record), lambda task: task.phase, today)


def progress_by_pillar(roadmap: Roadmap, record: Record, today: date) -> dict[str, Progress]:
    """The same for each pillar, by its option: those of the document in its order, then the owner's own by name. A
    task without one is in none. Empty where the document has no pillars, or their column is gone."""
    tasks = (task.pillar for _, task in roadmap.tasks())
    options = [option for option in (*(pillar.option for pillar in roadmap.pillars), *tasks) if option]
    if not options or record.lacks("tasks.pillar"):
        return {}
    own = sorted({task.pillar for task in record.live if task.pillar} - set(options))
    return _by_option(record, dict.fromkeys((*options, *own)), lambda task: task.pillar, today)


def progress_by_week(roadmap: Roadmap, record: Record, today: date) -> dict[str, Progress]:
    """The same for each week that the document plans by, by its option, in natural order (`Week 2` before `Week 10`).
    Empty where it plans by none, or their column is gone."""
    options = {task.week for _, task in roadmap.tasks() if task.week}
    if not options or record.lacks("tasks.week"):
        return {}
    own = {task.week for task in record.live if task.week}
    return _by_option(record, sorted(options | own, key=natural), lambda task: task.week, today)


def _by_option(
    record: Record, options: Iterable[str], of: Callable[[TaskRecord], str | None], today: date
) -> dict[str, Progress]:
    tasks: defaultdict[str | None, list[TaskRecord]] = defaultdict(list)
    needed: defaultdict[str | None, list[TaskRecord]] = defaultdict(list)
    for task in record.live:
        tasks[of(task)].append(task)
    for task in required(record):
        needed[of(task)].append(task)
    return {option: _progress(record, tasks[option], needed[option], today) for option in options}


def estimates(record: Record) -> Estimates:
    """Hours estimated and spent, over completed tasks (trashed ones too) that have both; see `Estimates`.

    Tasks under way are left out: what they will take is not known yet. Spent hours of 0 are taken for not entered.
    """
    both = [task for task in record.tasks if task.completed and task.hours and task.hours_spent]
    if record.lacks("tasks.hours", "tasks.hours_spent", "tasks.status"):
        both = []
    estimated, spent = fsum(task.hours or 0 for task in both), fsum(task.hours_spent or 0 for task in both)
    return Estimates(
        estimated=estimated, spent=spent, tasks=len(both), factor=round(spent / estimated, 2) if estimated else None
    )


def _progress(record: Record, tasks: Sequence[TaskRecord], needed: Sequence[TaskRecord], today: date) -> Progress:
    done = sum(task.completed for task in tasks)
    needed_done = sum(task.completed for task in needed)
    proven = sum(task.completed and task.has_proof for task in tasks)
    hours_total = fsum(task.hours or 0 for task in needed)
    hours_done = fsum((task.hours or 0) * share_done(task) for task in needed)
    status = not record.lacks("tasks.status")
    scoped = not record.lacks("tasks.scope")
    hours = status and scoped and not record.lacks("tasks.hours")
    proof = status and not record.lacks("tasks.proof")
    return Progress(
        completed=done if status else None,
        total=len(tasks),
        percent=percent(done, len(tasks)) if status else None,
        required_completed=needed_done if status and scoped else None,
        required_total=len(needed) if scoped else None,
        required_percent=percent(needed_done, len(needed)) if status and scoped else None,
        hours_completed=round(hours_done, PLACES) if hours else None,
        hours_total=round(hours_total, PLACES) if hours else None,
        hours_percent=percent(hours_done, hours_total) if hours else None,
        proven=proven if proof else None,
        proof_percent=percent(proven, len(tasks)) if proof else None,
        planned_percent=planned_percent(record, needed, today),
        weeks_behind=weeks_behind(record, needed, today),
    )
