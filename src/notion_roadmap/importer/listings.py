"""The tasks in the lists and tables of a phase."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from notion_roadmap.importer.aliases import Aliases
from notion_roadmap.importer.asides import is_aside, is_legend
from notion_roadmap.importer.choices import MOST, choose, chooses
from notion_roadmap.importer.document import Block, Item, Listing, Paragraph, Table
from notion_roadmap.importer.draft import Data, Draft
from notion_roadmap.importer.filling import flat
from notion_roadmap.importer.labels import Label, bare_label, empty_label, label_of
from notion_roadmap.importer.marks import read_marks, ticks_mean_done
from notion_roadmap.importer.place import Place, Places
from notion_roadmap.importer.roles import Roles, is_contents
from notion_roadmap.importer.section import Section
from notion_roadmap.importer.shape import heading_in, holds_boxes
from notion_roadmap.importer.tables import columns_of
from notion_roadmap.importer.texts import title_text
from notion_roadmap.importer.words import fold, is_named
from notion_roadmap.importer.work import Work

_VERBS = {"read", "watch", "learn", "practice", "practise", "code", "build", "write", "study", "lesen", "lire", "leer"}
"""Words before a colon that say what to do: `Read: chapter 1` is a task."""

Told = tuple[str, list[str], list[int]]
"""A list that tells something of a phase as a whole, if the phase has tasks besides: label, entries, lines."""


class Tools(NamedTuple):
    """What reads an import.

    Args:
        taken: whether a part has taken a section.
    """

    draft: Draft
    aliases: Aliases
    year: int | None
    roles: Roles
    work: Work
    places: Places
    taken: Callable[[Section], bool]


@dataclass(frozen=True, slots=True)
class Manner:
    """How a phase is read.

    Args:
        strict: whether lists that may tell something of the phase do; where no task is found so, they are tasks.
        boxed: whether entries of the phase have boxes.
        only_boxes: whether lists without boxes are no work.
        ticks: whether ticks stand before a few entries of the phase, and so are no bullets.
    """

    strict: bool
    boxed: bool
    only_boxes: bool
    ticks: bool


@dataclass(frozen=True, slots=True)
class _Kind:
    """What the entries of a list share.

    Args:
        ticks: whether a tick before an entry says that it is done.
        boxed: whether some entries have a box; labelled ones behind them belong to them.
        remarks: whether those without a box are only remarks.
        groups: the first lines of entries that hold the tasks, so that the other labels tell of the phase.
    """

    ticks: bool
    boxed: bool
    remarks: bool
    groups: set[int]


class Lists:
    """Reads lists and tables.

    Args:
        told: the lists that tell of the phase; more are added.
    """

    def __init__(self, tools: Tools, manner: Manner, told: list[Told]) -> None:
        self._tools = tools
        self._manner = manner
        self._told = told

    def read(self, section: Section, place: Place) -> None:
        """The tasks in the lists and tables directly below a heading."""
        chosen = section.level > 0 and chooses(title_text(section.title))
        for at, block in enumerate(section.blocks):
            if self._tools.draft.ledger.is_booked(block.first):
                continue
            if isinstance(block, Listing):
                if self._manner.only_boxes and not any(
                    item.checked is not None or holds_boxes(item) for item in block.items
                ):
                    continue
                if is_contents(block) or self._is_beside(section.blocks[at - 1] if at else None, block):
                    continue
                before = len(place.phase.get("tasks", ()))
                self._listing(block, place)
                made = place.phase.get("tasks", [])[before:]
                if chosen and 2 <= len(made) <= MOST:
                    choose(self._tools.draft, section, place.phase, made)
            elif isinstance(block, Table):
                self._table(block, place)

    def _is_beside(self, before: Block | None, listing: Listing) -> bool:
        """Whether the line above a plain list says that it holds no work: `📚 Resources:`."""
        text = before.text.split("\n")[-1].strip() if isinstance(before, Paragraph) else ""
        name = (empty_label(title_text(text)) or _in_italics(text)) if len(text) < 100 else None
        label = bare_label(name) if name else ""
        if is_legend(label):
            return True
        if not name or not self._manner.strict or any(item.checked is not None for item in listing.items):
            return False
        if not (is_aside(label) or self._tools.roles.is_line_label(label) or is_named(label, "resources", "books")):
            return False
        items, lines = flat(listing)
        if items:
            assert before is not None  # it has a text
            self._told.append((label, items, [before.last, *lines]))
        return True

    def _listing(self, listing: Listing, place: Place) -> None:
        boxed = sum(item.checked is not None for item in listing.items)
        kind = _Kind(
            ticks=self._manner.ticks or ticks_mean_done([read_marks(item.text).sign for item in listing.items]),
            boxed=boxed > 0,
            remarks=2 * boxed > len(listing.items),
            groups=self._tools.roles.groups(listing),
        )
        task: Data | None = None
        for item in listing.items:
            if self._tools.draft.ledger.is_booked(item.first):
                continue
            task = self._entry(item, place, kind, task)

    def _entry(self, item: Item, place: Place, kind: _Kind, task: Data | None) -> Data | None:
        """One entry of a list of tasks; gives the task that labelled entries behind it belong to."""
        label = label_of(item.text) if item.checked is None else None
        known = label is not None and self._tools.aliases.is_known(label.label)
        if item.first in kind.groups or heading_in(item) or (item.checked is None and holds_boxes(item)):
            self._group(item, place)
            return None
        if label and kind.boxed and task is not None and (known or label.strong):
            self._tools.work.filling.labelled(task, label, item)
        elif label and self._is_phase_line(label, item, structured=bool(kind.groups)):
            self._tools.work.filling.labelled(place.phase, label, item, self._tools.work.fields.put_phase)
        elif item.checked is None and kind.remarks and not item.items and not read_marks(item.text).sign:
            return task  # a remark between the boxes
        else:
            return self._tools.work.from_item(item, place, ticks=kind.ticks) or task
        return task

    def _is_phase_line(self, label: Label, item: Item, *, structured: bool) -> bool:
        if (
            not self._manner.strict
            or (item.blocks and not structured)
            or (not label.strong and fold(label.label) in _VERBS)
        ):
            return False
        return structured or (bool(label.rest) and self._tools.roles.is_line_label(label.label))

    def _group(self, item: Item, place: Place) -> None:
        """An entry without a box over entries that are tasks is the heading of these."""
        inner = self._tools.places.below(item, place)
        for block in item.blocks:
            if isinstance(block, Listing):
                self._listing(block, inner)

    def _table(self, table: Table, place: Place) -> None:
        columns = columns_of(table, self._tools.aliases)
        if columns is None:
            return
        made = [self._tools.work.from_row(row, columns, place) for row in table.rows]
        if any(made):
            self._tools.draft.ledger.structure(range(table.first, table.first + 2))


def _in_italics(text: str) -> str | None:
    """The words of a line that is set in italics as a whole: `*Videos*`."""
    return text[1:-1].strip() if re.fullmatch(r"([*_])(?![*_\s])[^*_]{1,60}\1", text) else None
