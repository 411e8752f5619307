"""Writing settings into a `.env` file: whole or not at all, for its owner's eyes only, other lines untouched."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from dotenv.parser import parse_stream

from notion_roadmap.service.files import write_whole

_PLAIN = re.compile(r"[A-Za-z0-9_@%+=:,./?&~-]*")
_MODE = 0o600


def write_env(path: Path, values: Mapping[str, str]) -> None:
    """Set these names in the file, where they stand or at its end. Raises OSError; then the file is as it was."""
    write_whole(path, _merged(path.resolve(), values), mode=_MODE)


def _merged(path: Path, values: Mapping[str, str]) -> str:
    waiting = dict(values)
    parts: list[str] = []
    if path.exists():
        with path.open(encoding="utf-8", newline="") as file:
            for binding in parse_stream(file):
                if binding.key in values:
                    # The last one of a name wins when it is read, so a second one must not survive.
                    if binding.key in waiting:
                        parts.append(_lead(binding.original.string) + _line(binding.key, waiting.pop(binding.key)))
                else:
                    parts.append(binding.original.string)
    content = "".join(parts)
    if content and not content.endswith("\n"):
        content += "\n"
    return content + "".join(_line(name, value) for name, value in waiting.items())


def _lead(original: str) -> str:
    """The empty lines and blanks that dotenv counts to the binding after them."""
    return original[: len(original) - len(original.lstrip())]


def _line(name: str, value: str) -> str:
    if _PLAIN.fullmatch(value):
        return f"{name}={value}\n"
    escaped = value.replace("\\", "\\\\").replace("'", "\\'")
    return f"{name}='{escaped}'\n"
