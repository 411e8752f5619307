"""KPIs against their targets: by week and in total, with attainment, trend and days of buffer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from math import floor
from statistics import fmean

from notion_roadmap.progress.counts import Amount, Level, amounts, is_countable, is_level, level, total
from notion_roadmap.progress.weeks import DAY, active_days, week_of, weeks_between
from notion_roadmap.roadmap import ConversionCount, Funnel, FunnelStep, Kpi, Roadmap
from notion_roadmap.roadmap.record import PhaseRecord, Record
from notion_roadmap.roadmap.watching import KpiValue, Trend

TREND_WEEKS = 4
"""Weeks that a week, and with levels today, is compared with."""

TREND_SHARE = 0.1
"""Less of a change than this share is steady."""


def watched(roadmap: Roadmap) -> list[Kpi]:
    """Every KPI, then the steps of the funnel as the KPIs that they are (`funnel/<step>`)."""
    steps = roadmap.funnel.steps if roadmap.funnel else ()
    return [*roadmap.kpis, *(_as_kpi(step, roadmap.funnel) for step in steps if roadmap.funnel)]


def kpi_values(roadmap: Roadmap, record: Record, current_phase: str | None, today: date) -> dict[str, KpiValue]:
    """Every KPI today, by key; see `KpiValue`. `current_phase` is an option, None when all is done.

    Where the column that it counts is gone its values are "n/a". A KPI that counts rows is 0 when there are none; what
    the owner enters, and a conversion without applications, is "n/a" until there is something.
    """
    return {kpi.key: kpi_value(kpi, roadmap, record, current_phase, today) for kpi in watched(roadmap)}


def kpi_value(kpi: Kpi, roadmap: Roadmap, record: Record, current_phase: str | None, today: date) -> KpiValue:
    """One KPI today."""
    active = is_active(kpi, roadmap, current_phase)
    week: float | None = None
    buffer: int | None = None
    if not is_countable(kpi, record):
        now, trend = Level(None), None
    elif is_level(kpi):
        now, trend = level(kpi, roadmap, record, today), _level_trend(kpi, roadmap, record, today)
    else:
        found = amounts(kpi, roadmap, record, today)
        week, now = _sums(kpi, record, found, today)
        trend = _weekly_trend(record, found, today)
        buffer = buffer_days(kpi, roadmap, record, found, today) if active else None
    value = week if kpi.period == "week" and not isinstance(kpi.counted, ConversionCount) else now.value
    return KpiValue(
        name=kpi.name,
        value=value,
        week=week,
        total=now.value,
        target=kpi.target,
        total_target=kpi.total_target,
        attainment=None if value is None or kpi.target is None else round(value / kpi.target, 4),
        unit=kpi.unit,
        period=kpi.period,
        display=kpi.display,
        benchmark=kpi.benchmark,
        n=now.n,
        trend=trend if active else None,
        active=active,
        buffer=buffer,
    )


def value_of_week(kpi: Kpi, roadmap: Roadmap, record: Record, day: date, today: date) -> float | None:
    """What a KPI was in the week that holds `day`: its sum over the days of it up to today; a level as it stood on its
    last day. None where that is "n/a"."""
    if not is_countable(kpi, record):
        return None
    week = week_of(day, record.steering.week_start)
    if is_level(kpi):
        return level(kpi, roadmap, record, min(week.last, today)).value
    found = amounts(kpi, roadmap, record, today)
    inside = [one for one in found if one.day is not None and week.first <= one.day <= week.last]
    return None if kpi.counted.kind == "own" and not inside else total(inside)


def is_active(kpi: Kpi, roadmap: Roadmap, current_phase: str | None) -> bool:
    """Whether it matters now: it belongs to no phase, or its phase is the current one."""
    if kpi.active_in is None:
        return True
    return any(phase.key == kpi.active_in and phase.option == current_phase for phase in roadmap.phases)


def buffer_days(kpi: Kpi, roadmap: Roadmap, record: Record, found: Sequence[Amount], today: date) -> int | None:
    """Whole days for which one could do nothing and still be on the line to the target; negative: days behind it.

    The line begins with the KPI's phase (else the roadmap) and rises by target / 7 a day for a weekly target, else
    evenly up to the target on the last day of its phase (else of the last phase that has one). Paused days do not
    count, and today does not yet. None without target, before the line begins, or when it has no end.
    """
    first, last = _line(kpi, roadmap, record)
    if kpi.target is None or first is None or first > today:
        return None
    if kpi.period == "week":
        rate, done = kpi.target / 7, total(found, first, today)
    else:
        days = active_days(first, last, record.steering.pauses) if last is not None else 0
        if days <= 0:
            return None
        rate, done = kpi.target / days, total(found)
    return floor(round(done / rate - active_days(first, today - DAY, record.steering.pauses), 6))


def _line(kpi: Kpi, roadmap: Roadmap, record: Record) -> tuple[date | None, date | None]:
    windows: dict[str, PhaseRecord] = {phase.option: phase for phase in record.phases}
    if kpi.active_in is not None:
        options = (phase.option for phase in roadmap.phases if phase.key == kpi.active_in)
        window = next((windows[option] for option in options if option in windows), None)
        return (window.first, window.last) if window else (None, None)
    return record.steering.start, max((one.last for one in windows.values() if one.last), default=None)


def _sums(kpi: Kpi, record: Record, found: Sequence[Amount], today: date) -> tuple[float | None, Level]:
    week = week_of(today, record.steering.week_start)
    if kpi.counted.kind != "own":
        return total(found, week.first, week.last), Level(total(found))
    inside = [one for one in found if one.day is not None and week.first <= one.day]
    return (total(inside) if inside else None), Level(total(found) if found else None)


def _weekly_trend(record: Record, found: Sequence[Amount], today: date) -> Trend | None:
    """The last week that is over against the mean of up to four before it; weeks paused all through are skipped.
    None with fewer than two such weeks, or when there was nothing in any of them."""
    steering = record.steering
    over = [week for week in weeks_between(steering.start, today, steering.week_start) if week.last < today]
    lived = [week for week in over if active_days(week.first, week.last, steering.pauses)][-TREND_WEEKS - 1 :]
    sums = [total(found, week.first, week.last) for week in lived]
    return _compared(sums[-1], fmean(sums[:-1])) if len(sums) > 1 and any(sums) else None


def _level_trend(kpi: Kpi, roadmap: Roadmap, record: Record, today: date) -> Trend | None:
    now = level(kpi, roadmap, record, today).value
    then = level(kpi, roadmap, record, today - 7 * TREND_WEEKS * DAY).value
    return None if now is None or then is None else _compared(now, then)


def _compared(now: float, then: float) -> Trend:
    if abs(now - then) <= TREND_SHARE * abs(then):
        return "steady"
    return "up" if now > then else "down"


def _as_kpi(step: FunnelStep, funnel: Funnel) -> Kpi:
    return Kpi(
        key=f"funnel/{step.key}",
        name=step.name,
        words=step.words,
        counted=ConversionCount(kind="conversion", from_stage=step.from_stage, to_stage=step.to_stage),
        target=step.target or None,
        unit="%",
        display="percent",
        benchmark=step.benchmark or None,
        active_in=funnel.active_in,
    )
