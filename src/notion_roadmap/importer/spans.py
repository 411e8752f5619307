"""The windows of all phases, so that they follow one another."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from notion_roadmap.importer.draft import Data, Draft
from notion_roadmap.importer.headings import Name
from notion_roadmap.importer.moments import MONTHS_IN, Found, Window
from notion_roadmap.importer.section import Section
from notion_roadmap.importer.windows import whole_window

_YEAR = re.compile(r"\b(20\d\d)\b")


def year_of(text: str) -> int | None:
    """The only year that a title names."""
    years = set(_YEAR.findall(text))
    return int(next(iter(years))) if len(years) == 1 else None


def give_windows(draft: Draft, named: Sequence[tuple[Section, Data, Name]]) -> None:
    """Give every phase the window that its heading names, where it can have one; call it before parts and items."""
    begin = _first_quarter(named)
    meant = _meant_as_windows([name.window for _, _, name in named])
    before: dict[str, Window] = {}
    for section, phase, name in named:
        found = meant.get(id(name.window), name.window)
        if found is None:
            continue
        if found.window is None:
            phase["timeline"] = found.words
            continue
        window = _shifted(found, begin)
        line = section.first
        if not _follows(window, before.get(str(window["unit"]))):
            # Phases are in the order in which they begin: where the document has another, only its words are kept.
            phase["timeline"] = found.words
            continue
        before[str(window["unit"])] = window
        _set(draft, phase, {**window, "as_written": found.words}, found.guessed, line)


def lay_lengths(draft: Draft) -> None:
    """Where no phase has a window and every one says how long it takes, they are laid one after another."""
    phases = [(section, phase) for section, phase in draft.phases]
    if any("window" in phase for _, phase in phases):
        return
    found = [whole_window(str(phase.get("timeline", ""))) for _, phase in phases]
    lengths = [length for one in found if one and (length := one.length)]
    if len(lengths) != len(phases) or not phases:
        return
    months = all(one and one.kind in ("months", "quarters", "semesters", "years") for one in found)
    start = 1
    for (section, phase), one, length in zip(phases, found, lengths, strict=True):
        assert one is not None  # it has a length
        end = start + max(1, round(length / 30.4) if months else math.ceil(length / 7)) - 1
        window: Window = {"unit": "months_from_start" if months else "weeks", "start": start, "end": end}
        if end > 10_000:
            return
        draft.guess(phase, "window", window, f"{one.words}, laid after the phase before", section.first)
        start = end + 1


def _meant_as_windows(found: Sequence[Found | None]) -> dict[int, Found]:
    """Ranges from the start that follow one another, such as `0-3 months` and `3-6 months`, are windows."""
    ranges = [(one, one.between) for one in found if one and one.between]
    follow = all(a[1] <= b[0] <= a[1] + 1 for (_, a), (_, b) in pairwise(ranges))
    if len(ranges) < 2 or not follow or ranges[0][1][0] > 1:
        return {}
    from_zero = any(a[1] == b[0] for (_, a), (_, b) in pairwise(ranges))
    windows: dict[int, Found] = {}
    for one, (first, last) in ranges:
        each = MONTHS_IN.get(one.kind, 1)
        unit = one.kind if one.kind in ("days", "weeks") else "months_from_start"
        start = first + 1 if from_zero else first
        window: Window = {"unit": unit, "start": (start - 1) * each + 1, "end": last * each}
        if 1 <= window["start"] <= window["end"] <= 10_000:
            windows[id(one)] = replace(one, window=window, length=None)
    return windows


def _first_quarter(named: Sequence[tuple[Section, Data, Name]]) -> int:
    """Months before the first quarter, where quarters stand without a year."""
    starts = [
        int(name.window.window["start"])
        for _, _, name in named
        if name.window
        and name.window.window
        and name.window.guessed
        and name.window.window["unit"] == "months_from_start"
    ]
    return min(starts, default=1) - 1


def _shifted(found: Found, begin: int) -> Window:
    window = dict(found.window or {})
    if begin and found.guessed and window["unit"] == "months_from_start":
        window |= {name: int(window[name]) - begin for name in ("start", "end") if name in window}
    return window


def _follows(window: Window, before: Window | None) -> bool:
    first, last = _order(window["start"]), _order(window["end"]) if "end" in window else None
    if last is not None and last < first:
        return False
    if before is None:
        return True
    return "end" in before and first >= _order(before["start"])


def _order(point: object) -> int:
    if isinstance(point, int):
        return point
    text = str(point)
    return date.fromisoformat(text if len(text) > 7 else f"{text}-01").toordinal()


def _set(draft: Draft, phase: Data, window: Window, guessed: str | None, line: int) -> None:
    if guessed:
        draft.guess(phase, "window", window, guessed, line)
    else:
        phase["window"] = window
