"""What stands beside the data of an import: from which lines it came, what was guessed, and what authors wrote."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Any

from notion_roadmap.importer import Imported
from notion_roadmap.templates.digests import digest
from notion_roadmap.templates.names import Named, location, names, places, value_at, walk
from notion_roadmap.templates.overlay import identity
from notion_roadmap.templates.tree import Loc, dotted
from notion_roadmap.templates.update import Marks
from notion_roadmap.templates.write import Comments

_ORIGIN = re.compile(r"(?:(?P<words>.*\S)\s+# )?line \d+(?: \((?P<digest>[0-9a-f]{6})\))?")
"""Where an entry came from, behind the words of its author if there are any."""

_GUESSED = "guessed: "
_HEAD = (
    "Imported from {name} by notion-roadmap. `# guessed` says what the document does not state: delete the comment "
    "where the guess is right, change the value where it is not. `# line 12 (3f9a1c)` says where something came from: "
    "leave it, so that your changes are known when the document is edited and imported again (notion-roadmap import "
    "FILE --into this file). Keys are names for good: rename titles, never keys."
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
        digests: what the import holds of an entry.
        guesses: value, reason and line of what the document does not state.
        unstated: parts that follow from the others, and not from the document.
        above, beside: what the overlay says of its decisions.
    """

    known: frozenset[Named]
    origins: Mapping[Named, int]
    digests: Mapping[Named, str]
    guesses: Mapping[Named, tuple[Any, str, int]]
    unstated: frozenset[Named]
    above: Mapping[Named, Sequence[str]]
    beside: Mapping[Named, str]

    def marks(self, old: Mapping[str, Any], comments: Comments) -> Marks:
        """What an update of a template has to know, whose data and comments these are."""
        beside = _by_name(old, comments.beside)
        doubtful = {named for named, words in beside.items() if words.startswith(_GUESSED)}
        return Marks(
            frozenset(self.guesses) | self.unstated, frozenset(doubtful), imported_digests(old, comments), self.digests
        )

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
        own = {named: words for named, said in before.items() if (words := self._own(named, said))}
        confirmed = {named for named in places(old) if not before.get(named, "").startswith(_GUESSED)}
        open_guesses = {
            named: guess
            for named, guess in self.guesses.items()
            if named in there and named not in confirmed and value_at(data, there[named]) == guess[0]
        }
        beside = {**self.beside, **own}
        beside |= {named: f"{_GUESSED}{why}, line {line}" for named, (_, why, line) in open_guesses.items()}
        for where, origin in self._traces(data, there):
            beside[where] = f"{beside[where]} # {origin}" if where in beside else origin
        above = {**self.above, **_by_name(old, comments.above)}
        said = Comments((), _by_place(there, above), _by_place(there, beside), comments.foot)
        return said, tuple(Guessed(dotted(there[named]), *guess) for named, guess in open_guesses.items())

    def _traces(self, data: Mapping[str, Any], there: Mapping[Named, Loc]) -> Iterator[tuple[Named, str]]:
        """What is said of where entries came from, each beside the field that names the entry."""
        for named, line in self.origins.items():
            known = identity(value_at(data, there[named])) if named in there else None
            if known and named in self.digests:
                yield (*named, known[0]), f"line {line} ({self.digests[named]})"

    def _own(self, named: Named, said: str) -> str:
        """What stays of a comment of the template: its author's words, or a guess that this import says nothing of."""
        if said.startswith(_GUESSED) and named in self.known:
            return ""
        found = _ORIGIN.fullmatch(said)
        return (found["words"] or "") if found else said


def imported_digests(data: Mapping[str, Any], comments: Comments) -> dict[Named, str]:
    """What a template's comments say of the entries that came from a document: the digests of what it said of them."""
    found = ((named, _ORIGIN.fullmatch(words)) for named, words in _by_name(data, comments.beside).items())
    return {named[:-1]: origin["digest"] or "" for named, origin in found if origin}


def usual_head(name: str) -> Sequence[str]:
    """The first lines of a template that was made of the document of this name."""
    return wrap(_HEAD.format(name=name), _WIDTH)


def remarks(
    imported: Imported, data: Mapping[str, Any], laid: Mapping[str, Any], comments: Comments, *, traced: bool
) -> Remarks:
    """What is to be said of an import.

    Args:
        data: the import with its overlay.
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
        {named: digest(value) for _, named, value in walk(data) if isinstance(value, dict) and _is_entry(named)},
        guesses,
        frozenset({("tracking",)} - stated - decided),
        _by_name(laid, comments.above),
        _by_name(laid, comments.beside),
    )


def _origins(imported: Imported, called: Mapping[Loc, Named]) -> Iterator[tuple[Named, int]]:
    """The first line of each entry that has a name and of the whole, the last in the document first."""
    for account in reversed(imported.lines):
        loc = location(account.path)
        for size in range(len(loc) + 1):
            named = called.get(loc[:size])
            if named is not None and _is_entry(named):
                yield named, account.line


def _is_entry(named: Named) -> bool:
    return not named or str(named[-1]).startswith("=")


def _by_name(data: Mapping[str, Any], said: Mapping[Loc, Any]) -> dict[Named, Any]:
    called = names(data)
    return {called[loc]: words for loc, words in said.items() if loc in called}


def _by_place(there: Mapping[Named, Loc], said: Mapping[Named, Any]) -> dict[Loc, Any]:
    return {there[named]: words for named, words in said.items() if named in there}
