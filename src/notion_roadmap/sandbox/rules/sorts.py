"""Sorts of queries and views; empty values stand last, in either direction.

https://developers.notion.com/reference/sort-data-source-entries
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from notion_roadmap.sandbox.errors import invalid, wrong_body
from notion_roadmap.sandbox.rules import check, compute, dates
from notion_roadmap.sandbox.rules.formula.values import Moment, Unsupported
from notion_roadmap.sandbox.rules.schema import find
from notion_roadmap.sandbox.state import Doc

if TYPE_CHECKING:
    from notion_roadmap.sandbox.workspace import Workspace

Key = Callable[[Doc], Any]
_DIGITS = re.compile(r"(\d+)")


@lru_cache(maxsize=65_536)
def natural(text: str) -> list[tuple[int, int, str]] | None:
    """Text in the recorded order: without case, and numbers inside it by their value. None for no text."""
    if not text:
        return None
    parts = _DIGITS.split(text.casefold())
    return [(0, int(part), "") if n % 2 else (1, 0, part) for n, part in enumerate(parts) if part]


def words(text: list[Doc] | None) -> str:
    """Rich text as words; most of it is one piece, and queries read a lot of it."""
    if not text:
        return ""
    return str(text[0]["plain_text"]) if len(text) == 1 else "".join(piece["plain_text"] for piece in text)


def parse(source: Doc, value: Any, path: str) -> list[tuple[str, bool]]:
    """The checked sorts: (property id or timestamp:<name>, descending)."""
    found: list[tuple[str, bool]] = []
    for number, item in enumerate(check.arr(value, path)):
        here = f"{path}[{number}]"
        item = check.obj(item, here)
        direction = check.choice(item.get("direction", "ascending"), f"{here}.direction", ("ascending", "descending"))
        if "timestamp" in item:
            name = check.choice(item["timestamp"], f"{here}.timestamp", ("created_time", "last_edited_time"))
            found.append((f"timestamp:{name}", direction == "descending"))
            continue
        if "property" not in item:
            raise wrong_body(
                *(check.issue(f"{here}.{one}", "defined", check.MISSING) for one in ("property", "timestamp"))
            )
        prop = find(source, check.text(item["property"], f"{here}.property"))
        if prop is None:
            raise invalid(f"Could not find property with name or id: {item['property']}")
        found.append((prop["id"], direction == "descending"))
    return found


def apply(ws: Workspace, source: Doc, rows: list[Doc], sorts: list[tuple[str, bool]]) -> list[Doc]:
    """The rows in order; rows that compare equal keep the order they came in."""
    for name, descending in reversed(sorts):
        key = _timestamp(name) if name.startswith("timestamp:") else _key(ws, source, source["props"][name])
        keyed = [(key(row), row) for row in rows]
        filled = [pair for pair in keyed if pair[0] is not None]
        filled.sort(key=lambda pair: pair[0], reverse=descending)
        rows = [row for _, row in filled] + [row for found, row in keyed if found is None]
    return rows


def _timestamp(name: str) -> Key:
    key = "created" if name.endswith("created_time") else "edited"
    return lambda page: page[key] // 60_000


def _key(ws: Workspace, source: Doc, prop: Doc) -> Key:
    kind, id_ = prop["type"], prop["id"]
    if kind in ("select", "status"):
        places = {one["id"]: place for place, one in enumerate(prop["config"]["options"])}
        return lambda page: places.get(page["values"].get(id_))
    if kind == "multi_select":
        places = {one["id"]: place for place, one in enumerate(prop["config"]["options"])}
        return lambda page: [places[one] for one in page["values"].get(id_, ()) if one in places] or None
    if kind in ("number", "unique_id"):
        return lambda page: page["values"].get(id_)
    if kind == "checkbox":
        return lambda page: bool(page["values"].get(id_))
    if kind == "date":
        return lambda page: dates.seconds(page["values"][id_]["start"]) if page["values"].get(id_) else None
    if kind in ("title", "rich_text"):
        return lambda page: natural(words(page["values"].get(id_)))
    return lambda page: _computed(ws, source, page, prop)


def _computed(ws: Workspace, source: Doc, page: Doc, prop: Doc) -> Any:
    try:
        found = compute.raw(ws, source, page, prop)
    except Unsupported:
        return None
    return _orderable(ws, found, prop["type"])


def _orderable(ws: Workspace, found: Any, kind: str) -> Any:
    """Something that compares with its like: a pair of rank and value."""
    if isinstance(found, dict):
        inner = found.get("start") or found.get(found.get("type", ""))
        if isinstance(inner, dict):
            inner = inner.get("start")
        return (
            (2, dates.instant(inner))
            if isinstance(inner, str)
            else (1, inner)
            if isinstance(inner, int | float)
            else None
        )
    if isinstance(found, Moment):
        return (2, found.start)
    if isinstance(found, bool | int | float):
        return (1, found)
    if isinstance(found, str):
        return (3, natural(found)) if found else None
    if isinstance(found, list) and found:
        words = [compute.title_of(ws, one) if kind == "relation" else str(one) for one in found]
        return (3, natural(" ".join(words)))
    return None
