"""Refuses a plan that would change too much at once: a wrong template, a wrong state, a wrong workspace."""

from __future__ import annotations

from typing import Final

from notion_roadmap.errors import PlanRefused
from notion_roadmap.plan.changes import Action, Plan

SHARE: Final = 0.30
"""The part of what exists that one plan may change or trash."""

LEAST: Final = 10
"""Changes that are always allowed: a share of a small workspace says little."""

GUARDED: Final = (Action.UPDATE, Action.TRASH, Action.TWIN)


class PlanTooLarge(PlanRefused):
    """A plan would change or trash more of what exists than one run may.

    Args:
        touched: how many items it would change or trash.
        existing: how many there are.
        share: the allowed part, 0 to 1.
    """

    def __init__(self, touched: int, existing: int, share: float) -> None:
        self.touched = touched
        self.existing = existing
        self.share = share
        super().__init__(
            f"The plan would change {touched} of {existing} items ({touched / existing:.0%}), "
            f"more than the {share:.0%} that one run may",
            hint="Look at the plan, and add --force if all of it is meant",
        )


def guard(plan: Plan, *, share: float = SHARE, least: int = LEAST, force: bool = False) -> None:
    """Raise PlanTooLarge when a plan changes or trashes at least `least` items and more than `share` of what exists.

    What is only made never counts, what is brought back neither.
    """
    touched = len({(change.key, change.id) for change in plan.of(*GUARDED)})
    if not force and touched >= least and touched > share * plan.existing:
        raise PlanTooLarge(touched, plan.existing, share)
