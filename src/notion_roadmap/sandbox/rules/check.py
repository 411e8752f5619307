"""Shape checks with Notion's sentences: `body.x should be a string, instead was `5`.`"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from notion_roadmap.sandbox.errors import ApiError, wrong_body
from notion_roadmap.sandbox.ids import parse


class _Missing:
    def __repr__(self) -> str:
        return "undefined"


MISSING: Any = _Missing()


def shown(value: Any) -> str:
    """A value as Notion quotes it in an error: JSON, cut short."""
    if value is MISSING:
        return "`undefined`"
    text = json.dumps(value, ensure_ascii=False)
    return f"`{text if len(text) <= 60 else text[:60] + '...'}`"


def issue(path: str, must: str, value: Any) -> str:
    """One cause: where, what it should be, what it was."""
    return f"{path} should be {must}, instead was {shown(value)}."


def refuse(path: str, must: str, value: Any) -> ApiError:
    """The 400 for one wrong value; a path that begins with `query` is said to be in the query."""
    return wrong_body(issue(path, must, value), where=path.split(".", 1)[0].split("[", 1)[0])


def obj(value: Any, path: str) -> dict[str, Any]:
    """An object."""
    if not isinstance(value, dict):
        raise refuse(path, "defined" if value is MISSING else "an object", value)
    return value


def arr(value: Any, path: str, most: int | None = 100) -> list[Any]:
    """An array of at most `most` elements (https://developers.notion.com/reference/request-limits)."""
    if not isinstance(value, list):
        raise refuse(path, "defined" if value is MISSING else "an array", value)
    if most is not None and len(value) > most:
        raise wrong_body(f"{path}.length should be ≤ `{most}`, instead was `{len(value)}`.")
    return value


def text(value: Any, path: str, most: int | None = None) -> str:
    """A string of at most `most` UTF-16 units."""
    if not isinstance(value, str):
        raise refuse(path, "defined" if value is MISSING else "a string", value)
    try:
        size = len(value.encode("utf-16-le")) // 2
    except UnicodeEncodeError as error:
        raise ApiError(400, "invalid_json", "Error parsing JSON body.") from error
    if most is not None and size > most:
        raise wrong_body(f"{path}.length should be ≤ `{most}`, instead was `{size}`.")
    return value


def number(value: Any, path: str) -> int | float:
    """A finite number."""
    if isinstance(value, bool) or not isinstance(value, int | float) or abs(value) > 1.7976931348623157e308:
        raise refuse(path, "defined" if value is MISSING else "a number", value)
    return int(value) if isinstance(value, float) and value.is_integer() and abs(value) < 2**53 else value


def boolean(value: Any, path: str) -> bool:
    """true or false."""
    if not isinstance(value, bool):
        raise refuse(path, "defined" if value is MISSING else "a boolean", value)
    return value


def choice(value: Any, path: str, allowed: Iterable[Any]) -> Any:
    """One of a closed list."""
    options = list(allowed)
    if not any(value == option and type(value) is type(option) for option in options):
        names = [f"`{json.dumps(option)}`" for option in options]
        listed = (
            names[0] if len(names) == 1 else f"{', '.join(names[:-1])}{',' if len(names) > 2 else ''} or {names[-1]}"
        )
        raise refuse(path, "defined" if value is MISSING else listed, value)
    return value


def uuid(value: Any, path: str) -> str:
    """An id with or without dashes; the dashed form comes back."""
    found = parse(value)
    if found is None:
        raise refuse(path, "defined" if value is MISSING else "a valid uuid", value)
    return found


def url(value: Any, path: str, most: int = 2000) -> str:
    """A non-empty string that fits into a URL property; Notion does not look closer there."""
    found = text(value, path, most)
    if not found:
        raise wrong_body(f"{path}.length should be ≥ `1`, instead was `0`.")
    return found
