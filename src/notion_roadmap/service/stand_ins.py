"""Views that Notion refused in full and granted in part: what stands in their place, and what to let go of when they
are granted after all."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from notion_roadmap.workspace.items import Kind
from notion_roadmap.workspace.observed import Applied

REPLACES: Final = "replaces"
"""Among the refs of a view: the id of its stand-in, until that is gone."""


def stand_ins(applied: Iterable[Applied]) -> tuple[Applied, ...]:
    """The views that are less than we wished for, by key."""
    return tuple(sorted((one for one in applied if one.kind is Kind.VIEW and one.rung), key=lambda one: one.key))


def is_linked(one: Applied) -> bool:
    """Whether a view stands on a page, in a linked database of its own: that goes with it."""
    place = one.fields.get("place")
    return isinstance(place, dict) and "page" in place


def removable(one: Applied) -> str:
    """The id of what has to be deleted for a view to go."""
    return one.refs["database"] if is_linked(one) else one.id


def stand_ins_told(applied: Iterable[Applied], roadmap: str) -> str:
    """A word to the owner about them; "" where there are none."""
    found = stand_ins(applied)
    if not found:
        return ""
    number = "1 view is a stand-in for one" if len(found) == 1 else f"{len(found)} views are stand-ins for those"
    return f"{number} that Notion refused. After an upgrade: notion-roadmap seed {roadmap} --retry-views"
