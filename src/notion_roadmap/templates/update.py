"""A document was edited and imported again: what it says now, brought into the template that was made from it.

There is no memory of the last import but the template itself, so the rule is simple. What the document states wins.
What only the template has stays. What the importer merely guessed stays as it is, unless the template still says that
it is a guess. An entry that the document does not have any more goes if it came from it (a comment `line 12` says so),
and stays if its author added it by hand.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from notion_roadmap.templates.names import Named
from notion_roadmap.templates.overlay import identity

Data = dict[str, Any]
Action = Literal["added", "changed", "moved", "removed", "kept"]

_FOR_GOOD = ("key", "option", "version")
"""Fields that never follow a document: names that a workspace knows an entry by."""


@dataclass(frozen=True, slots=True)
class Change:
    """One difference.

    Args:
        action: `kept` is what the document does not say and the template does, or says otherwise by hand.
        item: the key or name of the entry, "" for the roadmap itself.
        field: the field within it, with dots; "" for the entry as a whole.
        before, after: the values as they stand in the template; None where there is none.
    """

    action: Action
    item: str
    field: str
    before: Any = None
    after: Any = None


@dataclass(frozen=True, slots=True)
class Marks:
    """What the comments say.

    Args:
        guessed: parts of the new data that the document does not state.
        doubtful: parts of the template that still say that they are guesses.
        imported: entries of the template that came from the document.
    """

    guessed: frozenset[Named] = frozenset()
    doubtful: frozenset[Named] = frozenset()
    imported: frozenset[Named] = frozenset()


@dataclass(frozen=True, slots=True)
class Updated:
    """The template as it should be, and in what it differs from what it was."""

    data: Data
    changes: tuple[Change, ...]

    @property
    def written(self) -> bool:
        """Whether anything is to be written."""
        return any(change.action != "kept" for change in self.changes)


def updated(old: Mapping[str, Any], new: Mapping[str, Any], marks: Marks) -> Updated:
    """The template `old` with what the import `new` says; its version is raised by one if that changes anything."""
    update = _Update(old, new, marks)
    data = update.mapping(old, new, (), ())
    result = Updated(data, tuple(update.changes))
    if result.written:
        data["version"] = old.get("version", 0) + 1
    return result


class _Update:
    def __init__(self, old: Mapping[str, Any], new: Mapping[str, Any], marks: Marks) -> None:
        self._marks = marks
        self._tasks = _tasks(old)
        self._wanted = set(_tasks(new))
        self.changes: list[Change] = []

    def mapping(self, old: Mapping[str, Any], new: Mapping[str, Any], was: Named, now: Named) -> Data:
        """Field by field. `was` and `now` are the ways to it in the template and in the import."""
        result: Data = {}
        for name in dict.fromkeys((*old, *new)):
            before, after = (*was, name), (*now, name)
            if name not in new:
                result[name] = old[name]
                self._say("kept", before, old[name], None)
            elif name not in old:
                result[name] = new[name]
                self._say("added", after, None, new[name])
            elif name in _FOR_GOOD:
                result[name] = old[name]
            else:
                result[name] = self._value(old[name], new[name], before, after)
        return result

    def _value(self, old: Any, new: Any, was: Named, now: Named) -> Any:
        if old == new:
            return old
        if isinstance(old, Mapping) and isinstance(new, Mapping):
            return self.mapping(old, new, was, now)
        if _named(old) and _named(new):
            return self._entries(old, new, was, now)
        if self._is_settled(was, now):
            self._say("kept", was, old, new)
            return old
        self._say("changed", now, old, new)
        return new

    def _entries(self, old: Sequence[Data], new: Sequence[Data], was: Named, now: Named) -> list[Data]:
        there = {_name(entry): entry for entry in old}
        if self._is_settled(was, now):  # only the author can mean an order that the document does not state
            at = {name: index for index, name in enumerate(there)}
            new = sorted(new, key=lambda entry: at.get(_name(entry), len(at)))
        moved = _out_of_order(list(there), [_name(entry) for entry in new])
        result = []
        for entry in new:
            name = _name(entry)
            here = (*now, name)
            if name in there:
                if name in moved:
                    self._say("moved", here, None, None)
                result.append(self.mapping(there[name], entry, (*was, name), here))
            elif now[-1:] == ("tasks",) and name in self._tasks:
                home, found = self._tasks[name]
                self._say("moved", here, _plain(home[1]), _plain(now[1]))
                result.append(self.mapping(found, entry, (*home, name), here))
            else:
                self._say("added", here, None, entry.get("title", entry.get("name")))
                result.append(entry)
        return self._with_own(result, old, was)

    def _with_own(self, result: list[Data], old: Sequence[Data], was: Named) -> list[Data]:
        """Entries that only the template has: the author's own stay behind their left neighbour, the others go."""
        done = {_name(entry) for entry in result}
        left = None
        for entry in old:
            name, here = _name(entry), (*was, _name(entry))
            if name not in done and not (was[-1:] == ("tasks",) and name in self._wanted):
                if here in self._marks.imported:
                    self._say("removed", here, entry.get("title", entry.get("name")), None)
                    continue
                self._say("kept", here, entry.get("title", entry.get("name")), None)
                at = next((i + 1 for i, one in enumerate(result) if _name(one) == left), 0)
                result.insert(at, entry)
            left = name
        return result

    def _is_settled(self, was: Named, now: Named) -> bool:
        """Whether the template knows better: the import guesses, and the template does not say that it does too."""
        return _within(now, self._marks.guessed) and not _within(was, self._marks.doubtful)

    def _say(self, action: Action, named: Named, before: Any, after: Any) -> None:
        names = [at for at, part in enumerate(named) if isinstance(part, str) and part.startswith("=")]
        at = names[-1] if names else -1
        item = _plain(named[at]) if names else ""
        self.changes.append(Change(action, item, ".".join(map(str, named[at + 1 :])), before, after))


def _tasks(data: Mapping[str, Any]) -> dict[str, tuple[Named, Data]]:
    """Every task by its name, with the way to the list it stands in."""
    found: dict[str, tuple[Named, Data]] = {}
    for phase in data.get("phases", ()):
        for task in phase.get("tasks", ()):
            found[_name(task)] = (("phases", _name(phase), "tasks"), task)
    return found


def _named(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(identity(entry) for entry in value)


def _name(entry: object) -> str:
    return "=" + (identity(entry) or ("", ""))[1]


def _plain(part: str | int) -> str:
    return str(part).removeprefix("=")


def _within(named: Named, marked: frozenset[Named]) -> bool:
    """Whether this part or anything around it is marked."""
    return any(named[:size] in marked for size in range(1, len(named) + 1))


def _out_of_order(old: Sequence[str], new: Iterable[str]) -> set[str]:
    """The fewest names to move so that the others follow each other as before."""
    at = {name: index for index, name in enumerate(old)}
    both = [name for name in new if name in at]
    ends: list[int] = []  # the smallest last place of a rising run, by its length
    holders: list[int] = []  # whose place that is
    before: list[int | None] = []  # of each name, who stands before it in the longest run that ends with it
    for index, name in enumerate(both):
        length = bisect_left(ends, at[name])
        before.append(holders[length - 1] if length else None)
        ends[length : length + 1] = [at[name]]
        holders[length : length + 1] = [index]
    staying: set[str] = set()
    link = holders[-1] if holders else None
    while link is not None:
        staying.add(both[link])
        link = before[link]
    return set(both) - staying
