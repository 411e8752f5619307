"""Records as JSON, the same for every kind of state, so that all of them forget the same things: none."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

from notion_roadmap.store.port import StateOfAnotherWorkspace
from notion_roadmap.workspace.canonical import JSON
from notion_roadmap.workspace.items import Kind
from notion_roadmap.workspace.observed import Applied, Intent

IDENTITY: Final = "identity"
"""Name of the fact that binds a state to its workspace."""


def dump(value: object) -> str:
    """JSON, the same for equal values. ASCII, so that half a character cut by somebody else cannot stop a write."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), allow_nan=False)


def load(text: str) -> Any:
    """What `dump` was given."""
    return json.loads(text)


def dump_applied(one: Applied) -> str:
    """An applied item, without its key."""
    told = {"kind": one.kind, "id": one.id, "fields": dict(one.fields), "refs": dict(one.refs), "rung": one.rung}
    return dump(told)


def load_applied(key: str, text: str) -> Applied:
    """What `dump_applied` was given."""
    told = load(text)
    return Applied(Kind(told["kind"]), key, told["id"], told["fields"], told["refs"], told["rung"])


def dump_intent(one: Intent) -> str:
    """An intent, without its key."""
    at = one.at.astimezone(UTC).isoformat()
    return dump({"kind": one.kind, "at": at, "fields": dict(one.fields), "siblings": one.siblings})


def load_intent(key: str, text: str) -> Intent:
    """What `dump_intent` was given."""
    told = load(text)
    at = datetime.fromisoformat(told["at"])
    return Intent(Kind(told["kind"]), key, at, told["fields"], tuple(told["siblings"]))


def claimed(roadmap: str, before: JSON, identity: Mapping[str, str]) -> dict[str, JSON]:
    """The identity to keep; raises StateOfAnotherWorkspace."""
    known = before if isinstance(before, dict) else {}
    now: dict[str, JSON] = {name: value for name, value in identity.items() if value}
    differing = sorted(name for name in known.keys() & now.keys() if known[name] != now[name])
    if differing:
        raise StateOfAnotherWorkspace(roadmap, differing)
    return {**known, **now}
