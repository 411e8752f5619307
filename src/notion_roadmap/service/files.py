"""Files that belong to the user: never lost, never half written."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

from notion_roadmap.errors import UserError


class FileExists(UserError):
    """A file would be overwritten."""

    def __init__(self, path: Path, hint: str) -> None:
        self.path = path
        super().__init__(f"{path} is there already", hint=hint)


def write_whole(path: Path, text: str, *, mode: int | None = None) -> None:
    """Write a file as a whole or not at all.

    Args:
        mode: its rights; None leaves those of a file that is there, and gives a new one the usual ones.

    Raises OSError; then whatever was there is as it was.
    """
    target = path.resolve()
    target.parent.mkdir(parents=True, exist_ok=True)
    if mode is None:
        mode = target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask()
    # A file made by mkstemp is readable by its owner alone from its first moment.
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f"{target.name}.")
    fresh = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        fresh.chmod(mode)
        fresh.replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            fresh.unlink()
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
