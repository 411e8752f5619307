"""The command line: one file per command, and one place where errors become a sentence and an exit code.

Nothing is imported here that a command does not need, so that `--help` and `status` answer at once.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> None:
    """The console script `notion-roadmap`: runs one command and leaves with its exit code."""
    from notion_roadmap.cli.app import app
    from notion_roadmap.cli.errors import run

    sys.exit(run(app, list(sys.argv[1:] if arguments is None else arguments)))
