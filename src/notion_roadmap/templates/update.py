"""A document was edited and imported again: what it says now, brought into the template that was made from it.

The template itself is all that is remembered of the last import: a comment `line 12 (3f9a1c)` beside an entry says that
it came from the document, and by a digest what that said of it. Of an entry of which the document says what it said
before, the template knows better: its author may have changed it. Else what the document states wins, field by field,
and what only the template has stays. A guess stays as it is, unless the template still says that it is one. An entry
that the document does not have any more goes if it came from it, and stays if its author added it by hand.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from notion_roadmap.templates.digests import FOR_GOOD, has_names, name_of
from notion_roadmap.templates.names import Named

Data = dict[str, Any]
Action = Literal["added", "changed", "moved", "removed", "kept"]


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
        before: entries of the template that came from the document, with the digests of what it said.
        now: the digests of the entries of the new data.
    """

    guessed: frozenset[Named] = frozenset()
    doubtful: frozenset[Named] = frozenset()
    before: Mapping[Named, str] = field(default_factory=dict)
    now: Mapping[Named, str] = field(default_factory=dict)


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
    data = update.entry(old, new, (), ())
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

    def entry(self, old: Mapping[str, Any], new: Mapping[str, Any], was: Named, now: Named) -> Data:
        """An entry, or the whole. `was` and `now` are the ways to it in the template and in the import."""
        same = was in self._marks.before and self._marks.before[was] == self._marks.now.get(now)
        return self._mapping(old, new, was, now, same=same)

    def _mapping(self, old: Mapping[str, Any], new: Mapping[str, Any], was: Named, now: Named, *, same: bool) -> Data:
        """Field by field. `same`: the document says of it what it said before."""
        result: Data = {}
        for name in dict.fromkeys((*old, *new)):
            before, after = (*was, name), (*now, name)
            if name not in new:
                result[name] = old[name]
                self._say("kept", before, old[name], None)
            elif name not in old and same and not has_names(new[name]):
                self._say("kept", before, None, new[name])
            elif name not in old:
                result[name] = new[name]
                self._say("added", after, None, new[name])
            elif name in FOR_GOOD:
                result[name] = old[name]
            else:
                result[name] = self._value(old[name], new[name], before, after, same=same)
        return result

    def _value(self, old: Any, new: Any, was: Named, now: Named, *, same: bool) -> Any:
        if old == new:
            return old
        if isinstance(old, Mapping) and isinstance(new, Mapping):
            return self._mapping(old, new, was, now, same=same)
        if has_names(old) and has_names(new):
            return self._entries(old, new, was, now)
        if same or self._is_settled(was, now):
            self._say("kept", was, old, new)
            return old
        self._say("changed", now, old, new)
        return new

    def _entries(self, old: Sequence[Data], new: Sequence[Data], was: Named, now: Named) -> list[Data]:
        there = {name_of(entry): entry for entry in old}
        if self._is_settled(was, now):  # only the author can mean an order that the document does not state
            at = {name: index for index, name in enumerate(there)}
            new = sorted(new, key=lambda entry: at.get(name_of(entry), len(at)))
        moved = _out_of_order(list(there), [name_of(entry) for entry in new])
        result = []
        for entry in new:
            name = name_of(entry)
            here = (*now, name)
            if name in there:
                if name in moved:
                    self._say("moved", here, None, None)
                result.append(self.entry(there[name], entry, (*was, name), here))
            elif now[-1:] == ("tasks",) and name in self._tasks:
                home, found = self._tasks[name]
                self._say("moved", here, _plain(home[1]), _plain(now[1]))
                result.append(self.entry(found, entry, (*home, name), here))
            else:
                self._say("added", here, None, entry.get("title", entry.get("name")))
                result.append(entry)
        return self._with_own(result, old, was)

    def _with_own(self, result: list[Data], old: Sequence[Data], was: Named) -> list[Data]:
        """Entries that only the template has: the author's own stay behind their left neighbour, the others go."""
        done = {name_of(entry) for entry in result}
        left = None
        for entry in old:
            name, here = name_of(entry), (*was, name_of(entry))
            if name not in done and not (was[-1:] == ("tasks",) and name in self._wanted):
                if here in self._marks.before:
                    self._say("removed", here, entry.get("title", entry.get("name")), None)
                    continue
                self._say("kept", here, entry.get("title", entry.get("name")), None)
                at = next((i + 1 for i, one in enumerate(result) if name_of(one) == left), 0)
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
            found[name_of(task)] = (("phases", name_of(phase), "tasks"), task)
    return found


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
