"""What can be wrong with a template, said so that its author can mend it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import islice

from notion_roadmap.errors import UserError


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that is wrong, and where.

    Args:
        path: the file, or the name of a bundled template.
        line, column: counted from 1.
        field: the path of the field, such as `phases[0].tasks[2].priority`; "" for the file as a whole.
        message: what is wrong.
        allowed: what would be right; "" where the message says it already.
    """

    path: str
    line: int
    column: int
    field: str
    message: str
    allowed: str = ""

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}:{self.column}: "
        field = f"{self.field}: " if self.field else ""
        allowed = f" (allowed: {self.allowed})" if self.allowed else ""
        return f"{place}{field}{self.message}{allowed}"


class TemplateError(UserError):
    """A template cannot be used."""


class TemplateNotFound(TemplateError):
    """There is no such bundled template, and no such file."""

    def __init__(self, name: str, bundled: Iterable[str]) -> None:
        self.name = name
        self.bundled = tuple(sorted(bundled))
        close = did_you_mean(name, self.bundled).removeprefix("; d")
        guess = f"D{close} " if close else ""
        super().__init__(
            f"There is no template {name!r}",
            hint=f"{guess}Give the path of a YAML file or a bundled name: {', '.join(self.bundled)}.",
        )


class TemplateUnreadable(TemplateError):
    """The file is there, but it cannot be read."""

    def __init__(self, path: str, reason: str) -> None:
        self.path = path
        super().__init__(f"The template {path} cannot be read: {reason}", hint="Give the path of a YAML file.")


class TemplateInvalid(TemplateError):
    """The file was read, and something in it is wrong; `problems` names everything, in the order of the file."""

    noun = "template"
    """What the file is."""
    again = "notion-roadmap template validate {path}"
    """What to type when it is mended."""

    def __init__(self, path: str, problems: Iterable[Problem]) -> None:
        self.path = path
        self.problems = tuple(sorted(problems))
        count = "a problem" if len(self.problems) == 1 else f"{len(self.problems)} problems, the first"
        super().__init__(
            f"The {self.noun} {path} has {count} in line {self.problems[0].line}: {self._first()}",
            hint=f"Mend the {self.noun}, then: {self.again.format(path=path)}",
        )

    def _first(self) -> str:
        first = self.problems[0]
        return f"{first.field}: {first.message}" if first.field else first.message


class OverlayInvalid(TemplateInvalid):
    """An overlay is wrong."""

    noun = "overlay"
    again = "the same command again"


_COMPARED = 200
"""Names that a misspelt one is compared with: comparing is slow, and nobody reads on after as many."""


def did_you_mean(given: str, known: Iterable[str]) -> str:
    """A suggestion to follow a message: `; did you mean 'x'?`, or nothing when nothing is close."""
    folded = {name.casefold(): name for name in islice(known, _COMPARED)}
    close = get_close_matches(given[:200].casefold(), list(folded), n=1, cutoff=0.6)
    return f"; did you mean {folded[close[0]]!r}?" if close else ""


def listed(known: Iterable[str]) -> str:
    """Names for `allowed`, the first thirty of them."""
    names = list(known)
    return ", ".join(names[:30]) + (f", and {len(names) - 30} more" if len(names) > 30 else "")
