"""What one learns and can: pillars, competencies, skill mappings and interview questions, as folds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from notion_roadmap.blueprint.passages import table
from notion_roadmap.blueprint.prose import bold, bullet, labelled, number, prose, small_heading
from notion_roadmap.roadmap import Competency, Pillar, QuestionSet, Roadmap, Skill, SkillMapping
from notion_roadmap.workspace.blocks import Block
from notion_roadmap.workspace.text import Text

Fold = tuple[str, tuple[Block, ...]]


def subjects(roadmap: Roadmap) -> Iterator[Fold]:
    """One fold for each of these parts, under the document's own heading; empty ones where it has none."""
    titles = roadmap.titles
    phases = {phase.key: phase.option for phase in roadmap.phases}
    yield titles.pillars or "Pillars", tuple(map(_pillar, roadmap.pillars))
    found = (block for one in roadmap.competencies for block in _competency(one, phases.get(one.phase or "")))
    yield titles.competencies or "Competencies", tuple(found)
    yield titles.mappings or "Skill Mapping", tuple(block for one in roadmap.mappings for block in _mapping(one))
    yield titles.questions or "Interview Questions", tuple(_questions(roadmap.questions))


def _pillar(pillar: Pillar) -> Block:
    title = pillar.title if pillar.title == pillar.option else f"{pillar.option}: {pillar.title}"
    return bullet(Text.of(bold(title), f" ({pillar.note.plain})") if pillar.note else bold(title))


def _competency(one: Competency, phase: str | None) -> Iterator[Block]:
    yield small_heading(f"{one.title} · {phase}" if phase else one.title)
    yield from (bullet(_skill(skill)) for skill in one.skills)


def _skill(skill: Skill) -> Text:
    """A word says how well, a mark stands before."""
    if skill.level is None:
        return prose(skill.text)
    worded = any(character.isalpha() for character in skill.level)
    return labelled(skill.level, prose(skill.text)) if worded else Text.of(skill.level, " ", prose(skill.text))


def _mapping(mapping: SkillMapping) -> Iterator[Block]:
    yield small_heading(mapping.title)
    pairs = [(prose(pair.source), prose(pair.target)) for pair in mapping.pairs]
    yield from table([(Text.of(mapping.source), Text.of(mapping.target)), *pairs])


def _questions(sets: Iterable[QuestionSet]) -> Iterator[Block]:
    for one in sets:
        yield small_heading(one.title)
        for kind in one.types:
            title = kind.title if kind.percent is None else f"{kind.title} ({number(kind.percent)} %)"
            yield bullet(bold(title), map(prose, kind.questions))
