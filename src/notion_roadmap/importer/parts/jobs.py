"""The job hunt of a phase: so many applications a week, for which roles, with which words."""

from __future__ import annotations

from notion_roadmap.importer.draft import Data, Draft
from notion_roadmap.importer.entries import Entry, entries
from notion_roadmap.importer.parts.common import head_lines
from notion_roadmap.importer.parts.kpis import add_kpi, target_of
from notion_roadmap.importer.parts.topics import line_of
from notion_roadmap.importer.section import Section
from notion_roadmap.importer.texts import titled
from notion_roadmap.importer.words import speaks_of


def recognise_jobs(section: Section, draft: Draft) -> bool:
    """Labelled lines below a heading that speaks of the job hunt, directly within a phase; one is a weekly number."""
    phase = draft.phase_above()
    own = entries(section.blocks)
    if phase is None or not own or not speaks_of(section.title, "jobs"):
        return False
    weekly = [entry for entry in own if _is_weekly(entry)]
    if not weekly or not all(entry.label and entry.checked is None for entry in own):
        return False
    for entry in own:
        if entry is weekly[0]:
            _watch(section, entry, phase, draft)
        else:
            line = line_of(entry)
            phase.setdefault("lines", []).append(line)
            draft.ledger.field(entry.all_lines(), line, "text" if "text" in line else "label")
    return True


def _is_weekly(entry: Entry) -> bool:
    label = entry.label
    return bool(label) and target_of(label.rest if label else "").get("period") == "week"


def _watch(section: Section, entry: Entry, phase: Data, draft: Draft) -> None:
    """The number of the phase, watched only while the phase lasts; named so that each phase has its own."""
    name = f"{titled(section.title)} ({phase.get('option') or phase.get('title')})"
    kpi = add_kpi(draft, name, entry.plain, phase, entry.lines)
    if kpi is not None:
        draft.ledger.field(head_lines(section), kpi, "name")
