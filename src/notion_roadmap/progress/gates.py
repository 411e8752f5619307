"""Success criteria that tick themselves, and gates between phases with what they wait for in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from notion_roadmap.progress.scopes import Place, required
from notion_roadmap.roadmap import Roadmap
from notion_roadmap.roadmap.ordering import natural
from notion_roadmap.roadmap.record import CriterionRecord, Record, TaskRecord
from notion_roadmap.roadmap.results import CriterionState, Gate
from notion_roadmap.roadmap.watching import KpiValue

NAMED = 3
"""Things that a gate waits for, named one by one; the others are counted."""


def criterion_state(criterion: CriterionRecord, kpis: Mapping[str, KpiValue]) -> CriterionState:
    """Whether it is met: as its owner decided, else when what its KPI adds up to since the start reaches the target.
    Without decision and without measure, or while the measure is "n/a", it is not."""
    measure = kpis.get(criterion.kpi or "")
    current = measure.total if measure else None
    reached = current is not None and criterion.target is not None and current >= criterion.target
    return CriterionState(
        met=reached if criterion.chosen is None else criterion.chosen,
        chosen=criterion.chosen is not None,
        current=current,
        target=criterion.target,
    )


def criteria_states(record: Record, kpis: Mapping[str, KpiValue]) -> dict[str, CriterionState]:
    """All of them, requirements too, by key."""
    ordered = sorted(record.criteria, key=lambda criterion: natural(criterion.key))
    return {criterion.key: criterion_state(criterion, kpis) for criterion in ordered}


def gates(
    roadmap: Roadmap,
    record: Record,
    states: Mapping[str, CriterionState],
    options: Sequence[str],
    places: Mapping[str, Place],
) -> dict[str, Gate]:
    """The gate of each of these phases, by option.

    `open` when all its required tasks are completed and all its criteria met (also when it has none of either),
    `advanced` when its owner goes on although that is not so, else `locked`. `unknown` while a column that decides it
    is gone. Alternatives, stretch goals and what was dropped hold no gate.
    """
    tasks = sorted(required(record), key=lambda task: places[task.key])
    written = {c.key: place for place, c in enumerate(c for phase in roadmap.phases for c in phase.criteria)}
    criteria = sorted(record.criteria, key=lambda c: (written.get(c.key, len(written)), natural(c.key)))
    anyway = {phase.option for phase in record.phases if phase.advance_anyway}
    return {
        option: _gate(
            record,
            [task for task in tasks if task.phase == option],
            [(one, states[one.key].met) for one in criteria if one.phase == option],
            anyway=option in anyway,
        )
        for option in options
    }


def _gate(
    record: Record, tasks: Sequence[TaskRecord], criteria: Sequence[tuple[CriterionRecord, bool]], *, anyway: bool
) -> Gate:
    if record.lacks("tasks.phase", "tasks.status", "tasks.scope", "criteria.met"):
        return Gate(state="unknown", reason="n/a: a column that decides it is gone.")
    waiting = [task for task in tasks if not task.completed]
    unmet = [criterion for criterion, met in criteria if not met]
    locked = bool(waiting or unmet)
    said = _counted(len(criteria) - len(unmet), len(criteria), len(tasks) - len(waiting), len(tasks))
    if locked:
        said += f" {_waiting([one.title for one in unmet] + [one.title for one in waiting])}"
    if locked and anyway:
        said = f"Advanced anyway. {said}"
    return Gate(
        state="open" if not locked else "advanced" if anyway else "locked",
        reason=said,
        waiting_tasks=tuple(task.key for task in waiting),
        waiting_criteria=tuple(criterion.key for criterion in unmet),
    )


def _counted(met: int, criteria: int, done: int, tasks: int) -> str:
    said = f"{met} of {criteria} success criteria met" if criteria else "It has no success criteria"
    return f"{said}, {done} of {tasks} required tasks done." if tasks else f"{said}, no required tasks."


def _waiting(titles: Sequence[str]) -> str:
    more = len(titles) - NAMED
    named = ", ".join(title.rstrip(" .") for title in titles[:NAMED])
    return f"Waiting for: {named} and {more} more." if more > 0 else f"Waiting for: {named}."
