"""Words, tables and JSON on standard output; colours on a terminal only (https://no-color.org is respected)."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from textwrap import shorten
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from rich.console import Console

_WIDTH_OFF_TERMINAL = 140
_SHOWN = 20
"""Lines of a list before it is cut."""
_LONGEST = 400
"""Characters of such a line before it is cut."""


def emit_json(value: Mapping[str, object]) -> None:
    """The one JSON object of a `--json` call."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2, default=str))


def say(words: str = "") -> None:
    """A line on standard output."""
    click.echo(words)


def note(words: str) -> None:
    """A line on standard error, for a person who watches."""
    click.echo(words, err=True)


def look(url: str, *, served: bool, heading: str = "Look") -> None:
    """Where a page is to be seen.

    Args:
        served: whether the address answers; that of the embedded workspace only does while it is served.
    """
    say(f"{heading}: {url}" if served else f"{heading}: run `notion-roadmap sandbox serve` and open {url}")


def some(heading: str, lines: Iterable[str], *, say: Callable[[str], None] = say) -> None:
    """A heading with its first lines, or nothing where there is none."""
    listed = list(lines)
    if not listed:
        return
    say(f"{heading} ({len(listed)}):")
    for line in listed[:_SHOWN]:
        say(f"  {shorten(line, _LONGEST, placeholder=' …')}")
    if len(listed) > _SHOWN:
        say(f"  … and {len(listed) - _SHOWN} more: --json has them all")


def console(*, err: bool = False) -> Console:
    """A Rich console that takes texts as they are: no markup, no emoji codes, no guessed highlights."""
    from rich.console import Console

    stream = sys.stderr if err else sys.stdout
    width = None if stream.isatty() else _WIDTH_OFF_TERMINAL
    return Console(file=stream, highlight=False, markup=False, emoji=False, width=width)


def table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """A table on standard output."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    drawn = Table(*headings, box=box.SIMPLE, pad_edge=False)
    for row in rows:
        drawn.add_row(*(Text(cell) for cell in row))
    console().print(drawn)
