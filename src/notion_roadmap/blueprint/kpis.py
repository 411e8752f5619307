"""One row a number that is watched: the KPIs of the document, then the steps of its funnel."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from notion_roadmap.blueprint.outline import Outline
from notion_roadmap.blueprint.part import (
    DATA_PAGE,
    KPIS,
    LATER,
    OURS,
    THEIRS,
    Part,
    column,
    database,
    existing,
    phase_options,
    tabs,
)
from notion_roadmap.blueprint.prose import number, prose, rounded
from notion_roadmap.roadmap import ConversionCount, Funnel, FunnelStep, Kpi, Roadmap
from notion_roadmap.roadmap.watching import KpiValue, Trend
from notion_roadmap.workspace.items import Row
from notion_roadmap.workspace.properties import Option, Property, PropertyType, Value
from notion_roadmap.workspace.text import Text
from notion_roadmap.workspace.views import Condition, Layout, Sort, View

WEEK, TOTAL = "week", "total"
MEASURE, FUNNEL = "KPI", "Funnel"


def kpi_key(key: str) -> str:
    """The key of a KPI's row."""
    return f"kpis/{key}"


def kpis_part(outline: Outline) -> Part | None:
    """The KPIs and the funnel; None where the roadmap counts nothing."""
    rows = tuple(_rows(outline))
    if not rows:
        return None
    funnel = outline.roadmap.funnel
    headings = filter(None, (outline.roadmap.titles.kpis, funnel.title if funnel else None))
    description = " · ".join(headings) or "What is counted, and what it should reach."
    made = database(KPIS, DATA_PAGE, "KPIs", _columns(outline.roadmap), icon="📈", description=description)
    there = {prop.key for prop in made.properties}
    rows = tuple(replace(row, values={key: row.values[key] for key in row.values if key in there}) for row in rows)
    views = _views(has_funnel=funnel is not None and bool(funnel.steps))
    return Part(made, tuple(existing(view, made) for view in views), rows)


def as_kpi(step: FunnelStep, funnel: Funnel) -> Kpi:
    """A step of the funnel as the KPI that it is."""
    counted = ConversionCount(kind="conversion", from_stage=step.from_stage, to_stage=step.to_stage)
    return Kpi(
        key=f"funnel/{step.key}",
        name=step.name,
        words=step.words,
        counted=counted,
        target=step.target or None,
        unit="%",
        display="percent",
        benchmark=step.benchmark or None,
        active_in=funnel.active_in,
    )


def watched(roadmap: Roadmap) -> list[tuple[Kpi, str]]:
    """What is counted, in the order of the document, each with its kind: KPIs, then steps of the funnel."""
    counted = [(kpi, MEASURE) for kpi in roadmap.kpis]
    if roadmap.funnel is not None:
        counted += [(as_kpi(step, roadmap.funnel), FUNNEL) for step in roadmap.funnel.steps]
    return counted


def display(value: float | None, kpi: Kpi, n: int | None = None) -> str:
    """`3 of 15`, `20 % of 25 % (n = 12)`; a dash where there is nothing to count from."""
    unit = " %" if kpi.display == "percent" else ""
    said = "–" if value is None else f"{number(value)}{unit}"
    target = "" if kpi.target is None else f" of {number(kpi.target)}{unit}"
    return f"{said}{target}" if n is None or value is None else f"{said}{target} (n = {n})"


