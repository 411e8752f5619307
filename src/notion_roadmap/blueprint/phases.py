"""One row a phase: what it is for, when it is, how far it has come, and whether the next one may begin."""

from __future__ import annotations

from collections.abc import Iterable

from notion_roadmap.blueprint.outline import Outline
from notion_roadmap.blueprint.part import (
    DATA_PAGE,
    OURS,
    PHASES,
    THEIRS,
    Part,
    column,
    database,
    existing,
    phase_rank,
    tabs,
)
from notion_roadmap.blueprint.passages import flattened, passage
from notion_roadmap.blueprint.prose import GREY, labelled, line_bullet, paragraph, phase_name, prose, share
from notion_roadmap.blueprint.roles import has_role
from notion_roadmap.blueprint.task_rows import phase_key
from notion_roadmap.roadmap import Phase, Roadmap
from notion_roadmap.roadmap.results import Dates, GateState
from notion_roadmap.workspace.blocks import Block
from notion_roadmap.workspace.items import Database, Row
from notion_roadmap.workspace.properties import DateSpan, Option, Property, PropertyType, Relation, Rollup, Value
from notion_roadmap.workspace.text import Text
from notion_roadmap.workspace.views import Layout, Sort, View

LOCKED, OPEN, ADVANCED = "🔒 Locked", "🟢 Open", "⏭️ Advanced Anyway"
"""What a gate can say about the way to the next phase."""


def phases_part(outline: Outline) -> Part:
    """The phases with their progress and gates."""
    made = database(
        PHASES, DATA_PAGE, "Phases", _columns(outline.roadmap), icon="🧭", description="How far each phase has come."
    )
    rows = tuple(_row(outline, phase, made) for phase in outline.roadmap.phases)
    return Part(made, tuple(existing(view, made) for view in _views()), rows)


def _columns(roadmap: Roadmap) -> Iterable[Property]:
    text, number, percent = PropertyType.TEXT, PropertyType.NUMBER, "percent"
    yield column("phases.title", "Name", PropertyType.TITLE, "The phase.")
    yield column("phases.order", "Order", number, "Its place in the roadmap.", OURS)
    phases = roadmap.phases
    if any(phase.goal for phase in phases):
        yield column("phases.goal", "Goal", text, "What the phase is for.")
    if any(phase.market for phase in phases):
        yield column("phases.market", "Market", text, "Why the market asks for it, as the document says.")
    words = "First and last day. Counted from your start; move it."
    yield column("phases.window", "Window", PropertyType.DATE, words, proposed=True)
    if any(phase.timeline for phase in phases):
        yield column("phases.timeline", "Timeline", text, "How long it takes, in the words of the document.")
    if any(phase.window and phase.window.as_written for phase in phases):
        yield column("phases.as_written", "As Written", text, "The window in the words of the document.")
    if any(phase.success_metric for phase in phases):
        yield column("phases.success_metric", "Success Metric", text, "How one knows that it succeeded.")
    relation = Relation("tasks", back="tasks.roadmap_phase")
    yield column("phases.tasks", "Tasks", PropertyType.RELATION, "The tasks and projects of it.", relation=relation)
    yield from _rollups(roadmap)
    yield column("phases.completed", "Completed", number, "Tasks that are completed.", OURS)
    words = (
        "Required tasks completed; alternatives, stretch goals and what was dropped do not count. It can reach 100 %."
    )
    yield column("phases.required_progress", "Required Progress", number, words, OURS, number_format=percent)
    if has_role(roadmap, "hours"):
        words = "The same, each task weighed by its hours."
        yield column("phases.hours_progress", "Hours Progress", number, words, OURS, number_format=percent)
    words = "When the phase will be done at the pace so far. Empty until there is a pace."
    yield column("phases.forecast", "Forecast", PropertyType.DATE, words, OURS)
    words = "The day by which it will be done with 85 % certainty. Empty until there is a pace."
    yield column("phases.forecast_late", "Forecast (85 %)", PropertyType.DATE, words, OURS)
    yield column("phases.buffer", "Buffer", number, "Days between the forecast and the end of the window.", OURS)
    words = "What the buffer means. Empty until there is a pace."
    yield column("phases.on_track", "On Track", PropertyType.SELECT, words, OURS, options=_ON_TRACK)
    words = "Whether the next phase may begin: all required tasks and all success criteria of this one."
    yield column("phases.gate", "Gate", PropertyType.SELECT, words, OURS, options=_GATES)
    yield column("phases.gate_reason", "Gate Reason", text, "What the gate still waits for.", OURS)
    words = "Tick it to go on although the gate is locked."
    yield column("phases.advance_anyway", "Advance Anyway", PropertyType.CHECKBOX, words, THEIRS)


