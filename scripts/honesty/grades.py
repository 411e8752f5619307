"""How well a field is known: recorded traffic, the official types, the reference pages, or a guess."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from honesty.paths import RICH_TEXT, endpoint, fields, kinds, placed
from honesty.questions import DOCUMENTED, GUESSES

Digest = dict[str, dict[str, list[str]]]
GRADES = ("recorded", "typed", "documented", "guessed", "unknown")

_CONTRACT = Path(__file__).resolve().parents[2] / "tests/contract"
_ID = "00000000-0000-4000-8000-000000000000"
_ANSWERS = {
    "page": "getPage", "block": "getBlock", "database": "getDatabase", "data_source": "getDataSource",
    "view": "getDatabaseView", "user": "getSelf", "property_item": "getPageProperty", "list": "listBlockChildren",
}  # fmt: skip
_RICH_TEXT = {"sent": "RichTextItemRequest", "read": "RichTextItemResponse"}
_ERROR = ("object", "status", "code", "message", "request_id")


def digest(folder: Path) -> Digest:
    """The fields that recorded conversations show: sent where they were accepted, read in any answer."""
    found: dict[str, dict[str, set[str]]] = {"sent": {}, "read": {}}

    def add(way: str, place: str, path: str) -> None:
        where, inner = placed(place, path)
        found[way].setdefault(where, set()).add(inner)

    for file in sorted(folder.glob("*.json")):
        for one in json.loads(file.read_text("utf-8"))["exchanges"]:
            place = endpoint(one["method"], one["path"])
            if one["status"] < 400:
                for path in [*(f"?{name}" for name, _ in one["query"]), *fields(one["request"] or {})]:
                    add("sent", place, path)
            for kind, value in kinds(one["response"]):
                for path in fields(value):
                    add("read", kind, path)
    return {way: {place: sorted(paths) for place, paths in sorted(places.items())} for way, places in found.items()}


class Evidence:
    """Everything that a field may be known from."""

    def __init__(self) -> None:
        self._recorded: Digest = json.loads((_CONTRACT / "recorded.json").read_text("utf-8"))
        contract = json.loads((_CONTRACT / "contract.json").read_text("utf-8"))
        self._definitions = contract["definitions"]
        self._endpoints = {endpoint(one["method"], _filled(one["path"])): one for one in contract["endpoints"]}
        self._named = {one["name"]: one for one in contract["endpoints"]}

    def grade(self, way: str, place: str, path: str) -> str:
        """The grade of a field that is sent to an endpoint, or read of a kind of object."""
        if path in self._recorded[way].get(place, []):
            return "recorded"
        if any(one.fits(way, place, path) and not one.url for one in GUESSES):
            return "guessed"
        if any(one.fits(way, place, path) for one in DOCUMENTED):
            return "documented"
        return "typed" if self._typed(way, place, path) else "unknown"

    def _typed(self, way: str, place: str, path: str) -> bool:
        if place == RICH_TEXT:
            return self._reaches(_RICH_TEXT[way], path)
        if way == "sent":
            one = self._endpoints.get(place, {"query": [], "request": None, "parameters": None})
            if path.startswith("?"):
                return path.removeprefix("?") in one["query"]
            return self._reaches(one["request"] or one["parameters"], path)
        if place == "error":
            return path in _ERROR
        # What every answer carries and no type names.
        return path == "request_id" or self._reaches(self._named[_ANSWERS[place]]["response"], path)

    def _reaches(self, definition: str | None, path: str) -> bool:
        if definition is None:
            return False
        return any(True for _ in self._walk([{"$ref": f"#/definitions/{definition}"}], _steps(path)))

    def _walk(self, schemas: list[Any], steps: list[str]) -> Iterator[Any]:
        if not steps:
            yield from schemas
            return
        for one in self._spread(schemas, frozenset()):
            inner = _inner(one, steps[0])
            if isinstance(inner, dict | list):
                yield from self._walk(inner if isinstance(inner, list) else [inner], steps[1:])

    def _spread(self, schemas: list[Any], seen: frozenset[str]) -> Iterator[Any]:
        """The schemas with references followed and alternatives laid side by side."""
        for one in schemas:
            name = one.get("$ref", "").removeprefix("#/definitions/")
            if name and name not in seen:
                found = self._definitions.get(unquote(name), self._definitions.get(name, {}))
                yield from self._spread([found], seen | {name})
            yield one
            for word in ("anyOf", "allOf", "oneOf"):
                yield from self._spread(one.get(word, []), seen)


def _inner(schema: Any, step: str) -> Any:
    if step == "[]":
        return schema.get("items")
    if step == "*":
        return schema.get("additionalProperties")
    return schema.get("properties", {}).get(step)


def _steps(path: str) -> list[str]:
    """The steps of a path; a filter inside a filter is looked for one level down."""
    found: list[str] = []
    for part in path.replace("and|or", "and").split("."):
        name = part.replace("[]", "")
        found += [name] if name else []
        found += ["[]"] * part.count("[]")
    return found


def _filled(path: str) -> str:
    for name in ("{property_id}", "{task_id}"):
        path = path.replace(name, _ID)
    return "/".join(_ID if part.startswith("{") else part for part in path.split("/"))
