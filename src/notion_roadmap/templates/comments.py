"""The comments of a YAML file, and which of its parts each of them is about."""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml

from notion_roadmap.templates.tree import Loc, Tree
from notion_roadmap.templates.write import Comments

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_COMMENT = re.compile(r"(?:^|(?<=\s))#.*$")


def read_comments(tree: Tree, content: bytes) -> Comments:
    """Every comment of a file without problems.

    The lines before the first empty one are the head if nothing but comments stands there; a comment at the end of a
    line is about its key or entry, one on lines of its own about what follows; what nothing follows is the foot.
    """
    said = dict(_comments(content.decode("utf-8-sig").replace("\r\n", "\n")))
    head = _head(said, content)
    owners = _owners(tree)
    above: dict[Loc, tuple[str, ...]] = {}
    beside: dict[Loc, str] = {}
    waiting: list[str] = []
    for line in sorted({*said, *owners} - set(range(1, len(head) + 1))):
        alone, words = said.get(line, (False, ""))
        if alone:
            waiting.append(words)
        elif line in owners:
            entry, key = owners[line]
            if waiting:
                above[entry] = tuple(waiting)
                waiting = []
            if words:
                beside[key] = words
    return Comments(head, above, beside, tuple(waiting))


def _comments(text: str) -> Iterator[tuple[int, tuple[bool, str]]]:
    """The number of each line with a comment, whether nothing else stands there, and its words."""
    for number, line in enumerate(_masked(text), 1):
        if found := _COMMENT.search(line):
            yield number, (not line[: found.start()].strip(), found[0].removeprefix("#").strip())


def _masked(text: str) -> list[str]:
    """The lines with every text struck out, so that what looks like a comment is one."""
    lines = text.split("\n")
    for token in yaml.scan(text, Loader=_LOADER):
        if not isinstance(token, yaml.ScalarToken):
            continue
        first, last = token.start_mark, token.end_mark
        in_block = token.style in ("|", ">")  # its own line may end with a comment
        for number in range(first.line + in_block, min(last.line + 1, len(lines))):
            begin = first.column if number == first.line else 0
            end = last.column if number == last.line else len(lines[number])
            lines[number] = lines[number][:begin] + "x" * (end - begin) + lines[number][end:]
    return lines


def _head(said: dict[int, tuple[bool, str]], content: bytes) -> tuple[str, ...]:
    lines = content.splitlines()
    size = next((at for at in range(len(lines)) if at + 1 not in said or not said[at + 1][0]), 0)
    is_head = 0 < size < len(lines) and not lines[size].strip()
    return tuple(said[at][1] for at in range(1, size + 1)) if is_head else ()


def _owners(tree: Tree) -> dict[int, tuple[Loc, Loc]]:
    """By line, what a comment above it is about, and what one at its end is about."""
    owners: dict[int, tuple[Loc, Loc]] = {}
    for loc, mark in tree.values.items():
        if loc and isinstance(loc[-1], int):
            owners.setdefault(mark.line, (loc, loc))
    for loc, mark in tree.keys.items():
        outer = owners.get(mark.line)
        owners[mark.line] = (outer[0], loc) if outer else (loc, loc)
    return owners
