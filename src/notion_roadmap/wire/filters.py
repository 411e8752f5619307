"""Filters and sorts, of views and of queries alike.

https://developers.notion.com/reference/filter-data-source-entries
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from typing import Any, Final

from notion_roadmap.wire.errors import CannotSend
from notion_roadmap.wire.shapes import JSONObject, obj, objs, property_id, property_key, string
from notion_roadmap.workspace.addresses import Addresses
from notion_roadmap.workspace.canonical import JSON
from notion_roadmap.workspace.columns import Column, Columns
from notion_roadmap.workspace.properties import COMPUTED, DateSpan, Foreign
from notion_roadmap.workspace.text import Text
from notion_roadmap.workspace.views import AllOf, Condition, Filter, Sort

_LEVELS: Final = 2
_ABSENCE: Final = frozenset({"is_empty", "is_not_empty"})
_PERIODS: Final = frozenset(
    {"this_week", "past_week", "past_month", "past_year", "next_week", "next_month", "next_year"}
)


def encode_filter(wish: Filter, columns: Columns, addresses: Addresses, level: int = 0) -> JSONObject:
    """A filter. "today" stays a word: Notion turns it, in its own zone, as the days go by.

    Raises CannotSend for what Notion has no filter for: deeper nesting, computed columns.
    """
    if isinstance(wish, Condition):
        return _encode_condition(wish, column_of(wish.property, columns), addresses)
    if level == _LEVELS:
        raise CannotSend("A filter", f"is nested more than {_LEVELS} levels deep")
    word = "and" if isinstance(wish, AllOf) else "or"
    return {word: [encode_filter(part, columns, addresses, level + 1) for part in wish.parts]}


def encode_sorts(sorts: Iterable[Sort], columns: Columns) -> list[JSONObject]:
    """Sorts by property, the most important first."""
    return [
        {
            "property": property_key(column_of(sort.property, columns).id),
            "direction": "descending" if sort.descending else "ascending",
        }
        for sort in sorts
    ]


def column_of(key: str, columns: Columns) -> Column:
    """The column of a property; CannotSend when Notion has none."""
    if key not in columns:
        raise CannotSend(f"The property “{key}”", "has no column in Notion", hint="Run seed again to add it")
    return columns[key]


def plain_filter(answer: object, columns: Columns) -> JSON:
    """A filter in a form in which equal ones are equal: ids for names, parts in a fixed order, lists of one as one."""
    told = obj(answer)
    for word in ("and", "or"):
        if told.get(word):
            parts = sorted((plain_filter(part, columns) for part in objs(told[word])), key=_text)
            return parts[0] if len(parts) == 1 else {word: parts}
    if "property" not in told:
        return {key: value for key, value in told.items() if key != "type"} or None
    reference = property_reference(told["property"], columns)
    tests = {k: v for k, v in told.items() if k not in ("property", "type", "property_name") and isinstance(v, dict)}
    return {"property": reference, **{kind: _plain_test(test) for kind, test in sorted(tests.items())}}


def plain_sorts(answer: object, columns: Columns) -> JSON:
    """Sorts in a form in which equal ones are equal."""
    told: list[JSON] = []
    for one in objs(answer):
        if "property" in one:
            told.append([property_reference(one["property"], columns), string(one.get("direction"))])
        else:
            told.append([string(one.get("timestamp")), string(one.get("direction"))])
    return told


def property_reference(told: object, columns: Columns) -> str:
    """The id behind what an answer calls a property: its id in either form, or its name."""
    known = {columns[key].id for key in columns}
    text = string(told)
    if text in known:
        return text
    named = next((columns[key].id for key in columns if columns[key].name == text), "")
    return named or property_id(text)


def _encode_condition(wish: Condition, column: Column, addresses: Addresses) -> JSONObject:
    if column.type in COMPUTED:
        raise CannotSend(f"“{column.name}”", "is computed by Notion, which cannot filter on it")
    return {"property": property_key(column.id), column.type: {wish.operator: _encode_operand(wish, column, addresses)}}


def _encode_operand(wish: Condition, column: Column, addresses: Addresses) -> Any:
    value = wish.value
    if wish.operator in _ABSENCE:
        return True
    if wish.operator in _PERIODS:
        return {}
    if isinstance(value, DateSpan):
        return value.start.isoformat()
    if isinstance(value, Text):
        return value.plain
    if isinstance(value, tuple):
        return [_row(one, addresses) for one in value] if column.type == "relation" else list(value)
    if isinstance(value, str):
        return _row(value, addresses) if column.type == "relation" else value
    if value is None or isinstance(value, Foreign) or (isinstance(value, float) and not math.isfinite(value)):
        raise CannotSend(f"“{column.name}”", f"cannot be compared with {value}")
    return value


def _row(key: str, addresses: Addresses) -> str:
    try:
        return addresses.row_id(key)
    except KeyError:
        raise CannotSend("A filter", f"names the row “{key}”, which does not exist yet") from None


def _plain_test(test: JSONObject) -> JSON:
    return {operator: _plain_operand(value) for operator, value in sorted(test.items())}


def _plain_operand(value: Any) -> JSON:
    if isinstance(value, list):
        return value[0] if len(value) == 1 else sorted(value, key=_text)
    return value  # type: ignore[no-any-return]


def _text(value: object) -> str:
    return json.dumps(value, sort_keys=True)
