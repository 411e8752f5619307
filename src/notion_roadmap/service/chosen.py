"""Shared values of which it matters that the owner set them: what they chose stays, whatever is proposed later.

The base of such a field is the last proposal, so a proposal that comes to be what the owner had chosen would hide
that they did. It is noted on the row when it is seen, and stays until the owner sets it back to what is proposed, or
empties it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from notion_roadmap.workspace.cached import CachedRow
from notion_roadmap.workspace.canonical import JSON
from notion_roadmap.workspace.observed import Applied

WATCHED: Final = ("tasks.focus", "tasks.percent_done", "criteria.met")


def with_choices(was: CachedRow | None, row: CachedRow, applied: Mapping[str, Applied]) -> CachedRow:
    """The row with what the owner chose on it."""
    written = applied[row.key].fields if row.key in applied else {}
    chosen: dict[str, JSON] = {}
    for name in WATCHED:
        now = row.values.get(name)
        if now is None:
            continue
        if was is not None and name in was.chosen and was.chosen[name] == now:
            chosen[name] = now
        elif name in written:
            if now != written[name] and (was is None or name not in was.values or now != was.values[name]):
                chosen[name] = now
        elif now and (was is None or not row.key) and not (row.key and _came_with_completion(name, now)):
            chosen[name] = now  # nobody knows who set it: if in doubt the owner
    return row if chosen == row.chosen else replace(row, chosen=chosen)


def _came_with_completion(name: str, value: JSON) -> bool:
    """Whether it is what we write when a task is completed. Taken for the owner's where nobody remembers, it would
    count as done what is opened again."""
    return name == "tasks.percent_done" and value == 1
