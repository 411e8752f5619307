"""Identifiers as Notion makes them, and how they are read."""

from __future__ import annotations

import re
from functools import lru_cache
from random import Random
from urllib.parse import quote, unquote

_UUID = re.compile(
    r"^([0-9a-f]{8})-?([0-9a-f]{4})-?([1-8][0-9a-f]{3})-?([089ab][0-9a-f]{3})-?([0-9a-f]{12})$", re.IGNORECASE
)
_NIL = re.compile(r"^0{8}-?0{4}-?0{4}-?0{4}-?0{12}$")
_PROPERTY_ALPHABET = [chr(code) for code in range(0x3A, 0x7F)]
_TAGS = {"data_source": "000b", "view": "000c", "file_upload": "00b2", "discussion": "001c", "comment": "001d"}


def parse(text: object) -> str | None:
    """The dashed, lower-case form of an id with or without dashes; None when it is no id.

    Notion checks the version and variant nibbles, but accepts the all-zero id.
    """
    if not isinstance(text, str):
        return None
    found = _UUID.match(text)
    if found:
        return "-".join(found.groups()).lower()
    return "00000000-0000-0000-0000-000000000000" if _NIL.match(text) else None


class IdMaker:
    """Makes ids from one stream of random numbers, so that a seed gives the same ids again."""

    def __init__(self, random: Random, workspace_id: str) -> None:
        self._random = random
        self._tail = workspace_id[9:13]

    def random_id(self) -> str:
        """A version 4 id: databases, their first data source and view, requests, options."""
        digits = f"{self._random.getrandbits(128):032x}"
        variant = "89ab"[int(digits[16], 16) % 4]
        return f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-{variant}{digits[17:20]}-{digits[20:]}"

    def object_id(self, kind: str, day: int) -> str:
        """A version 8 id as pages, blocks, later data sources, views and comments carry it; `day` since 1970."""
        digits = f"{self._random.getrandbits(72):018x}"
        prefix = f"{(0x38000000 + day * 0x1000) & 0xFFFFFFFF:08x}"
        node = _TAGS.get(kind, digits[6:10]) + digits[10:18]
        variant = "89ab"[int(digits[2], 16) % 4]
        return f"{prefix}-{self._tail}-81{digits[:2]}-{variant}{digits[3:6]}-{node}"

    def property_id(self, taken: object) -> str:
        """Four characters from `:` to `~`, decoded, unlike any of `taken` (a container)."""
        while True:
            made = "".join(self._random.choice(_PROPERTY_ALPHABET) for _ in range(4))
            if made not in taken:  # type: ignore[operator]
                return made

    def cursor(self) -> str:
        """The short cursor that property items use."""
        return "".join(
            self._random.choice("ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz0123456789") for _ in range(6)
        )


@lru_cache(maxsize=8192)
def encode_property(id_: str) -> str:
    """A property's id as answers show it."""
    return quote(id_, safe="")


def decode_property(id_: str) -> str:
    """A property's id as the state keeps it; twice-encoded ids are undone once."""
    return unquote(id_)


def slug(title: str, id_: str) -> str:
    """The last part of a page's address: words of the title, then the undashed id."""
    words = re.sub(r"[^\w]+", "-", title, flags=re.UNICODE).strip("-")[:60].strip("-")
    bare = id_.replace("-", "")
    return f"{words}-{bare}" if words else bare
