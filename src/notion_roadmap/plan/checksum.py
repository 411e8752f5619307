"""A plan's checksum: what was reviewed is what is applied."""

from __future__ import annotations

from typing import Final

from notion_roadmap.errors import PlanRefused
from notion_roadmap.plan.changes import Change, Plan
from notion_roadmap.workspace.canonical import JSON, digest

SHORT: Final = 12
"""Hexadecimal digits of the short form."""


class PlanChanged(PlanRefused):
    """The plan is not the one that was reviewed.

    Args:
        expected: the checksum that was given.
        found: the short checksum of the plan as it is now.
    """

    def __init__(self, expected: str, found: str) -> None:
        self.expected = expected
        self.found = found
        super().__init__(
            f"The plan is no longer the one with the checksum {expected}; it is {found} now",
            hint="Look at the plan again, and give its new checksum",
        )


def checksum(plan: Plan) -> str:
    """SHA-256 over all changes, 64 hexadecimal digits; the same for the same changes in any order."""
    return digest([_told(change) for change in sorted(plan.changes, key=lambda change: change.place)])


def short(plan: Plan) -> str:
    """The first digits of the checksum, for people."""
    return checksum(plan)[:SHORT]


def demand(plan: Plan, expected: str) -> None:
    """Raise PlanChanged unless `expected` is the checksum of the plan, in full or cut to at least the short form."""
    given = expected.strip().lower()
    if len(given) < SHORT or not checksum(plan).startswith(given):
        raise PlanChanged(expected.strip(), short(plan))


def _told(change: Change) -> list[JSON]:
    told: list[JSON] = [[one.name, one.base, one.old, one.new] for one in change.fields]
    return [change.action.value, change.kind.value, change.key, change.id, told]
