"""When something takes place, read from the words of a heading: weeks, days and months of the plan, calendar time."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any

from notion_roadmap.importer.vocabulary import (
    HAN_NUMBERS,
    MONTHS,
    OPEN_END,
    OPEN_START,
    ORDINALS,
    SEASONS,
    THROUGH,
    UNITS,
)

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


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_END = r"(?![^\W\d_])"
_UNIT_OF = {word: unit for unit, words in UNITS.items() for word in words}
_UNIT = f"(?:{_any(_UNIT_OF)})"
_THROUGH = rf"(?:\s*(?:[-–—−~〜～]|\.\.\.?|…)\s*|\s+(?:{_any(THROUGH)})\s+|\s*(?:至|到|から)\s*)"
_OPEN = rf"(?:\s*\+|\s*[-–—]\s*(?:∞|\.\.\.|…)|[\s,]*(?:{_any(OPEN_END)}){_END})"
_FROM = rf"(?:(?:{_any(OPEN_START)})\s+)"
_YEAR = r"(?:19|20)\d\d"
_MONTH = f"(?:{_any(MONTHS)})"
_ABOUT = re.compile(
    r"^(?:~|≈|ca\.?|circa|about|approx\.?|approximately|around|etwa|environ|aprox\.?|около)\s*", re.IGNORECASE
)
_EMPTY_REST = re.compile(
    r"(?:\(.*\)|total|long|duration|each|lang|insgesamt|completed|[✅🎯⏳🚧]\ufe0f?)", re.IGNORECASE
)
_SEASON = re.compile(rf"(?:{_any(SEASONS)})(?:\s+(?:de\s+)?{_YEAR})?(?![^\W_])", re.IGNORECASE)
_MAYBE = re.compile(rf"\d|[{HAN_NUMBERS}]|{_MONTH}|{_any(word for word in ORDINALS if len(word) > 1)}", re.IGNORECASE)


def _pattern(source: str) -> re.Pattern[str]:
    return re.compile(source, re.IGNORECASE)


_DAY = r"(?P<{0}>(?:19|20)\d\d[-/.]\d\d?[-/.]\d\d?|\d\d?\.\d\d?\.(?:19|20)\d\d)"
_DATES = _pattern(rf"{_FROM}?{_DAY.format('a')}(?:{_THROUGH}{_DAY.format('b')})?(?P<open>{_OPEN})?(?!\d)")
_NAMED_DAY = (
    rf"(?:(?P<{{0}}m1>{_MONTH})\.?\s+(?P<{{0}}d1>\d\d?)(?:st|nd|rd|th)?(?!\d)(?:,?\s+(?P<{{0}}y1>{_YEAR}))?"
    rf"|(?P<{{0}}d2>\d\d?)(?:st|nd|rd|th|\.)?\s+(?:de\s+)?(?P<{{0}}m2>{_MONTH}){_END}\.?(?:,?\s+(?:de\s+)?(?P<{{0}}y2>{_YEAR}))?)"
)
_NAMED_DATES = _pattern(rf"{_FROM}?{_NAMED_DAY.format('a')}(?:{_THROUGH}{_NAMED_DAY.format('b')})?")
_MONTH_NAMES = _pattern(
    rf"(?P<from>{_FROM})?(?P<am>{_MONTH}){_END}\.?(?:\s*(?:de[l]?\s+|,\s*|')?(?P<ay>{_YEAR}))?"
    rf"(?:{_THROUGH}(?P<bm>{_MONTH}){_END}\.?(?:\s*(?:de[l]?\s+|,\s*)?(?P<by>{_YEAR}))?)?(?P<open>{_OPEN})?"
)
_MONTH_NUMBERS = _pattern(
    rf"(?P<ay>{_YEAR})(?:年|-)(?P<am>1[0-2]|0?[1-9])月?(?!\d|-\d)"
    rf"(?:{_THROUGH}(?:(?P<by>{_YEAR})(?:年|-))?(?P<bm>1[0-2]|0?[1-9])月?(?![\d年]))?(?P<open>{_OPEN}|{_END}\s*起)?"
)
_PART = (
    rf"(?:(?P<{{0}}y1>{_YEAR})[\s/-]*(?P<{{0}}p1>[QHTS])(?P<{{0}}n1>[1-4])"
    rf"|(?P<{{0}}p2>[QHTS])(?P<{{0}}n2>[1-4])(?:[\s/,-]*(?:of\s+)?(?P<{{0}}y2>{_YEAR}))?)(?!\w)"
)
_PARTS = _pattern(rf"{_PART.format('a')}(?:{_THROUGH}{_PART.format('b')})?(?P<open>{_OPEN})?")
_YEARS = _pattern(rf"(?P<a>{_YEAR})年?(?:{_THROUGH}(?P<b>{_YEAR})年?)?(?P<open>{_OPEN})?(?![\w-])")
_COUNTED = _pattern(
    rf"(?P<unit>{_UNIT})\.?\s*[#№]?\s*(?P<a>\d{{1,4}})(?:{_THROUGH}(?:{_UNIT}\.?\s*)?(?P<b>\d{{1,4}}))?"
    rf"(?P<open>{_OPEN})?(?![\d%])"
)
_HAN = rf"(?:\d{{1,3}}|[{HAN_NUMBERS}]{{1,3}})"
_COUNTED_BEHIND = _pattern(
    rf"(?:第\s*(?P<a>{_HAN})(?:{_THROUGH}第?(?P<b>{_HAN}))?\s*(?:个|個)?(?P<unit>{_UNIT})"
    rf"|(?P<a2>\d{{1,3}})(?:{_THROUGH}(?P<b2>\d{{1,3}}))?\s*(?P<unit2>주차|일차|개월차|년차|週目|周目|日目|ヶ月目|か月目|カ月目|月目|年目))"
)
_FIRST = _pattern(
    rf"(?:the\s+)?(?:first|ersten?|premi(?:er|ère)s?|primer[oa]s|primeir[oa]s|prim[ie])\s+(?P<b>\d{{1,3}})\s*(?P<unit>{_UNIT}){_END}"
)
_ORDINAL = _pattern(
    rf"(?:(?P<word>{_any(ORDINALS)})|(?P<a>\d{{1,3}})(?:\.|\s*-?\s*[йяе]))\s+(?P<unit>{_UNIT}){_END}(?:\s+(?:of\s+)?(?P<year>{_YEAR}))?"
)
_LENGTH = _pattern(
    rf"(?P<a>\d{{1,4}}(?:[.,]\d)?)(?:{_THROUGH}(?P<b>\d{{1,4}}(?:[.,]\d)?))?\s*\+?[\s-]*(?:个|個)?(?P<unit>{_UNIT}){_END}"
)


def _dates(text: str, _: int | None) -> Found | None:
    found = _DATES.match(text)
    if not found:
        return None
    first = _day(found["a"])
    last = _day(found["b"]) if found["b"] else None if found["open"] or _begins_open(text) else first
    return _calendar(found, "dates", first, last, bool(found["b"]))


def _begins_open(text: str) -> bool:
    return bool(re.match(_FROM, text, re.IGNORECASE))


def _day(text: str) -> date | None:
    numbers = [int(number) for number in re.findall(r"\d+", text)]
    year, month, day = numbers if numbers[0] > 31 else reversed(numbers)
    return _safe_date(year, month, day)


def _safe_date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _calendar(
    found: re.Match[str], kind: str, first: date | None, last: date | None, ended: bool, guessed: str | None = None
) -> Found | None:
    if first is None or (ended and last is None):
        return None
    window: Window = {"unit": "dates", "start": first.isoformat()}
    if last:
        window["end"] = last.isoformat()
    return Found(found[0].strip(), kind, window, guessed=guessed)


def _named_dates(text: str, year: int | None) -> Found | None:
    found = _NAMED_DATES.match(text)
    if not found:
        return None
    (am, ad, ay), (bm, bd, by) = (_named(found, end) for end in "ab")
    guessed = None if ay or by else "the year is that of the document"
    year_b = by or ay or year
    if am is None or year_b is None:
        return None
    year_a = ay or (year_b - 1 if bm and am > bm and by else year_b)
    if bm and not by and ay and am > bm:
        year_b += 1
    last = _safe_date(year_b, bm, bd) if bm else None if _begins_open(text) else _safe_date(year_a, am, ad)
    return _calendar(found, "dates", _safe_date(year_a, am, ad), last, bool(bm), guessed)


def _named(found: re.Match[str], end: str) -> tuple[int | None, int, int | None]:
    month = found[f"{end}m1"] or found[f"{end}m2"]
    if not month:
        return None, 0, None
    year = found[f"{end}y1"] or found[f"{end}y2"]
    return MONTHS[month.casefold()], int(found[f"{end}d1"] or found[f"{end}d2"]), int(year) if year else None


def _month_names(text: str, year: int | None) -> Found | None:
    found = _MONTH_NAMES.match(text)
    if not found:
        return None
    first, last = MONTHS[found["am"].casefold()], MONTHS[found["bm"].casefold()] if found["bm"] else None
    years = [int(found[name]) if found[name] else None for name in ("ay", "by")]
    guessed = None if any(years) else "the year is that of the document"
    to = years[1] or years[0] or year
    if to is None:
        return Found(found[0].strip(), "months", None)
    begin = years[0] or (to - 1 if last and first > last and years[1] else to)
    if last and not years[1] and first > last:
        to = begin + 1
    is_open = bool(found["open"] or (found["from"] and not last))
    return _months(found, "months", begin, first, None if is_open else (to, last or first), guessed)


def _months(
    found: re.Match[str], kind: str, year: int, month: int, end: tuple[int, int] | None, guessed: str | None = None
) -> Found:
    window: Window = {"unit": "months", "start": f"{year}-{month:02}"}
    if end:
        window["end"] = f"{end[0]}-{end[1]:02}"
    return Found(found[0].strip(), kind, window, guessed=guessed)


def _month_numbers(text: str, _: int | None) -> Found | None:
    found = _MONTH_NUMBERS.match(text)
    if not found:
        return None
    year, month = int(found["ay"]), int(found["am"])
    last = (int(found["by"] or year), int(found["bm"])) if found["bm"] else (year, month)
    return _months(found, "months", year, month, None if found["open"] else last)


def _parts(text: str, year: int | None) -> Found | None:
    """Quarters and halves: `Q1 2026`, `2026 Q1`, `Q3-Q4`, `H2 2026`."""
    found = _PARTS.match(text)
    if not found:
        return None
    (ap, an, ay), (bp, bn, by) = (_part(found, end) for end in "ab")
    kind = "quarters" if ap in ("Q", "T") else "semesters"
    length, last_length = (MONTHS_IN["quarters" if part in ("Q", "T") else "semesters"] for part in (ap, bp or ap))
    if an * length > 12 or bn * last_length > 12:
        return None
    guessed = None if ay or by else "the year is that of the document"
    first_year, last_year = ay or by or year, by or ay or year
    if first_year is None or last_year is None:
        window: Window = {"unit": "months_from_start", "start": (an - 1) * length + 1}
        if not found["open"]:
            window["end"] = (bn or an) * last_length
        return Found(found[0].strip(), kind, window, guessed="the roadmap is taken to begin with its first quarter")
    end = None if found["open"] else (last_year, (bn or an) * last_length)
    return _months(found, kind, first_year, (an - 1) * length + 1, end, guessed)


def _part(found: re.Match[str], end: str) -> tuple[str, int, int | None]:
    year = found[f"{end}y1"] or found[f"{end}y2"]
    part, number = found[f"{end}p1"] or found[f"{end}p2"], found[f"{end}n1"] or found[f"{end}n2"]
    return (part or "").upper(), int(number or 0), int(year) if year else None


def _years(text: str, _: int | None) -> Found | None:
    found = _YEARS.match(text)
    if not found:
        return None
    first = int(found["a"])
    return _months(found, "years", first, 1, None if found["open"] else (int(found["b"] or first), 12))


def _counted_from(text: str, year: int | None) -> Found | None:
    """Weeks, days and months of the plan that have no end: `from week 10`, `ab KW 13`."""
    begin = re.match(_FROM, text, re.IGNORECASE)
    found = _counted(text[begin.end() :], year) if begin else None
    if begin is None or found is None or found.window is None:
        return None
    window = {name: value for name, value in found.window.items() if name != "end"}
    return replace(found, words=f"{begin[0]}{found.words}", window=window)


def _counted(text: str, year: int | None) -> Found | None:
    found = _FIRST.match(text)
    if found:
        return _from_start(found[0], _UNIT_OF[found["unit"].casefold()], 1, int(found["b"]), is_open=False)
    found = _COUNTED.match(text)
    if found:
        unit, first, last = _UNIT_OF[found["unit"].casefold()], int(found["a"]), int(found["b"] or 0)
        if unit == "years" and first >= 1900:
            return _years(text[found.start("a") :], year)
        return _from_start(found[0], unit, first, last, is_open=bool(found["open"]))
    found = _COUNTED_BEHIND.match(text)
    if found:
        unit = _UNIT_OF[(found["unit"] or found["unit2"]).casefold()]
        first, last = _han_number(found["a"] or found["a2"]), _han_number(found["b"] or found["b2"] or "0")
        return _from_start(found[0], unit, first, last, is_open=False)
    found = _ORDINAL.match(text)
    if found:
        unit = _UNIT_OF[found["unit"].casefold()]
        number = ORDINALS[found["word"].casefold()] if found["word"] else int(found["a"])
        named = int(found["year"]) if found["year"] else year
        if unit in ("quarters", "semesters") and named and number * MONTHS_IN[unit] <= 12:
            length = MONTHS_IN[unit]
            guessed = None if found["year"] else "the year is that of the document"
            return _months(found, unit, named, (number - 1) * length + 1, (named, number * length), guessed)
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
    unit = _UNIT_OF[found["unit"].casefold()]
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
    _dates, _named_dates, _month_names, _month_numbers, _parts, _counted, _counted_from, _years, _length,
    _seasons,
)  # fmt: skip


@cache
def unit_of(word: str) -> str | None:
    """The unit that a word names: `weeks` for `Semana`."""
    return _UNIT_OF.get(word.casefold())
