"""What things are called for good."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any

from slugify import slugify

from notion_roadmap.importer.draft import Data
from notion_roadmap.importer.headings import read_heading

MAX_SLUG = 60
"""Characters of a slug, so that a key with the key of its phase before it stays below what a key may have."""

_KEYED = (
    "pillars", "kpis", "habits", "routines", "risk_rules", "requirements", "resources", "competencies", "questions",
    "mappings", "notes",
)  # fmt: skip
_CHOOSE = re.compile(r"^\W*(?:choose|pick|select)\s+(?:your|one|a|an|between)?\s*", re.IGNORECASE)
_REFERENCES = ("active_in", "phase", "kpi", "habit", "pick_one")


def slug(text: str, otherwise: str = "") -> str:
    """A text as a key: `Project 1` as `project-1`, other scripts spelt in Latin letters."""
    made = slugify(
        unicodedata.normalize("NFKC", text),
        max_length=MAX_SLUG,
        word_boundary=True,
        save_order=True,
        replacements=[["'", ""], ["’", ""]],
    )
    return made or otherwise


def give_keys(data: Data) -> None:
    """Give a key to everything that needs one and has none, and put keys where things refer to one another."""
    for place, phase in enumerate(data.get("phases", ()), 1):
        phase.setdefault("key", f"phase-{place}")
        _choices(phase)
        _tasks(phase)
        _named(phase.get("criteria", ()), "text", f"{phase['key']}/", "criterion")
    for name in _KEYED:
        _named(data.get(name, ()), _naming(name), "", name.rstrip("s").replace("_", "-"))
    _nested(data)
    _refer(data)


def _nested(data: Data) -> None:
    if "practice_platforms" in data:
        data["practice_platforms"].setdefault("key", "practice-platforms")
    _named(data.get("funnel", {}).get("steps", ()), "name", "", "step")
    sections = data.get("weekly_review", {}).get("sections", ())
    _named(sections, "title", "", "section")
    names = _Names(field["key"] for section in sections for field in section.get("fields", ()) if "key" in field)
    for section in sections:
        _named(section.get("fields", ()), "text", "", "field", names)
    _named(data.get("tracking", {}).get("views", ()), "name", "", "view")


def _naming(name: str) -> str:
    return {"kpis": "name", "risk_rules": "condition", "requirements": "text"}.get(name, "title")


def _named(entries: Any, name: str, before: str, otherwise: str, names: _Names | None = None) -> None:
    names = names or _Names(entry["key"] for entry in entries if "key" in entry)
    for place, entry in enumerate(entries, 1):
        if "key" not in entry:
            entry["key"] = names.free(f"{before}{slug(str(entry.get(name, '')), f'{otherwise}-{place}')}")


def _choices(phase: Data) -> None:
    choices = phase.get("choices", ())
    names = _Names(choice["key"] for choice in choices if "key" in choice)
    for place, choice in enumerate(choices, 1):
        if "key" not in choice:
            title = _CHOOSE.sub("", choice["title"])
            choice["key"] = names.free(slug(title, f"choice-{place}"))


def _tasks(phase: Data) -> None:
    tasks = phase.get("tasks", ())
    names = _Names(task["key"] for task in tasks if "key" in task)
    for place, task in enumerate(tasks, 1):
        if "key" not in task:
            task["key"] = names.free(f"{phase['key']}/{task_slug(task['title'], place)}")


def task_slug(title: str, place: int) -> str:
    """`Task 11A: AWS` as `task-11a`, `Capstone: Platform` as `capstone`, any other title by its words."""
    name = read_heading(title)
    if name.kind == "work" and name.label and name.apart:
        return slug(name.label, f"task-{place}")
    head, colon, rest = title.partition(":")
    if colon and rest.strip() and len(head.split()) <= 3:
        return slug(head, f"task-{place}")
    return slug(title, f"task-{place}")


class _Names:
    """Keys that are taken; a second thing of the same name has a number behind it."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._taken = set(taken)
        self._next: dict[str, int] = {}

    def free(self, key: str) -> str:
        """The key, or the next of its kind that is free; it is taken from now on."""
        found, number = key, self._next.get(key, 2)
        while found in self._taken:
            found, number = f"{key}-{number}", number + 1
        self._next[key] = number
        self._taken.add(found)
        return found


def _refer(value: object) -> None:
    """Put the key of a thing where the thing itself was held."""
    for entry in _mappings(value):
        for name in _REFERENCES:
            if isinstance(entry.get(name), dict):
                entry[name] = entry[name].get("key")
                if entry[name] is None:
                    del entry[name]


def _mappings(value: object) -> Iterator[Data]:
    if isinstance(value, dict):
        yield value
        for name, below in value.items():
            if name not in _REFERENCES:
                yield from _mappings(below)
    elif isinstance(value, list):
        for below in value:
            yield from _mappings(below)
