"""The fields of exchanges, by names that do not depend on whose workspace it was.

A field of a request is named by its endpoint and its place in the body or the query, a field of an answer by the kind
of object and its place in it. `*` stands for a property's own name, `[]` for any item; blocks inside blocks and filters
inside filters count as one, and pieces of text are told of once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

_ID = re.compile(r"/[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}")
RICH_TEXT = "rich text"
_MAPS = ("properties", "quick_filters")
_GROUPS = re.compile(r"((?:and|or)\[\]\.)+")
_WORDS = re.compile(r"^.*\b(?:rich_text|title|description|caption)\[\]\.")
_NESTED = re.compile(r"^.*\bchildren\[\]")


def endpoint(method: str, path: str) -> str:
    """A request's method and path without its ids."""
    path = _ID.sub("/{id}", path)
    return f"{method} {re.sub(r'/properties/[^/]+$', '/properties/{id}', path)}"


def short(path: str) -> str:
    """A path with nesting folded together."""
    path = _NESTED.sub("children[]", path)
    return _GROUPS.sub("and|or[].", f"{path}.").rstrip(".")


def placed(place: str, path: str) -> tuple[str, str]:
    """Where a field is told of: a piece of text looks the same wherever it stands."""
    found = _WORDS.match(path)
    return (RICH_TEXT, path[found.end() :]) if found else (place, path)


def step(path: str, key: str) -> str:
    """The path of a value under a key."""
    named = "*" if path.rpartition(".")[2] in _MAPS else key
    return f"{path}.{named}" if path else named


def fields(value: Any, path: str = "") -> Iterator[str]:
    """The paths of everything in a JSON value."""
    if isinstance(value, dict):
        for key, inner in value.items():
            here = step(path, key)
            yield short(here)
            yield from fields(inner, here)
    elif isinstance(value, list):
        for inner in value:
            yield from fields(inner, f"{path}[]")


def kinds(answer: Any) -> Iterator[tuple[str, Any]]:
    """The objects of an answer, each with its kind: a list is one, and so is each of its results."""
    if not isinstance(answer, dict):
        return
    kind = answer.get("object", "answer")
    yield kind, {key: value for key, value in answer.items() if key != "results"}
    for one in answer.get("results", []):
        yield from kinds(one)
