"""Sections that are no tasks, each kind recognised in a file of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from notion_roadmap.importer.draft import Draft
from notion_roadmap.importer.section import Section

Recogniser = Callable[[Section, Draft], bool]
"""Looks at a section; takes it (writes to the draft, books the lines it used) and says True, or leaves it alone.

Lines of a section that it took and did not book are kept as notes later, so it books only what it really used.
"""

PARTS: tuple[Recogniser, ...] = ()
"""In the order in which they are asked."""


def recognise_parts(root: Section, draft: Draft, skip: Callable[[Section], bool]) -> Iterator[Section]:
    """Offer every section to every recogniser, outer sections first; gives those that were taken.

    Args:
        skip: sections that are not offered themselves (phases, tasks); those within them still are.
    """
    for section in root.sections:
        if not skip(section) and any(recognise(section, draft) for recognise in PARTS):
            yield section
        else:
            yield from recognise_parts(section, draft, skip)
