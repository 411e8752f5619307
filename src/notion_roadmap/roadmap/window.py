"""When something takes place: calendar months or dates, or months, weeks or days counted from the start."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Annotated, Literal, NamedTuple

from pydantic import Field, PlainSerializer, PlainValidator, StrictInt, WithJsonSchema
from pydantic_core import PydanticCustomError

from notion_roadmap.roadmap.base import Title, Value

MONTH_PATTERN = r"^[0-9]{4}-(0[1-9]|1[0-2])$"


def _month(value: object) -> date:
    if isinstance(value, date):
        return value.replace(day=1)
    try:
        if isinstance(value, str) and len(value) == len("2025-12"):
            return date.fromisoformat(f"{value}-01")
    except ValueError:
        pass
    raise PydanticCustomError("month", "not a month", {"allowed": "a year and a month, such as 2025-12"})


def _day(value: object) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    try:
        if isinstance(value, str) and len(value) == len("2025-12-01"):
            return date.fromisoformat(value)
    except ValueError:
        pass
    raise PydanticCustomError("day", "not a date", {"allowed": "a year, a month and a day, such as 2025-12-01"})


Month = Annotated[
    date,
    PlainValidator(_month),
    PlainSerializer(lambda month: month.strftime("%Y-%m"), return_type=str),
    WithJsonSchema({"type": "string", "pattern": MONTH_PATTERN, "examples": ["2025-12"]}),
]
"""A calendar month, held as its first day, written `2025-12`."""

Day = Annotated[
    date,
    PlainValidator(_day),
    PlainSerializer(date.isoformat, return_type=str),
    WithJsonSchema({"type": "string", "format": "date", "examples": ["2025-12-01"]}),
]
"""A calendar date, written `2025-12-01`."""

Count = Annotated[StrictInt, Field(ge=1, le=10_000)]
"""A month, a week or a day, counted from 1."""


class Span(NamedTuple):
    """First and last day, both included; `last` is None where there is no end."""

    first: date
    last: date | None


class _Window(Value):
    as_written: Title | None = None
    """The window in the words of the document."""


class Months(_Window):
    """Calendar months; `end` is the last month, included, and absent where there is no end."""

    unit: Literal["months"]
    start: Month
    end: Month | None = None

    @property
    def bounds(self) -> tuple[int, int | None]:
        """First and last month as numbers, to compare windows of one unit."""
        return self.start.toordinal(), self.end.toordinal() if self.end else None

    def span(self, begin: date) -> Span:  # noqa: ARG002 (asked like the other windows)
        """The days it covers as written, whatever the start of the roadmap."""
        return Span(self.start, _next_month(self.end) - timedelta(days=1) if self.end else None)


class _Counted(_Window):
    start: Count
    end: Count | None = None

    @property
    def bounds(self) -> tuple[int, int | None]:
        """First and last week or day, to compare windows of one unit."""
        return self.start, self.end


class Weeks(_Counted):
    """Weeks from the start of the roadmap; week 1 begins on its first day."""

    unit: Literal["weeks"]

    def span(self, begin: date) -> Span:
        """The days it covers when the roadmap begins on `begin`."""
        return _counted(begin, 7 * (self.start - 1), 7 * self.end if self.end else None)


class Days(_Counted):
    """Days from the start of the roadmap, which is day 1."""

    unit: Literal["days"]

    def span(self, begin: date) -> Span:
        """The days it covers when the roadmap begins on `begin`."""
        return _counted(begin, self.start - 1, self.end)


class MonthsFromStart(_Counted):
    """Months from the start of the roadmap; month 1 begins on its first day."""

    unit: Literal["months_from_start"]

    def span(self, begin: date) -> Span:
        """The days it covers when the roadmap begins on `begin`."""
        last = _months_later(begin, self.end) - timedelta(days=1) if self.end else None
        return Span(_months_later(begin, self.start - 1), last)


class Dates(_Window):
    """Calendar dates, both included; `end` is absent where there is no end."""

    unit: Literal["dates"]
    start: Day
    end: Day | None = None

    @property
    def bounds(self) -> tuple[int, int | None]:
        """First and last day as numbers, to compare windows of one unit."""
        return self.start.toordinal(), self.end.toordinal() if self.end else None

    def span(self, begin: date) -> Span:  # noqa: ARG002 (asked like the other windows)
        """The days it covers as written, whatever the start of the roadmap."""
        return Span(self.start, self.end)


Window = Annotated[Months | Weeks | Days | MonthsFromStart | Dates, Field(discriminator="unit")]


def _months_later(day: date, months: int) -> date:
    """The same day of a later month, or the last day of that month where it is shorter."""
    years, month = divmod(day.month - 1 + months, 12)
    first = date(min(day.year + years, 9999), month + 1, 1)
    return first.replace(day=min(day.day, (_next_month(first) - timedelta(days=1)).day))


def _next_month(month: date) -> date:
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1)


def _counted(begin: date, before: int, through: int | None) -> Span:
    last = begin + timedelta(days=through - 1) if through else None
    return Span(begin + timedelta(days=before), last)
