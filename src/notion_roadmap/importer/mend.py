"""What a template cannot hold is taken out again, so that its lines are kept as they were written."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from notion_roadmap.importer.draft import Data
from notion_roadmap.roadmap import Roadmap

_ROUNDS = 12
"""A value, then the mapping that cannot be without it, and so on up."""

Place = tuple[int | str, ...]
"""The way to a value: names and places from the top."""

_UNIQUE = (("kpis", "name"), ("habits", "title"))


def mend(data: Data) -> None:
    """Take out everything that is no part of a roadmap; keys have been given."""
    _twins(data)
    for _ in range(_ROUNDS):
        try:
            Roadmap.model_validate(data)
        except ValidationError as error:
            errors = [details for details in error.errors(include_url=False) if not _only_seems_short(details)]
            places = {_place(data, details["loc"]) for details in errors}
            # From the end of each list to its beginning, so that places stay what they are.
            for place in sorted(places, key=_order, reverse=True):
                _drop(data, place)
        else:
            break
    for phase in data.get("phases", ()):
        _choices(phase)


def _only_seems_short(details: ErrorDetails) -> bool:
    """Pydantic counts the entries that are right; those that are wrong are named on their own."""
    return details["type"] == "too_short" and len(details["input"]) >= details["ctx"]["min_length"]


def _place(data: Data, loc: Iterable[int | str]) -> Place:
    """The way to what is wrong, or to the mapping that misses something."""
    owner: Any = data
    way: list[int | str] = []
    for part in loc:
        if part in owner if isinstance(owner, dict) else isinstance(part, int) and _is_long(owner, part):
            way.append(part)
            owner = owner[part]  # parts that are not there name kinds of values, or what is missing
    return tuple(way)


def _order(place: Place) -> list[tuple[str, int]]:
    return [(part, 0) if isinstance(part, str) else ("", part) for part in place]


def _drop(data: Data, place: Place) -> None:
    if not place:
        return  # the whole is wrong in a way that no part of it is
    owner: Any = data
    for part in place[:-1]:
        owner = owner[part]
    del owner[place[-1]]


def _is_long(value: object, place: int) -> bool:
    return isinstance(value, list) and place < len(value)


def _twins(data: Data) -> None:
    """Of two things of one name the second is taken out."""
    for name, field in _UNIQUE:
        if name in data:
            data[name] = _first(data[name], field)
    tracking = data["tracking"]
    tracking["properties"] = _first(_first(tracking["properties"], "name"), "role")
    if "views" in tracking:
        tracking["views"] = _first(tracking["views"], "name")
    for found in tracking["properties"]:
        if "options" in found:
            found["options"] = _first(found["options"], "name")


def _first(entries: list[Data], field: str) -> list[Data]:
    return list({entry.get(field): entry for entry in reversed(entries)}.values())[::-1]


def _choices(phase: Data) -> None:
    """A choice is between two tasks or more, of which exactly one is required."""
    kept = []
    for choice in phase.get("choices", ()):
        tasks = [task for task in phase["tasks"] if task.get("pick_one") == choice["key"]]
        if len(tasks) > 1 and sum(task.get("scope", "required") == "required" for task in tasks) == 1:
            kept.append(choice)
        else:
            for task in tasks:
                del task["pick_one"]
    if "choices" in phase:
        phase["choices"] = kept
        if not kept:
            del phase["choices"]
