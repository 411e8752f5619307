"""What is done every day: `**4 SQL problems** (build a base)`."""

from __future__ import annotations

import re

from notion_roadmap.importer.draft import Data, Draft
from notion_roadmap.importer.entries import Entry, entries
from notion_roadmap.importer.hours import TIME_WORDS
from notion_roadmap.importer.labels import in_brackets, note_behind
from notion_roadmap.importer.numbers import number_of, whole
from notion_roadmap.importer.parts.common import keep_title, put
from notion_roadmap.importer.section import Section
from notion_roadmap.importer.texts import plain
from notion_roadmap.importer.words import fold, speaks_of

_AMOUNT = re.compile(r"(?<![\w.])(?P<number>\d[\d,]*(?:\.\d+)?)\+?(?P<dash>[\s-]*)(?P<rest>[^\d\s].*)?")
_TIME = re.compile(rf"{TIME_WORDS}\b")
_MAX_UNIT = 60


def recognise_habits(section: Section, draft: Draft) -> bool:
    """A list of daily habits outside the phases; a checklist below a phase is work of that phase."""
    own = entries(section.blocks)
    if not own or draft.phase_at(section.first) or not speaks_of(section.title, "habits"):
        return False
    if speaks_of(section.title, "weekly") or any(entry.below for entry in own):
        return False
    known = {fold(habit["title"]) for habit in draft.data.get("habits", ())}
    for entry in own:
        habit = _habit(entry)
        if fold(habit["title"]) not in known:
            known.add(fold(habit["title"]))
            draft.data.setdefault("habits", []).append(habit)
            draft.ledger.field(entry.lines, habit, "title")
    keep_title(draft, "habits", section)
    return True


def _habit(entry: Entry) -> Data:
    label = entry.label
    if label and label.rest:
        title, note = plain(label.label), in_brackets(label.rest) or label.rest
    else:
        title, note = note_behind(plain(entry.text))
    number, unit = _amount(title)
    return put({"title": title, "target": whole(number), "unit": unit}, note=note)


def _amount(title: str) -> tuple[float, str]:
    """How much a tick counts: `4` of `SQL problems`, `30` of `min`; one time where no number stands."""
    found = _AMOUNT.search(title)
    number = number_of(found["number"]) if found else 0
    rest = (found["rest"] or "").strip() if found else ""
    if not number or not rest:
        return 1, "times"
    time = _TIME.match(rest.lower())
    unit = rest[: time.end()] if time else rest if found and found.start() == 0 else rest.split()[0]
    return number, unit.strip(" ,.;:")[:_MAX_UNIT] or "times"
