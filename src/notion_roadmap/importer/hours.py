"""How long something takes, in hours, from the words of a document."""

from __future__ import annotations

import re
from typing import NamedTuple

HOURS_A_DAY = 8
MAX_HOURS = 100_000

_NUMBER = r"(\d{1,6}(?:[.,]\d{1,2})?)"
_HOURS = (
    r"(?:h|hr|hrs|hour|hours|std|stunde|stunden|heure|heures|hora|horas|ora|ore|uur|timmar|godz|godzin\w*|saat|ч|час|"
    r"часа|часов|小时|小時|時間|시간|घंटे)"
)
_MINUTES = r"(?:m|min|mins|minute|minutes|minuten|minutos|minuti|мин|минут\w*|分钟|分鐘|分|분|मिनट)"
TIME_WORDS = rf"(?:{_HOURS}|{_MINUTES})"
"""A pattern of what stands behind a number of hours or minutes."""

_DAYS = r"(?:d|day|days|tag|tage|tagen|jour|jours|día|días|dia|dias|giorno|giorni|день|дня|дней|天|日|일|दिन)"
_ABOUT = (
    r"(?P<about>~|≈|ca\.?|circa|about|approx\.?|approximately|around|etwa|environ|aprox\.?|unos|unas|около|约|約|약|"
    r"up to|max\.?)?\s*"
)
_RANGE = rf"{_NUMBER}\s*(?:[-–—~〜]|to|bis|à|a)\s*{_NUMBER}"
_FILLER = r"\.?(?:\s*(?:total|each|in total|insgesamt|per task|of work|of study))?"


def _pattern(source: str) -> re.Pattern[str]:
    return re.compile(source, re.IGNORECASE)


_PLAIN = _pattern(rf"{_ABOUT}{_NUMBER}\s*{_HOURS}?{_FILLER}")
_BETWEEN = _pattern(rf"{_ABOUT}{_RANGE}\s*{_HOURS}?{_FILLER}")
_SHORT = _pattern(rf"{_ABOUT}{_NUMBER}\s*{_MINUTES}{_FILLER}")
_SHORT_BETWEEN = _pattern(rf"{_ABOUT}{_RANGE}\s*{_MINUTES}{_FILLER}")
_LONG = _pattern(rf"{_ABOUT}{_NUMBER}\s*{_DAYS}{_FILLER}")
_LONG_BETWEEN = _pattern(rf"{_ABOUT}{_RANGE}\s*{_DAYS}{_FILLER}")
_MIXED = _pattern(rf"{_ABOUT}(\d{{1,3}})\s*{_HOURS}?\s*[:\s]?\s*(\d\d)\s*{_MINUTES}?")
_SAYS_UNIT = _pattern(rf"\d\s*{TIME_WORDS}(?![^\W\d_])")
_BEHIND = re.compile(
    r"(?:(?<![\s–—-])[\s–—-]*[(\[（【]([^()（）\[\]【】]{2,40})[)\]）】]|(?:,|\s[-–—])\s+([~≈]?\d[^,()]{1,20}))\s*$"
)


class Hours(NamedTuple):
    """Hours in figures, None where the words give no plain number; `guessed` says why it is only a guess."""

    number: int | float | None
    guessed: str | None = None


def read_hours(words: str) -> Hours:
    """`40`, `~10 h`, `2-3 h`, `90 min`, `1.5 days`; `200+` and `Ongoing` give no number."""
    words = " ".join(words.split())
    if found := _PLAIN.fullmatch(words):
        return _hours(_value(found[2]), "said to be about that much" if found["about"] else None)
    if found := _BETWEEN.fullmatch(words):
        return _hours((_value(found[2]) + _value(found[3])) / 2, "the middle of what is said")
    if found := _MIXED.fullmatch(words):
        return _hours(int(found[2]) + int(found[3]) / 60, None)
    if found := _SHORT.fullmatch(words):
        return _hours(_value(found[2]) / 60, "said to be about that much" if found["about"] else None)
    if found := _SHORT_BETWEEN.fullmatch(words):
        return _hours((_value(found[2]) + _value(found[3])) / 120, "the middle of what is said")
    if found := _LONG.fullmatch(words):
        return _hours(_value(found[2]) * HOURS_A_DAY, f"{HOURS_A_DAY} hours a day")
    if found := _LONG_BETWEEN.fullmatch(words):
        return _hours((_value(found[2]) + _value(found[3])) / 2 * HOURS_A_DAY, f"{HOURS_A_DAY} hours a day, the middle")
    return Hours(None)


def hours_behind(title: str) -> str | None:
    """The words in brackets at the end of a title that say hours: `Read the book (~3 h)`."""
    found = _BEHIND.search(title)
    words = (found[1] or found[2]).strip() if found else ""
    if not _SAYS_UNIT.search(words) or read_hours(words).number is None:
        return None
    return words


def _value(digits: str) -> float:
    return float(digits.replace(",", "."))


def _hours(number: float, guessed: str | None) -> Hours:
    rounded = round(number, 2)
    if not 0 < rounded <= MAX_HOURS:
        return Hours(None)
    return Hours(int(rounded) if rounded == int(rounded) else rounded, guessed)
