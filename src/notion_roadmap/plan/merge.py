"""The three-way decision, field by field: what was last applied, what is there, what is wished for.

Each branch tells the stories that lead there. A rule about several fields that mean one thing belongs in `merge`,
which sees all fields of an item.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from notion_roadmap.plan.alike import alike
from notion_roadmap.plan.fields import GOT, Field
from notion_roadmap.workspace.canonical import JSON
from notion_roadmap.workspace.properties import Owner


class Outcome(StrEnum):
    """What becomes of a field."""

    QUIET = "quiet"
    UPDATE = "update"
    KEEP = "keep"
    CONFLICT = "conflict"


class Story(StrEnum):
    """How a field came to be as it is."""

    SAME = "same"
    TEMPLATE_CHANGED = "changed in the template"
    COMPUTED = "computed anew"
    EDITED_BY_HAND = "edited by hand, set back to what is computed"
    OWNER_CHANGED = "changed by the owner"
    BASE_UNKNOWN = "differs, and what was written is not known"
    BOTH_CHANGED = "changed by the owner and by the template"
    OVERTAKEN = "changed by the owner, and computed anew"
    OPTIONS_REMOVED = "options removed or renamed by the owner"
    OWNER_RETYPED = "given another type by the owner"
    TEMPLATE_RETYPED = "given another type by the template"


OUTCOMES: Final[Mapping[Story, Outcome]] = {
    Story.SAME: Outcome.QUIET,
    Story.TEMPLATE_CHANGED: Outcome.UPDATE,
    Story.COMPUTED: Outcome.UPDATE,
    Story.EDITED_BY_HAND: Outcome.UPDATE,
    Story.OWNER_CHANGED: Outcome.KEEP,
    Story.BASE_UNKNOWN: Outcome.KEEP,
    Story.BOTH_CHANGED: Outcome.CONFLICT,
    Story.OVERTAKEN: Outcome.CONFLICT,
    Story.OPTIONS_REMOVED: Outcome.KEEP,
    Story.OWNER_RETYPED: Outcome.CONFLICT,
    Story.TEMPLATE_RETYPED: Outcome.CONFLICT,
}

PROPOSED: Final[Mapping[Story, Story]] = {
    Story.TEMPLATE_CHANGED: Story.COMPUTED,
    Story.BOTH_CHANGED: Story.OVERTAKEN,
}
"""How the stories of a field go that is computed as long as the owner leaves it alone."""

UNKNOWN: Final[Mapping[str, JSON]] = {}
"""The base of an item that the state does not know."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of one field, with the values that led there."""

    name: str
    story: Story
    base: JSON
    old: JSON
    new: JSON

    @property
    def outcome(self) -> Outcome:
        """What the story leads to."""
        return OUTCOMES[self.story]

    @property
    def settles(self) -> bool:
        """Whether the desired value is the base from now on. A type that stays as it is does not settle: it is
        reported until template and workspace agree."""
        return self.story not in (Story.OWNER_RETYPED, Story.TEMPLATE_RETYPED)


def merge(wanted: Mapping[str, Field], base: Mapping[str, JSON], live: Mapping[str, JSON]) -> Iterator[Decision]:
    """A decision for every wanted field that was read; a field that is not in `live` was not.

    Args:
        base: recorded fields, `@got` forms included; a field that is not in it has no known base.
    """
    for name in sorted(wanted.keys() & live.keys()):
        field = wanted[name]
        if field.owner is not Owner.THEIRS:
            story = (
                _ours(name, field.value, base, live) if field.owner is Owner.OURS else _shared(name, field, base, live)
            )
            yield Decision(name, story, base.get(name), live[name], field.value)


def _as_left(name: str, base: Mapping[str, JSON], live: Mapping[str, JSON]) -> bool:
    """Whether the live value is the one that we left there, in our words or in Notion's."""
    return any(side in base and alike(live[name], base[side]) for side in (name, name + GOT))


def _ours(name: str, desired: JSON, base: Mapping[str, JSON], live: Mapping[str, JSON]) -> Story:
    if _as_left(name, base, live) and base.get(name) == desired:
        # Nothing happened; or Notion kept something else of what it was asked for, which was told when it did.
        return Story.SAME
    if alike(live[name], desired):
        # The owner set it to what is now computed; or the state was lost and nothing else happened.
        return Story.SAME
    if name not in base or _as_left(name, base, live):
        # The numbers moved on and nobody touched the field; or the state was lost, and the field is ours all the same.
        return Story.COMPUTED
    # The owner edited a computed field; or did so and the numbers moved on as well.
    return Story.EDITED_BY_HAND


def _shared(name: str, field: Field, base: Mapping[str, JSON], live: Mapping[str, JSON]) -> Story:
    same = alike(live[name], field.value)
    if name not in base:
        # The state was lost and nobody had changed anything; or somebody had, and if in doubt it was the owner.
        return Story.SAME if same else Story.BASE_UNKNOWN
    if base[name] == field.value:
        # The template is as it was: nothing happened; or the owner changed the field, now or many runs ago.
        return Story.SAME if _as_left(name, base, live) else Story.OWNER_CHANGED
    if _as_left(name, base, live):
        # The template changed and the owner did not; or only Notion's form of our own value is there.
        return Story.TEMPLATE_CHANGED
    # Both changed it, to the same by chance or because the template took over the owner's words; or to different ends.
    return Story.SAME if same else Story.BOTH_CHANGED
