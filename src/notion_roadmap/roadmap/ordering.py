"""The order of names that hold numbers, and of those that hold none."""

from __future__ import annotations

import re
from collections.abc import Sequence

_NUMBERED = re.compile(r"(?:^|[-/])\d+[a-z]?$")


def natural(key: str) -> tuple[tuple[int, int, str], ...]:
    """Sorts `task-9` before `task-10`, and `task-11a` before `task-11b`."""
    parts = re.findall(r"\d+|\D+", key)
    return tuple((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts)


def places(keys: Sequence[str]) -> dict[str, int]:
    """The place of each of some names among the others.

    Where most end with a number (`task-9`, `task-11a`) the numbers say it, in whatever order they are listed. Names
    that are words say nothing about it: theirs is the order of the list.
    """
    numbered = sum(1 for key in keys if _NUMBERED.search(key))
    ordered = sorted(keys, key=natural) if 2 * numbered > len(keys) else keys
    return {key: place for place, key in enumerate(ordered)}
