"""What comes back every day or every week, and what goes on when all is done."""

from __future__ import annotations

import re
from collections.abc import Sequence

from notion_roadmap.importer.document import Row, Table
from notion_roadmap.importer.draft import Data, Draft
from notion_roadmap.importer.entries import Entry, entries
from notion_roadmap.importer.hours import TIME_WORDS
from notion_roadmap.importer.labels import labelled, note_behind
from notion_roadmap.importer.parts.common import head_lines, keep_title, lead, lines_of, put, told_in
from notion_roadmap.importer.section import Section
from notion_roadmap.importer.texts import plain, titled, unmarked
from notion_roadmap.importer.words import fold, speaks_of

_DURATION = re.compile(rf"\d.*?\b{TIME_WORDS}\b")
_MAX_DURATION = 100
"""Characters of a note in which a duration is looked for."""

_CLOCK = re.compile(r"\d{1,2}[:.]\d{2}|\b\d{1,2}\s*(?:am|pm)\b", re.IGNORECASE)
_WEEKDAYS = tuple(
    fold(day)
    for days in (
        "monday tuesday wednesday thursday friday saturday sunday weekend weekdays mon tue wed thu fri sat sun",
        "montag dienstag mittwoch donnerstag freitag samstag sonntag wochenende",
        "lundi mardi mercredi jeudi vendredi samedi dimanche",
        "lunes martes miércoles jueves viernes sábado domingo",
        "segunda terça quarta quinta sexta sábado domingo",
        "lunedì martedì mercoledì giovedì venerdì sabato domenica",
    )
    for day in days.split()
)


def recognise_routine(section: Section, draft: Draft) -> bool:
    """A daily or weekly routine outside the phases: by its heading, or by weekdays as the labels of its entries."""
    if draft.phase_at(section.first):
        return False
    if speaks_of(section.title, "afterwards"):
        return _take(section, "afterwards", draft)
    named = speaks_of(section.title, "routine")
    by_weekday = _is_by_weekday(section)
    if not named and not by_weekday:
        return False
    rhythm = "weekly" if by_weekday or speaks_of(section.title, "weekly") else _rhythm(section)
    return _take(section, rhythm, draft)


def _rhythm(section: Section) -> str:
    return "weekly" if "week" in fold(section.title) or "woche" in fold(section.title) else "daily"


def _is_by_weekday(section: Section) -> bool:
    labels = [fold(label.label).split() for entry in entries(section.blocks) if (label := entry.label)]
    labels += [fold(row.cells[0]).split() for table in section.of_type(Table) for row in table.rows]
    return len(labels) > 1 and all(words and words[0] in _WEEKDAYS for words in labels)


def _take(section: Section, rhythm: str, draft: Draft) -> bool:
    """One routine, or one for each session where the sessions have parts of their own."""
    sessions = [inner for inner in section.sections if entries(inner.blocks)]
    nested = sessions and all(any(entry.below for entry in entries(inner.blocks)) for inner in sessions)
    if nested and not entries(section.blocks):
        made = [_routine(inner, rhythm, draft, [inner]) for inner in sessions]
        keep_title(draft, "routines", section)
        lead(section, made[0], "words", draft)
        return True
    parts = [section] if entries(section.blocks) or section.of_type(Table) else []
    if not parts and not sessions:
        return False
    made_one = _routine(section, rhythm, draft, [*parts, *sessions])
    lead(section, made_one, "words", draft)
    return True


def _routine(section: Section, rhythm: str, draft: Draft, parts: Sequence[Section]) -> Data:
    title, duration = _timed(titled(section.title))
    routine = put({"title": title, "rhythm": rhythm}, duration=duration)
    blocks = [block for part in parts for block in _blocks(part, part is section, draft)]
    routine["blocks"] = blocks
    draft.data.setdefault("routines", []).append(routine)
    draft.ledger.field(head_lines(section), routine, "title")
    return routine


def _blocks(part: Section, is_whole: bool, draft: Draft) -> list[Data]:
    own = entries(part.blocks)
    if is_whole:
        rows = [_row(table, row, draft) for table in part.of_type(Table) for row in table.rows]
        return [*(_block(entry, draft) for entry in own), *rows]
    title, duration = _timed(titled(part.title))
    block = put({"title": title}, duration=duration)
    block["steps"] = [text for entry in own for text in entry.texts()]
    draft.ledger.field(head_lines(part), block, "title")
    draft.ledger.content((line for entry in own for line in entry.all_lines()), block, "steps")
    return [block]


def _block(entry: Entry, draft: Draft) -> Data:
    """`**Deep Dive** (1 hour)` with steps below, or `**Friday:** apply`, or a sentence that is all there is."""
    label = labelled(entry.text)
    if label and label.rest and not _timed(entry.plain)[1]:
        block = {"title": label.label, "text": label.rest}
    else:
        title, duration = _timed(plain(entry.text))
        block = put({"title": title}, duration=duration)
    put(block, steps=[text for inner in entry.below for text in inner.texts()])
    draft.ledger.field(entry.lines, block, "title")
    draft.ledger.content((line for inner in entry.below for line in inner.all_lines()), block, "steps")
    return block


def _row(table: Table, row: Row, draft: Draft) -> Data:
    first, *others = [unmarked(cell) for cell in row.cells]
    text = others[0] if len(others) == 1 else told_in(table, row)
    block = put({"title": plain(first) or "–"}, text=text)
    draft.ledger.field(lines_of(row), block, "text" if text else "title")
    draft.ledger.structure(lines_of(table.header))
    return block


def _timed(title: str) -> tuple[str, str]:
    """A title and how long it takes, where the note behind it says so."""
    before, note = note_behind(title)
    short = note[:_MAX_DURATION].lower()
    return (before, note) if _DURATION.search(short) or _CLOCK.search(short) else (title, "")
