"""Date values and moments: parsing, Notion's cut to the minute, relative dates.

https://developers.notion.com/reference/page-property-values#date
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from notion_roadmap.sandbox.errors import invalid
from notion_roadmap.sandbox.rules import check

_DATE = re.compile(r"^\d{4}-\d{2}-\d{2}$")


@lru_cache(maxsize=8192)
def read(text: str) -> datetime | date | None:
    """A date, or a moment (naive without an offset); None when the text is neither in ISO 8601."""
    try:
        if _DATE.match(text):
            return date.fromisoformat(text)
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def parse_value(value: Any, path: str) -> dict[str, Any]:
    """Check a date value of a request; moments are cut to the minute and carry their offset, time_zone is null."""
    value = check.obj(value, path)
    zone = value.get("time_zone")
    if zone is not None:
        zone = _zone(check.text(zone, f"{path}.time_zone"), path)
    start = _bound(value.get("start", check.MISSING), f"{path}.start", zone)
    end = _bound(value["end"], f"{path}.end", zone) if value.get("end") is not None else None
    if end is not None and len(end) != len(start) and ("T" in end) != ("T" in start):
        raise invalid(f"body failed validation: {path}.end should have a time exactly when start has one.")
    if end is not None and instant(end) < instant(start):
        raise invalid(f"Invalid date range: start {start} is after end {end}.")
    return {"start": start, "end": end, "time_zone": None}


def _zone(name: str, path: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise check.refuse(f"{path}.time_zone", "a valid IANA time zone", name) from error


def _bound(value: Any, path: str, zone: ZoneInfo | None) -> str:
    found = read(check.text(value, path))
    if found is None:
        raise check.refuse(path, "a valid ISO 8601 date string", value)
    if not isinstance(found, datetime):
        if zone is not None:
            raise invalid(
                f"body failed validation: {path} should be a datetime when time_zone is set, "
                f"instead was {check.shown(value)}."
            )
        return found.isoformat()
    if zone is not None and found.utcoffset():  # a Z beside a time zone is taken, as recorded
        raise invalid(
            f"body failed validation: {path} should not contain a UTC offset when time_zone is set, "
            f"instead was {check.shown(value)}."
        )
    moment = found if found.tzinfo else found.replace(tzinfo=zone or UTC)
    return moment.replace(second=0, microsecond=0).isoformat(timespec="milliseconds")


@lru_cache(maxsize=8192)
def instant(text: str) -> datetime:
    """The moment that a stored date begins at; a date without a time begins at midnight UTC."""
    found = read(text)
    if isinstance(found, datetime):
        return found if found.tzinfo else found.replace(tzinfo=UTC)
    return datetime(found.year, found.month, found.day, tzinfo=UTC) if found else datetime(1, 1, 1, tzinfo=UTC)


@lru_cache(maxsize=65_536)
def seconds(text: str) -> float:
    """The moment that a stored date begins at, in seconds since 1970."""
    return instant(text).timestamp()


def words(value: dict[str, Any]) -> str:
    """A date value as plain text."""
    return f"{value['start']} → {value['end']}" if value["end"] else str(value["start"])


def relative(name: str, now: datetime) -> date | None:
    """The day that a relative date value means today."""
    today = now.date()
    days = {"today": 0, "tomorrow": 1, "yesterday": -1, "one_week_ago": -7, "one_week_from_now": 7}
    if name in days:
        return today + timedelta(days=days[name])
    if name in ("one_month_ago", "one_month_from_now"):
        return shift_months(today, -1 if name == "one_month_ago" else 1)
    return None


def shift_months(day: date, months: int) -> date:
    """The same day some months on; the last day of a shorter month."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


def span(name: str, now: datetime) -> tuple[date, date] | None:
    """First and last day of a relative span such as past_week; weeks of this_week begin on Sunday."""
    today = now.date()
    if name == "this_week":
        first = today - timedelta(days=(today.weekday() + 1) % 7)
        return first, first + timedelta(days=6)
    spans = {
        "past_week": (today - timedelta(days=7), today),
        "past_month": (shift_months(today, -1), today),
        "past_year": (shift_months(today, -12), today),
        "next_week": (today, today + timedelta(days=7)),
        "next_month": (today, shift_months(today, 1)),
        "next_year": (today, shift_months(today, 12)),
    }
    return spans.get(name)
