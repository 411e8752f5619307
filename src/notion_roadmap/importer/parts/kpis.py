"""Numbers that are watched: `**Applications Sent:** Target 15/week (total 60+)`, in a list or a table."""

from __future__ import annotations

import re
from collections.abc import Sequence

from notion_roadmap.importer.document import Row, Table
from notion_roadmap.importer.draft import Data, Draft
from notion_roadmap.importer.entries import entries
from notion_roadmap.importer.labels import note_behind
from notion_roadmap.importer.numbers import number_of, whole
from notion_roadmap.importer.parts.common import keep_title, lines_of, put, told_in
from notion_roadmap.importer.section import Section
from notion_roadmap.importer.texts import plain, unmarked
from notion_roadmap.importer.words import fold, speaks_of

_AMOUNT = re.compile(
    r"(?<![\w.])[$€£]?(?P<number>\d[\d,]*(?:\.\d+)?)(?P<thousands>[KkM](?![A-Za-z]))?\+?\s*(?P<percent>%)?"
)
_PER_WEEK = re.compile(r"(?P<before>[^/]*?)\s*(?:/\s*|\b(?:per|a|each|every|pro|par|por|a la)\s+)(?P<week>[^\W\d]+)")
_TOTAL = re.compile(r"\b(?:total|gesamt|insgesamt|totale)\D{0,5}(?P<number>\d[\d,]*)", re.IGNORECASE)
_WEEK = ("week", "wk", "woche", "semaine", "semana", "settimana", "неделю")
_LESS = re.compile(
    r"(?:[<≤]|\b(?:below|under|within|less than|fewer than|at most|no more than|max(?:imum)?|unter|höchstens"
    r"|weniger als|maximal|moins de|au plus|menos de|meno di|al massimo|менее|не более))\W*$",
    re.IGNORECASE,
)
_NEAR = 60
"""Characters before and behind a number in which its bound and its period are told."""

_BY = {"K": 1_000, "k": 1_000, "M": 1_000_000}


def recognise_kpis(section: Section, draft: Draft) -> bool:
    """A list or table of KPIs."""
    if not speaks_of(section.title, "kpis"):
        return False
    return _from_entries(section, draft) or _from_table(section, draft)


def _from_entries(section: Section, draft: Draft) -> bool:
    own = entries(section.blocks)
    counted = [entry for entry in own if entry.label or target_of(entry.plain)]
    if not own or len(counted) * 2 < len(own) or any(entry.checked is not None for entry in own):
        return False
    phase = draft.phase_at(section.first)
    made = 0
    for entry in own:
        label = entry.label
        name, words = (
            (label.label, label.rest) if label and label.rest else (note_behind(plain(entry.text))[0], entry.plain)
        )
        made += add_kpi(draft, name, words, phase, entry.lines) is not None
    if made:
        keep_title(draft, "kpis", section)
    return made > 0


def _from_table(section: Section, draft: Draft) -> bool:
    found = section.of_type(Table)
    if not found or len(found[0].header.cells) < 2:
        return False
    phase = draft.phase_at(section.first)
    made = [kpi for row in found[0].rows if (kpi := _of_row(draft, found[0], row, phase))]
    if made:
        keep_title(draft, "kpis", section)
        draft.ledger.structure(lines_of(found[0].header))
    return bool(made)


def _of_row(draft: Draft, table: Table, row: Row, phase: Data | None) -> Data | None:
    aim = _aim(table.header.cells, [unmarked(cell) for cell in row.cells])
    return add_kpi(draft, plain(row.cells[0]), told_in(table, row), phase, lines_of(row), aim=aim)


def _aim(header: Sequence[str], cells: Sequence[str]) -> str:
    """The cell that says what to reach: in a column of targets, else the last that names a number."""
    named = [cell for name, cell in zip(header, cells, strict=False) if speaks_of(name, "target")]
    numbers = [cell for cell in cells[1:] if _AMOUNT.search(cell)]
    return (named or numbers[-1:] or [""])[0]


def add_kpi(
    draft: Draft, name: str, words: str, phase: Data | None, lines: Sequence[int] | range, *, aim: str | None = None
) -> Data | None:
    """Add a KPI that the owner counts; None where one of this name is there already."""
    kpis = draft.data.setdefault("kpis", [])
    names: set[str] = draft.memo.setdefault("names of KPIs", set())
    if not name or fold(name) in names:
        return None
    names.add(fold(name))
    kpi = put({"name": name}, words=words if words != name else None, counted={"kind": "own"})
    kpi.update(target_of(words if aim is None else aim))
    if phase is not None:
        kpi["active_in"] = phase
    kpis.append(kpi)
    draft.ledger.field(lines, kpi, "words" if "words" in kpi else "name")
    return kpi


def target_of(words: str) -> Data:
    """What a text says is to be reached: target, unit, period, total.

    Empty where it names no number, or one to stay below: a target is what a value grows to.
    """
    found = _AMOUNT.search(words)
    if not found or _LESS.search(words[: found.start()][-_NEAR:]):
        return {}
    number = number_of(found["number"]) * _BY.get(found["thousands"] or "", 1)
    if not number:
        return {}
    target: Data = {"target": whole(number)}
    if found["percent"]:
        return {**target, "unit": "%", "display": "percent"}
    behind = words[found.end() :]
    per = _PER_WEEK.match(behind[:_NEAR])
    if per and fold(per["week"]).startswith(_WEEK):
        target["period"] = "week"
    put(target, unit=_unit(per["before"] if per else ""))
    total = _TOTAL.search(behind)
    if total and "period" in target:
        put(target, total_target=whole(number_of(total["number"])) or None)
    return target


def _unit(words: str) -> str:
    """The thing that is counted: the last word before `/week`."""
    return words.split()[-1] if words.split() else ""
