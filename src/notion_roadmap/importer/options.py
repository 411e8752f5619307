"""Options of columns: their names, and which of them a text means."""

from __future__ import annotations

from collections.abc import Sequence

from notion_roadmap.importer.draft import Draft
from notion_roadmap.importer.words import fold
from notion_roadmap.roadmap import MAX_OPTION

LEVELS = {
    "high": (
        "high", "critical", "urgent", "must", "p0", "p1", "hoch", "haute", "élevée", "alta", "высокий", "高", "🔴",
        "🔥",
    ),
    "medium": (
        "medium", "normal", "moderate", "should", "p2", "mittel", "moyenne", "media", "média", "средний", "中",
        "🟡", "🟠",
    ),
    "low": (
        "low", "optional", "could", "p3", "niedrig", "basse", "faible", "baja", "baixa", "bassa", "низкий", "低", "🟢",
    ),
}  # fmt: skip
"""The words and signs of a priority."""


def option_name(text: str) -> str:
    """A text as the name of an option: no commas, no more characters than one may have."""
    name = " ".join(text.replace(",", " ").replace("，", " ").split())
    units = name.encode("utf-16-le")
    if len(units) <= 2 * MAX_OPTION:
        return name
    return units[: 2 * (MAX_OPTION - 1)].decode("utf-16-le", "ignore").rstrip() + "…"


def option_of(draft: Draft, role: str, text: str) -> str | None:
    """The documented option that a text means; the text itself where none are documented and it is short."""
    known = draft.options(role)
    if not known:
        return option_name(text) if 0 < len(text) <= 40 and "," not in text else None
    folded = fold(text)
    exact = next((name for name in known if name.strip() == text.strip() or (folded and fold(name) == folded)), None)
    if exact or role != "priority":
        return exact
    level = next((level for level, words in LEVELS.items() if says_level(text, words)), None)
    return next((name for name in known if level and says_level(name, LEVELS[level])), None)


def says_level(text: str, words: Sequence[str]) -> bool:
    """Whether a priority is one of these words or signs."""
    folded = set(fold(text).split())
    return any(fold(word) in folded if word.isalnum() else word in text for word in words)
