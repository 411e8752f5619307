"""Template data → YAML that a person likes to edit.

Written by hand rather than by a library: PyYAML writes no comments, and what ruamel.yaml writes is YAML 1.2, in which
`No` is a text, while templates are read as YAML 1.1, where it is not; with 10,000 tasks it also takes six seconds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from notion_roadmap.roadmap import Roadmap
from notion_roadmap.templates.fields import TOP, Models, below, fields
from notion_roadmap.templates.scalars import comment, scalar
from notion_roadmap.templates.tree import Loc

_APART = {("phases", "*"), ("phases", "*", "tasks", "*")}
"""Entries that an empty line goes before."""


@dataclass(frozen=True, slots=True)
class Comments:
    """What is said beside the data, by location: `("phases", 0, "tasks", 2, "category")`.

    Args:
        head: the first lines of the file.
        above: lines before the key or the entry.
        beside: words at the end of the line of a key; for an entry, of its first line.
        foot: the last lines of the file.
    """

    head: Sequence[str] = ()
    above: Mapping[Loc, Sequence[str]] = field(default_factory=dict)
    beside: Mapping[Loc, str] = field(default_factory=dict)
    foot: Sequence[str] = ()


def template_data(roadmap: Roadmap) -> dict[str, Any]:
    """A roadmap in the shape of a template file: what is as it always is is left out."""
    return roadmap.model_dump(mode="json", exclude_defaults=True)


def write_template(data: Mapping[str, Any], comments: Comments | None = None) -> str:
    """The text of a template file: fields in the order of the model, comments where they belong.

    Whatever the texts hold, reading it again gives the same data (whole numbers below 10^18).
    """
    said = comments or Comments()
    writer = _Writer(said)
    body = "\n".join(writer.mapping(data, TOP, (), 0))
    head, foot = ("\n".join(_comment_lines(lines, 0)) for lines in (said.head, said.foot))
    return "\n\n".join(part for part in (head, body.strip("\n"), foot) if part) + "\n"


def _comment_lines(lines: Iterable[str], indent: int) -> Iterator[str]:
    for line in lines:
        yield f"{' ' * indent}# {comment(line)}".rstrip()


class _Writer:
    """Lines, each by the rule of its place."""

    def __init__(self, comments: Comments) -> None:
        self._comments = comments

    def mapping(self, data: Mapping[str, Any], models: Models, loc: Loc, indent: int) -> Iterator[str]:
        """The lines of a mapping."""
        for name in _in_order(data, models):
            here = (*loc, name)
            if not loc and isinstance(data[name], Mapping | list):
                yield ""
            yield from _comment_lines(self._comments.above.get(here, ()), indent)
            yield from self._value(f"{name}:", data[name], below(models, name), here, indent)

    def _value(self, lead: str, value: Any, models: Models, loc: Loc, indent: int) -> Iterator[str]:
        """A key or a hyphen with what it holds; `indent` is that of the key or the hyphen."""
        margin = " " * indent
        if isinstance(value, Mapping) and value:
            yield self._with_comment(f"{margin}{lead}", loc)
            yield from self.mapping(value, models, loc, indent + 2)
        elif isinstance(value, list | tuple) and value:
            yield self._with_comment(f"{margin}{lead}", loc)
            for index, entry in enumerate(value):
                yield from self._entry(entry, models, (*loc, index), indent + 2)
        elif isinstance(value, Mapping | list | tuple):
            yield self._with_comment(f"{margin}{lead} {'{}' if isinstance(value, Mapping) else '[]'}", loc)
        else:
            first, block = scalar(value, indent + 2, indent + len(lead) + 1)
            yield self._with_comment(f"{margin}{lead} {first}", loc)
            yield from block

    def _entry(self, entry: Any, models: Models, loc: Loc, indent: int) -> Iterator[str]:
        if _pattern(loc) in _APART and loc[-1] != 0:
            yield ""
        yield from _comment_lines(self._comments.above.get(loc, ()), indent)
        if not isinstance(entry, Mapping) or not entry:
            yield from self._value("-", entry, models, loc, indent)
            return
        first = True
        for line in self.mapping(entry, models, loc, indent + 2):
            if first and not line.lstrip().startswith("#"):
                first = False
                yield self._with_comment(f"{' ' * indent}- {line[indent + 2 :]}", loc)
            else:
                yield line

    def _with_comment(self, line: str, loc: Loc) -> str:
        words = self._comments.beside.get(loc)
        return f"{line}  # {comment(words)}" if words else line


def _in_order(data: Mapping[str, Any], models: Models) -> list[str]:
    known = [name for name in fields(models) if name in data]
    return known if len(known) == len(data) else [*known, *(name for name in data if name not in known)]


def _pattern(loc: Loc) -> tuple[str, ...]:
    return tuple("*" if isinstance(part, int) else part for part in loc)
