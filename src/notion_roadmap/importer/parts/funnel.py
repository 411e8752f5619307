"""The conversions of a job search: `Application → Phone Screen: Target 25% (industry avg: 12%)`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from notion_roadmap.importer.document import Table
from notion_roadmap.importer.draft import Data, Draft
from notion_roadmap.importer.entries import entries
from notion_roadmap.importer.labels import Labelled
from notion_roadmap.importer.numbers import number_of, whole
from notion_roadmap.importer.parts.common import head_lines, lines_of, put, told_in
from notion_roadmap.importer.section import Section
from notion_roadmap.importer.texts import plain, titled
from notion_roadmap.importer.words import fold, speaks_of

_ARROW = re.compile(r"→|⇒|➔|->|=>")
_PERCENT = re.compile(r"(?<!\d)(\d+(?:\.\d+)?)\+?\s*%")

MAX_STEPS = 30
"""Steps of a funnel: no job search has more stages."""


def recognise_funnel(section: Section, draft: Draft) -> bool:
    """At least two steps from one stage to another, each with a percentage, in a list or a table."""
    if "funnel" in draft.data:
        return False
    said = list(_said(section))
    steps = [(lines, label) for lines, label in said if _is_step(label)]
    if not 2 <= len(steps) <= MAX_STEPS or len(steps) < len(said) - 2:
        return False
    stages = _stages([label for _, label in steps])
    funnel: Data = {"title": titled(section.title), "stages": stages}
    funnel["steps"] = [_step(label, _ends(label, stages), lines, draft) for lines, label in steps]
    for lines, label in said:
        if speaks_of(label.label, "overall") and _PERCENT.search(label.rest):
            funnel["steps"].append(_step(label, (stages[0], stages[-1]), lines, draft))
    phase = draft.phase_at(section.first)
    if phase is not None:
        funnel["active_in"] = phase
    draft.data["funnel"] = funnel
    draft.ledger.field(head_lines(section), funnel, "title")
    draft.ledger.structure(lines_of(*(table.header for table in section.of_type(Table))))
    return True


def _said(section: Section) -> Iterator[tuple[Sequence[int], Labelled]]:
    """Its entries and rows, each with a label; an entry without one is a label itself."""
    for entry in entries(section.blocks):
        yield entry.lines, entry.label or Labelled(entry.plain, "", "")
    for table in section.of_type(Table):
        for row in table.rows:
            yield lines_of(row), Labelled(plain(row.cells[0]), told_in(table, row), ":")


def _is_step(label: Labelled) -> bool:
    return len(_ARROW.split(label.label)) == 2 and bool(_PERCENT.search(label.rest))


def _stages(steps: Sequence[Labelled]) -> list[str]:
    """The stages in their order; `Final` and `Final Round` are one, under the longer name."""
    stages: list[str] = []
    for label in steps:
        for name in _ARROW.split(label.label):
            shown = name.replace(",", " ").strip()
            place = _place(shown, stages)
            if place is None:
                stages.append(shown)
            elif len(shown) > len(stages[place]):
                stages[place] = shown
    return stages


def _place(name: str, stages: Sequence[str]) -> int | None:
    mine = fold(name)
    for place, stage in enumerate(stages):
        other = fold(stage)
        if f"{mine} ".startswith(f"{other} ") or f"{other} ".startswith(f"{mine} "):
            return place
    return None


def _ends(label: Labelled, stages: Sequence[str]) -> tuple[str, str]:
    begin, end = (_place(name, stages) for name in _ARROW.split(label.label))
    return stages[begin or 0], stages[end or 0]


def _step(label: Labelled, ends: tuple[str, str], lines: Sequence[int], draft: Draft) -> Data:
    percents = [whole(number_of(found)) for found in _PERCENT.findall(label.rest)]
    step = {"name": label.label, "from_stage": ends[0], "to_stage": ends[1], "target": percents[0]}
    if len(percents) > 1 and speaks_of(label.rest, "average"):
        step["benchmark"] = percents[1]
    put(step, words=label.rest)
    draft.ledger.field(lines, step, "words")
    return step
