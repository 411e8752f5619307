"""What need not be looked at again, however long a roadmap is lived in. Pure."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from notion_roadmap.service.intake import HISTORY
from notion_roadmap.workspace.items import Workspace


def without_past(wished: Workspace, recorded: Collection[str]) -> Workspace:
    """Without the points of the burn-up that are recorded and whose weeks are over: they stand as they were written
    (see `burn_up`), and a sync reads no history but its own. They would be compared with themselves, some more each
    week.

    Args:
        recorded: keys of what the state knows.
    """
    weeks = {row.key: row.key.split("/")[1] for row in wished.rows if row.database == HISTORY}
    latest = max(weeks.values(), default="")
    stands = {key for key, week in weeks.items() if week < latest and key in recorded}
    return replace(wished, rows=tuple(row for row in wished.rows if row.key not in stands))
