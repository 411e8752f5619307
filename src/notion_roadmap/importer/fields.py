"""Labelled lines of a task or of a phase, put where they belong."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from pydantic import TypeAdapter, ValidationError

from notion_roadmap.importer.aliases import Aliases
from notion_roadmap.importer.draft import Data, Draft
from notion_roadmap.importer.headings import read_heading
from notion_roadmap.importer.hours import read_hours
from notion_roadmap.importer.labels import note_behind
from notion_roadmap.importer.marks import says_done
from notion_roadmap.importer.moments import Found
from notion_roadmap.importer.options import option_name, option_of
from notion_roadmap.importer.texts import plain, title_text
from notion_roadmap.importer.windows import whole_window
from notion_roadmap.roadmap import MAX_TITLE, MAX_URL, Text

MAX_SHORT_TEXT = MAX_URL
_TEXT: TypeAdapter[Text] = TypeAdapter(Text)
_STRETCH = re.compile(
    r"\b(?:optional|stretch(?: goal)?|bonus|nice[- ]to[- ]have|if time permits|if you have time|extra credit|"
    r"fakultativ|optionnel(?:le)?|facultati[fv]e?|opcional|facoltativ[oa]|необязательно|по желанию)\b"
    r"|选修|可选|任意|선택",
    re.IGNORECASE,
)


def fits(text: str) -> bool:
    """Whether a text can stand in a template as it is."""
    if not text.strip():
        return False
    if len(text) <= MAX_SHORT_TEXT:
        return True
    try:
        _TEXT.validate_python(text)
    except ValidationError:
        return False
    return True


def is_stretch(text: str) -> bool:
    """Whether words say that something is extra."""
    return bool(_STRETCH.search(text[:500]))


_Setter = Callable[[Data, str, Sequence[str], list[int]], str | None]
"""Sets a field of a task from text, entries and lines; gives the name of the field that was set, None if none was."""


class Fields:
    """Puts labelled lines into tasks and phases and books the lines."""

    def __init__(self, draft: Draft, aliases: Aliases, year: int | None) -> None:
        self._draft = draft
        self._aliases = aliases
        self._year = year
        self._setters: Mapping[str, _Setter] = {
            "description": self._description,
            "priority": self._priority,
            "hours": self._hours,
            "deliverables": self._deliverables,
            "expected_proof": self._expected_proof,
            "course_resource": self._course_resource,
            "skills": self._skills,
            "category": self._category,
            "status": self._status,
            "week": self._week,
            "day": self._day,
            "when": self._when,
        }

    def put(self, task: Data, label: str, text: str, lines: Iterable[int], items: Sequence[str] = ()) -> None:
        """Put a labelled line into the field of a task that its label means, or keep it as a line."""
        lines = list(lines)
        if not all(map(fits, items)) or (text and not fits(text)) or not (text or items or label):
            return
        field = self._aliases.task_field(label)
        setter = self._setters.get(field or "")
        name = setter(task, text, items, lines) if setter else None
        if name:
            self._draft.ledger.field(lines, task, name)
        else:
            self.line(task, label, text, lines, items)

    def line(self, owner: Data, label: str, text: str, lines: Iterable[int], items: Sequence[str] = ()) -> None:
        """Keep a labelled line as it is."""
        if not label or len(label) > MAX_TITLE or not all(map(fits, items)) or (text and not fits(text)):
            return
        entry: Data = {"label": label}
        if text:
            entry["text"] = text
        if items:
            entry["items"] = list(items)
        owner.setdefault("lines", []).append(entry)
        self._draft.ledger.content(lines, owner, "lines")

    def put_phase(self, phase: Data, label: str, text: str, lines: Iterable[int], items: Sequence[str] = ()) -> None:
        """Put a labelled line into the field of a phase that its label means, or keep it as a line."""
        field = self._aliases.phase_field(label)
        if field and text and not items and field not in phase and fits(text):
            phase[field] = {"label": label, "text": text} if field == "market" else text
            self._draft.ledger.field(lines, phase, field)
        else:
            self.line(phase, label, text, lines, items)

    def set_hours(self, task: Data, words: str, line: int) -> bool:
        """Set the hours of a task from their words."""
        words = words.strip()
        if not words or len(words) > MAX_TITLE or "hours_as_written" in task:
            return False
        number, guessed = read_hours(plain(words))
        task["hours_as_written"] = plain(words)
        if number is not None and guessed:
            self._draft.guess(task, "hours", number, f"{words}: {guessed}", line)
        elif number is not None:
            task["hours"] = number
        return True

    def set_time(self, task: Data, found: Found, line: int) -> bool:
        """Set when a task takes place."""
        if found.window is None or "window" in task:
            return False
        window = {**found.window, "as_written": found.words}
        if found.guessed:
            self._draft.guess(task, "window", window, found.guessed, line)
        else:
            task["window"] = window
        return True

    def _description(self, task: Data, text: str, items: Sequence[str], _: list[int]) -> str | None:
        if items or not text or "description" in task:
            return None
        task["description"] = text
        return "description"

    def _priority(self, task: Data, text: str, items: Sequence[str], lines: list[int]) -> str | None:
        if items or not text or "priority" in task:
            return None
        said, note = note_behind(text)
        option = option_of(self._draft, "priority", plain(said))
        if not option:
            return None
        task["priority"] = option
        if note:
            task["priority_note"] = note
            if is_stretch(note) and "scope" not in task:
                self._draft.guess(task, "scope", "stretch", f"its priority says so: {note}", lines[0])
        return "priority"

    def _hours(self, task: Data, text: str, items: Sequence[str], lines: list[int]) -> str | None:
        window = whole_window(plain(text), self._year)
        if window and window.window and not items and self.set_time(task, window, lines[0]):
            return "window"
        return "hours_as_written" if not items and self.set_hours(task, text, lines[0]) else None

    def _deliverables(self, task: Data, text: str, items: Sequence[str], _: list[int]) -> str | None:
        if text and items:
            return None
        task.setdefault("deliverables", []).extend(items or [text])
        return "deliverables" if task["deliverables"] else None

    def _expected_proof(self, task: Data, text: str, items: Sequence[str], _: list[int]) -> str | None:
        if "expected_proof" in task:
            return None
        return self._joined(task, "expected_proof", text, items)

    def _course_resource(self, task: Data, text: str, items: Sequence[str], _: list[int]) -> str | None:
        return self._joined(task, "course_resource", text, items)

    def _joined(self, task: Data, name: str, text: str, items: Sequence[str]) -> str | None:
        said = "\n".join(filter(None, [task.get(name, ""), text, *items]))
        if not said or not fits(said):
            return None
        task[name] = said
        return name

    def _skills(self, task: Data, text: str, items: Sequence[str], _: list[int]) -> str | None:
        said = [skill for entry in (text, *items) for skill in re.split(r"[,;，、·|]", entry)]
        skills = [plain(skill).strip(" .#") for skill in said]
        if any("](" in entry for entry in (text, *items)) or any(option_name(skill) != skill for skill in skills):
            return None
        known = task.get("skills", [])
        task["skills"] = list(dict.fromkeys([*known, *filter(None, skills)]))
        return "skills" if task["skills"] else None

    def _category(self, task: Data, text: str, items: Sequence[str], _: list[int]) -> str | None:
        option = "" if items else option_of(self._draft, "category", plain(text))
        if not option or "category" in task:
            return None
        task["category"] = option
        return "category"

    def _status(self, task: Data, text: str, items: Sequence[str], _: list[int]) -> str | None:
        if items or not says_done(plain(text)):
            return None
        task["completed"] = True
        return "completed"

    def _week(self, task: Data, text: str, items: Sequence[str], lines: list[int]) -> str | None:
        return self.set_week(task, title_text(text), lines[0]) if not items else None

    def set_week(self, task: Data, text: str, line: int) -> str | None:
        """Set the week of a task from a cell: `3`, `Week 3`, `3-4`."""
        words = f"Week {text}" if text[:1].isdecimal() else text
        name = read_heading(words)
        if name.kind != "weeks" or "week" in task:
            return None
        task["week"] = option_name(name.label)
        if name.window:
            self.set_time(task, name.window, line)
        return "week"

    def _day(self, task: Data, text: str, items: Sequence[str], lines: list[int]) -> str | None:
        words = f"Day {text}" if text[:1].isdecimal() else text
        found = whole_window(plain(words), self._year)
        return "window" if found and not items and self.set_time(task, found, lines[0]) else None

    def _when(self, task: Data, text: str, items: Sequence[str], lines: list[int]) -> str | None:
        found = whole_window(plain(text), self._year)
        return "window" if found and not items and self.set_time(task, found, lines[0]) else None
