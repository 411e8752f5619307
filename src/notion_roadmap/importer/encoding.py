"""From the bytes of a file to the text that its author wrote, also where a program in between has spoiled it.

The damage that is met: UTF-8 that was read as Mac Roman or as Windows-1252 and saved again ("mojibake"). The whole text
is looked at first; where only stretches of it are damaged, only those are mended. Sound text is never changed: what
could have been meant as it stands is left as it stands.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from typing import NamedTuple

from notion_roadmap.importer.errors import DocumentBinary, DocumentTooLarge

MAX_BYTES = 10_000_000
"""Bytes of a document: ten times the longest roadmap that anybody would read."""

MAX_CONTROLS = 0.02
"""The share of control characters above which a file is no text."""


class Decoded(NamedTuple):
    """The text of a file; `repaired` says what was done to it, None if nothing was."""

    text: str
    repaired: str | None


def decode(source: bytes, name: str) -> Decoded:
    """Read the bytes of a document.

    Raises:
        DocumentTooLarge: more than `MAX_BYTES`.
        DocumentBinary: it is no text.
    """
    if len(source) > MAX_BYTES:
        raise DocumentTooLarge(name, len(source), MAX_BYTES)
    text, how = _characters(source)
    controls = sum(map(text.count, _CONTROLS))
    if controls > MAX_CONTROLS * len(text):
        raise DocumentBinary(name)
    mended, damage = repair(text)
    return Decoded(mended, " and ".join(filter(None, (how, damage))) or None)


_CONTROLS = [chr(code) for code in (*range(9), 11, *range(14, 27), *range(28, 32), 127)]


def _characters(source: bytes) -> tuple[str, str | None]:
    for mark, codec in _MARKS:
        if source.startswith(mark):
            text = source[len(mark) :].decode(codec, "replace")
            return text, None if codec == "utf-8" else f"{codec.upper()} was read"
    if wide := _wide(source):
        return source.decode(wide, "replace"), f"{wide.upper()} was read"
    try:
        return source.decode("utf-8"), None
    except UnicodeDecodeError:
        return source.decode("utf-8", _FALLBACK), "bytes that are not UTF-8 were read as Windows-1252"


def _wide(source: bytes) -> str | None:
    """UTF-16 without a mark: of most characters one byte is zero, always the same one."""
    beginning = source[:4000]
    even, odd = beginning[::2].count(0), beginning[1::2].count(0)
    if max(even, odd) * 4 < len(beginning) or min(even, odd) * 20 > len(beginning) or len(source) % 2:
        return None
    return "utf-16-be" if even > odd else "utf-16-le"


_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_FALLBACK = "notion_roadmap.importer.windows"


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeDecodeError)  # the handler is only ever asked to decode
    wrong = error.object[error.start : error.end]
    return "".join(_WINDOWS.signs[byte] for byte in wrong), error.end


class _CodePage:
    """The character of every byte; bytes that a code page leaves undefined are the control characters of Latin-1."""

    def __init__(self, name: str, codec: str) -> None:
        self.name = name
        self.signs = [bytes([byte]).decode(codec, "ignore") or chr(byte) for byte in range(256)]
        self.codes = {sign: byte for byte, sign in enumerate(self.signs)}
        rest = f"[{re.escape(''.join(self.signs[0x80:0xC0]))}]"
        two, three, four = (re.escape(self.signs[byte]) for byte in (0xE2, 0xEF, 0xF0))
        self.stretch = re.compile(f"[{two}{three}]{rest}{{1,2}}|{four}{rest}{{3}}")

    def bytes_of(self, text: str) -> bytes | None:
        """The bytes of a text, None where a character has none."""
        try:
            return bytes([self.codes[sign] for sign in text])
        except KeyError:
            return None


_WINDOWS = _CodePage("Windows-1252", "cp1252")
_DAMAGE = (_CodePage("Mac Roman", "mac_roman"), _WINDOWS)
codecs.register_error(_FALLBACK, _as_windows)

# Bytes that Windows-1252 leaves undefined (81 8D 8F 90 9D) are dropped by many programs. Only what stands alone in the
# end can be told again: the cross and the heart, the closing quotation mark, the sign that makes a picture of a symbol.
_LOST = (
    (re.compile(rb"\xe2(?=[\x8c\xa4](?![\x80-\xbf]))"), b"\xe2\x9d"),
    (re.compile(rb"\xe2\x80(?![\x80-\xbf])"), b"\xe2\x80\x9d"),
    (re.compile(rb"\xef\xb8(?![\x80-\xbf])"), b"\xef\xb8\x8f"),
)


def repair(text: str) -> tuple[str, str | None]:
    """The text as it was before it was read in the wrong code page, and which one it was; None for a sound text."""
    if text.isascii():
        return text, None
    for page in _DAMAGE:
        whole = _whole(text, page)
        if whole is not None and whole != text:
            return whole, f"UTF-8 that was once read as {page.name} was restored"
    found: list[str] = []
    for page in _DAMAGE:
        mended = page.stretch.sub(_mender(page), text)
        if mended != text:
            found.append(page.name)
        text = mended
    return text, f"UTF-8 that was once read as {' and '.join(found)} was restored" if found else None


def _whole(text: str, page: _CodePage) -> str | None:
    """The whole text, if all of it is damaged."""
    raw = page.bytes_of(text)
    if raw is None:
        return None
    for candidate in (raw, _with_lost(raw)):
        try:
            mended = candidate.decode("utf-8")
        except UnicodeDecodeError:
            continue
        return mended if _is_meant(mended) else None
    return None


def _with_lost(raw: bytes) -> bytes:
    for pattern, whole in _LOST:
        raw = pattern.sub(whole, raw)
    return raw


def _is_meant(mended: str) -> bool:
    """Whether a text is what its author meant, and not something that two sound characters happen to make."""
    strange = [sign for sign in mended if sign > "\x7f"]
    sure = any(_is_sure(sign) or sign <= "ÿ" for sign in strange)
    return sure or (len(strange) >= 3 and all(sign.isalpha() for sign in strange))


def _is_sure(sign: str) -> bool:
    """Punctuation, arrows, symbols and emoji: what is damaged in nearly every damaged document."""
    return "\u2000" <= sign <= "\u2bff" or sign == "\ufe0f" or "\U0001f000" <= sign <= "\U0001faff"


def _mender(page: _CodePage) -> Callable[[re.Match[str]], str]:
    def mend(found: re.Match[str]) -> str:
        raw = page.bytes_of(found[0])
        assert raw is not None  # the pattern is made of the table
        try:
            mended = _with_lost(raw).decode("utf-8")
        except UnicodeDecodeError:
            return found[0]
        return mended if all(map(_is_sure, mended)) else found[0]

    return mend
