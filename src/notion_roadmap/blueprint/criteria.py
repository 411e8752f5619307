"""One row a success criterion, and one for each thing that the document calls indispensable."""

from __future__ import annotations

from collections.abc import Iterable

from notion_roadmap.blueprint.kpis import kpi_key
from notion_roadmap.blueprint.outline import Outline, criterion_key, requirement_key
from notion_roadmap.blueprint.part import (
    CRITERIA,
    DATA_PAGE,
    KPIS,
    OURS,
    ROWS_OF_A_PHASE,
    SOON,
    THEIRS,
    Part,
    column,
    database,
    phase_options,
    phase_rank,
    tabs,
)
from notion_roadmap.blueprint.prose import option_name, prose, rounded, with_note
from notion_roadmap.blueprint.transitions import transitions
from notion_roadmap.roadmap import Criterion, Phase, Requirement, Roadmap
from notion_roadmap.roadmap.results import CriterionState
from notion_roadmap.workspace.blocks import Block
from notion_roadmap.workspace.items import Row
from notion_roadmap.workspace.properties import Option, Property, PropertyType, Relation, Value
from notion_roadmap.workspace.text import Text
from notion_roadmap.workspace.views import Condition, GroupBy, Layout, Sort, View

GATE, INDISPENSABLE, TRANSITION = "Phase gate", "Requirement", "Transition"

TRANSITIONS = f"{CRITERIA}/transitions/"
"""How the keys of checklists begin, which are no criteria: they come when a gate opens."""


def criteria_part(outline: Outline) -> Part | None:
    """The success criteria; None where the roadmap has none."""
    rows = tuple(_rows(outline))
    if not rows:
        return None
    made = database(
        CRITERIA,
        DATA_PAGE,
        "Success Criteria",
        _columns(outline),
        icon="🏆",
        description="What must be true before the next phase begins. Countable ones tick themselves; your tick wins.",
        grows=TRANSITIONS,
    )
    return Part(made, _views(counted=bool(outline.roadmap.kpis), grouped=bool(_groups(outline.roadmap))), rows)


def _groups(roadmap: Roadmap) -> tuple[str, ...]:
    """The headings that criteria stand under within their phases, in the order of the document."""
    groups = (one.group for phase in roadmap.phases for one in phase.criteria)
    return tuple(dict.fromkeys(option_name(group) for group in groups if group))


def _columns(outline: Outline) -> Iterable[Property]:
    number = PropertyType.NUMBER
    yield column("criteria.title", "Criterion", PropertyType.TITLE, "What must be true, as the document says.")
    options = phase_options(outline.roadmap)
    yield column("criteria.phase", "Phase", PropertyType.SELECT, "Whose gate waits for it.", options=options)
    if groups := _groups(outline.roadmap):
        words = "The heading it stands under in the document."
        yield column("criteria.group", "Group", PropertyType.SELECT, words, options=tuple(map(Option, groups)))
    words = (
        "Phase gate: must be met before the next phase. Requirement: indispensable for the whole. "
        "Transition: what to check off once a gate is open; tick it when you are through."
    )
    yield column("criteria.kind", "Kind", PropertyType.SELECT, words, options=_KINDS)
    words = "Ticks itself where it is countable. If you tick or untick it, that stays."
    yield column("criteria.met", "Met", PropertyType.CHECKBOX, words, proposed=True)
    yield column("criteria.evidence", "Evidence", PropertyType.TEXT, "Yours: a link or a line that shows it.", THEIRS)
    if outline.roadmap.kpis:
        relation = Relation(KPIS)
        words = "The KPI that counts it. Empty where only you can say."
        yield column("criteria.measure", "Measure", PropertyType.RELATION, words, relation=relation)
        yield column("criteria.current", "Current", number, "What the KPI adds up to so far.", OURS)
        yield column("criteria.target", "Target", number, "What the KPI must reach.")
    yield column("criteria.order", "Order", number, "Its place in the document.", OURS)


