"""Several live objects with one key: which one stays, and which of the others are ours to take away."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Final

from notion_roadmap.plan.alike import alike
from notion_roadmap.plan.changes import Action, Change
from notion_roadmap.plan.fields import BODIES, PLACES, Field, seen_values
from notion_roadmap.workspace.canonical import JSON
from notion_roadmap.workspace.items import Kind
from notion_roadmap.workspace.observed import Seen
from notion_roadmap.workspace.properties import Owner

TWIN = "a second one of ours, made when an answer was lost"
COPY = "another one with the same key, made or edited by the owner"

_LAST: Final = datetime.max.replace(tzinfo=UTC)


def choose(one: Seen | None, others: Iterable[Seen], recorded: str) -> tuple[Seen | None, tuple[Seen, ...]]:
    """The object that stays the item, and the rest.

    What the owner edited stays before what nobody touched, so that no edit is lost; then the recorded one; then the
    older. An object that the owner made (a row that they duplicated) comes after all of ours, one in the trash last.

    Args:
        recorded: the id in the state, "" when it does not know the key.
    """

    def order(seen: Seen) -> tuple[bool, bool, bool, bool, datetime, str]:
        unknown = seen.id != recorded
        return (seen.trashed, not seen.made_by_us, seen.edited_by_us, unknown, seen.created or _LAST, seen.id)

    found = sorted({seen.id: seen for seen in (*others, *((one,) if one else ()))}.values(), key=order)
    return (found[0], tuple(seen for seen in found[1:] if not seen.trashed)) if found else (None, ())


def twin_changes(
    kind: Kind, key: str, rest: Iterable[Seen], wanted: Mapping[str, Field], base: Mapping[str, JSON], rank: int
) -> Iterator[Change]:
    """What becomes of the objects that did not stay: ours and untouched to the trash, the others reported."""
    for seen in rest:
        ours = seen.made_by_us and seen.edited_by_us and _untouched(seen, wanted, base)
        action, why = (Action.TWIN, TWIN) if ours else (Action.KEEP, COPY)
        yield Change(action, kind, key, why, id=seen.id, rank=rank)


def _untouched(seen: Seen, wanted: Mapping[str, Field], base: Mapping[str, JSON]) -> bool:
    """Whether it holds what we write, and nothing else. Computed fields do not count: they age.

    Bodies do not count either: who edits one becomes the last editor of its page.
    """
    live = seen_values(seen)
    for name, value in live.items():
        if name in BODIES | PLACES or (name in wanted and wanted[name].owner is Owner.OURS):
            continue
        ours = [side for side in (base.get(name), wanted[name].value if name in wanted else None) if side is not None]
        if value not in (None, False, "", []) and not any(alike(value, one) for one in ours):
            return False
    return bool(live)