def _rollups(roadmap: Roadmap) -> Iterable[Property]:
    documented = roadmap.tracking.progress
    words = documented.words.plain if documented else "Completed tasks of all tasks."
    name = documented.name if documented else "Progress %"
    rollup = PropertyType.ROLLUP
    total, share, hours = (
        Rollup("phases.tasks", target, function)
        for target, function in (("tasks.title", "count"), ("tasks.done", "percent_checked"), ("tasks.hours", "sum"))
    )
    yield column("phases.total_tasks", "Total Tasks", rollup, "All its tasks and projects.", OURS, rollup=total)
    yield column("phases.progress", name, rollup, words, OURS, rollup=share)
    if has_role(roadmap, "hours"):
        words = "Estimated hours, where they are plain numbers."
        yield column("phases.hours", "Hours", rollup, words, OURS, rollup=hours)


def _row(outline: Outline, phase: Phase, made: Database) -> Row:
    there = {prop.key for prop in made.properties}
    window = outline.calendar.windows[phase.key]
    values: dict[str, Value] = {
        "phases.title": Text.of(phase_name(phase)),
        "phases.order": outline.roadmap.phases.index(phase) + 1,
        "phases.goal": prose(phase.goal) or None,
        "phases.market": labelled(phase.market.label, prose(phase.market.text)) if phase.market else None,
        "phases.window": DateSpan(window.first, window.last),
        "phases.timeline": prose(phase.timeline) or None,
        "phases.as_written": prose(phase.window.as_written if phase.window else None) or None,
        "phases.success_metric": prose(phase.success_metric) or None,
        "phases.key": Text.of(phase_key(phase)),
        **_numbers(outline, phase),
    }
    values = {key: value for key, value in values.items() if key in there}
    body = _body(phase, lean=outline.choices.lean)
    return Row(phase_key(phase), PHASES, values, body, rank=phase_rank(outline.urgency(phase), 0))


def _numbers(outline: Outline, phase: Phase) -> dict[str, Value]:
    """What is computed; what cannot be known, because a column is gone or there is no pace yet, is empty."""
    numbers, option = outline.numbers, phase.option
    progress, outlook, gate = numbers.phases.get(option), numbers.outlook.get(option), numbers.gates.get(option)
    dates = numbers.forecast.phases.get(option, Dates())
    return {
        "phases.completed": progress.completed if progress else None,
        "phases.required_progress": share(progress.required_percent) if progress else None,
        "phases.hours_progress": share(progress.hours_percent) if progress else None,
        "phases.forecast": DateSpan(dates.p50) if dates.p50 else None,
        "phases.forecast_late": DateSpan(dates.p85) if dates.p85 else None,
        "phases.buffer": outlook.buffer if outlook else None,
        "phases.on_track": _TRACK[outlook.on_track] if outlook and outlook.on_track else None,
        "phases.gate": _GATE[gate.state] if gate else None,
        "phases.gate_reason": Text.of(gate.reason) or None if gate else None,
    }


def _body(phase: Phase, *, lean: bool) -> tuple[Block, ...]:
    """The headings of the document, and what it says about the phase as a whole."""
    said = [phase.heading, *(choice.title for choice in phase.choices), phase.criteria_title]
    above = (paragraph("\n".join(filter(None, said)), GREY),) if any(said) else ()
    told = (*map(line_bullet, phase.lines), *(passage(phase.notes) if phase.notes else ()))
    return (*above, *(flattened(told) if lean else told))


def _views() -> tuple[View, ...]:
    shown = (
        "phases.required_progress",
        "phases.progress",
        "phases.completed",
        "phases.total_tasks",
        "phases.hours",
        "phases.window",
        "phases.forecast",
        "phases.gate",
        "phases.gate_reason",
        "phases.advance_anyway",
    )
    order = (Sort("phases.order"),)
    timeline = View("view:phases/timeline", PHASES, "Timeline", Layout.TIMELINE, sorts=order, date="phases.window")
    table = View("view:phases/all", PHASES, "All Phases", Layout.TABLE, sorts=order, shown=shown)
    return tabs(table, timeline)


_TRACK = {"on_track": "On Track", "tight": "Tight", "behind": "Behind"}
_GATE: dict[GateState, str | None] = {"open": OPEN, "locked": LOCKED, "advanced": ADVANCED, "unknown": None}
_ON_TRACK = (Option("On Track", "green"), Option("Tight", "yellow"), Option("Behind", "red"))
_GATES = (Option(LOCKED, "gray"), Option(OPEN, "green"), Option(ADVANCED, "orange"))
