"""What a document said of an entry, in six characters: so that its author's changes are known from the document's."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from notion_roadmap.templates.names import Named, walk
from notion_roadmap.templates.overlay import identity

Data = dict[str, Any]

FOR_GOOD = ("key", "option", "version")
"""Fields that never follow a document: names that a workspace knows an entry by."""


def digest(entry: Mapping[str, Any]) -> str:
    """What an entry says, in six characters: neither what it is called for good nor the entries within it."""
    said = {name: value for name, value in _own(entry).items() if name not in FOR_GOOD}
    return sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:6]


def as_imported(old: Mapping[str, Any], digests: Mapping[Named, str], fresh: Mapping[str, Any]) -> Data:
    """A template without what its author changed in entries of which the document says what it said before.

    An import finds keys again by likeness: what the author calls otherwise would not be known.

    Args:
        digests: of the entries of `old`, as they were imported.
        fresh: an import of the document as it is now.
    """
    known = {digest(value): value for _, _, value in walk(fresh) if isinstance(value, dict) and identity(value)}

    def restored(value: Any, named: Named) -> Any:
        if isinstance(value, list):
            return [restored(one, (*named, name_of(one) if identity(one) else at)) for at, one in enumerate(value)]
        if not isinstance(value, Mapping):
            return value
        whole = {name: restored(one, (*named, name)) for name, one in value.items()}
        said = known.get(digests.get(named, ""))
        if said is None or digest(value) == digests[named]:
            return whole
        return {name: one for name, one in whole.items() if name in FOR_GOOD or has_names(one)} | {
            name: one for name, one in said.items() if name not in FOR_GOOD and not has_names(one)
        }

    result: Data = restored(old, ())
    return result


def _own(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _own(one) for name, one in value.items() if not has_names(one)}
    return value


def has_names(value: object) -> bool:
    """Whether it is a list whose entries can be told apart by their names."""
    if not isinstance(value, list) or not value or not all(identity(entry) for entry in value):
        return False
    return len({name_of(entry) for entry in value}) == len(value)


def name_of(entry: object) -> str:
    """What an entry is called on the way to it (`Named`)."""
    return "=" + (identity(entry) or ("", ""))[1]
