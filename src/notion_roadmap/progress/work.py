"""How far the work has come: counts, shares and percentages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from math import fsum

from notion_roadmap.progress.behind import planned_percent, weeks_behind
from notion_roadmap.progress.scopes import phase_places, required
from notion_roadmap.progress.shares import share_done
from notion_roadmap.roadmap import Roadmap
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
    needed = required(record)
    return {
        option: _progress(
            record,
            [task for task in record.live if task.phase == option],
            [task for task in needed if task.phase == option],
            today,
        )
        for option in phase_places(roadmap, record)
    }


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
