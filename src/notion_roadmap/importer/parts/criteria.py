"""What must be true at the end of a phase: `Success Criteria`, in the phase itself or one list for all of them."""

from __future__ import annotations

from collections.abc import Sequence

from notion_roadmap.importer.draft import Data, Draft
from notion_roadmap.importer.entries import Entry, entries
from notion_roadmap.importer.parts.common import head_lines, put
from notion_roadmap.importer.parts.requirements import take_requirements
from notion_roadmap.importer.references import phase_about
from notion_roadmap.importer.section import Section
from notion_roadmap.importer.texts import titled
from notion_roadmap.importer.words import speaks_of

_YES = "✅✔✓☑"


def recognise_criteria(section: Section, draft: Draft) -> bool:
    """A list of success criteria."""
    if not speaks_of(section.title, "criteria"):
        return False
    own = entries(section.blocks)
    inside = draft.phase_at(section.first)
    phase = draft.phase_above() if inside else phase_about(draft, section.title)
    if inside and phase is None:
        return _of_week(section, own, inside, draft)
    if phase is None and own:
        return take_requirements(section, own, draft)
    if own and phase is not None:
        _take(section, own, phase, draft, group=None)
    taken = [found for inner in section.sections if (found := _group(inner, phase, draft)) is not None]
    for found in taken:
        found.setdefault("criteria_title", titled(section.title))
        draft.ledger.field(head_lines(section), found, "criteria_title")
    return bool(own or taken)


def _of_week(section: Section, own: Sequence[Entry], phase: Data, draft: Draft) -> bool:
    """Criteria deeper within a phase: those of a week are its own; those of anything else belong to a task."""
    above = titled(draft.above[-1].title)
    if not own or phase_about(draft, above) is not phase:
        return False
    _take(section, own, phase, draft, group=above)
    phase.setdefault("criteria_title", titled(section.title))
    draft.ledger.field(head_lines(section), phase, "criteria_title")
    return True


def _group(section: Section, phase: Data | None, draft: Draft) -> Data | None:
    """A part of the list under a heading of its own, such as `Week 1 (Days 1-7)`; gives the phase that it went to."""
    found = phase or phase_about(draft, section.title)
    own = entries(section.blocks)
    if found is None or not own:
        return None
    _take(section, own, found, draft, group=titled(section.title))
    return found


def _take(section: Section, own: Sequence[Entry], phase: Data, draft: Draft, *, group: str | None) -> None:
    if group is None and "criteria_title" in phase:
        group = titled(section.title)
    if group is None:
        phase["criteria_title"] = titled(section.title)
        draft.ledger.field(head_lines(section), phase, "criteria_title")
    criteria = phase.setdefault("criteria", [])
    mixed = len({entry.sign for entry in own}) > 1
    for entry in own:
        met = entry.checked or (mixed and entry.sign[:1] in _YES and entry.sign != "") or None
        criterion = put({"text": "\n".join(entry.texts())}, group=group, met=met)
        criteria.append(criterion)
        draft.ledger.content(entry.all_lines(), criterion, "text")
    if group == titled(section.title):
        draft.ledger.field(head_lines(section), criteria[-1], "group")
