"""The form of the weekly review: in a fence, or as headings with lines to fill in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from notion_roadmap.importer.draft import Data, Draft
from notion_roadmap.importer.entries import Entry, Fence, entries, fence_of
from notion_roadmap.importer.labels import labelled, note_behind
from notion_roadmap.importer.parts.common import head_lines, keep_title
from notion_roadmap.importer.references import phase_about
from notion_roadmap.importer.section import Section
from notion_roadmap.importer.texts import titled
from notion_roadmap.importer.words import fold, speaks_of

_SLOT = re.compile(r"\[[^\[\]]*\]")
_DATE = re.compile(r"date|datum|fecha|data|дата|日期", re.IGNORECASE)

Lines = Callable[[Iterable[int]], Iterable[int]]


def recognise_review(section: Section, draft: Draft) -> bool:
    """A weekly review outside the phases."""
    if "weekly_review" in draft.data or draft.phase_at(section.first) or not speaks_of(section.title, "review"):
        return False
    fence = fence_of(section)
    made = _from_fence(fence, draft) if fence else _from_headings(section, draft)
    if made:
        keep_title(draft, "weekly_review", section)
    return made


def _from_fence(fence: Fence, draft: Draft) -> bool:
    root = fence.root
    top = root.sections[0] if len(root.sections) == 1 and root.sections[0].sections else root
    if not _make(top, titled(top.title), fence.lines, draft):
        return False
    draft.ledger.structure(fence.ends)
    draft.ledger.field(fence.lines(head_lines(top)), draft.data["weekly_review"], "title")
    return True


def _from_headings(section: Section, draft: Draft) -> bool:
    return _make(section, titled(section.title), lambda lines: lines, draft)


def _make(top: Section, title: str, lines: Lines, draft: Draft) -> bool:
    own = _section(title, entries(top.blocks), head_lines(top), lines, draft)
    below = [
        _section(titled(inner.title), entries(inner.blocks), head_lines(inner), lines, draft) for inner in top.sections
    ]
    sections = [found for found in (own, *below) if found]
    if sections:
        draft.data["weekly_review"] = {"title": _dated(title or sections[0]["title"]), "sections": sections}
    return bool(sections)


def _dated(title: str) -> str:
    """The title of each week's review: it says the week, so that no two are called the same."""
    slot = next((found[0] for found in _SLOT.finditer(title) if _DATE.search(found[0])), None)
    return title.replace(slot, "[Date]", 1) if slot else f"{title} – [Date]"


def _section(title: str, own: tuple[Entry, ...], heading: list[int], lines: Lines, draft: Draft) -> Data | None:
    if not own:
        return None
    style = "numbered" if own[0].numbered else "list" if own[0].checked is None else "checklist"
    section = {"title": title or "Review", "style": style, "fields": [_field(entry, lines, draft) for entry in own]}
    draft.ledger.field(lines(heading), section, "title")
    return section


def _field(entry: Entry, lines: Lines, draft: Draft) -> Data:
    """A line to fill in; `(if in Phase 5)` behind it says when it is asked."""
    text, note = note_behind(entry.plain)
    phase = phase_about(draft, note) if note else None
    field: dict[str, Any] = {"text": text if phase else entry.plain}
    if phase:
        field |= {"active_in": phase, "note": note}
    draft.ledger.content(lines(entry.lines), field, "text")
    return field


def connect_review(draft: Draft) -> None:
    """A line that is named like a KPI asks for that KPI."""
    kpis = {fold(kpi["name"]): kpi for kpi in draft.data.get("kpis", ())}
    for section in draft.data.get("weekly_review", {}).get("sections", ()):
        for field in section["fields"]:
            label = labelled(field["text"])
            kpi = kpis.get(fold(label.label)) if label else None
            if kpi is not None:
                field["kpi"] = kpi
