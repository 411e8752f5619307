"""Where a part of a template stands, said by names instead of places: it is found again when entries were moved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from notion_roadmap.templates.overlay import identity
from notion_roadmap.templates.tree import Loc

Named = tuple[str | int, ...]
"""The way to a value: fields, and the names of entries in place of their indices where they have one."""


def walk(data: object, loc: Loc = (), named: Named = ()) -> Iterator[tuple[Loc, Named, object]]:
    """Every part of the data by both ways, from the top."""
    yield loc, named, data
    if isinstance(data, Mapping):
        for name, value in data.items():
            yield from walk(value, (*loc, name), (*named, name))
    elif isinstance(data, list):
        for index, entry in enumerate(data):
            known = identity(entry)
            yield from walk(entry, (*loc, index), (*named, f"={known[1]}" if known else index))


def places(data: Mapping[str, Any]) -> dict[Named, Loc]:
    """Where each named part stands; of two with one name the first."""
    found: dict[Named, Loc] = {}
    for loc, named, _ in walk(data):
        found.setdefault(named, loc)
    return found


def names(data: Mapping[str, Any]) -> dict[Loc, Named]:
    """What each part is called."""
    return {loc: named for loc, named, _ in walk(data)}


def value_at(data: object, loc: Loc) -> Any:
    """The value at a location that exists."""
    for part in loc:
        data = data[part]  # type: ignore[index]
    return data


def location(path: str) -> Loc:
    """`phases/0/tasks/3/category` as a location."""
    return tuple(int(part) if part.isdecimal() else part for part in path.split("/") if part)
