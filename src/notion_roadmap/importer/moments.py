"""What the readers of time share: what they find, and the words of which their expressions are made."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from notion_roadmap.importer.vocabulary import MONTHS, OPEN_END, OPEN_START, THROUGH, UNITS

Window = dict[str, Any]
"""A window in the shape of the template."""

MONTHS_IN = {"months": 1, "quarters": 3, "semesters": 6, "years": 12}
DAYS_IN = {"days": 1.0, "weeks": 7.0, "months": 30.4, "quarters": 91.3, "semesters": 182.6, "years": 365.25}


@dataclass(frozen=True, slots=True)
class Found:
    """What a text says about time.

    Args:
        words: the words that say it.
        kind: the unit in which they speak: `days`, `weeks`, `months`, `quarters`, `semesters`, `years`, `dates`.
        window: when it is; None where only a length is said, or a part of a year that is not named.
        length: how long it is, in days; None where a window is said.
        between: the two ends of a length such as `0-3 months`, which may be meant as a window.
        guessed: why the window is only a guess; None where it is said.
    """

    words: str
    kind: str
    window: Window | None
    length: float | None = None
    guessed: str | None = None
    between: tuple[int, int] | None = None


def any_of(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


END = r"(?![^\W\d_])"
UNIT_OF = {word: unit for unit, words in UNITS.items() for word in words}
UNIT = f"(?:{any_of(UNIT_OF)})"
THROUGH_ANY = rf"(?:\s*(?:[-–—−~〜～&]|\.\.\.?|…)\s*|\s+(?:{any_of(THROUGH)})\s+|\s*(?:至|到|から)\s*)"
OPEN = rf"(?:\s*\+|\s*[-–—]\s*(?:∞|\.\.\.|…)|[\s,]*(?:{any_of(OPEN_END)}){END})"
FROM = rf"(?:(?:{any_of(OPEN_START)})\s+)"
YEAR = r"(?:19|20)\d\d"
MONTH = f"(?:{any_of(MONTHS)})"


def pattern(source: str) -> re.Pattern[str]:
    return re.compile(source, re.IGNORECASE)
