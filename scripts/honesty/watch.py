"""Seeing what a program reads of the JSON that it is given."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest

from honesty.paths import short, step

Note = Callable[[str, str], None]


class Watched(dict[str, Any]):
    """A JSON object that tells which of its keys are read."""

    def __init__(self, value: dict[str, Any], tell: Callable[[str], None]) -> None:
        super().__init__(value)
        self._tell = tell

    def __getitem__(self, key: str) -> Any:
        self._tell(key)
        return super().__getitem__(key)

    def get(self, key: str, default: Any = None) -> Any:
        """The value of a key; a key that is not there was not read."""
        return self[key] if key in self else default  # noqa: SIM401 - this is `get`

    def items(self) -> Any:
        """All pairs: reading them is reading every value."""
        for key in self:
            self._tell(key)
        return super().items()

    def values(self) -> Any:
        """All values."""
        for key in self:
            self._tell(key)
        return super().values()


def watched(value: Any, kind: str, path: str, note: Note) -> Any:
    """A copy of a JSON value that tells `note(kind, path)` of whatever is read of it."""
    if isinstance(value, list):
        return [watched(one, kind, f"{path}[]", note) for one in value]
    if not isinstance(value, dict):
        return value
    if isinstance(value.get("object"), str) and path in ("", "results[]"):
        kind, path = value["object"], ""
    inner = {key: watched(one, kind, step(path, key), note) for key, one in value.items()}
    return Watched(inner, lambda key: note(kind, short(step(path, key))))


@contextmanager
def watching(note: Note) -> Iterator[None]:
    """While inside, every JSON answer that httpx hands out, and every error's body, is watched."""
    from notion_roadmap.wire import errors

    plain = httpx.Response.json

    class Loads:
        @staticmethod
        def loads(body: bytes) -> Any:
            return watched(json.loads(body), "answer", "", note)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(httpx.Response, "json", lambda self, **more: watched(plain(self, **more), "answer", "", note))
        patch.setattr(errors, "json", Loads)
        yield
