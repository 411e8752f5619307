"""Sections that are no tasks, each kind recognised in a file of its own.

The order of things: phases are found first, then the parts are recognised, then the items of the phases. A section that
a part took holds no items. Until keys are given, a reference (`active_in`, `phase`, `kpi`, `habit`) is held as the very
mapping that it refers to; `keys.py` puts its key there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from notion_roadmap.importer.draft import Draft
from notion_roadmap.importer.parts.about import recognise_about, recognise_goal
from notion_roadmap.importer.parts.competencies import recognise_competencies
from notion_roadmap.importer.parts.criteria import recognise_criteria
from notion_roadmap.importer.parts.emergency import recognise_emergency
from notion_roadmap.importer.parts.funnel import recognise_funnel
from notion_roadmap.importer.parts.habits import recognise_habits
from notion_roadmap.importer.parts.jobs import recognise_jobs
from notion_roadmap.importer.parts.kpis import recognise_kpis
from notion_roadmap.importer.parts.lost import book_chapters, release_lost
from notion_roadmap.importer.parts.mappings import recognise_mappings
from notion_roadmap.importer.parts.pillars import recognise_pillars
from notion_roadmap.importer.parts.probability import recognise_probability
from notion_roadmap.importer.parts.questions import recognise_questions
from notion_roadmap.importer.parts.requirements import recognise_requirements
from notion_roadmap.importer.parts.resources import recognise_resources
from notion_roadmap.importer.parts.review import recognise_review
from notion_roadmap.importer.parts.risks import recognise_risks
from notion_roadmap.importer.parts.routines import recognise_routine
from notion_roadmap.importer.parts.settle import complete_parts
from notion_roadmap.importer.parts.topics import (
    recognise_mantras,
    recognise_principles,
    recognise_statistics,
    recognise_timeline,
)
from notion_roadmap.importer.parts.tracking import recognise_tracking
from notion_roadmap.importer.parts.transition import recognise_transition
from notion_roadmap.importer.section import Section

__all__ = ["PARTS", "Recogniser", "complete_parts", "recognise_parts"]

Recogniser = Callable[[Section, Draft], bool]
"""Looks at a section; takes it (writes to the draft, books the lines it used) and says True, or leaves it alone.

Lines of a section that it took and did not book are kept as notes later, so it books only what it really used. It may
book lines and still say False: then the section and those within it are offered on.
"""

PARTS: tuple[Recogniser, ...] = (
    recognise_tracking,
    recognise_criteria,
    recognise_requirements,
    recognise_funnel,
    recognise_kpis,
    recognise_jobs,
    recognise_habits,
    recognise_review,
    recognise_transition,
    recognise_emergency,
    recognise_risks,
    recognise_probability,
    recognise_mappings,
    recognise_competencies,
    recognise_questions,
    recognise_pillars,
    recognise_routine,
    recognise_statistics,
    recognise_timeline,
    recognise_mantras,
    recognise_principles,
    recognise_resources,
    recognise_goal,
    recognise_about,
)
"""In the order in which they are asked."""


def recognise_parts(root: Section, draft: Draft, skip: Callable[[Section], bool]) -> tuple[Section, ...]:
    """Offer every section to every recogniser, outer sections first; gives those that were taken.

    Args:
        skip: sections that are not offered themselves (phases, tasks); those within them still are.
    """
    before = draft.ledger.carrying()
    taken = tuple(_offer(root, draft, skip))
    release_lost(draft, draft.ledger.carrying() - before)
    for section in root.sections:
        book_chapters(section, draft)
    return taken


def _offer(root: Section, draft: Draft, skip: Callable[[Section], bool]) -> Iterator[Section]:
    draft.above.append(root)
    for section in root.sections:
        if not skip(section) and any(recognise(section, draft) for recognise in PARTS):
            yield section
        else:
            yield from _offer(section, draft, skip)
    draft.above.pop()
