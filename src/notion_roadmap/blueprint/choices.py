"""What the owner chose, besides the roadmap itself."""

from __future__ import annotations

from collections.abc import Mapping
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
        done: keys of tasks that were done before the roadmap began.
    """

    start: date
    today: date
    weekly_hours: float
    as_written: bool = False
    lean: bool = False
    done: frozenset[str] = frozenset()

    @property
    def first_day(self) -> date:
        """The first day on which something can be done."""
        return max(self.start, self.today)

    def remembered(self) -> Mapping[str, str]:
        """As the manifest holds it."""
        return {
            "start": self.start.isoformat(),
            "seeded": self.today.isoformat(),
            "weekly_hours": str(self.weekly_hours).removesuffix(".0"),
            "as_written": str(self.as_written).lower(),
            "lean": str(self.lean).lower(),
            "done": " ".join(sorted(self.done)),
        }


def check_done(roadmap: Roadmap, choices: Choices) -> None:
    """Refuse keys of tasks that are not there. Raises UnknownTask."""
    known = frozenset(task.key for _, task in roadmap.tasks())
    for key in sorted(choices.done - known):
        raise UnknownTask(key, known)


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
