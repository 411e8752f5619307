"""An overlay: decisions made by hand, kept apart from what they are laid over, in the shape of a template.

Mappings merge deep. A list whose entries have a name (`key`, `role`, `name` or `title`) merges by it: an entry that is
there changes, one that is not must be whole and is put at the end, or where its `before:` or `after:` says; one with
`remove: true` goes. Every other list and value replaces what was there; `null` takes a field away. Before all that,
`rename:` at the top gives things other keys: `the-key-that-was-given: the-key-it-has`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import Any

from notion_roadmap.templates.fields import TOP, Models, below, fields, required
from notion_roadmap.templates.problems import OverlayInvalid, Problem, did_you_mean, listed
from notion_roadmap.templates.tree import Loc, Tree, read_tree

Data = dict[str, Any]

_NAMES = ("key", "role", "name", "title")
"""What an entry is known by: the first of these that it has."""

_WORDS = ("before", "after", "remove")
"""What an entry may say about itself besides the fields of a template."""

_RENAME = "rename"
"""What an overlay may say at its top besides the fields of a template."""

_REFERENCES = ("key", "active_in", "phase", "kpi", "habit", "pick_one")
"""The fields that hold the key of a thing."""


def read_overlay(path: str, content: bytes) -> Tree:
    """An overlay in the content of a YAML file; `path` is how problems call it. An empty one changes nothing.

    Raises OverlayInvalid, with every problem, when it is not YAML or not a mapping.
    """
    tree = read_tree(path, content)
    if tree.data is None and not _says_something(content):
        return Tree(path, {})
    if tree.problems:
        raise OverlayInvalid(path, tree.problems)
    return tree


def _says_something(content: bytes) -> bool:
    return any(line.strip() and not line.lstrip().startswith(b"#") for line in content.splitlines())


def merged(data: Mapping[str, Any], overlay: Tree) -> Data:
    """Template data with an overlay laid over it; neither is changed.

    Raises:
        OverlayInvalid: an entry matches nothing and is not whole, a field is unknown, and the like: everything that
            is wrong with the overlay, with its line and path.
    """
    merge = _Merge(overlay)
    over = {name: value for name, value in _said(overlay).items() if name != _RENAME}
    result = merge.mapping(data, over, TOP, ())
    if merge.problems:
        raise OverlayInvalid(overlay.path, merge.problems)
    return result


def renamed(data: Mapping[str, Any], overlay: Tree) -> Data:
    """Template data with the keys that an overlay's `rename` gives; a thing that has its new key already keeps it.

    Raises:
        OverlayInvalid: `rename` is no mapping of keys, or says a key that nothing has.
    """
    names = _said(overlay).get(_RENAME, {})
    if not isinstance(names, Mapping) or not all(isinstance(name, str) for name in names.values()):
        problem = overlay.problem((_RENAME,), "is no mapping of keys", "the-key-that-was-given: the-key-it-has")
        raise OverlayInvalid(overlay.path, [problem])
    known = set(_keys(data))
    unknown = [
        overlay.problem((_RENAME, old), f"nothing has the key {old!r}{did_you_mean(old, known)}", "", at_key=True)
        for old, new in names.items()
        if old not in known and new not in known
    ]
    if unknown:
        raise OverlayInvalid(overlay.path, unknown)
    result: Data = _with_keys(data, names)
    return result


def _said(overlay: Tree) -> Mapping[str, Any]:
    return overlay.data if isinstance(overlay.data, Mapping) else {}


def _keys(value: object) -> Iterator[str]:
    if isinstance(value, Mapping):
        if isinstance(value.get("key"), str):
            yield value["key"]
        for below_it in value.values():
            yield from _keys(below_it)
    elif isinstance(value, list):
        for entry in value:
            yield from _keys(entry)


def _with_keys(value: Any, names: Mapping[str, str], field: str = "") -> Any:
    if isinstance(value, Mapping):
        return {name: _with_keys(one, names, name) for name, one in value.items()}
    if isinstance(value, list):
        return [_with_keys(one, names) for one in value]
    return names.get(value, value) if field in _REFERENCES and isinstance(value, str) else value


def identity(entry: object) -> tuple[str, str] | None:
    """What an entry of a list is known by, such as `("key", "phase-1")`; None for one without a name."""
    if isinstance(entry, Mapping):
        for name in _NAMES:
            if isinstance(entry.get(name), str):
                return name, entry[name]
    return None


class _Merge:
    """One merge, and all that is wrong with it."""

    def __init__(self, overlay: Tree) -> None:
        self._overlay = overlay
        self.problems: list[Problem] = []

    def mapping(self, base: Mapping[str, Any], over: Any, models: Models, loc: Loc) -> Data:
        result = dict(base)
        for name, value in over.items():
            here = (*loc, name)
            if models and name not in fields(models):
                self._report(
                    here, f"unknown key{did_you_mean(name, fields(models))}", listed(fields(models)), at_key=True
                )
            elif value is None:
                result.pop(name, None)
            else:
                result[name] = self._value(result.get(name), value, below(models, name), here)
        return result

    def _value(self, base: Any, over: Any, models: Models, loc: Loc) -> Any:
        if isinstance(over, Mapping):
            return self.mapping(base if isinstance(base, Mapping) else {}, over, models, loc)
        if isinstance(over, list) and over and all(identity(entry) for entry in over):
            return self._entries(base if isinstance(base, list) else [], over, models, loc)
        return deepcopy(over)

    def _entries(self, base: list[Any], over: list[Any], models: Models, loc: Loc) -> list[Any]:
        entries = list(base)
        for index, entry in enumerate(over):
            here = (*loc, index)
            fields_of = {name: value for name, value in entry.items() if name not in _WORDS}
            found = self._found(entries, fields_of, here)
            if found is None:
                found = self._added(entries, entry, models, here)
            elif entry.get("remove") is True:
                del entries[found]
                continue
            if found is not None:
                entries[found] = self.mapping(entries[found], fields_of, models, here)
                self._place(entries, found, entry, here)
        return entries

    def _found(self, entries: list[Any], entry: Data, loc: Loc) -> int | None:
        name, value = identity(entry) or ("", "")
        found = [at for at, one in enumerate(entries) if isinstance(one, Mapping) and one.get(name) == value]
        if len(found) > 1:
            self._report((*loc, name), f"{len(found)} entries have the {name} {value!r}", "one that stands once")
        return found[0] if found else None

    def _added(self, entries: list[Any], entry: Data, models: Models, loc: Loc) -> int | None:
        missing = [field for field in required(models) if entry.get(field) is None]
        if not missing and "remove" not in entry:
            entries.append({})
            return len(entries) - 1
        name, value = identity(entry) or ("", "")
        known = [one[name] for one in entries if isinstance(one, Mapping) and isinstance(one.get(name), str)]
        allowed = listed(known) or "none is there"
        if "remove" not in entry:
            allowed += f"; a whole new entry needs {', '.join(missing)}"
        self._report(loc, f"no entry has the {name} {value!r}{did_you_mean(value, known)}", allowed)
        return None

    def _place(self, entries: list[Any], at: int, entry: Data, loc: Loc) -> None:
        word = next((word for word in ("before", "after") if word in entry), None)
        if word is None:
            return
        moved = entries.pop(at)
        names = [(identity(one) or ("", ""))[1] for one in entries]
        if entry[word] in names:
            entries.insert(names.index(entry[word]) + (word == "after"), moved)
        else:
            entries.insert(at, moved)
            message = f"no entry {entry[word]!r} is there{did_you_mean(str(entry[word]), names)}"
            self._report((*loc, word), message, listed(filter(None, names)))

    def _report(self, loc: Loc, message: str, allowed: str, *, at_key: bool = False) -> None:
        self.problems.append(self._overlay.problem(loc, message, allowed, at_key=at_key))
