"""The token never leaves: whatever goes to a terminal, a log or a file passes here."""

from __future__ import annotations

import logging
import re

_LOOKS_LIKE_ONE = re.compile(r"\b(?:ntn|secret)_[A-Za-z0-9]{8,}|(?<=Bearer )\S+")
_HIDDEN = "[token]"
_known: set[str] = set()


def keep_secret(token: str) -> None:
    """Remember a token that must never be shown. Very short ones would hide ordinary words and are left out."""
    if len(token) >= 6:
        _known.add(token)


def redact(text: str) -> str:
    """The text without any token in it."""
    for token in sorted(_known, key=len, reverse=True):
        text = text.replace(token, _HIDDEN)
    return _LOOKS_LIKE_ONE.sub(_HIDDEN, text)


class RedactingFormatter(logging.Formatter):
    """Formats a record, its traceback included, without any token."""

    def format(self, record: logging.LogRecord) -> str:
        return redact(super().format(record))
