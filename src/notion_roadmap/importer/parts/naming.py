"""What parts are called for good: by the words that tell them apart, not by their amounts and notes.

Some keys mean something to the rest of the product: a line of the weekly review that is called `tasks-completed` is
filled in, a rule that is called `technical-skills` is looked after (`progress.risks`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from notion_roadmap.importer.draft import Data
from notion_roadmap.importer.hours import TIME_WORDS
from notion_roadmap.importer.keys import slug
from notion_roadmap.importer.labels import note_behind
from notion_roadmap.importer.words import fold, speaks_of

_AMOUNT = re.compile(rf"^\W*\d[\d.,]*\s*\+?\s*-?\s*(?:{TIME_WORDS}\b)?\s*(?:(?:of|de|di|von)\b)?", re.IGNORECASE)
_PLACEHOLDER = re.compile(r"\[[^\[\]]*\]")
_REVIEW = (
    ("tasks-completed", ("tasks", "completed"), ("tasks", "done"), ("aufgaben", "erledigt"), ("tareas", "completadas")),
    ("projects-advanced", ("projects", "advanced"), ("project", "progress")),
    ("skills-practiced", ("skills", "practiced"), ("skills", "practised")),
    ("course-hours", ("course", "hours"), ("hours", "studied"), ("hours", "learned")),
)
_RISKS = (
    ("technical-skills", ("technical", "skills"), ("behind", "skills"), ("behind", "learning")),
    ("project-quality", ("project", "quality"), ("projects", "quality")),
    ("interview-performance", ("interview", "performance"), ("interviews", "performance"), ("failing", "interviews")),
)
_Meanings = tuple[tuple[object, ...], ...]


def name_parts(data: Data) -> None:
    """Give keys to the parts whose own words are not the best name."""
    _name(data.get("habits", ()), lambda habit: _without_amount(habit["title"]))
    _name(data.get("requirements", ()), lambda requirement: _without_amount(requirement["text"]))
    _name(data.get("resources", ()), lambda table: note_behind(table["title"])[0])
    _name(data.get("risk_rules", ()), lambda rule: _meant(rule["condition"], _RISKS) or rule["condition"])
    _name(data.get("funnel", {}).get("steps", ()), _step)
    sections = data.get("weekly_review", {}).get("sections", ())
    _name([field for section in sections for field in section["fields"]], lambda field: _asked(field["text"]))


def _name(entries: Iterable[Data], words_of: Callable[[Data], str]) -> None:
    known: set[str] = set()
    numbers: dict[str, int] = {}
    for entry in entries:
        stem = slug(words_of(entry))
        if not stem:
            continue
        key = stem
        while key in known:
            numbers[stem] = numbers.get(stem, 1) + 1
            key = f"{stem}-{numbers[stem]}"
        known.add(key)
        entry["key"] = key


def _without_amount(text: str) -> str:
    """`4 SQL problems` is about SQL problems, `30 min reading` about reading."""
    return _AMOUNT.sub("", text) if fold(_AMOUNT.sub("", text)) else text


def _step(step: Data) -> str:
    return "overall" if speaks_of(step["name"], "overall") else re.sub(r"→|⇒|➔|->|=>", " to ", step["name"])


def _asked(text: str) -> str:
    """What a line of the review asks for, without the brackets to fill in: `Issue 1` of `[Issue 1]: [Action plan]`."""
    head = text.partition("]:")[0] if text.startswith("[") else text
    words = _PLACEHOLDER.sub(" ", head)
    return _meant(words, _REVIEW) or (words.rstrip(" :") if fold(words) else head)


def _meant(text: str, meanings: _Meanings) -> str:
    said = set(fold(text).split())
    for name, *ways in meanings:
        if any(said.issuperset(way) for way in ways if isinstance(way, tuple)):
            return str(name)
    return ""
