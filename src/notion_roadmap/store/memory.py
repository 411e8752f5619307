"""State that lasts as long as the process: for jobs that keep none, and for runs that must leave no trace."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from notion_roadmap.store.codec import (
    IDENTITY,
    claimed,
    dump,
    dump_applied,
    dump_intent,
    load,
    load_applied,
    load_intent,
)
from notion_roadmap.store.lived_memory import LivedMemory, LivedShelf
from notion_roadmap.workspace.canonical import JSON
from notion_roadmap.workspace.observed import Applied, Intent


@dataclass
class _Shelf(LivedShelf):
    """What is kept for one roadmap, as text: a value that is changed later does not change here."""

    applied: dict[str, str] = field(default_factory=dict)
    intents: dict[str, str] = field(default_factory=dict)
    facts: dict[str, str] = field(default_factory=dict)


@dataclass
class _Memory:
    shelves: defaultdict[str, _Shelf] = field(default_factory=lambda: defaultdict(_Shelf))
    spending: tuple[datetime, ...] = ()


class MemoryState(LivedMemory):
    """The port in memory. See store.port.State."""

    _shelf: _Shelf

    def __init__(self, roadmap: str, memory: _Memory | None = None) -> None:
        self.roadmap = roadmap
        self._memory = memory or _Memory()
        self._shelf = self._memory.shelves[roadmap]

    def of(self, roadmap: str) -> MemoryState:
        return MemoryState(roadmap, self._memory)

    def roadmaps(self) -> tuple[str, ...]:
        shelves = self._memory.shelves
        return tuple(sorted(key for key, one in shelves.items() if one.applied or one.intents or one.facts))

    def all(self) -> dict[str, Applied]:
        return {key: load_applied(key, text) for key, text in self._shelf.applied.items()}

    def record(self, *items: Applied) -> None:
        self._shelf.applied.update({one.key: dump_applied(one) for one in items})

    def forget(self, *keys: str) -> None:
        for key in keys:
            self._shelf.applied.pop(key, None)

    def clear(self) -> None:
        self._shelf = self._memory.shelves[self.roadmap] = _Shelf()

    def intents(self) -> tuple[Intent, ...]:
        found = (load_intent(key, text) for key, text in self._shelf.intents.items())
        return tuple(sorted(found, key=lambda one: (one.at, one.key)))

    def intend(self, *intents: Intent) -> None:
        self._shelf.intents.update({one.key: dump_intent(one) for one in intents})

    def drop(self, *keys: str) -> None:
        for key in keys:
            self._shelf.intents.pop(key, None)

    def settle(self, *items: Applied) -> None:
        self.record(*items)
        self.drop(*(one.key for one in items))

    def fact(self, name: str) -> JSON:
        text = self._shelf.facts.get(name)
        return None if text is None else load(text)

    def remember(self, name: str, value: JSON) -> None:
        if value is None:
            self._shelf.facts.pop(name, None)
        else:
            self._shelf.facts[name] = dump(value)

    def claim(self, identity: Mapping[str, str]) -> None:
        self.remember(IDENTITY, claimed(self.roadmap, self.fact(IDENTITY), identity))

    def spending(self) -> tuple[datetime, ...]:
        return self._memory.spending

    def save_spending(self, times: Sequence[datetime]) -> None:
        self._memory.spending = tuple(sorted(times))

    def close(self) -> None:
        """Nothing is held."""
