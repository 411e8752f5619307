"""When something takes place, read from the words of a heading: weeks, days and months of the plan, calendar time."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache

from notion_roadmap.importer.dates import (
    months,
    read_dates,
    read_month_names,
    read_month_numbers,
    read_named_dates,
    read_parts,
    read_years,
)
from notion_roadmap.importer.moments import (
    DAYS_IN,
    END,
    FROM,
    MONTH,
    MONTHS_IN,
    OPEN,
    THROUGH_ANY,
    UNIT,
    UNIT_OF,
    YEAR,
    Found,
    Window,
    any_of,
    pattern,
)
from notion_roadmap.importer.vocabulary import HAN_NUMBERS, ORDINALS, SEASONS

_ABOUT = re.compile(
    r"^(?:~|≈|ca\.?|circa|about|approx\.?|approximately|around|etwa|environ|aprox\.?|около)\s*", re.IGNORECASE
)
_EMPTY_REST = re.compile(
    r"(?:\(.*\)|total|long|duration|each|lang|insgesamt|completed|[✅🎯⏳🚧]\ufe0f?)", re.IGNORECASE
)
_SEASON = re.compile(rf"(?:{any_of(SEASONS)})(?:\s+(?:de\s+)?{YEAR})?(?![^\W_])", re.IGNORECASE)
_MAYBE = re.compile(rf"\d|[{HAN_NUMBERS}]|{MONTH}|{any_of(word for word in ORDINALS if len(word) > 1)}", re.IGNORECASE)
_COUNTED = pattern(
    rf"(?P<unit>{UNIT})\.?\s*[#№]?\s*(?P<a>\d{{1,4}})(?:{THROUGH_ANY}(?:{UNIT}\.?\s*)?(?P<b>\d{{1,4}}))?"
    rf"(?P<open>{OPEN})?(?![\d%])"
)
_HAN = rf"(?:\d{{1,3}}|[{HAN_NUMBERS}]{{1,3}})"
_COUNTED_BEHIND = pattern(
    rf"(?:第\s*(?P<a>{_HAN})(?:{THROUGH_ANY}第?(?P<b>{_HAN}))?\s*(?:个|個)?(?P<unit>{UNIT})"
    rf"|(?P<a2>\d{{1,3}})(?:{THROUGH_ANY}(?P<b2>\d{{1,3}}))?\s*(?P<unit2>주차|일차|개월차|년차|週目|周目|日目|ヶ月目|か月目|カ月目|月目|年目))"
)
_FIRST = pattern(
    rf"(?:the\s+)?(?:first|ersten?|premi(?:er|ère)s?|primer[oa]s|primeir[oa]s|prim[ie])\s+(?P<b>\d{{1,3}})\s*(?P<unit>{UNIT}){END}"
)
_ORDINAL = pattern(
    rf"(?:(?P<word>{any_of(ORDINALS)})|(?P<a>\d{{1,3}})(?:\.|\s*-?\s*[йяе]))\s+(?P<unit>{UNIT}){END}(?:\s+(?:of\s+)?(?P<year>{YEAR}))?"
)
_LENGTH = pattern(
    rf"(?P<a>\d{{1,4}}(?:[.,]\d)?)(?:{THROUGH_ANY}(?P<b>\d{{1,4}}(?:[.,]\d)?))?\s*\+?[\s-]*(?:个|個)?(?P<unit>{UNIT}){END}"
)


def find_window(text: str, year: int | None = None) -> Found | None:
    """The time that the text begins with, or None.

    Args:
        year: the year that months and quarters without one belong to, where the document names it elsewhere.
    """
    text = text.strip()
    if not text or not _MAYBE.search(text[:80]):
        return None
    return next((found for read in _READERS if (found := read(text, year))), None)


def whole_window(text: str, year: int | None = None) -> Found | None:
    """The time that the text says, where it says nothing else."""
    text = _ABOUT.sub("", " ".join(text.split()).strip(".,;"))
    found = find_window(text, year)
    if found is None:
        return None
    rest = text[len(found.words) :].strip()
    return found if not rest or _EMPTY_REST.fullmatch(rest) else None


def _counted_from(text: str, year: int | None) -> Found | None:
    """Weeks, days and months of the plan that have no end: `from week 10`, `ab KW 13`."""
    begin = re.match(FROM, text, re.IGNORECASE)
    found = _counted(text[begin.end() :], year) if begin else None
    if begin is None or found is None or found.window is None:
        return None
    window = {name: value for name, value in found.window.items() if name != "end"}
    return replace(found, words=f"{begin[0]}{found.words}", window=window)


def _counted(text: str, year: int | None) -> Found | None:
    found = _FIRST.match(text)
    if found:
        return _from_start(found[0], UNIT_OF[found["unit"].casefold()], 1, int(found["b"]), is_open=False)
    found = _COUNTED.match(text)
    if found:
        unit, first, last = UNIT_OF[found["unit"].casefold()], int(found["a"]), int(found["b"] or 0)
        if unit == "years" and first >= 1900:
            return read_years(text[found.start("a") :], year)
        return _from_start(found[0], unit, first, last, is_open=bool(found["open"]))
    found = _COUNTED_BEHIND.match(text)
    if found:
        unit = UNIT_OF[(found["unit"] or found["unit2"]).casefold()]
        first, last = _han_number(found["a"] or found["a2"]), _han_number(found["b"] or found["b2"] or "0")
        return _from_start(found[0], unit, first, last, is_open=False)
    found = _ORDINAL.match(text)
    if found:
        unit = UNIT_OF[found["unit"].casefold()]
        number = ORDINALS[found["word"].casefold()] if found["word"] else int(found["a"])
        named = int(found["year"]) if found["year"] else year
        if unit in ("quarters", "semesters") and named and number * MONTHS_IN[unit] <= 12:
            length = MONTHS_IN[unit]
            guessed = None if found["year"] else "the year is that of the document"
            return months(found, unit, named, (number - 1) * length + 1, (named, number * length), guessed)
        return _from_start(found[0], unit, number, 0, is_open=False)
    return None


def _han_number(text: str) -> int:
    """`12`, `三`, `十二` as a number; 0 for anything else."""
    if text.isdecimal():
        return int(text)
    tens, _, ones = text.partition("十") if "十" in text else ("", "", text)
    values = {sign: value for value, sign in enumerate(HAN_NUMBERS, 1)}
    before = (values.get(tens, 1) if "十" in text else 0) * 10
    return before + values.get(ones, 0)


def _from_start(words: str, unit: str, first: int, last: int, *, is_open: bool) -> Found | None:
    if unit == "terms":
        return Found(words.strip(), unit, None)
    each = MONTHS_IN.get(unit, 1)
    start, end = (first - 1) * each + 1, max(first, last) * each
    if not 1 <= start <= end <= 10_000 or (last and last < first):
        return None
    window: Window = {"unit": unit if unit in ("days", "weeks") else "months_from_start", "start": start}
    if not is_open:
        window["end"] = end
    return Found(words.strip(), unit, window)


def _length(text: str, _: int | None) -> Found | None:
    found = _LENGTH.match(text)
    if not found:
        return None
    unit = UNIT_OF[found["unit"].casefold()]
    if unit not in DAYS_IN:
        return None
    long = float((found["b"] or found["a"]).replace(",", "."))
    ends = (found["a"], found["b"])
    between = (int(ends[0]), int(ends[1])) if ends[1] and all(end.isdecimal() for end in ends) else None
    return Found(found[0].strip(), unit, None, length=long * DAYS_IN[unit], between=between)


def _seasons(text: str, _: int | None) -> Found | None:
    found = _SEASON.match(text)
    return Found(found[0].strip(), "seasons", None) if found else None


_READERS: tuple[Callable[[str, int | None], Found | None], ...] = (
    read_dates, read_named_dates, read_month_names, read_month_numbers, read_parts, _counted, _counted_from, read_years,
    _length, _seasons,
)  # fmt: skip


@cache
def unit_of(word: str) -> str | None:
    """The unit that a word names: `weeks` for `Semana`."""
    return UNIT_OF.get(word.casefold())
