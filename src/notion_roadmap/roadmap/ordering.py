"""The order of names that hold numbers."""

from __future__ import annotations

import re


def natural(key: str) -> tuple[tuple[int, int, str], ...]:
    """Sorts `task-9` before `task-10`, and `task-11a` before `task-11b`."""
    parts = re.findall(r"\d+|\D+", key)
    return tuple((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts)
