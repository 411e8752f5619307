"""YAML as plain data with the place of every key and value, so that each problem can say where it is.

Stricter than YAML 1.1 where its guesses surprise: dates, octal and sexagesimal numbers, aliases, tags and keys that
occur twice are refused instead of being taken for something that the author did not write.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import NamedTuple

import yaml

from notion_roadmap.templates.problems import Problem

Loc = tuple[str | int, ...]
"""The way to a value: keys and indices from the top."""

MAX_DEPTH = 40
"""Nesting of lists and mappings; a roadmap needs eight."""

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_TAG = "tag:yaml.org,2002:"
_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]*)")
_DECIMAL = re.compile(r"[-+]?[0-9]+\.[0-9]*([eE][-+]?[0-9]+)?")
_TRUE = {"yes", "true", "on"}
# https://yaml.org/spec/1.1/#c-printable, and the byte order mark that some editors leave inside a file
_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Mark(NamedTuple):
    """A place in the file, counted from 1."""

    line: int
    column: int


@dataclass
class Tree:
    """The data of a file and where each part of it stands."""

    path: str
    data: object = None
    values: dict[Loc, Mark] = field(default_factory=dict)
    keys: dict[Loc, Mark] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    refused: set[Loc] = field(default_factory=set)
    """Values that a problem names already; a later complaint about the same value would only repeat it."""

    def line(self, loc: Loc) -> int:
        """The line of a value; the first where the data did not come from a file."""
        return self.values.get(loc, Mark(1, 1)).line

    def problem(self, loc: Loc, message: str, allowed: str = "", *, at_key: bool = False) -> Problem:
        """A problem at the value of `loc` (or at its key), or at the nearest place above that exists."""
        mark = self.keys.get(loc) if at_key else None
        near = loc
        while mark is None:
            mark = self.values.get(near)
            if mark is None and not near:
                mark = Mark(1, 1)
            near = near[:-1]
        return Problem(self.path, mark.line, mark.column, dotted(loc), message, allowed)

    def note(self, loc: Loc, message: str, allowed: str = "", *, mark: Mark | None = None) -> None:
        """Keep a problem, at `mark` where the place is not that of the value."""
        found = self.problem(loc, message, allowed)
        self.problems.append(replace(found, line=mark.line, column=mark.column) if mark else found)

    def refuse(self, loc: Loc, message: str, allowed: str = "", *, mark: Mark | None = None) -> None:
        """Keep a problem that makes every later complaint about the same value superfluous."""
        self.note(loc, message, allowed, mark=mark)
        self.refused.add(loc)


def dotted(loc: Loc) -> str:
    """`("phases", 0, "title")` as `phases[0].title`."""
    text = ""
    for part in loc:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text


def read_tree(path: str, content: bytes) -> Tree:
    """The data of a YAML file with its places; what is wrong with it as YAML stands in `problems`."""
    tree = Tree(path)
    text = _decoded(tree, content)
    if text is None:
        return tree
    try:
        aliases = list(_aliases(text))
        node = yaml.compose(text, Loader=_LOADER)
    except _TooDeep as error:
        tree.refuse(
            (), f"nested deeper than {MAX_DEPTH} levels", "lists and mappings a few levels deep", mark=error.mark
        )
        return tree
    except yaml.MarkedYAMLError as error:
        _note_syntax(tree, text, error)
        return tree
    if not isinstance(node, yaml.MappingNode):
        what = "is empty" if node is None else "is not a mapping"
        tree.refuse((), f"the file {what}", "keys and values: `key: …`, `title: …`, `phases: …`")
        return tree
    tree.data = _Builder(tree, aliases).whole(node)
    return tree


def _decoded(tree: Tree, content: bytes) -> str | None:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # The codec counts from behind the byte order mark.
        before = content.removeprefix(b"\xef\xbb\xbf")[: error.start].decode("utf-8")
        bad = error.object[error.start]
        tree.refuse((), f"the byte 0x{bad:02x} is not UTF-8", "a file saved as UTF-8", mark=_end(before))
        return None
    if bad_character := _UNPRINTABLE.search(text):
        code = ord(bad_character[0])
        message = f"the control character U+{code:04X} is not allowed in YAML"
        tree.refuse((), message, "printable text", mark=_end(text[: bad_character.start()]))
        return None
    return text


def _end(text: str) -> Mark:
    return Mark(text.count("\n") + 1, len(text) - (text.rfind("\n") + 1) + 1)


def _aliases(text: str) -> Iterator[tuple[Mark, str]]:
    """The places and names of all aliases. It comes first, and without recursion, because composing recurses in C."""
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH:
            raise _TooDeep(_mark(event))
        if isinstance(event, yaml.AliasEvent):
            yield _mark(event), str(event.anchor)


def _mark(part: yaml.Event | yaml.Node) -> Mark:
    assert part.start_mark is not None  # parsers always set it; only hand-made events and nodes go without
    return Mark(part.start_mark.line + 1, part.start_mark.column + 1)


def _note_syntax(tree: Tree, text: str, error: yaml.MarkedYAMLError) -> None:
    place = error.problem_mark or error.context_mark
    mark = Mark(place.line + 1, place.column + 1) if place else Mark(1, 1)
    message = f"not YAML: {' '.join(filter(None, (error.context, error.problem)))}"
    lines = text.splitlines()
    tabbed = mark.line <= len(lines) and "\t" in lines[mark.line - 1]
    tree.refuse((), message, "spaces for indentation, never tabs" if tabbed else "", mark=mark)


class _TooDeep(Exception):
    def __init__(self, mark: Mark) -> None:
        self.mark = mark
        super().__init__()


class _Builder:
    """Nodes to data. A node that is met twice is an alias: refused, so the work is linear in the size of the file."""

    def __init__(self, tree: Tree, aliases: list[tuple[Mark, str]]) -> None:
        self._tree = tree
        self._aliases = aliases
        self._seen: set[int] = set()
        self._aliased: list[Loc] = []

    def whole(self, node: yaml.MappingNode) -> object:
        """The data of the file; aliases are named at last, all of them."""
        data = self.build(node, ())
        self._name_aliases()
        return data

    def build(self, node: yaml.Node, loc: Loc) -> object:
        self._tree.values[loc] = _mark(node)
        if id(node) in self._seen:
            self._aliased.append(loc)
            return None
        self._seen.add(id(node))
        if isinstance(node, yaml.ScalarNode):
            return self._scalar(node, loc)
        if isinstance(node, yaml.SequenceNode):
            self._check_tag(node, "seq", loc)
            return [self.build(child, (*loc, index)) for index, child in enumerate(node.value)]
        return self._mapping(node, loc)

    def _mapping(self, node: yaml.Node, loc: Loc) -> dict[str, object]:
        self._check_tag(node, "map", loc)
        data: dict[str, object] = {}
        for key_node, value_node in node.value:
            mark = _mark(key_node)
            if not isinstance(key_node, yaml.ScalarNode):
                self._tree.refuse(loc, "a key must be a word", mark=mark)
                continue
            key = key_node.value
            if key in data:
                first = self._tree.keys[*loc, key].line
                self._tree.note((*loc, key), f"the key {key!r} stands twice, first in line {first}", mark=mark)
                continue
            self._tree.keys[*loc, key] = mark
            data[key] = self.build(value_node, (*loc, key))
        return data

    def _scalar(self, node: yaml.ScalarNode, loc: Loc) -> object:
        text = str(node.value)
        kind = node.tag.removeprefix(_TAG)
        if kind == "null":
            return None
        if kind == "bool":
            return text.lower() in _TRUE
        if kind == "int" and _INTEGER.fullmatch(text) and len(text) < 19:
            return int(text)
        if kind == "float" and _DECIMAL.fullmatch(text):
            return float(text)
        if kind in ("int", "float", "timestamp"):
            what = "a date" if kind == "timestamp" else "a number of an unusual kind"
            self._tree.refuse(loc, f"YAML reads {text[:60]} as {what}", "the text in quotes, or a plain decimal number")
        elif kind not in ("str", "value", "merge"):
            self._tree.refuse(loc, f"the tag {node.tag} is not allowed", "plain YAML without tags")
        return text

    def _check_tag(self, node: yaml.Node, expected: str, loc: Loc) -> None:
        if node.tag != f"{_TAG}{expected}":
            self._tree.refuse(loc, f"the tag {node.tag} is not allowed", "plain YAML without tags")

    def _name_aliases(self) -> None:
        # A node does not know where it is referred to; the aliases were found in the same order. Those that stand in
        # a key, or under a key that occurs twice, have no location.
        matched = len(self._aliased) == len(self._aliases)
        for index, (mark, anchor) in enumerate(self._aliases):
            loc = self._aliased[index] if matched else ()
            self._tree.note(loc, f"the alias *{anchor} is not allowed", "the value itself", mark=mark)
        self._tree.refused.update(self._aliased)
