"""Prints requirements/run.lock: of requirements/dev.lock, what it takes to build the project and run it.

    .venv/bin/python scripts/lib/run_lock.py > requirements/run.lock

A test holds both in step.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

REPOSITORY = Path(__file__).parent.parent.parent
MACHINES = (
    {"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix"},
    {"sys_platform": "darwin", "platform_system": "Darwin", "os_name": "posix"},
    {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt"},
)
HEADING = "# Made by scripts/lib/run_lock.py out of dev.lock: what it takes to build the project and run it."


def run_lock() -> str:
    """The content of the file."""
    wanted = needed(("notion-roadmap", "hatchling"))
    blocks = re.split(r"(?m)^(?=[A-Za-z0-9])", (REPOSITORY / "requirements/dev.lock").read_text("utf-8"))
    kept = (_without_remarks(block) for block in blocks if _name(block) in wanted)
    return "\n".join((HEADING, *kept)) + "\n"


def needed(roots: Iterable[str]) -> set[str]:
    """Names of all packages that these need, on any machine, themselves included."""
    found: set[str] = set()
    open_: list[tuple[str, frozenset[str]]] = [(root, frozenset()) for root in roots]
    while open_:
        name, extras = open_.pop()
        found.add(name)
        for told in _requires(name):
            one = Requirement(told)
            key = canonicalize_name(one.name)
            if key not in found and _applies(one, extras):
                open_.append((key, frozenset(one.extras)))
    return found


def _requires(name: str) -> list[str]:
    try:
        return requires(name) or []
    except PackageNotFoundError:
        return []  # of another machine than this one: it is in the lock, and needs nothing that we could look up


def _applies(one: Requirement, extras: frozenset[str]) -> bool:
    if one.marker is None:
        return True
    return any(one.marker.evaluate({**machine, "extra": extra}) for machine in MACHINES for extra in ("", *extras))


def _name(block: str) -> str:
    return canonicalize_name(block.partition("==")[0].strip())


def _without_remarks(block: str) -> str:
    return "\n".join(line for line in block.splitlines() if line and not line.lstrip().startswith("#"))


if __name__ == "__main__":
    print(run_lock(), end="")