def _columns(roadmap: Roadmap) -> Iterable[Property]:
    numeral, text, select = PropertyType.NUMBER, PropertyType.TEXT, PropertyType.SELECT
    yield column("kpis.title", "KPI", PropertyType.TITLE, "What is counted.")
    yield column("kpis.display", "Display", text, "Value and target in one glance.", OURS)
    yield column("kpis.value", "Value", numeral, "What was counted in the period. Empty: nothing to count yet.", OURS)
    yield column("kpis.target", "Target", numeral, "What to reach in one period.")
    yield column("kpis.unit", "Unit", text, "What is counted.")
    periods = (Option(WEEK, "blue"), Option(TOTAL, "gray"))
    words = "Whether the value starts again each week or adds up."
    yield column("kpis.period", "Period", select, words, options=periods)
    words = "Value as a share of the target."
    yield column("kpis.attainment", "Attainment", numeral, words, OURS, number_format="percent")
    yield column("kpis.total", "Total", numeral, "What was counted since the start.", OURS)
    counted = [kpi for kpi, _ in watched(roadmap)]
    if any(kpi.total_target for kpi in counted):
        words = "What a weekly KPI should add up to over all weeks."
        yield column("kpis.total_target", "Total Target", numeral, words)
    if any(kpi.benchmark for kpi in counted):
        yield column("kpis.benchmark", "Benchmark", numeral, "What others reach, in the same unit.")
    words = "Compared with the weeks before. Empty until there are some."
    yield column("kpis.trend", "Trend", select, words, OURS, options=_TRENDS)
    words = "Days for which you could do nothing and still be on the line to the target; below 0: days behind it."
    yield column("kpis.buffer", "Buffer", numeral, words, OURS)
    words = "The phase in which it matters; empty: always. Outside of it a low value means nothing."
    if any(kpi.active_in for kpi in counted):
        yield column("kpis.active_in", "Active In", select, words, options=phase_options(roadmap))
    words = "Yours, for what only you can count: the value of this week, or of all time. Value takes it from here."
    yield column("kpis.own_entry", "Own Entry", numeral, words, THEIRS)
    words = "KPI of the document, or a step of its funnel."
    kinds = (Option(MEASURE, "blue"), Option(FUNNEL, "purple"))
    yield column("kpis.kind", "Kind", select, words, options=kinds)
    yield column("kpis.words", "As Written", text, "What the document says about it.")


def _rows(outline: Outline) -> Iterable[Row]:
    phases = {phase.key: phase.option for phase in outline.roadmap.phases}
    for place, (kpi, kind) in enumerate(watched(outline.roadmap)):
        values: dict[str, Value] = {
            "kpis.title": Text.of(kpi.name),
            "kpis.target": kpi.target,
            "kpis.unit": Text.of(kpi.unit) if kpi.unit else None,
            "kpis.period": kpi.period,
            "kpis.total_target": kpi.total_target,
            "kpis.benchmark": kpi.benchmark,
            "kpis.active_in": phases[kpi.active_in] if kpi.active_in else None,
            "kpis.kind": kind,
            "kpis.words": prose(kpi.words) or None,
            "kpis.key": Text.of(kpi_key(kpi.key)),
            **_counted(kpi, outline.numbers.kpis.get(kpi.key)),
        }
        yield Row(kpi_key(kpi.key), KPIS, values, rank=LATER + place)


def _counted(kpi: Kpi, told: KpiValue | None) -> dict[str, Value]:
    """What was counted; nothing of a KPI of which no number is known."""
    value = told.value if told else None
    reached = told.attainment if told else None
    return {
        "kpis.display": Text.of(display(value, kpi, told.n if told else None)),
        "kpis.value": rounded(value),
        "kpis.attainment": rounded(reached),
        "kpis.total": rounded(told.total if told else None),
        "kpis.trend": _TREND[told.trend] if told and told.trend else None,
        "kpis.buffer": told.buffer if told else None,
    }


def _views(*, has_funnel: bool) -> tuple[View, ...]:
    shown = (
        "kpis.display",
        "kpis.attainment",
        "kpis.period",
        "kpis.benchmark",
        "kpis.trend",
        "kpis.active_in",
        "kpis.own_entry",
    )
    order = (Sort("kpis.kind"), Sort("kpis.title"))
    table = View("view:kpis/all", KPIS, "All KPIs", Layout.TABLE, sorts=order, shown=shown)
    steps = View(
        "view:kpis/funnel",
        KPIS,
        "Funnel",
        Layout.TABLE,
        filter=Condition("kpis.kind", "equals", FUNNEL),
        shown=("kpis.display", "kpis.benchmark"),
    )
    return tabs(table, steps) if has_funnel else tabs(table)


_TREND: dict[Trend, str] = {"up": "↗ Up", "steady": "→ Steady", "down": "↘ Down"}
_TRENDS = (Option("↗ Up", "green"), Option("→ Steady", "gray"), Option("↘ Down", "red"))
