"""The conversions of a job search: `Application → Phone Screen: Target 25% (industry avg: 12%)`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from notion_roadmap.importer.draft import Data, Draft
from notion_roadmap.importer.parts.common import head_lines, put
from notion_roadmap.importer.parts.entries import Entry, entries
from notion_roadmap.importer.parts.texts import Labelled, number_of, titled, whole
from notion_roadmap.importer.parts.words import fold, speaks_of
from notion_roadmap.importer.section import Section

_ARROW = re.compile(r"\s*(?:→|⇒|➔|->|=>)\s*")
_PERCENT = re.compile(r"(\d+(?:\.\d+)?)\+?\s*%")

MAX_STEPS = 30
"""Steps of a funnel: no job search has more stages."""


def recognise_funnel(section: Section, draft: Draft) -> bool:
    """At least two steps from one stage to another, each with a percentage."""
    own = entries(section.blocks)
    steps = [(entry, label) for entry in own if (label := entry.label) and _is_step(label)]
    if "funnel" in draft.data or not 2 <= len(steps) <= MAX_STEPS or len(steps) < len(own) - 2:
        return False
    stages = _stages(steps)
    funnel: Data = {"title": titled(section.title), "stages": stages}
    funnel["steps"] = [_step(label, _ends(label, stages), entry, draft) for entry, label in steps]
    for entry in own:
        label = entry.label
        if label and speaks_of(label.label, "overall") and _PERCENT.search(label.rest):
            funnel["steps"].append(_step(label, (stages[0], stages[-1]), entry, draft))
    phase = draft.phase_at(section.first)
    if phase is not None:
        funnel["active_in"] = phase
    draft.data["funnel"] = funnel
    draft.ledger.field(head_lines(section), funnel, "title")
    return True


def _is_step(label: Labelled) -> bool:
    return len(_ARROW.split(label.label)) == 2 and bool(_PERCENT.search(label.rest))


def _stages(steps: Sequence[tuple[Entry, Labelled]]) -> list[str]:
    """The stages in their order; `Final` and `Final Round` are one, under the longer name."""
    stages: list[str] = []
    for _, label in steps:
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
    begin, end = (_place(name.replace(",", " "), stages) for name in _ARROW.split(label.label))
    return stages[begin or 0], stages[end or 0]


def _step(label: Labelled, ends: tuple[str, str], entry: Entry, draft: Draft) -> Data:
    percents = [whole(number_of(found)) for found in _PERCENT.findall(label.rest)]
    step = {"name": label.label, "from_stage": ends[0], "to_stage": ends[1], "target": percents[0]}
    if len(percents) > 1 and speaks_of(label.rest, "average"):
        step["benchmark"] = percents[1]
    put(step, words=label.rest)
    draft.ledger.field(entry.lines, step, "words")
    return step
