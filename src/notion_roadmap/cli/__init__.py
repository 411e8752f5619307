"""The command line: one file per command, and one place where errors become a sentence and an exit code.

Nothing is imported here that a command does not need, so that `--help` and `status` answer at once.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence
from typing import Final

ALLOCATIONS: Final = 10_000
"""New values after which Python looks for circles among them. A sync of many rows makes values that it keeps: looked
through every 700, as by default, they cost a third of its time."""


def main(arguments: Sequence[str] | None = None) -> None:
    """The console script `notion-roadmap`: runs one command and leaves with its exit code."""
    from notion_roadmap.cli.app import app
    from notion_roadmap.cli.errors import run

    gc.set_threshold(ALLOCATIONS)
    sys.exit(run(app, list(sys.argv[1:] if arguments is None else arguments)))
