"""One text as YAML: plain where it stands for itself, in quotes where it does not, in a block where it is long.

Whatever is written is read back as the same text by YAML 1.1 and 1.2 readers alike: what either takes for a number, a
date or a truth value is quoted (https://yaml.org/type/, https://yaml.org/spec/1.2.2/#103-core-schema).
"""

from __future__ import annotations

import json
import re

import yaml

WIDTH = 120
"""Columns that a line may have before a text is folded."""

_FOLDED = 100
"""Columns of the lines of a folded text."""

_SPECIAL = re.compile("[^\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
"""What cannot stand in YAML as it is, would be read as a line break, or is not seen to be there (a tab)."""

_SPECIAL_IN_BLOCK = re.compile(_SPECIAL.pattern.replace("\n", "\t\n", 1))

_NUMERIC = re.compile(r"[-+.]?[0-9][0-9a-zA-Z_.,:+-]*")
_NOT_FIRST = frozenset("-?:,[]{}#&*!|>'\"%@`=~ \xa0")
_RESOLVERS = yaml.SafeLoader.yaml_implicit_resolvers


def scalar(value: str | float | None, indent: int, column: int) -> tuple[str, tuple[str, ...]]:
    """A value as it stands behind its key or hyphen, and the lines of a block that follow.

    Args:
        indent: columns before the lines of a block.
        column: where the value begins.
    """
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value], ()
    if not isinstance(value, str):
        return _number(value), ()
    if "\n" in value and _fits_a_block(value):
        return _literal(value, indent)
    if column + len(value) > WIDTH and _can_be_folded(value):
        return ">-", tuple(" " * indent + line for line in _filled(value, _FOLDED - indent))
    return (value if _is_plain(value) else _quoted(value)), ()


def comment(words: str) -> str:
    """Words as they can stand in a comment: one line, nothing that YAML refuses."""
    return _SPECIAL.sub("\N{REPLACEMENT CHARACTER}", " ".join(words.split()))


def _number(value: float) -> str:
    text = repr(value)
    # YAML 1.1 knows `1.0e+16` as a number, and `1e+16` as a text.
    return text.replace("e", ".0e") if "e" in text and "." not in text else text


def _is_plain(text: str) -> bool:
    if not text or text[0] in _NOT_FIRST or text[-1] in " :\xa0" or text.startswith("..."):
        return False
    if ": " in text or " #" in text or "\n" in text or _SPECIAL.search(text) or _NUMERIC.fullmatch(text):
        return False
    candidates = (*_RESOLVERS.get(text[0], ()), *_RESOLVERS.get(None, ()))
    return not any(pattern.match(text) for _, pattern in candidates)


def _quoted(text: str) -> str:
    """In double quotes. JSON's escapes are YAML's; what JSON leaves as it is and YAML does not is escaped besides."""
    return _SPECIAL.sub(_escaped, json.dumps(text, ensure_ascii=False))


def _escaped(found: re.Match[str]) -> str:
    return f"\\u{ord(found[0]):04x}"


def _fits_a_block(text: str) -> bool:
    """Whether a literal block shows it: what it ends with must be seen."""
    return bool(text.removesuffix("\n").rsplit("\n", 1)[-1].strip()) and not _SPECIAL_IN_BLOCK.search(text)


def _literal(text: str, indent: int) -> tuple[str, tuple[str, ...]]:
    # A reader finds the indentation in the first line, unless that is empty or begins with a space or a tab.
    hint = "2" if text[0] in " \t\n" else ""
    chomped = "" if text.endswith("\n") else "-"
    lines = text.removesuffix("\n").split("\n")
    return f"|{hint}{chomped}", tuple(" " * indent + line if line else "" for line in lines)


def _can_be_folded(text: str) -> bool:
    """Whether its lines can be broken at single spaces, and only there."""
    return " " in text and text == text.strip() and "  " not in text and "\n" not in text and not _SPECIAL.search(text)


def _filled(text: str, width: int) -> list[str]:
    lines = [""]
    for word in text.split(" "):
        if lines[-1] and len(lines[-1]) + 1 + len(word) > max(width, 40):
            lines.append(word)
        else:
            lines[-1] += f" {word}" if lines[-1] else word
    return lines
