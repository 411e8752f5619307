"""The template as it grows: plain data in its own shape, the ledger of lines, and what was only guessed."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from notion_roadmap.importer.document import Document
from notion_roadmap.importer.ledger import Ledger
from notion_roadmap.importer.section import Section

Data = dict[str, Any]
"""A mapping in the shape of the template (JSON values only)."""


class Guess(NamedTuple):
    """A value that the document does not state.

    Args:
        path: where it stands in the template, such as `phases/0/tasks/3/category`.
        why: the reason in words.
        line: the line that it was guessed from.
    """

    path: str
    value: str
    why: str
    line: int


class _Guessed(NamedTuple):
    owner: Data
    name: str
    why: str
    line: int


@dataclass
class Draft:
    """What has been understood so far.

    Args:
        data: the template; its mappings are what the ledger books lines to.
        phases: the section of each phase with its data, once they are known.
        tasks: the section or stretch of lines of each task with its data.
        above: the sections around the one that is looked at, the outermost first.
        memo: what a recogniser found out once and need not find out again.
    """

    document: Document
    ledger: Ledger
    data: Data = field(default_factory=dict)
    phases: list[tuple[Section, Data]] = field(default_factory=list)
    tasks: list[tuple[int, int, Data]] = field(default_factory=list)
    above: list[Section] = field(default_factory=list)
    memo: dict[str, Any] = field(default_factory=dict)
    _guessed: dict[tuple[int, str], _Guessed] = field(default_factory=dict)

    def guess(self, owner: Data, name: str, value: Any, why: str, line: int) -> None:
        """Set a field that the document does not state, and say so."""
        owner[name] = value
        self._guessed[id(owner), name] = _Guessed(owner, name, why, line)

    def options(self, role: str) -> list[str]:
        """The options that the document names for the property of a role, in order."""
        properties: list[Data] = self.data.get("tracking", {}).get("properties", [])
        return [option["name"] for found in properties if found["role"] == role for option in found.get("options", ())]

    def phase_at(self, line: int) -> Data | None:
        """The phase in whose section a line stands."""
        found = self.phase_around(line)
        return found[1] if found else None

    def phase_around(self, line: int) -> tuple[Section, Data] | None:
        """The phase in whose section a line stands, with that section. Phases stand one after another."""
        at = bisect_right(self.phases, line, key=lambda phase: phase[0].first) - 1
        return self.phases[at] if at >= 0 and self.phases[at][0].last >= line else None

    def phase_above(self) -> Data | None:
        """The phase directly above the section that is looked at."""
        parent = self.above[-1] if self.above else None
        return next((data for found, data in self.phases if found is parent), None)

    def guesses(self) -> tuple[Guess, ...]:
        """Every guess that is part of the template, with its path."""
        places = dict(_places(self.data, ""))
        return tuple(
            Guess(f"{places[id(g.owner)]}/{g.name}".lstrip("/"), str(g.owner[g.name]), g.why, g.line)
            for g in self._guessed.values()
            if id(g.owner) in places and g.name in g.owner
        )


def _places(value: object, path: str) -> list[tuple[int, str]]:
    found: list[tuple[int, str]] = []
    if isinstance(value, Mapping):
        found.append((id(value), path))
        for name, below in value.items():
            found += _places(below, f"{path}/{name}")
    elif isinstance(value, list):
        for place, below in enumerate(value):
            found += _places(below, f"{path}/{place}")
    return found
