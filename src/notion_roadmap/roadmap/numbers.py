"""All numbers of a roadmap on one day, as one value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date

from notion_roadmap.roadmap.record import Focus, HistoryPoint, TaskScope
from notion_roadmap.roadmap.results import (
    CriterionState,
    Emergency,
    Estimates,
    Forecast,
    ForecastScore,
    Gate,
    PhaseOutlook,
    Progress,
    Risk,
    Throughput,
)
from notion_roadmap.roadmap.watching import HabitNumbers, KpiValue


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers:
    """Everything that follows from a record on one day. Phases are named by their options.

    Args:
        today: the owner's date.
        pillars, weeks: by option, where the document has any; in its order, those of the owner's own last.
        current_phase: the first in which something required is left; None when nothing is left anywhere.
        scopes, shares, focus: by task. Scopes after choices are settled; shares from 0 to 1; focus as proposed where
            the owner did not choose, None for what is done or dropped.
        kpis: by key; steps of the funnel as `funnel/<step>`.
        requirements: what the document calls indispensable, by key; `criteria` holds those of phases.
        throughput: the weeks from the start to this one, the oldest first.
        burn_up: Done, Scope and Plan for each of those weeks.
        next_up: keys of required tasks to go on with, the first first.
        priorities: at most three proposed for this week.
        unavailable: facts for which there is no column any more.
    """

    today: date
    progress: Progress
    phases: Mapping[str, Progress]
    current_phase: str | None
    scopes: Mapping[str, TaskScope]
    shares: Mapping[str, float]
    focus: Mapping[str, Focus | None]
    kpis: Mapping[str, KpiValue]
    habits: HabitNumbers
    criteria: Mapping[str, CriterionState]
    requirements: Mapping[str, CriterionState]
    gates: Mapping[str, Gate]
    forecast: Forecast
    outlook: Mapping[str, PhaseOutlook]
    forecast_score: ForecastScore
    estimates: Estimates
    throughput: tuple[Throughput, ...]
    burn_up: tuple[HistoryPoint, ...]
    risks: tuple[Risk, ...]
    emergency: Emergency | None
    next_up: tuple[str, ...]
    priorities: tuple[str, ...]
    unavailable: tuple[str, ...]
    pillars: Mapping[str, Progress] = field(default_factory=dict)
    weeks: Mapping[str, Progress] = field(default_factory=dict)

    def as_dict(self) -> dict[str, object]:
        """For JSON: what `sync --json` and `status --json` show of it; dates as `2026-11-20`."""
        groups = {"phases": self.phases, "pillars": self.pillars, "weeks": self.weeks}
        told = {name: {option: one.as_dict() for option, one in found.items()} for name, found in groups.items()}
        shown = {
            "today": self.today,
            "progress": {**self.progress.as_dict(), **{n: one for n, one in told.items() if one or n == "phases"}},
            "current_phase": self.current_phase,
            "kpis": {key: kpi.as_dict() for key, kpi in self.kpis.items()},
            "habits": self.habits.as_dict(),
            "criteria": {key: asdict(one) for key, one in self.criteria.items()},
            "requirements": {key: asdict(one) for key, one in self.requirements.items()},
            "gates": {option: gate.as_dict() for option, gate in self.gates.items()},
            "forecast": self.forecast.as_dict(),
            "outlook": {option: asdict(one) for option, one in self.outlook.items()},
            "forecast_score": asdict(self.forecast_score),
            "estimates": asdict(self.estimates),
            "risks": [asdict(risk) for risk in self.risks],
            "emergency": asdict(self.emergency) if self.emergency else None,
            "next_up": list(self.next_up),
            "priorities": list(self.priorities),
            "unavailable": list(self.unavailable),
        }
        return {key: _plain(value) for key, value in shown.items()}


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value
