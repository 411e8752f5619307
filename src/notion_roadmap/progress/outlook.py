"""The windows of the phases against their forecasts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal

from notion_roadmap.roadmap.record import PhaseRecord, Record
from notion_roadmap.roadmap.results import Dates, Forecast, PhaseOutlook


def outlook(record: Record, ahead: Forecast, options: Sequence[str]) -> dict[str, PhaseOutlook]:
    """Each phase by its option: its window, the days between forecast and window's end, and what they mean.

    Buffer and judgement are "n/a" without an end of the window or without a forecast, and so for a phase that is done.
    """
    windows = {phase.option: phase for phase in record.phases}
    return {
        option: _outlook(windows.get(option, PhaseRecord(option=option)), ahead.phases.get(option, Dates()))
        for option in options
    }


def _outlook(window: PhaseRecord, dates: Dates) -> PhaseOutlook:
    buffer = (window.last - dates.p50).days if window.last and dates.p50 else None
    return PhaseOutlook(
        first=window.first,
        last=window.last,
        buffer=buffer,
        on_track=_judged(window.last, dates) if window.last else None,
    )


def _judged(last: date, dates: Dates) -> Literal["on_track", "tight", "behind"] | None:
    if dates.p50 is None:
        return None
    if dates.p50 > last:
        return "behind"
    return "on_track" if dates.p85 is not None and dates.p85 <= last else "tight"
