"""What stands beside the data of an import: from which lines it came, what was guessed, and what authors wrote."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Any

from notion_roadmap.importer import Imported
from notion_roadmap.templates.names import Named, location, names, places, value_at
from notion_roadmap.templates.tree import Loc, dotted
from notion_roadmap.templates.update import Marks
from notion_roadmap.templates.write import Comments

_ORIGIN = re.compile(r"line \d+")
_GUESSED = "guessed: "
_FIRST = ("key", "role", "name", "title")
"""Fields that stand in the first line of an entry, where the line that it came from is said."""

_HEAD = (
    "Imported from {name} by notion-roadmap. `# line 12` says where something came from, `# guessed` what the document "
    "does not state: delete the comment where the guess is right, change the value where it is not. Keys are names for "
    "good: rename titles, never keys. When the document was edited: notion-roadmap import FILE --into this file."
)
_WIDTH = 116


@dataclass(frozen=True, slots=True)
class Guessed:
    """A value that the document does not state.

    Args:
        path: where it stands in the template, such as `phases[0].tasks[3].category`.
        line: the line that it was guessed from.
    """

    path: str
    value: Any
    why: str
    line: int


@dataclass(frozen=True, slots=True)
class Remarks:
    """What is to be said of parts of an import, by their names.

    Args:
        known: every part of it.
        origins: the line that an entry came from.
        guesses: value, reason and line of what the document does not state.
        unstated: parts that follow from the others, and not from the document.
        above, beside: what the overlay says of its decisions.
    """

    known: frozenset[Named]
    origins: Mapping[Named, int]
    guesses: Mapping[Named, tuple[Any, str, int]]
    unstated: frozenset[Named]
    above: Mapping[Named, Sequence[str]]
    beside: Mapping[Named, str]

    def marks(self, old: Mapping[str, Any], comments: Comments) -> Marks:
        """What an update of a template has to know, whose data and comments these are."""
        beside = _by_name(old, comments.beside)
        doubtful = {named for named, words in beside.items() if words.startswith(_GUESSED)}
        imported = {named[:-1] for named, words in beside.items() if _ORIGIN.fullmatch(words)}
        return Marks(frozenset(self.guesses) | self.unstated, frozenset(doubtful), frozenset(imported))

    def comments(
        self, data: Mapping[str, Any], old: Mapping[str, Any], comments: Comments
    ) -> tuple[Comments, tuple[Guessed, ...]]:
        """The comments of the template as it is now, and the guesses that it still holds.

        Args:
            data: the template as it is now.
            old, comments: the template as it was; both empty where there was none.
        """
        there = places(data)
        before = _by_name(old, comments.beside)
        confirmed = {named for named in places(old) if not before.get(named, "").startswith(_GUESSED)}
        beside = {**self.beside, **{named: words for named, words in before.items() if self._stays(named, words)}}
        guesses = []
        for named, (value, why, line) in self.guesses.items():
            if named in there and named not in confirmed and value_at(data, there[named]) == value:
                beside[named] = f"{_GUESSED}{why}, line {line}"
                guesses.append(Guessed(dotted(there[named]), value, why, line))
        taken = {named[:-1] for named in beside if named[-1] in _FIRST}
        beside |= {named: f"line {line}" for named, line in self.origins.items() if named not in taken}
        above = {**self.above, **_by_name(old, comments.above)}
        said = Comments((), _by_place(there, above), _by_place(there, beside), comments.foot)
        return said, tuple(guesses)

    def _stays(self, named: Named, words: str) -> bool:
        """Whether a comment of the template stays: its author's, or a guess that this import says nothing about."""
        return not _ORIGIN.fullmatch(words) and (not words.startswith(_GUESSED) or named not in self.known)


def usual_head(name: str) -> Sequence[str]:
    """The first lines of a template that was made of the document of this name."""
    return wrap(_HEAD.format(name=name), _WIDTH)


def remarks(imported: Imported, laid: Mapping[str, Any], comments: Comments, *, traced: bool) -> Remarks:
    """What is to be said of an import.

    Args:
        laid, comments: the overlay that is laid over it; both empty where there is none.
        traced: whether entries say from which line they came.
    """
    called = names(imported.data)
    decided = frozenset(names(laid).values())
    guesses = {
        called[loc]: (value_at(imported.data, loc), guess.why, guess.line)
        for guess in imported.guesses
        if (loc := location(guess.path)) in called and called[loc] not in decided
    }
    stated = {location(account.path)[:1] for account in imported.lines}
    return Remarks(
        frozenset(called.values()) | decided,
        dict(_origins(imported, called)) if traced else {},
        guesses,
        frozenset({("tracking",)} - stated - decided),
        _by_name(laid, comments.above),
        _by_name(laid, comments.beside),
    )


def _origins(imported: Imported, called: Mapping[Loc, Named]) -> Iterator[tuple[Named, int]]:
    """The first line of each entry that has a name, the last in the document first."""
    for account in reversed(imported.lines):
        loc = location(account.path)
        for size in range(1, len(loc) + 1):
            named = called.get(loc[:size], ())
            if named and isinstance(loc[size - 1], int) and isinstance(named[-1], str):
                yield named, account.line


def _by_name(data: Mapping[str, Any], said: Mapping[Loc, Any]) -> dict[Named, Any]:
    called = names(data)
    return {called[loc]: words for loc, words in said.items() if loc in called}


def _by_place(there: Mapping[Named, Loc], said: Mapping[Named, Any]) -> dict[Loc, Any]:
    return {there[named]: words for named, words in said.items() if named in there}
