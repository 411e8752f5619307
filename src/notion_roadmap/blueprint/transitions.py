"""What to check off between two phases: a page of its own, once the gate between them opens."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from notion_roadmap.blueprint.outline import Outline, criterion_key
from notion_roadmap.blueprint.prose import paragraph, prose, small_heading, to_do
from notion_roadmap.roadmap import Phase, TransitionChecklist
from notion_roadmap.workspace.blocks import Block


def transitions(outline: Outline) -> Iterator[tuple[Phase, str, tuple[Block, ...]]]:
    """The open transitions: the phase that is left, the title, and the checklist.

    A gate with no criteria has nothing to check off, and after the last phase comes no other.
    """
    phases, template = outline.roadmap.phases, outline.roadmap.transition
    for phase, following in pairwise(phases):
        gate = outline.numbers.gates.get(phase.option)
        if template is None or not phase.criteria or gate is None or gate.state not in ("open", "advanced"):
            continue
        title = template.title.replace("[X]", _without_word(phase)).replace("[Y]", _without_word(following))
        yield phase, title, tuple(_checklist(outline, template, phase))


def _checklist(outline: Outline, template: TransitionChecklist, phase: Phase) -> Iterator[Block]:
    """Each block has a name, so that criteria tick themselves while the owner ticks off the rest."""
    yield replace(small_heading(template.criteria_title), anchor="criteria")
    states = {key: state.met for key, state in outline.numbers.criteria.items()}
    for one in phase.criteria:
        key = criterion_key(phase, one)
        yield replace(to_do(prose(one.text), checked=states.get(key, False)), anchor=f"criteria/{key}")
    for place, item in enumerate(template.items, start=1):
        yield replace(to_do(prose(item)), anchor=f"item/{place}")
    if template.ready is not None:
        met = outline.numbers.gates[phase.option].state == "open"
        words = template.ready.plain.replace("✅/❌", "✅" if met else "❌")
        yield replace(paragraph(words), anchor="ready")


def _without_word(phase: Phase) -> str:
    """`Phase [X]` already says the word."""
    return phase.option.removeprefix("Phase ")
