"""What follows from a record alone is drawn once, however many numbers are made from it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar
from weakref import ref

from notion_roadmap.roadmap.record import Record

T = TypeVar("T")


def once(draw: Callable[[Record], T]) -> Callable[[Record], T]:
    """Keep what was drawn from a record for as long as that very record lives. Nobody may change what comes of it."""
    drawn: dict[int, tuple[ref[Record], T]] = {}

    @wraps(draw)
    def kept(record: Record) -> T:
        place = id(record)
        if place not in drawn:
            drawn[place] = (ref(record, lambda _: drawn.pop(place, None)), draw(record))
        return drawn[place][1]

    return kept
