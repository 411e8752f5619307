"""What the owner chose, besides the roadmap itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from difflib import get_close_matches

from notion_roadmap.errors import UserError
from notion_roadmap.roadmap import Roadmap


class UnknownTask(UserError):
    """A task that is said to be done already is not in the roadmap."""

    def __init__(self, key: str, known: frozenset[str]) -> None:
        self.key = key
        close = get_close_matches(key, sorted(known), n=1)
        hint = f"Did you mean {close[0]}?" if close else f"Its tasks are called like {min(known)}"
        super().__init__(f"The roadmap has no task {key!r}", hint=hint)


WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
EVERY_DAY = frozenset(range(7))


@dataclass(frozen=True, slots=True)
class Choices:
    """What shapes a workspace besides the template.

    Args:
        start: the first day of the roadmap; every calendar is counted from it.
        today: the owner's day on which the workspace is first seeded: nothing is overdue on it. A later run must be
            given the same day again (it is in `Workspace.settings` as "seeded"), or dates would move by themselves.
        weekly_hours: hours a week that go into the roadmap.
        as_written: windows given in months keep the months of the document.
        lean: as few blocks as a useful workspace can have, for free plans that count them. A task's body is one
            paragraph, what surrounds the work is one paragraph each, resources are listed there and have no database.
        done: keys of tasks that were done before the roadmap began, besides those of which the document says so.
        workdays: weekdays on which something is done, 0 for Monday: windows counted in days count these alone.
        holidays: the code by which `days_off` were looked up (`DE-BY`), "" for none.
        days_off: days on which nothing is done although their weekday is a working one.
    """

    start: date
    today: date
    weekly_hours: float
    as_written: bool = False
    lean: bool = False
    done: frozenset[str] = frozenset()
    workdays: frozenset[int] = EVERY_DAY
    holidays: str = ""
    days_off: frozenset[date] = frozenset()

    @property
    def first_day(self) -> date:
        """The first day on which something can be done."""
        return max(self.start, self.today)

    def remembered(self) -> Mapping[str, str]:
        """As the manifest holds it."""
        told = {
            "start": self.start.isoformat(),
            "seeded": self.today.isoformat(),
            "weekly_hours": str(self.weekly_hours).removesuffix(".0"),
            "as_written": str(self.as_written).lower(),
            "lean": str(self.lean).lower(),
            "done": " ".join(sorted(self.done)),
        }
        if self.workdays != EVERY_DAY:
            told["workdays"] = spelled(self.workdays)
        if self.holidays:
            told["holidays"] = self.holidays
        return told


def done_before(roadmap: Roadmap, choices: Choices) -> frozenset[str]:
    """Keys of the tasks that were done before the roadmap began: by the owner's word, or by the document's."""
    return choices.done | {task.key for _, task in roadmap.tasks() if task.completed}


def check_done(roadmap: Roadmap, choices: Choices) -> None:
    """Refuse keys of tasks that are not there. Raises UnknownTask."""
    known = frozenset(task.key for _, task in roadmap.tasks())
    for key in sorted(choices.done - known):
        raise UnknownTask(key, known)


def spelled(weekdays: Iterable[int]) -> str:
    """Weekdays as the manifest and the settings spell them: `mon,tue,wed,thu,fri`."""
    return ",".join(WEEKDAYS[weekday] for weekday in sorted(weekdays))


LAST_DAY = date(9999, 12, 19)
"""The end of time, with whole weeks around it."""


def later(day: date, days: int) -> date:
    """So many days later; the last day that there is when hours are too few to end before it."""
    return day + timedelta(days=min(days, (LAST_DAY - day).days))


def monday(day: date) -> date:
    """The first day of its ISO week."""
    return day - timedelta(days=day.weekday())


def iso_week(day: date) -> str:
    """Its ISO week, such as 2026-W47."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"
