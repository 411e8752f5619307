"""What stands in one text: its emphasis, its label, its note in brackets, its numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token

MARKS = "✅❌⚠✔✓✖✗☑☐⭐🔹🔸▶►➤•"
"""Signs that stand before the lines of a list in place of a bullet."""

MAX_NUMBER = 10**12
"""What is counted stays below."""

LINK = re.compile(r"!?\[([^\[\]]*)\]\((?:[^)\]]|\](?!\())*\)")
"""A link or a picture, with its text."""

_VARIATION = "\ufe0f"
_BOLD = re.compile(r"^(?P<marks>\*\*|__|\*|_)(?P<label>(?=\S).+?(?<=\S))(?P=marks)(?P<rest>.*)$", re.DOTALL)
_PLAIN_LABEL = re.compile(r"^(?P<label>(?:\d{1,2}:\d{2}|[^:：.!?\[\]()`]){1,50})\s*[:：]\s+(?P<rest>\S.*)$", re.DOTALL)
_SEPARATOR = re.compile(r"^\s*(?:[:：]|[-–—]\s|→)\s*")


class Labelled(NamedTuple):
    """A text with a label before it, `**Label:** rest`, both without emphasis.

    Args:
        sign: what stands between them: a colon, a dash, an arrow, or nothing.
    """

    label: str
    rest: str
    sign: str


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark").enable("strikethrough")
    # An address is kept to the letter.
    parser.normalizeLink = lambda url: url  # type: ignore[method-assign]
    parser.validateLink = lambda url: bool(url)  # type: ignore[method-assign]
    return parser


@lru_cache(maxsize=256)
def unmarked(text: str) -> str:
    """The text without its emphasis; links and code stay as they are written. Lines that were only wrapped are one."""
    if not any(sign in text for sign in "*_~\n\\&<!"):
        return text.strip()
    (inline,) = _parser().parseInline(text)
    return "".join(_written(inline.children or [])).strip()


def _written(tokens: Sequence[Token]) -> Iterator[str]:
    links: list[str] = []
    for token in tokens:
        match token.type:
            case "code_inline":
                yield f"{token.markup}{token.content}{token.markup}"
            case "link_open":
                links.append(_address(token))
                yield "["
            case "link_close":
                yield f"]({links.pop()})"
            case "softbreak":
                yield " "
            case "hardbreak":
                yield "\n"
            case "image":
                yield f"![{token.content}]({token.attrGet('src')})"
            case _:
                yield token.content


def _address(link: Token) -> str:
    href, title = str(link.attrGet("href")), link.attrGet("title")
    shown = f"<{href}>" if " " in href else href
    return f'{shown} "{title}"' if title else shown


def plain(text: str) -> str:
    """The text without emphasis, code marks and the addresses of its links: what a title can hold."""
    return LINK.sub(r"\1", unmarked(text)).replace("`", "").strip()


def titled(text: str) -> str:
    """A heading as a title: plain, without the colon at its end."""
    return plain(text).rstrip(" :：")


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


def whole(number: float) -> int | float:
    """The number as it is written: 15, not 15.0."""
    return int(number) if float(number).is_integer() else number


def number_of(digits: str) -> float:
    """The number that digits with commas say; 0 for one that no person counts to."""
    number = float(digits.replace(",", ""))
    return number if number <= MAX_NUMBER else 0


def mark_before(text: str) -> tuple[str, str]:
    """The sign that stands in place of a bullet, and the text behind it."""
    if text[:1] and text[0] in MARKS:
        sign = text[: 2 if text[1:2] == _VARIATION else 1]
        return sign, text[len(sign) :].strip()
    return "", text
