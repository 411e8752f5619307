"""Which days work is laid on: all of them, or without weekends and holidays. Exact arithmetic on days."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from notion_roadmap.blueprint.choices import EVERY_DAY, Choices, later
from notion_roadmap.roadmap import Span

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Workdays:
    """The days on which something is done.

    Args:
        weekdays: 0 for Monday; at least one.
        off: days on which nothing is done although their weekday is a working one.
    """

    weekdays: frozenset[int] = EVERY_DAY
    off: frozenset[date] = frozenset()

    @property
    def in_a_week(self) -> int:
        """Working days of a week without holidays."""
        return len(self.weekdays)

    def works(self, day: date) -> bool:
        """Whether something is done on this day."""
        return day.weekday() in self.weekdays and day not in self.off

    def after(self, first: date, count: int = 0) -> date:
        """The first working day from `first` on, or with a count the one so many working days later."""
        if len(self.weekdays) == 7 and not self.off:
            return later(first, count)
        day, skipped = self._by_weekday(first, count), 0
        while (off := self._off_within(first, day)) > skipped:
            day, skipped = self._by_weekday(first, count + off), off
        return day

    def count(self, first: date, last: date) -> int:
        """Working days from `first` to `last`, both included; 0 when there are none."""
        if last < first:
            return 0
        weeks, more = divmod((last - first).days + 1, 7)
        rest = sum((first.weekday() + place) % 7 in self.weekdays for place in range(more))
        return weeks * len(self.weekdays) + rest - self._off_within(first, last)

    def within(self, span: Span) -> Span:
        """From the first to the last working day of a span; where it has none, the next one after it begins."""
        first = self.after(span.first)
        if span.last is None or span.last < first:
            return Span(first, first if span.last else None)
        last = span.last
        while not self.works(last):
            last -= _DAY
        return Span(first, last)

    def _by_weekday(self, first: date, count: int) -> date:
        """The same without regard to holidays."""
        ahead = sorted((weekday - first.weekday()) % 7 for weekday in self.weekdays)
        weeks, place = divmod(count, len(ahead))
        return later(first, 7 * weeks + ahead[place])

    def _off_within(self, first: date, last: date) -> int:
        return bisect_right(self._missed, last) - bisect_left(self._missed, first)

    @cached_property
    def _missed(self) -> list[date]:
        return sorted(day for day in self.off if day.weekday() in self.weekdays)


def workdays_of(choices: Choices) -> Workdays:
    """The working days that the owner chose."""
    return Workdays(choices.workdays, choices.days_off)
