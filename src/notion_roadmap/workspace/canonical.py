"""One form for equal things: JSON, sorted, without defaults. What is stored, compared and hashed is this form."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from enum import Enum
from functools import cache

JSON = None | bool | int | float | str | list["JSON"] | dict[str, "JSON"]


def canonical(value: object) -> JSON:
    """JSON of any value of this room.

    Dataclasses become objects with their type under "is" and without fields at their default, so that a new field
    does not make every stored value differ. A whole float is an int: Notion does not tell them apart.
    """
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, Enum):
        return canonical(value.value)
    if isinstance(value, int | str):
        return value
    if isinstance(value, float):
        return int(value) if value.is_integer() else round(value, 9)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): canonical(value[key]) for key in sorted(value)}
    if isinstance(value, tuple | list):
        return [canonical(one) for one in value]
    if is_dataclass(value) and not isinstance(value, type):
        parts = _parts(type(value))
        told = {name: canonical(v) for name, default in parts if (v := getattr(value, name)) != default}
        return {"is": type(value).__name__, **told}
    raise TypeError(f"no canonical form for {type(value).__name__}")


@cache
def _parts(kind: type) -> tuple[tuple[str, object], ...]:
    """The names and defaults of a dataclass's fields."""
    return tuple((one.name, _default(one)) for one in fields(kind))


def _default(field: Field[object]) -> object:
    if field.default_factory is not MISSING:
        return field.default_factory()
    return field.default


def digest(value: object) -> str:
    """SHA-256 of the canonical form, as 64 hexadecimal digits."""
    text = json.dumps(canonical(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
