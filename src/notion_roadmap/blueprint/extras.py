"""The folded end of the root page: everything of the document that no database holds, in its own words."""

from __future__ import annotations

from collections.abc import Iterable

from notion_roadmap.blueprint.notes import note_blocks, stand_apart
from notion_roadmap.blueprint.outline import Outline
from notion_roadmap.blueprint.pages import EXTRAS_RANK
from notion_roadmap.blueprint.passages import flattened
from notion_roadmap.blueprint.prose import (
    bold,
    bullet,
    labelled,
    line_bullet,
    number,
    numbered,
    paragraph,
    prose,
    small_heading,
    to_do,
    with_icon,
    with_note,
)
from notion_roadmap.blueprint.resources import tables_of
from notion_roadmap.blueprint.review_body import empty_review
from notion_roadmap.blueprint.routines import routine_blocks, routines_of, without_names
from notion_roadmap.blueprint.subjects import subjects
from notion_roadmap.roadmap import Roadmap, Topic
from notion_roadmap.roadmap import Text as Written
from notion_roadmap.workspace.blocks import Block, BlockType
from notion_roadmap.workspace.items import ROOT, Section
from notion_roadmap.workspace.text import Run, Text

EXTRAS = "section:extras"
ABOUT = "📄 About this roadmap"
Fold = tuple[str, tuple[Block, ...]]


def extras(outline: Outline) -> tuple[Section, ...]:
    """One toggle for each part of the document; in a lean workspace one toggle with a paragraph for each.

    Nothing where the document has none of these parts.
    """
    folds = _joined_folds(_folds(outline))
    if not folds:
        return ()
    if outline.choices.lean:
        folded = tuple(one for title, blocks in folds for one in flattened((paragraph(bold(title)), *blocks)))
        return (Section(EXTRAS, ROOT, (_toggle("About this roadmap", folded),), EXTRAS_RANK),)
    return (Section(EXTRAS, ROOT, tuple(_toggle(title, blocks) for title, blocks in folds), EXTRAS_RANK),)


def _joined_folds(folds: Iterable[Fold]) -> list[Fold]:
    """Without the empty ones; what stands under one heading of the document is one."""
    found: dict[str, tuple[Block, ...]] = {}
    for title, blocks in folds:
        found[title] = (*found.get(title, ()), *blocks)
    return [fold for fold in found.items() if fold[1]]


def _toggle(title: str, blocks: tuple[Block, ...]) -> Block:
    return Block(BlockType.TOGGLE, bold(title), blocks)


def _folds(outline: Outline) -> Iterable[Fold]:
    roadmap = outline.roadmap
    said = [labelled("Goal", prose(roadmap.goal))] if roadmap.goal else []
    said += [labelled("Document", roadmap.source)] if roadmap.source else []
    stated = roadmap.goal or roadmap.about
    yield "🎯 Goal" if stated else ABOUT, (*map(paragraph, said), *map(line_bullet, roadmap.about))
    yield from subjects(roadmap)
    for topic in (roadmap.statistics, roadmap.timeline, *roadmap.principles):
        if topic is not None:
            yield topic.title, tuple(_topic(topic))
    yield (
        roadmap.titles.requirements or "Requirements",
        tuple(bullet(with_note(prose(need.text), need.note)) for need in roadmap.requirements),
    )
    yield from _rituals(roadmap)
    yield from _routines(outline)
    yield from _risks(roadmap)
    if outline.choices.lean:
        yield from _resources(roadmap)
    yield roadmap.titles.mantras or "Mantras", tuple(paragraph(prose(mantra)) for mantra in roadmap.mantras)
    if not stand_apart(outline):
        for note in roadmap.notes:
            introduces = note.title.endswith(roadmap.title)  # perhaps behind its icon
            yield ABOUT if introduces else note.title, note_blocks(outline, note)
    yield "📋 How the document asks for it", tuple(_tracking(roadmap))