def _rows(outline: Outline) -> Iterable[Row]:
    place = 0
    for phase in outline.roadmap.phases:
        for criterion in phase.criteria:
            place += 1
            name = criterion_key(phase, criterion)
            state = outline.numbers.criteria.get(name, _UNKNOWN)
            yield _row(outline, name, prose(criterion.text), phase, criterion, state, place)
    for need in outline.roadmap.requirements:
        place += 1
        name, title = requirement_key(need), with_note(prose(need.text), need.note)
        state = outline.numbers.requirements.get(name, _UNKNOWN)
        yield _row(outline, name, title, None, need, state, place)
    for phase, words, body in transitions(outline):
        yield _transition(phase, words, body, place + 1 + outline.roadmap.phases.index(phase))


def _transition(phase: Phase, title: str, body: tuple[Block, ...], place: int) -> Row:
    key = f"{TRANSITIONS}{phase.key}"
    values: dict[str, Value] = {
        "criteria.title": Text.of(title),
        "criteria.phase": phase.option,
        "criteria.kind": TRANSITION,
        "criteria.order": place,
        "criteria.key": Text.of(key),
    }
    return Row(key, CRITERIA, values, body, rank=SOON + 40 + place)


def _row(
    outline: Outline,
    name: str,
    title: Text,
    phase: Phase | None,
    one: Criterion | Requirement,
    state: CriterionState,
    place: int,
) -> Row:
    key = f"{CRITERIA}/{name}"
    values: dict[str, Value] = {
        "criteria.title": title,
        "criteria.phase": phase.option if phase else None,
        "criteria.kind": GATE if phase else INDISPENSABLE,
        "criteria.order": place,
        "criteria.key": Text.of(key),
    }
    group = one.group if isinstance(one, Criterion) else None
    if _groups(outline.roadmap):
        values["criteria.group"] = option_name(group) if group else None
    if not state.chosen or (state.met and isinstance(one, Criterion) and one.met):
        # What the owner ticked or unticked is not ours any more: it is left out, so that we stay the base of it.
        values["criteria.met"] = state.met
    if outline.roadmap.kpis:
        measure = one.measure
        values["criteria.measure"] = (kpi_key(measure.kpi),) if measure else None
        values["criteria.current"] = rounded(state.current)
        values["criteria.target"] = measure.target if measure else None
    near = outline.urgency(phase) if phase else len(outline.roadmap.phases)
    return Row(key, CRITERIA, values, rank=phase_rank(max(near, 1), ROWS_OF_A_PHASE // 2 + place))


def _views(*, counted: bool, grouped: bool) -> tuple[View, ...]:
    numbers = ("criteria.current", "criteria.target") if counted else ()
    shown = ("criteria.met", "criteria.phase", *numbers, "criteria.evidence")
    order = (Sort("criteria.order"),)
    by_phase = GroupBy("criteria.phase", hide_empty=True)
    gate = Condition("criteria.kind", "equals", GATE)
    board = View("view:criteria/by-phase", CRITERIA, "By Phase", Layout.BOARD, filter=gate, group_by=by_phase)
    table = View("view:criteria/all", CRITERIA, "All Criteria", Layout.TABLE, sorts=order, shown=shown)
    left = View(
        "view:criteria/to-meet",
        CRITERIA,
        "Still to Meet",
        Layout.LIST,
        filter=Condition("criteria.met", "equals", False),
        sorts=order,
        shown=("criteria.phase", *numbers),
    )
    by_group = GroupBy("criteria.group", hide_empty=True)
    groups = View("view:criteria/by-group", CRITERIA, "By Group", Layout.BOARD, filter=gate, group_by=by_group)
    return tabs(table, board, groups, left) if grouped else tabs(table, board, left)


_UNKNOWN = CriterionState(met=False, chosen=False)
_KINDS = (Option(GATE, "blue"), Option(INDISPENSABLE, "red"), Option(TRANSITION, "yellow"))
