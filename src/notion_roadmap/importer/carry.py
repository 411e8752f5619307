"""Keys for good: what is still there in a newer state of a document keeps the key that it had.

Things are paired, the most alike first, never two with one: by their titles, by what they are called besides
(`Task 3`), by their descriptions, by where they stand. What is like nothing that was there is new, and never gets the
key of something that is gone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from notion_roadmap.importer.draft import Data
from notion_roadmap.importer.headings import read_heading
from notion_roadmap.importer.words import fold
from notion_roadmap.roadmap import Roadmap

ALIKE = 72
"""From 0 to 100: how alike two things must be to be one."""

MAX_PAIRS = 2_000_000
"""Pairs that are compared: beyond them only what stands in the same phase is."""

_OTHERS = {
    "pillars": "title", "kpis": "name", "habits": "title", "routines": "title", "risk_rules": "condition",
    "requirements": "text", "resources": "title", "competencies": "title", "questions": "title", "mappings": "title",
}  # fmt: skip
"""What else has keys, and by which text it is known."""


@dataclass(frozen=True, slots=True)
class _Thing:
    """Something that may have been there before, as it is compared."""

    data: Data
    name: str
    label: str
    about: str
    place: object

    @property
    def whole(self) -> tuple[str, str]:
        """By what it is the same without any doubt."""
        return self.label, self.name


def carry_keys(data: Data, previous: Roadmap) -> set[str]:
    """Give the phases, tasks and parts of a template the keys that they had, where they had some.

    Returns:
        Every key of the earlier state: all are taken, whether what they named is still there or not.
    """
    before: Data = previous.model_dump(mode="json", exclude_none=True)
    data["key"] = before["key"]
    _phases(data["phases"], before["phases"])
    old = [_task(task, phase["key"]) for phase in before["phases"] for task in phase["tasks"]]
    new = [_task(task, phase.get("key")) for phase in data["phases"] for task in phase["tasks"]]
    _pair(new, old)
    for phase in data["phases"]:
        was = next((other for other in before["phases"] if other["key"] == phase.get("key")), None)
        for name, text in (("criteria", "text"), ("choices", "title")):
            _parts(phase.get(name, ()), was.get(name, ()) if was else (), text)
    for name, text in _OTHERS.items():
        _parts(data.get(name, ()), before.get(name, ()), text)
    return set(_keys(before))


def carry_notes(data: Data, previous: Roadmap) -> None:
    """Give the notes the keys that they had; call it when they are known."""
    before = [note.model_dump(mode="json") for note in previous.notes]
    _parts(data.get("notes", ()), before, "title")


def _keys(value: object) -> Iterable[str]:
    if isinstance(value, dict):
        if isinstance(value.get("key"), str):
            yield value["key"]
        for below in value.values():
            yield from _keys(below)
    elif isinstance(value, list | tuple):
        for below in value:
            yield from _keys(below)


def _task(task: Data, place: object) -> _Thing:
    name = read_heading(task["title"])
    label = fold(name.label) if name.kind == "work" else ""
    said = name.name if label and name.name else task["title"]
    return _Thing(task, fold(said), label, fold(task.get("description", "")), place)


def _phases(new: Sequence[Data], old: Sequence[Data]) -> None:
    """Phases are known by what they are called, and by the tasks that stand in them."""
    titles = [{fold(task["title"]) for task in phase["tasks"]} for phase in old]

    def alike(a: _Thing, b: _Thing) -> float:
        mine = {fold(task["title"]) for task in a.data["tasks"]}
        theirs = titles[next(at for at, phase in enumerate(old) if phase is b.data)]
        shared = len(mine & theirs) / max(1, min(len(mine), len(theirs)))
        return max(fuzz.ratio(a.name, b.name), 100 * shared) + 5 * (a.label == b.label)

    _best([_phase(phase) for phase in new], [_phase(phase) for phase in old], alike)


def _phase(phase: Data) -> _Thing:
    return _Thing(phase, fold(phase["title"]), fold(phase.get("option", "")), "", None)


def _parts(new: Sequence[Data], old: Sequence[Data], text: str) -> None:
    mine, theirs = (
        [_Thing(entry, fold(str(entry[text])), "", "", None) for entry in entries] for entries in (new, old)
    )
    _pair(mine, theirs)


def _pair(new: list[_Thing], old: list[_Thing]) -> None:
    """First what is the same, where it stood and then anywhere; then what is alike, the most alike first."""
    keys: tuple[Callable[[_Thing], object], ...] = (
        lambda thing: (thing.place, thing.whole),
        lambda thing: (thing.place, thing.name),
        lambda thing: thing.name,
    )
    for key in keys:
        _same(new, old, key)
    rest, gone = [thing for thing in new if "key" not in thing.data], _left(new, old)
    if len(rest) * len(gone) > MAX_PAIRS:
        for place in {thing.place for thing in rest}:
            here = [thing for thing in rest if thing.place == place]
            there = [thing for thing in gone if thing.place == place]
            if len(here) * len(there) <= MAX_PAIRS:
                _best(here, there, _alike)
    else:
        _best(rest, gone, _alike)


def _left(new: Iterable[_Thing], old: Iterable[_Thing]) -> list[_Thing]:
    taken = {thing.data["key"] for thing in new if "key" in thing.data}
    return [thing for thing in old if thing.data["key"] not in taken]


def _same(new: list[_Thing], old: list[_Thing], key: Callable[[_Thing], object]) -> None:
    """Pair what is the same by a key, in order: the first with the first."""
    waiting: dict[object, list[_Thing]] = {}
    for thing in _left(new, old):
        waiting.setdefault(key(thing), []).append(thing)
    for thing in new:
        found = waiting.get(key(thing)) if "key" not in thing.data and thing.name else None
        if found:
            thing.data["key"] = found.pop(0).data["key"]


def _alike(a: _Thing, b: _Thing) -> float:
    """How alike two tasks are: where one stands and what it is called help, but never alone."""
    like = max(fuzz.ratio(a.name, b.name), fuzz.token_sort_ratio(a.name, b.name))
    if a.about and b.about:
        like = max(like, fuzz.ratio(a.about, b.about) - 5)
    if like < 45:
        return 0.0
    return like + (15 if a.label and a.label == b.label else 0) + (8 if a.place == b.place else 0)


def _best(new: Sequence[_Thing], old: Sequence[_Thing], alike: Callable[[_Thing, _Thing], float]) -> None:
    """Pair the most alike first."""
    scored = [(alike(a, b), -at, -to) for at, a in enumerate(new) for to, b in enumerate(old)]
    used_new, used_old = set[int](), set[int]()
    for _, at, to in sorted((entry for entry in scored if entry[0] >= ALIKE), reverse=True):
        if at not in used_new and to not in used_old:
            new[-at].data["key"] = old[-to].data["key"]
            used_new.add(at)
            used_old.add(to)
