"""How much of one task is done."""

from __future__ import annotations

from collections.abc import Iterable

from notion_roadmap.roadmap.record import TaskRecord


def share_done(task: TaskRecord) -> float:
    """From 0 to 1: 1 when it is completed; else the share that its owner entered; else ticked deliverables / all of
    them; else 0. What is out of bounds is brought back to them, so a share never counts more than the task."""
    if task.completed:
        return 1.0
    if task.percent_done is not None:
        return min(1.0, max(0.0, task.percent_done))
    if task.boxes is not None and task.boxes.total > 0:
        return min(1.0, max(0.0, task.boxes.done / task.boxes.total))
    return 0.0


def in_hours(tasks: Iterable[TaskRecord]) -> bool:
    """Whether the work of these tasks is measured in hours: any of them has some. Where a document names no hours at
    all, each task counts the same."""
    return any(task.hours for task in tasks)


def effort(task: TaskRecord, *, hours: bool) -> float:
    """What a task weighs: its hours (0 where it has none), or 1 where nothing is measured in hours."""
    return float(task.hours or 0) if hours else 1.0
