"""Which headings stand over what is no work: resources, introductions, legends."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from notion_roadmap.importer.texts import plain
from notion_roadmap.importer.vocabulary import AROUND, ASIDE, LEGENDS, QUALIFIERS, TOPICAL
from notion_roadmap.importer.words import fold, folded

_BRACKETS = re.compile(r"\s*[(（\[【]([^()（）\[\]【】]{1,80})[)）\]】]")
_HAN = re.compile("[\u2e80-\uffdc]")


def is_aside(title: str) -> bool:
    """Whether nothing below a heading is work: resources, questions, licence."""
    return _speaks(title, folded(ASIDE))


def is_legend(label: str) -> bool:
    """Whether a label stands over the meaning of signs: boxes below it are no work."""
    return fold(label) in folded(LEGENDS)


def is_around(title: str) -> bool:
    """Whether what stands below a heading is work only where it has boxes: introduction, goals, tools."""
    return _speaks(title, folded(AROUND))


_JOINTS = {
    "and", "for", "of", "to", "by", "in", "on", "from", "with", "und", "für", "et", "pour", "de", "y", "para", "e",
    "per", "this", "the",
}  # fmt: skip


@lru_cache(maxsize=32768)
def _speaks(title: str, phrases: frozenset[str]) -> bool:
    """Whether a heading is one of these phrases, ends with one, or begins with one that stands apart from the rest."""
    text = _BRACKETS.sub("", plain(title[:300]))
    if fold(text) in phrases:
        return True
    head = re.split(r"[:：|]|\s[-–—]\s", text, maxsplit=1)[0]
    words = fold(head).split()
    if not words or len(words) > 7:
        return False
    for length in range(1, min(5, len(words)) + 1):
        if " ".join(words[-length:]) in phrases and (len(words) <= 4 or length > 1):
            return not _names_a_topic(words[:-length], words[-length:])
        after = words[length : length + 1]
        if " ".join(words[:length]) in phrases and (length > 2 or not after or after[0] in _JOINTS):
            return not _names_a_topic(words[length:], words[:length])
    return bool(_HAN.search(head)) and any(phrase in fold(head) for phrase in _han(phrases))


def _names_a_topic(besides: list[str], phrase: list[str]) -> bool:
    """Whether a word that may stand over anything names something to learn, with the words beside it."""
    if len(phrase) > 1 or phrase[0] not in folded(TOPICAL):
        return False
    return any(word not in folded(QUALIFIERS) for word in besides)


@cache
def _han(phrases: frozenset[str]) -> tuple[str, ...]:
    """The phrases of scripts that set no spaces between words."""
    return tuple(phrase for phrase in phrases if len(phrase) > 1 and phrase[0] > "ⷿ")
