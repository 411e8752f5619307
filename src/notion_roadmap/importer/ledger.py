"""What became of every line of the source. Nothing may be lost without a word, so every line is booked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

Kind = Literal["field", "content", "note", "structure", "not_understood"]
"""`field`: it became a field of the template. `content`: it stands in a text or list of it. `note`: it was kept as it
was written. `structure`: it only divides or announces what is kept, such as a rule, the border of a table or `Views:`.
`not_understood`: it stands nowhere in the template."""


class Account(NamedTuple):
    """What became of a line that is not blank; `path` leads to its place in the template."""

    line: int
    kind: Kind
    path: str


@dataclass(frozen=True, slots=True)
class _Entry:
    kind: Kind
    owner: Mapping[str, Any] | None
    field: str


class Ledger:
    """Lines and the values they became.

    A line is booked to the mapping that holds its words. When all is done, a booking counts only if that mapping is
    really part of the template: what a recogniser made and then dropped is not understood, whatever it claimed.
    """

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines
        self._entries: dict[int, _Entry] = {}

    def field(self, lines: Iterable[int], owner: Mapping[str, Any], name: str) -> None:
        """These lines became the field `name` of `owner`."""
        self._book(lines, _Entry("field", owner, name))

    def content(self, lines: Iterable[int], owner: Mapping[str, Any], name: str) -> None:
        """These lines stand in the text or list `name` of `owner`."""
        self._book(lines, _Entry("content", owner, name))

    def note(self, lines: Iterable[int], owner: Mapping[str, Any], name: str) -> None:
        """These lines are kept as they were written, in the field `name` of `owner`."""
        self._book(lines, _Entry("note", owner, name))

    def structure(self, lines: Iterable[int]) -> None:
        """These lines only divide or announce what is kept elsewhere."""
        self._book(lines, _Entry("structure", None, ""))

    def open(self, first: int, last: int) -> list[int]:
        """The lines of a stretch that are not blank and not booked."""
        return [line for line in range(first, last + 1) if self._lines[line - 1].strip() and line not in self._entries]

    def firsts(self) -> dict[int, int]:
        """The first line that was booked to each mapping, by the `id` of the mapping."""
        firsts: dict[int, int] = {}
        for line, entry in sorted(self._entries.items()):
            if entry.owner is not None:
                firsts.setdefault(id(entry.owner), line)
        return firsts

    def carrying(self) -> set[int]:
        """The lines that are booked as standing somewhere in the template."""
        return {line for line, entry in self._entries.items() if entry.kind != "structure"}

    def release(self, lines: Iterable[int]) -> None:
        """Forget what was said of these lines."""
        for line in lines:
            self._entries.pop(line, None)

    def is_booked(self, line: int) -> bool:
        """Whether something was said of a line."""
        return line in self._entries

    def forget(self, data: Mapping[str, Any]) -> None:
        """Take back what was booked to a mapping that is no part of the template any more."""
        known = {id(owner): owner for _, owner in _mappings(data, "")}
        gone = [
            line
            for line, entry in self._entries.items()
            if entry.owner is not None and (id(entry.owner) not in known or entry.field not in entry.owner)
        ]
        for line in gone:
            del self._entries[line]

    def settle(self, data: Mapping[str, Any]) -> tuple[Account, ...]:
        """The account of every line that is not blank, in order."""
        places = {id(owner): path for path, owner in _mappings(data, "")}
        return tuple(self._account(number, places) for number, line in enumerate(self._lines, 1) if line.strip())

    def _account(self, line: int, places: Mapping[int, str]) -> Account:
        entry = self._entries.get(line)
        if entry is None:
            return Account(line, "not_understood", "")
        if entry.owner is None:
            return Account(line, entry.kind, "")
        place = places.get(id(entry.owner))
        if place is None or entry.field not in entry.owner:
            return Account(line, "not_understood", "")
        return Account(line, entry.kind, f"{place}/{entry.field}".lstrip("/"))

    def _book(self, lines: Iterable[int], entry: _Entry) -> None:
        for line in lines:
            self._entries.setdefault(line, entry)


def _mappings(value: object, path: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    if isinstance(value, Mapping):
        yield path, value
        for name, below in value.items():
            yield from _mappings(below, f"{path}/{name}")
    elif isinstance(value, list):
        for place, below in enumerate(value):
            yield from _mappings(below, f"{path}/{place}")
