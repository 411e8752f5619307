"""The values that formulas compute with, and their types."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from notion_roadmap.sandbox.rules.dates import read


class Unsupported(Exception):
    """This formula needs something that the sandbox does not compute."""


@dataclass(frozen=True)
class Moment:
    """A date of a formula: a start, perhaps an end, each with or without a time."""

    start: datetime
    end: datetime | None = None
    timed: bool = True

    def __lt__(self, other: Moment) -> bool:
        return self.start < other.start


@dataclass(frozen=True)
class Ref:
    """A related page or a user: compared and counted, shown by its name."""

    id: str
    name: str
    kind: str = "page"


def moment(value: dict[str, Any] | None) -> Moment | None:
    """A date value of a page as a Moment."""
    if value is None:
        return None
    start, end = read(value["start"]), read(value["end"]) if value.get("end") else None
    return Moment(_aware(start), _aware(end) if end else None, isinstance(start, datetime))


def _aware(value: datetime | date | None) -> datetime:
    if isinstance(value, datetime):
        return value if value.tzinfo else value.replace(tzinfo=UTC)
    if value is None:
        raise Unsupported
    return datetime(value.year, value.month, value.day, tzinfo=UTC)


def date_value(value: Moment) -> dict[str, Any]:
    """A Moment as a date value of an answer."""

    def one(at: datetime) -> str:
        return (
            at.replace(second=0, microsecond=0).isoformat(timespec="milliseconds")
            if value.timed
            else at.date().isoformat()
        )

    return {"start": one(value.start), "end": one(value.end) if value.end else None, "time_zone": None}


def is_empty(value: Any) -> bool:
    """What `empty` says: nothing, no text, zero, false, no list."""
    return (
        value is None or value == "" or value is False or value == [] or (value == 0 and not isinstance(value, Moment))
    )


def text(value: Any) -> str:
    """A value as text, as `format` and joining do."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e21:
        return str(int(value))
    if isinstance(value, Moment):
        return _words(value)
    if isinstance(value, list):
        return ", ".join(text(one) for one in value)
    return value.name if isinstance(value, Ref) else str(value)


def _words(value: Moment) -> str:
    def one(at: datetime) -> str:
        day = f"{at:%B} {at.day}, {at.year}"
        return f"{day} {at.hour % 12 or 12}:{at:%M} {'AM' if at.hour < 12 else 'PM'}" if value.timed else day

    return one(value.start) + (f" → {one(value.end)}" if value.end else "")


def number(value: Any) -> float | int:
    """A value where arithmetic needs a number; empty counts as 0."""
    if value is None or value == "":
        return 0
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, int | float):
        return value
    raise Unsupported


def type_of(value: Any) -> str | None:
    """The formula type of a value; None for an empty one."""
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int | float):
        return "number"
    if isinstance(value, str):
        return "string"
    if isinstance(value, Moment):
        return "date"
    return "list" if isinstance(value, list) else None
