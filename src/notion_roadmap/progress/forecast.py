"""When the required work will be done, as far as the owner's own weeks can say it."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from itertools import takewhile
from math import ceil, fsum
from typing import NamedTuple

from notion_roadmap.progress.models import mean_pace
from notion_roadmap.progress.pace import LivedWeek, comparable_hours, last_move, lived_weeks
from notion_roadmap.progress.scopes import begun, phase_places, required
from notion_roadmap.progress.shares import effort, in_hours, share_done
from notion_roadmap.progress.simulate import HORIZON, Stage, finish_weeks, quantile
from notion_roadmap.progress.weeks import DAY, active_days
from notion_roadmap.roadmap import Roadmap
from notion_roadmap.roadmap.record import Fact, Record, TaskRecord
from notion_roadmap.roadmap.results import Dates, Forecast

WEEKS_NEEDED = 4
"""Lived weeks below which nothing is forecast: a month. Fewer say more about chance than about the owner."""

NO_PROGRESS_WEEKS = 4
"""Lived weeks without any progress after which there is no pace to forecast from."""

_NEEDS: tuple[Fact, ...] = ("tasks.status", "tasks.hours", "tasks.scope", "tasks.phase")


class PhaseWork(NamedTuple):
    """What is left of one phase: its option ("" for tasks without phase), hours (or tasks, where none has hours), and
    the day on which it may begin."""

    option: str
    hours: float
    opens: date | None


def forecast(roadmap: Roadmap, record: Record, today: date) -> Forecast:
    """P50 and P85 dates for each phase and for the whole, by Monte Carlo over the owner's own weeks.

    The pace is that of `lived_weeks` made comparable: weeks of nothing count, paused days do not, other weekly hours
    are converted to those of today. Breaks that come back between long stretches of work slow the pace, and are not
    left to chance. What is left of each required task is hours × (1 - share done). Phases are worked
    through in their order; none that is not begun starts before its window. Coming pauses hold everything up.

    Where no required task has hours, each counts 1, and the pace is in tasks a week.

    The dice's seed comes from the weeks, the work and `today`, so that the answer is the same all day. A phase whose
    required tasks have no hours has no dates. For when there is no date at all see `Forecast.state`.
    """
    if record.lacks(*_NEEDS):
        return Forecast(state="not_available", words="A column that the forecast needs is gone.", phases={})
    left = [task for task in required(record) if not task.completed]
    if not left:
        return Forecast(state="done", words="Everything required is done.", phases={}, hours_left=0.0)
    timed = in_hours(required(record))
    work = _work(roadmap, record, left, hours=timed)
    lived = lived_weeks(record, today)
    hours = comparable_hours(record, lived)
    plain = Forecast(
        state="not_available",
        words="",
        phases={},
        weeks=len(lived),
        hours_left=round(fsum(phase.hours for phase in work), 2) if timed else None,
        pace=round(mean_pace(hours), 2) if hours else None,
        unit="hours" if timed else "tasks",
        uncounted=sum(1 for task in left if not task.hours) if timed else 0,
    )
    return _refused(plain, work, record, lived, today) or _simulated(plain, record, work, hours, today)


def _refused(
    plain: Forecast, work: Iterable[PhaseWork], record: Record, lived: Sequence[LivedWeek], today: date
) -> Forecast | None:
    """The answer where there can be no dates."""
    if not any(phase.hours for phase in work):
        return replace(plain, words="No required task that is left has hours.")
    if any(pause.last is None and pause.first <= today for pause in record.steering.pauses):
        return replace(plain, words="Paused, and nobody knows until when.")
    idle = sum(1 for _ in takewhile(lambda week: week.hours == 0, reversed(lived)))
    moved = last_move(record, today)
    if len(lived) < WEEKS_NEEDED:
        words = f"Not enough data: {len(lived)} of {WEEKS_NEEDED} weeks are over."
        return replace(plain, state="not_enough_data", words=words)
    if idle >= NO_PROGRESS_WEEKS and (moved is None or moved < lived[-idle].week.first):
        return replace(plain, state="no_progress", words=f"No progress in {idle} weeks.", weeks=idle)
    if idle == len(lived):
        return replace(plain, state="not_enough_data", words=_NOTHING_DONE[plain.unit])
    return None


_NOTHING_DONE = {
    "hours": "Not enough data: nothing that has hours is done yet.",
    "tasks": "Not enough data: nothing is done yet.",
}


def _work(roadmap: Roadmap, record: Record, left: Iterable[TaskRecord], *, hours: bool) -> list[PhaseWork]:
    """What is left, phase by phase; tasks without phase come last."""
    windows = {phase.option: phase.first for phase in record.phases}
    started = {task.phase for task in record.live if begun(task)}
    tasks: defaultdict[str, list[TaskRecord]] = defaultdict(list)
    for task in left:
        tasks[task.phase or ""].append(task)
    work = []
    for option in (*phase_places(roadmap, record), ""):
        if option in tasks:
            open_ = fsum(effort(task, hours=hours) * (1 - share_done(task)) for task in tasks[option])
            opens = windows.get(option) if option not in started else None
            work.append(PhaseWork(option, open_, opens))
    return work


def _simulated(
    plain: Forecast, record: Record, work: Sequence[PhaseWork], hours: Sequence[float], today: date
) -> Forecast:
    counted = [phase for phase in work if phase.hours > 0]
    stages = [Stage(phase.hours, max(0, ((phase.opens or today) - today).days) / 7) for phase in counted]
    coming = [pause for pause in record.steering.pauses if pause.last is None or pause.last >= today]

    def available(week: int) -> float:
        first = today + 7 * week * DAY
        return active_days(first, first + 6 * DAY, coming) / 7 if coming else 1.0

    finishes = finish_weeks(hours, stages, available, _seed(today, hours, work))
    dates = {phase.option: _dates(ends, today) for phase, ends in zip(counted, finishes, strict=True)}
    overall = dates[counted[-1].option]
    if overall.p50 is None:
        return replace(plain, state="too_far", words="More than ten years away at this pace.")
    phases = {phase.option: dates.get(phase.option, Dates()) for phase in work if phase.option}
    return replace(plain, state="ready", words=_words(overall), overall=overall, phases=phases)


def _dates(ends: Sequence[float], today: date) -> Dates:
    return Dates(p50=_day(quantile(ends, 0.5), today), p85=_day(quantile(ends, 0.85), today))


def _day(weeks: float, today: date) -> date | None:
    """The day in which that many weeks from the beginning of today end; None beyond the horizon."""
    return None if weeks >= HORIZON else today + max(0, ceil(round(7 * weeks, 6)) - 1) * DAY


def _words(dates: Dates) -> str:
    late = f"by {dates.p85.isoformat()} with 85 % certainty" if dates.p85 else "with a long tail"
    return f"{dates.p50.isoformat() if dates.p50 else 'n/a'} as likely as not, {late}."


def _seed(today: date, hours: Sequence[float], work: Sequence[PhaseWork]) -> int:
    known = repr((today.isoformat(), [round(one, 6) for one in hours], [(w.option, round(w.hours, 6)) for w in work]))
    return int.from_bytes(hashlib.sha256(known.encode()).digest()[:8])
