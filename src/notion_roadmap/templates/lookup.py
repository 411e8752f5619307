"""Reading possibly broken data: whatever is there is found, whatever is not is skipped, nothing fails."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from notion_roadmap.templates.tree import Loc


def select(data: object, pattern: str) -> Iterator[tuple[Loc, object]]:
    """Every value whose path matches, with its location: `phases/*/tasks/*/key`, where `*` is each entry of a list."""
    yield from _select(data, pattern.split("/"), ())


def texts(data: object, pattern: str) -> Iterator[tuple[Loc, str]]:
    """Like `select`, the texts only."""
    for loc, value in select(data, pattern):
        if isinstance(value, str):
            yield loc, value


def _select(data: object, parts: list[str], loc: Loc) -> Iterator[tuple[Loc, object]]:
    if not parts:
        yield loc, data
    elif parts[0] == "*":
        for index, entry in enumerate(data if isinstance(data, list) else ()):
            yield from _select(entry, parts[1:], (*loc, index))
    elif isinstance(data, Mapping) and parts[0] in data:
        yield from _select(data[parts[0]], parts[1:], (*loc, parts[0]))
