"""Reading JSON that a stranger sent: what is missing or of another kind reads as empty, never as an error.

Only identity is demanded: an answer without the id that everything else hangs on is refused by whoever needs it.
"""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from typing import Any
from urllib.parse import quote, unquote

JSONObject = dict[str, Any]


def obj(value: object) -> JSONObject:
    """The object, or an empty one."""
    return value if isinstance(value, dict) else {}


def objs(value: object) -> list[JSONObject]:
    """The objects of an array, or none."""
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def string(value: object) -> str:
    """The string, or an empty one."""
    return value if isinstance(value, str) else ""


def dashed(value: object) -> str:
    """An id with its dashes, "" for anything else. Notion takes both forms and answers with dashes."""
    text = string(value).lower()
    digits = text.replace("-", "")
    if len(digits) != 32:
        return text
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))


def property_id(value: object) -> str:
    """A property's id, URL-decoded: schemas and pages tell it encoded, roll-ups and views do not."""
    return _decoded(string(value))


@lru_cache(maxsize=1024)
def _decoded(identifier: str) -> str:
    """Every row tells the ids of all its columns again."""
    return unquote(identifier)


def property_key(identifier: str) -> str:
    """A property's id in the form that stands for its name: as schemas and pages tell it. Recorded in renames."""
    return quote(identifier, safe="")


def moment(value: object) -> datetime | None:
    """An ISO 8601 moment with its zone, None for anything else."""
    try:
        at = datetime.fromisoformat(string(value))
    except ValueError:
        return None
    return at if at.tzinfo else None


def parent_of(value: object) -> tuple[str, str]:
    """Type and id of a parent: ("page_id", …), ("data_source_id", …), ("workspace", "").

    https://developers.notion.com/reference/parent-object
    """
    parent = obj(value)
    kind = string(parent.get("type"))
    return kind, dashed(parent.get(kind))
