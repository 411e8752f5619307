"""What Notion can hold of a text: the form in which a value is sent, read back and compared.

A value that went through here comes back from Notion as it is. https://developers.notion.com/reference/request-limits
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from typing import Final
from urllib.parse import urlsplit

from notion_roadmap.workspace.limits import PROPERTY_DESCRIPTION, RICH_TEXTS, TEXT_LENGTH
from notion_roadmap.workspace.text import Run, Text

TEXT_BYTES: Final = 300_000
"""Bytes of one text in UTF-8: with the braces around its pieces it must leave room in a request of 500,000."""

_LOOK_BACK: Final = 32
"""Characters that a cut may move back so as not to part what is drawn as one."""

_JOINERS = {"\u200d", *map(chr, range(0xFE00, 0xFE10))}
_SKIN_TONES = frozenset(map(chr, range(0x1F3FB, 0x1F400)))
_TAGS = frozenset(map(chr, range(0xE0020, 0xE0080)))


def units(text: str) -> int:
    """Length in UTF-16 units. Notion's own count is not documented; this is the largest of the likely ones."""
    return len(text) + sum(1 for character in text if ord(character) > 0xFFFF)


def fit_link(link: str) -> str:
    """The link as Notion keeps it, "" when it would refuse it and the whole request with it.

    A bare host gains its slash, as Notion gives it one.
    """
    try:
        parts = urlsplit(link)
        host = parts.hostname
    except ValueError:
        return ""
    if units(link) > TEXT_LENGTH or any(character.isspace() or not character.isprintable() for character in link):
        return ""
    if parts.scheme.lower() == "mailto":
        return link if parts.path else ""
    if parts.scheme.lower() not in ("http", "https") or not host:
        return ""
    return link if parts.path or parts.query or parts.fragment else f"{link}/"


def fit_text(text: Text) -> Text:
    """The text as Notion can hold it: sound characters, valid links, at most 100 pieces of 2,000 units.

    When the pieces are too many, looks go first, then links (their address stays, in words), then the end, visibly.
    """
    if len(text.runs) <= RICH_TEXTS and all(_is_plain(run) for run in text.runs):
        return text
    sound = Text.of(*(_sound(run) for run in text.runs))
    for thinner in (sound, _without_looks(sound), _without_links(sound)):
        if sum(1 for _ in pieces(thinner)) <= RICH_TEXTS and _bytes(thinner) <= TEXT_BYTES:
            return thinner
    return _cut(_without_links(sound))


def fit_description(description: str) -> str:
    """A property's description as Notion can hold it, cut visibly."""
    if units(description) <= PROPERTY_DESCRIPTION:
        return description
    return next(split(description, PROPERTY_DESCRIPTION - 1)) + "…"


def pieces(text: Text) -> Iterator[Run]:
    """The text in runs that each fit one rich text of Notion's."""
    for run in text.runs:
        for part in split(run.text, TEXT_LENGTH):
            yield replace(run, text=part)


def split(text: str, limit: int) -> Iterator[str]:
    """Parts of at most `limit` UTF-16 units, never parting a character, and nothing drawn as one where that can be."""
    start = 0
    while start < len(text):
        end = _end(text, start, limit)
        yield text[start:end]
        start = end


def _end(text: str, start: int, limit: int) -> int:
    end, used = start, 0
    while end < len(text) and (used := used + (2 if ord(text[end]) > 0xFFFF else 1)) <= limit:
        end += 1
    if end == len(text):
        return end
    for better in range(end, max(start + 1, end - _LOOK_BACK), -1):
        if not _parts_grapheme(text, better):
            return better
    return end


def _parts_grapheme(text: str, place: int) -> bool:
    """Whether a cut here would part what is drawn as one: an approximation of Unicode's annex 29."""
    left, right = text[place - 1], text[place]
    if right in _JOINERS or right in _SKIN_TONES or right in _TAGS or left == "\u200d" or (left, right) == ("\r", "\n"):
        return True
    if unicodedata.category(right) in ("Mn", "Me", "Mc"):
        return True
    flags = 0
    while place - flags > 0 and _is_flag_half(text[place - 1 - flags]):
        flags += 1
    return flags % 2 == 1 and _is_flag_half(right)


def _is_flag_half(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"


def _is_plain(run: Run) -> bool:
    """Whether it fits and is sound for certain, as most are."""
    return run.text.isascii() and 0 < len(run.text) <= TEXT_LENGTH and not run.link


def _sound(run: Run) -> Run:
    words = run.text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return replace(run, text=words, link=fit_link(run.link) if run.link else "")


def _without_looks(text: Text) -> Text:
    return Text.of(*(Run(run.text, run.link) for run in text.runs))


def _without_links(text: Text) -> Text:
    return Text.of(*(f"{run.text} ({run.link})" if run.link else run.text for run in text.runs))


def _bytes(text: Text) -> int:
    return sum(len(run.text.encode()) for run in text.runs)


def _cut(text: Text) -> Text:
    kept: list[str] = []
    size = 0
    for piece in pieces(text):
        size += len(piece.text.encode())
        if len(kept) == RICH_TEXTS - 1 or size > TEXT_BYTES:
            break
        kept.append(piece.text)
    whole, shown = len(text.plain), sum(map(len, kept))
    return Text.of("".join(kept), f" … [{whole - shown:,} of {whole:,} characters did not fit]")
