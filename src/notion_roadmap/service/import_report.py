"""What an import understood, as a page for people and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from typing import Any

from notion_roadmap.service.import_ import Outcome
from notion_roadmap.templates.update import Change

_KINDS = {
    "field": "fields of the template",
    "content": "in texts and lists of it",
    "note": "kept as notes, as they were written",
    "structure": "without words (rules, borders of tables)",
    "not_understood": "not understood",
    "blank": "blank",
}
_LONGEST = 100
"""Characters of a value or a line before it is cut."""


def as_dict(outcome: Outcome) -> dict[str, Any]:
    """For JSON."""
    return {
        "lines": outcome.counts,
        "not_understood": [{"line": line, "text": text} for line, text in outcome.not_understood],
        "guesses": [asdict(guess) for guess in outcome.guesses],
        "phases": outcome.phases,
        "tasks": outcome.tasks,
        "repaired": outcome.imported.repaired,
        "changes": [asdict(change) for change in outcome.changes],
        "problems": [asdict(problem) for problem in outcome.problems],
    }


def as_sentence(outcome: Outcome) -> str:
    """How much was found: `3 phases with 14 tasks, from 44 lines`."""
    tasks, lines = _many(outcome.tasks, "task"), _many(outcome.counts["total"], "line")
    return f"{_many(outcome.phases, 'phase')} with {tasks}, from {lines}"


def _many(count: int, word: str) -> str:
    return f"{count} {word}{'' if count == 1 else 's'}"


def as_markdown(name: str, outcome: Outcome) -> str:
    """The whole report as a page: what became of every line, what was not understood, what was guessed."""
    return "\n".join(_page(name, outcome)) + "\n"


def _page(name: str, outcome: Outcome) -> Iterator[str]:
    counts = outcome.counts
    yield f"# What was understood of {name}"
    yield ""
    yield f"{as_sentence(outcome)}:"
    yield ""
    yield from (f"- {words}: {counts[kind]}" for kind, words in _KINDS.items())
    if outcome.imported.repaired:
        yield f"\nThe text was repaired: {outcome.imported.repaired}."
    yield from _part("Phases", map(_phase, outcome.data["phases"]))
    yield from _part("Other parts", _parts(outcome.data))
    yield from _part("Not understood", (f"line {line}: {_cut(text)}" for line, text in outcome.not_understood))
    said = (f"{one.path}: {_shown(one.value)} ({one.why}, line {one.line})" for one in outcome.guesses)
    yield from _part("Guessed", said)
    yield from _part("Changes", map(change_line, outcome.changes))
    yield from _part("To mend by hand", map(str, outcome.problems))


def _phase(phase: Mapping[str, Any]) -> str:
    name = phase["title"] if phase["option"] in phase["title"] else f"{phase['option']}: {phase['title']}"
    when = phase.get("window", {}).get("as_written")
    criteria = len(phase.get("criteria", ()))
    also = f", {criteria} success criteria" if criteria else ""
    return f"{name}{f' ({when})' if when else ''}: {_many(len(phase['tasks']), 'task')}{also}"


def _parts(data: Mapping[str, Any]) -> Iterator[str]:
    """What there is besides phases, with how many entries it has."""
    for name, value in data.items():
        words = name.replace("_", " ")
        if isinstance(value, list) and name != "phases":
            yield f"{words}: {len(value)}"
        elif isinstance(value, Mapping) and name not in ("tracking", "titles"):
            yield words


def _part(heading: str, lines: Iterable[str]) -> Iterator[str]:
    listed = list(lines)
    if listed:
        yield from ("", f"## {heading} ({len(listed)})", "", *(f"- {line}" for line in listed))


def change_line(change: Change) -> str:
    """A change in a line: `changed phase-1/task-2 hours: 40 → 60`."""
    where = " ".join(filter(None, (change.item, change.field)))
    match change.action:
        case "kept" if change.after is None:
            values = f"{_shown(change.before)} (only the template has it)"
        case "kept" if change.before is None:
            values = f"left out (the import has {_shown(change.after)})"
        case "kept":
            values = f"{_shown(change.before)} (the import has {_shown(change.after)})"
        case "added":
            values = _shown(change.after)
        case "removed":
            values = f"{_shown(change.before)} (the document has it no more)"
        case "moved" if change.before is None:
            return f"moved {where} within its list"
        case _:
            values = f"{_shown(change.before)} → {_shown(change.after)}"
    return f"{change.action} {where}: {values}"


def _shown(value: object) -> str:
    return _cut(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"
