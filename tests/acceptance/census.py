"""A count of what stands in a workspace, told without ids: equal for two workspaces that a reader could not tell
apart."""

from __future__ import annotations

from collections import Counter
from typing import Any

from acceptance.ground import Ground


def census(ground: Ground) -> Counter[str]:
    """Every page, row, database, view and block that is not in the trash, by where it stands and what it says."""
    docs = ground.content()
    told: Counter[str] = Counter()
    for doc in docs.values():
        if doc["object"] in ("page", "database", "data_source", "block", "view") and not _gone(doc, docs):
            told[f"{_name(_parent(doc, docs))} / {_name(doc)}"] += 1
    return told


def keys(ground: Ground) -> Counter[str]:
    """How many live rows carry each key."""
    found: Counter[str] = Counter()
    for database, applied in ground.state.all().items():
        if "data_source" in applied.refs:
            for row in ground.reader.rows(applied.refs["data_source"]):
                told = row["properties"].get("Key", {}).get("rich_text", [])
                found["".join(run["plain_text"] for run in told) or f"{database}: no key"] += 1
    return found


def _gone(doc: Any, docs: dict[str, Any]) -> bool:
    while doc is not None:
        if doc.get("in_trash"):
            return True
        doc = _parent(doc, docs)
    return False


def _parent(doc: Any, docs: dict[str, Any]) -> Any:
    parent = doc.get("parent") or {}
    return docs.get(str(parent.get(parent.get("type", ""))))


def _name(doc: Any) -> str:
    if doc is None:
        return "-"
    if doc["object"] == "page":
        told = doc["values"].get("title", [])
    elif doc["object"] == "block":
        told = doc["content"].get("rich_text", [])
    else:
        told = doc.get("title") or doc.get("name") or []
    words = told if isinstance(told, str) else "".join(_plain(run) for run in told)
    if words.startswith('{\n "databases"'):
        words = "the manifest"
    return f"{doc['object']} {doc.get('type', '')} {words}"


def _plain(run: Any) -> str:
    return str(run.get("plain_text", run.get("text", {}).get("content", ""))) if isinstance(run, dict) else str(run)
