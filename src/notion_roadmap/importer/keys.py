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


def give_keys(data: Data, taken: Iterable[str] = ()) -> None:
    """Give a key to everything that needs one and has none, and put keys where things refer to one another.

    Args:
        taken: keys that must not be given, because they name something else, or did.
    """
    taken = set(taken)
    _phases(data["phases"], taken)
    choices = [choice for phase in data["phases"] for choice in phase.get("choices", ())]
    tasks = [(phase, task) for phase in data["phases"] for task in phase["tasks"]]
    _choices(choices, _names(choices, taken))
    _tasks(tasks, _names([task for _, task in tasks], taken))
    names = _names([criterion for phase in data["phases"] for criterion in phase.get("criteria", ())], taken)
    for phase in data["phases"]:
        _named(phase.get("criteria", ()), "text", f"{phase['key']}/", "criterion", names)
    if "practice_platforms" in data:
        data["practice_platforms"].setdefault("key", "practice-platforms")
        taken.add("practice-platforms")
    for name in _KEYED:
        _named(
            data.get(name, ()), _naming(name), "", name.rstrip("s").replace("_", "-"), _names(data.get(name, ()), taken)
        )
    _nested(data)
    _refer(data)


def _phases(phases: list[Data], taken: set[str]) -> None:
    known = taken | {phase["key"] for phase in phases if "key" in phase}
    place = 0
    for at, phase in enumerate(phases, 1):
        if "key" not in phase:
            place = max(place + 1, at if not taken else 1)
            while f"phase-{place}" in known:
                place += 1
            phase["key"] = f"phase-{place}"
            known.add(phase["key"])


def _names(entries: Iterable[Data], taken: set[str]) -> _Names:
    return _Names(taken | {entry["key"] for entry in entries if "key" in entry})


def _nested(data: Data) -> None:
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


def _choices(choices: Iterable[Data], names: _Names) -> None:
    for place, choice in enumerate(choices, 1):
        if "key" not in choice:
            choice["key"] = names.free(slug(_CHOOSE.sub("", choice["title"]), f"choice-{place}"))


def _tasks(tasks: Iterable[tuple[Data, Data]], names: _Names) -> None:
    for place, (phase, task) in enumerate(tasks, 1):
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
