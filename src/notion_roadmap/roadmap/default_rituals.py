"""Habits and reviews for documents that describe none."""

from __future__ import annotations

from collections.abc import Iterable

from notion_roadmap.roadmap.base import MAX_OPTION
from notion_roadmap.roadmap.measures import Habit, Kpi
from notion_roadmap.roadmap.rituals import ReviewField, ReviewSection, ReviewTemplate, Routine
from notion_roadmap.roadmap.text import Text

PRIORITIES = 3


def habit_of(routine: Routine) -> Habit:
    """A daily routine as something to tick off each day, so that its days make a streak."""
    note = Text(routine.duration) if routine.duration else None
    return Habit(key=routine.key, title=routine.title, target=1, unit="session", note=note)


def default_review(kpis: Iterable[Kpi]) -> ReviewTemplate:
    """What was done, by the numbers; what was in the way; what to keep; what comes next. A weekly KPI has a line."""
    done = [_field("tasks-completed", "[Phase]: [Y/Z] tasks completed")]
    done += [_weekly(kpi) for kpi in kpis if kpi.period == "week"]
    blocked = [_field(f"issue-{place}", f"[Issue {place}]") for place in range(1, PRIORITIES + 1)]
    kept = [_field("went-well", "What went well: [words]"), _field("to-change", "What to do differently: [words]")]
    ahead = [_field(f"priority-{place}", f"[Priority {place}]") for place in range(1, PRIORITIES + 1)]
    return ReviewTemplate(
        title="Week of [Date]",
        sections=(
            ReviewSection(key="done", title="✅ Done", style="checklist", fields=tuple(done)),
            ReviewSection(key="blocked", title="🚧 In the Way", style="list", fields=tuple(blocked)),
            ReviewSection(key="kept", title="🔍 Looking Back", style="list", fields=tuple(kept)),
            ReviewSection(key="ahead", title="🎯 Next Week", style="numbered", fields=tuple(ahead)),
        ),
    )


def _field(key: str, words: str) -> ReviewField:
    return ReviewField(key=key, text=Text(words))


def _weekly(kpi: Kpi) -> ReviewField:
    key = f"kpi-{kpi.key}"[:MAX_OPTION].rstrip("-/")
    return ReviewField(key=key, text=Text(f"{kpi.name}: [X]"), kpi=kpi.key, active_in=kpi.active_in)
