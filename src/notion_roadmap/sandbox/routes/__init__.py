"""The endpoints: one file a resource, found by themselves. Adding an endpoint is adding a file.

A file decorates functions with `endpoint`; each takes a `Call` and gives the answer's body, or raises ApiError.
"""

from __future__ import annotations

import pkgutil
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

from notion_roadmap.sandbox.errors import ApiError, invalid, not_found
from notion_roadmap.sandbox.ids import parse
from notion_roadmap.sandbox.state import Doc

if TYPE_CHECKING:
    from notion_roadmap.sandbox.workspace import Workspace

Answer = dict[str, Any]


@dataclass(frozen=True)
class Endpoint:
    """A method, a path with {placeholders}, the capabilities it needs, and the function that answers."""

    method: str
    path: str
    needs: tuple[str, ...]
    answer: Callable[[Call], Answer]


@dataclass
class Call:
    """One request, authorised and parsed."""

    ws: Workspace
    endpoint: Endpoint
    params: dict[str, str]
    query: list[tuple[str, str]]
    body: Any
    version: str
    headers: dict[str, str] = field(default_factory=dict)

    def one(self, name: str) -> str | None:
        """The query parameter of this name, if it was sent."""
        return next((value for key, value in self.query if key == name), None)

    def many(self, name: str) -> list[str]:
        """All values of a repeated query parameter, `name` or `name[]`."""
        return [value for key, value in self.query if key in (name, f"{name}[]")]

    def id(self, name: str) -> str:
        """A path parameter that must be an id."""
        found = parse(self.params[name])
        if found is None:
            raise invalid(
                f'path failed validation: path.{name} should be a valid uuid, instead was `"{self.params[name]}"`.'
            )
        return found

    def doc(self, name: str, kind: str) -> Doc:
        """The object of this kind that a path parameter names; 404 otherwise."""
        return self.seek(self.id(name), kind)

    def seek(self, id_: str, kind: str) -> Doc:
        """The object of this kind with this id; 404 otherwise."""
        doc = self.ws.store.get(id_)
        if doc is None or doc["object"] != kind or self.ws.is_hidden(doc):
            raise not_found(kind, id_, self.ws.store.meta("integration_id"))
        return doc


_ENDPOINTS: list[Endpoint] = []


def endpoint(method: str, path: str, *needs: str) -> Callable[[Callable[[Call], Answer]], Callable[[Call], Answer]]:
    """Register an endpoint that needs the named capabilities (read, update, insert, comment, see_users)."""

    def register(function: Callable[[Call], Answer]) -> Callable[[Call], Answer]:
        _ENDPOINTS.append(Endpoint(method, path, needs, function))
        return function

    return register


@lru_cache(maxsize=1)
def _table() -> list[tuple[str, re.Pattern[str], Endpoint]]:
    for module in pkgutil.iter_modules(__path__):
        import_module(f"{__name__}.{module.name}")
    table = [
        (one.method, re.compile("^" + re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", one.path) + "/?$"), one)
        for one in _ENDPOINTS
    ]
    return sorted(table, key=lambda row: row[2].path.count("{"))  # users/me before users/{user_id}


def endpoints() -> list[Endpoint]:
    """Every endpoint that the sandbox has."""
    return [row[2] for row in _table()]


def find(method: str, path: str) -> tuple[Endpoint, dict[str, str]]:
    """The endpoint for a request and its path parameters; 400 invalid_request_url when there is none."""
    for allowed, pattern, one in _table():
        if allowed == method and (match := pattern.match(path)):
            return one, match.groupdict()
    raise ApiError(400, "invalid_request_url", "Invalid request URL.")
