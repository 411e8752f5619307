"""Calendar time: days, months, quarters and years."""

from __future__ import annotations

import re
from datetime import date

from notion_roadmap.importer.moments import END, FROM, MONTH, MONTHS_IN, OPEN, THROUGH_ANY, YEAR, Found, Window, pattern
from notion_roadmap.importer.vocabulary import MONTHS

_DAY = r"(?P<{0}>(?:19|20)\d\d[-/.]\d\d?[-/.]\d\d?|\d\d?\.\d\d?\.(?:19|20)\d\d)"
_DATES = pattern(rf"{FROM}?{_DAY.format('a')}(?:{THROUGH_ANY}{_DAY.format('b')})?(?P<open>{OPEN})?(?!\d)")
_NAMED_DAY = (
    rf"(?:(?P<{{0}}m1>{MONTH})\.?\s+(?P<{{0}}d1>\d\d?)(?:st|nd|rd|th)?(?!\d)(?:,?\s+(?P<{{0}}y1>{YEAR}))?"
    rf"|(?P<{{0}}d2>\d\d?)(?:st|nd|rd|th|\.)?\s+(?:de\s+)?(?P<{{0}}m2>{MONTH}){END}\.?(?:,?\s+(?:de\s+)?(?P<{{0}}y2>{YEAR}))?)"
)
_NAMED_DATES = pattern(rf"{FROM}?{_NAMED_DAY.format('a')}(?:{THROUGH_ANY}{_NAMED_DAY.format('b')})?")
_MONTH_NAMES = pattern(
    rf"(?P<from>{FROM})?(?P<am>{MONTH}){END}\.?(?:\s*(?:de[l]?\s+|,\s*|')?(?P<ay>{YEAR}))?"
    rf"(?:{THROUGH_ANY}(?P<bm>{MONTH}){END}\.?(?:\s*(?:de[l]?\s+|,\s*)?(?P<by>{YEAR}))?)?(?P<open>{OPEN})?"
)
_MONTH_NUMBERS = pattern(
    rf"(?P<ay>{YEAR})(?:年|-)(?P<am>1[0-2]|0?[1-9])月?(?!\d|-\d)"
    rf"(?:{THROUGH_ANY}(?:(?P<by>{YEAR})(?:年|-))?(?P<bm>1[0-2]|0?[1-9])月?(?![\d年]))?(?P<open>{OPEN}|{END}\s*起)?"
)
_PART = (
    rf"(?:(?P<{{0}}y1>{YEAR})[\s/-]*(?P<{{0}}p1>[QHTS])(?P<{{0}}n1>[1-4])"
    rf"|(?P<{{0}}p2>[QHTS])(?P<{{0}}n2>[1-4])(?:[\s/,-]*(?:of\s+)?(?P<{{0}}y2>{YEAR}))?)(?!\w)"
)
_PARTS = pattern(rf"{_PART.format('a')}(?:{THROUGH_ANY}{_PART.format('b')})?(?P<open>{OPEN})?")
_YEARS = pattern(rf"(?P<a>{YEAR})年?(?:{THROUGH_ANY}(?P<b>{YEAR})年?)?(?P<open>{OPEN})?(?![\w-])")


def read_dates(text: str, _: int | None) -> Found | None:
    """`2026-01-05 to 2026-02-01`."""
    found = _DATES.match(text)
    if not found:
        return None
    first = _day(found["a"])
    last = _day(found["b"]) if found["b"] else None if found["open"] or begins_open(text) else first
    return _calendar(found, "dates", first, last, bool(found["b"]))


def begins_open(text: str) -> bool:
    """Whether a text says from when on: `from`, `ab`."""
    return bool(re.match(FROM, text, re.IGNORECASE))


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


def read_named_dates(text: str, year: int | None) -> Found | None:
    """`January 5 – February 1, 2026`."""
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
    last = _safe_date(year_b, bm, bd) if bm else None if begins_open(text) else _safe_date(year_a, am, ad)
    return _calendar(found, "dates", _safe_date(year_a, am, ad), last, bool(bm), guessed)


def _named(found: re.Match[str], end: str) -> tuple[int | None, int, int | None]:
    month = found[f"{end}m1"] or found[f"{end}m2"]
    if not month:
        return None, 0, None
    year = found[f"{end}y1"] or found[f"{end}y2"]
    return MONTHS[month.casefold()], int(found[f"{end}d1"] or found[f"{end}d2"]), int(year) if year else None


def read_month_names(text: str, year: int | None) -> Found | None:
    """`Dec 2025 – Feb 2026`; `year` is that of the document."""
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
    return months(found, "months", begin, first, None if is_open else (to, last or first), guessed)


def months(
    found: re.Match[str], kind: str, year: int, month: int, end: tuple[int, int] | None, guessed: str | None = None
) -> Found:
    """A window of months of the calendar; `end` is a year and a month, None where it is open."""
    window: Window = {"unit": "months", "start": f"{year}-{month:02}"}
    if end:
        window["end"] = f"{end[0]}-{end[1]:02}"
    return Found(found[0].strip(), kind, window, guessed=guessed)


def read_month_numbers(text: str, _: int | None) -> Found | None:
    """`2026-01`, `2026年1月`."""
    found = _MONTH_NUMBERS.match(text)
    if not found:
        return None
    year, month = int(found["ay"]), int(found["am"])
    last = (int(found["by"] or year), int(found["bm"])) if found["bm"] else (year, month)
    return months(found, "months", year, month, None if found["open"] else last)


def read_parts(text: str, year: int | None) -> Found | None:
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
    return months(found, kind, first_year, (an - 1) * length + 1, end, guessed)


def _part(found: re.Match[str], end: str) -> tuple[str, int, int | None]:
    year = found[f"{end}y1"] or found[f"{end}y2"]
    part, number = found[f"{end}p1"] or found[f"{end}p2"], found[f"{end}n1"] or found[f"{end}n2"]
    return (part or "").upper(), int(number or 0), int(year) if year else None


def read_years(text: str, _: int | None) -> Found | None:
    """`2027`, `2026-2028`, `2028+`."""
    found = _YEARS.match(text)
    if not found:
        return None
    first = int(found["a"])
    return months(found, "years", first, 1, None if found["open"] else (int(found["b"] or first), 12))
