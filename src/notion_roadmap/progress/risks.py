"""The document's risk rules, where their conditions can be measured, and its emergency protocol."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from math import fsum

from notion_roadmap.progress.behind import hours_short, weeks_behind
from notion_roadmap.progress.scopes import Place, begun, is_project, required, scopes_of
from notion_roadmap.roadmap import Roadmap
from notion_roadmap.roadmap.record import Record
from notion_roadmap.roadmap.results import Emergency, Risk
from notion_roadmap.roadmap.watching import KpiValue

SKILLS_BEHIND_WEEKS = 1.0
"""Weeks that learning may be behind the plan; a week can be caught up."""

ENOUGH_PROJECTS = 2
"""Completed projects without proof that make a pattern, when they are half of all or more."""

ENOUGH_APPLICATIONS = 10
"""Applications below which a conversion is chance."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What the rules look at."""

    record: Record
    kpis: Mapping[str, KpiValue]
    today: date


def risks(roadmap: Roadmap, record: Record, kpis: Mapping[str, KpiValue], today: date) -> tuple[Risk, ...]:
    """The rules whose condition holds, in the order of the document, each with the reason in words.

    `technical-skills`: required tasks that are no projects are more than a week behind the plan. `project-quality`:
    two or more completed projects, and half of them at least, have no proof. `interview-performance`: an active
    conversion of ten applications or more is below its benchmark (without one, its target). Any other condition is for
    the owner to see, and never holds by itself.
    """
    seen = Seen(record, kpis, today)
    found = []
    for rule in roadmap.risk_rules:
        because = _SIGNALS[rule.key](seen) if rule.key in _SIGNALS else None
        if because:
            actions = tuple(action.plain for action in rule.actions)
            found.append(Risk(key=rule.key, condition=rule.condition.plain, because=because, actions=actions))
    return tuple(found)


def emergency(
    roadmap: Roadmap, record: Record, behind: float | None, places: Mapping[str, Place], today: date
) -> Emergency | None:
    """The emergency protocol while the work is further behind (weeks) than the document allows; else None.

    To drop, in this order: the lowest priority first as the document lists them, within it stretch goals before what
    is required, then as the plan has it: until the required hours among them make up for the hours that the plan is
    short. Never what is completed, begun, waiting behind its twin, or of the highest priority there is.
    """
    protocol = roadmap.emergency
    if protocol is None or behind is None or behind <= protocol.threshold_weeks:
        return None
    short = hours_short(required(record), today)
    drop, saved = _to_drop(roadmap, record, short, places)
    return Emergency(
        title=protocol.title,
        weeks_behind=behind,
        drop=drop,
        hours_short=short,
        hours_saved=saved,
        steps=tuple(step.plain for step in protocol.steps),
    )


def _to_drop(
    roadmap: Roadmap, record: Record, short: float, places: Mapping[str, Place]
) -> tuple[tuple[str, ...], float]:
    scopes = scopes_of(record)
    documented = roadmap.tracking.property("priority")
    lowest = len(documented.options) - 1 if documented else 0
    candidates = [
        task
        for task in record.live
        if scopes[task.key] in ("required", "stretch")
        and not task.completed
        and not begun(task)
        and 0 < places[task.key][2] <= lowest
    ]
    ordered = sorted(candidates, key=lambda t: (-places[t.key][2], scopes[t.key] != "stretch", places[t.key]))
    drop: list[str] = []
    saved: list[float] = []
    for task in ordered:
        if fsum(saved) >= short:
            break
        drop.append(task.key)
        if scopes[task.key] == "required":
            saved.append(task.hours or 0)
    return tuple(drop), round(fsum(saved), 2)


def _skills_behind(seen: Seen) -> str | None:
    learning = [task for task in required(seen.record) if not is_project(task)]
    weeks = weeks_behind(seen.record, learning, seen.today)
    return f"Learning is {weeks:g} weeks behind the plan." if weeks and weeks > SKILLS_BEHIND_WEEKS else None


def _projects_unproven(seen: Seen) -> str | None:
    if seen.record.lacks("tasks.status", "tasks.category", "tasks.proof"):
        return None
    done = [task for task in seen.record.live if task.completed and is_project(task)]
    bare = [task for task in done if not task.has_proof]
    enough = len(bare) >= ENOUGH_PROJECTS and 2 * len(bare) >= len(done)
    return f"{len(bare)} of {len(done)} completed projects have no proof." if enough else None


def _conversions_low(seen: Seen) -> str | None:
    low = [said for kpi in seen.kpis.values() if (said := _low(kpi)) is not None]
    return "; ".join(low) + "." if low else None


def _low(kpi: KpiValue) -> str | None:
    line = kpi.benchmark if kpi.benchmark is not None else kpi.target
    if not kpi.active or kpi.n is None or kpi.n < ENOUGH_APPLICATIONS or kpi.value is None or line is None:
        return None
    return f"{kpi.name}: {kpi.value:g} % where {line:g} % are usual (n = {kpi.n})" if kpi.value < line else None


_SIGNALS: Mapping[str, Callable[[Seen], str | None]] = {
    "technical-skills": _skills_behind,
    "project-quality": _projects_unproven,
    "interview-performance": _conversions_low,
}
"""By the key of a rule: what says, in words, that its condition holds."""
