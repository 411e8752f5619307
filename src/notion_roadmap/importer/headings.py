"""What a heading calls itself: `Phase 2 (Weeks 5-10): Big Data` is stretch 2, in weeks 5 to 10, named `Big Data`."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from notion_roadmap.importer.marks import read_marks
from notion_roadmap.importer.moments import Found, any_of
from notion_roadmap.importer.texts import plain
from notion_roadmap.importer.vocabulary import (
    FINISHED,
    GRADES,
    HAN_NUMBERS,
    HORIZONS,
    LONE_WORKS,
    OPEN_END,
    ORDINALS,
    STRETCHES,
    UNITS,
    WORKS,
)
from notion_roadmap.importer.windows import find_window, unit_of, whole_window
from notion_roadmap.importer.words import fold, folded


@dataclass(frozen=True, slots=True)
class Name:
    """A heading, read.

    Args:
        whole: the heading as plain text.
        kind: `stretch` (phase, stage, ...), a unit of time, `work` (task, project, a single day, ...), `version`,
            `horizon` (now, next, ...), `finished`, `grade` (beginner, ...), `numbered`, or "" for any other.
        label: what it calls itself, such as `Phase 2`; "" where it does not.
        number: the number of the label, such as `2` or `11A`.
        name: what it is called besides, without the time; "" where there is nothing else.
        window: the time that it names.
        apart: whether the label stands apart from the name, by a colon or a dash.
        text: all of it, without signs before it and without the time.
    """

    whole: str
    kind: str
    label: str
    number: str
    name: str
    window: Found | None
    apart: bool = True
    text: str = ""

    @property
    def title(self) -> str:
        """What it is called: its name, or its label where it has no other."""
        return self.name or self.label or self.whole


_WORD_NUMBERS = [word for word in ORDINALS if word[0].isalpha() and len(word) > 2]
_NUMBER = (
    r"(?:\d{1,4}(?:\.\d{1,3})*(?:[a-zA-Z](?![^\W\d_]))?|(?-i:[IVXLC]{1,6})|(?-i:[A-Z])"
    rf"|{any_of(_WORD_NUMBERS)}|[{HAN_NUMBERS}]{{1,3}})"
)
_RANGE = rf"{_NUMBER}(?:\s*(?:[-–—~〜&/+]|to|and|bis|à|a)\s*\d{{1,3}})?(?:\+|(?![^\W_]))"
_UNIT_WORDS = [word for words in UNITS.values() for word in words]
_NAMED = re.compile(
    rf"(?P<word>{any_of([*STRETCHES, *WORKS, *_UNIT_WORDS])})(?:\s*[#№°]\s*|\.?\s*|-)(?P<number>{_RANGE})",
    re.IGNORECASE,
)
_MILESTONE = re.compile(r"(?P<word>M)(?P<number>\d{1,2}(?:\.\d)?)(?=\s*[:：.–—-]|\s*$)")
_TICKET = re.compile(r"(?P<word>[A-Z]{1,5})(?P<number>-\d{1,4}|\d{1,2}\.\d{1,2})(?=\s*[:：–—]|\s-|\s*$)")
_HAN_WORDS = any_of(word for word in [*STRETCHES, *WORKS, *_UNIT_WORDS] if word[0] > "ⷿ")
_BEHIND = re.compile(
    rf"(?:第\s*(?P<number>[\d{HAN_NUMBERS}]{{1,3}}(?:[-–~〜]\d{{1,3}})?)\s*(?:个|個)?"
    rf"|(?P<number2>\d{{1,3}}(?:[-–~〜]\d{{1,3}})?)\s*)(?P<word>{_HAN_WORDS})"
)
_ORDINAL = re.compile(
    rf"(?P<number>{any_of(ORDINALS)}|\d{{1,3}}\s*(?:\.|st|nd|rd|th|-?[йяе]|º|ª))\s+"
    rf"(?P<word>{any_of([*STRETCHES, *WORKS, *_UNIT_WORDS])})(?![^\W_])",
    re.IGNORECASE,
)
_VERSION = re.compile(
    r"(?P<label>(?:version|release|ver\.?)\s*v?(?P<number>\d+(?:\.\d+)*(?:\.x)?)|v(?P<number2>\d+(?:\.\d+)*(?:\.x)?)"
    r"|(?P<number3>\d+\.\d+(?:\.\d+|\.x)?(?:-[\w.]+)?)(?=\s*(?:$|[(\[:：–—-]|release)))(?![\w])",
    re.IGNORECASE,
)
_ENUMERATED = re.compile(
    r"(?P<number>\d{1,3}(?:\.\d{1,3})*|(?-i:[IVX]{1,5})|(?-i:[A-Z])|[一二三四五六七八九十]{1,3}(?=[、.．]))(?:[.)、．](?!\d)\s*|\s*[:：–—-]\s+)(?=\S)"
)
_KEY_CAP = re.compile(r"^(\d{1,2})\ufe0f?\u20e3\s*(?=\S)")
_NOTE_BEFORE = re.compile(r"^\s*[(（\[][^()（）\[\]]{1,60}[)）\]]\s*(?=[:：–—-]\s*\S)")
_DOTTED = re.compile(r"(?P<number>\d{1,2}(?:\.\d{1,3})+)\s+(?=\S)")
_BEFORE = re.compile(r"^[^\w(\[{<\"'“«¿¡$€@#+~`]+")
_APART = re.compile(r"\s*(?:[:：|/•·»→,、]|[-–—]{1,2}(?=\s|\w)|\.(?=\s|$))\s*")
_BRACKETS = re.compile(r"\s*[(（\[【]([^()（）\[\]【】]{1,80})[)）\]】]")
_IN_BRACKETS = re.compile(r"^\[([^\[\]]{1,60})\](?!\()")
_TIME_LABEL = re.compile(r"^[^\W\d]+(?: [^\W\d]+)?[:：]\s*(?=\S)")
_TAIL = re.compile(r"\s+(?:[-–—|·@]|\|)\s+([^|]{3,60})$|[:：]\s*([^:：]{3,60})$")
_STRETCH_BEHIND = re.compile(r"\b(?:phase|stage|sprint|milestone|fase|etapa|etappe|étape|этап|фаза)$", re.IGNORECASE)
_GENERIC_TAIL = re.compile(
    r" (?:goals?|plans?|items?|features?|tasks?|things|level|stage|topics|track|ziele|objectifs)$"
)
_LIST_LIKE = re.compile(r"[\d.,]+[%€$km]?|[-+]\d")


@lru_cache(maxsize=32768)
def read_heading(title: str, year: int | None = None) -> Name:
    """Read a heading; `year` is that of the document, for windows without one."""
    whole = plain(title[:2000]).rstrip(" :：")
    text = _BEFORE.sub("", _KEY_CAP.sub(r"\1. ", read_marks(whole).text).replace("\ufe0f\u20e3", "")) or whole
    text = _IN_BRACKETS.sub(r"\1", text)
    text, window = _without_time(text, year)
    for read in (_labelled, _in_time, _versioned, _numbered):
        name = read(whole, text, window, year)
        if name:
            return replace(name, text=text)
    return replace(_other(whole, text, window), text=text)


def _without_time(text: str, year: int | None) -> tuple[str, Found | None]:
    """The heading without the time in its brackets or at its end, and that time."""
    for found in _BRACKETS.finditer(text):
        window = whole_window(found[1], year) or whole_window(_TIME_LABEL.sub("", found[1]), year)
        if window:
            return f"{text[: found.start()]}{text[found.end() :]}".strip(" -–—|"), window
        if fold(found[1]) in folded(HORIZONS) and found.start():
            return f"{text[: found.start()]}{text[found.end() :]}".strip(), None
        if fold(found[1]) in folded(OPEN_END):
            return f"{text[: found.start()]}{text[found.end() :]}".strip(), Found(found[1], "open", None)
        window = find_window(found[1], year)
        if window and window.window:
            return text, window
    tail = _TAIL.search(text) if whole_window(text, year) is None else None
    if tail:
        window = whole_window(tail[1] or tail[2], year)
        if window:
            return text[: tail.start()].strip(), window
    return text, None


def _labelled(whole: str, text: str, window: Found | None, year: int | None) -> Name | None:
    for pattern in (_NAMED, _BEHIND, _ORDINAL, _MILESTONE, _TICKET):
        found = pattern.match(text)
        if not found:
            continue
        number = found["number"] or found.groupdict().get("number2") or ""
        word, rest = found["word"].casefold(), _NOTE_BEFORE.sub("", text[found.end() :])
        apart = _APART.match(rest)
        if rest and not apart and not rest[0].isspace() and pattern is not _BEHIND:
            continue
        if rest and not apart and number.isalpha() and len(number) == 1:
            continue
        unit = unit_of(word)
        label = found[0].strip(" .")
        timed = window or (find_window(text, year) if unit else None)
        if timed and not window and len(timed.words) > len(label):
            label, rest = timed.words, text[len(timed.words) :]
            apart = _APART.match(rest)
        kind = "work" if pattern is _TICKET else _kind(word, unit, timed)
        name = rest[apart.end() :].strip() if apart else rest.strip()
        name = re.sub(r"^\(([^()]+)\)$", r"\1", name.strip(" -–—:："))
        name, timed = _behind_time(name, timed, year)
        return Name(whole, kind, label, _digits(number), name, timed, apart is not None or not rest)
    return None


def _behind_time(name: str, timed: Found | None, year: int | None) -> tuple[str, Found | None]:
    """The name behind the time in `Block A · Weeks 1-4 · Foundations`, and that time; signs alone are no name."""
    found = None if timed else find_window(name, year)
    apart = _APART.match(name[len(found.words) :]) if found and found.window else None
    if found and apart and name[len(found.words) + apart.end() :].strip():
        return name[len(found.words) + apart.end() :].strip(), found
    return (name if any(sign.isalnum() for sign in name) else ""), timed


def _kind(word: str, unit: str | None, window: Found | None) -> str:
    if unit is None:
        return "work" if word in _WORK_SET else "stretch"
    if unit == "days":
        says = window.window if window else None
        is_range = says is not None and says.get("end") != says["start"]
        return "days" if is_range else "work"
    return unit


_WORK_SET = frozenset(WORKS) - frozenset(STRETCHES)


def _digits(number: str) -> str:
    found = re.match(r"\d+", number)
    if found and not number[found.end() :].isalpha():
        return found[0] if "." not in number else number
    return str(ORDINALS.get(number.casefold(), number))


def _in_time(whole: str, text: str, window: Found | None, year: int | None) -> Name | None:
    """A heading that begins with calendar time: `Q1 2026`, `March 2026: Launch`, `2027`."""
    found = find_window(text, year)
    if found is None or (found.window is None and (found.kind != "seasons" or len(found.words) != len(text))):
        return None
    rest = text[len(found.words) :]
    apart = _APART.match(rest)
    if rest and not apart and not rest[0].isspace():
        return None
    name = rest[apart.end() :].strip() if apart else rest.strip()
    if name and not apart and found.kind == "years":
        return None  # "2026 Roadmap" is the title of a document
    return Name(whole, found.kind, found.words, found.words, name, window or found, apart is not None or not rest)


def _versioned(whole: str, text: str, window: Found | None, _: int | None) -> Name | None:
    found = _VERSION.match(text)
    if not found:
        return None
    number = found["number"] or found["number2"] or found["number3"]
    rest = text[found.end() :]
    apart = _APART.match(rest)
    name = rest[apart.end() :].strip() if apart else ""
    return Name(whole, "version", found["label"], number, name or text, window)


def _numbered(whole: str, text: str, window: Found | None, _: int | None) -> Name | None:
    found = _ENUMERATED.match(text) or _DOTTED.match(text)
    if not found or _LIST_LIKE.match(text[found.end() :]):
        return None
    name = text[found.end() :].strip()
    kind = "stretch" if _STRETCH_BEHIND.search(name) or window else _whole_kind(name) or "numbered"
    return Name(whole, kind, "", found["number"], name, window)


def _other(whole: str, text: str, window: Found | None) -> Name:
    kind = _whole_kind(text)
    if kind:
        return Name(whole, kind, "", "", _BRACKETS.sub("", text).strip() or text, window)
    if not kind and _STRETCH_BEHIND.search(text) and len(text.split()) > 1:
        kind = "stretch"
    if not kind and f"{fold(text)} ".startswith(_lone_works()):
        kind = "work"
    if not kind and window and window.window:
        kind = window.kind
    label, _, name = text.partition(":")
    if not kind and name and (label_kind := _whole_kind(label)):
        return Name(whole, label_kind, label.strip(), "", name.strip(), window)
    return Name(whole, kind, "", "", text if text != whole or window else "", window)


@cache
def _lone_works() -> tuple[str, ...]:
    return tuple(f"{word} " for word in folded(LONE_WORKS))


def _whole_kind(text: str) -> str:
    words = fold(_BRACKETS.sub("", text))
    for said in (words, _GENERIC_TAIL.sub("", words)):
        if said in folded(FINISHED):
            return "finished"
        if said in folded(HORIZONS):
            return "horizon"
        if said in folded(GRADES):
            return "grade"
    return ""
