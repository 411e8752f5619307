"""Sections that are no tasks, each kind recognised in a file of its own.

The order of things: phases are found first, then the parts are recognised, then the items of the phases. A section that
a part took holds no items. Until keys are given, a reference (`active_in`, `phase`, `kpi`, `habit`) is held as the very
mapping that it refers to; `keys.py` puts its key there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from notion_roadmap.importer.draft import Draft
from notion_roadmap.importer.section import Section

Recogniser = Callable[[Section, Draft], bool]
"""Looks at a section; takes it (writes to the draft, books the lines it used) and says True, or leaves it alone.

Lines of a section that it took and did not book are kept as notes later, so it books only what it really used. It may
book lines and still say False: then the section and those within it are offered on.
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


def complete_parts(draft: Draft) -> None:
    """What can be said only when everything is known: call it once, after items and head, before keys."""
