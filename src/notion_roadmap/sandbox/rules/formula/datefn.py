"""The functions of dates: arithmetic, parts, formats.

https://www.notion.com/help/formula-syntax
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

from notion_roadmap.sandbox.rules.dates import read, shift_months
from notion_roadmap.sandbox.rules.formula.values import Moment, Unsupported, moment

_SECONDS = {"weeks": 604_800, "days": 86_400, "hours": 3_600, "minutes": 60, "seconds": 1, "milliseconds": 0.001}
_MONTHS = {"years": 12, "quarters": 3, "months": 1}
_FORMAT = re.compile(
    r"\[([^\]]*)\]|(YYYY|YY|Y|MMMM|MMM|MM|M|DDDD|DDD|DD|Do|D|dddd|ddd|dd|d|E|WW|W"
    r"|HH|H|hh|h|mm|m|ss|s|A|a|Q|X|x|[a-zA-Z]+)"
)


def unit(name: Any) -> str:
    """A unit's name in the plural."""
    known = str(name) if str(name).endswith("s") else f"{name}s"
    if known not in _SECONDS and known not in _MONTHS:
        raise Unsupported
    return known


def add(at: Moment | None, amount: float, name: str) -> Moment | None:
    """A date that many units later."""
    if at is None:
        return None
    name = unit(name)

    def shift(one: datetime) -> datetime:
        if name in _MONTHS:
            day = shift_months(one.date(), int(amount) * _MONTHS[name])
            return one.replace(year=day.year, month=day.month, day=day.day)
        return one + timedelta(seconds=amount * _SECONDS[name])

    return Moment(
        shift(at.start), shift(at.end) if at.end else None, at.timed or name in ("hours", "minutes", "seconds")
    )


def between(left: Moment | None, right: Moment | None, name: str) -> int | None:
    """Whole units from right to left, towards zero."""
    if left is None or right is None:
        return None
    name = unit(name)
    if name in _MONTHS:
        sign = 1 if left.start >= right.start else -1
        late, early = (left.start, right.start) if sign > 0 else (right.start, left.start)
        early = early.astimezone(late.tzinfo)
        months = (late.year - early.year) * 12 + late.month - early.month
        if (late.day, late.time()) < (early.day, early.time()):
            months -= 1
        return sign * (months // _MONTHS[name])
    return int((left.start - right.start).total_seconds() / _SECONDS[name])


def part(at: Moment | None, name: str) -> int | None:
    """One part of a date: minute, hour, day of the week (Monday 1), date, week, month or year."""
    if at is None:
        return None
    one = at.start
    parts = {"minute": one.minute, "hour": one.hour, "day": one.isoweekday(), "date": one.day,
             "week": one.isocalendar().week, "month": one.month, "year": one.year}  # fmt: skip
    return parts[name]


def parse_date(text: str) -> Moment | None:
    """An ISO 8601 text as a date."""
    return moment({"start": text, "end": None}) if read(text) is not None else None


def from_timestamp(value: float) -> Moment:
    """Milliseconds since 1970 as a date."""
    return Moment(datetime.fromtimestamp(value / 1000, UTC))


def formatted(at: Moment | None, pattern: str) -> str:
    """A date in the pattern of the documented tokens; unknown letters are unsupported."""
    return (
        ""
        if at is None
        else _FORMAT.sub(lambda found: found[1] if found[1] is not None else _token(at.start, found[2]), pattern)
    )


def _token(at: datetime, token: str) -> str:
    hour12 = at.hour % 12 or 12
    simple = {
        "YYYY": f"{at.year:04d}", "YY": f"{at.year % 100:02d}", "Y": str(at.year), "MMMM": f"{at:%B}",
        "MMM": f"{at:%b}",
        "MM": f"{at.month:02d}", "M": str(at.month), "DD": f"{at.day:02d}", "D": str(at.day), "dddd": f"{at:%A}",
        "ddd": f"{at:%a}", "dd": f"{at:%a}"[:2], "d": str(at.isoweekday() % 7), "E": str(at.isoweekday()),
        "WW": f"{at.isocalendar().week:02d}", "W": str(at.isocalendar().week), "HH": f"{at.hour:02d}",
        "H": str(at.hour),
        "hh": f"{hour12:02d}", "h": str(hour12), "mm": f"{at.minute:02d}", "m": str(at.minute),
        "ss": f"{at.second:02d}",
        "s": str(at.second), "A": "AM" if at.hour < 12 else "PM", "a": "am" if at.hour < 12 else "pm",
        "Q": str((at.month + 2) // 3), "X": str(int(at.timestamp())), "x": str(int(at.timestamp() * 1000)),
        "DDDD": f"{at:%j}", "DDD": str(at.timetuple().tm_yday),
    }  # fmt: skip
    if token == "Do":
        suffix = "th" if 11 <= at.day <= 13 else {1: "st", 2: "nd", 3: "rd"}.get(at.day % 10, "th")
        return f"{at.day}{suffix}"
    if token not in simple:
        raise Unsupported
    return simple[token]
