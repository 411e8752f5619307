"""All numbers at once."""

from __future__ import annotations

from datetime import date

from notion_roadmap.progress.focus import current_phase, next_up, not_yet, proposed_focus, proposed_priorities
from notion_roadmap.progress.forecast import forecast
from notion_roadmap.progress.gates import criteria_states, gates
from notion_roadmap.progress.habits import habit_numbers
from notion_roadmap.progress.kpis import kpi_values
from notion_roadmap.progress.outlook import outlook
from notion_roadmap.progress.pace import throughput
from notion_roadmap.progress.risks import emergency, risks
from notion_roadmap.progress.scopes import phase_places, plan_places, scopes_of
from notion_roadmap.progress.scores import score
from notion_roadmap.progress.series import burn_up
from notion_roadmap.progress.shares import share_done
from notion_roadmap.progress.work import estimates, progress, progress_by_phase, progress_by_pillar, progress_by_week
from notion_roadmap.roadmap import Roadmap
from notion_roadmap.roadmap.numbers import Numbers
from notion_roadmap.roadmap.record import Record


def numbers(roadmap: Roadmap, record: Record, today: date) -> Numbers:
    """Everything that follows from a record on the owner's date `today`.

    A function of these three and nothing else: the same record, in whatever order, on the same date gives the same
    numbers, forecast included. Never raises for what an owner did: what cannot be said is "n/a".
    """
    options = tuple(phase_places(roadmap, record))
    places = plan_places(roadmap, record)
    here = current_phase(record, options)
    upcoming = next_up(record, places, today)
    focus = proposed_focus(record, upcoming, not_yet(roadmap, upcoming, today))
    kpis = kpi_values(roadmap, record, here, today)
    states = criteria_states(record, kpis)
    phased = {criterion.key for criterion in record.criteria if criterion.phase is not None}
    whole = progress(record, today)
    ahead = forecast(roadmap, record, today)
    return Numbers(
        today=today,
        progress=whole,
        phases=progress_by_phase(roadmap, record, today),
        pillars=progress_by_pillar(roadmap, record, today),
        weeks=progress_by_week(roadmap, record, today),
        current_phase=here,
        scopes=scopes_of(record),
        shares={task.key: share_done(task) for task in record.live},
        focus=focus,
        kpis=kpis,
        habits=habit_numbers(roadmap, record, today),
        criteria={key: state for key, state in states.items() if key in phased},
        requirements={key: state for key, state in states.items() if key not in phased},
        gates=gates(roadmap, record, states, options, places),
        forecast=ahead,
        outlook=outlook(record, ahead, options),
        forecast_score=score(record),
        estimates=estimates(record),
        throughput=throughput(record, today),
        burn_up=burn_up(record, today),
        risks=risks(roadmap, record, kpis, today),
        emergency=emergency(roadmap, record, whole.weeks_behind, places, today),
        next_up=tuple(task.key for task in upcoming),
        priorities=proposed_priorities(record, upcoming, focus, places, today),
        unavailable=tuple(sorted((*record.missing, *(f"days.{habit}" for habit in record.missing_habits)))),
    )
