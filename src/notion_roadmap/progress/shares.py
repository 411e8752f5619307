"""How much of one task is done."""

from __future__ import annotations

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
