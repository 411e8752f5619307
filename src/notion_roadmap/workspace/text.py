"""Rich text in our words: runs of characters with a link and a look."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Run:
    """Characters that share one link and one look. `color` is one of Notion's names, "" for the default."""

    text: str
    link: str = ""
    bold: bool = False
    italic: bool = False
    code: bool = False
    color: str = ""

    @property
    def _look(self) -> tuple[str, bool, bool, bool, str]:
        return (self.link, self.bold, self.italic, self.code, self.color)


@dataclass(frozen=True, slots=True)
class Text:
    """Rich text, normalised: no empty runs, neighbours that look alike are one. Notion merges them the same way."""

    runs: tuple[Run, ...] = ()

    @staticmethod
    def of(*parts: str | Run | Text) -> Text:
        """A text from strings, runs and texts, in order."""
        return Text(tuple(_merged(_runs(parts))))

    @property
    def plain(self) -> str:
        """The characters alone."""
        return "".join(run.text for run in self.runs)

    def __bool__(self) -> bool:
        return bool(self.runs)


EMPTY = Text()


def _runs(parts: Iterable[str | Run | Text]) -> Iterable[Run]:
    for part in parts:
        if isinstance(part, Text):
            yield from part.runs
        else:
            yield part if isinstance(part, Run) else Run(part)


def _merged(runs: Iterable[Run]) -> Iterable[Run]:
    last: Run | None = None
    for run in runs:
        if not run.text:
            continue
        if last is not None and last._look == run._look:
            last = Run(last.text + run.text, *run._look)
            continue
        if last is not None:
            yield last
        last = run
    if last is not None:
        yield last