def _topic(topic: Topic) -> Iterable[Block]:
    if topic.subtitle is not None:
        yield paragraph(labelled(topic.subtitle))
    for line in topic.lines:
        yield line_bullet(line)
    if topic.closing is not None:
        yield paragraph(Text.of(*(Run(run.text, run.link, bold=True) for run in prose(topic.closing).runs)))


def _rituals(roadmap: Roadmap) -> Iterable[Fold]:
    review, transition = roadmap.weekly_review, roadmap.transition
    if review is not None:
        blocks = (paragraph(bold(review.title)), *empty_review(review))
        yield roadmap.titles.weekly_review or review.title, blocks
    if transition is not None:
        ready = [paragraph(prose(transition.ready))] if transition.ready else []
        steps = (*transition.placeholders, *transition.items)
        yield (
            roadmap.titles.transition or transition.title,
            (
                paragraph(bold(transition.title)),
                small_heading(transition.criteria_title),
                *(to_do(prose(step)) for step in steps),
                *ready,
            ),
        )


def _routines(outline: Outline) -> Iterable[Fold]:
    """What begins when all is done; the others stand where they are ticked off, if there is such a place."""
    roadmap, titles = outline.roadmap, outline.roadmap.titles
    daily = routines_of(roadmap, "daily") if outline.choices.lean else []
    yield titles.routines or "Routines", without_names(routine_blocks(daily))
    for routine in routines_of(roadmap, "afterwards"):
        yield with_icon("🏁", routine.title), without_names(routine_blocks([routine])[1:])


def _risks(roadmap: Roadmap) -> Iterable[Fold]:
    blocks: list[Block] = []
    for rule in roadmap.risk_rules:
        blocks.append(small_heading(Text.of("IF ", prose(rule.condition), ":")))
        blocks += [bullet(prose(action)) for action in rule.actions]
    yield roadmap.titles.risk_rules or "Risks", tuple(blocks)
    emergency = roadmap.emergency
    if emergency is not None:
        steps = (numbered(prose(step)) for step in emergency.steps)
        yield emergency.title, (paragraph(Text.of(prose(emergency.condition), ":")), *steps)
    claim = roadmap.success_probability
    if claim is not None:
        yield (
            claim.title,
            (
                paragraph("What the document claims. It is not computed from your progress.", "gray"),
                paragraph(labelled("Base Rate", f"{number(claim.base_percent)}% ({claim.base_words})")),
                *(bullet(Text.of(prose(m.text), f": +{number(m.percent)}%")) for m in claim.multipliers),
                paragraph(labelled("Claimed", prose(claim.claim))),
            ),
        )


def _resources(roadmap: Roadmap) -> Iterable[Fold]:
    for table in tables_of(roadmap):
        above = (roadmap.titles.resources,) if table in roadmap.resources else ()
        columns = paragraph(" · ".join(table.columns))
        rows = ((r.title, r.focus, r.duration, r.instructor, r.cost, r.priority, r.usage) for r in table.resources)
        yield " – ".join(filter(None, (*above, table.title))), (columns, *(bullet(_joined(*row)) for row in rows))
    yield roadmap.titles.books or "Books", tuple(bullet(_joined(b.title, b.author, b.note)) for b in roadmap.books)


def _joined(*parts: Written | str | None) -> Text:
    said = [prose(part) for part in parts if part is not None]
    return Text.of(*(piece for place, part in enumerate(said) for piece in ((" · ", part) if place else (part,))))


def _tracking(roadmap: Roadmap) -> Iterable[Block]:
    tracking = roadmap.tracking
    if tracking.words is not None:
        yield paragraph(prose(tracking.words))
    if tracking.progress is not None:
        yield bullet(labelled(tracking.progress.name, prose(tracking.progress.words)))
    for view in tracking.views:
        if view.words is not None:
            yield bullet(labelled(view.name, prose(view.words)))
