"""What a text begins and ends with: its label, the sign before it, the note in brackets behind it."""

from __future__ import annotations

import re
from typing import NamedTuple

from notion_roadmap.importer.texts import MAX_INLINE, plain, unmarked

MARKS = "✅❌⚠✔✓✖✗☑☐⭐🔹🔸▶►➤•"
"""Signs that stand before the lines of a list in place of a bullet."""

_VARIATION = "\ufe0f"
_BOLD = re.compile(r"^(?P<marks>\*\*|__|\*|_)(?P<label>(?=\S).+?(?<=\S))(?P=marks)(?P<rest>.*)$", re.DOTALL)
_PLAIN_LABEL = re.compile(r"^(?P<label>(?:\d{1,2}:\d{2}|[^:：.!?\[\]()`]){1,50})\s*[:：]\s+(?P<rest>\S.*)$", re.DOTALL)
_SEPARATOR = re.compile(r"^\s*(?:[:：]|[-–—]\s|→)\s*")
_SIGNS = re.compile(r"^[^\w(\[{<\"'“«¿¡`$€#@+~]+")
_ITALIC_LABEL = re.compile(r"^(?P<mark>\*|_)(?!\*|_|\s)(?P<inner>[^*_]{1,40}?[:：]\s.+)(?P=mark)$", re.DOTALL)


class Labelled(NamedTuple):
    """A text with a label before it, `**Label:** rest`, both without emphasis.

    Args:
        sign: what stands between them: a colon, a dash, an arrow, or nothing.
    """

    label: str
    rest: str
    sign: str


class Label(NamedTuple):
    """The name of a field and its value: a label that a colon sets apart, without signs before it.

    Args:
        strong: whether emphasis sets it apart too, so that it is a label whatever it says.
    """

    label: str
    rest: str
    strong: bool


def labelled(text: str) -> Labelled | None:
    """The label of a text, if it has one: in bold or italics before anything, or plain before a colon."""
    found = _BOLD.match(text.strip())
    if found:
        label, rest = plain(found["label"]), found["rest"]
        colon = label.endswith((":", "："))
        between = _SEPARATOR.match(rest)
        if colon or between or rest[:1].isspace():
            sign = ":" if colon else between[0].strip() if between else ""
            return Labelled(label.rstrip(" :："), unmarked(rest[between.end() :] if between else rest), sign)
        return Labelled(label, "", "") if not rest.strip() else None
    found = _PLAIN_LABEL.match(unmarked(text))
    return Labelled(found["label"].strip(), found["rest"].strip(), ":") if found else None


def label_of(text: str) -> Label | None:
    """The label that a text begins with and that a colon sets apart: `**Hours:** 40`, `Hours: 40`, `*Focus: trees*`."""
    text = text.strip()
    if not text or len(text) > MAX_INLINE:
        return None
    italic = _ITALIC_LABEL.match(text)
    if italic:
        text, strong = italic["inner"], True
    else:
        strong = text.startswith(("**", "__", "*", "_")) or bool(_SIGNS.match(text) and "**" in text[:8])
    text = _SIGNS.sub("", text) if strong and not text.startswith(("*", "_")) else text
    inner = re.match(r"^(\*\*|__)\s*[^\w\s*]+\s*(?=\w)", text)
    text = f"{inner[1]}{text[inner.end() :]}" if inner else text
    found = labelled(text)
    if not found or found.sign not in (":", "："):
        return None
    label = _SIGNS.sub("", found.label).strip()
    return Label(label, found.rest, strong) if label and len(label) <= 200 else None


def bare_label(text: str) -> str:
    """A heading over a list as a label, without signs before it and the colon behind it."""
    return (_SIGNS.sub("", plain(text)) or plain(text)).rstrip(" :：")


def empty_label(text: str) -> str | None:
    """The label of a line that says nothing behind it: `Notes:`."""
    bare = text.strip()
    return bare.rstrip(" :：") if bare.endswith((":", "：")) and len(bare) < 60 else None


def note_behind(text: str) -> tuple[str, str]:
    """The text and the note in brackets at its end, without the brackets; "" where there is none."""
    text = text.strip()
    place = _opening(text)
    if not place or text[place - 1] == "]":
        return text, ""
    return text[:place].strip(), text[place + 1 : -1].strip()


def in_brackets(text: str) -> str | None:
    """What stands in brackets, if that is the whole text."""
    text = text.strip()
    return text[1:-1].strip() if _opening(text) == 0 else None


def _opening(text: str) -> int | None:
    """Where the bracket opens that closes at the very end."""
    depth = 0
    for place in range(len(text) - 1, -1, -1) if text.endswith((")", "）")) else ():
        depth += (text[place] in ")）") - (text[place] in "(（")
        if depth == 0:
            return place
    return None


def mark_before(text: str) -> tuple[str, str]:
    """The sign that stands in place of a bullet, and the text behind it."""
    if text[:1] and text[0] in MARKS:
        sign = text[: 2 if text[1:2] == _VARIATION else 1]
        return sign, text[len(sign) :].strip()
    return "", text
